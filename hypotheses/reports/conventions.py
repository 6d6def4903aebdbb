"""The gaps under every convention, and which readings count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hypotheses.debate import Gap
from hypotheses.estimates import Estimates
from hypotheses.reports.figures import COUNTED, amount, interval
from hypotheses.reports.report import Report, label
from hypotheses.reports.result_text import fell_back
from hypotheses.reports.tables import table
from hypotheses.reports.text import words
from hypotheses.whatif import by_convention


def convention_told(report: Report) -> str:
    """Say which readings count, and where the convention has none."""
    convention = report.debate.convention
    if not convention:
        return ""
    lacking: dict[str, str] = {}
    for symbol in report.gaps:
        lacking |= report.estimates.fallen_back(symbol)
    instead = fell_back(convention, lacking)
    told = f" {words(instead)}." if instead else ""
    return f"Quantities and assumptions are read as in *{words(convention)}*.{told} "


def under_conventions(report: Report) -> Iterator[str]:
    """Yield what the gaps are under every convention; nothing where there are not two, or only one is asked for."""
    debate = report.debate
    if report.style.conventions != "all" or len(debate.conventions) < 2 or not debate.gaps:
        return
    estimates = by_convention(debate)
    used = f"; those above are by *{words(debate.convention)}*" if debate.convention in estimates else ""
    lacks = any(each.fallen_back(symbol) for each in estimates.values() for symbol in each.gaps)
    instead = " Where one has no figure of its own, another's counts." if lacks else ""
    yield f"The gaps by each convention on whose figures count{used}.{instead}"
    names = [f"**{words(name)}**" if name == debate.convention else words(name) for name in estimates]
    yield _gaps(report, dict(zip(names, estimates.values(), strict=True)))


def gaps_now(report: Report) -> Iterator[str]:
    """Yield what the gaps are, where there are others beside the puzzle and conventions are not compared."""
    if len(report.debate.gaps) > (report.debate.headline is not None):
        yield "The gaps in figures:"
        yield _gaps(report, {"Now": report.estimates})


def _gaps(report: Report, estimates: Mapping[str, Estimates]) -> str:
    """Write a table of the gaps, with a column for each of several estimates."""
    spread = report.style.form == "report"
    rows = [[_named(gap), *(_figure(gap, each, spread) for each in estimates.values())] for gap in report.in_order]
    return table(report.style.read_as, ["Gap", *estimates], rows, "l" + "r" * len(estimates))


def _named(gap: Gap) -> str:
    return label(gap) + (f" ({words(gap.unit)})" if gap.unit and not COUNTED.fullmatch(gap.unit) else "")


def _figure(gap: Gap, estimates: Estimates, spread: bool) -> str:
    found = estimates.gaps.get(gap.symbol)
    if found is None:
        return "not known"
    around = interval(gap, found.now) if spread else ""
    return words(amount(gap, found.now.median)) + (f" ({words(around)})" if around else "")
