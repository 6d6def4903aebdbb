"""Which values of a mapping are other ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.changed import STEPS, Version, changed

A, B, C = [object() for _ in range(3)]


def test_what_was_left_alone_is_not_named() -> None:
    before = {1: A, 2: B}
    assert changed(before, before) == ([], [])
    assert changed(before, dict(before)) == ([], [])
    assert changed(before, {**before, 2: C}) == ([2], [])
    assert changed(before, {**before, 3: A}) == ([3], [])
    assert changed(before, {1: A}) == ([], [2])
    assert changed(before, {2: B}) == ([], [1])
    assert changed(before, {2: B, 1: A}) == ([], [])
    assert changed({}, before) == ([1, 2], [])
    assert changed(before, {}) == ([], [1, 2])


def test_equal_values_that_are_other_objects_are_other_ones() -> None:
    assert changed({1: [1]}, {1: [1]}) == ([1], [])


@pytest.mark.property
@given(*[st.lists(st.tuples(st.integers(0, 9), st.sampled_from([A, B, C]))).map(dict)] * 2)
def test_it_says_what_a_look_at_each_name_says(before: dict[int, object], after: dict[int, object]) -> None:
    there, gone = changed(before, after)
    assert there == [name for name in after if name not in before or before[name] is not after[name]]
    assert gone == [name for name in before if name not in after]


@pytest.mark.property
@given(
    st.lists(
        st.tuples(st.dictionaries(st.integers(0, 9), st.sampled_from([A, B, C])), st.sets(st.integers(0, 9))),
        max_size=25,
    ),
    st.booleans(),
)
def test_a_version_knows_what_it_was_made_of(steps: list[tuple[dict[int, object], set[int]]], keep: bool) -> None:
    first: Version[int, object] = Version({}, {1: A, 2: B})
    last, kept = first, []
    for other, gone in steps:
        last = Version(last, other, [name for name in gone if name in last and name not in other])
        kept.append(last if keep else None)
    there, gone_names = changed(first, last)
    assert set(there) == {name for name in last if name not in first or first[name] is not last[name]}
    assert set(gone_names) == {name for name in first if name not in last}
    assert [name for name in there if name not in first] == [name for name in last if name not in first]
    known = last.since(first)
    forgotten = bool(steps) and (len(steps) >= STEPS or (not keep and len(steps) > 1))
    came_back = {name for _, gone in steps for name in gone} & first.keys() & last.keys()
    assert known is not None or forgotten or came_back
    if known is not None:
        assert not forgotten
        assert [name for name in last if name in first] == [name for name in first if name in last]
        assert list(last)[: len(first.keys() & last.keys())] == [name for name in first if name in last]


def test_a_version_asks_nothing_of_the_values_that_it_left_alone() -> None:
    before: Version[int, object] = Version({}, {number: object() for number in range(1000)})
    after = Version(before, {7: A}, [9])
    assert after.since(before) == [7, 9]
    assert changed(before, after) == ([7], [9])
    assert after.since(dict(before)) is None


@pytest.mark.property
@given(
    st.integers(0, 60),
    st.lists(
        st.tuples(st.dictionaries(st.integers(0, 70), st.integers(), max_size=12), st.sets(st.integers(0, 70))),
        max_size=12,
    ),
    st.integers(0, 12),
)
def test_a_version_holds_what_a_mapping_changed_like_it_holds(
    size: int, steps: list[tuple[dict[int, int], set[int]]], gone_through: int
) -> None:
    """Its order, too; and whether or not somebody went through it on the way."""
    plain = {name: -name for name in range(size)}
    version: Version[int, int] = Version({}, plain)
    before: list[tuple[Version[int, int], dict[int, int]]] = []
    for at, (other, gone) in enumerate(steps):
        before.append((version, dict(plain)))
        there = [name for name in gone if name in plain]
        for name in there:
            del plain[name]
        plain.update(other)
        version = Version(version, other, there)
        if at == gone_through:
            assert list(version) == list(plain)
    for each, same in (*before, (version, plain)):
        assert [(name, each.get(name)) for name in range(71)] == [(name, same.get(name)) for name in range(71)]
        assert [name in each for name in range(71)] == [name in same for name in range(71)]
        assert len(each) == len(same)
        assert list(reversed(each)) == list(reversed(same))
        assert list(each.items()) == list(same.items())
        assert (list(each.keys()), list(each.values())) == (list(same), list(same.values()))
        assert each == same
        assert same == each


def test_a_version_is_made_without_going_through_what_it_left_alone() -> None:
    whole = dict.fromkeys(range(10000), A)
    first: Version[int, object] = Version({}, whole)
    last = first
    for number in range(30):
        last = Version(last, {number: B, 10_000 + number: C}, [5_000 + number])
    assert last.held.whole is first.held.whole
    assert (last[0], last[5_030], last[10_029], len(last)) == (B, A, C, 10_000)
