"""Projects of PARC's ACH (`.achz`): XML in UTF-16, packed by gzip, read into debates.

A project has its title in `PROJECT-TITLE`, and in a `MATRIX` each `HYPOTHESIS` with its `NAME` and each `EVIDENCE` with
`NAME`, `NOTES`, `LINK`, `TYPE`, `DATE`, `CODE`, `FLAG`, `CREDIBILITY` and, in the order of the hypotheses, `VALUES`
such as `I I,I,N,NA,C,C C`. (Palo Alto Research Center, ACH 2.0; what the program writes is described nowhere.)
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from hypotheses import rules
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from store.file.file_tree import Problems
from store.file.xml_tree import Element, read_xml
from store.incoming import Contents
from store.maps.building import Building, short, slug_of, sources
from store.maps.matrix import name_of
from store.maps.ratings import seen
from store.maps.reading import Cells
from store.maps.taken import LARGEST, MapNotes, Maps, one_line

GZIP: Final = b"\x1f\x8b"
"""How what is packed by gzip begins."""
_WITH_HEADER: Final = 31
"""What tells zlib to expect the header and the sum of gzip."""
_LEAST_UNPACKED: Final = 2_000_000
_MOST_FOLD: Final = 50
"""Bytes that any file may have when it is unpacked, and how many more for each that it has packed: XML in UTF-16 is
packed to a fortieth at best, what repeats one thing to a thousandth."""
_OF_HYPOTHESES: Final = frozenset({"NAME", "NOTES"})
_OF_EVIDENCE: Final = frozenset(
    {"NAME", "NOTES", "LINK", "TYPE", "DATE", "CODE", "FLAG", "CREDIBILITY", "RELEVANCE", "VALUES"}
)
_YES: Final = ("true", "yes", "1")
_NO: Final = ("", "false", "no", "0")


def read_achz(data: bytes, path: str) -> Contents[Maps]:
    """Read a project, packed or not.

    Raises:
        BadFile: it is none, or is too large when unpacked.
    """
    notes, problems = MapNotes(), Problems(path)
    text = _text(_unpacked(data, problems), problems)
    notes.budget.allow(len(text))
    root = read_xml(text, problems)
    matrices = list(_within(root, "MATRIX"))
    if not matrices:
        problems.stop(root.line, "there is no MATRIX in the file; expected a project of PARC's ACH")
    for other in matrices[1:]:
        notes.add(other.line, "a further MATRIX was left out")
    titled = next(_within(root, "PROJECT-TITLE"), None)
    title = one_line(titled.text if titled else "") or name_of(path)
    for other in root.children:
        if other.name not in ("PROJECT-TITLE", "MATRIX") and other.text:
            notes.add(other.line, f"the {other.name} {short(other.text)} was left out")
    building = Building(notes, problems)
    _read_matrix(matrices[0], building, notes)
    if not building.hypotheses:
        problems.stop(matrices[0].line, "there is no HYPOTHESIS in the MATRIX; expected one or more")
    title = notes.fitted(titled.line if titled else 0, "the title", title, rules.TITLE_LENGTH)
    return Contents(Maps((building.as_matrix(Debate(slug_of(title), title)),)), notes.all())


def _unpacked(data: bytes, problems: Problems) -> bytes:
    if not data.startswith(GZIP):
        return data
    most = min(2 * LARGEST, _LEAST_UNPACKED + _MOST_FOLD * len(data))
    unpacking = zlib.decompressobj(_WITH_HEADER)
    try:
        unpacked = unpacking.decompress(data, most + 1)
    except zlib.error:
        problems.stop(0, "the file is damaged: it cannot be unpacked")
    if len(unpacked) > most:
        problems.stop(0, f"unpacked, the file has more than {most:,} bytes; expected at most that of {len(data):,}")
    if not unpacking.eof:
        problems.stop(0, "the file ends too early; expected the whole of it")
    return unpacked


def _text(data: bytes, problems: Problems) -> str:
    """Return XML as text, also in UTF-16 without the mark that says so: every document begins with `<`."""
    begins = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
    encoding = begins.get(data[:2], "utf-8-sig")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        problems.stop(
            data.count(b"\n", 0, error.start) + 1,
            f"found bytes that are not {encoding.removesuffix('-sig').upper()} text",
        )
    if "\0" in text:
        problems.stop(text.count("\n", 0, text.index("\0")) + 1, "found the character U+0000; expected text")
    return text


def _within(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name at any depth, but not those in one another."""
    for child in element.children:
        if child.name == name:
            yield child
        else:
            yield from _within(child, name)


