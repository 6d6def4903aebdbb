"""Fields of evidence as other programs write them; what a field cannot hold is kept for the note, and told."""

from __future__ import annotations

import re

from hypotheses.problems import Malformed
from hypotheses.ratios import EXPECTED_WEIGHT, parse_weight
from store.lookup.dates import dated
from store.maps.building import short
from store.maps.taken import MapNotes

_DECIMAL_COMMA = re.compile(r"0,(\d{1,30})", re.ASCII)


class Cells:
    """The fields of one item, as they are read."""

    def __init__(self, line: int, notes: MapNotes) -> None:
        self._line = line
        self._notes = notes
        self.kept: list[str] = []
        """What goes into the note."""

    @property
    def note(self) -> str:
        """The note."""
        return "\n".join(filter(None, self.kept))

    def keep(self, name: str, text: str, why: str) -> None:
        """Keep a text for the note, since it is not what was expected."""
        self._notes.add(self._line, f"{why}; it is in the note", "changed")
        self.kept.append(f"{name}: {text}")

    def date(self, text: str) -> str:
        """Read a date; one that says more than could be read is kept too."""
        made = dated(text)
        if made.why:
            self.keep("Date", text, f"the date {short(text)} {made.why}")
        return made.date

    def weight(self, name: str, text: str) -> float | None:
        """Read a credibility or relevance."""
        if not text:
            return None
        try:
            return parse_weight(_DECIMAL_COMMA.sub(r"0.\1", text.strip()))
        except Malformed:
            self.keep(name.capitalize(), text, f"found the {name} {short(text)}; {EXPECTED_WEIGHT}")
            return None
