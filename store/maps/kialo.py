"""Discussions that Kialo exports as text, read into debates.

`1. A thesis.`, `1.1. Pro: …` and `1.1.1. Con: …`: theses become explanations and what stands under one evidence, for or
against it. What is said of a claim stands in the finding of the evidence that it is about. `-> See 1.2.` is that claim
once more: under another thesis it is the same evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from hypotheses import rules
from hypotheses.debate import Debate, Evidence, Hypothesis
from store.file.file_tree import Problems
from store.incoming import Contents
from store.maps.building import Building, short, slug_of, sources
from store.maps.claims import AGAINST, FOR, MapClaim, threaded
from store.maps.markdown import cited
from store.maps.matrix import name_of
from store.maps.taken import MapNotes, Maps, one_line, text_of

TITLE: Final = re.compile(r"\s*Discussion Title:[ \t]*(.*)")
# A group that takes all it can and gives nothing back takes nothing in Python before 3.11.5.
CLAIM: Final = re.compile(r"\s{0,100}+(\d{1,9}(?:\.\d{1,9})*)\.\s+(?:(Pro|Con)\s?:\s*)?(.*)", re.ASCII)
_REFERENCE: Final = re.compile(r"->\s*See\s+(\d{1,9}(?:\.\d{1,9})*)\.?\s*", re.ASCII | re.IGNORECASE)
_MOST_STEPS: Final = 20
"""How many references to references are followed."""
_SIGNS: Final = {"Pro": FOR, "Con": AGAINST}


@dataclass
class _Discussion:
    title: str = ""
    question: list[str] = field(default_factory=list)
    theses: dict[str, MapClaim] = field(default_factory=dict)
    """By their numbers."""
    claims: dict[str, MapClaim] = field(default_factory=dict)
    """All of them, by their numbers."""
    loose: list[MapClaim] = field(default_factory=list)
    """What stands under nothing."""


def read_kialo(data: bytes, path: str) -> Contents[Maps]:
    """Read a discussion.

    Raises:
        BadFile: there is none in it.
    """
    notes, problems = MapNotes(), Problems(path)
    found = _read(text_of(data, notes, problems), notes)
    if not found.claims:
        problems.stop(
            0, "there is no claim in the file; expected lines such as `1. A thesis.` and `1.1. Pro: A reason.`"
        )
    title = notes.fitted(1, "the title", one_line(found.title) or name_of(path), rules.TITLE_LENGTH)
    building = Building(notes, problems)
    _Mapping(found, building, notes).carry_out()
    question = notes.fitted(1, "the text before the first thesis", "\n".join(found.question).strip())
    return Contents(Maps((building.finished(Debate(slug_of(title), title, question)),)), notes.all())


def _read(text: str, notes: MapNotes) -> _Discussion:
    found = _Discussion()
    last: MapClaim | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if match := CLAIM.fullmatch(line):
            last = MapClaim(number, match[3].strip(), match[2] or "")
            _place(found, match[1], last, notes)
        elif not found.claims and not found.title and (titled := TITLE.fullmatch(line)):
            found.title = titled[1].strip()
        elif last is not None and line.strip():
            last.text = f"{last.text}\n{line.strip()}"
        elif last is None:
            found.question.append(line)
    return found


def _place(found: _Discussion, number: str, claim: MapClaim, notes: MapNotes) -> None:
    """Put a claim under the one whose number its own begins with."""
    above, _, _ = number.rpartition(".")
    if number in found.claims:
        notes.add(claim.line, f"there are two claims of number {number}; a reference to it means the first", "told")
    found.claims.setdefault(number, claim)
    if not above:
        found.theses[number if number not in found.theses else f"{number} {claim.line}"] = claim
    elif above in found.claims:
        found.claims[above].children.append(claim)
    else:
        notes.add(
            claim.line,
            f"there is no claim {above} that {number} could be about; it became evidence by itself",
            "changed",
        )
        found.loose.append(claim)


class _Mapping:
    """A discussion on its way into a debate."""

    def __init__(self, found: _Discussion, building: Building, notes: MapNotes) -> None:
        self._found = found
        self._building = building
        self._notes = notes
        self._keys: dict[int, str] = {}
        """MapClaim, by its identity -> the key of the evidence that it became."""

    def carry_out(self) -> None:
        """Add the theses, and what stands under them."""
        theses = self._found.theses.values()
        direct = {id(claim) for thesis in theses for claim in thesis.children}
        meant = {id(claim): self._meant(claim) for claim in self._found.claims.values()}
        for claim in self._found.claims.values():
            other = meant[id(claim)]
            if id(claim) not in direct:
                claim.text = other.text
            elif other is not claim:
                # What is said of it here is said of the same claim.
                other.children += claim.children
        for slug, thesis in [(self._add_thesis(thesis), thesis) for thesis in theses]:
            for claim in thesis.children:
                self._add_claim(claim, meant.get(id(claim), claim), slug)
        for claim in self._found.loose:
            self._evidence_of(claim)

    def _meant(self, claim: MapClaim) -> MapClaim:
        """Return the claim that a reference means; any other means itself."""
        now = claim
        for _ in range(_MOST_STEPS):
            match = _REFERENCE.fullmatch(now.text)
            if match is None:
                return now
            if match[1] not in self._found.claims:
                self._notes.add(
                    claim.line, f"there is no claim {match[1]}; the reference to it is kept as it stands", "told"
                )
                return claim
            now = self._found.claims[match[1]]
        self._notes.add(claim.line, "this reference leads to no claim; it is kept as it stands", "told")
        return claim

    def _add_thesis(self, thesis: MapClaim) -> str:
        read = cited(thesis.text)
        statement = thesis.text if read.links else ""
        title = read.text or "A thesis without words"
        return self._building.add_hypothesis(thesis.line, Hypothesis("", title, statement, placeholder=True))

    def _add_claim(self, claim: MapClaim, meant: MapClaim, slug: str) -> None:
        """Add what stands under a thesis as evidence, or rate the evidence that it is already."""
        key = self._evidence_of(meant)
        if not slug:
            return
        if claim.label not in _SIGNS:
            self._notes.add(claim.line, f"{short(claim.text)} is neither a Pro nor a Con; it is not rated", "told")
            return
        told = "a Pro was taken for + (3) and a Con for - (1/3), since the file does not say how strong they are"
        self._notes.once(claim.line, told)
        self._building.rate(claim.line, key, slug, _SIGNS[claim.label])

    def _evidence_of(self, claim: MapClaim) -> str:
        """Return the key of the evidence that a claim is; it becomes it if it is none yet."""
        if id(claim) not in self._keys:
            read = cited(claim.text)
            url, also = sources(read.links, claim.line, self._notes)
            evidence = Evidence("", read.text or url or "A claim without words", url=url, also=also)
            evidence = replace(evidence, finding=threaded(claim.children))
            self._keys[id(claim)] = self._building.add_evidence(claim.line, evidence)
        return self._keys[id(claim)]
