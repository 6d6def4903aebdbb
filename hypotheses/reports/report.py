"""What every section of a page reads, worked out once, and what several of them write alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hypotheses.debate import Debate, Gap, Hypothesis
from hypotheses.doubted import Doubted, doubted
from hypotheses.estimates import Estimates, GapEstimate, Result, estimate
from hypotheses.ranking import format_plausibility, none_of_these, ranked
from hypotheses.reports.citations import Citations
from hypotheses.reports.figures import amount, interval, with_unit
from hypotheses.reports.style import MarkdownStyle
from hypotheses.reports.text import barred, published, words
from hypotheses.tallies import tallied

NEARLY_NOTHING: Final = 1e-9
"""What a sum of plausibilities may lack of 1 by its last bits."""


@dataclass(frozen=True)
class Report:
    """What every section reads, worked out once."""

    debate: Debate
    style: MarkdownStyle
    estimates: Estimates
    gaps: dict[str, GapEstimate]
    headline: GapEstimate | None
    ranked: tuple[Hypothesis, ...]
    """Those that are told, most plausible first."""
    says: Doubted
    tallies: Mapping[str, tuple[int, int]]
    """Slug -> how many findings speak for it and against it."""
    notes: Citations
    reasons: Mapping[str, str]
    """Slug -> why its plausibility was last revised."""

    @property
    def implied(self) -> Mapping[str, float]:
        """What the evidence implies as rated, by slug."""
        return self.says.rated.implied

    @property
    def in_order(self) -> list[Gap]:
        """The gaps of the debate, the puzzle first."""
        return sorted(self.debate.gaps.values(), key=lambda gap: gap != self.debate.headline)


def worked_out(debate: Debate, style: MarkdownStyle, reasons: Mapping[str, str]) -> Report:
    """Work out what every section reads."""
    estimates = estimate(debate)
    gaps = dict(estimates.gaps)
    headline = gaps.get(debate.headline.symbol) if debate.headline else None
    told = ranked(debate)[: style.top]
    return Report(
        debate,
        style,
        estimates,
        gaps,
        headline,
        told,
        doubted(debate),
        tallied(debate),
        Citations(debate, style),
        reasons,
    )


def owners(report: Report, markdown: str) -> str:
    """Write the owner's Markdown for the reader of the page, with the evidence cited that it names by its key."""
    shown = published(markdown)
    return report.notes.in_text(barred(shown) if report.style.read_as == "kramdown" else shown)


def label(gap: Gap) -> str:
    """Return what a gap is called."""
    return words(gap.label or gap.symbol)


def held(h: Hypothesis) -> str:
    """Write a plausibility, with a mark if it is a starting figure."""
    return format_plausibility(h.plausibility) + (r"\*" if h.placeholder else "")


def starting_figures(report: Report) -> str:
    """Say what the mark of a starting figure means; empty if there is none."""
    return "\\* A starting figure that nobody has set yet." if any(h.placeholder for h in report.ranked) else ""


def marked(h: Hypothesis) -> str:
    """Say in parentheses what has become of an explanation, after a blank; empty while it is open."""
    marks = [h.status if h.status != "open" else "", f"turned out {h.settled}" if h.settled else ""]
    return f" ({', '.join(filter(None, marks))})" if any(marks) else ""


def how_many(report: Report) -> str:
    """Say how many explanations there are, where not all are told."""
    told, there_are = len(report.ranked), len(report.debate.hypotheses)
    return f"The {f'{told} ' if told > 1 else ''}most plausible of {there_are}. " if told < there_are else ""


def together(debate: Debate) -> str:
    """Say whether more than one explanation can be true."""
    if debate.mode == "exclusive":
        left = none_of_these(debate)
        rest = f", with {format_plausibility(left)} for none of these" if left > NEARLY_NOTHING else ""
        return f"At most one of them is true, so the plausibilities sum to 1{rest}."
    return "More than one can be true, so the plausibilities need not sum to 1."


def why_not(estimate: GapEstimate, name: str) -> str:
    """Say why a figure is not known; empty if there is none to be known."""
    return words(estimate.unknown[name].unknown) if name in estimate.unknown else ""


def median_with_interval(gap: Gap, result: Result, *, unit: bool = True) -> str:
    """Write a median with the middle 90% after it: `0.55 OOM (0.05 to 1.05)`."""
    median, spread = words((with_unit if unit else amount)(gap, result.median)), interval(gap, result)
    return f"{median} ({spread})" if spread else median


def count(number: int, noun: str) -> str:
    """Write how many there are of something: `1 finding`, `2 findings`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
