"""Several people on one database: rankings and ratings of their own, comments, how things turned out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hypotheses.debate import Assessment, Comment, Evidence, Stated
from hypotheses.people import OWNER, people, seen_by
from hypotheses.problems import NotFound, Refused
from hypotheses.timeline import as_of
from store.debate_store import DebateStore
from store.expected import ANYTHING
from store.file.debate_file import read_debate, write_debate
from tests.conftest import Clock
from tests.store.conftest import OpenStore, small_debate

SLUG = "piano-tuners"


def test_a_ranking_belongs_to_who_set_it(store: DebateStore, open_store: OpenStore) -> None:
    bob = open_store("bob")
    changed = bob.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING).debate
    assert changed.hypotheses["moved"].plausibility == 0.9
    assert changed.owner == "ana"
    ours = store.load(SLUG)
    assert ours.hypotheses["moved"].plausibility == 0.1
    assert ours.hypotheses["moved"].others == {"bob": Stated(0.9, 2)}
    assert people(ours) == (OWNER, "bob")
    # Ana's other numbers reach bob as long as he has said nothing of his own.
    store.set_plausibility(SLUG, "fewer", 0.7, expected=ANYTHING)
    store.set_plausibility(SLUG, "moved", 0.3, expected=ANYTHING)
    theirs = bob.load(SLUG)
    assert (theirs.hypotheses["fewer"].plausibility, theirs.hypotheses["moved"].plausibility) == (0.7, 0.9)


def test_moving_is_ones_own_too_and_undone_alone(store: DebateStore, open_store: OpenStore) -> None:
    bob = open_store("bob")
    bob.move(SLUG, "moved", 1, expected=ANYTHING)
    store.set_plausibility(SLUG, "moved", 0.2, expected=ANYTHING)
    assert bob.undo(SLUG, expected=ANYTHING).debate.hypotheses["moved"].plausibility == 0.2
    assert store.undo(SLUG, expected=ANYTHING).debate == small_debate()


def test_a_rating_belongs_to_who_gave_it(store: DebateStore, open_store: OpenStore) -> None:
    bob = open_store("bob")
    bob.assess(SLUG, "song2023", "uncounted", Assessment(0.5, "not so"), expected=ANYTHING)
    bob.assess(SLUG, "ads", "moved", Assessment(2.0), expected=ANYTHING)
    ours = store.load(SLUG).evidence
    assert ours["song2023"].assessments["uncounted"] == Assessment(
        10.0, "as expected", others={"bob": Assessment(0.5, "not so", "bob")}
    )
    assert ours["ads"].assessments["moved"] == Assessment(2.0, by="bob")
    with pytest.raises(Refused, match="the rating of 'ads' under 'moved' is bob's"):
        store.assess(SLUG, "ads", "moved", None, expected=ANYTHING)
    store.assess(SLUG, "ads", "moved", Assessment(3.0), expected=ANYTHING)
    assert bob.load(SLUG).evidence["ads"].assessments["moved"].ratio == 2.0
    bob.assess(SLUG, "ads", "moved", None, expected=ANYTHING)
    assert bob.load(SLUG).evidence["ads"].assessments["moved"] == Assessment(3.0)


def test_new_evidence_is_rated_by_who_logs_it(store: DebateStore, open_store: OpenStore) -> None:
    cells = {"fewer": Assessment(3.0), "moved": Assessment(None)}
    open_store("bob").add_evidence(SLUG, Evidence("new", "New", assessments=cells))
    found = store.load(SLUG).evidence["new"].assessments
    assert {slug: (cell.ratio, cell.by) for slug, cell in found.items()} == {
        "fewer": (3.0, "bob"),
        "moved": (None, "bob"),
    }
    assert list(found) == ["fewer", "moved"]


def test_ratings_of_two_people_are_no_conflict(store: DebateStore, open_store: OpenStore) -> None:
    seen = store.load(SLUG).evidence["song2023"].assessments["uncounted"]
    open_store("bob").assess(SLUG, "song2023", "uncounted", Assessment(2.0), expected=ANYTHING)
    assert store.assess(SLUG, "song2023", "uncounted", Assessment(5.0), expected=seen).entry is not None


def test_cells_keep_their_places_when_another_rates_them(store: DebateStore, open_store: OpenStore) -> None:
    bob = open_store("bob")
    bob.assess(SLUG, "song2023", "uncounted", Assessment(2.0), expected=ANYTHING)
    last = bob.history(SLUG, limit=1)[0]
    assert list(store.load(SLUG).evidence["song2023"].assessments) == ["uncounted", "fewer"]
    bob.undo(SLUG, expected=ANYTHING)
    assert store.load(SLUG) == small_debate()
    assert last.label == "set the assessment of 'song2023' under 'uncounted'"


def with_people(store: DebateStore, open_store: OpenStore) -> None:
    bob, eve = open_store("bob"), open_store("eve")
    bob.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING)
    eve.move(SLUG, "fewer", 1, expected=ANYTHING)
    bob.assess(SLUG, "song2023", "uncounted", Assessment(2.0, "why"), expected=ANYTHING)
    eve.assess(SLUG, "song2023", "uncounted", Assessment(3.0), expected=ANYTHING)
    eve.assess(SLUG, "ads", "moved", Assessment(None), expected=ANYTHING)
    bob.comment(SLUG, "I doubt it.", hypothesis="moved", evidence="ads")
    store.comment(SLUG, "Why?\n\nReally.", idea=1)
    store.settle(SLUG, "moved", "false", expected=ANYTHING)


@pytest.mark.parametrize("person", ["ana", "bob", "eve", "nobody"])
def test_the_file_is_the_same_whoever_writes_it(person: str, store: DebateStore, open_store: OpenStore) -> None:
    with_people(store, open_store)
    whole = store.load(SLUG)
    text = write_debate(open_store(person).load(SLUG))
    assert text == write_debate(whole)
    assert read_debate(text) == seen_by(whole, OWNER) == whole
    assert whole.owner == "ana"


def test_an_imported_debate_keeps_whose_everything_is(
    store: DebateStore, open_store: OpenStore, tmp_path: object
) -> None:
    with_people(store, open_store)
    text = write_debate(store.load(SLUG))
    with DebateStore.open(f"{tmp_path}/other.db", actor="zoe", first=lambda: read_debate(text)) as other:
        theirs = other.load(SLUG)
        assert theirs.owner == "ana"
        assert other.set_plausibility(SLUG, "fewer", 0.99, expected=ANYTHING).debate.hypotheses["fewer"].others[
            OWNER
        ] == Stated(0.3, 1)
    with DebateStore.open(f"{tmp_path}/other.db", actor="bob") as other:
        assert other.load(SLUG).hypotheses["moved"].plausibility == 0.9


def test_a_database_can_belong_to_another_than_who_opens_it_first(tmp_path: object) -> None:
    with DebateStore.open(f"{tmp_path}/x.db", actor="bob", creator="ana", first=small_debate) as bob:
        assert bob.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING).debate.owner == "ana"


def test_comments_form_threads(store: DebateStore, open_store: OpenStore) -> None:
    store.comment(SLUG, " First. ", hypothesis="moved")
    debate = open_store("bob").comment(SLUG, "Second.", evidence="ads", hypothesis="moved").debate
    at = "2024-02-29T12:00:00Z"
    assert debate.comments == {
        1: Comment(1, "First.", "ana", at, "moved"),
        2: Comment(2, "Second.", "bob", at, "moved", "ads"),
    }
    assert [entry.label for entry in store.history(SLUG, limit=2)] == [
        "commented on 'ads' under 'moved'",
        "commented on 'moved'",
    ]
    assert store.undo(SLUG, expected=ANYTHING).debate.comments == {2: debate.comments[2]}


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"hypothesis": "mooved"}, "there is no hypothesis 'mooved'; did you mean 'moved'"),
        ({"evidence": "adz"}, "there is no evidence 'adz'"),
        ({"idea": 7}, "there is no idea '7'"),
        ({}, "comment 1: expected a hypothesis, evidence, both"),
        ({"hypothesis": "moved", "idea": 1}, "comment 1: expected a hypothesis, evidence, both"),
    ],
)
def test_a_comment_is_about_something(store: DebateStore, about: dict[str, Any], sentence: str) -> None:
    with pytest.raises((NotFound, Refused), match=sentence):
        store.comment(SLUG, "x", **about)
    with pytest.raises(Refused, match="found nothing; expected a text"):
        store.comment(SLUG, " \n", hypothesis="moved")


def test_a_hypothesis_is_settled_and_opened_again(store: DebateStore) -> None:
    settled = store.settle(SLUG, "moved", "true", expected=ANYTHING).debate.hypotheses["moved"]
    assert (settled.settled, settled.settled_on) == ("true", "2024-02-29")
    settled = store.settle(SLUG, "moved", "false", "2024-01-05", expected=ANYTHING).debate.hypotheses["moved"]
    assert (settled.settled, settled.settled_on) == ("false", "2024-01-05")
    with pytest.raises(Refused, match="expected a day such as"):
        store.settle(SLUG, "moved", "false", "2024-01", expected=ANYTHING)
    # The clock stands at 29 February; where clocks are ahead it is 1 March already, and nowhere the 2nd.
    store.settle(SLUG, "moved", "false", "2024-03-01", expected=ANYTHING)
    with pytest.raises(Refused, match="2024-03-02 is still to come"):
        store.settle(SLUG, "moved", "false", "2024-03-02", expected=ANYTHING)
    assert store.settle(SLUG, "moved", "", expected=ANYTHING).debate == small_debate()


def test_what_the_evidence_implies_is_adopted_on_purpose(store: DebateStore) -> None:
    # Prior 0.5, one item: credibility 0.75, relevance 0.5, ratio 10: odds 10 ** 0.375 = 2.371, so 0.7034.
    change = store.adopt(SLUG, "uncounted", expected=ANYTHING, implied=ANYTHING)
    assert change.debate.hypotheses["uncounted"].plausibility == pytest.approx(0.70339, abs=1e-5)
    assert change.entry is not None
    assert change.entry.label == "adopted what the evidence implies for 'uncounted': 70%"
    assert store.undo(SLUG, expected=ANYTHING).debate == small_debate()
    with pytest.raises(NotFound):
        store.adopt(SLUG, "nobody", expected=ANYTHING, implied=ANYTHING)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 301, "a\0"])
def test_a_person_has_a_name(name: str, path: object) -> None:
    with pytest.raises(Refused, match="is no name of a person"):
        DebateStore.open(str(path), actor=name, first=small_debate)


def test_what_a_viewer_sees_can_be_put_back_as_a_whole(store: DebateStore, open_store: OpenStore) -> None:
    with_people(store, open_store)
    eve = open_store("eve")
    before = store.load(SLUG)
    assert eve.add_debate(replace(eve.load(SLUG), title="New title"), replace=True).debate.title == "New title"
    assert store.load(SLUG) == replace(before, title="New title")
    assert date.fromisoformat(before.hypotheses["moved"].settled_on) == date(2024, 2, 29)


def test_the_journal_knows_what_everybody_stated_when(store: DebateStore, open_store: OpenStore, clock: Clock) -> None:
    bob = open_store("bob")
    clock.advance(days=1)
    store.set_plausibility(SLUG, "moved", 0.2, expected=ANYTHING)
    store.edit_hypothesis(SLUG, "moved", note="no new state", expected=ANYTHING)
    clock.advance(days=1)
    bob.set_plausibility(SLUG, "fewer", 0.9, expected=ANYTHING)
    clock.advance(days=1)
    store.undo(SLUG, expected=ANYTHING)
    store.undo(SLUG, expected=ANYTHING)
    start = {"uncounted": 0.6, "fewer": 0.3, "moved": 0.1}
    found = store.stands(SLUG)
    assert [(stand.at.day, stand.stated) for stand in found] == [
        (29, {OWNER: start}),
        (1, {OWNER: {**start, "moved": 0.2}}),
        (2, {OWNER: {**start, "moved": 0.2}, "bob": {"fewer": 0.9}}),
        (3, {OWNER: start, "bob": {"fewer": 0.9}}),
    ]
    assert found[2].of("bob") == {"uncounted": 0.6, "fewer": 0.9, "moved": 0.2}
    assert (store.person(SLUG), bob.person(SLUG)) == (OWNER, "bob")
    # As of a date, a person's plausibilities by then; before the first entry, the first ones.
    seen = as_of(bob.load(SLUG), "2024-03-01", found, "bob")
    assert [hypothesis.plausibility for hypothesis in seen.hypotheses.values()] == [0.6, 0.3, 0.2]
    seen = as_of(bob.load(SLUG), "2023-02", found, "bob")
    assert [hypothesis.plausibility for hypothesis in seen.hypotheses.values()] == [0.6, 0.3, 0.1]
    assert list(seen.evidence) == ["ads"]
    assert list(as_of(bob.load(SLUG), "2023-03", found, "bob").evidence) == ["song2023", "ads"]


def test_undo_to_a_point_takes_back_all_of_ones_own_since(store: DebateStore, open_store: OpenStore) -> None:
    bob = open_store("bob")
    store.set_plausibility(SLUG, "moved", 0.2, expected=ANYTHING)
    point = store.history(SLUG, limit=1)[0].id
    at_point = store.load(SLUG)
    store.edit_debate(SLUG, title="Other", expected=ANYTHING)
    bob.add_evidence(SLUG, Evidence("b", "Bob's"))
    store.set_plausibility(SLUG, "moved", 0.3, expected=ANYTHING)
    store.undo(SLUG, expected=ANYTHING)
    store.set_plausibility(SLUG, "fewer", 0.4, expected=ANYTHING)
    changed = store.undo_to(SLUG, point, expected=ANYTHING)
    evidence = {**at_point.evidence, "b": Evidence("b", "Bob's")}
    assert changed.debate == replace(at_point, evidence=evidence)
    assert changed.entry is not None
    assert changed.entry.label == "undo: edited the title"
    with pytest.raises(Refused, match=f"there is nothing of ana's after entry {point} to undo"):
        store.undo_to(SLUG, point, expected=ANYTHING)
    for none in (999, 10**10, 10**30):  # the last two are beyond the numbers of one engine or the other
        with pytest.raises(NotFound, match=f"there is no entry '{none}'"):
            store.undo_to(SLUG, none, expected=ANYTHING)
    assert store.redo(SLUG, expected=ANYTHING).debate.title == "Other"


def test_undo_to_a_point_is_refused_as_a_whole(store: DebateStore, open_store: OpenStore) -> None:
    point = store.history(SLUG, limit=1)[0].id
    store.edit_debate(SLUG, title="Mine", expected=ANYTHING)
    store.add_evidence(SLUG, Evidence("mine", "Mine"))
    open_store("bob").edit_debate(SLUG, title="Bob's", expected=ANYTHING)
    with pytest.raises(Refused, match=r"cannot undo 'edited the title': bob has changed the same since"):
        store.undo_to(SLUG, point, expected=ANYTHING)
    assert "mine" in store.load(SLUG).evidence
