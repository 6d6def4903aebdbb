"""The script of a page in a real browser: its figures are the engine's, and it reads and writes as the program does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from statistics import NormalDist
from typing import Any

import pytest

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.estimates import Estimates, Result, estimate
from hypotheses.problems import Malformed
from hypotheses.ranking import with_plausibility
from hypotheses.reading import Correlation, Reading
from hypotheses.reports.figures import amount
from hypotheses.reports.html.page import WORKINGS
from hypotheses.reports.html.page_model import page_model, shape_of
from hypotheses.reports.result_text import chance
from hypotheses.values import parse_value
from store.bundled import bundled_debate
from store.file.debate_file import read_debate
from tests.end_to_end.chromium import Browser, chromium, needs_chromium

pytestmark = needs_chromium
ENGINE = "\n".join(files("hypotheses.reports.html").joinpath(name).read_text(encoding="utf-8") for name in WORKINGS)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


def in_page(
    browser: Browser, debate: Debate, ticked: tuple[str, ...] = (), shares: Mapping[str, float] | None = None
) -> dict[str, Any]:
    """Work out every gap by the script of a page: its figures by kind, or why there are none."""
    held = {slug: h.plausibility for slug, h in debate.hypotheses.items()} | dict(shares or {})
    script = f"""(() => {{ {ENGINE}
      const model = {json.dumps(page_model(debate, estimate(debate)))}, held = {json.dumps(held)};
      const numbers = new Numbers(model), {{counts, loadings}} = model.conventions[0];
      numbers.give(model.inputs.map((input, place) => input && input.readings[counts[place]][2]), loadings);
      const set = model.explanations.map(each => {json.dumps(ticked)}.includes(each.slug));
      const figures = work => {{
        try {{ const found = work(); return found && [0.05, 0.5, 0.95].map(p => found.quantile(p)).concat([found]); }}
        catch (error) {{ return error.message; }}
      }};
      return Object.fromEntries(model.gaps.map(gap => {{
        const now = figures(() => numbers.gap(gap, set.map(() => false)));
        const under = figures(() => numbers.gap(gap, set));
        const weighed = figures(() => numbers.weighed(gap, model.explanations.map(each => held[each.slug])));
        const likely = Array.isArray(now) && Array.isArray(weighed) && chances(gap, now[3], weighed[3]);
        const plain = found => Array.isArray(found) ? found.slice(0, 3) : found;
        return [gap.symbol, {{now: plain(now), under: plain(under), weighed: plain(weighed), likely}}];
      }}));
    }})()"""
    found: dict[str, Any] = browser.value(script)
    return found


def agree(found: Any, result: Result | None, what: object) -> None:
    """Require the figures of the page to be the engine's: exact ones to the last digits, others within both errors."""
    if result is None:
        assert not isinstance(found, list), what
        return
    assert isinstance(found, list), (what, found)
    for here, there in zip(found, (result.p5, result.median, result.p95), strict=True):
        if result.method == "exact":
            assert here == pytest.approx(there, rel=2e-3, abs=2e-3), what
        else:
            room = 0.02 * abs(result.p95 - result.p5) + 2 * (result.error or 0)
            if 0 < 1000 * result.p5 < result.p95:  # over orders of magnitude, an end is known to 0.03 of one
                room = max(room, (10**0.03 - 1) * there)
            assert here == pytest.approx(there, abs=room), what


def compare(browser: Browser, debate: Debate, ticked: tuple[str, ...] = ()) -> Estimates:
    estimates = estimate(debate, scenario=ticked)
    found = in_page(browser, debate, ticked)
    assert set(found) == set(estimates.gaps)
    for symbol, gap in estimates.gaps.items():
        agree(found[symbol]["now"], gap.now, (symbol, "now"))
        agree(found[symbol]["under"], gap.residual if ticked else gap.now, (symbol, "under"))
        agree(found[symbol]["weighed"], gap.weighed, (symbol, "weighed"))
        likely = gap.chances(gap.weighed) if gap.weighed else None
        if likely:
            assert found[symbol]["likely"] == pytest.approx(likely._asdict(), abs=0.01), symbol
    return estimates


@pytest.mark.parametrize("convention", bundled_debate().conventions)
def test_every_gap_of_the_bundled_debate_is_what_the_engine_says(browser: Browser, convention: str) -> None:
    debate = replace(bundled_debate(), convention=convention)
    for ticked in (("copied-filters", "wasteful-llms"), tuple(debate.hypotheses)):
        compare(browser, debate, ticked)


