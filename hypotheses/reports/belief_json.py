"""What programs read of the matrix, the timeline, the cruxes, the people and the reckoning: fixed names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hypotheses.belief import DECIBANS_PER_NAT, weights
from hypotheses.cruxes import cruxes
from hypotheses.debate import Debate
from hypotheses.doubted import Doubted
from hypotheses.margin import leave_one_out, margin
from hypotheses.people import (
    cell_disagreement,
    disagreement,
    named,
    people,
    plausibilities,
    pooled,
    statements,
    views,
)
from hypotheses.progress import Told, untold, within
from hypotheses.ratios import NOT_APPLICABLE
from hypotheses.reckoning import Score, misleading, reckon
from hypotheses.reports.json import Shape
from hypotheses.schemes import diagnosticity, fragile, schemes_of, score, untested
from hypotheses.timeline import Stand, implied_over_time

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates


def matrix_shape(debate: Debate, only: str = "") -> Shape:
    """Return what the schemes say and every cell: the shape of `matrix --json`; of one scheme if it is named."""
    scores, weight, schemes = score(debate), weights(debate), schemes_of(debate)
    contested = fragile(scores)
    return {
        "debate": debate.slug,
        "schemes": {
            name: {"scores": dict(one.scores), "order": list(one.order), "formula": schemes[name].formula}
            for name, one in scores.items()
            if only in ("", name)
        },
        "fragile": bool(contested),
        "contested": list(contested),
        "untested": list(untested(debate)),
        "evidence": [
            {
                "key": item.key,
                "diagnosticity": diagnosticity(item, debate.hypotheses),
                "weight": weight[item.key],
                "retracted": item.retracted,
                "assessments": {
                    slug: (NOT_APPLICABLE if cell.ratio is None else cell.ratio)
                    if (cell := item.assessments.get(slug))
                    else None
                    for slug in debate.hypotheses
                },
            }
            for item in debate.evidence.values()
        ],
    }


def doubts_shape(debate: Debate, says: Doubted) -> Shape:
    """Return what the evidence implies as rated and under each doubt: the shape of `doubts --json`."""
    return {
        "debate": debate.slug,
        "rated": dict(says.rated.implied),
        "first": says.first or None,
        "spans": {slug: list(says.span(slug)) for slug in debate.hypotheses},
        "doubts": [
            {
                "name": under.doubt.name,
                "formula": under.doubt.formula,
                "in_span": not under.doubt.owners,
                "cases": [
                    {"case": name, "first": next(iter(case.order), None), "implied": dict(case.implied)}
                    for name, case in under.cases.items()
                ],
            }
            for under in says.under
        ],
    }


def timeline_shape(debate: Debate, stands: Sequence[Stand], person: str, told: Told = untold) -> Shape:
    """Return what was implied by date, and what a person stated by the journal: the shape of `timeline --json`."""
    return {
        "debate": debate.slug,
        "by_evidence": [{"date": one.date, "implied": dict(one.implied)} for one in implied_over_time(debate, told)],
        "by_journal": [{"at": f"{one.at:%Y-%m-%dT%H:%M:%SZ}", "plausibility": one.of(person)} for one in stands],
    }


def cruxes_shape(debate: Debate, estimates: Estimates | None, told: Told = untold) -> Shape:
    """Return what would change a conclusion: the shape of `cruxes --json`."""
    apart = margin(debate)
    return {
        "debate": debate.slug,
        "first": apart.first if apart else None,
        "second": apart.second if apart else None,
        "margin": apart.nats * DECIBANS_PER_NAT if apart else None,
        "cruxes": [
            {
                "kind": crux.kind,
                "flips": crux.flips,
                "evidence": crux.evidence,
                "hypothesis": crux.hypothesis,
                "quantity": crux.quantity,
                "now": crux.now,
                "needed": crux.needed,
                "size": crux.size,
            }
            for crux in cruxes(debate, estimates, within(told, 0.0, 0.5))
        ],
        "leave_one_out": [
            {"evidence": one.evidence, "first": one.first, "shift": one.shift, "flips": one.flips}
            for one in leave_one_out(debate, within(told, 0.5, 1.0))
        ],
    }


def people_shape(debate: Debate) -> Shape:
    """Return what everybody states, together and apart: the shape of `people --json`."""
    together = pooled(debate)
    return {
        "debate": debate.slug,
        "people": [named(debate, person) for person in people(debate)],
        "hypotheses": {
            slug: {
                "stated": {named(debate, by): one.plausibility for by, one in statements(h).items()},
                "starting": [named(debate, by) for by, one in statements(h).items() if one.placeholder],
                "pooled": together[slug],
                "people": len(plausibilities(h)),
                "disagreement": _finite(disagreement(h)),
            }
            for slug, h in debate.hypotheses.items()
        },
        "cells": [
            {
                "evidence": key,
                "hypothesis": slug,
                "ratios": {
                    named(debate, by): NOT_APPLICABLE if one.ratio is None else one.ratio
                    for by, one in views(cell).items()
                },
                "disagreement": apart,
            }
            for key, item in debate.evidence.items()
            for slug, cell in item.assessments.items()
            if cell.others and (apart := cell_disagreement(cell))
        ],
    }


def reckoning_shape(debate: Debate, stands: Sequence[Stand]) -> Shape:
    """Return how good everybody's plausibilities were, and what misled: the shape of `reckoning --json`."""
    return {
        "debate": debate.slug,
        "settled": {slug: h.settled == "true" for slug, h in debate.hypotheses.items() if h.settled},
        "people": [
            {
                "person": named(debate, one.person),
                **(_score_shape(one.last) if one.last else {"brier": None, "log": None, "hypotheses": 0}),
                "not_held": list(one.not_held),
                "over_time": [
                    {"at": f"{each.at:%Y-%m-%dT%H:%M:%SZ}" if each.at else None, **_score_shape(each)}
                    for each in one.over_time
                ],
            }
            for one in reckon(debate, stands)
        ],
        "misleading": [one._asdict() for one in misleading(debate)],
    }


def _score_shape(score: Score) -> Shape:
    log = "inf" if score.log == math.inf else _finite(score.log)
    return {"brier": score.brier, "log": log, "hypotheses": score.hypotheses}


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
