"""A debate that is put together piece by piece, within what a debate may hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from math import floor
from typing import Final

from hypotheses import rules
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.edits import slug_for
from hypotheses.problems import Malformed
from store.file.file_tree import Problems
from store.maps.taken import MapNotes, one_line

MOST_EVIDENCE: Final = 100_000
MOST_CELLS: Final = 1_000_000
SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_.:+-]*")
"""What is certainly meant as a slug or a key."""
_LONGEST_NAMED: Final = 1_000
"""How many characters of a title a name is made of: many more than it has."""


class Building:
    """What is there of a debate so far."""

    def __init__(self, notes: MapNotes, problems: Problems) -> None:
        self._notes = notes
        self._problems = problems
        self.hypotheses: dict[str, Hypothesis] = {}
        self.evidence: dict[str, Evidence] = {}
        self._cells: dict[str, dict[str, Assessment]] = {}
        self._count = 0
        self._slugs, self._keys = _Names(), _Names()

    def add_hypothesis(self, line: int, hypothesis: Hypothesis, name: str = "") -> str:
        """Add an explanation behind the others; return its slug, made of a name or else of its title if neither is one.

        There is none if there are too many already. A title that is no line is shortened, and stands in the statement.

        Raises:
            BadFile: all that is said comes to more than a file of this size may say.
        """
        if len(self.hypotheses) >= rules.MOST["hypotheses"]:
            most = rules.MOST["hypotheses"]
            self._notes.add(line, f"there are more than {most} explanations; {short(hypothesis.title)} was left out")
            return ""
        named = name or hypothesis.title
        slug = self._slugs.kept(named if SLUG.fullmatch(named) else "") or self._slugs.made(named, "explanation")
        title, statement = self._titled(line, hypothesis.title, hypothesis.statement)
        self._require(line, title, statement, hypothesis.note)
        position = len(self.hypotheses)
        others = {person: replace(stated, position=position) for person, stated in hypothesis.others.items()}
        hypothesis = replace(hypothesis, slug=slug, title=title, statement=statement)
        self.hypotheses[slug] = replace(hypothesis, position=position, others=others)
        return slug

    def add_evidence(self, line: int, evidence: Evidence, name: str = "") -> str:
        """Add evidence; return its key, which is the name if that can be one, or is made of it or of the title.

        A title that is no line is shortened, and stands in the finding.

        Raises:
            BadFile: there is too much of it, or all that is said comes to more than a file of this size may say.
        """
        if len(self.evidence) >= MOST_EVIDENCE:
            self._problems.stop(line, f"there are more than {MOST_EVIDENCE:,} items of evidence; expected at most that")
        key = self._keys.kept(name) or self._keys.made(name or evidence.title, "evidence")
        title, finding = self._titled(line, evidence.title, evidence.finding)
        note = self._fitted(line, title, "note", evidence.note)
        source = self._fitted(line, title, "source", evidence.source)
        self._require(line, title, finding, note, source)
        cells = self._cells[key] = {}
        self.evidence[key] = replace(
            evidence, key=key, title=title, finding=finding, note=note, source=source, assessments=cells
        )
        return key

    def rate(self, line: int, key: str, slug: str, cell: Assessment) -> None:
        """Rate evidence for an explanation; a second rating of a cell is noted and left out.

        Raises:
            BadFile: there are too many ratings.
        """
        cells = self._cells[key]
        if slug in cells:
            if cells[slug] != cell:
                self._notes.add(line, f"{key!r} is rated twice for {slug!r}; the first rating was kept")
            return
        self._count += 1
        if self._count > MOST_CELLS:
            self._problems.stop(line, f"there are more than {MOST_CELLS:,} ratings; expected at most that")
        cells[slug] = cell

    def finished(self, debate: Debate) -> Debate:
        """Return a debate with all that was added."""
        return replace(debate, hypotheses=self.hypotheses, evidence=self.evidence)

    def as_matrix(self, debate: Debate) -> Debate:
        """Return a debate with all that was added, of whose explanations one is true, as in ACH, or none.

        Nobody has said how plausible each is: they share nine tenths equally.
        """
        share = floor(900 / max(1, len(self.hypotheses))) / 1000
        for slug, each in self.hypotheses.items():
            self.hypotheses[slug] = replace(each, plausibility=share, prior=share, placeholder=True)
        self._notes.add(
            0, f"one explanation is taken to be true, as in ACH, or none; each begins at {share:.1%}", "told"
        )
        return self.finished(replace(debate, mode="exclusive"))

    def _require(self, line: int, *texts: str) -> None:
        """Require that there is room for texts: what is said once may stand under very many others."""
        try:
            self._notes.budget.take(sum(map(len, texts)))
        except Malformed as error:
            self._problems.stop(line, str(error))

    def _titled(self, line: int, title: str, text: str) -> tuple[str, str]:
        """Return the line that a title makes, and the text with the whole of it if that is longer."""
        head = one_line(title)
        if len(head) > rules.TITLE_LENGTH:
            self._notes.add(
                line, f"a title has {len(head):,} characters; it was cut, and stands whole in the text", "changed"
            )
            text = f"{title.strip()}\n\n{text}".strip()
            head = f"{head[: rules.TITLE_LENGTH - 1].rstrip()}…"
        return head, self._fitted(line, head, "text", text)

    def _fitted(self, line: int, title: str, what: str, text: str) -> str:
        if len(text) <= rules.TEXT_LENGTH:
            return text
        return self._notes.fitted(line, f"the {what} of {short(title)}", text)


class _Names:
    """The slugs or keys that are taken. However many begin alike, one more takes no longer."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: Counter[str] = Counter()

    def kept(self, name: str) -> str:
        """Return a name as it is, if it can be one and is free."""
        try:
            is_free = rules.name(name) not in self._taken
        except Malformed:
            return ""
        if is_free:
            self._taken.add(name)
        return name if is_free else ""

    def made(self, title: str, fallback: str) -> str:
        """Make a name of a title."""
        base = name = slug_for(title[:_LONGEST_NAMED], (), fallback)
        while name in self._taken:
            self._next[base] += 1
            name = f"{base}-{self._next[base] + 1}"
        self._taken.add(name)
        return name


def sources(links: Iterable[str], line: int, notes: MapNotes) -> tuple[str, tuple[str, ...]]:
    """Return the first address among links, and what else there is, as further sources.

    A further source is a line; one that is longer is left out, since half an address leads nowhere.
    """
    each = [one for link in dict.fromkeys(links) if (one := one_line(link))]
    url = next((one for one in each if is_address(one) and len(one) <= rules.TEXT_LENGTH), "")
    also = []
    for one in each:
        if one != url and len(one) <= rules.TITLE_LENGTH:
            also.append(one)
        elif one != url:
            notes.add(line, f"the link {short(one)} has {len(one):,} characters; it was left out")
    return url, tuple(also)


def is_address(text: str) -> bool:
    """Say whether a text is the address of a web page."""
    try:
        return bool(rules.url(text))
    except Malformed:
        return False


def slug_of(title: str) -> str:
    """Return the slug of a debate with a title."""
    return slug_for(title[:_LONGEST_NAMED], (), "debate")


def short(title: str) -> str:
    """Return a title for the midst of a sentence."""
    head = one_line(title[: rules.TITLE_LENGTH])
    return repr(head if len(head) <= 60 else f"{head[:57]}…")
