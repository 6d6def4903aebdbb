"""The journal: who changed what and when, newest first; and how far undoing to an entry reaches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from store.entries import Entry
from tui.terminal.clean import content
from tui.widgets.line_list import LineList

FIRST_LIMIT = 100
"""Entries that are read at first."""
NEAR_THE_END = 20
"""So many rows before the last one that is known, more are read."""
KINDS = {"change": " ", "undo": "↶", "redo": "↷"}


class JournalList(LineList[Entry]):
    """Time, who, what and kind of each entry."""

    bar: ClassVar = True

    def key_of(self, row: Entry) -> object:
        """An entry is its number."""
        return row.id

    def show(self, rows: Sequence[Entry]) -> None:
        """Show these entries; a cursor on the newest one stays on the newest."""
        on_newest = self.cursor == 0
        super().show(rows)
        if on_newest:
            self.cursor = 0

    def draw(self, row: Entry, width: int) -> list[Content]:
        """Draw one entry on one line."""
        at = row.at.astimezone().strftime("%Y-%m-%d %H:%M")
        who = content(row.actor).truncate(12 if width >= 100 else 6, ellipsis=True, pad=True)
        shade = "" if row.kind == "change" else "$label"
        parts = " ", (f"{at}  ", "$label"), who, (f" {KINDS[row.kind]} ", "$you"), content(row.told, shade)
        return [Content.assemble(*parts)]


def own_changes_after(entries: Sequence[Entry], entry: int, actor: str) -> tuple[Entry, ...]:
    """Return what undoing to an entry takes back: the actor's changes after it that are not undone, newest first.

    Args:
        entries: The journal, newest first, with everything after the entry.
        entry: Its number.
        actor: Whose changes are meant.
    """
    done: list[Entry | None] = []
    undone: list[Entry | None] = []
    for each in reversed(entries):
        if each.id <= entry or each.actor != actor:
            continue
        if each.kind == "change":
            done.append(each)
            undone.clear()
        else:
            source, goal = (done, undone) if each.kind == "undo" else (undone, done)
            # None stands for a change of before the entry.
            goal.append(source.pop() if source else None)
    return tuple(each for each in reversed(done) if each is not None)


def told_of(entry: Entry) -> str:
    """Write out an entry."""
    kind = {"change": "a change", "undo": "an undo", "redo": "a redo"}[entry.kind]
    at = entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return f"{entry.told}\n\nEntry {entry.id}, {kind} by {entry.actor}, {at}"