@pytest.mark.parametrize("name", ["fermi", "piano-tuners", "retaliation"])
def test_every_gap_of_the_examples_is_what_the_engine_says(browser: Browser, name: str) -> None:
    text = files("hypotheses.debates.examples").joinpath(f"{name}.debate.yaml").read_text(encoding="utf-8")
    debate = read_debate(text)
    compare(browser, debate, tuple(debate.hypotheses)[:1])


def model_of(
    formula: str, values: Mapping[str, str], effects: Mapping[str, str], unit: str = "OOM", **more: Any
) -> Debate:
    """Return a debate of one gap; each effect on `x` is one explanation's."""
    hypotheses = {
        f"h{n}": Hypothesis(f"h{n}", f"H {n}", plausibility=float(p), effects={"x": effect})
        for n, (effect, p) in enumerate(effects.items())
    }
    quantities = {name: Quantity(name, readings={"value": Reading(value)}) for name, value in values.items()}
    gaps = {"gap": Gap("gap", formula, unit=unit, tolerance=0.5)}
    return Debate("d", "D", quantities=quantities, gaps=gaps, hypotheses=hypotheses, **more)


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("x * y / z", {"x": "1 to 10", "y": "3", "z": "2 to 5"}),
        ("x / x * y", {"x": "1 to 10", "y": "5 to 7"}),
        ("x ** 2 * sqrt(y) * 10 ** z", {"x": "1 to 10", "y": "5 to 7", "z": "normal -1 to 1"}),
        ("x + y", {"x": "1 to 10", "y": "5 to 7"}),
        ("x * (y + z) / min(y, 6)", {"x": "1 to 10", "y": "5 to 7", "z": "2"}),
        ("x * exp(y) + log1p(z)", {"x": "1 to 10", "y": "normal 0 to 1", "z": "uniform 1 to 2"}),
        ("x * y", {"x": "5 (1 to 100)", "y": "beta(2, 5)"}),
        ("x * y", {"x": "triangular(1, 2, 5)", "y": "gamma(2, 3)"}),
        ("x * max(y, 0.5)", {"x": "mixture(0.3: 1 to 2, 0.7: 5 to 6)", "y": "samples(1, 2, 3, 5, 8)"}),
        ("x ** y", {"x": "2 to 10", "y": "uniform 1 to 2"}),
        ("abs(x) * log10(y) * log(y)", {"x": "1 to 10", "y": "50 to 70"}),
    ],
)
@pytest.mark.parametrize("unit", ["OOM", ""])
def test_formulas_and_shapes_are_what_the_engine_says(
    browser: Browser, formula: str, values: dict[str, str], unit: str
) -> None:
    effects = {"x * 10 ** 0.5": "0.3", "x / 3": "0.6"}
    compare(browser, model_of(formula, values, effects, unit), ("h0", "h1"))


def test_debates_of_other_kinds_are_what_the_engine_says(browser: Browser) -> None:
    values = {"x": "1 to 10", "y": "5 to 700", "z": "2"}
    effects = {"x * 2": "0.3", "x * y": "0.2", "x / 5": "0.4"}
    debate = model_of("x * y / z", values, effects, mode="exclusive")
    compare(browser, debate, ("h1",))
    independent = replace(debate, mode="independent")
    h = independent.hypotheses
    compare(browser, replace(independent, hypotheses={**h, "h0": replace(h["h0"], rivals=("h1",))}), ("h0", "h2"))
    compare(browser, replace(independent, hypotheses={**h, "h0": replace(h["h0"], settled="true")}))
    compare(browser, replace(independent, hypotheses={**h, "h0": replace(h["h0"], status="rejected")}), ("h1",))
    along = Quantity("y", readings={"value": Reading("5 to 700", correlated=Correlation("x", 0.8))})
    compare(browser, replace(independent, quantities={**debate.quantities, "y": along}), ("h1",))
    many = model_of("x * y / z", values, {f"x * {1 + n / 10}": f"0.{n + 1}" for n in range(8)})
    compare(browser, many)  # more sets than are mixed one by one


