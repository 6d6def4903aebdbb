"""Nothing is overwritten unseen: each change says what its editor saw, and meets what has moved since."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace

import pytest

from hypotheses.belief import implied
from hypotheses.debate import Assessment, Debate, Evidence, Gap
from hypotheses.problems import Refused
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from store.errors import Conflict
from store.expected import ANYTHING
from tests.store.conftest import OpenStore

SLUG = "piano-tuners"

Change = Callable[[DebateStore, Debate], object]
"""Makes a change against a debate as it was seen."""

MINE: dict[str, tuple[Change, tuple[str, ...]]] = {
    "set_plausibility": (
        lambda store, seen: store.set_plausibility(SLUG, "fewer", 0.31, expected=seen.hypotheses["fewer"]),
        ("plausibility",),
    ),
    "edit_hypothesis": (
        lambda store, seen: store.edit_hypothesis(SLUG, "fewer", title="Mine", expected=seen.hypotheses["fewer"]),
        ("title",),
    ),
    "move": (lambda store, seen: store.move(SLUG, "fewer", 1, expected=seen), ("plausibility",)),
    "adopt": (
        lambda store, seen: store.adopt(
            SLUG, "fewer", expected=seen.hypotheses["fewer"], implied=implied(seen)["fewer"]
        ),
        ("plausibility",),
    ),
    "settle": (
        lambda store, seen: store.settle(SLUG, "fewer", "false", "2024-01-01", expected=seen.hypotheses["fewer"]),
        ("settled", "settled_on"),
    ),
    "edit_evidence": (
        lambda store, seen: store.edit_evidence(SLUG, "ads", title="Mine", expected=seen.evidence["ads"]),
        ("title",),
    ),
    "renew_evidence": (
        lambda store, seen: store.renew_evidence(SLUG, [], {"ads": {"title": "Mine"}}, "renewed", expected=seen),
        ("title",),
    ),
    "assess": (
        lambda store, seen: store.assess(
            SLUG, "ads", "fewer", Assessment(7.0), expected=seen.evidence["ads"].assessments.get("fewer")
        ),
        ("assessment",),
    ),
    "retract_evidence": (
        lambda store, seen: store.retract_evidence(SLUG, "ads", note="mine", expected=seen.evidence["ads"]),
        ("note",),
    ),
    "set_value": (
        lambda store, seen: store.set_value(SLUG, "people", "1M", expected=seen.quantities["people"]),
        ("readings",),
    ),
    "choose_reading": (
        lambda store, seen: store.choose_reading(SLUG, "owners", "survey", expected=seen.quantities["owners"]),
        ("chosen",),
    ),
    "edit_debate": (lambda store, seen: store.edit_debate(SLUG, title="Mine", expected=seen), ("title",)),
    "edit_quantity": (
        lambda store, seen: store.edit_quantity(SLUG, "people", unit="mine", expected=seen.quantities["people"]),
        ("unit",),
    ),
    "remove_quantity": (
        lambda store, seen: store.remove_quantity(SLUG, "people", along=True, expected=seen.quantities["people"]),
        ("label",),
    ),
    "edit_reading": (
        lambda store, seen: store.edit_reading(
            SLUG, "uncounted.unlisted", "value", value="1", expected=seen.hypotheses["uncounted"].assumes["unlisted"]
        ),
        ("readings",),
    ),
    "remove_reading": (
        lambda store, seen: store.remove_reading(SLUG, "owners", "survey", expected=seen.quantities["owners"]),
        ("readings",),
    ),
    "rename_convention": (
        lambda store, seen: store.rename_convention(SLUG, "survey", "poll", expected=seen),
        ("readings",),
    ),
    "remove_convention": (lambda store, seen: store.remove_convention(SLUG, "survey", expected=seen), ("readings",)),
    "edit_gap": (
        lambda store, seen: store.edit_gap(SLUG, "shortage", label="Mine", expected=seen.gaps["shortage"]),
        ("label",),
    ),
    "remove_gap": (lambda store, seen: store.remove_gap(SLUG, "shortage", expected=seen.gaps["shortage"]), ("label",)),
    "set_headline": (
        lambda store, seen: store.set_headline(SLUG, "shortage", expected=seen.gaps["shortage"]),
        ("headline",),
    ),
    "set_effect": (
        lambda store, seen: store.set_effect(SLUG, "fewer", "known", "known", expected=seen.hypotheses["fewer"]),
        ("effects",),
    ),
    "clear_effect": (
        lambda store, seen: store.clear_effect(SLUG, "uncounted", "known", expected=seen.hypotheses["uncounted"]),
        ("effects",),
    ),
    "set_assumption": (
        lambda store, seen: store.set_assumption(
            SLUG, "uncounted", "unlisted", Reading("1"), expected=seen.hypotheses["uncounted"]
        ),
        ("assumes",),
    ),
    "clear_assumption": (
        lambda store, seen: store.clear_assumption(
            SLUG, "uncounted", "unlisted", instead="1", expected=seen.hypotheses["uncounted"]
        ),
        ("assumes",),
    ),
    "remove_hypothesis": (
        lambda store, seen: store.remove_hypothesis(SLUG, "fewer", along=True, expected=seen.hypotheses["fewer"]),
        ("title",),
    ),
    "merge_hypothesis": (
        lambda store, seen: store.merge_hypothesis(SLUG, "fewer", "moved", expected=seen.hypotheses["fewer"]),
        ("title",),
    ),
    "remove_evidence": (
        lambda store, seen: store.remove_evidence(SLUG, "ads", expected=seen.evidence["ads"]),
        ("title",),
    ),
    "rename_cluster": (
        lambda store, seen: store.rename_cluster(SLUG, "surveys", "polls", expected=seen),
        ("cluster",),
    ),
    "join_clusters": (
        lambda store, seen: store.join_clusters(SLUG, ["surveys"], "papers", expected=seen),
        ("cluster",),
    ),
    "edit_comment": (
        lambda store, seen: store.edit_comment(SLUG, 1, "Mine.", expected=seen.comments[1]),
        ("text",),
    ),
    "remove_comment": (lambda store, seen: store.remove_comment(SLUG, 1, expected=seen.comments[1]), ("text",)),
    "shelve_debate": (lambda store, seen: store.shelve_debate(SLUG, "removed", expected=seen), ("shelf",)),
    "rename_hypothesis": (
        lambda store, seen: store.rename_hypothesis(SLUG, "fewer", "few", expected=seen.hypotheses["fewer"]),
        ("title",),
    ),
    "rename_quantity": (
        lambda store, seen: store.rename_quantity(SLUG, "people", "heads", expected=seen.quantities["people"]),
        ("unit",),
    ),
    "rename_gap": (
        lambda store, seen: store.rename_gap(SLUG, "shortage", "gap", expected=seen.gaps["shortage"]),
        ("label",),
    ),
    "rename_evidence": (
        lambda store, seen: store.rename_evidence(SLUG, "ads", "advertised", expected=seen.evidence["ads"]),
        ("title",),
    ),
    "accept_idea": (
        lambda store, seen: store.accept_idea(SLUG, 1, Evidence("new", "New"), expected=seen.ideas[1]),
        ("status",),
    ),
    "accept_ideas": (lambda store, seen: store.accept_ideas(SLUG, [1], expected=seen), ("status",)),
    "merge_idea": (
        lambda store, seen: store.merge_idea(SLUG, 1, "hypothesis:fewer", expected=seen.ideas[1]),
        ("status",),
    ),
    "decline_ideas": (lambda store, seen: store.decline_ideas(SLUG, [1], "Mine.", expected=seen), ("status",)),
    "mark_ideas": (lambda store, seen: store.mark_ideas(SLUG, [1], "unclear", expected=seen), ("status",)),
    "split_idea": (
        lambda store, seen: store.split_idea(SLUG, 1, [("a", ""), ("b", "")], expected=seen.ideas[1]),
        ("status",),
    ),
}
"""Method -> a change of mine, and the fields in which it meets theirs."""

THEIRS: dict[str, Callable[[DebateStore], object]] = {
    "set_plausibility": lambda store: store.set_plausibility(SLUG, "fewer", 0.77, expected=ANYTHING),
    "edit_hypothesis": lambda store: store.edit_hypothesis(SLUG, "fewer", title="Theirs", expected=ANYTHING),
    "move": lambda store: store.set_plausibility(SLUG, "fewer", 0.05, expected=ANYTHING),
    "adopt": lambda store: store.set_plausibility(SLUG, "fewer", 0.77, expected=ANYTHING),
    "settle": lambda store: store.settle(SLUG, "fewer", "true", "2023-01-01", expected=ANYTHING),
    "edit_evidence": lambda store: store.edit_evidence(SLUG, "ads", title="Theirs", expected=ANYTHING),
    "assess": lambda store: store.assess(SLUG, "ads", "fewer", Assessment(0.1), expected=ANYTHING),
    "retract_evidence": lambda store: store.edit_evidence(SLUG, "ads", note="theirs", expected=ANYTHING),
    "set_value": lambda store: store.set_value(SLUG, "people", "2M", expected=ANYTHING),
    "choose_reading": lambda store: store.set_value(SLUG, "owners", "3%", expected=ANYTHING),
    "edit_debate": lambda store: store.edit_debate(SLUG, title="Theirs", expected=ANYTHING),
    "edit_quantity": lambda store: store.edit_quantity(SLUG, "people", unit="theirs", expected=ANYTHING),
    "remove_quantity": lambda store: store.edit_quantity(SLUG, "people", label="Theirs", expected=ANYTHING),
    "edit_reading": lambda store: store.edit_reading(SLUG, "uncounted.unlisted", "value", value="2", expected=ANYTHING),
    "remove_reading": lambda store: store.edit_reading(SLUG, "owners", "survey", value="2%", expected=ANYTHING),
    "rename_convention": lambda store: store.edit_reading(SLUG, "owners", "survey", value="2%", expected=ANYTHING),
    "remove_convention": lambda store: store.edit_reading(SLUG, "owners", "survey", value="2%", expected=ANYTHING),
    "edit_gap": lambda store: store.edit_gap(SLUG, "shortage", label="Theirs", expected=ANYTHING),
    "remove_gap": lambda store: store.edit_gap(SLUG, "shortage", label="Theirs", expected=ANYTHING),
    "set_headline": lambda store: store.add_gap(SLUG, Gap("other", "known", headline=True)),
    "set_effect": lambda store: store.set_effect(SLUG, "fewer", "known", "known * 2", expected=ANYTHING),
    "clear_effect": lambda store: store.set_effect(SLUG, "uncounted", "known", "known * 2", expected=ANYTHING),
    "set_assumption": lambda store: store.set_assumption(
        SLUG, "uncounted", "unlisted", Reading("2"), expected=ANYTHING
    ),
    "clear_assumption": lambda store: store.set_assumption(
        SLUG, "uncounted", "unlisted", Reading("2"), expected=ANYTHING
    ),
    "remove_hypothesis": lambda store: store.edit_hypothesis(SLUG, "fewer", title="Theirs", expected=ANYTHING),
    "merge_hypothesis": lambda store: store.edit_hypothesis(SLUG, "fewer", title="Theirs", expected=ANYTHING),
    "remove_evidence": lambda store: store.edit_evidence(SLUG, "ads", title="Theirs", expected=ANYTHING),
    "renew_evidence": lambda store: store.edit_evidence(SLUG, "ads", title="Theirs", expected=ANYTHING),
    "rename_cluster": lambda store: store.edit_evidence(SLUG, "ads", cluster="surveys", expected=ANYTHING),
    "join_clusters": lambda store: store.edit_evidence(SLUG, "ads", cluster="surveys", expected=ANYTHING),
    "edit_comment": lambda store: store.edit_comment(SLUG, 1, "Theirs.", expected=ANYTHING),
    "remove_comment": lambda store: store.edit_comment(SLUG, 1, "Theirs.", expected=ANYTHING),
    "shelve_debate": lambda store: store.shelve_debate(SLUG, "archived", expected=ANYTHING),
    "rename_hypothesis": lambda store: store.edit_hypothesis(SLUG, "fewer", title="Theirs", expected=ANYTHING),
    "rename_quantity": lambda store: store.edit_quantity(SLUG, "people", unit="theirs", expected=ANYTHING),
    "rename_gap": lambda store: store.edit_gap(SLUG, "shortage", label="Theirs", expected=ANYTHING),
    "rename_evidence": lambda store: store.edit_evidence(SLUG, "ads", title="Theirs", expected=ANYTHING),
    **dict.fromkeys(
        ("accept_idea", "accept_ideas", "merge_idea", "decline_ideas", "mark_ideas", "split_idea"),
        lambda store: store.mark_ideas(SLUG, [1], "later", expected=ANYTHING),
    ),
}


def test_every_method_that_changes_something_asks_what_was_seen() -> None:
    additions = {"add_debate", "create_debate", "add_hypothesis", "add_evidence", "add_evidence_items"}
    additions |= {"submit_idea", "submit_ideas", "comment", "add_quantity", "add_reading", "add_convention", "add_gap"}
    # Where something stands in a list is part of no value that somebody edits.
    additions |= {"move_quantity", "move_gap"}
    changing = {
        name
        for name, method in inspect.getmembers(DebateStore, inspect.isfunction)
        if "Change" in str(inspect.signature(method).return_annotation)
        and not name.startswith("_")
        and name not in (*additions, "refresh")
    }
    assert changing == {*MINE, "rename_debate", "put_debate", "renew_debate", "undo", "undo_to", "redo"}
    for name in changing:
        expected = inspect.signature(getattr(DebateStore, name)).parameters["expected"]
        assert expected.default is inspect.Parameter.empty, name
        assert expected.kind is inspect.Parameter.KEYWORD_ONLY, name


def prepared(store: DebateStore) -> Debate:
    """Return the debate with a comment and a second cluster in it."""
    store.comment(SLUG, "x", evidence="song2023")
    store.add_evidence(SLUG, Evidence("more", "More", cluster="papers"))
    return store.edit_evidence(SLUG, "ads", cluster="papers", expected=ANYTHING).debate


@pytest.mark.parametrize("method", MINE)
def test_a_change_meets_what_has_moved_and_can_then_be_made_on_purpose(method: str, open_store: OpenStore) -> None:
    change, fields = MINE[method]
    # Two windows of one person: whose it is does not matter.
    here, there = open_store("ana"), open_store("ana")
    seen = prepared(here)
    THEIRS[method](there)
    before = there.load(SLUG)
    with pytest.raises(Conflict) as met:
        change(here, seen)
    assert set(fields) <= set(met.value.fields)
    assert met.value.who == "ana"
    assert here.load(SLUG) == before
    change(here, here.load(SLUG))
    assert here.load(SLUG) != before


@pytest.mark.parametrize("method", MINE)
def test_a_change_of_what_has_not_moved_is_made(method: str, open_store: OpenStore) -> None:
    change, _ = MINE[method]
    here, there = open_store("ana"), open_store("bob")
    seen = prepared(here)
    there.edit_debate(SLUG, note="of something else", expected=ANYTHING)
    there.set_plausibility(SLUG, "uncounted", 0.01, expected=ANYTHING) if method != "move" else None
    change(here, seen)
    now = here.load(SLUG)
    assert now.note == "of something else"


def test_what_was_agreed_to_is_adopted_or_nothing(open_store: OpenStore) -> None:
    here, there = open_store("ana"), open_store("bob")
    seen = here.load(SLUG)
    agreed = implied(seen)["fewer"]
    there.edit_hypothesis(SLUG, "fewer", prior=0.9999, expected=ANYTHING)
    with pytest.raises(Conflict) as met:
        here.adopt(SLUG, "fewer", expected=seen.hypotheses["fewer"], implied=agreed)
    assert met.value.fields == ("implied plausibility",)
    assert met.value.mine == agreed
    assert met.value.theirs == implied(there.load(SLUG))["fewer"]


def test_undo_does_not_take_back_what_was_done_in_another_window(open_store: OpenStore) -> None:
    here, there = open_store("ana"), open_store("ana")
    mine = here.set_plausibility(SLUG, "fewer", 0.31, expected=ANYTHING).entry
    assert mine is not None
    other = there.edit_hypothesis(SLUG, "moved", title="Of the other window", expected=ANYTHING).entry
    assert other is not None
    for revert in (here.undo, here.redo):
        with pytest.raises(Refused, match=r"you did something else meanwhile, \"edited the title of 'moved'\""):
            revert(SLUG, expected=mine.id)
    with pytest.raises(Refused, match="you did something else meanwhile"):
        here.undo_to(SLUG, mine.id - 1, expected=mine.id)
    # Once it was seen, it is what undo is about.
    here.undo(SLUG, expected=other.id)
    assert here.load(SLUG).hypotheses["moved"].title != "Of the other window"
    # What others do is no matter of one's own undo.
    latest = here.last_entry(SLUG)
    open_store("bob").edit_debate(SLUG, note="bob's", expected=ANYTHING)
    here.undo(SLUG, expected=latest)
    assert here.load(SLUG).note == "bob's"


def test_the_same_change_made_by_two_is_no_conflict(open_store: OpenStore) -> None:
    here, there = open_store("ana"), open_store("bob")
    seen = here.load(SLUG).evidence["ads"]
    there.edit_evidence(SLUG, "ads", title="The same", expected=ANYTHING)
    assert here.edit_evidence(SLUG, "ads", title="The same", expected=seen).entry is None
    assert here.load(SLUG).evidence["ads"] == replace(seen, title="The same")
