"""The session: every change with its numbers, and what others did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.edits import value_set
from hypotheses.problems import AbduceError, NotFound, Refused
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tui.session import Made, Session, State, StoreCall

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
def session() -> Iterator[Session]:
    with DebateStore.open(first=lambda: DEBATE, actor="me") as store:
        opened = Session(store)
        assert opened.open(None).debate == DEBATE
        yield opened


def setting(hypothesis: str, share: float, slug: str = "small") -> StoreCall:
    return lambda store, seen: store.set_plausibility(slug, hypothesis, share, expected=seen)


def gap_of(state: State | None) -> float:
    assert state is not None
    assert state.estimates is not None
    return state.estimates.gaps["gap"].now.median


def test_a_change_gives_the_debate_its_numbers_and_its_entry(session: Session) -> None:
    made = session.make(lambda store, seen: store.set_value("small", "size", "1000", expected=seen), ANYTHING)
    state = made.state
    assert state is not None
    assert state.debate.quantities["size"].readings["value"].value == "1000"
    # log10(1000) = 3
    assert gap_of(state) == pytest.approx(3)
    assert state.entry is not None
    assert (state.entry.actor, state.number, state.ours) == ("me", state.entry.id, True)


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (lambda store, _: store.edit_hypothesis("small", "one", title="", expected=ANYTHING), Refused),
        (lambda store, _: store.set_plausibility("small", "three", 0.5, expected=ANYTHING), NotFound),
        (lambda store, _: store.undo("another", expected=ANYTHING), NotFound),
    ],
)
def test_a_refused_edit_changes_nothing(session: Session, edit: StoreCall, error: type[AbduceError]) -> None:
    made = session.make(edit, ANYTHING)
    assert isinstance(made.problem, error)
    assert made.state is None
    assert session.store.load("small") == DEBATE
    # And the next change goes through.
    assert session.make(setting("one", 0.7), ANYTHING).state is not None


def test_only_opening_a_debate_makes_it_the_one_opened_last(session: Session) -> None:
    session.store.add_debate(replace(DEBATE, slug="second"))
    session.make(setting("one", 0.7, slug="second"), ANYTHING)
    assert session.store.load().slug == "small"
    session.open("second")
    assert session.store.load().slug == "second"


def test_a_change_of_a_debate_that_is_not_open_any_more_goes_there_and_is_told_as_such(session: Session) -> None:
    session.store.add_debate(replace(DEBATE, slug="second"))
    session.open("second")
    made = session.make(setting("one", 0.7, slug="small"), ANYTHING)
    assert made.state is None
    assert made.elsewhere is not None
    assert made.elsewhere.debate.slug == "small"
    assert session.store.load("small").hypotheses["one"].plausibility == 0.7
    assert session.store.load("second").hypotheses["one"].plausibility == 0.5


def test_an_edit_with_nothing_to_do_changes_nothing(session: Session) -> None:
    assert session.make(lambda *_: None, ANYTHING) == Made(None)


def test_our_own_changes_are_not_taken_for_those_of_others(session: Session) -> None:
    session.make(setting("one", 0.7), ANYTHING)
    assert session.look() is None


def test_what_another_process_did_is_seen_as_theirs_once(session: Session) -> None:
    assert session.look() is None
    with DebateStore.open(actor="colleague") as other:
        other.set_value("small", "size", "10", expected=ANYTHING)
    state = session.look()
    assert session.look() is None
    assert state is not None
    assert not state.ours
    assert state.entry is not None
    assert state.entry.actor == "colleague"
    # log10(10) = 1
    assert gap_of(state) == pytest.approx(1)


def read_the_journal(session: Session) -> State | None:
    session.history("small", "one")
    return session.look()


def change_nothing(session: Session) -> State | None:
    return session.make(lambda *_: None, ANYTHING).state


def be_refused(session: Session) -> State | None:
    return session.make(
        lambda store, _: store.edit_hypothesis("small", "one", title="", expected=ANYTHING), ANYTHING
    ).state


@pytest.mark.parametrize("takes_it_in", [read_the_journal, change_nothing, be_refused])
def test_what_another_did_is_seen_whatever_takes_it_in(
    takes_it_in: Callable[[Session], State | None], session: Session
) -> None:
    with DebateStore.open(actor="colleague") as other:
        other.set_value("small", "size", "10", expected=ANYTHING)
    state = takes_it_in(session)
    assert session.look() is None
    assert state is not None
    assert not state.ours
    assert state.entry is not None
    assert state.entry.actor == "colleague"


def test_trying_a_debate_changes_nothing_and_leaves_the_numbers_alone(session: Session) -> None:
    size = Quantity("size", readings={"value": Reading("10000")})
    tried = Debate("small", "A small debate", quantities={"size": size}, gaps=DEBATE.gaps)
    with session.trying(tried) as estimates:
        assert estimates.gaps["gap"].now.median == pytest.approx(4)
    assert session.estimate(DEBATE).gaps["gap"].now.median == pytest.approx(2)
    assert session.store.load("small") == DEBATE


def test_a_change_that_was_tried_has_its_numbers_already(session: Session) -> None:
    tried = value_set(DEBATE, "size", "10000")
    with session.trying(tried, frozenset({"one"})) as estimates:
        known = estimates.gaps["gap"]
    state = session.make(lambda store, seen: store.set_value("small", "size", "10000", expected=seen), ANYTHING).state
    assert state is not None
    assert state.estimates is not None
    assert state.estimates.gaps["gap"] is known
    # And what was tried is forgotten where it cannot be: there is no "one" in the next debate.
    other = replace(DEBATE, hypotheses={"two": DEBATE.hypotheses["two"]})
    assert session.estimate(other).gaps["gap"].now.median == pytest.approx(2)


def test_a_debate_that_another_process_renames_stays_open(session: Session) -> None:
    with DebateStore.open(actor="them") as other:
        other.rename_debate("small", "tiny", expected=ANYTHING)
    state = session.look()
    assert state is not None
    assert (state.debate.slug, session.slug) == ("tiny", "tiny")
    made = session.make(setting("one", 0.9, "tiny"), ANYTHING)
    assert made.state is not None
    assert made.state.debate.hypotheses["one"].plausibility == 0.9
    assert session.look() is None
