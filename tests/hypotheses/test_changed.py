"""Which values of a mapping are other ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.changed import changed

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
