"""What an explanation does to the numbers, in figures and as a picture."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from hypotheses.debate import Debate, Gap, Hypothesis
from hypotheses.reading import PLAIN_READING, Assumption
from hypotheses.reports.result_text import fell_back, in_words, method
from tui.number_text import amount, interval, sparkline, with_unit
from tui.terminal.clean import clean_text, content
from tui.widgets.hint import hint
from tui.widgets.intervals import IntervalRow, chart
from tui.widgets.track import Axis

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate, Result

PICTURE_LINES = 4
IN_USE, ANOTHER = "▮", "▯"
"""The reading that counts, and another one."""


def gap_text(
    debate: Debate,
    estimates: Estimates | None,
    hypothesis: Hypothesis,
    width: int,
    by_convention: Mapping[str, GapEstimate | None],
) -> Content:
    """Write the Gap tab of one explanation.

    Args:
        debate: Whose gaps they are.
        estimates: Its numbers; None while they are worked out.
        hypothesis: The explanation.
        width: In cells.
        by_convention: The headline gap under each convention; empty while that is worked out, or with one at most.
    """
    if not debate.gaps:
        return hint("This debate has no gaps yet: press `{show_numbers}`, then `{add}` in the gaps.")
    if not hypothesis.effects:
        return Content.assemble(
            ("It states no effect on the numbers, so every gap stays as it is.\n", "$label"),
            ("An effect is given in the debate's YAML file, under `effects`.", "$label"),
        )
    if estimates is None:
        return Content.styled("computing …", "$label")
    lines = _headline(debate, estimates, hypothesis, width)
    lines += _conventions(debate, hypothesis, by_convention)
    lines += _others(debate, estimates, hypothesis, width)
    lines += ["", Content.styled("How", "bold")]
    for quantity, formula in hypothesis.effects.items():
        lines.append(Content.assemble("  ", content(quantity), (" becomes ", "$label"), content(formula)))
    for name, assumed in hypothesis.assumes.items():
        lines += _assumption(name, assumed, debate.convention)
    if debate.headline and (instead := fell_back(debate.convention, estimates.fallen_back(debate.headline.symbol))):
        lines += ["", content(instead, "$label")]
    lines += [Content.assemble("  ", content(str(problem), "$contra")) for problem in estimates.problems.values()]
    return Content("\n").join(line if isinstance(line, Content) else Content(line) for line in lines)


def _headline(debate: Debate, estimates: Estimates, hypothesis: Hypothesis, width: int) -> list[Content | str]:
    gap = debate.headline
    estimate = estimates.gaps.get(gap.symbol) if gap else None
    if gap is None or estimate is None:
        return [Content.styled("The headline gap cannot be computed.", "$contra")]
    under, explained = estimate.under.get(hypothesis.slug), estimate.explained.get(hypothesis.slug)
    if under is None:
        return [_why_not(estimate, f"under.{hypothesis.slug}", "If true it is")]
    return [
        Content.assemble(content(gap.label or gap.symbol, "bold"), (f"  {method(estimate)}", "$label")),
        Content.assemble(
            "If true  ",
            content(f"{amount(gap, estimate.now.median)} → {with_unit(gap, under.median)}", "bold $you"),
            f"  {interval(gap, under)}",
            (f"  {in_words(likely)}" if (likely := estimate.chances(under)) else "", "$label"),
        ),
        Content.assemble(_explains(gap, estimate, explained), f"  {interval(gap, explained)}")
        if explained
        else _why_not(estimate, f"explained.{hypothesis.slug}", "Explains:"),
        "",
        *density_picture(gap, estimate, hypothesis.slug, width),
    ]


def _explains(gap: Gap, estimate: GapEstimate, explained: Result) -> Content:
    how_much = explained_part(gap, estimate.now, explained)
    verb = "Makes it wider by" if widens(gap, estimate.now, explained) else "Explains"
    return content(f"{verb} {how_much}")


def widens(gap: Gap, now: Result, explained: Result) -> bool:
    """Say whether an explanation makes a gap wider, as far as can be seen."""
    return explained.median * now.median < 0 and with_unit(gap, explained.median) != with_unit(gap, 0.0)


def explained_part(gap: Gap, now: Result, explained: Result) -> str:
    """Write how much of a gap is explained, or by how much it is wider, and which part of the gap that is."""
    share = abs(explained.median / now.median) if now.median else math.nan
    amount_told = abs(explained.median) if widens(gap, now, explained) else explained.median
    return with_unit(gap, amount_told) + (f" ({share:.0%})" if math.isfinite(share) else "")


def _why_not(estimate: GapEstimate, name: str, what: str) -> Content:
    problem = estimate.unknown.get(name)
    return Content.styled(content(f"{what} {problem.unknown if problem else 'not known'}").plain, "$contra")


def density_picture(gap: Gap, estimate: GapEstimate, slug: str, width: int) -> list[Content]:
    """Draw the density of the gap under one explanation, with the gap as it is now marked ▽."""
    under = estimate.under[slug]
    figures = (under.percentile(0.005), under.percentile(0.995), estimate.now.median, 0.0)
    axis = Axis.over(figures, min(72, max(24, width - 6)), 0.05)
    step = (axis.high - axis.low) / (axis.width - 1)
    heights = under.density([axis.low + cell * step for cell in range(axis.width)])
    marks = [" "] * axis.width
    marks[axis.cell(estimate.now.median)] = "▽"
    lines = [Content.assemble(("".join(marks).rstrip(), "bold $you"), ("  now" if width > 40 else "", ""))]
    if under.p5 == under.p95:
        cells = ["·"] * axis.width
        cells[axis.cell(under.median)] = "●"
        lines.append(Content.styled("".join(cells), "$primary"))
    else:
        lines += [Content.styled(line, "$primary") for line in sparkline(heights, PICTURE_LINES)]
    return [*lines, axis.draw(gap)]


def _conventions(
    debate: Debate, hypothesis: Hypothesis, by_convention: Mapping[str, GapEstimate | None]
) -> list[Content | str]:
    """Write what the headline gap is under each convention, now and if the explanation is true."""
    if not by_convention:
        return []
    lines: list[Content | str] = ["", Content.styled("By convention", "bold")]
    for convention, estimate in by_convention.items():
        read = ", ".join(_read(name, assumed, convention) for name, assumed in hypothesis.assumes.items())
        lines += [
            Content.assemble(f"{_mark(convention == debate.convention)} ", content(convention), "  ", (read, "$label")),
            Content.assemble("    ", _then(estimate, hypothesis.slug)),
        ]
    return lines


def _then(estimate: GapEstimate | None, slug: str) -> Content:
    under = estimate.under.get(slug) if estimate else None
    if estimate is None or under is None:
        return Content.styled("not known", "$contra")
    gap, explained = estimate.gap, estimate.explained.get(slug)
    return Content.assemble(
        content(f"{amount(gap, estimate.now.median)} → {with_unit(gap, under.median)}", "bold"),
        f"  {interval(gap, under)}  ",
        _explains(gap, estimate, explained) if explained else "",
    )


def _read(name: str, assumed: Assumption, convention: str) -> str:
    instead = assumed.falls_back_on(convention)
    value = clean_text(assumed.readings[assumed.reading_name(convention)].value)
    return f"{clean_text(name)} {value}{f' (of {clean_text(instead)})' if instead else ''}"


def _assumption(name: str, assumed: Assumption, convention: str) -> list[Content]:
    """Write an assumption: its value, or its readings with the one that counts marked."""
    counts = assumed.reading_name(convention)
    if tuple(assumed.readings) == (PLAIN_READING,):
        return [Content.assemble("  ", content(name), (" = ", "$label"), content(assumed.readings[counts].value))]
    return [
        Content.assemble("  ", content(name)),
        *(
            Content.assemble(
                f"    {_mark(reading == counts)} ",
                content(reading),
                ("  ", ""),
                content(read.value, "bold"),
                "  ",
                content(read.source, "$label"),
            )
            for reading, read in assumed.readings.items()
        ),
    ]


def _mark(counts: bool) -> str:
    return IN_USE if counts else ANOTHER


def _others(debate: Debate, estimates: Estimates, hypothesis: Hypothesis, width: int) -> list[Content | str]:
    headline = debate.headline
    lines: list[Content | str] = []
    for symbol, gap in debate.gaps.items():
        estimate = estimates.gaps.get(symbol)
        if estimate is None or gap is headline or hypothesis.slug not in estimate.under:
            continue
        if estimate.under[hypothesis.slug] == estimate.now:
            continue
        rows = [IntervalRow("now", estimate.now), IntervalRow("if true", estimate.under[hypothesis.slug], strong=True)]
        lines += ["", Content.assemble(content(gap.label or symbol, "bold"), (f"  {method(estimate)}", "$label"))]
        lines.append(chart(gap, rows, min(76, max(30, width - 2))))
    return lines
