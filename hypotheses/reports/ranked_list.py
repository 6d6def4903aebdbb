"""The ranked list alone: each explanation in one line."""

from __future__ import annotations

from collections.abc import Iterator

from hypotheses.belief import evidence_for
from hypotheses.debate import Hypothesis
from hypotheses.ranking import format_plausibility, format_span
from hypotheses.reports.figures import amount, with_unit
from hypotheses.reports.report import Report, count, held, how_many, marked, starting_figures, together, why_not
from hypotheses.reports.text import unended, words


def ranked_list(report: Report) -> Iterator[str]:
    """Yield the explanations, most plausible first, and how they are meant."""
    yield "\n".join(
        f"{rank}. **{unended(words(h.title))}**{marked(h)}: {standing(report, h)}"
        for rank, h in enumerate(report.ranked, 1)
    )
    if report.ranked:
        yield f"{how_many(report)}{together(report.debate)} {how_meant(report)}"
    yield starting_figures(report)


def how_meant(report: Report, *also: str) -> str:
    """Say what each explanation comes with, and how firm the order is that the evidence gives."""
    says, parts = report.says, ["how plausible I find it"]
    if says.first:
        doubts = count(len(says.counted), "doubt")
        span = f" (in parentheses, how far that moves under {doubts} about its weighing)" if says.counted else ""
        parts.append(f"what the evidence says{span}")
    parts += ["what it alone would leave of the gap"] if report.headline else []
    *most, last = *parts, *also
    return f"Each comes with {', '.join(most)}{' and ' if most else ''}{last}.{_first(report)}"


def _first(report: Report) -> str:
    """Say what the evidence puts first, and under how many doubts; empty where there is nothing to put before."""
    says = report.says
    if len(says.rated.contenders) < 2 or not says.rated.lead(says.first):
        return ""
    firmness = says.firmness(says.first)
    held = f"{'all' if firmness.firm else firmness.doubts or 'none'} of these doubts"
    if firmness.of == 1:
        held = "this doubt" if firmness.firm else "no doubt"
    firmly = f", {'also' if firmness.doubts else 'but'} under {held}" if firmness.of else ""
    return f" By the evidence *{unended(words(report.debate.hypotheses[says.first].title))}* comes first{firmly}."


def standing(report: Report, h: Hypothesis) -> str:
    """Write `60%, was 45%; the evidence says 78% (64–88%); leaves 0.55 of 2.05 OOM`."""
    stated, prior = format_plausibility(h.plausibility), format_plausibility(h.prior)
    was = f", was {prior}" if prior != stated else ""
    return "; ".join(filter(None, (held(h) + was, _evidence_says(report, h), _leaves(report, h))))


def _evidence_says(report: Report, h: Hypothesis) -> str:
    if not any(pull.weight for pull in evidence_for(report.debate, h.slug)):
        return "no evidence bears on it yet"
    span = format_span(report.says.span(h.slug))
    return f"the evidence says {format_plausibility(report.implied[h.slug])}{f' ({span}%)' if span else ''}"


def _leaves(report: Report, h: Hypothesis) -> str:
    estimate = report.headline
    if estimate is None:
        return ""
    under = estimate.under.get(h.slug)
    if under is None:
        why = why_not(estimate, f"under.{h.slug}")
        return f"what it leaves is {why}" if why else ""
    return f"leaves {amount(estimate.gap, under.median)} of {words(with_unit(estimate.gap, estimate.now.median))}"
