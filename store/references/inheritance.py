"""What an entry of BibTeX has from others: the whole it is a part of (`crossref`), what is said once (`xdata`).

What names one work is never handed on: a chapter has neither the DOI of its book nor its address, arXiv id, pages or
note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from store.incoming import Budget
from store.references.bibtex import BibtexEntry

_ITS_OWN: Final = frozenset(
    (
        *("crossref", "xdata", "xref", "ids", "entryset", "doi", "url", "urldate", "urlyear", "eprint"),
        *("eprintclass", "primaryclass", "howpublished", "note", "addendum", "pages", "pagetotal", "isbn"),
        *("issn", "isrn", "pmid", "pmcid", "file", "abstract", "annotation", "annote", "keywords", "shorthand"),
        *("label", "related", "relatedtype", "relatedstring", "titleaddon", "shorttitle"),
    )
)
_DEEPEST: Final = 20
"""How many levels are followed."""
_OF_A_FIELD: Final = 50
"""For how many characters a field counts beside its value."""


class Shelf:
    """The entries of a file by their keys."""

    def __init__(self, entries: Iterable[BibtexEntry], budget: Budget) -> None:
        self._budget = budget
        self._by_key: dict[str, BibtexEntry] = {}
        self._folded: dict[str, BibtexEntry] = {}
        self._inherited: dict[int, Mapping[str, str]] = {}
        """Identity of an entry that refers to others -> its fields, or those of its own while they are looked for."""
        for entry in entries:
            if entry.key:
                self._by_key.setdefault(entry.key, entry)
                self._folded.setdefault(entry.key.casefold(), entry)

    def entry(self, key: str) -> BibtexEntry | None:
        """Return the first entry of this key, else of it in other letters, upper or lower."""
        key = key.strip()
        return self._by_key.get(key) or self._folded.get(key.casefold())

    def fields_of(self, entry: BibtexEntry) -> Mapping[str, str]:
        """Return the fields of an entry with what it has from others.

        Raises:
            Malformed: that is more than all of them may have from others together.
        """
        return self._fields(entry)

    def missing(self, entry: BibtexEntry) -> list[str]:
        """Return the keys that an entry refers to and that are not there."""
        return [key for key in (*_keys(entry, "crossref"), *_keys(entry, "xdata")) if self.entry(key) is None]

    def _fields(self, entry: BibtexEntry, depth: int = 0) -> Mapping[str, str]:
        if "crossref" not in entry.fields and "xdata" not in entry.fields:
            return entry.fields
        if id(entry) in self._inherited:
            return self._inherited[id(entry)]
        # Whoever refers to itself, over however many others, has nothing from there.
        self._inherited[id(entry)] = entry.fields
        fields = dict(entry.fields)
        if depth < _DEEPEST:
            for key in _keys(entry, "xdata"):
                if other := self.entry(key):
                    self._hand_on(self._fields(other, depth + 1), fields, frozenset())
            for key in _keys(entry, "crossref"):
                if whole := self.entry(key):
                    theirs = dict(self._fields(whole, depth + 1))
                    theirs["booktitle"] = whole.fields.get("booktitle") or theirs.get("title", "")
                    self._hand_on(theirs, fields, frozenset({"title", "subtitle"}))
        self._inherited[id(entry)] = fields
        return fields

    def _hand_on(self, theirs: Mapping[str, str], fields: dict[str, str], without: frozenset[str]) -> None:
        for name, value in theirs.items():
            if name not in _ITS_OWN and name not in without and name not in fields:
                self._budget.take(_OF_A_FIELD + len(value))
                fields[name] = value


def _keys(entry: BibtexEntry, field: str) -> list[str]:
    return [key.strip() for key in entry.fields.get(field, "").split(",") if key.strip()]
