"""Files of references, read for a test."""

from __future__ import annotations

import pytest

from store.errors import BadFile
from store.imports.kinds import read_content
from store.incoming import Contents
from store.lookup.source import Source
from store.references.reference import Library, Reference


def contents(text: str | bytes, name: str = "refs.bib") -> Contents[Library]:
    _, read = read_content(text.encode() if isinstance(text, str) else text, name)
    assert isinstance(read.value, Library)
    return Contents(read.value, read.notes, read.unused)


def references(text: str | bytes, name: str = "refs.bib") -> tuple[Reference, ...]:
    return contents(text, name).value.references


def one(text: str | bytes, name: str = "refs.bib") -> Source:
    (reference,) = references(text, name)
    return reference.source


def notes(text: str | bytes, name: str = "refs.bib") -> list[str]:
    """Return what is told of a file of which something is taken: `2: dummy: it has no title; left out`."""
    return [f"{note.line}: {note.text}" for note in contents(text, name).notes]


def refused(text: str | bytes, name: str = "refs.bib") -> list[str]:
    """Return the problems of a file of which nothing can be taken."""
    with pytest.raises(BadFile) as problems:
        read_content(text.encode() if isinstance(text, str) else text, name)
    return str(problems.value).splitlines()
