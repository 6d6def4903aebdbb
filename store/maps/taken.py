"""What the readers of matrices and maps share: what they give back, what they note, and the text of a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from hypotheses import rules
from hypotheses.debate import Debate
from store.file.file_tree import Problems, text_in
from store.incoming import Budget, NoteKind, Notes

LARGEST: Final = 16_000_000
"""How many bytes a file may have, packed and unpacked."""
_NEVER: Final = re.compile("[\0\ud800-\udfff]")
"""What no text holds, but what was no text may."""


@dataclass(frozen=True, slots=True)
class Maps:
    """What a matrix, a map or a list of forecasts is read into."""

    debates: tuple[Debate, ...]


class MapNotes(Notes):
    """What there is to say of one file so far."""

    def __init__(self) -> None:
        super().__init__()
        self.prefix = ""
        """What is said before each note: of which file it is, where there are several."""
        self.budget = Budget()
        """How much may still be made of what the file says."""
        self._once: set[str] = set()

    def add(self, line: int, text: str, kind: NoteKind = "left out") -> None:
        """Note something."""
        super().add(line, self.prefix + text, kind)

    def once(self, line: int, text: str, kind: NoteKind = "told") -> None:
        """Note what is true of many places at the first of them."""
        if text not in self._once:
            self._once.add(text)
            self.add(line, text, kind)

    def fitted(self, line: int, what: str, text: str, most: int = rules.TEXT_LENGTH) -> str:
        """Return a text as far as it may be kept, and note it if that is not all."""
        if len(text) <= most:
            return text
        self.add(line, f"{what} has {len(text):,} characters; the first {most:,} were kept")
        return f"{text[: most - 1].rstrip()}…"


def text_of(data: bytes, notes: MapNotes, problems: Problems) -> str:
    """Return the text of a file, in whichever of the usual encodings it is, with plain ends of lines.

    Raises:
        BadFile: it has too many bytes, or is no text.
    """
    if len(data) > LARGEST:
        problems.stop(0, f"the file has more than {LARGEST:,} bytes; expected at most that")
    text, encoding = text_in(data)
    if encoding and encoding.at:
        line = data.count(b"\n", 0, encoding.at) + 1
        notes.add(line, f"found bytes that are not UTF-8 text; the file was read as {encoding.name}", "told")
    if never := _NEVER.search(text):
        line = text.count("\n", 0, never.start()) + 1
        problems.stop(line, f"found the character U+{ord(never[0]):04X}; expected text")
    notes.budget.allow(len(text))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """Return a text of any number of lines as one."""
    return " ".join(text.split())
