"""The numbers of a page: the gaps as a chart and tables, under every convention, and where each figure is from."""

from __future__ import annotations

from collections.abc import Iterator

from hypotheses.debate import Gap, Quantity
from hypotheses.estimates import Estimates, GapEstimate, check_claims
from hypotheses.reading import PLAIN_READING, HasReadings
from hypotheses.reports.charts.distribution_chart import distribution_chart
from hypotheses.reports.charts.gap_chart import gap_chart
from hypotheses.reports.charts.svg import NARROW
from hypotheses.reports.figures import amount, interval, times, tolerance, with_unit
from hypotheses.reports.html.elements import Html, joined, link, table, tag
from hypotheses.reports.html.page_report import PageReport, figure, listed, not_known, section, under
from hypotheses.reports.links import safe_url
from hypotheses.reports.report_explanations import puzzle_first
from hypotheses.reports.result_text import chance, fell_back
from hypotheses.reports.text import ended
from hypotheses.reports.wrong_claims import claimed
from hypotheses.whatif import by_convention


def numbers(page: PageReport) -> Html:
    """Return the section on the gaps; nothing where there are none."""
    report = page.report
    if not report.debate.gaps:
        return Html("")
    return section(
        "numbers",
        "Where the numbers stand",
        *_charts(page),
        tag("p", _how_meant(page), class_="aside"),
        _gaps(page),
        *_closing(page),
        *_conventions(page),
        *_claims(page),
    )


def _charts(page: PageReport) -> Iterator[Html]:
    gaps = puzzle_first(page.report)
    if gaps:
        yield figure(gap_chart(gaps), gap_chart(gaps, width=NARROW, name="gaps-narrow"))
        first = gaps[0]
        if any(result.p5 != result.p95 for result in (first.now, first.weighed) if result):
            yield tag("p", tag("strong", f"{first.gap.label or first.gap.symbol}: what it may come to"), class_="lead")
            yield figure(distribution_chart(first), distribution_chart(first, width=NARROW, name="distribution-narrow"))


def _how_meant(page: PageReport) -> str:
    report = page.report
    convention = (
        f"Quantities and assumptions are read as in “{report.debate.convention}”. " if report.debate.convention else ""
    )
    lacking: dict[str, str] = {}
    for symbol in report.gaps:
        lacking |= report.estimates.fallen_back(symbol)
    instead = fell_back(report.debate.convention, lacking)
    weighed = "explanation" if report.debate.mode == "exclusive" else "combination of the explanations"
    return (
        f"{convention}{ended(instead) + ' ' if instead else ''}Figures are medians; an OOM is "
        "an order of magnitude, the base-10 logarithm of a ratio. All weighed takes every "
        f"{weighed} for as likely as it is held plausible."
    )


def _gaps(page: PageReport) -> Html:
    report = page.report
    heads = ["Gap", "Now", "Left, all weighed", "Overshot", "Closed", "Open"]
    return table(
        "The gaps now and with all explanations weighed, each with its 90% interval",
        heads,
        [_row(page, gap) for gap in report.in_order],
        "lrrrrr",
    )


def _row(page: PageReport, gap: Gap) -> list[str]:
    label = gap.label or gap.symbol
    shown = tag("strong", label) if gap == page.report.debate.headline else joined(label)
    estimate = page.report.gaps.get(gap.symbol)
    if estimate is None:
        return [shown, page.report.estimates.problems[gap.symbol].unknown, "", "", "", ""]
    now = under(with_unit(gap, estimate.now.median), times(gap, estimate.now.median), interval(gap, estimate.now))
    if estimate.weighed is None:
        return [shown, now, not_known(estimate, "weighed"), "", "", ""]
    likely = estimate.chances(estimate.weighed)
    left = under(amount(gap, estimate.weighed.median), interval(gap, estimate.weighed))
    return [shown, now, left, *(map(chance, likely) if likely else ("", "", ""))]