def _read_matrix(matrix: Element, building: Building, notes: MapNotes) -> None:
    slugs: list[str] = []
    for each in matrix.all("HYPOTHESIS"):
        title = one_line(each.text_of("NAME"))
        if not title:
            title = f"Hypothesis {len(slugs) + 1}"
            notes.add(each.line, f"a HYPOTHESIS has no NAME; it is called {title!r}", "changed")
        hypothesis = Hypothesis("", title, statement=each.text_of("NOTES"))
        slugs.append(building.add_hypothesis(each.line, hypothesis))
        _tell_unknown(each, _OF_HYPOTHESES, notes)
    for each in matrix.all("EVIDENCE"):
        _add_evidence(each, slugs, building, notes)
    for other in matrix.children:
        if other.name not in ("HYPOTHESIS", "EVIDENCE") and (other.text or other.children):
            notes.once(other.line, f"{other.name} in the MATRIX is not known; it was left out", "left out")


def _tell_unknown(element: Element, known: Collection[str], notes: MapNotes) -> None:
    for child in element.children:
        if child.name not in known:
            what = f"{child.name} {short(child.text)}" if child.text else child.name
            notes.add(child.line, f"{what} of {element.name} is not known; it was left out")
    for name in element.attributes:
        notes.once(element.line, f"the attribute {name} of {element.name} is not known; it was left out", "left out")


def _add_evidence(element: Element, slugs: Sequence[str], building: Building, notes: MapNotes) -> None:
    title = one_line(element.text_of("NAME")) or one_line(element.text_of("NOTES"))
    if not title:
        notes.add(element.line, "an EVIDENCE has no NAME; it was left out")
        return
    cells = Cells(element.line, notes)
    cells.kept += [f"{name.capitalize()}: {text}" for name in ("TYPE", "CODE") if (text := element.text_of(name))]
    if (flag := element.text_of("FLAG")) and flag.lower() not in _NO:
        cells.kept.append("Flagged" if flag.lower() in _YES else f"Flag: {flag}")
    ratings = list(_ratings(element, slugs, cells, notes))
    url, also = sources([element.text_of("LINK")], element.line, notes)
    evidence = Evidence(
        "",
        title,
        date=cells.date(element.text_of("DATE")),
        url=url,
        also=also,
        finding=element.text_of("NOTES") if element.text_of("NAME") else "",
        credibility=cells.weight("credibility", element.text_of("CREDIBILITY")),
        relevance=cells.weight("relevance", element.text_of("RELEVANCE")),
    )
    key = building.add_evidence(element.line, replace(evidence, note=cells.note))
    for slug, cell in ratings:
        building.rate(element.line, key, slug, cell)
    _tell_unknown(element, _OF_EVIDENCE, notes)


def _ratings(element: Element, slugs: Sequence[str], cells: Cells, notes: MapNotes) -> Iterator[tuple[str, Assessment]]:
    values = element.text_of("VALUES")
    each = values.split(",") if values else []
    if len(each) not in (0, len(slugs)):
        notes.add(element.line, f"found {len(each)} VALUES for {len(slugs)} hypotheses; expected one for each", "told")
        cells.kept += [f"Values: {values}"] * (len(each) > len(slugs))
    for slug, text in zip(slugs, each):
        cell = seen(text)
        if isinstance(cell, Assessment) and slug:
            yield slug, cell
        elif cell is not None and slug:
            cells.keep(slug, text.strip(), f"found {short(text)} among VALUES; expected CC, C, N, I, II or NA")
