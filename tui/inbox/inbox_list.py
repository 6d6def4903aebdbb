"""The ideas of the inbox: each with what it is, whom it says to be from, and how long it has waited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import ClassVar, Final

from textual.content import Content

from hypotheses.idea import Idea
from hypotheses.search import CALLED
from tui.inbox.idea_order import Listed
from tui.terminal.clean import content
from tui.widgets.line_list import LineList

TICKED: Final = "✓"
AGE: Final = 5
KIND: Final = 12
"""Cells of the age of an idea, and of its kind where it stands beside the title."""


class InboxList(LineList[Idea]):
    """One line each, or two where there is room: the second says what it is and whom it is from."""

    bar: ClassVar = True
    ticked: frozenset[int] = frozenset()
    alike: Mapping[int, int] = {}
    """Number of an idea -> how many things it looks like, as far as that is known."""
    ideas: Mapping[int, Idea] = {}
    """Those of the debate that is shown."""
    ranks: Mapping[str, int] = {}
    """Slug of an explanation -> its rank."""
    roomy = False

    @property
    def row_height(self) -> int:
        """Lines of an idea."""
        return 2 if self.roomy else 1

    def key_of(self, row: Idea) -> object:
        """An idea is its number."""
        return row.number

    def place_of_row(self, row: Idea, rows: Sequence[Idea]) -> int | None:
        """Find an idea by its time, in which they stand."""
        now = self.ideas.get(row.number)
        return rows.place_of(now) if now is not None and isinstance(rows, Listed) else None

    def draw(self, row: Idea, width: int) -> list[Content]:
        """Draw an idea."""
        tick = (f" {TICKED} ", "bold $you") if row.number in self.ticked else "   "
        alike = f"≈{self.alike[row.number]}" if self.alike.get(row.number) else ""
        kind = "" if self.roomy else f"{kind_of(row):<{KIND}}"
        right = Content.assemble((f"{alike:>4} ", "bold $today"), (f"{kind}{age(row.received):>{AGE}}  ", "$label"))
        room = max(4, width - 3 - right.cell_length)
        first = Content.assemble(tick, content(row.title).truncate(room, ellipsis=True, pad=True), right)
        return [first, Content.assemble("   ", self._about(row))] if self.roomy else [first]

    def _about(self, row: Idea) -> Content:
        on = f" on {self.ranks[row.hypothesis]}" if row.hypothesis in self.ranks else ""
        state = "" if row.status == "new" else f"{row.status} · "
        return content(f"{state}{kind_of(row)}{on} · {whose(row)}{f' · {row.via}' if row.via else ''}", "$label")


def kind_of(idea: Idea) -> str:
    """Return what a kind of idea is called."""
    return CALLED.get(idea.kind, idea.kind)


def whose(idea: Idea) -> str:
    """Say whom an idea is from: a claim of its sender."""
    if idea.example:
        return "an example"
    return f"says to be {idea.sender}" if idea.sender else "no name given"


def age(received: str, now: datetime | None = None) -> str:
    """Write how long ago a time was: `2 h`, `5 d`, `3 mo`, `2 y`; nothing if that is not known."""
    try:
        then = datetime.fromisoformat(received.replace("Z", "+00:00"))
    except ValueError:
        return ""
    hours = max(0.0, ((now or datetime.now(UTC)) - then).total_seconds() / 3600)
    for unit, length in (("y", 24 * 365.25), ("mo", 24 * 30.44), ("d", 24.0), ("h", 1.0)):
        if hours >= length:
            return f"{int(hours / length)} {unit}"
    return "now"
