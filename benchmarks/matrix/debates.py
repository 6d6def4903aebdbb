"""Debates of any size: random ratings, none of them 0, so that typing 0 into a cell always changes it."""

from __future__ import annotations

import random
from typing import Final

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis

RATIOS: Final = (10.0, 3.0, 1 / 3, 1 / 10, 2.5, None)
HYPOTHESES: Final = 8


def large_debate(items: int) -> Debate:
    """Return a debate of so many items, four fifths of its cells rated, two thirds of them in clusters of two."""
    random_ = random.Random(1)
    slugs = [f"h{number}" for number in range(HYPOTHESES)]
    return Debate(
        "large",
        f"{items} items",
        hypotheses={
            slug: Hypothesis(slug, f"Explanation number {number}", plausibility=0.9 - number / 20, position=number)
            for number, slug in enumerate(slugs)
        },
        evidence={
            f"e{number}": Evidence(
                f"e{number}",
                f"What was found out as number {number}",
                date=f"20{number % 24:02d}",
                cluster=f"cluster-{number // 3}" if number % 3 else "",
                credibility=random_.choice((0.5, 0.75, 1.0)),
                assessments={
                    slug: Assessment(random_.choice(RATIOS), "a reason") for slug in slugs if random_.random() < 0.8
                },
            )
            for number in range(items)
        },
    )
