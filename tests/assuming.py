"""Assumptions for debates that are made by tests."""

from __future__ import annotations

from hypotheses.reading import PLAIN_READING, Assumption, Reading


def assumed(**values: str) -> dict[str, Assumption]:
    """Build assumptions of one plain value each."""
    return {name: Assumption({PLAIN_READING: Reading(value)}) for name, value in values.items()}
