"""The table of models that comes with the program."""

from __future__ import annotations

from functools import cache
from typing import Final

from hypotheses.estimates import ListedModel, read_models
from store.bundled import bundled_text

MODELS: Final = "models.csv"


@cache
def bundled_models() -> tuple[ListedModel, ...]:
    """Read the models that come with the program: names, sizes, what they were trained on, with sources."""
    return read_models(bundled_text(MODELS))
