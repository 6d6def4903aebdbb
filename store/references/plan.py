"""Which references are news to a debate, which it has already, and what it says otherwise of those."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from hypotheses.authors import OTHERS
from hypotheses.debate import Debate, Evidence
from hypotheses.edits import EvidenceFields
from store.incoming import Note, Notes
from store.lookup.names import family
from store.lookup.source import NAMES, Source, free_key, suggest_key
from store.references.reference import Reference
from store.references.sameness import KINDS, is_same_work, marks, may_be_same

_MOST_SHARING: Final = 100
"""Works with one identifier whose titles are compared."""
_ET_AL: Final = re.compile(r"\s+et\.? al\.?$", re.IGNORECASE)
_CHECKED: Final = ("date", "doi", "arxiv", "authors")
"""Fields of which it is told if the debate says otherwise; a journal or an address may be written in many ways."""


@dataclass(frozen=True, slots=True)
class Known:
    """A reference that the debate has already, or the file."""

    reference: Reference
    key: str
    """The evidence that it is."""
    why: str
    """`its DOI is that of 'song2023'`."""


@dataclass(frozen=True, slots=True)
class SaidOtherwise:
    """Something that the debate says otherwise of evidence than the file."""

    line: int
    key: str
    field: str
    ours: str
    """In the debate, where it stays."""
    theirs: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking in a file would do."""

    fresh: tuple[Evidence, ...]
    known: tuple[Known, ...] = ()
    lacking: Mapping[str, EvidenceFields] = field(default_factory=dict)
    """Key of evidence that is there -> fields that it lacks and the file has."""
    differences: tuple[SaidOtherwise, ...] = ()
    notes: tuple[Note, ...] = ()


def already_there(debate: Debate, source: Source) -> str:
    """Say which evidence may be of this source: `its DOI is that of 'song2023'`; nothing if none is."""
    there = {mark: key for key, item in debate.evidence.items() for mark in marks(item)}
    shared = next((mark for mark in marks(source) if mark in there), "")
    return f"its {KINDS[shared.partition(':')[0]]} is that of {there[shared]!r}" if shared else ""


def plan(debate: Debate, references: Collection[Reference]) -> Plan:
    """Say which references are news to a debate, with keys that nothing else has, and what becomes of the others."""
    works = _Works(debate.evidence)
    notes = Notes()
    fresh: dict[str, Evidence] = {}
    known: list[Known] = []
    lacking: dict[str, EvidenceFields] = {}
    differences: list[SaidOtherwise] = []
    # A key that the file gives goes before one that is made up here.
    taken = {*debate.evidence, *(reference.key for reference in references)}
    for reference in references:
        own_marks = tuple(marks(reference.source))
        key, why = works.same(reference, own_marks, notes)
        if why:
            known.append(Known(reference, key, why))
            if there := debate.evidence.get(key):
                _compare(reference, there, lacking, differences)
            continue
        key = _key_for(reference, works.evidence, taken, notes)
        taken.add(key)
        fields = reference.source.fields()
        if reference.also:
            fields["also"] = reference.also
        fresh[key] = Evidence(key, **fields)
        works.add(fresh[key], own_marks, reference)
    return Plan(tuple(fresh.values()), tuple(known), lacking, tuple(differences), notes.all())


def _key_for(reference: Reference, evidence: Mapping[str, Evidence], taken: Collection[str], notes: Notes) -> str:
    source = reference.source
    if not reference.key:
        return suggest_key(source.authors, source.date, source.title, taken)
    if reference.key not in evidence:
        return reference.key
    key = free_key(reference.key, taken)
    notes.add(reference.line, f"{reference.key!r} is the key of another work already; taken in as {key!r}", "changed")
    return key


