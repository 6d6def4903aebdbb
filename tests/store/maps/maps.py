"""What the tests of the readers share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hypotheses.admission import admit
from hypotheses.debate import Debate
from hypotheses.ratios import format_ratio
from store.file.debate_file import read_debate, write_debate
from store.incoming import Contents
from store.maps.taken import Maps

Read = Callable[[bytes, str], Contents[Maps]]


def debate_of(read: Read, text: str | bytes, path: str = "pier.txt") -> Debate:
    """Return the only debate in a file, which may be kept and comes back from a debate file as it is."""
    (debate,) = contents_of(read, text, path).value.debates
    admit(Debate(debate.slug, debate.title), debate)
    assert read_debate(write_debate(debate)) == debate
    return debate


def contents_of(read: Read, text: str | bytes, path: str = "pier.txt") -> Contents[Maps]:
    return read(text.encode() if isinstance(text, str) else text, path)


def noted(read: Read, text: str | bytes, path: str = "pier.txt") -> list[tuple[int, str]]:
    """Return what is said of a file, with its lines."""
    return [(note.line, note.text) for note in contents_of(read, text, path).notes]


def ratings(debate: Debate) -> Mapping[str, Mapping[str, str]]:
    """Return the cells of a debate's matrix as they would be typed."""
    return {
        key: {slug: format_ratio(cell.ratio) for slug, cell in item.assessments.items()}
        for key, item in debate.evidence.items()
    }
