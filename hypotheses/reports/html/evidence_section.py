"""The evidence of a page: the matrix, what it implied over time, and an entry for each item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hypotheses.debate import Assessment, Evidence
from hypotheses.ranking import format_plausibility
from hypotheses.ratios import format_weight
from hypotheses.reports.charts.matrix_chart import matrix_chart, told_apart
from hypotheses.reports.charts.svg import NARROW
from hypotheses.reports.charts.timeline_chart import timeline_chart
from hypotheses.reports.figures import moves
from hypotheses.reports.html.elements import Html, joined, line_of, link, table, tag
from hypotheses.reports.html.page_report import PageReport, figure, rating, section
from hypotheses.reports.links import evidence_link, link_of
from hypotheses.steps import steps
from hypotheses.timeline import by_last_day

MOST_ROWS: Final = 1_000
"""So many items stand in the table of the matrix; the entry of each item has all of its ratings."""
MOST_DATES: Final = 200
"""Of so many dates a page says what the evidence implied by then, the latest ones."""


def matrix(page: PageReport) -> Html:
    """Return the section on the matrix, the chart and all cells; nothing without evidence."""
    debate = page.report.debate
    if not debate.evidence:
        return Html("")
    heads = ["Evidence", *(h.short_name for h in page.report.ranked)]
    rows = [
        [_title(page, item), *(_cell(item.assessments.get(h.slug)) for h in page.report.ranked)]
        for item in told_apart(debate)[:MOST_ROWS]
    ]
    caption = "Likelihood ratio of each finding for each explanation"
    if len(debate.evidence) > MOST_ROWS:
        caption += f", of the first {MOST_ROWS:,} of {len(debate.evidence):,}; all are under “The evidence”"
    names = "; ".join(f"{rank} {h.short_name}: {h.title}" for rank, h in enumerate(page.report.ranked, 1))
    return section(
        "matrix",
        "How the evidence moves the explanations",
        tag(
            "p",
            "▲×3 is a finding that is three times as likely if the explanation is true as if it is not, ▼÷3 one that "
            "is a third as likely. What tells the explanations apart best comes first. "
            f"The columns: {names}.",
        ),
        figure(matrix_chart(debate), matrix_chart(debate, width=NARROW, name="matrix-narrow")),
        tag(
            "details",
            tag("summary", "As a table"),
            table(caption, heads, rows, "l" + "r" * (len(heads) - 1)),
        ),
    )


def _title(page: PageReport, item: Evidence) -> Html:
    return joined(page.cite(item), ", retracted" if item.retracted else "")


def _cell(cell: Assessment | None) -> str:
    return "" if cell is None else moves(cell.ratio)


def over_time(page: PageReport) -> Html:
    """Return the section on what the evidence implied by each date; nothing where none bears a date."""
    made = steps(page.report.debate)
    dated = [step for step in made if step.date]
    if not dated or not page.report.ranked:
        return Html("")
    heads = ["Up to", *(h.short_name for h in page.report.ranked)]
    rows = [
        [step.date, *(format_plausibility(step.implied[h.slug]) for h in page.report.ranked)]
        for step in reversed(dated[-MOST_DATES:])
    ]
    caption = "What the evidence implied up to each date, the latest first"
    caption += f": the last {MOST_DATES} of {len(dated)} dates" if len(dated) > MOST_DATES else ""
    return section(
        "timeline",
        "What the evidence implied over time",
        tag("p", "By the dates that the evidence itself bears, from the plausibilities held before any of it."),
        figure(
            timeline_chart(page.report.debate, made),
            timeline_chart(page.report.debate, made, width=NARROW, name="timeline-narrow"),
        ),
        tag(
            "details", tag("summary", "By date, as a table"), table(caption, heads, rows, "l" + "r" * (len(heads) - 1))
        ),
    )


def evidence(page: PageReport) -> Html:
    """Return the section with an entry for each item, the newest first; nothing without evidence."""
    items = list(page.report.debate.evidence.values())
    if not items:
        return Html("")
    dated = sorted((item for item in items if item.date), key=lambda item: by_last_day(item.date), reverse=True)
    entries = [_entry(page, item) for item in (*dated, *(item for item in items if not item.date))]
    return section("evidence", "The evidence", tag("p", "The newest first."), tag("ul", *entries, class_="evidence"))


def _entry(page: PageReport, item: Evidence) -> Html:
    facts = [*([", ".join(item.authors)] if item.authors else []), item.source, item.date or "undated"]
    shown = tag("cite", link(item.title, evidence_link(item)), dir="auto")
    weights = [
        f"{name} {format_weight(value)}"
        for name, value in (("credibility", item.credibility), ("relevance", item.relevance))
        if value is not None
    ]
    weights = [", ".join(weights).capitalize()] if weights else []
    weights += [f"Cluster {item.cluster}"] if item.cluster else []
    return tag(
        "li",
        tag("p", shown, " (retracted, counts nothing)" if item.retracted else "", class_="title"),
        tag("p", ". ".join([", ".join(filter(None, facts)), *weights]) + ".", class_="aside"),
        page.owners(item.finding),
        *_ratings(page, item),
        tag("p", item.note, class_="aside") if item.note else Html(""),
        tag("p", "Also in ", joined(*(link(each, link_of(each)) for each in item.also), by="; "), class_="aside")
        if item.also
        else Html(""),
        id=page.anchors[item.key],
    )


def _ratings(page: PageReport, item: Evidence) -> Iterator[Html]:
    cells = [(h, item.assessments[h.slug]) for h in page.report.ranked if h.slug in item.assessments]
    if cells:
        lines = [
            tag(
                "li",
                rating(cell),
                " ",
                tag("a", h.title, href=f"#x-{h.slug}"),
                joined(": ", line_of(cell.why)) if cell.why else "",
            )
            for h, cell in cells
        ]
        yield tag("ul", *lines, class_="findings")
