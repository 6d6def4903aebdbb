"""Claims about claims: what is said for and against an item of evidence, as nested lists of Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hypotheses.debate import Assessment
from hypotheses.ratios import RATIO_SIGNS

FOR: Final = Assessment(RATIO_SIGNS["+"])
"""How what speaks for an explanation is rated where nobody says how strongly."""
AGAINST: Final = Assessment(RATIO_SIGNS["-"])
_DEEPEST: Final = 20
"""How far the lists are indented: what is deeper stands no further in."""
_MOST: Final = 100_000
"""How many characters are written: more than a text may have."""


@dataclass(slots=True, eq=False)
class MapClaim:
    """One claim, and what is said of it."""

    line: int
    text: str
    """Markdown."""
    label: str = ""
    """What it is to the one above it: `Pro`, `Con`."""
    children: list[MapClaim] = field(default_factory=list)


def threaded(claims: Sequence[MapClaim]) -> str:
    """Return claims as a list, with those about each as a list within; what comes round to itself is not gone into."""
    lines: list[str] = []
    length = 0
    open_claims: list[tuple[int, MapClaim, tuple[int, ...]]] = [(0, claim, ()) for claim in reversed(claims)]
    while open_claims and length < _MOST:
        depth, claim, above = open_claims.pop()
        label = f"**{claim.label}** " if claim.label else ""
        lines.append(f"{'  ' * min(depth, _DEEPEST)}- {label}{' '.join(claim.text.split())}")
        length += len(lines[-1])
        if id(claim.children) not in above:
            # A claim may stand in several places; it is the same where the same is said of it.
            within = (*above[-_DEEPEST:], id(claim.children))
            open_claims += [(depth + 1, child, within) for child in reversed(claim.children)]
    return "\n".join(lines)
