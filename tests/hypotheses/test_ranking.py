"""The ranking: notations of a plausibility, words, order, moves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Debate, Hypothesis, Mode
from hypotheses.problems import Malformed
from hypotheses.ranking import (
    format_plausibility,
    moved,
    none_of_these,
    parse_plausibility,
    ranked,
    with_plausibility,
    word,
)


def debate_of(*plausibilities: float, mode: Mode = "independent") -> Debate:
    """Return a debate with hypotheses a, b, c… at these plausibilities."""
    slugs = "abcdefghij"[: len(plausibilities)]
    hypotheses = {
        slug: Hypothesis(slug, slug.upper(), plausibility=p, position=k)
        for k, (slug, p) in enumerate(zip(slugs, plausibilities, strict=True))
    }
    return Debate("d", "D", mode=mode, hypotheses=hypotheses)


def after(debate: Debate, changed: dict[str, Hypothesis]) -> Debate:
    return replace(debate, hypotheses={**debate.hypotheses, **changed})


def order(debate: Debate) -> str:
    return "".join(h.slug for h in ranked(debate))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("60%", 0.6), (" 60 % ", 0.6), ("0.6", 0.6), (".6", 0.6), ("0", 0), ("1", 1), ("100%", 1), ("0.5%", 0.005)],
        *[("3:2", 0.6), ("1 : 3", 0.25), ("1:0", 1), ("0:1", 0), ("1 in 5", 0.2), ("2 IN 4", 0.5)],
    ],
)
def test_a_plausibility_is_read_in_every_notation(text: str, value: float) -> None:
    assert parse_plausibility(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["", "likely", "-0.1", "130%", "1.3", "0:0", "1 in 0", "5 in 1", "nan", "inf", "1e-3", "60"]
)
def test_what_is_no_plausibility_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(Malformed, match="expected a plausibility such as 60%"):
        parse_plausibility(text)


def test_a_forgotten_percent_sign_is_suggested() -> None:
    with pytest.raises(Malformed, match=r"did you mean 60%\?"):
        parse_plausibility("60")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *[(0.6, "60%"), (0, "0%"), (1, "100%"), (0.01, "1%"), (0.99, "99%"), (0.125, "12%")],
        *[(0.005, "0.5%"), (0.995, "99.5%"), (0.0004, "0.04%"), (0.00001, "<0.01%"), (0.999999, ">99.99%")],
        # As it was typed, and never with a digit that says nothing: 99.9 / 100 is a little more than 0.999.
        *[(99.9 / 100, "99.9%"), (0.1 / 100, "0.1%"), (0.00996, "1%"), (0.99004, "99%"), (0.99973, "99.97%")],
    ],
)
def test_a_plausibility_is_written_as_a_percentage(value: float, text: str) -> None:
    assert format_plausibility(value) == text


@given(st.floats(min_value=0, max_value=1, exclude_min=True, exclude_max=True))
def test_what_is_not_certain_is_never_written_as_certain(value: float) -> None:
    assert format_plausibility(value) not in ("0%", "100%")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *[(0, "almost no chance"), (0.04, "almost no chance"), (0.05, "very unlikely"), (0.1, "very unlikely")],
        *[(0.3, "unlikely"), (0.5, "roughly even chance"), (0.6, "likely"), (0.9, "very likely")],
        *[(0.96, "almost certain"), (1, "almost certain")],
    ],
)
def test_the_word_is_that_of_icd_203(value: float, expected: str) -> None:
    assert word(value) == expected


def test_the_most_plausible_stands_first_and_position_breaks_ties() -> None:
    assert order(debate_of(0.1, 0.6, 0.6, 0.4)) == "bcda"


def test_passing_a_neighbour_exchanges_the_two_plausibilities() -> None:
    debate = debate_of(0.6, 0.45, 0.4)
    debate = after(debate, dict(moved(debate, "b", 1)))
    assert [(h.slug, h.plausibility) for h in ranked(debate)] == [("b", 0.6), ("a", 0.45), ("c", 0.4)]


def test_moving_past_an_equal_neighbour_still_moves() -> None:
    debate = debate_of(0.5, 0.5)
    assert order(after(debate, dict(moved(debate, "b", 1)))) == "ba"


def test_a_move_to_where_it_stands_changes_nothing() -> None:
    assert moved(debate_of(0.6, 0.4), "a", 1) == {}


@pytest.mark.parametrize("rank", [0, -1, 4])
def test_a_rank_that_is_not_there_is_refused(rank: int) -> None:
    with pytest.raises(Malformed, match="expected 1 to 3"):
        moved(debate_of(0.6, 0.5, 0.4), "a", rank)


@given(plausibilities=st.lists(st.sampled_from([0.1, 0.25, 0.5, 0.5, 0.75]), min_size=1, max_size=8), data=st.data())
def test_a_move_lands_on_its_rank_and_keeps_the_plausibilities_and_the_others_order(
    plausibilities: list[float], data: st.DataObject
) -> None:
    debate = debate_of(*plausibilities)
    slug = data.draw(st.sampled_from(sorted(debate.hypotheses)))
    rank = data.draw(st.integers(1, len(plausibilities)))
    done = after(debate, dict(moved(debate, slug, rank)))
    assert order(done).index(slug) == rank - 1
    assert order(done).replace(slug, "") == order(debate).replace(slug, "")
    assert sorted(h.plausibility for h in done.hypotheses.values()) == sorted(plausibilities)


def test_setting_a_plausibility_sorts_anew_and_is_no_placeholder_any_more() -> None:
    debate = debate_of(0.6, 0.45, 0.4)
    placeholder = replace(debate.hypotheses["c"], placeholder=True)
    debate = after(debate, {"c": placeholder})
    debate = after(debate, dict(with_plausibility(debate, "c", 0.9)))
    assert order(debate) == "cab"
    assert not debate.hypotheses["c"].placeholder


def test_hypotheses_that_can_be_true_together_leave_each_other_alone() -> None:
    assert list(with_plausibility(debate_of(0.6, 0.45), "b", 0.99)) == ["b"]


def test_exclusive_hypotheses_give_way_in_proportion() -> None:
    # a from 0.5 to 0.75 leaves 0.25 for b, c and none of these, which had 0.5: each keeps half of its own.
    debate = debate_of(0.5, 0.3, 0.1, mode="exclusive")
    debate = after(debate, dict(with_plausibility(debate, "a", 0.75)))
    assert {h.slug: h.plausibility for h in ranked(debate)} == pytest.approx({"a": 0.75, "b": 0.15, "c": 0.05})
    assert none_of_these(debate) == pytest.approx(0.05)


def test_after_a_certainty_the_others_share_what_is_left_equally() -> None:
    # 0.4 is left for b and none of these.
    debate = debate_of(1.0, 0.0, mode="exclusive")
    debate = after(debate, dict(with_plausibility(debate, "a", 0.6)))
    assert debate.hypotheses["b"].plausibility == pytest.approx(0.2)
    assert none_of_these(debate) == pytest.approx(0.2)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5), st.floats(0, 1), st.data())
def test_exclusive_plausibilities_never_exceed_one(raw: list[float], new: float, data: st.DataObject) -> None:
    total = sum(raw) + 0.1
    debate = debate_of(*[p / total for p in raw], mode="exclusive")
    slug = data.draw(st.sampled_from(sorted(debate.hypotheses)))
    debate = after(debate, dict(with_plausibility(debate, slug, new)))
    assert sum(h.plausibility for h in debate.hypotheses.values()) <= 1 + 1e-9


def test_what_shares_plausibility_and_position_moves_too() -> None:
    """A debate file need not say any position."""
    equal = Debate("d", "D", hypotheses={slug: Hypothesis(slug, slug, placeholder=True) for slug in "abc"})
    changed = moved(equal, "a", 2)
    after = replace(equal, hypotheses={**equal.hypotheses, **changed})
    assert [each.slug for each in ranked(after)] == ["b", "a", "c"]
    assert [each.placeholder for each in ranked(after)] == [False, False, True]
    again = replace(after, hypotheses={**after.hypotheses, **moved(after, "a", 1)})
    assert [each.slug for each in ranked(again)] == ["a", "b", "c"]
