"""What earlier edits drew is let go: without the garbage collector, however many edits there are."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator

import pytest

from hypotheses.debate import Hypothesis
from hypotheses.edits import value_set
from hypotheses.estimates import Engine
from hypotheses.estimates.sampling.drawn_results import REMEMBERED
from tests.assuming import assumed
from tests.hypotheses.estimates.debates import debate

MEGABYTE = 2**20


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
def test_sampled_edits_leave_nothing_behind() -> None:
    """Once as many draws are remembered as ever are, 40 more edits keep next to nothing."""
    wider = Hypothesis("wider", "W", effects={"a": "a * (1 + k)"}, assumes=assumed(k="1 to 2"))
    numbers = debate({"a": "1 to 10", "b": "1 to 10"}, {"gap": "a + b"}, (wider,))
    engine = Engine(numbers)

    def edit(number: int) -> None:
        gap = engine.estimates(value_set(numbers, "a", f"{1 + number / 100} to 10")).gaps["gap"]
        outcomes = (gap.now, gap.under["wider"], gap.explained["wider"], gap.weighed)
        assert all(outcome is not None and outcome.method == "sampled" for outcome in outcomes)

    tracemalloc.start()
    try:
        for number in range(REMEMBERED):
            edit(number)
        before, _ = tracemalloc.get_traced_memory()
        for number in range(REMEMBERED, REMEMBERED + 40):
            edit(number)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 0.5 * MEGABYTE
