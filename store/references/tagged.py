"""References that are written line by line, each with a tag: RIS, and the export of EndNote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from hypotheses.authors import read_authors, spoken
from store.incoming import Notes
from store.references.reference import Particulars, Reference, Telling, reference_of, unused_fields

_LINE: Final = re.compile(r"[^\r\n]++")
_RIS_LINE: Final = re.compile(r"\s{0,3}([A-Z][A-Z0-9])  ?-(?:\s(.*)|)$", re.DOTALL)
_ENDNOTE_LINE: Final = re.compile(r"\s{0,3}%([0-9A-Z@!#$&()*+,\-./:;<=>?\[\]^~])(?:\s(.*)|)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tags:
    """Which tag holds what, the most telling first."""

    start: str
    title: tuple[str, ...]
    authors: tuple[tuple[str, ...], ...]
    """Each a set of tags; the first that has any counts."""
    dates: tuple[str, ...]
    places: tuple[str, ...]
    doi: tuple[str, ...]
    url: tuple[str, ...]
    key: tuple[str, ...]
    part: tuple[str, ...]
    """Volume, number and pages."""
    others: tuple[str, ...] = ()
    """Where an arXiv id or a DOI may stand."""
    end: str = ""
    used: frozenset[str] = frozenset()
    """Tags that say nothing more."""


RIS: Final = Tags(
    start="TY",
    title=("TI", "T1", "CT", "BT"),
    authors=(("AU", "A1"), ("A2", "ED"), ("A3",)),
    dates=("DA", "PY", "Y1"),
    places=("JF", "JO", "T2", "BT", "JA", "J1", "J2", "T3", "PB"),
    doi=("DO",),
    url=("UR", "LK", "L2"),
    key=("ID",),
    part=("VL", "IS", "SP"),
    others=("AN", "M3", "M1", "C1", "N1"),
    end="ER",
    used=frozenset({"TY", "ER"}),
)
ENDNOTE: Final = Tags(
    start="0",
    title=("T", "Q"),
    authors=(("A",), ("E",), ("Y",)),
    dates=("8", "D"),
    places=("J", "B", "S", "I"),
    doi=("R",),
    url=("U", ">"),
    key=("F",),
    part=("V", "N", "P"),
    others=("M",),
    used=frozenset({"0"}),
)


@dataclass(slots=True)
class _Record:
    """One record as far as it is read."""

    line: int
    fields: dict[str, list[str]] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    """The lines of the field that may go on."""
    _tag: str = ""

    def begin(self, tag: str, value: str) -> None:
        """Begin another field."""
        self.close()
        self._tag, self._open = tag, [value]

    def go_on(self, line: str) -> None:
        """Take a line without a tag, which belongs to the field before it."""
        self._open.append(line)

    def close(self) -> _Record:
        """End the field that is open."""
        if self._tag:
            self.fields.setdefault(self._tag, []).append(" ".join(self._open).strip())
            self._tag = ""
        return self


def ris_references(text: str, telling: Telling) -> Iterator[Reference]:
    """Yield the references in a file of RIS."""
    return _references(_records(text, _RIS_LINE, RIS, telling.notes), RIS, telling)


def endnote_references(text: str, telling: Telling) -> Iterator[Reference]:
    """Yield the references in an export of EndNote."""
    return _references(_records(text, _ENDNOTE_LINE, ENDNOTE, telling.notes), ENDNOTE, telling)


def _records(text: str, look: re.Pattern[str], tags: Tags, notes: Notes) -> Iterator[_Record]:
    """Part a file into records; a line without a tag goes on with the field before it."""
    record: _Record | None = None
    for number, line, is_parted in _lines(text):
        match = look.match(line)
        tag = match[1] if match else ""
        if record is not None and (tag == tags.start or (is_parted and not tags.end)):
            if tags.end:
                notes.add(record.line, f"the record is not closed by {tags.end}", "told")
            yield record.close()
            record = None
        if record is not None and tag and tag == tags.end:
            yield record.close()
            record = None
        elif match and tag != tags.end:
            record = record or _Record(number)
            record.begin(tag, (match[2] or "").strip())
        elif record is not None:
            record.go_on(line.strip())
        elif not match:
            notes.add(number, f"found {line.strip()[:40]!r} before a record; left out")
    if record is not None:
        yield record.close()


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield each line that is not empty, with its number, and whether an empty one stands before it."""
    number, end = 1, 0
    for match in _LINE.finditer(text):
        breaks = max(text.count("\n", end, match.start()), text.count("\r", end, match.start()))
        number, end = number + breaks, match.end()
        if line := match[0].rstrip():
            yield number, line, breaks > 1


def _references(records: Iterable[_Record], tags: Tags, telling: Telling) -> Iterator[Reference]:
    for record in records:
        fields = record.fields
        people = next((group for group in tags.authors if any(map(fields.get, group))), ())
        title = _first(fields, tags.title)
        place = _first(fields, tuple(tag for tag in tags.places if tag not in title))
        doi, url, key = (_first(fields, group) for group in (tags.doi, tags.url, tags.key))
        others = tuple(text for tag in tags.others for text in fields.get(tag, ()) if "arxiv" in text.lower())
        given_key = _text(fields, key)
        found = Particulars(
            _text(fields, title),
            tuple(_people(fields, people)),
            tuple(text.strip("/ ") for tag in tags.dates for text in fields.get(tag, ()) if text.strip("/ ")),
            _text(fields, place),
            doi=_text(fields, doi),
            url=next(iter(re.split(r"[;\s]+", _text(fields, url))), ""),
            part=tuple(_text(fields, (tag,)) for tag in tags.part),
            others=(*others, *(text for tag in tags.url for text in fields.get(tag, ())[:3])),
        )
        used = (*title, *place, *doi, *url, *key, *people, *tags.dates, *tags.used)
        unused_fields(fields, used, telling)
        key_is_number = given_key.isdigit() or "/" in given_key
        if reference := reference_of(found, "" if key_is_number else given_key, record.line, telling):
            yield reference


def _people(fields: Mapping[str, list[str]], tags: tuple[str, ...]) -> Iterator[str]:
    for tag in tags:
        for text in fields.get(tag, ()):
            if ";" in text or " and " in text:
                yield from read_authors(text)
            elif text:
                yield spoken(text)


def _first(fields: Mapping[str, list[str]], tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first of these tags that says something."""
    return next(((tag,) for tag in tags if any(fields.get(tag, ()))), ())


def _text(fields: Mapping[str, list[str]], tags: tuple[str, ...]) -> str:
    return next((text for tag in tags for text in fields.get(tag, ()) if text), "")
