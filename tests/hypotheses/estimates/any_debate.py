"""Whatever numbers, values, formulas and debates a person may store: most of them make no sense."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from hypotheses.debate import Assessment, Claim, Debate, Evidence, Gap, Hypothesis, Mode, Quantity
from hypotheses.reading import Assumption, Correlation, Reading

EXTREMES = (
    "0", "1", "-1", "2", "7", "10", "0.1", "45%", "890M", "1e-12", "1e15", "1e100", "-1e100", "1e-160", "1e160",
    "1e-300", "1e300", "-1e300", "1.0000000000000002e300", "1e-320", "5e-324", "-5e-324", "2.2250738585072014e-308",
    "1e308", "-1e308", "1.7976931348623157e308", "-1.7976931348623157e308", "0.9999999999999999", "1.0000000000000002",
)  # fmt: skip
NUMBERS = (
    st.sampled_from(EXTREMES)
    | st.floats(allow_nan=False, allow_infinity=False).map(repr)
    | st.floats(0.01, 1e3).map(repr)
)
WIDTHS = st.sampled_from(["", "", " @80%", " @1%", " @99.9%", " @50%"])
COUNTS = st.floats(0.1, 50).map(repr) | st.sampled_from(["0.1", "1", "2", "100", "0.5"])


def ascending(count: int) -> st.SearchStrategy[list[str]]:
    """Draw so many numbers, the lowest first; now and then some are equal."""
    return st.lists(NUMBERS, min_size=count, max_size=count).map(lambda found: sorted(found, key=_size))


def _size(text: str) -> float:
    return float(text.rstrip("%M"))


SINGLE = st.one_of(
    st.sampled_from(["1 to 10", "-1 to 3", "2 (1 to 9)", "0.1 to 1e6", "uniform 0 to 1", "1e-30 to 1e30"]),
    NUMBERS,
    st.builds("{0[0]} to {0[1]}{1}".format, ascending(2), WIDTHS),
    st.builds("{2} {0[0]} to {0[1]}{1}".format, ascending(2), WIDTHS, st.sampled_from(["normal", "lognormal"])),
    st.builds("{1} {0[0]} to {0[1]}".format, ascending(2), st.sampled_from(["uniform", "loguniform"])),
    st.builds("{0[1]} ({0[0]} to {0[2]}){1}".format, ascending(3), WIDTHS),
    st.builds("normal {0[1]} ({0[0]} to {0[2]}){1}".format, ascending(3), WIDTHS),
    st.builds("{1}({0[0]}, {0[1]}, {0[2]})".format, ascending(3), st.sampled_from(["triangular", "pert"])),
    st.builds("beta({}, {})".format, COUNTS, COUNTS),
    st.builds("gamma({}, {})".format, COUNTS, COUNTS),
    st.builds("poisson({})".format, COUNTS),
    st.builds("normal({}, {})".format, NUMBERS, COUNTS),
    st.lists(NUMBERS, min_size=1, max_size=6).map(lambda found: f"samples({', '.join(found)})"),
)
WEIGHTS = NUMBERS.filter(lambda text: _size(text) > 0) | st.just("1")


def _mixed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    part = st.builds("{}: {}".format, WEIGHTS, inner)
    return st.lists(part, min_size=1, max_size=3).map(lambda parts: f"mixture({', '.join(parts)})")


VALUES = st.recursive(SINGLE, _mixed, max_leaves=5)
"""Values of every shape, mixtures of mixtures among them."""

LEAVES = st.sampled_from(["a", "b", "c", "d", "a", "b", "c", "2", "0", "0.5", "10", "1e300", "1e-300"])
OPERATORS = st.sampled_from(["+", "-", "*", "/", "**"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} {} {})".format, inner, OPERATORS, inner),
        st.builds(
            "{}({})".format, st.sampled_from(["log10", "log", "exp", "expm1", "log1p", "sqrt", "abs", "-"]), inner
        ),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner),
    )


def _deep(text: str, operator: str, depth: int) -> str:
    return f"{'(' * depth}{text}{f' {operator} b)' * depth}"


SHALLOW = st.recursive(LEAVES, _grown, max_leaves=6)
FORMULAS = st.one_of(SHALLOW, SHALLOW, SHALLOW, st.builds(_deep, LEAVES, OPERATORS, st.integers(1, 40)))
PLAUSIBILITIES = st.sampled_from([0.0, 1.0, 0.5, 5e-324, 1e-300, 1 - 2**-53]) | st.floats(0, 1)
RATIOS = st.sampled_from([5e-324, 1e-300, 1e300, 1.7976931348623157e308, 1.0, 10.0, 1 / 3, None]) | st.floats(
    0, exclude_min=True, allow_infinity=False
)
WEIGHED = st.sampled_from([0.0, 1.0, 0.75, 5e-324, 1e-160]) | st.floats(0, 1)


def _renamed(formula: str, old: str, new: str) -> str:
    return re.sub(rf"\b{old}\b", new, formula)


@st.composite
def debates(draw: st.DrawFn) -> Debate:
    """Draw a debate with any numbers in it, as its owner may have stored it."""
    ranks = st.sampled_from([-1.0, 1.0, 0.5]) | st.floats(-1, 1)
    correlated = draw(st.none() | st.builds(Correlation, st.just("b"), ranks))
    quantities = {
        "a": Quantity(
            "a", readings={"value": Reading(draw(VALUES), correlated=correlated), "other": Reading(draw(VALUES))}
        ),
        "b": Quantity("b", readings={"value": Reading(draw(VALUES))}, claim=Claim(draw(NUMBERS))),
        "c": Quantity("c", readings={"value": Reading(draw(SINGLE), "a source")}),
        "d": Quantity("d", formula=_renamed(draw(FORMULAS), "d", "a")),
    }
    gaps = {
        "gap": Gap(
            "gap", draw(FORMULAS), headline=True, claim=draw(st.none() | st.builds(Claim, NUMBERS.map("{}x".format)))
        ),
        "other": Gap("other", draw(FORMULAS), unit="yr"),
        "plain": Gap("plain", "c"),
    }
    effects = st.dictionaries(st.sampled_from("abc"), FORMULAS.map(lambda text: _renamed(text, "b", "k")), max_size=2)
    mode: Mode = draw(st.sampled_from(["independent", "exclusive"]))
    share = 3 if mode == "exclusive" else 1
    hypotheses = {
        slug: Hypothesis(
            slug,
            slug.upper(),
            plausibility=draw(PLAUSIBILITIES) / share,
            prior=draw(PLAUSIBILITIES),
            effects=draw(effects),
            assumes={"k": Assumption({"value": Reading(draw(VALUES)), "other": Reading(draw(VALUES))})},
            settled=draw(st.sampled_from(["", "true", "false"])),
        )
        for slug in ("one", "two", "three")
    }
    cells = st.dictionaries(st.sampled_from(list(hypotheses)), st.builds(Assessment, RATIOS))
    evidence = {
        f"e{number}": Evidence(
            f"e{number}",
            f"E{number}",
            date=draw(st.sampled_from(["", "2020", "2021-05"])),
            credibility=draw(WEIGHED),
            relevance=draw(WEIGHED),
            cluster=draw(st.sampled_from(["", "lab"])),
            assessments=draw(cells),
        )
        for number in range(draw(st.integers(0, 4)))
    }
    return Debate(
        "test", "A test", mode=mode, correlation=draw(WEIGHED), quantities=quantities, gaps=gaps, hypotheses=hypotheses,
        evidence=evidence,
    )  # fmt: skip
