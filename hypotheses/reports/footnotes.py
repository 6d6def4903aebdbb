"""The sources of a report: a mark where each is cited, one note for each that was."""

from __future__ import annotations

import re
from typing import Final

from hypotheses.belief import Pull
from hypotheses.debate import Debate, Evidence
from hypotheses.ratios import format_rating
from hypotheses.reports.links import evidence_link
from hypotheses.reports.text import one_line, published, words

_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)


class Footnotes:
    """Collects what is cited, in the order of the debate."""

    def __init__(self, debate: Debate) -> None:
        self._debate = debate
        self._labels = {
            key: key if _LABEL.fullmatch(key) else f"evidence-{number}" for number, key in enumerate(debate.evidence, 1)
        }
        self._cited: set[str] = set()

    def cite(self, evidence: Evidence) -> str:
        """Return the title of an item with its year and mark."""
        return f"{_titled(evidence)}{self._mark(evidence)}"

    def _mark(self, evidence: Evidence) -> str:
        self._cited.add(evidence.key)
        return f"[^{self._labels[evidence.key]}]"

    def finding(self, pull: Pull) -> str:
        """Return the line of a list of evidence: what it is, its ratio, and why it has it."""
        why = f": {words(pull.assessment.why)}" if pull.assessment.why else ""
        ratio = format_rating(pull.assessment)
        return f"`{ratio}` {_titled(pull.evidence)}{why}{self._mark(pull.evidence)}"

    def written(self) -> str:
        """Return the notes of everything cited: authors, title, source, date, link, finding."""
        cited = [e for e in self._debate.evidence.values() if e.key in self._cited]
        return "\n".join(f"[^{self._labels[e.key]}]: {_note(e)}" for e in cited)


def _titled(evidence: Evidence) -> str:
    year = evidence.date[:4]
    return f"*{words(evidence.title)}*" + (f" ({words(year)})" if year and year not in evidence.title else "")


def _note(evidence: Evidence) -> str:
    authors = words(", ".join(evidence.authors))
    facts = [authors, f"*{words(evidence.title)}*", words(evidence.source), words(evidence.date) or "undated"]
    link = evidence_link(evidence)
    finding = one_line(published(evidence.finding))
    return " ".join(
        part
        for part in (", ".join(fact for fact in facts if fact) + ".", f"<{link}>." if link else "", finding)
        if part
    )
