"""The difference between two versions of a debate, part by part and in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses import edits
from hypotheses.debate import Assessment, Debate, Gap
from hypotheses.reading import Reading
from hypotheses.versions import ABSENT, changes_between, told
from tests.exploring import explored
from tests.store.conftest import small_debate
from tests.store.debates import debates


def orders(debate: Debate) -> list[list[str]]:
    """Return the orders that mean something and that values leave out of account when they are compared."""
    assumed = (one for each in debate.hypotheses.values() for one in each.assumes.values())
    readings = [*debate.quantities.values(), *assumed]
    return [
        list(debate.quantities),
        list(debate.gaps),
        list(debate.evidence),
        *(list(one.readings) for one in readings),
    ]


@explored(10)
@given(debates(), debates())
def test_nothing_differs_exactly_between_equal_debates_in_the_same_order(one: Debate, other: Debate) -> None:
    assert changes_between(one, one) == ()
    assert told(()) == ()
    for field in fields(Debate):
        partly = replace(one, **{field.name: getattr(other, field.name)})
        same = partly == one and orders(partly) == orders(one)
        assert bool(changes_between(one, partly)) is not same
        assert len(told(changes_between(one, partly), 1000)) == len(changes_between(one, partly))


@explored(10)
@given(debates())
def test_against_an_empty_debate_everything_is_new_and_the_other_way_round_removed(debate: Debate) -> None:
    empty = Debate(debate.slug, debate.title)
    parts = ("quantities", "gaps", "hypotheses", "evidence", "ideas", "comments", "schemes")
    expected = {(part, name) for part in parts for name in getattr(debate, part)}
    new = changes_between(empty, debate)
    assert expected <= {one.place for one in new if one.before is ABSENT}
    gone = changes_between(debate, empty)
    assert expected <= {one.place for one in gone if one.after is ABSENT}
    assert {one.place for one in new} == {one.place for one in gone}


def said(debate: Debate, most: int = 40) -> list[str]:
    return list(told(changes_between(small_debate(), debate), most))


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            lambda d: replace(d, title="Another question"),
            "changed  title of the debate: How many piano tuners? → Another question",
        ),
        (
            lambda d: edits.plausibility_set(d, "uncounted", 0.7),
            "changed  plausibility of the explanation 'uncounted': 60% → 70%",
        ),
        (
            lambda d: edits.effect_set(d, "uncounted", "people", "people / 2"),
            "new      effect of the explanation 'uncounted' on 'people': people / 2",
        ),
        (
            lambda d: edits.effect_set(d, "uncounted", "known", "known * 3"),
            "changed  effect of the explanation 'uncounted' on 'known': known * 10 ** unlisted → known * 3",
        ),
        (
            lambda d: edits.assumption_set(d, "uncounted", "unlisted", Reading("1 to 2")),
            "changed  value of the assumption 'unlisted' of the explanation 'uncounted': 0.5 to 1.5 → 1 to 2",
        ),
        (
            lambda d: edits.gap_added(d, Gap("excess", "known / people", "Listed for each")),
            "new      gap 'excess': = known / people",
        ),
        (
            lambda d: edits.value_set(d, "known", "400"),
            "changed  value of the quantity 'known': 300 → 400",
        ),
        (
            lambda d: edits.assessed(d, "song2023", "moved", Assessment(3.0)),
            "new      rating of the evidence 'song2023' for 'moved': +",
        ),
        (
            lambda d: edits.assessed(d, "song2023", "uncounted", Assessment(3.0, "as expected")),
            "changed  rating of the evidence 'song2023' for 'uncounted': ++, as expected → +, as expected",
        ),
        (
            lambda d: edits.evidence_retracted(d, "song2023", retracted=True, note=""),
            "changed  retracted of the evidence 'song2023': false → true",
        ),
        (
            lambda d: edits.quantity_moved(d, "known", 1),
            "changed  order of the quantities: known, people, owners, pianos",
        ),
        (
            lambda d: replace(d, evidence={"ads": d.evidence["ads"]}),
            "removed  evidence 'song2023': A survey of tuners, with 2 ratings",
        ),
    ],
)
def test_a_change_is_told_in_words(change: Callable[[Debate], Debate], line: str) -> None:
    assert line in said(change(small_debate()))


def test_of_a_long_text_the_words_are_told_that_are_others() -> None:
    before = small_debate()
    text = "Most tuners of the city work from home and are in no directory that anybody prints."
    debates_of = [
        replace(before, question=each) for each in (text, text.replace("no directory", "one of the directories"))
    ]
    assert told(changes_between(*debates_of)) == (
        "changed  question of the debate: … no directory … → … one of the directories …",
    )


def test_a_reading_under_a_new_name_is_a_new_convention() -> None:
    before = small_debate()
    owners = before.quantities["owners"]
    after = {**before.quantities, "owners": replace(owners, readings={**owners.readings, "census": Reading("1%")})}
    assert said(replace(before, quantities=after)) == [
        "new      reading 'census' of the quantity 'owners': 1%",
        "new      convention 'census'",
    ]


def test_what_is_more_than_fits_is_counted() -> None:
    everything = changes_between(Debate("small", "Small"), small_debate())
    whole = told(everything, 1000)
    assert told(everything, 3) == (*whole[:2], f"and {len(whole) - 2} more")
    assert told(everything, len(whole)) == whole


@explored(10)
@given(debates(), debates(), st.integers(2, 20))
def test_there_are_never_more_lines_than_asked_for(one: Debate, other: Debate, most: int) -> None:
    lines = told(changes_between(one, other), most)
    assert len(lines) <= most
    assert all("\n" not in line for line in lines)
