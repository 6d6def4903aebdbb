"""What can be tried: a crux, or an item of evidence left out; each with what would make it for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.cruxes import Crux, tried
from hypotheses.debate import Assessment, Debate
from hypotheses.edits import evidence_retracted
from hypotheses.margin import LeftOut
from hypotheses.values import format_amount
from tui.trying import Trial
from tui.widgets.crux_text import crux_sentence, eased

if TYPE_CHECKING:
    from tui.session import StoreCall


def trial_of_crux(debate: Debate, crux: Crux) -> Trial:
    """Return the trial of one number, rounded so that it could be typed."""
    round_one = eased(debate, crux)
    return Trial(crux_sentence(debate, round_one), debate, tried(debate, round_one), *_keep_crux(debate, round_one))


def _keep_crux(debate: Debate, crux: Crux) -> tuple[StoreCall, object]:
    """Return the edit that makes it for good, and what that expects."""
    needed, slug = crux.needed, debate.slug
    match crux.kind:
        case "ratio":
            was = debate.evidence[crux.evidence].assessments[crux.hypothesis]
            cell = Assessment(needed, was.why)
            return lambda store, seen: store.assess(slug, crux.evidence, crux.hypothesis, cell, expected=seen), was
        case "prior":
            hypothesis = debate.hypotheses[crux.hypothesis]
            return lambda store, seen: store.edit_hypothesis(
                slug, crux.hypothesis, expected=seen, prior=needed
            ), hypothesis
        case "credibility":
            item = debate.evidence[crux.evidence]
            return lambda store, seen: store.edit_evidence(slug, crux.evidence, expected=seen, credibility=needed), item
        case "relevance":
            item = debate.evidence[crux.evidence]
            return lambda store, seen: store.edit_evidence(slug, crux.evidence, expected=seen, relevance=needed), item
        case "quantity":
            quantity, text = debate.quantities[crux.quantity], format_amount(needed)
            return lambda store, seen: store.set_value(slug, crux.quantity, text, expected=seen), quantity


def trial_without(debate: Debate, one: LeftOut) -> Trial:
    """Return the trial of leaving an item out; kept, it is retracted."""
    item = debate.evidence[one.evidence]
    without = evidence_retracted(debate, one.evidence, retracted=True, note="")
    return Trial(
        f"without {one.evidence}",
        debate,
        without,
        lambda store, seen: store.retract_evidence(debate.slug, one.evidence, expected=seen),
        item,
    )
