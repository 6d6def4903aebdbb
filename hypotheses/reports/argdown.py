"""A debate as an argument map in Argdown (argdown.org): explanations are statements, evidence is arguments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from hypotheses.debate import Debate, Hypothesis
from hypotheses.ranking import format_plausibility, ranked
from hypotheses.reports.text import one_line

_ACTIVE: Final = re.compile(r"[\\@#*_\[<{=]|/(?=[/*])|[.:](?=\S)")
"""What begins something in the text of a statement, if no backslash stands before it."""


def argdown(debate: Debate) -> str:
    """Write the map: each explanation by rank, under it what supports (`+`) and attacks (`-`) it.

    Evidence that is as likely either way, does not apply or was retracted says nothing of an explanation, and stands by
    itself. Explanations of which at most one is true attack each other.
    """
    title = json.dumps(one_line(debate.title), ensure_ascii=False).replace("=", "\\u003d")
    return "\n\n".join([f"===\ntitle: {title}\n===", *_statements(debate), *_arguments(debate)]) + "\n"


def _statements(debate: Debate) -> Iterator[str]:
    against = _against(debate)
    for h in ranked(debate):
        lines = [f"[{h.slug}]: {_text(h.title)} {{plausibility: {format_plausibility(h.plausibility)!r}}}"]
        lines += [f"  - [{other}]" for other in against.get(h.slug, ())]
        for item in debate.evidence.values():
            cell = item.assessments.get(h.slug)
            if cell and cell.ratio not in (None, 1) and item.has_weight:
                sign = "+" if (cell.ratio or 0) > 1 else "-"
                lines.append(f"  {sign} <{item.key}>")
        yield "\n".join(lines)


def _against(debate: Debate) -> dict[str, list[str]]:
    pairs: list[tuple[Hypothesis, Hypothesis]] = list(combinations(ranked(debate), 2))
    against: dict[str, list[str]] = {}
    for one, other in pairs:
        if debate.mode == "exclusive" or other.slug in one.rivals or one.slug in other.rivals:
            against.setdefault(one.slug, []).append(other.slug)
            against.setdefault(other.slug, []).append(one.slug)
    return against


def _arguments(debate: Debate) -> Iterator[str]:
    for item in debate.evidence.values():
        year = f" ({item.date[:4]})" if item.date else ""
        yield f"<{item.key}>: {_text(item.title + year)}"


def _text(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", one_line(text))
