"""The facts under an explanation's statement: what is said of it, what it would do, where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from hypotheses.debate import Debate, Hypothesis
from hypotheses.people import named
from hypotheses.ranking import format_plausibility, word
from hypotheses.reports.result_text import chance
from tui.number_text import amount, interval, outcome
from tui.terminal.clean import content
from tui.widgets.preview import preview

if TYPE_CHECKING:
    from hypotheses.estimates import GapEstimate


def facts(hypothesis: Hypothesis, debate: Debate, viewer: str, headline: GapEstimate | None) -> Content:
    """Write the facts, for whom they are shown to; with what would be left of the headline gap, once that is known."""
    lines = [_stated(hypothesis, debate, viewer), _line("Prior", _prior(hypothesis))]
    if hypothesis.settled:
        lines.append(_line("Settled", f"{outcome(hypothesis)}  {hypothesis.settled_on}"))
    for quantity, formula in hypothesis.effects.items():
        lines.append(_line("If true", Content.assemble(content(quantity), (" = ", "$label"), content(formula))))
    if headline is not None and hypothesis.slug in headline.under:
        lines.append(_line("Leaves", _leaves(hypothesis.slug, headline)))
    if hypothesis.source:
        lines.append(_line("Stated in", content(preview(hypothesis.source), multiline=True)))
    if hypothesis.note:
        lines += [Content(""), content(preview(hypothesis.note), "$label", multiline=True)]
    return Content("\n").join(lines)


def _line(name: str, text: Content | str) -> Content:
    return Content.assemble((f"{name:<11}", "$label"), text)


def _stated(hypothesis: Hypothesis, debate: Debate, viewer: str) -> Content:
    said = Content.assemble(
        (format_plausibility(hypothesis.plausibility), "bold $you"), f", {word(hypothesis.plausibility)}"
    )
    if hypothesis.by != viewer:
        by = content(f" by {named(debate, hypothesis.by)} (press p to state your own)", "$label")
        return _line("Stated", Content.assemble(said, by))
    hint = Content.assemble(("  ? not set by you yet: ", "$label"), ("p", "bold $you"))
    return _line("You say", Content.assemble(said, hint if hypothesis.placeholder else ""))


def _prior(hypothesis: Hypothesis) -> Content:
    held = (f" held {hypothesis.prior_on}", "$label") if hypothesis.prior_on else ""
    return Content.assemble(format_plausibility(hypothesis.prior), held)


def _leaves(slug: str, headline: GapEstimate) -> Content:
    gap, under = headline.gap, headline.under[slug]
    likely = headline.chances(under)
    return Content.assemble(
        (amount(gap, under.median), "bold"),
        (f" {interval(gap, under).strip('[]')}" if interval(gap, under) else "", "$label"),
        (f" of {amount(gap, headline.now.median)}", "$label"),
        ("  closed ", "$label") if likely else "",
        chance(likely.closed) if likely else "",
    )
