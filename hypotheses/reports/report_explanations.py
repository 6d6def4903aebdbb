"""The explanations of a report: the ranking as a table, then each with all the evidence that bears on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hypotheses.belief import evidence_for
from hypotheses.debate import Hypothesis
from hypotheses.doubted import how_firmly
from hypotheses.estimates import GapEstimate, Result
from hypotheses.ranking import format_plausibility, format_span, none_of_these, word
from hypotheses.reports.figure_sources import effects
from hypotheses.reports.figures import amount, share_explained
from hypotheses.reports.report import (
    Report,
    count,
    held,
    how_many,
    label,
    marked,
    median_with_interval,
    owners,
    starting_figures,
    together,
    why_not,
)
from hypotheses.reports.result_text import in_words
from hypotheses.reports.tables import table
from hypotheses.reports.text import words

LEAST_CHANGE: Final = 0.005
"""Smaller changes of a gap show as no change in two decimals."""


def explanations(report: Report) -> Iterator[str]:
    """Yield the ranking as a table, and a section on each explanation, most plausible first."""
    debate = report.debate
    yield "## The explanations, most plausible first"
    heads = ["", "Explanation", "Plausible", "", "Evidence says", "Span", "For", "Against"]
    rows = [_ranking_row(report, rank, h) for rank, h in enumerate(report.ranked, 1)]
    if debate.mode == "exclusive":
        rest, rest_said = none_of_these(debate), max(0.0, 1 - sum(report.implied.values()))
        shown = [format_plausibility(rest), word(rest), format_plausibility(rest_said)]
        rows.append(["", "*none of these*", *shown, "", "", ""] + [""] * bool(report.headline))
    heads += ["Left"] * bool(report.headline)
    yield table(report.style.read_as, heads, rows, "rlrlrrrrr")
    if report.says.counted:
        yield _how_firm(report)
    if report.headline:
        yield f"*Left* is what would remain of *{label(report.headline.gap)}* if that explanation alone were true."
    yield starting_figures(report)
    yield how_many(report) + together(debate)
    if debate.evidence:
        yield (
            "The figure before a finding is its likelihood ratio: how much likelier the finding is if the explanation "
            "is true than if it is not, where `++`, `+`, `0`, `-` and `--` stand for 10, 3, 1, 1/3 and 1/10."
        )
    for rank, h in enumerate(report.ranked, 1):
        yield from _explanation(report, rank, h)


def _how_firm(report: Report) -> str:
    """Say what the span is over, and whether the first place survives it."""
    says = report.says
    doubts = "; ".join(words(under.doubt.label) for under in says.counted)
    first = report.debate.hypotheses[says.first].title if says.first else ""
    firmly = f" The evidence puts *{words(first)}* first{how_firmly(says, says.first)}." if first else ""
    over = f"over {len(says.counted)} doubts: {doubts}"
    return f"*Span* is the lowest and the highest that the evidence says {over}.{firmly}"


def _ranking_row(report: Report, rank: int, h: Hypothesis) -> list[str]:
    title = words(h.title) + (f" (turned out {h.settled})" if h.settled else "")
    row = [str(rank), title, held(h), word(h.plausibility), format_plausibility(report.implied[h.slug])]
    row.append(format_span(report.says.span(h.slug)))
    row += [str(count) for count in report.tallies[h.slug]]
    if report.headline:
        under = report.headline.under.get(h.slug)
        row.append(amount(report.headline.gap, under.median) if under else why_not(report.headline, f"under.{h.slug}"))
    return row


def _explanation(report: Report, rank: int, h: Hypothesis) -> Iterator[str]:
    yield f"### {rank}. {words(h.title)}{marked(h)}"
    supporting, opposing = report.tallies[h.slug]
    since = f" (held {h.prior_on})" if h.prior_on else ""
    yield (
        f"**{held(h)}, {word(h.plausibility)}.** The evidence says {format_plausibility(report.implied[h.slug])}, "
        f"from {format_plausibility(h.prior)}{since} before it: "
        f"{count(supporting, 'finding')} for, {opposing} against."
    )
    if why := report.reasons.get(h.slug):
        yield f"*Last revised because:* {words(why)}"
    yield owners(report, h.statement)
    yield _accounts_for(report, h)
    yield effects(report, h)
    stated = f"Stated in: {words(h.source)}." if h.source else ""
    yield " ".join(filter(None, (stated, words(h.note))))
    pulls = evidence_for(report.debate, h.slug)
    standing = [pull for pull in pulls if not pull.evidence.retracted and pull.assessment.ratio is not None]
    if not standing:
        yield "No evidence bears on it yet: it is untested."
    for name, chosen in (
        ("Evidence for", [pull for pull in standing if (pull.assessment.ratio or 1) > 1]),
        ("Evidence against", [pull for pull in standing if (pull.assessment.ratio or 1) < 1]),
    ):
        if chosen:
            yield f"**{name}**, what weighs most first"
            yield "\n".join(f"- {report.notes.finding(pull)}" for pull in chosen)
    neutral = [pull.evidence for pull in standing if pull.assessment.ratio == 1]
    retracted = [pull.evidence for pull in pulls if pull.evidence.retracted]
    for name, items in (("Says nothing either way", neutral), ("Retracted, counts nothing", retracted)):
        if items:
            yield f"{name}: {'; '.join(report.notes.cite(item) for item in items)}."


def changed_gaps(report: Report, h: Hypothesis) -> Iterator[tuple[GapEstimate, Result, Result]]:
    """Yield each gap that a hypothesis changes, the puzzle first: its figures, what is left, what is explained."""
    for each in puzzle_first(report):
        under, explained = each.under.get(h.slug), each.explained.get(h.slug)
        if under and explained and max(abs(explained.p5), abs(explained.p95)) >= LEAST_CHANGE:
            yield each, under, explained


def touches_gaps(report: Report, h: Hypothesis) -> bool:
    """Say whether a hypothesis can do anything to a gap, also where it is not known what."""
    return any(h.slug in each.under or f"under.{h.slug}" in each.unknown for each in report.gaps.values())


def puzzle_first(report: Report) -> list[GapEstimate]:
    """Return the figures of the gaps, those of the puzzle first."""
    return sorted(report.gaps.values(), key=lambda each: each is not report.headline)


def part_explained(each: GapEstimate, explained: Result) -> str:
    """Say which part of a gap is explained: `73% explained`, `wider by 0.20`; empty of hardly a gap."""
    share = share_explained(each.gap, each.now, explained)
    return f"{share} explained" if share.endswith("%") else share


def _accounts_for(report: Report, h: Hypothesis) -> str:
    """Say what the hypothesis would do to each gap it touches, the puzzle first."""
    if not touches_gaps(report, h):
        return ""
    told = {
        each.gap.symbol: _change(report, each, under, explained) for each, under, explained in changed_gaps(report, h)
    }
    name = f"under.{h.slug}"
    told |= {
        each.gap.symbol: f"- {label(each.gap)}: {why_not(each, name)}"
        for each in report.gaps.values()
        if each.under.get(h.slug) is None and name in each.unknown
    }
    changes = [told[each.gap.symbol] for each in puzzle_first(report) if each.gap.symbol in told]
    return (
        "\n".join(["**If true:**\n", *changes]) if changes else "**If true**, it would leave the numbers as they are."
    )


def _change(report: Report, each: GapEstimate, under: Result, explained: Result) -> str:
    share = part_explained(each, explained)
    likely = each.chances(under) if each is report.headline else None
    return (
        f"- {label(each.gap)}: {amount(each.gap, each.now.median)} → {median_with_interval(each.gap, under)}"
        + (f"; {share}" if share else "")
        + (f"; {in_words(likely)}" if likely else "")
    )
