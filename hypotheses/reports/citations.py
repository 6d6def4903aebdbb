"""The sources of a page: a link or a mark where each is cited, and one note for each that has a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hypotheses.belief import Pull
from hypotheses.debate import Debate, Evidence
from hypotheses.ratios import format_rating
from hypotheses.reading import Reading
from hypotheses.reports.links import evidence_link, link_of, safe_url
from hypotheses.reports.pandoc import cited
from hypotheses.reports.references.citation_keys import citation_keys
from hypotheses.reports.style import MarkdownStyle
from hypotheses.reports.text import ended, one_line, published, unended, words

_LABEL: Final = re.compile(r"(?!(?:evidence|figure)-)[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
"""A key that both GitHub and kramdown take as the name of a footnote, and that is none of our own."""
_KEYED: Final = re.compile(r"(?<!`)`([^`\s]+)`(?!`)")


class Citations:
    """Cites sources in the style of the page, and collects the notes of those that are cited by a mark."""

    def __init__(self, debate: Debate, style: MarkdownStyle) -> None:
        self._evidence = debate.evidence
        self._labels = {
            key: key if _LABEL.fullmatch(key) else f"evidence-{number}" for number, key in enumerate(debate.evidence, 1)
        }
        self._way = style.cites
        self._keys = citation_keys(debate) if self._way == "keys" else {}
        self._brief = style.form == "post"
        self._numbered = style.read_as == "commonmark"
        self._figures: dict[str, str] = {}
        """Note of a figure -> its label."""
        self._notes: dict[str, str] = {}
        """Label -> note."""
        self._told: set[str] = set()
        """Sources of figures that stand in words."""

    def cite(self, evidence: Evidence) -> str:
        """Name an item: by its title and year, in a post by its authors and year; with its link or mark."""
        return self._named(evidence) + self._mark(evidence)

    def finding(self, pull: Pull) -> str:
        """Return the line of a list of evidence: what it is, its ratio, and why it has it."""
        why = f": {words(pull.assessment.why)}" if pull.assessment.why else ""
        return f"`{format_rating(pull.assessment)}` {self._titled(pull.evidence)}{why}{self._mark(pull.evidence)}"

    def in_text(self, markdown: str) -> str:
        """Cite the evidence that a text of the owner's names by its key, in backticks."""

        def named(match: re.Match[str]) -> str:
            item = self._evidence.get(match[1])
            return self.cite(item) if item else match[0]

        return _KEYED.sub(named, markdown)

    def sentence(self, strongest: Pull, others: Sequence[Pull]) -> str:
        """Return what the strongest item says of an explanation as a sentence of prose, with its source and others."""
        why = unended(words(strongest.assessment.why))
        if self._way != "inline" and why:
            return ended(why + "".join(self._mark(pull.evidence) for pull in (strongest, *others)))
        first, *rest = (self.cite(pull.evidence) for pull in (strongest, *others))
        also = "".join(f"{'; also' if why else ' and'} {each}" for each in rest)
        return ended(f"{why} ({first}){also}" if why else f"{first}{also}")

    def figure(self, shown: str, reading: Reading) -> str:
        """Return a figure, which is escaped, with the source of its reading: the figure is the link to it."""
        link, source = safe_url(reading.url), words(reading.source)
        if self._way == "none" or not (link or source):
            return shown
        if self._way == "footnotes":
            note = _origin(reading)
            label = self._figures.setdefault(note, f"figure-{len(self._figures) + 1}")
            return shown + self._noted(label, note)
        if link:
            return _linked(shown, link)
        same = source in self._told
        self._told.add(source)
        return f"{shown} ({'the same source' if same else source})"

    def written(self) -> str:
        """Return the notes of everything cited by a mark, in the order of their first mark."""
        if self._numbered:
            notes = "\n".join(f"{number}. {note}" for number, note in enumerate(self._notes.values(), 1))
            return f"Sources:\n\n{notes}" if notes else ""
        return "\n".join(f"[^{label}]: {note}" for label, note in self._notes.items())

    def _named(self, evidence: Evidence) -> str:
        return self._linked(_authored(evidence), evidence) if self._brief else self._titled(evidence)

    def _titled(self, evidence: Evidence) -> str:
        return self._linked(f"*{words(evidence.title)}*", evidence) + _year(evidence)

    def _linked(self, name: str, evidence: Evidence) -> str:
        return _linked(name, evidence_link(evidence)) if self._way == "inline" else name

    def _mark(self, evidence: Evidence) -> str:
        if self._way == "keys":
            return cited(self._keys[evidence.key])
        if self._way != "footnotes":
            return ""
        remark = "" if self._brief else words(evidence.note)
        return self._noted(self._labels[evidence.key], f"{_note(evidence)} {remark}".rstrip())

    def _noted(self, label: str, note: str) -> str:
        """Return the mark of a note, which is kept; where there are no footnotes, its number in the list of notes."""
        self._notes.setdefault(label, note)
        return rf" \[{[*self._notes].index(label) + 1}\]" if self._numbered else f"[^{label}]"


def sourced(reading: Reading) -> str:
    """Return where a reading is from, and what is remarked on it."""
    return " ".join(filter(None, (_origin(reading), words(reading.note))))


def _origin(reading: Reading) -> str:
    link = safe_url(reading.url)
    return " ".join(filter(None, (ended(words(reading.source)), f"<{link}>." if link else "")))


def _linked(text: str, link: str) -> str:
    """Make a text that is escaped a link, if there is where to."""
    place = f"<{link}>" if "(" in link or ")" in link else link
    return f"[{text}]({place})" if link else text


def _authored(evidence: Evidence) -> str:
    """Name an item by its authors and its year, as in a text: `Song and Li 2023`; by its title if it has no authors."""
    families = [author.partition(",")[0] for author in evidence.authors]
    if not families:
        return f"*{words(evidence.title)}*{_year(evidence)}"
    names = " and ".join(families) if len(families) < 3 else f"{families[0]} et al."
    return words(f"{names} {evidence.date[:4]}")


def _year(evidence: Evidence) -> str:
    year = evidence.date[:4]
    return f" ({words(year)})" if year and year not in evidence.title else ""


def _note(evidence: Evidence) -> str:
    authors = words(", ".join(evidence.authors))
    facts = [authors, f"*{words(evidence.title)}*", words(evidence.source), words(evidence.date) or "undated"]
    link = evidence_link(evidence)
    others = "; ".join(f"<{there}>" if (there := link_of(each)) else words(each) for each in evidence.also)
    finding = one_line(published(evidence.finding))
    cited = (", ".join(fact for fact in facts if fact) + ".", f"<{link}>." if link else "")
    return " ".join(filter(None, (*cited, ended(f"Also in {others}") if others else "", finding)))
