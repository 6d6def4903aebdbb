"""The kinds of files that references come in, how each is recognised, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from store.errors import BadFile, FileProblem
from store.file.file_tree import Problems, text_in
from store.incoming import Contents, FileKind, Notes, Sample
from store.references.bibliography import references_in
from store.references.csl_items import csl_references, csl_yaml_references, zotero_references
from store.references.reference import Library, Reference, Telling
from store.references.tagged import endnote_references, ris_references

LARGEST: Final = 128_000_000
"""How many bytes a file may have: what 100,000 references with their abstracts take."""
_MOST_PROBLEMS: Final = 50

_BIBTEX: Final = re.compile(r"^[ \t]*@\s*[A-Za-z][\w-]*\s*[{(]\s*[^\s,{}]*\s*[,=\"{]", re.MULTILINE)
_RIS: Final = re.compile(r"^\s{0,3}TY  ?- ?\w", re.MULTILINE)
_ENDNOTE: Final = re.compile(r"\s*%[0-9A-Z@] ")
_JSON: Final = re.compile(r'\s*[\[{]\s*[\]{"]')
_ZOTERO: Final = re.compile(r'"itemType"\s*:')
_ZOTERO_ITEM: Final = re.compile(r'"(?:creators|data|version|title|dateAdded)"\s*:')
_CSL_LIST: Final = re.compile(r"^references\s*:\s*(?:#.*)?$", re.MULTILINE)
_CSL_TYPE: Final = re.compile(
    r"^[ \t-]*type\s*:\s*[\"']?(?:article|book|chapter|paper|thesis|report|webpage|post|dataset|manuscript|speech|entry"
    r"|legal|bill|patent|broadcast|motion|song|figure|graphic|interview|map|pamphlet|personal|review|treaty|software)",
    re.MULTILINE,
)

Read = Callable[[str, Telling], Iterator[Reference]]


def read_bibtex_text(text: str) -> Contents[Library]:
    """Read BibTeX that was pasted.

    Raises:
        BadFile: there is no reference in it.
    """
    return _contents(text, "what was pasted", references_in, Telling())


def _reading(read: Read) -> Callable[[bytes, str], Contents[Library]]:
    def contents(data: bytes, name: str) -> Contents[Library]:
        telling = Telling()
        return _contents(_decoded(data, name, telling.notes), name, read, telling)

    return contents


def _decoded(data: bytes, name: str, notes: Notes) -> str:
    if len(data) > LARGEST:
        Problems(name).stop(0, f"the file has more than {LARGEST:,} bytes; expected at most that")
    text, encoding = text_in(data)
    if encoding:
        line = data.count(b"\n", 0, encoding.at) + 1
        notes.add(line, f"found bytes that are not UTF-8 text; the file is read as {encoding.name}", "changed")
    return text


def _contents(text: str, name: str, read: Read, telling: Telling) -> Contents[Library]:
    try:
        references = tuple(read(text, telling))
    except BadFile as bad:
        raise BadFile(FileProblem(name, each.line, each.text) for each in bad.problems) from None
    _tell_keys([each for each in references if each.given_key and each.key], telling.notes)
    notes = telling.notes.all()
    if not references:
        lost = [note.problem(name) for note in notes if note.kind == "left out"]
        raise BadFile(lost[:_MOST_PROBLEMS] or [FileProblem(name, 0, "there are no references in the file")])
    return Contents(Library(references), notes, dict(telling.unused.most_common()))


def _tell_keys(others: list[Reference], notes: Notes) -> None:
    """Tell once that keys are others here than in the file."""
    if others:
        first, more = others[0], f"; so {len(others):,} keys" if len(others) > 1 else ""
        notes.add(first.line, f"the key {first.given_key[:60]!r} is {first.key!r} here{more}", "changed")


def _is_zotero(sample: Sample) -> bool:
    return bool(_JSON.match(sample.text) and _ZOTERO.search(sample.text) and _ZOTERO_ITEM.search(sample.text))


def _is_csl_yaml(sample: Sample) -> bool:
    return bool(_CSL_LIST.search(sample.text) or (_CSL_TYPE.search(sample.text) and not _JSON.match(sample.text)))


LIBRARIES: Final = (
    FileKind(
        "bibtex",
        "BibTeX or biblatex",
        (".bib", ".bibtex", ".biblatex"),
        lambda sample: _BIBTEX.search(sample.text) is not None,
        _reading(references_in),
    ),
    FileKind("ris", "RIS", (".ris",), lambda sample: _RIS.search(sample.text) is not None, _reading(ris_references)),
    FileKind(
        "endnote",
        "an export of EndNote",
        (".enw",),
        lambda sample: _ENDNOTE.match(sample.text) is not None,
        _reading(endnote_references),
    ),
    FileKind("zotero", "an answer of Zotero's API", (), _is_zotero, _reading(zotero_references)),
    FileKind("csl-yaml", "CSL as YAML", (), _is_csl_yaml, _reading(csl_yaml_references)),
    FileKind(
        "csl-json",
        "CSL-JSON",
        (".csljson", ".json"),
        lambda sample: _JSON.match(sample.text) is not None,
        _reading(csl_references),
    ),
)
"""In the order in which a file is looked at: what can only be one of them goes first."""
