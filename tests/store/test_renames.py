"""Other names, everywhere at once: nothing is lost, no figure changes, and the journal still reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses import edits
from hypotheses.admission import admit
from hypotheses.debate import Assessment, Debate
from hypotheses.estimates import estimate
from hypotheses.problems import NotFound, Refused
from store.debate_store import DebateStore
from store.expected import ANYTHING
from store.file.debate_file import read_debate, write_debate
from tests.exploring import explored
from tests.store.conftest import OpenStore, small_debate
from tests.store.debates import debates
from tests.store.test_round_trip import is_admitted
from tests.store.test_undo import shape

SLUG = "piano-tuners"
KINDS = {
    "quantities": edits.quantity_renamed,
    "gaps": edits.gap_renamed,
    "hypotheses": edits.hypothesis_renamed,
    "evidence": edits.evidence_renamed,
}


@explored(20)
@given(debates().filter(is_admitted), st.data())
def test_a_rename_changes_names_only_and_the_name_before_brings_all_back(debate: Debate, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([kind for kind in KINDS if getattr(debate, kind)] or [""]))
    if not kind:
        return
    names = list(getattr(debate, kind))
    name, new = data.draw(st.sampled_from(names)), "quite_another_name"
    renamed = KINDS[kind](debate, name, new)
    assert list(getattr(renamed, kind)) == [new if each == name else each for each in names]
    admit(debate, renamed)
    assert read_debate(write_debate(renamed)) == renamed
    called = {new: name} if kind == "gaps" else {}
    assert figures(renamed, called) == pytest.approx(figures(debate, {}), nan_ok=True)
    assert shape(KINDS[kind](renamed, new, name)) == shape(debate)


def figures(debate: Debate, called: dict[str, str]) -> dict[str, float]:
    """Return what is known of every gap, by the name that it had."""
    found = {}
    for symbol, gap in estimate(debate).gaps.items():
        for number, figure in enumerate((gap.now.median, gap.now.p5, gap.now.p95)):
            found[f"{called.get(symbol, symbol)} {number}"] = figure
    return found


def test_formulas_effects_and_correlations_follow_a_quantity() -> None:
    debate = edits.effect_set(small_debate(), "fewer", "people", "people * 2 + known")
    debate = edits.quantity_renamed(debate, "people", "heads")
    assert debate.quantities["pianos"].formula == "heads * owners"
    correlated = debate.quantities["owners"].readings["survey"].correlated
    assert correlated is not None
    assert correlated.quantity == "heads"
    assert debate.hypotheses["fewer"].effects == {"heads": "heads * 2 + known"}
    admit(small_debate(), debate)


def test_rivals_ratings_ideas_and_comments_follow_an_explanation(store: DebateStore, open_store: OpenStore) -> None:
    store.comment(SLUG, "x", hypothesis="fewer", evidence="ads")
    bob = open_store("bob")
    bob.set_plausibility(SLUG, "fewer", 0.7, "for a reason", expected=ANYTHING)
    bob.assess(SLUG, "ads", "fewer", Assessment(3.0), expected=ANYTHING)
    before = bob.load(SLUG)
    # Whoever gives the name, what everybody says stays theirs.
    after = bob.rename_hypothesis(SLUG, "fewer", "few", expected=before.hypotheses["fewer"]).debate
    assert after == edits.hypothesis_renamed(before, "fewer", "few")
    assert (after.hypotheses["few"].by, after.evidence["ads"].assessments["few"].ratio) == ("bob", 3.0)
    assert (after.ideas[1].hypothesis, after.comments[1].hypothesis) == ("few", "few")
    assert store.load(SLUG).hypotheses["few"].plausibility == 0.3
    assert open_store("eve").load(SLUG) == store.load(SLUG)
    assert bob.undo(SLUG, expected=ANYTHING).debate == before
    assert bob.redo(SLUG, expected=ANYTHING).debate == after


def test_the_journal_of_an_explanation_goes_on_under_its_new_name(store: DebateStore) -> None:
    store.set_plausibility(SLUG, "fewer", 0.35, "a survey", expected=ANYTHING)
    store.rename_hypothesis(SLUG, "fewer", "few", expected=ANYTHING)
    store.set_plausibility(SLUG, "few", 0.4, expected=ANYTHING)
    labels = [entry.label for entry in store.history(SLUG, hypothesis="few")]
    assert labels == [
        "set the plausibility of 'few' to 40%",
        "renamed the hypothesis 'fewer' to 'few'",
        "set the plausibility of 'fewer' to 35%",
        "added the debate 'piano-tuners'",
    ]
    assert [stand.stated[""]["few"] for stand in store.stands(SLUG)] == [0.3, 0.35, 0.4]
    store.undo(SLUG, expected=ANYTHING)
    assert store.reasons(SLUG)["few"].why == "a survey"


@pytest.mark.parametrize(
    ("rename", "reason"),
    [
        (
            lambda store: store.rename_hypothesis(SLUG, "fewer", "moved", expected=ANYTHING),
            "there is a hypothesis 'moved'",
        ),
        (lambda store: store.rename_hypothesis(SLUG, "fewer", "a b", expected=ANYTHING), "expected a name"),
        (
            lambda store: store.rename_quantity(SLUG, "people", "shortage", expected=ANYTHING),
            "there is a gap 'shortage'",
        ),
        (lambda store: store.rename_quantity(SLUG, "people", "a-b", expected=ANYTHING), "expected a name of letters"),
        (lambda store: store.rename_quantity(SLUG, "people", "if", expected=ANYTHING), "cannot read"),
        (lambda store: store.rename_quantity(SLUG, "known", "unlisted", expected=ANYTHING), "assumes something called"),
        (
            lambda store: store.rename_evidence(SLUG, "ads", "song2023", expected=ANYTHING),
            "there is evidence 'song2023'",
        ),
        (lambda store: store.rename_debate(SLUG, "a b", expected=ANYTHING), "expected a name"),
    ],
)
def test_a_name_that_is_taken_or_none_is_refused(store: DebateStore, rename: object, reason: str) -> None:
    assert callable(rename)
    with pytest.raises(Refused, match=reason):
        rename(store)
    assert store.load(SLUG) == small_debate()
    assert store.rename_hypothesis(SLUG, "fewer", "fewer", expected=ANYTHING).entry is None


def test_a_debate_has_another_slug_in_every_window(store: DebateStore, open_store: OpenStore) -> None:
    other = open_store("bob")
    assert other.open_debate(SLUG).slug == SLUG
    assert store.rename_debate(SLUG, "tuners", expected=ANYTHING).debate.slug == "tuners"
    assert [line.slug for line in store.debates()] == ["tuners"]
    # Who has it open goes on with it.
    change = other.refresh(SLUG, since=0)
    assert change is not None
    assert change.debate.slug == "tuners"
    assert other.set_plausibility("tuners", "fewer", 0.7, expected=ANYTHING).debate.hypotheses["fewer"].by == "bob"
    assert store.load(None).slug == "tuners"
    # The name is free for another one.
    assert other.refresh(SLUG, since=0) is not None
    store.create_debate("Another", SLUG)
    assert (store.load(SLUG).title, other.load(SLUG).title) == ("Another", "Another")
    with pytest.raises(Refused, match="there is a debate 'piano-tuners' already"):
        store.rename_debate("tuners", SLUG, expected=ANYTHING)
    with pytest.raises(Refused, match="cannot undo"):
        store.undo("tuners", expected=ANYTHING)
    store.rename_debate(SLUG, "another", expected=ANYTHING)
    assert store.undo("tuners", expected=ANYTHING).debate.slug == SLUG
    assert store.load(SLUG).title == "How many piano tuners?"
    assert open_store("eve").load(SLUG) == store.load(SLUG)
    with pytest.raises(NotFound):
        open_store("eve").load("tuners")


def test_what_failed_together_leaves_the_names(store: DebateStore) -> None:
    with pytest.raises(NotFound):
        rename_in_vain(store)
    assert store.load(SLUG) == small_debate()


def rename_in_vain(store: DebateStore) -> None:
    with store.together():
        store.rename_hypothesis(SLUG, "fewer", "few", expected=ANYTHING)
        store.rename_debate(SLUG, "tuners", expected=ANYTHING)
        store.rename_hypothesis("tuners", "nobody", "few", expected=ANYTHING)