def _closing(page: PageReport) -> Iterator[Html]:
    """Say which combinations would close the puzzle."""
    estimate = page.report.headline
    if estimate is None or estimate.tolerance is None or estimate.smallest_sets == ((),):
        return
    label = estimate.gap.label or estimate.gap.symbol
    if not estimate.smallest_sets:
        why = not_known(estimate, "smallest_sets")
        yield tag(
            "p", f"What closes {label} is {why}." if why else f"No combination of these explanations closes {label}."
        )
        return
    titles = {h.slug: tag("a", h.title, href=f"#x-{h.slug}") for h in page.report.ranked}
    titles |= {h.slug: joined(h.title) for h in page.report.debate.hypotheses.values() if h.slug not in titles}
    yield tag("p", f"The smallest combinations that would close {label} (a median {tolerance(estimate.gap)}):")
    yield listed([joined(*(titles[slug] for slug in members), by=" and ") for members in estimate.smallest_sets])


def _conventions(page: PageReport) -> Iterator[Html]:
    debate = page.report.debate
    if len(debate.conventions) < 2:
        return
    estimates = by_convention(debate)
    heads = ["Gap", *(f"{name} (used here)" if name == debate.convention else name for name in estimates)]
    rows = [[_named(gap), *(_figure(gap, each) for each in estimates.values())] for gap in page.report.in_order]
    yield table("The gaps now, by each convention on whose figures count", heads, rows, "l" + "r" * len(estimates))


def _named(gap: Gap) -> str:
    return (gap.label or gap.symbol) + (f" ({gap.unit})" if gap.unit else "")


def _figure(gap: Gap, estimates: Estimates) -> str:
    found: GapEstimate | None = estimates.gaps.get(gap.symbol)
    return under(amount(gap, found.now.median), interval(gap, found.now)) if found else "not known"


def _claims(page: PageReport) -> Iterator[Html]:
    debate = page.report.debate
    rows = []
    for check in check_claims(debate):
        if not check.agrees:
            gap, claim = claimed(debate, check), check.claim
            stated = joined(claim.value, f" “{claim.quote}”" if claim.quote else "")
            rows.append([gap.label or gap.symbol, stated, claim.source, with_unit(gap, check.computed)])
    if rows:
        yield table("Claims that do not follow from these figures", ["Of", "Stated", "By", "Computed"], rows, "lllr")


def sources(page: PageReport) -> Html:
    """Return the section with every reading and formula; nothing where there are none."""
    debate = page.report.debate
    if not debate.quantities and not debate.gaps:
        return Html("")
    gaps = [
        joined(
            tag("strong", gap.label or gap.symbol),
            ", ",
            tag("code", f"{gap.symbol} = {gap.formula}"),
            _remark(gap.note),
        )
        for gap in page.report.in_order
    ]
    return section(
        "figures",
        "Where the figures are from",
        listed([_quantity(page, quantity) for quantity in debate.quantities.values()], class_="quantities"),
        tag("p", "The gaps are formulas over these:") if gaps else Html(""),
        listed(gaps),
    )


def _quantity(page: PageReport, quantity: Quantity) -> Html:
    formula = f" = {quantity.formula}" if quantity.formula else ""
    unit = f", in {quantity.unit}" if quantity.unit else ""
    name = joined(
        tag("strong", quantity.label or quantity.symbol), ", ", tag("code", f"{quantity.symbol}{formula}"), unit
    )
    return joined(name, _remark(quantity.note), "" if quantity.formula else readings(page, quantity))


def readings(page: PageReport, read: HasReadings) -> Html:
    """Return the readings of a quantity or an assumption as a list; the one that counts is set apart."""
    counts = read.reading_name(page.report.debate.convention)
    lines = []
    for name, reading in read.readings.items():
        value = tag("strong", reading.value) if name == counts else joined(reading.value)
        by = "" if name == PLAIN_READING else f"{name}: "
        to = safe_url(reading.url)
        source = link(reading.source or reading.url, to) if reading.source or to else Html("")
        lines.append(joined(by, value, ". " if source else "", source, _remark(reading.note)))
    return listed(lines)


def _remark(note: str) -> Html:
    return joined(". ", note) if note else Html("")
