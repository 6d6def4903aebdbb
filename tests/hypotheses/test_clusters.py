"""Items of a cluster, each beside the stronger ones. Expected figures are worked out beside each test."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.clusters import Side, Strengths, effective, shares, together

STRENGTHS = st.lists(st.one_of(st.sampled_from([0.5, 1.0, 2.0]), st.floats(0.001, 50)), max_size=7)
NATS = st.lists(st.one_of(st.sampled_from([-1.0, 0.0, 1.0, 2.0]), st.floats(-50, 50)), max_size=7)
RHO = st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1))


def test_three_of_different_strength() -> None:
    # n_eff is 1, 2 / 1.5 = 4/3 and 3 / 2, so they count 1, 1/3 and 1/6; what points the other way is alone.
    assert together([1, 3, 2, -5, 0], 0.5) == pytest.approx((3 + 2 / 3 + 1 / 6, -5))


@given(STRENGTHS, RHO)
def test_what_each_counts_is_the_difference_of_the_effective_numbers(strengths: list[float], rho: float) -> None:
    exact = Fraction(rho)
    counts = [Fraction(k) / (1 + (k - 1) * exact) for k in range(1, len(strengths) + 1)]
    parts = [each - before for each, before in zip(counts, [Fraction(0), *counts], strict=False)]
    right = sum(part * Fraction(each) for part, each in zip(parts, sorted(strengths, reverse=True), strict=True))
    assert together(strengths, rho).up == pytest.approx(float(right), rel=1e-12)
    assert effective(len(strengths), rho) == pytest.approx(float(counts[-1] if counts else 0))


@given(NATS, RHO, st.integers(0, 6), st.floats(0, 20))
def test_what_becomes_stronger_never_takes_away(nats: list[float], rho: float, which: int, more: float) -> None:
    before = together(nats, rho) if nats else (0.0, 0.0)
    raised = [each + more if place == which % len(nats) else each for place, each in enumerate(nats)]
    for changed in (raised, [*nats, more]):
        if changed:
            after = together(changed, rho)
            assert sum(after) >= sum(before) - 1e-12
            # Each direction for itself, to the 4 parts in 10^16 of rounding.
            assert after.up >= before[0] * (1 - 1e-15)
            assert after.down >= before[1] * (1 + 1e-15)


@given(st.lists(st.floats(0.001, 50), min_size=1, max_size=5), RHO)
def test_no_order_of_the_items_would_count_more(strengths: list[float], rho: float) -> None:
    found = together(strengths, rho).up
    parts = [effective(k, rho) - effective(k - 1, rho) for k in range(1, len(strengths) + 1)]
    others = [
        math.fsum(part * each for part, each in zip(parts, order, strict=True)) for order in permutations(strengths)
    ]
    assert max(others) <= found + 1e-9
    assert together(strengths[::-1], rho).up == found


@given(st.lists(st.one_of(st.sampled_from([0.5, 1.0, 2.0]), st.floats(0.001, 50)), max_size=40), RHO)
def test_many_are_added_up_to_four_parts_in_ten_to_the_sixteenth(strengths: list[float], rho: float) -> None:
    exact, ordered = Fraction(rho), [Fraction(each) for each in sorted(strengths, reverse=True)]
    counts = [Fraction(k) / (1 + (k - 1) * exact) for k in range(1, len(ordered) + 1)]
    right = sum(n * (one - other) for n, one, other in zip(counts, ordered, [*ordered[1:], Fraction(0)], strict=False))
    # Each effective number, each step and each product is rounded once or a few times, by 1.2e-16, and the sum once.
    assert abs(Fraction(together(strengths, rho).up) - right) <= right * Fraction(6, 10**16)


@given(
    st.lists(st.tuples(st.one_of(st.sampled_from([0.5, 0.5 + 1e-13, 1.0]), st.floats(0.001, 50)), st.booleans())), RHO
)
def test_strengths_that_come_and_go_count_what_those_that_are_there_count(
    moves: list[tuple[float, bool]], rho: float
) -> None:
    side, there = Strengths(), list[float]()
    for strength, comes in moves:
        if comes or not there:
            side.put(strength)
            there.append(strength)
        else:
            side.take(there.pop(len(moves) % len(there)))
        if there:
            assert side.total(rho) == together(there, rho).up
        found = shares(there, rho)
        assert [side.share(each, rho) for each in there] == [found[each] for each in there]


@given(STRENGTHS, STRENGTHS, RHO)
def test_many_that_come_at_once_count_what_they_count_one_by_one(
    before: list[float], others: list[float], rho: float
) -> None:
    side = Strengths()
    for strength in before:
        side.put(strength)
    side.put_all(others)
    assert side.total(rho) == together([*before, *others], rho).up
    for strength in others:
        side.take(strength)
    assert side.total(rho) == together(before, rho).up


@given(STRENGTHS, st.floats(0, 50), st.floats(0, 50))
def test_the_middle_one_of_those_between_two(strengths: list[float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    between = [each for each in strengths if low < each < high]
    middle = Side(strengths, 0.5).middle(low, high)
    assert middle in between if between else middle is None


@given(STRENGTHS, RHO)
def test_the_shares_of_all_add_up_to_what_they_count_together(strengths: list[float], rho: float) -> None:
    counts = shares(strengths, rho)
    added = math.fsum(each * counts[each] for each in strengths)
    assert added == pytest.approx(together(strengths, rho).up, rel=1e-8)


def test_equal_ones_share_evenly_however_they_were_rounded() -> None:
    # 0.75 * 0.8 is 0.6000000000000001 to a computer. Two count 4/3: 2/3 each.
    assert list(shares([0.6, 0.75 * 0.8], 0.5).values()) == pytest.approx([2 / 3, 2 / 3])


@given(STRENGTHS, RHO, st.data(), st.floats(0, 60))
def test_one_instead_of_another(strengths: list[float], rho: float, data: st.DataObject, strength: float) -> None:
    side = Side(strengths, rho)
    left_out = data.draw(st.none() | st.sampled_from(strengths)) if strengths else None
    place = None if left_out is None else side.place(left_out)
    others = list(strengths)
    if left_out is not None:
        others.remove(left_out)
    assert side.total(strength, place) == pytest.approx(together([*others, strength], rho).up, abs=1e-9)
    assert side.total(0.0, place) == pytest.approx(together([*others, 0.0], rho).up, abs=1e-9)
    if place is not None:
        assert side.added_by(place) == pytest.approx(side.total() - side.total(0.0, place), abs=1e-9)


@given(STRENGTHS, RHO, st.booleans(), st.floats(0, 100))
def test_the_strength_that_is_needed_is_enough_and_less_is_not(
    strengths: list[float], rho: float, instead: bool, goal: float
) -> None:
    side = Side(strengths, rho)
    place = side.place(strengths[0]) if instead and strengths else None
    needed = side.needed(goal, place)
    if needed is None:
        assert goal < side.total(0.0, place)
    else:
        assert side.total(needed, place) == pytest.approx(goal, abs=1e-6)
        if needed > 1e-3:
            assert side.total(needed * 0.99, place) <= goal
