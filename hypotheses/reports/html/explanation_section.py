"""The explanations of a page: the ranking as a chart and as a table, then each with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from hypotheses.belief import Pull, evidence_for
from hypotheses.debate import Hypothesis
from hypotheses.doubted import how_firmly
from hypotheses.ranking import format_plausibility, format_span, none_of_these, word
from hypotheses.reports.charts.ranking_chart import ranking_chart
from hypotheses.reports.charts.svg import NARROW
from hypotheses.reports.figures import amount
from hypotheses.reports.html.elements import Html, joined, table, tag
from hypotheses.reports.html.number_section import readings
from hypotheses.reports.html.page_report import PageReport, figure, listed, not_known, rating, section, with_interval
from hypotheses.reports.report import count, how_many, marked, together
from hypotheses.reports.report_explanations import changed_gaps, part_explained, touches_gaps
from hypotheses.reports.result_text import in_words

MOST_FINDINGS: Final = 50
"""So many findings for an explanation, and so many against it, are named beside it."""
STARTING: Final = "* A starting figure that nobody has set yet."


def explanations(page: PageReport) -> Html:
    """Return the ranking, and an article on each explanation."""
    report = page.report
    if not report.ranked:
        return section("explanations", "Explanations", tag("p", "There are none yet."))
    starting = any(h.placeholder for h in report.ranked)
    charts = (
        ranking_chart(report.debate, report.says, name="ranking"),
        ranking_chart(report.debate, report.says, width=NARROW, name="ranking-narrow"),
    )
    return section(
        "explanations",
        "Explanations, the most plausible first",
        tag("p", how_many(report) + together(report.debate)),
        figure(*charts),
        tag("p", STARTING, class_="aside") if starting else Html(""),
        tag("p", _how_firm(page), class_="aside"),
        _ranking(page),
        *(_explanation(page, rank, h) for rank, h in enumerate(report.ranked, 1)),
    )


def held(h: Hypothesis) -> str:
    """Write a plausibility, with a mark if it is a starting figure."""
    return format_plausibility(h.plausibility) + ("*" if h.placeholder else "")


def _how_firm(page: PageReport) -> Html:
    says = page.report.says
    if not says.counted:
        return Html("")
    doubts = "; ".join(under.doubt.label for under in says.counted)
    first = page.report.debate.hypotheses[says.first].title if says.first else ""
    firmly = joined(" The evidence puts ", tag("em", first), f" first{how_firmly(says, says.first)}.") if first else ""
    return joined(
        f"The span is the lowest and highest that the evidence says over {len(says.counted)} doubts: {doubts}.", firmly
    )


def _ranking(page: PageReport) -> Html:
    report = page.report
    heads = ["Explanation", "Held", "In words", "Evidence says", "Span", "For", "Against"] + ["Left"] * bool(
        report.headline
    )
    rows = [_row(page, rank, h) for rank, h in enumerate(report.ranked, 1)]
    if report.debate.mode == "exclusive":
        rest, said = none_of_these(report.debate), max(0.0, 1 - sum(report.implied.values()))
        told = [
            tag("em", "none of these"),
            format_plausibility(rest),
            word(rest),
            format_plausibility(said),
            "",
            "",
            "",
        ]
        rows.append(told + [""] * bool(report.headline))
    caption = "The ranking"
    if report.headline:
        gap = report.headline.gap
        caption += f"; left is what would remain of {gap.label or gap.symbol} if that explanation alone were true"
    return table(caption, heads, rows, "lrlrrrr" + "r" * bool(report.headline))


def _row(page: PageReport, rank: int, h: Hypothesis) -> list[str]:
    report = page.report
    supporting, opposing = report.tallies[h.slug]
    row = [
        joined(f"{rank}. ", tag("a", h.title, href=f"#x-{h.slug}", dir="auto"), marked(h)),
        held(h),
        word(h.plausibility),
        format_plausibility(report.implied[h.slug]),
        format_span(report.says.span(h.slug)),
        str(supporting),
        str(opposing),
    ]
    if report.headline:
        under = report.headline.under.get(h.slug)
        left = amount(report.headline.gap, under.median) if under else not_known(report.headline, f"under.{h.slug}")
        row.append(left)
    return row


def _explanation(page: PageReport, rank: int, h: Hypothesis) -> Html:
    report = page.report
    supporting, opposing = report.tallies[h.slug]
    since = f" (held {h.prior_on})" if h.prior_on else ""
    why = report.reasons.get(h.slug)
    return tag(
        "article",
        tag("h3", f"{rank}. ", tag("span", h.title, dir="auto"), marked(h), id=f"x-{h.slug}"),
        tag(
            "p",
            tag("strong", f"{held(h)}, {word(h.plausibility)}."),
            f" The evidence says {format_plausibility(report.implied[h.slug])}, from "
            f"{format_plausibility(h.prior)}{since} before it: {count(supporting, 'finding')} for, {opposing} against.",
        ),
        tag("p", tag("em", "Last revised because: "), why) if why else Html(""),
        page.owners(h.statement),
        *_accounts_for(page, h),
        tag("p", joined(f"Stated in: {h.source}. " if h.source else "", h.note), class_="aside")
        if h.source or h.note
        else Html(""),
        *_evidence(page, evidence_for(report.debate, h.slug)),
        aria_labelledby=f"x-{h.slug}",
    )


def _accounts_for(page: PageReport, h: Hypothesis) -> Iterator[Html]:
    """Say what an explanation would do to the gaps, and by which formulas."""
    report = page.report
    if touches_gaps(report, h):
        changes = []
        for each, under, explained in changed_gaps(report, h):
            likely = each.chances(under) if each is report.headline else None
            told = [f"{amount(each.gap, each.now.median)} → {with_interval(each.gap, under)}"]
            told += filter(None, (part_explained(each, explained), in_words(likely) if likely else ""))
            changes.append(joined(each.gap.label or each.gap.symbol, ": ", "; ".join(told)))
        yield tag("p", tag("strong", "If true:"), "" if changes else " it would leave the numbers as they are.")
        yield listed(changes)
    if h.effects:
        lines = [
            joined(tag("code", symbol), " becomes ", tag("code", formula)) for symbol, formula in h.effects.items()
        ]
        lines += [
            joined("assuming ", tag("code", name), readings(page, assumed)) for name, assumed in h.assumes.items()
        ]
        yield tag(
            "details",
            tag("summary", "By these formulas", tag("span", f" of {h.title}", class_="unseen")),
            listed(lines),
        )


def _evidence(page: PageReport, pulls: Sequence[Pull]) -> Iterator[Html]:
    standing = [pull for pull in pulls if not pull.evidence.retracted and pull.assessment.ratio is not None]
    if not standing:
        yield tag("p", "No evidence bears on it yet: it is untested.")
    for name, chosen in (
        ("Evidence for", [pull for pull in standing if (pull.assessment.ratio or 1) > 1]),
        ("Evidence against", [pull for pull in standing if (pull.assessment.ratio or 1) < 1]),
    ):
        if chosen:
            left = len(chosen) - MOST_FINDINGS
            some = f": the first {MOST_FINDINGS} of {len(chosen)}; all are under “The evidence”" if left > 0 else ""
            yield tag("p", tag("strong", name), f", what weighs most first{some}", class_="lead")
            yield listed([_finding(page, pull) for pull in chosen[:MOST_FINDINGS]], class_="findings")
    neutral = [pull.evidence for pull in standing if pull.assessment.ratio == 1]
    retracted = [pull.evidence for pull in pulls if pull.evidence.retracted]
    for name, items in (("Says nothing either way", neutral), ("Retracted, counts nothing", retracted)):
        if items:
            yield tag("p", f"{name}: ", joined(*map(page.cite, items), by="; "), ".")


def _finding(page: PageReport, pull: Pull) -> Html:
    why = joined(": ", tag("span", pull.assessment.why, dir="auto")) if pull.assessment.why else ""
    return joined(rating(pull.assessment), " ", page.cite(pull.evidence), why)
