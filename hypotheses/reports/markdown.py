"""A debate as its owner would publish it, in Markdown. The same debate gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hypotheses.belief import evidence_for, tally
from hypotheses.debate import Debate, Gap, Hypothesis
from hypotheses.doubts import doubted, how_firmly
from hypotheses.estimates import GapEstimate, Result, estimate
from hypotheses.ranking import format_plausibility, format_span, none_of_these, ranked, word
from hypotheses.reports.figures import amount, interval, share_explained, times, tolerance, with_unit
from hypotheses.reports.footnotes import Footnotes
from hypotheses.reports.links import safe_url
from hypotheses.reports.report import Report, label
from hypotheses.reports.result_text import chance, fell_back, in_words
from hypotheses.reports.text import front_matter as jekyll_header
from hypotheses.reports.text import inert, published, words
from hypotheses.reports.what_would_change import what_would_change

LEAST_CHANGE: Final = 0.005
"""Smaller changes of a gap show as no change in two decimals."""


def markdown(
    debate: Debate, *, front_matter: bool = False, remark: str = "", reasons: Mapping[str, str] | None = None
) -> str:
    """Write the debate as a page: question, numbers, ranked explanations with their evidence, what is open.

    Args:
        debate: As it is, or as it stood on a date.
        front_matter: Whether it starts with the header of a Jekyll post, whose layout shows the title.
        reasons: By slug, why its plausibility is what it is, as its owner put it when that was last revised.
        remark: A sentence that stands before the question; of a debate as it stood, when that was.
    """
    estimates = estimate(debate)
    gaps = dict(estimates.gaps)
    headline = gaps.get(debate.headline.symbol) if debate.headline else None
    report = Report(
        debate, estimates, gaps, headline, ranked(debate), doubted(debate), Footnotes(debate), reasons or {}
    )
    parts = [
        f"*{words(remark)}*" if remark else "",
        published(debate.question),
        *_numbers(report),
        *_explanations(report),
        *_unexplained(report),
        *what_would_change(report),
        *_ideas(debate),
        *_attribution(report),
        report.notes.written(),
    ]
    head = jekyll_header(debate.title) if front_matter else f"# {words(debate.title)}\n\n"
    return head + "\n\n".join(part for part in parts if part) + "\n"


def _numbers(report: Report) -> Iterator[str]:
    if not report.debate.gaps:
        return
    yield "## Where the numbers stand"
    gaps = sorted(report.debate.gaps.values(), key=lambda gap: gap != report.debate.headline)
    rows = [_gap_row(report, gap) for gap in gaps]
    yield _table(["Gap", "Now", "90% interval", "Left, all weighed", "Overshot", "Closed", "Open"], rows, "lrrrrrr")
    weighed = "explanation" if report.debate.mode == "exclusive" else "combination of the explanations"
    follows = _convention(report)
    yield (
        f"{follows}Figures are medians; an OOM is an order of magnitude, the base-10 logarithm of a ratio. "
        f"What is left, all weighed, weighs every {weighed} below by how plausible it is; the last three columns say "
        "how likely it is then overshot, closed or open: closed within 0.3 OOM of none, unless the gap says otherwise."
    )


def _convention(report: Report) -> str:
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


def _gap_row(report: Report, gap: Gap) -> list[str]:
    shown = f"**{label(gap)}**" if gap == report.debate.headline else label(gap)
    estimate = report.gaps.get(gap.symbol)
    if estimate is None:
        return [shown, words(report.estimates.problems[gap.symbol].unknown), "", "", "", "", ""]
    ratio = times(gap, estimate.now.median)
    now = words(with_unit(gap, estimate.now.median)) + (f" ({ratio})" if ratio else "")
    if estimate.weighed:
        left, likely = _median_with_interval(gap, estimate.weighed, unit=False), estimate.chances(estimate.weighed)
    else:
        left, likely = _why_not(estimate, "weighed"), None
    return [shown, now, interval(gap, estimate.now) or "–", left, *(map(chance, likely) if likely else ("", "", ""))]


def _explanations(report: Report) -> Iterator[str]:
    debate = report.debate
    yield "## The explanations, most plausible first"
    heads = ["", "Explanation", "Plausible", "", "Evidence says", "Span", "For", "Against"]
    rows = [_ranking_row(report, rank, h) for rank, h in enumerate(report.ranked, 1)]
    if debate.mode == "exclusive":
        rest, rest_said = none_of_these(debate), max(0.0, 1 - sum(report.implied.values()))
        shown = [format_plausibility(rest), word(rest), format_plausibility(rest_said)]
        rows.append(["", "*none of these*", *shown, "", "", ""] + [""] * bool(report.headline))
    yield _table([*heads, "Left"] if report.headline else heads, rows, "rlrlrrrrr")
    if report.says.counted:
        yield _how_firm(report)
    if report.headline:
        yield f"*Left* is what would remain of *{label(report.headline.gap)}* if that explanation alone were true."
    if any(h.placeholder for h in report.ranked):
        yield "\\* A starting figure that nobody has set yet."
    if debate.mode == "exclusive":
        yield "At most one of them is true, so the plausibilities sum to 1."
    else:
        yield "More than one of them can be true, so the plausibilities need not sum to 1."
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
    row = [str(rank), title, _held(h), word(h.plausibility), format_plausibility(report.implied[h.slug])]
    row.append(format_span(report.says.span(h.slug)))
    row += [str(count) for count in tally(report.debate, h.slug)]
    if report.headline:
        under = report.headline.under.get(h.slug)
        row.append(amount(report.headline.gap, under.median) if under else _why_not(report.headline, f"under.{h.slug}"))
    return row


def _why_not(estimate: GapEstimate, name: str) -> str:
    """Say why a figure is not known; empty if there is none to be known."""
    return words(estimate.unknown[name].unknown) if name in estimate.unknown else ""


def _held(h: Hypothesis) -> str:
    return format_plausibility(h.plausibility) + (r"\*" if h.placeholder else "")


def _explanation(report: Report, rank: int, h: Hypothesis) -> Iterator[str]:
    marks = [h.status if h.status != "open" else "", f"turned out {h.settled}" if h.settled else ""]
    status = f" ({', '.join(filter(None, marks))})" if any(marks) else ""
    yield f"### {rank}. {words(h.title)}{status}"
    supporting, opposing = tally(report.debate, h.slug)
    held = f" (held {h.prior_on})" if h.prior_on else ""
    yield (
        f"**{_held(h)}, {word(h.plausibility)}.** The evidence says {format_plausibility(report.implied[h.slug])}, "
        f"from {format_plausibility(h.prior)}{held} before it: "
        f"{_count(supporting, 'finding')} for, {opposing} against."
    )
    if why := report.reasons.get(h.slug):
        yield f"*Last revised because:* {published(why)}"
    yield published(h.statement)
    yield _accounts_for(report, h)
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


def _accounts_for(report: Report, h: Hypothesis) -> str:
    """Say what the hypothesis would do to each gap it touches, the puzzle first."""
    name = f"under.{h.slug}"
    if not any(h.slug in estimate.under or name in estimate.unknown for estimate in report.gaps.values()):
        return ""
    changes = []
    for each in sorted(report.gaps.values(), key=lambda each: each is not report.headline):
        gap, under, explained = each.gap, each.under.get(h.slug), each.explained.get(h.slug)
        if under is None:
            changes += [f"- {label(gap)}: {_why_not(each, name)}"] * (name in each.unknown)
            continue
        if explained is None or max(abs(explained.p5), abs(explained.p95)) < LEAST_CHANGE:
            continue
        share = share_explained(gap, each.now, explained)
        likely = each.chances(under) if each is report.headline else None
        changes.append(
            f"- {label(gap)}: {amount(gap, each.now.median)} → {_median_with_interval(gap, under)}"
            + (f"; {share} explained" if share.endswith("%") else f"; {share}" if share else "")
            + (f"; {in_words(likely)}" if likely else "")
        )
    return (
        "\n".join(["**If true:**\n", *changes]) if changes else "**If true**, it would leave the numbers as they are."
    )


def _unexplained(report: Report) -> Iterator[str]:
    estimate = report.headline
    if estimate is None:
        return
    gap = estimate.gap
    yield "## What is left unexplained"
    stands = f"{label(gap)}, now: {_median_with_interval(gap, estimate.now)}."
    if estimate.weighed:
        left, likely = _median_with_interval(gap, estimate.weighed), estimate.chances(estimate.weighed)
        stands += f" Left with every explanation weighed by its plausibility: **{left}**"
        stands += f", {in_words(likely)}." if likely else "."
    elif "weighed" in estimate.unknown:
        stands += f" What is left with all weighed is {_why_not(estimate, 'weighed')}."
    yield stands
    if estimate.tolerance is None:
        return
    if not estimate.smallest_sets:
        why = _why_not(estimate, "smallest_sets")
        yield f"What closes it is {why}." if why else "No combination of these explanations closes it."
    if not any(estimate.smallest_sets):
        return
    titles = {h.slug: words(h.title) for h in report.ranked}
    sets = ["- " + " **and** ".join(titles[slug] for slug in members) for members in estimate.smallest_sets]
    yield f"The smallest combinations that would close it (a median {tolerance(gap)}):"
    yield "\n".join(sets)


def _ideas(debate: Debate) -> Iterator[str]:
    if not debate.ideas:
        return
    yield "## Readers' ideas"
    new = [idea for idea in debate.ideas.values() if idea.status == "new"]
    if new:
        examples = sum(idea.example for idea in new)
        which = ", all of them made-up examples" if examples == len(new) else f", {examples} of them made-up examples"
        yield f"{_count(len(new), 'idea')} waiting to be looked at{which if examples else ''}."
    taken = [idea for idea in debate.ideas.values() if idea.status in ("accepted", "merged")]
    if taken:
        yield "Taken up, with thanks:"
        yield "\n".join(f"- {inert(i.title)}" + (f" (from {inert(i.sender)})" if i.sender else "") for i in taken)
    yield "If you have an idea or evidence either way, send it in."


def _attribution(report: Report) -> Iterator[str]:
    debate = report.debate
    yield "---"
    asked = f"The question was asked by {words(debate.author)}" if debate.author else "The question was asked"
    if debate.source:
        link = safe_url(debate.source)
        asked += f" in {f'<{link}>' if link else words(debate.source)}"
    cited = "The likelihood ratios are judgements. Evidence that is not independent counts less: "
    yield (
        (f"{asked}. " if debate.author or debate.source else "")
        + (
            f"{cited}findings in one cluster are taken to be correlated by {debate.correlation:g}. "
            if debate.evidence
            else ""
        )
        + "Words of likelihood follow ICD 203. Written with Abduce."
    )


def _median_with_interval(gap: Gap, result: Result, *, unit: bool = True) -> str:
    median, spread = words((with_unit if unit else amount)(gap, result.median)), interval(gap, result)
    return f"{median} ({spread})" if spread else median


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _table(head: list[str], rows: Iterable[list[str]], align: str) -> str:
    rules = {"l": ":---", "r": "---:"}
    lines = [head, [rules[side] for side in align[: len(head)]], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
