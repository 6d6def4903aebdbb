"""What can be tried: a crux, or an item of evidence left out; each with what would make it for good."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypotheses.cruxes import Crux, LeftOut, tried
from hypotheses.debate import Assessment, Debate
from tui.crux_text import crux_sentence, eased
from tui.trying import Trial

if TYPE_CHECKING:
    from tui.session import Edit


def trial_of_crux(debate: Debate, crux: Crux) -> Trial:
    """Return the trial of one number, rounded so that it could be typed."""
    round_one = eased(debate, crux)
    return Trial(crux_sentence(debate, round_one), debate, tried(debate, round_one), _keep_crux(debate, round_one))


def _keep_crux(debate: Debate, crux: Crux) -> Edit:
    needed = crux.needed
    match crux.kind:
        case "ratio":
            was = debate.evidence[crux.evidence].assessments[crux.hypothesis]
            cell = Assessment(needed, was.why)
            return lambda store, slug: store.assess(slug, crux.evidence, crux.hypothesis, cell, expected=was)
        case "prior":
            hypothesis = debate.hypotheses[crux.hypothesis]
            return lambda store, slug: store.edit_hypothesis(slug, crux.hypothesis, expected=hypothesis, prior=needed)
        case "credibility":
            item = debate.evidence[crux.evidence]
            return lambda store, slug: store.edit_evidence(slug, crux.evidence, expected=item, credibility=needed)
        case "relevance":
            item = debate.evidence[crux.evidence]
            return lambda store, slug: store.edit_evidence(slug, crux.evidence, expected=item, relevance=needed)
        case "quantity":
            from hypotheses.estimates import format_amount  # noqa: PLC0415 - only quantities need the engine

            quantity, text = debate.quantities[crux.quantity], format_amount(needed)
            return lambda store, slug: store.set_value(slug, crux.quantity, text, expected=quantity)


def trial_without(debate: Debate, one: LeftOut) -> Trial:
    """Return the trial of leaving an item out; kept, it is retracted."""
    item = replace(debate.evidence[one.evidence], retracted=True)
    without = replace(debate, evidence={**debate.evidence, one.evidence: item})
    return Trial(
        f"without {one.evidence}", debate, without, lambda store, slug: store.retract_evidence(slug, one.evidence)
    )
