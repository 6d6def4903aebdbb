"""Debates of any size: eight explanations, five of them rated by each item, fifty clusters, twenty-five years."""

from __future__ import annotations

import random
from typing import Final

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis

RATIOS: Final = (10.0, 3.0, 1.0, 1 / 3, 1 / 10)
WEIGHTS: Final = (None, 0.5, 0.75, 1.0)
HYPOTHESES: Final = 8
RATED: Final = 5
CLUSTERS: Final = 50
FIRST_YEAR, YEARS = 2000, 25


def dated_debate(items: int, *, days: bool) -> Debate:
    """Return a debate of so many items, dated by days or by months; the same for the same size."""
    chance = random.Random(1)
    slugs = [f"h{number}" for number in range(HYPOTHESES)]
    evidence = {}
    for number in range(items):
        date = f"{FIRST_YEAR + chance.randrange(YEARS)}-{chance.randint(1, 12):02}"
        evidence[f"e{number}"] = Evidence(
            f"e{number}",
            "What was found out",
            date=f"{date}-{chance.randint(1, 28):02}" if days else date,
            cluster=f"c{chance.randrange(CLUSTERS)}",
            credibility=chance.choice(WEIGHTS),
            relevance=chance.choice(WEIGHTS),
            assessments={slug: Assessment(chance.choice(RATIOS)) for slug in chance.sample(slugs, RATED)},
        )
    hypotheses = {slug: Hypothesis(slug, slug, prior=0.1 + number / 10) for number, slug in enumerate(slugs)}
    return Debate("dated", "Dated", hypotheses=hypotheses, evidence=evidence)
