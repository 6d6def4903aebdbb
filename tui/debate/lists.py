"""The lists of an explanation's ideas and of its journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from hypotheses.idea import Idea
from tui.comments import comment_text
from tui.terminal.clean import clean_text, content
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from store.entries import Entry


class IdeaList(LineList[Idea]):
    """Readers' ideas, those attached to the open explanation first."""

    bar: ClassVar = True
    attached_to = ""
    comments: Mapping[comment_text.About, int] = {}

    def key_of(self, row: Idea) -> object:
        """An idea is its number."""
        return row.number

    def draw(self, row: Idea, width: int) -> list[Content]:
        """Draw one idea on one line."""
        mark = "●" if row.hypothesis and row.hypothesis == self.attached_to else "○"
        example = (" example", "$label") if row.example else ""
        return [
            Content.assemble(
                (f" {mark} {row.number:>3} ", "$label"),
                (f"{row.status:<9}", "$you" if row.status == "new" else "$label"),
                content(row.title),
                comment_text.mark(self.comments.get(("", "", row.number), 0)),
                example,
            )
        ]


class EntryList(LineList["Entry"]):
    """Entries of the journal of one explanation, newest first."""

    bar: ClassVar = True
    slug = ""
    """Whose they are: it need not be named on every line."""

    def key_of(self, row: Entry) -> object:
        """An entry is its id."""
        return row.id

    def draw(self, row: Entry, width: int) -> list[Content]:
        """Draw one entry on one line."""
        at = row.at.astimezone().strftime("%Y-%m-%d %H:%M")
        return [
            Content.assemble(
                (f" {at}  ", "$label"),
                content(row.told.replace(f" of {self.slug!r}", "", 1)),
                (f"  {clean_text(row.actor)}", "$label"),
            )
        ]
