"""The facts under an explanation's statement: what is said of it, what it would do, where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from hypotheses.debate import Debate, Hypothesis
from hypotheses.edits import thanked, thanks
from hypotheses.people import named
from hypotheses.ranking import format_plausibility, word
from hypotheses.reports.result_text import chance
from tui.command_keys import key_of
from tui.number_text import amount, outcome, span
from tui.terminal.clean import content
from tui.widgets.hint import hint
from tui.widgets.preview import preview

if TYPE_CHECKING:
    from hypotheses.estimates import GapEstimate


NAME: Final = 11
"""Cells of the name of a fact."""
LEAST: Final = 20
"""Cells of a fact at least."""


def facts(hypothesis: Hypothesis, debate: Debate, viewer: str, headline: GapEstimate | None, width: int) -> Content:
    """Write the facts, for whom they are shown to; with what would be left of the headline gap, once that is known."""
    told: list[tuple[str, Content]] = [_stated(hypothesis, debate, viewer), ("Prior", _prior(hypothesis))]
    if hypothesis.settled:
        told.append(("Settled", Content(f"{outcome(hypothesis)}  {hypothesis.settled_on}")))
    for quantity, formula in hypothesis.effects.items():
        told.append(("If true", Content.assemble(content(quantity), (" = ", "$label"), content(formula))))
    if not hypothesis.effects and (hint_at := _no_effect(debate)):
        told.append(("If true", hint(hint_at)))
    if headline is not None and hypothesis.slug in headline.under:
        told.append(("Leaves", _leaves(hypothesis.slug, headline)))
    if hypothesis.source:
        told.append(("Stated in", content(preview(hypothesis.source), multiline=True)))
    if names := thanks(thanked(debate, f"hypothesis:{hypothesis.slug}")):
        told.append(("Thanks to", content(names)))
    lines = [line for name, text in told for line in _lines(name, text, width)]
    if hypothesis.note:
        lines += [Content(""), content(preview(hypothesis.note), "$label", multiline=True)]
    return Content("\n").join(lines)


def _no_effect(debate: Debate) -> str:
    """Say how an explanation comes to act on numbers; nothing in a debate that goes by evidence alone."""
    if debate.quantities:
        return "acts on no number yet: `{edit}` says on which"
    return "" if debate.evidence else "acts on no number yet: `{show_numbers}`, then `{add}` adds one"


def _lines(name: str, text: Content, width: int) -> list[Content]:
    """Write a fact beside its name; what takes more than a line stays beside it."""
    wrapped = text.wrap(max(LEAST, width - NAME))
    names = [name, *[""] * (len(wrapped) - 1)]
    return [Content.assemble((f"{each:<{NAME}}", "$label"), line) for each, line in zip(names, wrapped, strict=True)]


def _stated(hypothesis: Hypothesis, debate: Debate, viewer: str) -> tuple[str, Content]:
    said = Content.assemble(
        (format_plausibility(hypothesis.plausibility), "bold $you"), f", {word(hypothesis.plausibility)}"
    )
    if hypothesis.by != viewer:
        by = content(f" by {named(debate, hypothesis.by)} (press {key_of('plausibility')} to state your own)", "$label")
        return "Stated", Content.assemble(said, by)
    hint = Content.assemble(("  ? not set yet: ", "$label"), (key_of("plausibility"), "bold $you"))
    return "You say", Content.assemble(said, hint if hypothesis.placeholder else "")


def _prior(hypothesis: Hypothesis) -> Content:
    held = (f" held {hypothesis.prior_on}", "$label") if hypothesis.prior_on else ""
    return Content.assemble(format_plausibility(hypothesis.prior), held)


def _leaves(slug: str, headline: GapEstimate) -> Content:
    gap, under = headline.gap, headline.under[slug]
    likely = headline.chances(under)
    return Content.assemble(
        (amount(gap, under.median), "bold"),
        (f" {span(gap, under)}".rstrip(), "$label"),
        (f" of {amount(gap, headline.now.median)}", "$label"),
        ("  closed ", "$label") if likely else "",
        chance(likely.closed) if likely else "",
    )
