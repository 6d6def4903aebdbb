"""Undo and redo: exact, lasting, and never over somebody else's work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Assessment, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.idea import Idea
from hypotheses.people import OWNER, seen_by
from hypotheses.problems import AbduceError, Refused
from hypotheses.reading import Assumption, Reading
from store.database import packs
from store.debate_store import DebateStore
from store.expected import ANYTHING
from store.file.debate_file import read_debate, write_debate
from tests import databases
from tests.exploring import explored
from tests.store.conftest import OpenStore, small_debate

SLUG = "piano-tuners"


@pytest.fixture(autouse=True, scope="module", params=[packs.LEAST, 1])
def least(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have the journal keep what was done in rows, and in packs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packs, "LEAST", request.param)
        yield


def shape(debate: Debate) -> tuple[object, ...]:
    """Return the debate with the order of its mappings, which equality leaves out."""
    return (
        debate,
        *(
            tuple(getattr(debate, name))
            for name in ("quantities", "gaps", "hypotheses", "evidence", "ideas", "comments")
        ),
        *(tuple(item.assessments) for item in debate.evidence.values()),
        *((tuple(item.effects), tuple(item.assumes)) for item in debate.hypotheses.values()),
        *(tuple(one.readings) for item in debate.hypotheses.values() for one in item.assumes.values()),
        *(tuple(quantity.readings) for quantity in debate.quantities.values()),
    )


def test_undo_and_redo_survive_a_restart(open_store: OpenStore) -> None:
    first = open_store()
    changed = first.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING).debate
    first.close()
    second = open_store()
    undone = second.undo(SLUG, expected=ANYTHING)
    assert undone.debate == small_debate()
    assert undone.entry is not None
    assert (undone.entry.kind, undone.entry.label) == ("undo", "undo: set the plausibility of 'moved' to 90%")
    second.close()
    assert open_store().redo(SLUG, expected=ANYTHING).debate == changed


def test_there_is_nothing_to_undo_before_the_debate(store: DebateStore) -> None:
    with pytest.raises(Refused, match="there is nothing to undo"):
        store.undo(SLUG, expected=ANYTHING)
    with pytest.raises(Refused, match="there is nothing to redo"):
        store.redo(SLUG, expected=ANYTHING)
    store.create_debate("New?")
    with pytest.raises(Refused, match="there is nothing to undo"):
        store.undo("new", expected=ANYTHING)


def test_a_new_change_ends_the_redoing(store: DebateStore) -> None:
    store.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING)
    store.undo(SLUG, expected=ANYTHING)
    store.set_plausibility(SLUG, "moved", 0.8, expected=ANYTHING)
    with pytest.raises(Refused, match="there is nothing to redo"):
        store.redo(SLUG, expected=ANYTHING)
    assert store.undo(SLUG, expected=ANYTHING).debate == small_debate()


def test_everybody_undoes_their_own(store: DebateStore, open_store: OpenStore) -> None:
    bob = open_store("bob")
    store.edit_hypothesis(SLUG, "moved", prior=0.9, expected=ANYTHING)
    bob.edit_hypothesis(SLUG, "fewer", prior=0.2, expected=ANYTHING)
    debate = store.undo(SLUG, expected=ANYTHING).debate
    assert (debate.hypotheses["moved"].prior, debate.hypotheses["fewer"].prior) == (0.1, 0.2)
    with pytest.raises(Refused, match="there is nothing to undo"):
        store.undo(SLUG, expected=ANYTHING)
    assert bob.undo(SLUG, expected=ANYTHING).debate == small_debate()


def test_undo_is_refused_over_a_later_change_and_says_whose(store: DebateStore, open_store: OpenStore) -> None:
    bob, eve = open_store("bob"), open_store("eve")
    store.edit_hypothesis(SLUG, "moved", prior=0.9, expected=ANYTHING)
    bob.edit_hypothesis(SLUG, "moved", prior=0.8, expected=ANYTHING)
    eve.edit_hypothesis(SLUG, "moved", prior=0.7, expected=ANYTHING)
    eve.undo(SLUG, expected=ANYTHING)
    before = store.load(SLUG)
    with pytest.raises(Refused) as told:
        store.undo(SLUG, expected=ANYTHING)
    assert str(told.value) == "cannot undo \"edited the prior of 'moved'\": bob has changed the same since"
    assert store.load(SLUG) == before
    bob.undo(SLUG, expected=ANYTHING)
    assert store.undo(SLUG, expected=ANYTHING).debate == small_debate()


def test_undo_leaves_alone_what_others_said_of_something_else_in_the_same_place(
    store: DebateStore, open_store: OpenStore
) -> None:
    bob, eve = open_store("bob"), open_store("eve")
    store.edit_hypothesis(SLUG, "moved", prior=0.9, expected=ANYTHING)
    bob.edit_hypothesis(SLUG, "moved", statement="Bob says so.", expected=ANYTHING)
    moved = store.undo(SLUG, expected=ANYTHING).debate.hypotheses["moved"]
    assert (moved.prior, moved.statement) == (small_debate().hypotheses["moved"].prior, "Bob says so.")
    # Who changed the same is told, and not who changed something else after that.
    store.redo(SLUG, expected=ANYTHING)
    bob.edit_hypothesis(SLUG, "moved", prior=0.8, expected=ANYTHING)
    eve.edit_hypothesis(SLUG, "moved", note="Eve notes this.", expected=ANYTHING)
    with pytest.raises(Refused, match=r"cannot undo .* bob has changed the same since"):
        store.undo(SLUG, expected=ANYTHING)


def test_an_edit_of_one_figure_keeps_that_figure_and_not_the_whole_text(store: DebateStore) -> None:
    store.edit_hypothesis(SLUG, "moved", statement="word " * 1000, expected=ANYTHING)
    store.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING)
    with store._database.reading() as connection:
        query = "SELECT before, after FROM journal_change ORDER BY entry_id DESC, position LIMIT 1"
        kept = str(connection.exec_driver_sql(query).one())
    assert "0.9" in kept
    assert "word" not in kept


def test_redo_is_refused_over_a_later_change(store: DebateStore, open_store: OpenStore) -> None:
    store.edit_hypothesis(SLUG, "moved", prior=0.9, expected=ANYTHING)
    store.undo(SLUG, expected=ANYTHING)
    open_store("bob").edit_hypothesis(SLUG, "moved", prior=0.8, expected=ANYTHING)
    with pytest.raises(Refused, match=r"cannot redo .* bob has changed the same since"):
        store.redo(SLUG, expected=ANYTHING)


def test_an_addition_is_not_undone_under_what_others_hung_on_it(store: DebateStore, open_store: OpenStore) -> None:
    bob = open_store("bob")
    store.add_hypothesis(SLUG, title="New one")
    bob.assess(SLUG, "ads", "new-one", Assessment(2.0), expected=ANYTHING)
    with pytest.raises(Refused, match=r"cannot undo .* bob has changed the same since"):
        store.undo(SLUG, expected=ANYTHING)
    bob.undo(SLUG, expected=ANYTHING)
    store.undo(SLUG, expected=ANYTHING)
    store.redo(SLUG, expected=ANYTHING)
    bob.submit_idea(SLUG, Idea(0, "About it", hypothesis="new-one"))
    with pytest.raises(Refused, match=r"cannot undo .* bob has changed the same since"):
        store.undo(SLUG, expected=ANYTHING)
    bob.undo(SLUG, expected=ANYTHING)
    assert store.undo(SLUG, expected=ANYTHING).debate == small_debate()


def test_an_addition_is_not_redone_where_others_took_its_name(store: DebateStore, open_store: OpenStore) -> None:
    store.add_evidence(SLUG, Evidence("lee", "Ana's"))
    store.undo(SLUG, expected=ANYTHING)
    open_store("bob").add_evidence(SLUG, Evidence("lee", "Bob's"))
    with pytest.raises(Refused, match=r"cannot redo .* after what bob has changed since"):
        store.redo(SLUG, expected=ANYTHING)
    assert store.load(SLUG).evidence["lee"].title == "Bob's"


def test_undo_does_not_break_what_others_built_on_it(store: DebateStore, open_store: OpenStore) -> None:
    bob, before = open_store("bob"), small_debate()
    known = {**before.quantities, "shops": replace(before.quantities["known"], symbol="shops")}
    store.add_debate(replace(before, quantities=known), replace=True)
    gaps = {**before.gaps, "per_shop": Gap("per_shop", "pianos / shops")}
    bob.add_debate(replace(store.load(SLUG), gaps=gaps), replace=True)
    with pytest.raises(Refused, match=r"cannot undo .* after what bob changed since: .*shops"):
        store.undo(SLUG, expected=ANYTHING)
    assert "shops" in store.load(SLUG).quantities


def test_an_undone_addition_is_redone_as_itself_after_another(store: DebateStore, open_store: OpenStore) -> None:
    store.add_evidence(SLUG, Evidence("a", "A"))
    store.undo(SLUG, expected=ANYTHING)
    open_store("bob").add_evidence(SLUG, Evidence("b", "B"))
    assert set(store.redo(SLUG, expected=ANYTHING).debate.evidence) == {"song2023", "ads", "a", "b"}


SLUGS = st.sampled_from(["uncounted", "fewer", "moved"])
CELLS = st.none() | st.builds(Assessment, st.none() | st.sampled_from([0.1, 3.0]))
READINGS = st.dictionaries(st.sampled_from(["post", "other", "value"]), st.just(Reading("1")), min_size=1)
ASSUMED = READINGS.flatmap(lambda readings: st.builds(Assumption, st.just(readings), st.sampled_from(["", *readings])))
Step = Callable[[DebateStore], object]
SYMBOLS = st.sampled_from(["people", "owners", "pianos", "known", "new"])
FORMULAS = st.sampled_from(["known * 2", "people * 10 ** unlisted", "pianos", "300", "shortage / 2", "new + owners"])
INSTEAD = st.sampled_from(["", "", "3", "-890M", "1 to 2"])
READ = st.sampled_from(["people", "owners", "known", "uncounted.unlisted"])
RENAMING_STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(
        lambda h, new: lambda store: store.rename_hypothesis(SLUG, h, new, expected=ANYTHING),
        SLUGS,
        st.sampled_from(["uncounted", "few", "moved", "d"]),
    ),
    st.builds(
        lambda symbol, new: lambda store: store.rename_quantity(SLUG, symbol, new, expected=ANYTHING),
        SYMBOLS,
        st.sampled_from(["people", "heads", "unlisted", "shortage"]),
    ),
    st.builds(
        lambda old, new: lambda store: store.rename_gap(SLUG, old, new, expected=ANYTHING),
        st.sampled_from(["shortage", "gap"]),
        st.sampled_from(["shortage", "gap", "known"]),
    ),
    st.builds(
        lambda key, new: lambda store: store.rename_evidence(SLUG, key, new, expected=ANYTHING),
        st.sampled_from(["song2023", "ads", "a"]),
        st.sampled_from(["ads", "a", "new"]),
    ),
)
PARTING_STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(
        lambda shelf: lambda store: store.shelve_debate(SLUG, shelf, expected=ANYTHING),
        st.sampled_from(["", "archived", "removed"]),
    ),
    st.builds(
        lambda h, along: lambda store: store.remove_hypothesis(SLUG, h, along=along, expected=ANYTHING),
        SLUGS,
        st.booleans(),
    ),
    st.builds(lambda h, into: lambda store: store.merge_hypothesis(SLUG, h, into, expected=ANYTHING), SLUGS, SLUGS),
    st.builds(
        lambda key, along: lambda store: store.remove_evidence(SLUG, key, along=along, expected=ANYTHING),
        st.sampled_from(["song2023", "ads"]),
        st.booleans(),
    ),
    st.builds(
        lambda new: lambda store: store.rename_cluster(SLUG, "surveys", new, expected=ANYTHING),
        st.sampled_from(["polls", "surveys"]),
    ),
    st.builds(lambda n: lambda store: store.edit_comment(SLUG, n, "y", expected=ANYTHING), st.integers(1, 2)),
    st.builds(lambda n: lambda store: store.remove_comment(SLUG, n, expected=ANYTHING), st.integers(1, 2)),
    st.builds(
        lambda mode: lambda store: store.edit_debate(SLUG, mode=mode, expected=ANYTHING),
        st.sampled_from(["exclusive", "independent"]),
    ),
)
NUMBER_STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(
        lambda symbol, value: lambda store: store.add_quantity(SLUG, Quantity(symbol), value),
        SYMBOLS,
        st.sampled_from(["3", "1 to 2"]) | FORMULAS.map("= {}".format),
    ),
    st.builds(
        lambda symbol, formula: lambda store: store.edit_quantity(SLUG, symbol, formula=formula, expected=ANYTHING),
        SYMBOLS,
        FORMULAS,
    ),
    st.builds(
        lambda symbol, along, instead: (
            lambda store: store.remove_quantity(SLUG, symbol, along=along, instead=instead, expected=ANYTHING)
        ),
        SYMBOLS,
        st.booleans(),
        INSTEAD,
    ),
    st.builds(lambda symbol, n: lambda store: store.move_quantity(SLUG, symbol, n), SYMBOLS, st.integers(1, 5)),
    st.builds(
        lambda of, name: lambda store: store.add_reading(SLUG, of, name, Reading("2", "x")),
        READ,
        st.sampled_from(["post", "other"]),
    ),
    st.builds(
        lambda of, name: lambda store: store.remove_reading(SLUG, of, name, expected=ANYTHING),
        READ,
        st.sampled_from(["post", "survey", "value"]),
    ),
    st.builds(
        lambda old, new: lambda store: store.rename_convention(SLUG, old, new, expected=ANYTHING),
        st.sampled_from(["post", "survey", "other"]),
        st.sampled_from(["post", "other", "value"]),
    ),
    st.builds(
        lambda name, along: lambda store: store.remove_convention(SLUG, name, along=along, expected=ANYTHING),
        st.sampled_from(["post", "survey", "other"]),
        st.booleans(),
    ),
    st.builds(
        lambda symbol, formula, first: lambda store: store.add_gap(SLUG, Gap(symbol, formula, headline=first)),
        st.sampled_from(["gap", "known"]),
        FORMULAS,
        st.booleans(),
    ),
    st.builds(
        lambda symbol, along, instead: (
            lambda store: store.remove_gap(SLUG, symbol, along=along, instead=instead, expected=ANYTHING)
        ),
        st.sampled_from(["shortage", "gap"]),
        st.booleans(),
        INSTEAD,
    ),
    st.builds(
        lambda symbol: lambda store: store.set_headline(SLUG, symbol, expected=ANYTHING),
        st.sampled_from(["shortage", "gap"]),
    ),
    st.builds(lambda n: lambda store: store.move_gap(SLUG, "shortage", n), st.integers(1, 2)),
    st.builds(
        lambda h, symbol, formula: lambda store: store.set_effect(SLUG, h, symbol, formula, expected=ANYTHING),
        SLUGS,
        SYMBOLS,
        FORMULAS,
    ),
    st.builds(lambda symbol: lambda store: store.clear_effect(SLUG, "uncounted", symbol, expected=ANYTHING), SYMBOLS),
    st.builds(
        lambda along, instead: (
            lambda store: store.clear_assumption(
                SLUG, "uncounted", "unlisted", along=along, instead=instead, expected=ANYTHING
            )
        ),
        st.booleans(),
        INSTEAD,
    ),
)
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda h, p: lambda store: store.set_plausibility(SLUG, h, p, expected=ANYTHING), SLUGS, st.floats(0, 1)),
    st.builds(lambda h, n: lambda store: store.move(SLUG, h, n, expected=ANYTHING), SLUGS, st.integers(1, 3)),
    st.builds(lambda h, cell: lambda store: store.assess(SLUG, "ads", h, cell, expected=ANYTHING), SLUGS, CELLS),
    st.builds(
        lambda h, text: lambda store: store.edit_hypothesis(SLUG, h, note=text, expected=ANYTHING),
        SLUGS,
        st.text("ab\0"),
    ),
    st.builds(
        lambda h, assumes: lambda store: store.edit_hypothesis(SLUG, h, assumes=assumes, expected=ANYTHING),
        SLUGS,
        st.dictionaries(st.sampled_from("xyz"), ASSUMED),
    ),
    st.builds(lambda key: lambda store: store.add_evidence(SLUG, Evidence(key, key)), st.sampled_from("abc")),
    st.builds(lambda title: lambda store: store.add_hypothesis(SLUG, title=title), st.sampled_from("de")),
    st.builds(
        lambda value: lambda store: store.set_value(SLUG, "owners", value, expected=ANYTHING),
        st.sampled_from(["1", "2%", "x"]),
    ),
    st.builds(
        lambda name: lambda store: store.choose_reading(SLUG, "owners", name, expected=ANYTHING),
        st.sampled_from(["", "post"]),
    ),
    st.builds(lambda text: lambda store: store.submit_idea(SLUG, Idea(0, text)), st.sampled_from(["", "idea"])),
    st.builds(lambda h: lambda store: store.adopt(SLUG, h, expected=ANYTHING, implied=ANYTHING), SLUGS),
    st.builds(
        lambda h, out: lambda store: store.settle(SLUG, h, out, expected=ANYTHING),
        SLUGS,
        st.sampled_from(["", "true", "false"]),
    ),
    st.builds(lambda h: lambda store: store.comment(SLUG, "x", hypothesis=h, evidence="ads"), SLUGS),
    st.builds(lambda keys: lambda store: replace_with(store, keys), st.permutations(["song2023", "ads", "new"])),
    NUMBER_STEPS,
    PARTING_STEPS,
    RENAMING_STEPS,
    st.just(lambda store: store.undo(SLUG, expected=ANYTHING)),
    st.just(lambda store: store.redo(SLUG, expected=ANYTHING)),
)


def replace_with(store: DebateStore, keys: list[str]) -> None:
    """Import the debate with two of its evidence items, in some order, and without its ideas."""
    debate = store.load(SLUG)
    known = {**debate.evidence, "new": Evidence("new", "New", assessments={"moved": Assessment(2.0)})}
    evidence = {key: known[key] for key in keys[:2] if key in known}
    store.add_debate(replace(debate, evidence=evidence, ideas={}, comments={}), replace=True)


def do(store: DebateStore, step: Step) -> bool:
    try:
        step(store)
    except AbduceError:
        return False
    return True


@pytest.mark.parametrize("engine", databases.ENGINES)
@explored(20)
@given(st.lists(STEPS, max_size=15), st.sampled_from(["ana", "eve"]), st.booleans())
def test_undo_all_is_the_beginning_and_redo_all_the_end(
    engine: str, steps: list[Step], actor: str, somebody: bool
) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    with (
        databases.place(engine) as place,
        DebateStore.open(place, actor=actor, creator="ana", clock=lambda: at, first=small_debate) as store,
    ):
        if somebody:
            with DebateStore.open(place, actor="bob", clock=lambda: at) as bob:
                bob.set_plausibility(SLUG, "moved", 0.7, expected=ANYTHING)
                bob.assess(SLUG, "ads", "fewer", Assessment(2.0), expected=ANYTHING)
                bob.assess(SLUG, "ads", "uncounted", Assessment(5.0), expected=ANYTHING)
        beginning = shape(store.load(SLUG))
        for step in steps:
            do(store, step)
        end = shape(store.load(SLUG))
        with DebateStore.open(place, actor=actor, clock=lambda: at) as another:
            assert shape(another.load(SLUG)) == end  # what was brought forward is what is read anew
        # What is kept can be written to a file, and comes back from it.
        owners = seen_by(store.load(SLUG), OWNER)
        assert shape(read_debate(write_debate(owners))) == shape(owners)
        undone = 0
        while do(store, lambda store: store.undo(SLUG, expected=ANYTHING)):
            undone += 1
        assert shape(store.load(SLUG)) == beginning
        with DebateStore.open(place, actor=actor, clock=lambda: at) as restarted:
            assert shape(restarted.load(SLUG)) == beginning
            for _ in range(undone):
                restarted.redo(SLUG, expected=ANYTHING)
            assert shape(restarted.load(SLUG)) == end
        change = store.refresh(SLUG, since=0)
        assert shape(change.debate if change else store.load(SLUG)) == end


def test_a_large_import_is_undone_at_once(store: DebateStore) -> None:
    debate = small_debate()
    cells = dict.fromkeys(debate.hypotheses, Assessment(2.0))
    many = {f"k{n}": Evidence(f"k{n}", f"Item {n}", assessments=cells) for n in range(500)}
    hypotheses = {**debate.hypotheses, "extra": Hypothesis("extra", "Extra", position=9)}
    ideas = {1: replace(debate.ideas[1], hypothesis="extra")}
    after = replace(debate, evidence={**debate.evidence, **many}, hypotheses=hypotheses, ideas=ideas)
    store.add_debate(after, replace=True)
    assert len(store.history(SLUG)) == 2
    assert shape(store.undo(SLUG, expected=ANYTHING).debate) == shape(debate)
    assert shape(store.redo(SLUG, expected=ANYTHING).debate) == shape(after)
