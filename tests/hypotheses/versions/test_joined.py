"""Two versions of a debate that come of one, joined."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses import edits
from hypotheses.admission import admit
from hypotheses.debate import Assessment, Comment, Debate, Evidence, Hypothesis
from hypotheses.idea import Idea
from hypotheses.problems import Refused
from hypotheses.reading import Reading
from hypotheses.versions import Decision, Order, changes_between, joined
from tests.exploring import explored
from tests.store.conftest import small_debate
from tests.store.debates import debates

FIELDS = [field.name for field in fields(Debate)]


def mixed(base: Debate, other: Debate, names: set[str]) -> Debate:
    """Return the base with some of its fields as another debate has them."""
    return replace(base, **{name: getattr(other, name) for name in names})


@explored(10)
@given(debates(), debates())
def test_what_only_one_has_changed_is_as_that_one_has_it(base: Debate, other: Debate) -> None:
    for both in (joined(base, other, base), joined(base, base, other), joined(base, other, other)):
        assert both.clashes == ()
        assert changes_between(both.debate, other) == ()


@explored(10)
@given(debates(), debates(), debates(), st.sets(st.sampled_from(FIELDS)), st.sets(st.sampled_from(FIELDS)))
def test_changes_of_different_parts_are_all_made_whoever_comes_first(
    base: Debate, one: Debate, other: Debate, own: set[str], others: set[str]
) -> None:
    others = others - own
    mine, theirs = mixed(base, one, own), mixed(base, other, others)
    there, back = joined(base, mine, theirs), joined(base, theirs, mine)
    assert there.clashes == back.clashes == ()
    assert there.debate == back.debate == mixed(mine, other, others)


@explored(10)
@given(debates(), debates(), debates(), st.sampled_from(["mine", "theirs"]))
def test_nothing_is_lost_and_what_is_decided_is_no_clash_any_more(
    base: Debate, mine: Debate, theirs: Debate, side: Any
) -> None:
    both = joined(base, mine, theirs)
    for clash in both.clashes:
        assert clash.mine != clash.theirs
    decided = joined(base, mine, theirs, [Decision(clash, side) for clash in both.clashes])
    assert decided.clashes == ()
    if side == "mine":
        assert decided.debate == both.debate


@explored(10)
@given(debates(), debates(), debates())
def test_what_comes_out_is_sound_or_refused_in_a_sentence(base: Debate, mine: Debate, theirs: Debate) -> None:
    both = joined(base, mine, theirs).debate
    with suppress(Refused):  # any other error fails
        admit(theirs, both)


def test_fields_of_one_explanation_are_joined() -> None:
    base = small_debate()
    mine = edits.hypothesis_edited(base, "uncounted", {"title": "Nobody lists them"})
    theirs = edits.plausibility_set(base, "uncounted", 0.9)
    both = joined(base, mine, theirs)
    assert both.clashes == ()
    assert (both.debate.hypotheses["uncounted"].title, both.debate.hypotheses["uncounted"].plausibility) == (
        "Nobody lists them",
        0.9,
    )


def test_a_part_that_both_have_changed_is_offered() -> None:
    base = small_debate()
    mine, theirs = (edits.plausibility_set(base, "uncounted", share) for share in (0.7, 0.9))
    both = joined(base, mine, theirs)
    (clash,) = both.clashes
    assert clash.place == ("hypotheses", "uncounted", "plausibility")
    assert (clash.mine, clash.theirs) == ((0.7, False), (0.9, False))
    kept = joined(base, mine, theirs, [Decision(clash, "theirs")])
    assert kept.clashes == ()
    assert kept.debate == theirs


def test_what_one_removed_and_the_other_changed_is_offered() -> None:
    base = small_debate()
    mine = replace(base, evidence={"ads": base.evidence["ads"]})
    theirs = edits.evidence_edited(base, "song2023", {"title": "Another title"})
    (clash,) = joined(base, mine, theirs).clashes
    assert clash.place == ("evidence", "song2023")
    assert joined(base, mine, theirs, [Decision(clash, "theirs")]).debate == theirs


def test_people_who_rate_the_same_cell_do_not_clash() -> None:
    base = small_debate()
    mine = edits.assessed(base, "song2023", "uncounted", Assessment(3.0))
    cell = base.evidence["song2023"].assessments["uncounted"]
    rated = replace(cell, others={"ben": replace(cell, ratio=0.1, by="ben", others={})})
    item = base.evidence["song2023"]
    theirs = replace(
        base,
        evidence={**base.evidence, "song2023": replace(item, assessments={**item.assessments, "uncounted": rated})},
    )
    both = joined(base, mine, theirs)
    assert both.clashes == ()
    cell = both.debate.evidence["song2023"].assessments["uncounted"]
    assert (cell.ratio, cell.others["ben"].ratio) == (3.0, 0.1)


def test_a_formula_in_the_place_of_readings_clashes_with_another_reading() -> None:
    base = small_debate()
    owners = base.quantities["owners"]
    mine = replace(
        base, quantities={**base.quantities, "owners": replace(owners, readings={}, formula="people / 3000")}
    )
    readings = {**owners.readings, "census": Reading("1%")}
    theirs = replace(base, quantities={**base.quantities, "owners": replace(owners, readings=readings)})
    (clash,) = joined(base, mine, theirs).clashes
    assert clash.place == ("quantities", "owners", "value")
    assert joined(base, mine, theirs, [Decision(clash, "mine")]).debate == mine


def with_evidence(debate: Debate, *keys: str) -> Debate:
    return replace(debate, evidence={key: debate.evidence.get(key, Evidence(key, key.title())) for key in keys})


def test_what_is_new_of_both_stands_after_what_it_came_after() -> None:
    base = with_evidence(small_debate(), "one", "two", "three")
    mine = with_evidence(base, "one", "mine", "two", "three")
    theirs = with_evidence(base, "three", "theirs", "one", "two")
    assert list(joined(base, mine, theirs).debate.evidence) == ["three", "theirs", "one", "mine", "two"]


def test_an_order_that_both_have_changed_is_offered() -> None:
    base = with_evidence(small_debate(), "one", "two", "three")
    mine = with_evidence(base, "two", "one", "three")
    theirs = with_evidence(base, "three", "one", "two")
    (clash,) = joined(base, mine, theirs).clashes
    assert (clash.place, clash.mine) == (("evidence",), Order(("two", "one", "three")))
    assert list(joined(base, mine, theirs, [Decision(clash, "theirs")]).debate.evidence) == ["three", "one", "two"]


def order(debate: Debate) -> list[str]:
    return sorted(debate.hypotheses, key=lambda slug: debate.hypotheses[slug].position)


def placed(debate: Debate, *slugs: str) -> Debate:
    moved = {slug: replace(debate.hypotheses[slug], position=place) for place, slug in enumerate(slugs)}
    return replace(debate, hypotheses=moved)


def test_an_explanation_that_one_moves_keeps_what_the_other_changed_of_it() -> None:
    base = small_debate()
    mine = placed(base, "moved", "uncounted", "fewer")
    theirs = edits.hypothesis_added(base, Hypothesis("shared", "Tuners are shared", position=3))
    both = joined(base, mine, theirs)
    assert both.clashes == ()
    assert order(both.debate) == ["moved", "uncounted", "fewer", "shared"]


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_the_order_of_the_explanations_that_both_have_changed_is_offered(side: Any) -> None:
    base = small_debate()
    mine, theirs = placed(base, "moved", "uncounted", "fewer"), placed(base, "fewer", "uncounted", "moved")
    (clash,) = joined(base, mine, theirs).clashes
    assert clash.place == ("hypotheses",)
    chosen = joined(base, mine, theirs, [Decision(clash, side)])
    assert chosen.clashes == ()
    assert order(chosen.debate) == order({"mine": mine, "theirs": theirs}[side])


def test_ideas_and_comments_of_both_under_one_number_are_both_kept() -> None:
    base = replace(small_debate(), ideas={1: Idea(1, "The first")}, comments={})
    mine = replace(
        base,
        ideas={**base.ideas, 2: Idea(2, "Mine")},
        comments={1: Comment(1, "On mine", "ola", idea=2), 2: Comment(2, "On the first", "ola", idea=1)},
    )
    theirs = replace(base, ideas={**base.ideas, 2: Idea(2, "Theirs")}, comments={1: Comment(1, "No", "ben", idea=2)})
    both = joined(base, mine, theirs)
    assert both.clashes == ()
    assert {number: idea.title for number, idea in both.debate.ideas.items()} == {
        1: "The first",
        2: "Theirs",
        3: "Mine",
    }
    assert {(each.text, each.idea) for each in both.debate.comments.values()} == {
        ("No", 2),
        ("On mine", 3),
        ("On the first", 1),
    }


def test_a_decision_counts_for_what_was_seen_only() -> None:
    base = small_debate()
    mine, theirs = (edits.plausibility_set(base, "uncounted", share) for share in (0.7, 0.9))
    (clash,) = joined(base, mine, theirs).clashes
    for side in ("mine", "theirs"):
        decided = [Decision(clash, side)]
        for own, others in ((mine, edits.plausibility_set(base, "uncounted", 0.2)), (theirs, mine)):
            assert len(joined(base, own, others, decided).clashes) == 1


def test_explanations_that_both_add_stand_at_places_of_their_own() -> None:
    base = small_debate()
    mine, theirs = (
        edits.hypothesis_added(base, Hypothesis(slug, slug, position=len(base.hypotheses)))
        for slug in ("mine", "theirs")
    )
    both = joined(base, mine, theirs)
    places = [each.position for each in both.debate.hypotheses.values()]
    assert (both.clashes, len(set(places))) == ((), len(places))


def test_a_number_that_was_given_again_means_another_idea() -> None:
    old, new = Idea(2, "old", sender="ana", received="2024-01-01T00:00:00Z"), Idea(2, "new", sender="ben")
    base = replace(small_debate(), ideas={2: old}, comments={})
    mine = replace(base, ideas={2: replace(old, status="declined", reason="no")})
    theirs = replace(base, ideas={2: new})
    both = joined(base, mine, theirs)
    assert both.debate.ideas[2] == new
    (clash,) = both.clashes  # it is declined, and it is gone
    assert joined(base, mine, theirs, [Decision(clash, "theirs")]).debate.ideas == {2: new}
    assert joined(base, base, theirs).debate.ideas == {2: new}


def test_the_same_words_about_two_new_ideas_are_two_comments() -> None:
    base = replace(small_debate(), ideas={}, comments={})
    said = Comment(1, "Well said.", "ana", "2024-01-01T00:00:00Z", idea=1)
    mine, theirs = (replace(base, ideas={1: Idea(1, title)}, comments={1: said}) for title in ("mine", "theirs"))
    both = joined(base, mine, theirs)
    assert both.clashes == ()
    assert {(both.debate.ideas[each.idea].title, each.text) for each in both.debate.comments.values()} == {
        ("mine", said.text),
        ("theirs", said.text),
    }