def test_where_one_holds_at_most_a_moved_plausibility_leaves_the_rest_its_proportions(browser: Browser) -> None:
    values = {"x": "1 to 10", "y": "5 to 700", "z": "2"}
    debate = model_of("x * y / z", values, {"x * 2": "0.3", "x * y": "0.2", "x / 5": "0.4"}, mode="exclusive")
    h = debate.hypotheses
    debate = replace(debate, hypotheses={**h, "h0": replace(h["h0"], status="rejected")})
    moved = replace(debate, hypotheses={**debate.hypotheses, **with_plausibility(debate, "h1", 0.6)})
    shares = {slug: each.plausibility for slug, each in moved.hypotheses.items()}
    agree(in_page(browser, debate, (), shares)["gap"]["weighed"], estimate(moved).gaps["gap"].weighed, "weighed")


def test_normal_scores_and_probabilities_are_right(browser: Browser) -> None:
    normal = NormalDist()
    chances = [1e-12, 1e-6, 0.001, 0.05, 0.2, 0.5, 0.75, 0.95, 0.999]
    found = browser.value(
        f"(() => {{ {ENGINE}; return {chances}.map(p => [normalScore(p), normalBelow(normalScore(p))]) }})()"
    )
    for p, (score, below) in zip(chances, found, strict=True):
        assert score == pytest.approx(normal.inv_cdf(p), rel=1e-9, abs=1e-12)
        assert below == pytest.approx(p, rel=1e-9)


TYPED = (
    ("890M", "8.9e8", "890,000,000", "45%", "1.5 million", "-3", "0", "1e-9", "+5", ".5", "5.", "12 k", "1T"),
    ("3 percent", "30B to 300B", "5 to 10M", "900 to 1M", "-1 to 1", "0 to 5", "5 to 5", "20% to 40%"),
    ("1 to 2 thousand", "1e3 to 2k", "40.5T (20T to 60T)", "5 (1 to 9)", "0 (-1 to 4)", "5 (1 to 10M)"),
    ("2 ( 1 to 3 )", "  1   to  2 ", "\N{MINUS SIGN}2 to 3"),
)
"""What both read."""
UNREAD = (
    ("", "x", "1,00", "1 to", "to 2", "5 to 2", "1 to 2 to 3", "0.05 to 10%", "890m", "5 (3)", "1 (2 to 3)", "1 2"),
    ("0x10", "Infinity", "NaN", "1e999", "1e-999", "1_000", "--1", "toString", "constructor", "5 hasOwnProperty"),
    ("1 to 2)", "normal 1 to x", "uniform", "10±", "<b>"),
)
"""What neither reads."""


def parts_of(shape: Any) -> list[Any]:
    """Return the name of a shape and its numbers."""
    return list(shape) if isinstance(shape, list) else ["number", shape]


def test_what_is_typed_is_read_as_the_program_reads_it_or_refused(browser: Browser) -> None:
    texts = [text for row in TYPED + UNREAD for text in row]
    script = f"""(() => {{ {ENGINE}
      const read = text => {{ try {{ return typedValue(text) }} catch (error) {{ return error.message }} }};
      return {json.dumps(texts)}.map(read) }})()"""
    found = dict(zip(texts, browser.value(script), strict=True))
    for text in (text for row in TYPED for text in row):
        (kind, *here), (named, *there) = parts_of(found[text]), parts_of(shape_of(text))
        assert kind == named, text
        assert here == pytest.approx(there, rel=1e-12), text
    for text in (text for row in UNREAD for text in row):
        assert isinstance(found[text], str), text
        with pytest.raises(Malformed):
            parse_value(text)


def test_figures_are_written_as_the_program_writes_them(browser: Browser) -> None:
    figures = [0, 1, -1, 0.125, 0.375, 2.0506, -0.001, 8.4559, 103.5, 1234.4, 99999, 123456, 8.9e8, 1.234e15, 1.5e-9]
    for unit in ("OOM", "yr"):
        gap = Gap("g", "x", unit=unit)
        script = f"(() => {{ {ENGINE}; return {figures}.map(x => figure({{unit: '{unit}'}}, x)) }})()"
        assert browser.value(script) == [amount(gap, each) for each in figures]
    shares = [0, 0.001, 0.004, 0.3333, 0.5, 0.999, 1]
    assert browser.value(f"(() => {{ {ENGINE}; return {shares}.map(percent) }})()") == [chance(each) for each in shares]