class _Works:
    """What is there already, and what has come in."""

    def __init__(self, evidence: Mapping[str, Evidence]) -> None:
        self.evidence = dict(evidence.items())
        self._by_mark: dict[str, list[str]] = defaultdict(list)
        self._by_all: dict[tuple[object, ...], list[str]] = defaultdict(list)
        """All that is said of evidence that was there before -> its keys."""
        self._claimed: set[str] = set()
        """Keys of evidence that a reference is: none is two works of one file."""
        self._lines: dict[str, int] = {}
        """Key -> the line of the file that it came from."""
        self._parts: dict[str, str] = {}
        """Key -> volume, number and pages in the file that it came from."""
        for item in evidence.values():
            self._by_all[_said(item)].append(item.key)
            self._file(item, marks(item))

    def add(self, item: Evidence, item_marks: Iterable[str], reference: Reference) -> None:
        """Put in what has come in."""
        self.evidence[item.key] = item
        self._lines[item.key] = reference.line
        if reference.part:
            self._parts[item.key] = reference.part
        self._file(item, item_marks)

    def _file(self, item: Evidence, item_marks: Iterable[str]) -> None:
        for mark in item_marks:
            self._by_mark[mark].append(item.key)

    def same(self, reference: Reference, own_marks: Iterable[str], notes: Notes) -> tuple[str, str]:
        """Return the key of the evidence that a reference is, and why; nothing if there is none.

        What shares an identifier with another work is told.
        """
        source = reference.source
        sharing = ""
        for mark in own_marks:
            kind = mark.partition(":")[0]
            for key in self._by_mark.get(mark, ())[:_MOST_SHARING]:
                if is_same_work(source, self.evidence[key], kind) and not (
                    kind == "url" and self._apart(reference, key)
                ):
                    self._claimed.add(key)
                    return key, f"its {KINDS[kind]} is that of {key!r}"
                sharing = sharing or f"has the {KINDS[kind]} of {self._named(key)}, and is another work"
        if key := self._of_its_key(reference) or self._alike(source):
            self._claimed.add(key)
            again = f"it is {self._named(key)} once more" if key in self._lines else f"the debate has {key!r} already"
            return key, again
        if sharing:
            notes.add(reference.line, f"{reference.name} {sharing}; both are kept", "told")
        return "", ""

    def _apart(self, reference: Reference, key: str) -> bool:
        """Say whether they stand in other volumes or on other pages."""
        other = self._parts.get(key, "")
        return bool(other and reference.part and other != reference.part)

    def _named(self, key: str) -> str:
        return f"{key!r} (line {self._lines[key]})" if self._lines.get(key) else repr(key)

    def _of_its_key(self, reference: Reference) -> str:
        there = self.evidence.get(reference.key) if reference.key else None
        if there is None:
            return ""
        if reference.key in self._lines:
            # In one file a key that stands twice is told to be one work by nothing less than all that is said of it.
            return reference.key if _said(reference.source) == _said(there) else ""
        return reference.key if may_be_same(reference.source, there) else ""

    def _alike(self, source: Source) -> str:
        """Return evidence that was there before of which everything is the same; each only once."""
        keys = self._by_all.get(_said(source), [])
        while keys:
            if (key := keys.pop()) not in self._claimed:
                return key
        return ""


def _said(source: Source | Evidence) -> tuple[object, ...]:
    return tuple(getattr(source, name) for name in NAMES)


def _compare(
    reference: Reference,
    there: Evidence,
    lacking: dict[str, EvidenceFields],
    differences: list[SaidOtherwise],
) -> None:
    """Note what evidence lacks that a reference has, and what it says otherwise."""
    fields = reference.source.fields()
    missing = {name: value for name, value in fields.items() if not getattr(there, name)}
    if missing:
        lacking[there.key] = cast("EvidenceFields", {**lacking.get(there.key, {}), **missing})
    for name in _CHECKED:
        ours, theirs = getattr(there, name), getattr(reference.source, name)
        if ours and theirs and not _agree(name, ours, theirs):
            differences.append(SaidOtherwise(reference.line, there.key, name, _text(ours), _text(theirs)))


def _agree(name: str, ours: object, theirs: object) -> bool:
    if isinstance(ours, str) and isinstance(theirs, str):
        one, other = ours.casefold(), theirs.casefold()
        if name == "date":
            return one.startswith(other) or other.startswith(one)
        return (
            one.removeprefix("arxiv:").partition("v")[0] == other.partition("v")[0] if name == "arxiv" else one == other
        )
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        mine, others = _families(ours), _families(theirs)
        if OTHERS in (*mine[-1:], *others[-1:]):
            # Where either names only the first of them, the rest are not known to be other people.
            return all(one == other for one, other in zip(mine, others) if OTHERS not in (one, other))
        return mine == others
    return ours == theirs


def _families(names: tuple[str, ...]) -> list[str]:
    """Return the family names of authors, with `others` last where not all are named."""
    cut = [_ET_AL.sub("", name) for name in names]
    return [family(name) for name in cut if name != OTHERS] + [OTHERS] * (cut != list(names) or OTHERS in names)


def _text(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
