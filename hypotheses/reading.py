"""Readings: the values that sources give a quantity or an assumption, and which of them counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PLAIN_READING: Final = "value"
"""The name of the one reading of a quantity that was entered as a plain value."""
OWN_READING: Final = "mine"
"""The name of the reading that holds a value typed over sourced readings."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """How a reading's uncertainty goes together with another quantity's."""

    quantity: str
    rank: float
    """Spearman's rank correlation, -1..1."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One sourced value of a quantity or of an assumption."""

    value: str
    """As typed, e.g. `890M` or `30B to 300B`; read by `hypotheses.values.typed_values`."""
    source: str = ""
    url: str = ""
    note: str = ""
    correlated: Correlation | None = None
    """Of quantities only."""


class HasReadings:
    """What can be read in several ways, of which one counts."""

    __slots__ = ()

    readings: Mapping[str, Reading]
    """Reading name -> reading. What was entered as a plain value has one, named `value`."""
    chosen: str
    """The reading that counts whatever the convention, or empty."""

    def reading_name(self, convention: str) -> str:
        """Name the reading that counts under `convention`: the chosen one, else the convention's, else the first.

        Empty if there is none.
        """
        for name in (self.chosen, convention):
            if name in self.readings:
                return name
        return next(iter(self.readings), "")

    def reading(self, convention: str) -> Reading | None:
        """Return the reading that counts under `convention`; None if there is none."""
        return self.readings.get(self.reading_name(convention))

    def falls_back_on(self, convention: str) -> str:
        """Name the reading that counts because `convention` has none here; empty if it has one, or none is missed.

        None is missed where one was chosen, or where there is a plain value that no source gives.
        """
        name = self.reading_name(convention)
        missed = convention and name not in (convention, self.chosen, PLAIN_READING, OWN_READING)
        return name if missed else ""


@dataclass(frozen=True, slots=True)
class Assumption(HasReadings):
    """An uncertain number that the effects of a hypothesis use."""

    readings: Mapping[str, Reading]
    chosen: str = ""
