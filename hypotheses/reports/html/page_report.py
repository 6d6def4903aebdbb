"""What every section of a page reads: the report, and where on the page each item of evidence stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hypotheses.debate import Assessment, Evidence, Gap
from hypotheses.estimates import GapEstimate, Result
from hypotheses.reports.figures import amount, interval, moves, with_unit
from hypotheses.reports.html.elements import Html, joined, prose, tag
from hypotheses.reports.report import Report

_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class PageReport:
    """What every section of a page reads."""

    report: Report
    anchors: Mapping[str, str]
    """Key of an item of evidence -> the id of its entry."""
    cited: dict[str, Html]
    """Key of an item of evidence -> its title, as a link to its entry."""

    def cite(self, evidence: Evidence) -> Html:
        """Name an item by its title and year, as a link to its entry."""
        year = evidence.date[:4]
        return joined(self.cited[evidence.key], f" ({year})" if year and year not in evidence.title else "")

    def owners(self, markdown: str) -> Html:
        """Return the owner's Markdown, with links to the evidence that it names by its key."""
        return prose(markdown, self.cited)


def page_report(report: Report) -> PageReport:
    """Return what the sections of a page read."""
    anchors = {
        key: f"e-{key}" if _PLAIN_KEY.fullmatch(key) else f"evidence-{number}"
        for number, key in enumerate(report.debate.evidence, 1)
    }
    cited = {
        key: tag("a", item.title, href=f"#{anchors[key]}", dir="auto") for key, item in report.debate.evidence.items()
    }
    return PageReport(report, anchors, cited)


def rating(cell: Assessment) -> Html:
    """Return what a rating does, with the probabilities it was given by."""
    ratio = cell.ratio
    kind = "" if ratio in (None, 1) else " for-text" if (ratio or 0) > 1 else " against-text"
    given = f" ({cell.given})" if cell.given else ""
    return joined(tag("span", moves(ratio), class_=f"rating{kind}"), given)


def section(name: str, heading: str, *contents: str) -> Html:
    """Return a section with its heading, which a link can lead to."""
    return tag("section", tag("h2", heading, id=name), *contents, aria_labelledby=name)


def figure(wide: str, narrow: str) -> Html:
    """Return a chart in its two widths, of which a screen shows one."""
    return tag(
        "div",
        tag("div", Html(wide), class_="for-wide"),
        tag("div", Html(narrow), class_="for-narrow"),
        class_="figure-of",
    )


def under(main: str, *notes: str) -> Html:
    """Return a figure with notes in small letters under it."""
    return joined(main, *(tag("small", note) for note in notes if note))


def with_interval(gap: Gap, result: Result, *, unit: bool = True) -> str:
    """Write a median with the middle 90% after it, as words."""
    median, spread = (with_unit if unit else amount)(gap, result.median), interval(gap, result)
    return f"{median} ({spread})" if spread else median


def not_known(estimate: GapEstimate, name: str) -> str:
    """Say why a figure is not known, as words; empty if there is none to be known."""
    return estimate.unknown[name].unknown if name in estimate.unknown else ""


def listed(items: list[Html], kind: str = "ul", class_: str = "") -> Html:
    """Return a list; nothing if there is nothing in it."""
    return tag(kind, *(tag("li", item) for item in items), class_=class_) if items else Html("")
