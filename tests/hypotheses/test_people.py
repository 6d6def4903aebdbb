"""Several people: whose view comes first, what becomes whose, what they hold together."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses import people
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis, Stated
from hypotheses.edits import hypothesis_moved
from hypotheses.people import OWNER, said_by, seen_by
from hypotheses.problems import Malformed


def two() -> Debate:
    """Return a debate of the owner, ana and bob, as the owner sees it."""
    return Debate(
        "d",
        "D",
        owner="ola",
        hypotheses={
            "a": Hypothesis("a", "A", plausibility=0.5, others={"ana": Stated(0.8, 1), "bob": Stated(0.2)}),
            "b": Hypothesis("b", "B", plausibility=0.4, position=1),
        },
        evidence={
            "x": Evidence(
                "x",
                "X",
                assessments={
                    "a": Assessment(3.0, "ola's", others={"ana": Assessment(1 / 3, "ana's", "ana")}),
                    "b": Assessment(10.0, "bob's", "bob"),
                },
            ),
            "y": Evidence("y", "Y", assessments={"a": Assessment(1.0)}),
        },
    )


def test_everybody_sees_their_own_and_takes_over_the_rest() -> None:
    debate = seen_by(two(), "ana")
    assert debate.hypotheses["a"].plausibility == 0.8
    assert debate.hypotheses["b"].plausibility == 0.4
    cells = debate.evidence["x"].assessments
    assert (cells["a"].ratio, cells["a"].why) == (1 / 3, "ana's")
    assert (cells["b"].ratio, cells["b"].by) == (10.0, "bob")


@pytest.mark.parametrize("person", ["ana", "bob", "eve", OWNER])
def test_looking_as_somebody_else_loses_nothing(person: str) -> None:
    debate = two()
    assert seen_by(seen_by(seen_by(debate, person), "bob"), OWNER) == debate


def test_what_nobody_touched_stays_the_same_object() -> None:
    debate = two()
    assert seen_by(debate, OWNER).evidence is debate.evidence
    ana = seen_by(debate, "ana")
    assert ana.evidence["y"] is debate.evidence["y"]
    changed = replace(debate, evidence={**debate.evidence, "z": Evidence("z", "Z")})
    assert seen_by(changed, "ana", (debate, ana)).evidence["x"] is ana.evidence["x"]


def test_a_first_word_of_ones_own_leaves_the_owners() -> None:
    seen = seen_by(two(), "eve")
    b = replace(seen.hypotheses["b"], plausibility=0.9)
    debate = said_by(seen, replace(seen, hypotheses={**seen.hypotheses, "b": b}), "eve")
    assert debate.hypotheses["b"].by == "eve"
    back = seen_by(debate, OWNER)
    assert back.hypotheses["b"] == replace(two().hypotheses["b"], others={"eve": Stated(0.9, 1)})
    assert back.hypotheses["a"] == two().hypotheses["a"]


def test_a_rating_becomes_ones_own_and_a_form_that_repeats_others_does_not() -> None:
    seen = seen_by(two(), "eve")
    # What a form gives: every cell anew, without a word on whose it was.
    cells = {"a": Assessment(3.0, "ola's"), "b": Assessment(0.5, "eve's")}
    x = replace(seen.evidence["x"], title="New title", assessments=cells)
    debate = seen_by(said_by(seen, replace(seen, evidence={**seen.evidence, "x": x}), "eve"), OWNER)
    assert debate.evidence["x"].title == "New title"
    assert debate.evidence["x"].assessments["a"] == two().evidence["x"].assessments["a"]
    assert people.views(debate.evidence["x"].assessments["b"]) == {
        "bob": Assessment(10.0, "bob's", "bob"),
        "eve": Assessment(0.5, "eve's", "eve"),
    }


def cleared(debate: Debate, person: str, slug: str) -> Debate:
    seen = seen_by(debate, person)
    cells = {name: cell for name, cell in seen.evidence["x"].assessments.items() if name != slug}
    x = replace(seen.evidence["x"], assessments=cells)
    return said_by(seen, replace(seen, evidence={**seen.evidence, "x": x}), person)


def test_clearing_a_cell_shows_what_the_others_hold() -> None:
    assert cleared(two(), "ana", "a").evidence["x"].assessments["a"] == Assessment(3.0, "ola's")
    assert "b" not in cleared(two(), "bob", "b").evidence["x"].assessments


def test_nobody_clears_the_rating_of_another() -> None:
    with pytest.raises(Malformed, match="the rating of 'x' under 'b' is bob's"):
        cleared(two(), "ana", "b")


def test_people_are_the_owner_and_everybody_who_said_something() -> None:
    assert people.people(two()) == (OWNER, "ana", "bob")
    assert [people.named(two(), person) for person in people.people(two())] == ["ola", "ana", "bob"]
    assert people.people(seen_by(two(), "bob")) == (OWNER, "ana", "bob")


def test_pooled_is_the_geometric_mean_of_the_odds() -> None:
    # Odds 1 (ola), 4 (ana), 1/4 (bob): their geometric mean is 1. Of b only ola has said anything: 0.4.
    assert people.pooled(two()) == pytest.approx({"a": 0.5, "b": 0.4})
    a = replace(two().hypotheses["a"], others={"ana": Stated(0.8)})
    # Odds 1 and 4: the mean is 2, so 2/3.
    assert people.pooled(replace(two(), hypotheses={"a": a})) == pytest.approx({"a": 2 / 3})


def test_a_starting_figure_that_nobody_set_does_not_count_beside_what_somebody_did() -> None:
    a = Hypothesis("a", "A", plausibility=0.5, placeholder=True, others={"ana": Stated(0.8)})
    assert people.pooled(Debate("d", "D", hypotheses={"a": a})) == pytest.approx({"a": 0.8})
    alone = replace(a, others={})
    assert people.pooled(Debate("d", "D", hypotheses={"a": alone})) == pytest.approx({"a": 0.5})
    assert people.disagreement(a) == 0


def test_an_exclusive_debate_pools_to_one() -> None:
    a = Hypothesis("a", "A", plausibility=0.5, others={"ana": Stated(0.2)})
    b = Hypothesis("b", "B", plausibility=0.4, others={"ana": Stated(0.1)})
    pooled = people.pooled(Debate("d", "D", mode="exclusive", hypotheses={"a": a, "b": b}))
    # Geometric means: a sqrt(.5*.2) = .3162, b sqrt(.4*.1) = .2, none of these sqrt(.1*.7) = .2646; sum .7808.
    assert pooled == pytest.approx({"a": 0.4050, "b": 0.2562}, abs=1e-4)


def test_disagreement_is_the_standard_deviation_in_decibans() -> None:
    # Log-odds 0, +6.02 and -6.02 decibans: the variance is 2 * 6.02^2 / 3.
    assert people.disagreement(two().hypotheses["a"]) == pytest.approx(10 * math.log10(4) * math.sqrt(2 / 3))
    assert people.disagreement(two().hypotheses["b"]) == 0
    # Ratios 3 and 1/3 lie 4.77 decibans to either side of 1.
    assert people.cell_disagreement(two().evidence["x"].assessments["a"]) == pytest.approx(10 * math.log10(3))


@given(st.dictionaries(st.sampled_from(["ana", "bob", "eve"]), st.floats(0, 1)), st.floats(0, 1))
def test_pooling_stays_between_the_extremes_and_does_not_depend_on_who_looks(
    others: dict[str, float], own: float
) -> None:
    a = Hypothesis("a", "A", plausibility=own, others={name: Stated(p) for name, p in others.items()})
    debate = Debate("d", "D", hypotheses={"a": a})
    pooled = people.pooled(debate)["a"]
    said = [own, *others.values()]
    assert min(said) - 1e-9 <= pooled <= max(said) + 1e-9
    assert people.pooled(seen_by(debate, "bob"))["a"] == pytest.approx(pooled)


def moved_by(debate: Debate, person: str, slug: str, rank: int) -> Debate:
    seen = seen_by(debate, person)
    return said_by(seen, hypothesis_moved(seen, slug, rank), person)


def meant(hypothesis: Hypothesis) -> dict[str, float]:
    """Return what people have really stated of a hypothesis."""
    return {by: one.plausibility for by, one in people.statements(hypothesis).items() if not one.placeholder}


def test_a_move_states_both_that_change_places() -> None:
    start = Debate(
        "d",
        "D",
        hypotheses={
            "a": Hypothesis("a", "A", plausibility=0.6, placeholder=True, others={"ana": Stated(0.9)}),
            "b": Hypothesis("b", "B", plausibility=0.3, placeholder=True, position=1),
            "c": Hypothesis("c", "C", plausibility=0.1, placeholder=True, position=2),
        },
    )
    after = moved_by(start, "ana", "b", 1)
    # Ana put b, at a starting figure of 30%, before a, at her 90%: she holds 90% of b and 30% of a.
    assert meant(after.hypotheses["a"]) == {"ana": 0.3}
    assert meant(after.hypotheses["b"]) == {"ana": 0.9}
    assert meant(after.hypotheses["c"]) == {}
    assert people.pooled(after)["b"] == pytest.approx(0.9)
    # What the owner sees are starting figures still.
    assert all(h.placeholder for h in seen_by(after, OWNER).hypotheses.values())


@st.composite
def stated_debates(draw: st.DrawFn) -> Debate:
    hypotheses = {
        slug: Hypothesis(
            slug,
            slug,
            plausibility=draw(st.sampled_from([0.1, 0.3, 0.5, 0.9])),
            placeholder=draw(st.booleans()),
            position=place,
            others=draw(st.dictionaries(st.sampled_from(["ana", "bob"]), st.builds(Stated, st.floats(0.01, 0.99)))),
        )
        for place, slug in enumerate("abcd")
    }
    return Debate("d", "D", hypotheses=hypotheses)


MOVES = st.tuples(st.sampled_from(["ana", "bob", OWNER]), st.sampled_from("abcd"), st.integers(1, 4))


@given(stated_debates(), st.lists(MOVES, max_size=5))
def test_no_move_loses_what_anybody_stated_or_says_it_for_another(
    debate: Debate, moves: list[tuple[str, str, int]]
) -> None:
    for person, slug, rank in moves:
        before, seen = debate, seen_by(debate, person)
        debate = moved_by(debate, person, slug, rank)
        now = seen_by(debate, person)
        # The same figures, over other hypotheses; whoever changed places is stated.
        assert sorted(h.plausibility for h in now.hypotheses.values()) == sorted(
            h.plausibility for h in seen.hypotheses.values()
        )
        for each, h in debate.hypotheses.items():
            was, said = meant(before.hypotheses[each]), meant(h)
            assert was.keys() <= said.keys()
            assert {by: p for by, p in said.items() if by != person} == {by: p for by, p in was.items() if by != person}
            if now.hypotheses[each].plausibility != seen.hypotheses[each].plausibility:
                assert person in said
            counted = list(said.values()) or [one.plausibility for one in people.statements(h).values()]
            odds = math.fsum(math.log(p / (1 - p)) for p in counted) / len(counted)
            assert people.pooled(debate)[each] == pytest.approx(1 / (1 + math.exp(-odds)))
            assert people.plausibilities(h) == (said or people.plausibilities(h))
