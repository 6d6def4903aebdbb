"""Small debates, and short ways to write one, for the tests of the estimate engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.reading import Reading
from tests.assuming import assumed


def debate(
    quantities: Mapping[str, str],
    gaps: Mapping[str, str],
    hypotheses: tuple[Hypothesis, ...] = (),
    **fields: Any,
) -> Debate:
    """Build a debate of plain values; a quantity whose text starts with `=` is a formula, a gap is in OOM."""
    parts: dict[str, Any] = {
        "slug": "test",
        "title": "A test",
        "quantities": {
            symbol: Quantity(symbol, formula=text[1:].strip())
            if text.startswith("=")
            else Quantity(symbol, readings={"value": Reading(text)})
            for symbol, text in quantities.items()
        },
        "gaps": {symbol: Gap(symbol, formula) for symbol, formula in gaps.items()},
        "hypotheses": {hypothesis.slug: hypothesis for hypothesis in hypotheses},
    }
    return Debate(**{**parts, **fields})


def readings(post: str, author: str, literature: str) -> dict[str, Reading]:
    """Build the three sourced readings of the bundled debate."""
    texts = {"post": post, "author-2022": author, "literature": literature}
    return {name: Reading(text, source=name) for name, text in texts.items()}


def vision() -> Debate:
    """Build the numbers of the bundled debate: central values in three conventions, the effects of its hypotheses."""
    quantities = {
        "visual_cortex": Quantity("visual_cortex", unit="synapses", readings=readings("100B", "4T", "40.5T")),
        "language_areas": Quantity("language_areas", unit="synapses", readings=readings("175B", "550B", "9T")),
        "image_model": Quantity("image_model", unit="parameters", readings={"value": Reading("890M")}),
        "language_model": Quantity("language_model", unit="parameters", readings={"value": Reading("175B")}),
        "gpt2": Quantity("gpt2", unit="parameters", readings={"value": Reading("1.5B")}),
        "images": Quantity("images", unit="images", readings={"value": Reading("2B")}),
        "per_second": Quantity("per_second", readings={"value": Reading("10")}),
        "waking_hours": Quantity("waking_hours", unit="h/day", readings={"value": Reading("18")}),
        "per_year": Quantity("per_year", unit="images/yr", formula="per_second * 3600 * waking_hours * 365"),
    }
    gaps = {
        "vision": Gap("vision", "visual_cortex / image_model"),
        "language": Gap("language", "language_areas / language_model"),
        "puzzle": Gap("puzzle", "vision / language", headline=True),
        "years": Gap("years", "images / per_year", unit="yr"),
    }
    ooms = assumed(ooms="normal 1 to 2")
    copies = "visual_cortex * (min(1, distinct) + (1 - min(1, distinct)) / copies)"
    hypotheses = (
        Hypothesis("fair", "1", plausibility=0.6, effects={"image_model": "image_model * 10 ** ooms"}, assumes=ooms),
        Hypothesis(
            "filters",
            "2",
            plausibility=0.45,
            effects={"visual_cortex": copies},
            assumes=assumed(distinct="0.1 (0.01 to 0.5)", copies="1000 (100 to 3000)"),
        ),
        Hypothesis("steps", "3", plausibility=0.4, effects={"image_model": "image_model * 10 ** ooms"}, assumes=ooms),
        Hypothesis("parity", "4", plausibility=0.1, effects={"language_model": "gpt2"}),
        Hypothesis(
            "waste", "5", plausibility=0.08, effects={"language_model": "language_model / 10 ** ooms"}, assumes=ooms
        ),
    )
    return Debate(
        "vision",
        "Vision",
        convention="post",
        quantities=quantities,
        gaps=gaps,
        hypotheses={hypothesis.slug: hypothesis for hypothesis in hypotheses},
    )
