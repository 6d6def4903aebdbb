"""The session: every change and its numbers, told one at a time in the order they were made."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity, Reading
from hypotheses.estimates import with_value
from store.debate_store import DebateStore
from store.errors import AbduceError, NotFound, Refused
from tui.session import Edit, Session, State

DEBATE = Debate(
    "small",
    "A small debate",
    quantities={"size": Quantity("size", readings={"value": Reading("100")})},
    gaps={"gap": Gap("gap", "size", headline=True)},
    hypotheses={
        slug: Hypothesis(slug, slug.title(), plausibility=0.5, position=place)
        for place, slug in enumerate(("one", "two"))
    },
)


@pytest.fixture
def told() -> list[State]:
    return []


@pytest.fixture
def session(told: list[State]) -> Iterator[Session]:
    with DebateStore.open(first=lambda: DEBATE, actor="me") as store:
        opened = Session(store, told.append)
        assert opened.open(None) == DEBATE
        yield opened


def test_a_change_is_told_with_the_debate_its_numbers_and_its_entry(session: Session, told: list[State]) -> None:
    session.commit(lambda store, slug: store.set_value(slug, "size", "1000"))
    (state,) = told
    assert state.debate.quantities["size"].readings["value"].value == "1000"
    # log10(1000) = 3
    assert state.estimates.gaps["gap"].now.median == pytest.approx(3)
    assert state.entry is not None
    assert state.entry.actor == "me"
    assert state.ours


def test_states_of_two_threads_are_told_in_the_order_of_the_journal(session: Session, told: list[State]) -> None:
    together = threading.Barrier(2)

    def change(slug_of: str) -> None:
        together.wait(10)
        for step in range(1, 21):
            session.commit(lambda store, slug, share=step / 100: store.set_plausibility(slug, slug_of, share))  # type: ignore[misc]  # the share of this step

    threads = [threading.Thread(target=change, args=(slug,)) for slug in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    entries = [state.entry.id for state in told if state.entry is not None]
    assert len(entries) == 40
    assert entries == sorted(entries)
    # No state forgets what an earlier one had: a plausibility once raised to 0.01 … 0.20 never falls back.
    for slug in ("one", "two"):
        seen = [state.debate.hypotheses[slug].plausibility for state in told]
        raised = [share for share in seen if share != 0.5]
        assert raised == sorted(raised)
        assert raised[-1] == 0.2
    assert told[-1].debate == session.store.load("small")


def test_a_slow_look_and_a_commit_do_not_overtake_each_other(session: Session, told: list[State]) -> None:
    with DebateStore.open(actor="me") as other:
        other.load("small")
        other.set_plausibility("small", "one", 0.9)
    entered = threading.Event()

    def slow(store: DebateStore, slug: str) -> None:
        entered.set()
        time.sleep(0.2)
        assert told == []

    changing = threading.Thread(target=session.commit, args=(slow,))
    changing.start()
    assert entered.wait(10)
    session.look()
    changing.join(10)
    assert [state.ours for state in told] == [False]
    assert told[0].debate.hypotheses["one"].plausibility == 0.9


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (lambda store, slug: store.edit_hypothesis(slug, "one", title=""), Refused),
        (lambda store, slug: store.set_plausibility(slug, "three", 0.5), NotFound),
        (lambda store, slug: store.undo("another"), NotFound),
    ],
)
def test_a_refused_edit_tells_nothing_and_changes_nothing(
    session: Session, told: list[State], edit: Edit, error: type[AbduceError]
) -> None:
    with pytest.raises(error):
        session.commit(edit)
    assert told == []
    assert session.store.load("small") == DEBATE
    # And the next change goes through.
    session.commit(lambda store, slug: store.set_plausibility(slug, "one", 0.7))
    assert len(told) == 1


def test_a_debate_just_taken_up_is_told_as_it_is_by_then(session: Session, told: list[State]) -> None:
    opened = session.open("small")
    session.commit(lambda store, slug: store.set_plausibility(slug, "one", 0.7))
    session.tell(opened)
    assert told[-1].debate.hypotheses["one"].plausibility == 0.7


def test_only_opening_a_debate_makes_it_the_one_opened_last(session: Session) -> None:
    session.store.add_debate(replace(DEBATE, slug="second"))
    session.tell(session.store.load("second"))
    session.commit(lambda store, _: store.set_plausibility("second", "one", 0.7))
    assert session.store.load().slug == "small"
    session.open("second")
    assert session.store.load().slug == "second"


def test_a_change_asked_for_before_another_debate_was_opened_goes_to_its_own(
    session: Session, told: list[State]
) -> None:
    session.store.add_debate(replace(DEBATE, slug="second"))
    entered, go = threading.Event(), threading.Event()

    def slow(store: DebateStore, slug: str) -> None:
        entered.set()
        assert go.wait(10)

    blocking = threading.Thread(target=session.commit, args=(slow,))
    blocking.start()
    assert entered.wait(10)
    late = threading.Thread(target=session.commit, args=(lambda store, slug: store.set_plausibility(slug, "one", 0.7),))
    late.start()
    session.store.load("second")
    opening = threading.Thread(target=session.open, args=("second",))
    opening.start()
    time.sleep(0.1)
    go.set()
    for thread in (blocking, late, opening):
        thread.join(10)
    assert session.store.load("small").hypotheses["one"].plausibility == 0.7
    assert session.store.load("second").hypotheses["one"].plausibility == 0.5
    session.tell(session.open("second"))
    assert told[-1].debate.slug == "second"


def test_an_edit_with_nothing_to_do_tells_nothing(session: Session, told: list[State]) -> None:
    session.commit(lambda store, slug: None)
    assert told == []


def test_our_own_changes_are_not_taken_for_those_of_others(session: Session, told: list[State]) -> None:
    session.commit(lambda store, slug: store.set_plausibility(slug, "one", 0.7))
    session.look()
    assert [state.ours for state in told] == [True]


def test_what_another_process_did_is_told_as_theirs_once(session: Session, told: list[State]) -> None:
    session.look()
    assert told == []
    with DebateStore.open(actor="colleague") as other:
        other.load("small")
        other.set_value("small", "size", "10")
    session.look()
    session.look()
    (state,) = told
    assert not state.ours
    assert state.entry is not None
    assert state.entry.actor == "colleague"
    # log10(10) = 1
    assert state.estimates.gaps["gap"].now.median == pytest.approx(1)


def read_the_journal(session: Session) -> None:
    session.history("one")


def change_nothing(session: Session) -> None:
    def edit(store: DebateStore, slug: str) -> None:
        store.load(slug)

    session.commit(edit)


def be_refused(session: Session) -> None:
    with pytest.raises(Refused):
        session.commit(lambda store, slug: store.edit_hypothesis(slug, "one", title=""))


@pytest.mark.parametrize("takes_it_in", [read_the_journal, change_nothing, be_refused])
def test_what_another_did_is_told_whatever_takes_it_in(
    takes_it_in: Callable[[Session], None], session: Session, told: list[State]
) -> None:
    with DebateStore.open(actor="colleague") as other:
        other.load("small")
        other.set_value("small", "size", "10")
    takes_it_in(session)
    session.look()
    (state,) = told
    assert not state.ours
    assert state.entry is not None
    assert state.entry.actor == "colleague"


def test_trying_a_debate_tells_nothing_and_leaves_the_numbers_alone(session: Session, told: list[State]) -> None:
    size = Quantity("size", readings={"value": Reading("10000")})
    tried = Debate("small", "A small debate", quantities={"size": size}, gaps=DEBATE.gaps)
    with session.trying(tried) as estimates:
        assert estimates.gaps["gap"].now.median == pytest.approx(4)
    assert session.estimate(DEBATE).gaps["gap"].now.median == pytest.approx(2)
    assert told == []
    assert session.store.load("small") == DEBATE


def test_a_change_that_was_tried_has_its_numbers_already(session: Session, told: list[State]) -> None:
    tried = with_value(DEBATE, "size", "10000")
    with session.trying(tried, frozenset({"one"})) as estimates:
        known = estimates.gaps["gap"]
    session.commit(lambda store, slug: store.set_value(slug, "size", "10000"))
    assert told[0].estimates.gaps["gap"] is known
    # And what was tried is forgotten where it cannot be: there is no "one" in the next debate.
    other = replace(DEBATE, hypotheses={"two": DEBATE.hypotheses["two"]})
    assert session.estimate(other).gaps["gap"].now.median == pytest.approx(2)
