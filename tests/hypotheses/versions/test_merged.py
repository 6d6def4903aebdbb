"""Two versions of a debate made into one that stands by itself."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

from hypothesis import given

from hypotheses import edits
from hypotheses.admission import admit
from hypotheses.checks import check
from hypotheses.debate import Assessment, Comment, Debate, Evidence, Gap, Hypothesis
from hypotheses.problems import Refused
from hypotheses.versions import changes_between, marks_in, merged
from tests.exploring import explored
from tests.store.conftest import small_debate
from tests.store.debates import debates


def is_sound(debate: Debate) -> bool:
    with suppress(Refused):
        admit(Debate(debate.slug, debate.title), debate)
        return True
    return False


sound = debates().filter(is_sound)


@explored(4)
@given(sound, sound)
def test_what_only_one_side_has_changed_is_as_that_side_has_it(base: Debate, other: Debate) -> None:
    for both in (merged(base, other, base), merged(base, base, other), merged(base, other, other)):
        assert both.conflicts == ()
        assert changes_between(both.debate, other) == ()


@explored(4)
@given(sound, sound, sound)
def test_any_three_make_a_sound_debate_in_which_every_conflict_is_marked(
    base: Debate, ours: Debate, theirs: Debate
) -> None:
    both = merged(base, ours, theirs)
    assert is_sound(both.debate)
    assert len(list(marks_in(both.debate))) >= len(both.conflicts)


@explored(4)
@given(sound, sound, sound)
def test_without_a_conflict_the_sides_can_be_exchanged(base: Debate, ours: Debate, theirs: Debate) -> None:
    for one, other in ((ours, theirs), (edited(base, "one"), edited(base, "other"))):
        there, back = merged(base, one, other), merged(base, other, one)
        assert (not there.conflicts) == (not back.conflicts)
        for field in fields(Debate) if not there.conflicts else ():
            # What is new on both sides stands in the order of the sides.
            here, other_way = (getattr(both.debate, field.name) for both in (there, back))
            assert here == other_way or dict(here) == dict(other_way)


def edited(debate: Debate, who: str) -> Debate:
    """Return the debate with an item of evidence more, and the first plausibility changed by one of two people."""
    evidence = {**debate.evidence, f"of-{who}": Evidence(f"of-{who}", f"Found by {who}")}
    changed = replace(debate, evidence=evidence)
    slug = next((slug for place, slug in enumerate(debate.hypotheses) if (place == 0) == (who == "one")), None)
    return edits.plausibility_set(changed, slug, 0.123) if slug and debate.mode == "independent" else changed


@explored(4)
@given(sound)
def test_two_who_each_add_an_item_and_change_a_plausibility_never_conflict(base: Debate) -> None:
    both = merged(base, edited(base, "one"), edited(base, "other"))
    assert both.conflicts == ()
    assert {"of-one", "of-other"} <= set(both.debate.evidence)
    assert [h.plausibility for h in both.debate.hypotheses.values()][:2] == [0.123] * min(2, len(base.hypotheses))


def test_two_who_each_add_an_explanation_a_comment_and_a_reading_do_not_conflict() -> None:
    base = small_debate()

    def added(who: str) -> Debate:
        new = edits.hypothesis_added(base, Hypothesis(f"by-{who}", f"By {who}"))
        comments = {**base.comments, 9: Comment(9, f"Said by {who}", who, hypothesis="uncounted")}
        return replace(new, comments=comments)

    both = merged(base, added("ana"), added("bob"))
    assert both.conflicts == ()
    assert {"by-ana", "by-bob"} <= set(both.debate.hypotheses)
    assert sorted(one.text for one in both.debate.comments.values())[-2:] == ["Said by ana", "Said by bob"]


def test_a_real_conflict_keeps_ours_and_says_theirs_where_check_finds_it() -> None:
    base = small_debate()
    ours, theirs = (edits.plausibility_set(base, "uncounted", share) for share in (0.7, 0.7049))
    both = merged(base, ours, theirs)
    (conflict,) = both.conflicts
    told = "plausibility of the explanation 'uncounted': 70% here, 70.49% on the other side"
    assert conflict.told == told
    assert both.debate.hypotheses["uncounted"].plausibility == 0.7
    assert both.debate.hypotheses["uncounted"].note.endswith(f"[[merge: {told}]]")
    (problem,) = [each for each in check(both.debate) if each.code == "merge"]
    assert problem.place == "hypotheses.uncounted.note"
    assert told in problem.text


def test_who_makes_the_same_item_differs_in_its_fields_only() -> None:
    base = small_debate()

    def logged(**fields: Any) -> Debate:
        return replace(base, evidence={**base.evidence, "lee2019": Evidence("lee2019", "The tuners", **fields)})

    both = merged(base, logged(date="2019", doi="10.1/x"), logged(date="2019", url="https://example.org/x"))
    assert both.conflicts == ()
    item = both.debate.evidence["lee2019"]
    assert (item.doi, item.url, item.date) == ("10.1/x", "https://example.org/x", "2019")
    (conflict,) = merged(base, logged(date="2019"), logged(date="2018")).conflicts
    assert conflict.told == "date of the evidence 'lee2019': 2019 here, 2018 on the other side"


def test_what_one_side_removed_and_the_other_changed_or_names_stays() -> None:
    base = small_debate()
    without = replace(base, evidence={key: item for key, item in base.evidence.items() if key != "song2023"})
    changed = edits.evidence_edited(base, "song2023", {"title": "Another title"})
    for ours, theirs in ((without, changed), (changed, without)):
        both = merged(base, ours, theirs)
        assert both.debate.evidence["song2023"].title == "Another title"
        assert "removed on" in both.conflicts[0].told
    slug = "uncounted"
    gone = edits.hypothesis_added(base, Hypothesis("new", "New"))
    base = replace(gone, evidence={})
    ours = replace(base, hypotheses={name: h for name, h in base.hypotheses.items() if name != "new"})
    item = Evidence("rates", "Rates it", assessments={"new": Assessment(3.0), slug: Assessment(1.0)})
    both = merged(base, ours, replace(base, evidence={"rates": item}))
    assert "new" in both.debate.hypotheses
    assert [each.told for each in both.conflicts] == [
        "explanation 'new': removed on this side, and named on the other side"
    ]
    assert is_sound(both.debate)


def test_shares_of_an_exclusive_debate_never_sum_to_more_than_all() -> None:
    base = Debate(
        "d",
        "Which?",
        mode="exclusive",
        hypotheses={s: Hypothesis(s, s, plausibility=0.3, position=n) for n, s in enumerate("abc")},
    )

    def stated(**shares: float) -> Debate:
        return replace(
            base,
            hypotheses={s: replace(h, plausibility=shares.get(s, h.plausibility)) for s, h in base.hypotheses.items()},
        )

    both = merged(base, stated(a=0.4), stated(b=0.35))
    assert [h.plausibility for h in both.debate.hypotheses.values()] == [0.4, 0.3, 0.3]
    assert [each.told for each in both.conflicts] == [
        "plausibility of the explanation 'b': 30% here, 35% on the other side; all sum to 100%"
    ]


def test_two_headlines_become_one_and_a_circle_leaves_ours() -> None:
    base = small_debate()

    def headed(symbol: str) -> Debate:
        gaps = {name: replace(gap, headline=False) for name, gap in base.gaps.items()}
        return replace(base, gaps={**gaps, symbol: Gap(symbol, "2 * people / people", headline=True)})

    both = merged(base, headed("one"), headed("two"))
    assert [symbol for symbol, gap in both.debate.gaps.items() if gap.headline] == ["one"]
    assert "the headline: 'one' here, 'two' on the other side" in [each.told for each in both.conflicts]
    gaps = {"x": Gap("x", "people / 5"), "y": Gap("y", "people / 7")}
    base = replace(base, gaps={**base.gaps, **gaps})
    ours = replace(base, gaps={**base.gaps, "x": Gap("x", "y")})
    both = merged(base, ours, replace(base, gaps={**base.gaps, "y": Gap("y", "x")}))
    assert "x -> y -> x needs itself" in both.conflicts[0].told or "y -> x -> y needs itself" in both.conflicts[0].told
    assert both.debate.gaps == ours.gaps
