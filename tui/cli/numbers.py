"""Commands that work numbers out and list them: `estimate`, `quantities`."""

from __future__ import annotations

from dataclasses import replace

import click

from hypotheses.debate import Debate, Gap
from hypotheses.edits import value_set
from hypotheses.estimates import GapEstimate, Mean, Result, check_model, estimate
from hypotheses.problems import Malformed, NotFound, Refused
from hypotheses.ranking import ranked
from hypotheses.reports.debate_json import quantity_shape
from hypotheses.reports.figures import amount, interval, share_explained, tolerance
from hypotheses.reports.json import AskedFigures, estimates_shape
from hypotheses.reports.result_text import chance, fell_back, method
from hypotheses.values import parse_number
from tui.cli.failures import REFUSED, say
from tui.cli.invocation import CliCommand, Invocation, find_hypothesis, pass_invocation
from tui.cli.output import TableColumn, write, write_json, write_table
from tui.cli.plotting import plots


def _percentiles(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[float, ...]:
    """Read `10,25,75`."""
    try:
        percentiles = tuple(float(part) for part in value.split(",")) if value else ()
    except ValueError:
        percentiles = (-1.0,)
    if not all(0 < percentile < 100 for percentile in percentiles):
        raise Malformed(f"{value!r} are no percentiles; expected numbers between 0 and 100, such as 10,25,75")
    return percentiles


def _thresholds(_ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[float, ...]:
    """Read `0`, `-0.3`, `1M`."""
    try:
        return tuple(map(parse_number, values))
    except Malformed as error:
        raise Malformed(f"--{parameter.name}: {error}") from error


@click.command("estimate", cls=CliCommand, context_settings={"ignore_unknown_options": True})
@click.option("--set", "values", multiple=True, metavar="X=V", help="What if this quantity were this value?")
@click.option("--with", "scenario", metavar="H,H", help="What if these explanations were true together?")
@click.option("--convention", metavar="C", help="What if these readings counted?")
@click.option("--percentiles", callback=_percentiles, metavar="P,P", help="More percentiles, e.g. 10,25,75.")
@click.option("--below", multiple=True, callback=_thresholds, metavar="X", help="How likely it is less than this.")
@click.option("--above", multiple=True, callback=_thresholds, metavar="X", help="How likely it is more than this.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=0,
    show_default=True,
    help="For what is sampled; the same seed, the same figures.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
@plots("gaps")
def estimate_command(
    invocation: Invocation,
    *,
    values: tuple[str, ...],
    scenario: str | None,
    convention: str | None,
    percentiles: tuple[float, ...],
    below: tuple[float, ...],
    above: tuple[float, ...],
    seed: int,
    as_json: bool,
) -> None:
    """Work out every gap; what-ifs are not stored.

    Each gap is shown now, under each explanation alone, and with all of them weighed by their plausibilities; beside
    each median how likely the gap is then overshot, closed or open.
    """
    asked = AskedFigures(percentiles, below, above)
    debate = invocation.debate()
    if convention is not None:
        debate = replace(debate, convention=_known_convention(debate, convention))
    for assignment in values:
        symbol, equals, value = assignment.partition("=")
        if not equals:
            raise click.UsageError(f"--set {assignment!r} has no =; expected --set QUANTITY=VALUE")
        debate = value_set(debate, _known_quantity(debate, symbol.strip()), value.strip())
    names = [name.strip() for name in scenario.split(",")] if scenario else []
    chosen = tuple(find_hypothesis(debate, name).slug for name in names)
    estimates = estimate(debate, scenario=chosen, seed=seed)
    if as_json:
        write_json(estimates_shape(estimates, asked))
    else:
        for symbol, gap in debate.gaps.items():
            if gap_estimate := estimates.gaps.get(symbol):
                _show_gap(debate, gap_estimate, asked)
                if instead := fell_back(debate.convention, estimates.fallen_back(symbol)):
                    write(instead)
                write()
            else:
                write(f"{gap.label or symbol} [{symbol}]: {estimates.problems[symbol].unknown}\n")
    broken = check_model(debate)
    for problem in dict.fromkeys((*broken, *estimates.not_known())):
        say(str(problem))
    if broken:
        click.get_current_context().exit(REFUSED)


def _show_gap(debate: Debate, gap_estimate: GapEstimate, asked: AskedFigures) -> None:
    """Write one gap as a table: now, under each explanation, together, all weighed."""
    gap = gap_estimate.gap
    write(f"{gap.label or gap.symbol} [{gap.symbol}], {gap.unit or 'no unit'}, {method(gap_estimate)}")
    rows = [_row(gap_estimate, "now", gap_estimate.now, None, asked)]
    for h in ranked(debate):
        under, explained = gap_estimate.under.get(h.slug), gap_estimate.explained.get(h.slug)
        if under is not None:
            rows.append(_row(gap_estimate, h.slug, under, explained, asked))
    if gap_estimate.residual is not None:
        name = "with " + " + ".join(gap_estimate.scenario)
        rows.append(_row(gap_estimate, name, gap_estimate.residual, gap_estimate.scenario_explained, asked))
    if gap_estimate.weighed is not None:
        rows.append(_row(gap_estimate, "all weighed", gap_estimate.weighed, None, asked))
    heads = ["median", "90% interval", *(f"p{percentile:g}" for percentile in asked.percentiles)]
    heads += [*(f"< {x:g}" for x in asked.below), *(f"> {x:g}" for x in asked.above)]
    heads += ["overshot", "closed", "open"] if gap_estimate.tolerance is not None else []
    write_table([TableColumn("", fold=True), *(TableColumn(head, right=True) for head in [*heads, "explained"])], rows)
    if gap_estimate.weighed is not None:
        write(f"mean of all weighed: {_mean(gap, gap_estimate.weighed.mean)}")
    if any(gap_estimate.smallest_sets):
        closing = "; ".join(" + ".join(members) for members in gap_estimate.smallest_sets)
        write(f"closed (median {tolerance(gap)}) by: {closing}")
    for name, problem in gap_estimate.unknown.items():
        write(f"{name.replace('.', ' ').replace('_', ' ')}: {problem.unknown}")


def _row(
    gap_estimate: GapEstimate, name: str, result: Result, explained: Result | None, asked: AskedFigures
) -> list[str]:
    gap, likely = gap_estimate.gap, gap_estimate.chances(result)
    return [
        name,
        amount(gap, result.median),
        interval(gap, result),
        *(amount(gap, result.percentile(percentile)) for percentile in asked.percentiles),
        *(chance(result.below(x)) for x in asked.below),
        *(chance(1 - result.cdf(x)) for x in asked.above),
        *(map(chance, likely) if likely else ("", "", "") if gap_estimate.tolerance is not None else ()),
        share_explained(gap, gap_estimate.now, explained) if explained else "",
    ]


def _mean(gap: Gap, mean: Mean) -> str:
    if mean.reason:
        return f"not known, as {mean.reason}"
    return amount(gap, mean.value) + ("" if mean.error is None else f", ±{mean.error:.1g}")


@click.command("quantities", cls=CliCommand)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def quantities_command(invocation: Invocation, as_json: bool) -> None:
    """List the quantities with what counts now."""
    debate = invocation.debate()
    if as_json:
        shapes = [
            {"symbol": q.symbol, "reading": q.reading_name(debate.convention), **quantity_shape(q)}
            for q in debate.quantities.values()
        ]
        write_json({"debate": debate.slug, "convention": debate.convention, "quantities": shapes})
        return
    rows = []
    for q in debate.quantities.values():
        reading = q.reading(debate.convention)
        value = f"= {q.formula}" if reading is None else reading.value
        others = [name for name in q.readings if name != q.reading_name(debate.convention)]
        rows.append((q.symbol, value, q.unit, q.reading_name(debate.convention), ", ".join(others), q.label))
    names = ("Quantity", "Value", "Unit", "Reading", "Others", "What")
    write_table([TableColumn(name, fold=name in ("Value", "What"), roomy=name == "Others") for name in names], rows)


def _known_quantity(debate: Debate, symbol: str) -> str:
    if symbol not in debate.quantities:
        raise NotFound("quantity", symbol, debate.quantities)
    return symbol


def _known_convention(debate: Debate, name: str) -> str:
    if not debate.conventions:
        raise Refused("this debate has no conventions: none of its quantities has a reading of a source")
    if name not in debate.conventions:
        raise NotFound("convention", name, debate.conventions)
    return name
