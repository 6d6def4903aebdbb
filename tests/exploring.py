"""How many examples a property test draws: few and always the same, or as many as asked for, other ones each time."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

_ASKED = int(os.environ.get("ABDUCE_TESTS_EXPLORE", "0"))

EXPLORING = _ASKED > 0
"""Whether more is to be tried than there is time for at every change."""


def explored(examples: int) -> settings:
    """Draw so many examples, the same every time, unless more are asked for."""
    return settings(
        max_examples=_ASKED or examples,
        derandomize=not _ASKED,
        database=None,
        deadline=None,
        phases=[phase for phase in Phase if phase is not Phase.explain],  # it traces every line, and takes minutes
        suppress_health_check=list(HealthCheck),
    )


def so_many(examples: int) -> int:
    """Return how many examples to go through: so many, or as many as are asked for."""
    return _ASKED or examples
