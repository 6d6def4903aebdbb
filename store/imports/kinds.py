"""Every kind of file that can be taken in, in one table, and which of them a file is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from hypotheses.debate import Debate
from hypotheses.problems import Malformed
from store.errors import BadFile, FileProblem
from store.file.debate_file import read_debate
from store.incoming import Contents, FileKind, Sample, sample_of
from store.intake.arriving import Arrival
from store.intake.idea_files import ideas_in, is_ideas, mail_in
from store.maps.forecasts import read_forecasts
from store.maps.map_kinds import FORECASTS, MAPS
from store.maps.taken import Maps
from store.references.reference import Library
from store.references.reference_kinds import LARGEST, LIBRARIES

__all__ = ["KINDS", "LARGEST", "Content", "ReadersIdeas", "is_debate", "kind_named", "kind_of", "read_content"]


@dataclass(frozen=True, slots=True)
class ReadersIdeas:
    """What is in a file of ideas, in mail, or in a folder of both."""

    arrivals: tuple[Arrival, ...]


Content = Debate | Library | Maps | ReadersIdeas
"""What a file can hold."""

_DEBATE: Final = re.compile(r"^[\"']?(?:abduce|debate|hypotheses|quantities|gaps)[\"']?\s*:", re.MULTILINE)
_DEBATE_IN_JSON: Final = re.compile(rb'\s*\{\s*("debate"\s*:)?')
_IDEA: Final = re.compile(r"^(?:-\s+)?(?:title|ideas)\s*:", re.MULTILINE)
_JSON: Final = re.compile(r"\s*[\[{]")
_MAIL: Final = re.compile(r"(?:From \S|(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version): )")
_TREES: Final = (".yaml", ".yml", ".json")
_SHARED: Final = (*_TREES, ".csv", ".tsv", ".txt", ".md")
"""Endings that files of several kinds have."""


def is_debate(sample: Sample) -> bool:
    """Return whether a file is a debate, whatever the order of its fields, and no list of references."""
    if not _JSON.match(sample.text):
        return _DEBATE.search(sample.text) is not None
    data = sample.data.removeprefix(b"\xef\xbb\xbf")
    start = _DEBATE_IN_JSON.match(data)
    return start is not None and (start[1] is not None or re.search(rb'"abduce"\s*:', data) is not None)


def _is_file_of_ideas(sample: Sample) -> bool:
    is_tree = sample.name.endswith(_TREES) or _IDEA.search(sample.text) is not None
    return is_tree and is_ideas(sample.data, sample.name)


def _debate(data: bytes, name: str) -> Contents[Debate]:
    return Contents(read_debate(data, name))


def _ideas(data: bytes, name: str) -> Contents[ReadersIdeas]:
    return Contents(ReadersIdeas(tuple(ideas_in(data, name))))


def _mail(data: bytes, name: str) -> Contents[ReadersIdeas]:
    return Contents(ReadersIdeas(tuple(mail_in(data, name))))


KINDS: Final[tuple[FileKind[Content], ...]] = (
    FileKind("debate", "a debate (YAML or JSON)", (".yaml", ".yml"), is_debate, _debate),
    FileKind("mail", "mail", (".eml", ".mbox"), lambda sample: _MAIL.match(sample.text) is not None, _mail),
    *LIBRARIES[:-1],
    *MAPS,
    FileKind("ideas", "readers' ideas (YAML or JSON)", (), _is_file_of_ideas, _ideas),
    LIBRARIES[-1],
)
"""In the order in which a file is looked at: what can only be one of them goes first."""


def kind_named(name: str) -> FileKind[Content]:
    """Return the kind of this name.

    Raises:
        Malformed: there is none.
    """
    for kind in KINDS:
        if kind.name == name:
            return kind
    raise Malformed(f"found the kind {name!r}; expected {', '.join(kind.name for kind in KINDS)}")


def kind_of(data: bytes, name: str) -> FileKind[Content] | None:
    """Find out what kind a file is of: by what is in it, else by the ending of its name; None if by neither."""
    sample = sample_of(data, name)
    named = [kind for kind in KINDS if sample.name.endswith(kind.endings)]
    # A name that only one kind has is believed first: in a BibTeX file there may be anything.
    first = [kind for kind in named if not sample.name.endswith(_SHARED)]
    return next((kind for kind in (*first, *KINDS) if kind.looks_so(sample)), next(iter(named), None))


def read_content(
    data: bytes, name: str, kind: FileKind[Content] | None = None, person: str = ""
) -> tuple[FileKind[Content], Contents[Content]]:
    """Read a file of any kind.

    Args:
        data: What is in it.
        name: How notes and problems call it.
        kind: What it is; found out if it is not said.
        person: Who takes it in, under which name; of several people's forecasts these are theirs.

    Raises:
        BadFile: it is of no kind that is known, or nothing of it can be taken.
    """
    if kind is None:
        kind = kind_of(data, name)
    if kind is None:
        raise BadFile([FileProblem(name, 0, f"this kind of file is not known; known are {known_kinds()}")])
    if person and kind.name == FORECASTS:
        return kind, read_forecasts(data, name, person)
    return kind, kind.read(data, name)


def known_kinds() -> str:
    """Return what can be taken in, as it stands in a sentence."""
    names = [f"{kind.title} ({' '.join(kind.endings)})" if kind.endings else kind.title for kind in KINDS]
    return f"{', '.join(names[:-1])} and {names[-1]}"
