"""The top of a page: the question, and in one strip what it comes to."""

from __future__ import annotations

from hypotheses.debate import Debate
from hypotheses.reports.charts.gap_chart import chance_bar
from hypotheses.reports.charts.svg import NARROW, WIDE
from hypotheses.reports.figures import interval, times, with_unit
from hypotheses.reports.html.elements import Html, joined, link, tag
from hypotheses.reports.html.page_report import PageReport, figure, not_known, with_interval
from hypotheses.reports.links import safe_url
from hypotheses.reports.text import ended


def masthead(page: PageReport, remark: str) -> Html:
    """Return the title, the question, and who asked it."""
    debate = page.report.debate
    return tag(
        "header",
        tag("p", remark, class_="remark") if remark else Html(""),
        tag("h1", debate.title, dir="auto"),
        tag("div", page.owners(debate.question), class_="question"),
        _byline(debate),
    )


def _byline(debate: Debate) -> Html:
    to = safe_url(debate.source)
    asked = [joined("by ", debate.author)] if debate.author else []
    asked += [joined("in ", link(debate.source.partition("://")[2], to))] if to else []
    told = [joined("Asked ", joined(*asked, by=", "))] if asked else []
    told += [joined("Source: ", debate.source)] if debate.source and not to else []
    return tag("p", joined(*told, by=". "), class_="byline") if told else Html("")


def strip(page: PageReport) -> Html:
    """Return what the puzzle is now, and what is left with all explanations weighed; nothing without a gap."""
    headline = page.report.headline
    if headline is None:
        return Html("")
    gap, now, weighed = headline.gap, headline.now, headline.weighed
    spread, ratio = interval(gap, now), times(gap, now.median)
    beside = ", ".join(filter(None, (ratio and f"a factor of {ratio.removesuffix('×')}", spread and f"90% {spread}")))
    parts = [
        tag("p", tag("span", gap.label or gap.symbol, class_="name", dir="auto"), class_="label"),
        tag("p", tag("strong", with_unit(gap, now.median)), f" {beside}" if beside else "", class_="big"),
    ]
    if weighed:
        likely = headline.chances(weighed)
        told = f"With every explanation weighed by how plausible it is held: {ended(with_interval(gap, weighed))}"
        parts.append(tag("p", told))
        if likely:
            bars = [chance_bar(likely, width=width, name=f"chances-{width}") for width in (WIDE, NARROW)]
            parts.append(figure(*bars))
    elif why := not_known(headline, "weighed"):
        parts.append(tag("p", f"What is left with all weighed is {why}."))
    return tag(
        "section",
        tag("h2", "Where it stands", id="standing", class_="unseen"),
        *parts,
        class_="strip",
        aria_labelledby="standing",
    )
