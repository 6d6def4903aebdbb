"""The explanations of a post: each a numbered paragraph, its figures in one line, what speaks for and against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hypotheses.belief import evidence_for
from hypotheses.debate import Hypothesis
from hypotheses.reports.ranked_list import how_meant, standing
from hypotheses.reports.report import Report, how_many, marked, owners, starting_figures, together
from hypotheses.reports.text import ended, words

STRONGEST: Final = 2
"""So many findings are told for each explanation, and as many against it."""

_PARAGRAPH: Final = r"[^\W\d][^\n|]*(?:\n[^\W\d][^\n|]*)*"
_PROSE: Final = re.compile(rf"{_PARAGRAPH}(?:\n\s*\n|\Z)")
"""A Markdown text that begins with a plain paragraph, which can follow on the same line."""
_ALL_PROSE: Final = re.compile(
    rf"(?P<first>{_PARAGRAPH}[^\s:])(?:\n[ \t]*)+\n(?P<rest>{_PARAGRAPH}(?:(?:\n[ \t]*)+\n{_PARAGRAPH})*)"
)
"""A text of several plain paragraphs, of which the first stands for itself."""


def post_explanations(report: Report) -> Iterator[str]:
    """Yield how the explanations are told, then each of them."""
    if not report.ranked:
        return
    findings = ["the two strongest findings on each side"] if report.debate.evidence else []
    meant = how_meant(report, *findings)
    yield f"The explanations, most plausible first. {how_many(report)}{together(report.debate)} {meant}"
    for rank, h in enumerate(report.ranked, 1):
        yield from _explanation(report, rank, h)
    yield starting_figures(report)


def _explanation(report: Report, rank: int, h: Hypothesis) -> Iterator[str]:
    lead = f"{rank}.) **{ended(words(h.title))}**{marked(h)}"
    statement = owners(report, h.statement)
    split = _ALL_PROSE.fullmatch(statement)
    told, rest = (split["first"], split["rest"]) if split else (statement, "")
    if _PROSE.match(told):
        yield f"{lead} {told}"
    else:
        yield lead
        yield told
    yield f"{standing(report, h)}. {ended(words(report.reasons.get(h.slug, '')))}".rstrip()
    pulls = [pull for pull in evidence_for(report.debate, h.slug) if pull.decibans]
    sides = {"For": [p for p in pulls if p.decibans > 0], "Against": [p for p in pulls if p.decibans < 0]}
    yield " ".join(
        f"{side}: {report.notes.sentence(found[0], found[1:STRONGEST])}" for side, found in sides.items() if found
    )
    if rest:
        yield f'<details markdown="1"><summary>More</summary>\n\n{rest}\n\n</details>'
