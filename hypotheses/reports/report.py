"""What every section of a report reads, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypotheses.debate import Debate, Gap, Hypothesis
from hypotheses.doubts import Doubted
from hypotheses.estimates import Estimates, GapEstimate
from hypotheses.reports.footnotes import Footnotes
from hypotheses.reports.text import words


@dataclass(frozen=True)
class Report:
    """What every section reads, worked out once."""

    debate: Debate
    estimates: Estimates
    gaps: dict[str, GapEstimate]
    headline: GapEstimate | None
    ranked: tuple[Hypothesis, ...]
    says: Doubted
    notes: Footnotes
    reasons: Mapping[str, str]
    """Slug -> why its plausibility was last revised."""

    @property
    def implied(self) -> Mapping[str, float]:
        """What the evidence implies as rated, by slug."""
        return self.says.rated.implied


def label(gap: Gap) -> str:
    """Return what a gap is called."""
    return words(gap.label or gap.symbol)
