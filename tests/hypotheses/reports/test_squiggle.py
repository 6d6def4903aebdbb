"""The numbers as a program, run by Squiggle: the same percentiles, within what so many draws leave open.

Of N draws the share below a quantile is p within 4.5 sqrt(p (1 - p) / N) but once in 150,000 times, whatever the shape.
"""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.estimates import Result, estimate
from hypotheses.reading import Correlation, Reading
from hypotheses.reports.squiggle import squiggle
from store.bundled import bundled_debate
from tests.assuming import assumed
from tests.hypotheses.reports.readers import needs_node, run_by_node

DRAWS = 10_000
WIDE = 4.5

SHAPES = [
    "3",
    "-2",
    "1 to 10",
    "-1 to 3",
    "lognormal 1 to 2 @80%",
    "100 (50 to 500)",
    "normal 2 (1 to 4)",
    "uniform 1 to 2",
    "loguniform 1 to 100",
    "triangular(1, 2, 4)",
    "pert(1, 2, 4)",
    "beta(2, 5)",
    "gamma(2, 3)",
    "poisson(3)",
    "samples(1, 2, 3, 7)",
    "mixture(0.3: 1 to 2, 0.7: 5 to 6)",
]


def run(debate: Debate) -> Any:
    return json.loads(run_by_node("squiggle.mjs", squiggle(debate), str(DRAWS)))


def agree(result: Result, drawn: list[float]) -> None:
    """Require that what was drawn as p5, median and p95 lies where so many draws may put it."""
    for p, value in zip((0.05, 0.5, 0.95), drawn, strict=True):
        room = WIDE * math.sqrt(p * (1 - p) / DRAWS)
        slack = 1e-6 * max(1.0, abs(value))  # beside a step, or a number that is known
        assert result.cdf(value - slack) <= p + room, (p, value)
        assert result.cdf(value + slack) >= p - room, (p, value)


def all_agree(debate: Debate) -> int:
    found, gaps = run(debate), estimate(debate).gaps
    count = 0
    for symbol, gap in gaps.items():
        agree(gap.now, found["now"][symbol])
        for slug, result in gap.under.items():
            agree(result, found["under"][slug][symbol])
            count += 1
        if gap.weighed is not None and "weighed" in found:
            agree(gap.weighed, found["weighed"][symbol])
    return count


@needs_node
def test_the_bundled_debate_has_the_same_percentiles_now_under_each_and_weighed() -> None:
    assert all_agree(bundled_debate()) == 8 * 5


@needs_node
def test_every_shape_of_a_value_has_the_same_percentiles() -> None:
    quantities = {
        f"q{place}": Quantity(f"q{place}", readings={"value": Reading(text)}) for place, text in enumerate(SHAPES)
    }
    gaps = {f"g{place}": Gap(f"g{place}", f"q{place}", unit="x") for place in range(len(SHAPES))}
    all_agree(Debate("d", "?", quantities=quantities, gaps=gaps))


@needs_node
def test_formulas_correlations_and_explanations_of_which_one_is_true() -> None:
    def read(text: str, **correlated: float) -> dict[str, Reading]:
        pair = next((Correlation(name, rank) for name, rank in correlated.items()), None)
        return {"value": Reading(text, correlated=pair)}

    quantities = {
        "Upper": Quantity("Upper", readings=read("1 to 10")),
        "log": Quantity("log", readings=read("2 to 20", Upper=0.8)),
        "pi_": Quantity("pi_", readings=read("triangular(1, 2, 4)", Upper=-0.6)),
        "made": Quantity("made", formula="max(Upper, log, 3) - min(pi_, 2) + sqrt(abs(log - Upper)) + log1p(Upper)"),
    }
    gaps = {
        "ratio": Gap("ratio", "Upper / log"),
        "whole": Gap("whole", "made + expm1(0.1) - (-pi_)", unit="x"),
        "power": Gap("power", "log10(Upper ** 2 * exp(pi_))", unit="y"),
    }
    hypotheses = {
        "a-b": Hypothesis(
            "a-b", "A", plausibility=0.5, effects={"Upper": "Upper * 10 ** more"}, assumes=assumed(more="normal 1 to 2")
        ),
        "a_b": Hypothesis("a_b", "B", plausibility=0.3, effects={"Upper": "Upper / 2", "made": "made + log"}),
    }
    debate = Debate("d", "?", mode="exclusive", quantities=quantities, gaps=gaps, hypotheses=hypotheses)
    assert all_agree(debate) == 6


def test_what_is_broken_is_named_and_left_out() -> None:
    quantities = {"q": Quantity("q", readings={"value": Reading("1 to 2")})}
    gaps = {"bad": Gap("bad", "q + nothing"), "good": Gap("good", "q / 2")}
    program = squiggle(Debate("d", "Why\n?", quantities=quantities, gaps=gaps))
    assert "// left out: gaps.bad.formula: 'nothing' is not known" in program
    assert '{ "good": log10(good) }' in program


@pytest.mark.parametrize("title", ["a\n} evil", "*/ x", "\u2028 x"])
def test_words_stay_in_their_comment(title: str) -> None:
    program = squiggle(Debate("d", title))
    assert program.splitlines()[1].startswith("// Written by")
