"""What a gap hangs on, in words and bars: its formula with the tree of inputs, and the tornado."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from hypotheses.debate import Debate, Gap
from hypotheses.estimates import unit_warnings
from hypotheses.formulas import names, parse_formula
from hypotheses.problems import Malformed
from hypotheses.reports.figures import tolerance
from hypotheses.reports.result_text import in_words
from hypotheses.values import format_amount
from tui.number_text import amount, interval, with_unit
from tui.terminal.clean import content
from tui.widgets.gap_text import ANOTHER, IN_USE, explained_part, widens
from tui.widgets.track import Axis
from tui.widgets.value_text import in_columns

if TYPE_CHECKING:
    from hypotheses.estimates import GapEstimate, Result, Sensitivity

NAME = 13
"""Cells of a figure's name."""
DEEPEST = 12
"""Levels of the tree that are drawn."""


def tornado(gap: Gap, rows: tuple[Sensitivity, ...], width: int) -> list[Content]:
    """Draw for each input where the gap goes at its 5th and 95th percentile, and the value that would close it."""
    if not rows:
        return [Content.styled("It hangs on no input.", "$label")]
    names = min(26, max(len(row.quantity) for row in rows))
    ends = [end for row in rows for end in (row.low, row.high)]
    axis = Axis.over(ends, max(12, width - names - 22))
    about = "the gap from low to high"[: axis.width]
    lines = [Content.styled(f"{'':<{names}} share  {about:<{axis.width}}  closes at", "$label")]
    for row in rows:
        cells = [" "] * axis.width
        left, right = sorted((axis.cell(row.low), axis.cell(row.high)))
        for cell in range(left, right + 1):
            cells[cell] = "█" if row.low != row.high else "│"
        closes = "–" if row.break_even is None else format_amount(row.break_even).replace("-", "−")
        share = f"{row.variance_share:>5.0%}" if row.variance_share else "    –"
        name = content(row.quantity).truncate(names, ellipsis=True, pad=True)
        bar = "".join(cells)
        lines.append(Content.assemble(name, f" {share}  ", (bar, "$primary"), "  ", (closes, "bold")))
    return [*lines, Content.assemble(" " * (names + 8), axis.draw(gap))]


def formula_tree(debate: Debate, symbol: str, convention: str) -> list[Content]:
    """Write the formula of a gap and, indented, what every name in it is; units that do not fit are told beside it."""
    warnings = {problem.place: problem.text for problem in unit_warnings(debate)}
    return list(_branch(debate, symbol, convention, 0, warnings))


def _branch(debate: Debate, symbol: str, convention: str, depth: int, warnings: Mapping[str, str]) -> Iterator[Content]:
    gap, quantity = debate.gaps.get(symbol), debate.quantities.get(symbol)
    formula = gap.formula if gap else quantity.formula if quantity else ""
    reading = quantity.reading(convention) if quantity else None
    value = f"= {formula}" if formula else reading.value if reading else "not known"
    unit = quantity.unit if quantity else ""
    lead = "  " * depth + ("└ " if depth else "")
    yield Content.assemble((lead, "$label"), content(symbol, "bold"), " ", content(value), (f" {unit}", "$label"))
    if warning := warnings.get(f"{'gaps' if gap else 'quantities'}.{symbol}.formula"):
        yield content(f"{'  ' * depth}  {warning}", "$today")
    if depth < DEEPEST and formula:
        for name in _names(formula):
            yield from _branch(debate, name, convention, depth + 1, warnings)


def _names(formula: str) -> tuple[str, ...]:
    try:
        return tuple(names(parse_formula(formula)))
    except Malformed:
        return ()


def figures(estimate: GapEstimate) -> list[Content]:
    """Write the gap now, under the ticked explanations, what they explain, all weighed; and how likely it is closed."""
    gap = estimate.gap
    rows = _figures(estimate, "now", estimate.now)
    if estimate.residual is not None:
        rows += _figures(estimate, "if ticked", estimate.residual)
    if estimate.scenario_explained is not None:
        explained = estimate.scenario_explained
        name = "wider by" if widens(gap, estimate.now, explained) else "explained"
        rows.append(_line(name, f"{explained_part(gap, estimate.now, explained)}  {interval(gap, explained)}"))
    if estimate.weighed is not None:
        rows += [*_figures(estimate, "all weighed", estimate.weighed), _mean(gap, estimate.weighed)]
    for figure, name in (("residual", "if ticked"), ("weighed", "all weighed")):
        if figure in estimate.unknown:
            rows.append(_line(name, estimate.unknown[figure].unknown, "$contra"))
    return rows


def _line(name: str, text: str, style: str = "") -> Content:
    return Content.assemble((f"{name:<{NAME}}", "$label"), content(text, style))


def _figures(estimate: GapEstimate, name: str, result: Result) -> list[Content]:
    """Write the median and where the middle 90% lie, and below them the chances, if it is uncertain."""
    gap, likely = estimate.gap, estimate.chances(result)
    span = interval(gap, result)
    figure = Content.assemble((f"{name:<{NAME}}", "$label"), (with_unit(gap, result.median), "bold"), f"  {span}")
    return [figure, content(f"  {in_words(likely)}", "$label")] if likely and span else [figure]


def _mean(gap: Gap, result: Result) -> Content:
    value, error, reason = result.mean
    text = f"none: {reason}" if reason else with_unit(gap, value) + (f" ±{error:.1g}" if error else "")
    return _line("its mean", text)


def smallest_sets(debate: Debate, estimate: GapEstimate) -> list[Content]:
    """Write the smallest sets of explanations that close the gap, and what closing means."""
    if estimate.tolerance is None:
        return [
            Content.styled("It has no tolerance, so nothing closes it: `closed` in the file gives it one.", "$label")
        ]
    test = f"a median {tolerance(estimate.gap)}"
    if not estimate.smallest_sets and "smallest_sets" in estimate.unknown:
        return [content(estimate.unknown["smallest_sets"].unknown, "$contra")]
    if not estimate.smallest_sets:
        return [content(f"No set of explanations closes it ({test}).", "$label")]
    if estimate.smallest_sets == ((),):
        return [content(f"It is closed as it is ({test}).", "$label")]
    return [
        content(f"The smallest sets that close it ({test}):", "$label"),
        *(
            Content.assemble("  ", content(" + ".join(debate.hypotheses[slug].title for slug in chosen)))
            for chosen in estimate.smallest_sets[:12]
        ),
    ]


def readings(debate: Debate, symbol: str, by_reading: dict[str, Result | None], gap: Gap) -> list[Content]:
    """Write the readings of a quantity side by side, each with the gap it gives."""
    quantity = debate.quantities[symbol]
    counts = quantity.reading_name(debate.convention)
    lines = []
    for name, reading in quantity.readings.items():
        result = by_reading.get(name)
        gives = f"{amount(gap, result.median)} {interval(gap, result)}" if result else "no result"
        mark = IN_USE if name == counts else ANOTHER
        value, _ = in_columns(reading.value)
        called = content(name).truncate(12, ellipsis=True, pad=True)
        lines.append(Content.assemble(f"{mark} ", called, (f"{value:>8.8}", "bold"), f"  → {gives}"))
    return lines
