"""Whatever somebody types as formulas and values: a result or a problem, never a crash, and the two paths agree."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Gap, Hypothesis
from hypotheses.estimates import Result, check_model, estimate
from hypotheses.estimates.algebra import Algebra
from hypotheses.estimates.exact import exact_result
from hypotheses.estimates.normal_forms import Atom, constant, single
from hypotheses.estimates.sampling import Sampling
from hypotheses.values.distributions import Lognormal
from tests.assuming import assumed
from tests.exploring import explored
from tests.hypotheses.estimates.debates import debate

VALUES = st.sampled_from(
    [
        "0", "1", "-2", "1e300", "1e-300", "5%", "1 to 10", "0.1 to 1e6", "1e-30 to 1e30", "-1 to 3", "normal 5 to 6",
        "2 (1 to 9)", "1 (-1 to 2)", "uniform 0 to 1", "uniform -1 to 1", "loguniform 1 to 100", "pert(0, 1, 2)",
        "triangular(-1, 0, 1)", "beta(2, 5)", "samples(1, 2, 3)", "samples(-1, 0, 3)", "mixture(1: 0, 2: 1 to 2)",
    ]
)  # fmt: skip
LEAVES = st.sampled_from(["a", "b", "c", "2", "0", "0.5", "10", "1000"])


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["+", "-", "*", "/", "**"])
    return st.one_of(
        st.builds(lambda left, sign, right: f"({left} {sign} {right})", inner, operators, inner),
        st.builds(
            lambda name, x: f"{name}({x})",
            st.sampled_from(["log10", "log", "exp", "expm1", "log1p", "sqrt", "abs", "-"]),
            inner,
        ),
        st.builds(lambda name, x, y: f"{name}({x}, {y})", st.sampled_from(["min", "max"]), inner, inner),
    )


FORMULAS = st.recursive(LEAVES, grown, max_leaves=6)


def read_everything(outcome: Result) -> None:
    figures = [outcome.p5, outcome.median, outcome.p95, outcome.percentile(20)]
    assert figures[0] <= figures[1] <= figures[2] or any(math.isnan(figure) for figure in figures)
    _ = outcome.mean.value, outcome.error, outcome.cdf(1.0)
    assert len(outcome.density([0.0, 1.0, 2.0])) == 3


@explored(75)
@given(FORMULAS, FORMULAS, st.tuples(VALUES, VALUES, VALUES), st.sampled_from(["OOM", "yr"]))
def test_there_is_a_result_or_a_problem(formula: str, effect: str, values: tuple[str, str, str], unit: str) -> None:
    hypothesis = Hypothesis("h", "H", effects={"a": effect.replace("b", "k")}, assumes=assumed(k="normal 1 to 2"))
    numbers = debate(dict(zip("abc", values)), {}, (hypothesis,))
    numbers = replace(numbers, gaps={"gap": Gap("gap", formula, unit=unit)})
    results = estimate(numbers, scenario=["h"])
    assert ("gap" in results.gaps) != ("gap" in results.problems)
    assert ("gap" in results.gaps) or check_model(numbers)
    for gap in results.gaps.values():
        for outcome in (gap.now, *gap.under.values(), *gap.explained.values(), gap.residual, gap.weighed):
            if outcome is not None:
                read_everything(outcome)
        assert all(one.variance_share is None or 0 <= one.variance_share <= 1 for one in gap.sensitivity)
        _ = gap.smallest_sets, gap.method, gap.error


@explored(30)
@given(
    st.lists(
        st.sampled_from(["* a", "* b", "/ a", "/ b", "* c", "/ c", "* a ** 2", "/ sqrt(c)"]), min_size=1, max_size=6
    )
)
def test_the_exact_and_the_sampled_path_agree(factors: list[str]) -> None:
    algebra = Algebra()
    inputs = {
        name: single(Atom(name, Lognormal(1, 10.0**width), ((width, 1.0),))) for width, name in enumerate("abc", 1)
    }
    form = single(Atom("d", Lognormal(2, 3), ((0, 1.0),)))
    for factor in factors:
        sign, name = factor[0], next(letter for letter in factor if letter in "abc")
        power = 2.0 if "**" in factor else 0.5 if "sqrt" in factor else 1.0
        form = algebra.apply(sign, [form, algebra.apply("**", [inputs[name], constant(power)])])
    logarithm = algebra.logarithm(form)
    exact, sampled = exact_result(logarithm), Sampling().result(logarithm)
    assert exact is not None
    for p in (5, 50, 95):
        assert abs(exact.percentile(p) - sampled.percentile(p)) < 0.005
