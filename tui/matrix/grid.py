"""The matrix: evidence by hypotheses; the cell under the cursor is rated by one key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from hypotheses.debate import Assessment
from hypotheses.problems import Malformed
from hypotheses.ratios import rated
from tui.command_keys import bindings
from tui.commands import RATING
from tui.matrix.cell_list import MatrixCells
from tui.matrix.pressed_sign import PressedSign
from tui.matrix.unsaved_ratings import Cell
from tui.widgets.line_list import LineList


class MatrixGrid(MatrixCells):
    """Cells that keys rate. A cluster is rated by its items: such a key leads to the first of them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(RATING)

    @dataclass
    class Rated(Message):
        """A key rated a cell."""

        cell: Cell
        seen: Assessment | None
        """What stood there."""
        now: Assessment | None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sign = PressedSign()

    def watch_cursor(self, before: int, now: int) -> None:
        """Follow the cursor down; what was pressed in the row before is over."""
        self._sign.forget()
        super().watch_cursor(before, now)

    def watch_column(self) -> None:
        """Follow the cursor across; what was pressed in the column before is over."""
        self._sign.forget()
        super().watch_column()

    def on_paste(self, event: events.Paste) -> None:
        """Take a ratio from the clipboard."""
        event.stop()
        try:
            cell = rated(event.text)
        except Malformed as refused:
            self.app.refuse(str(refused))
        else:
            self._rate(cell)

    def action_rate_for(self) -> None:
        """Rate +, then ++."""
        self._press("+")

    def action_rate_against(self) -> None:
        """Rate -, then --."""
        self._press("-")

    def action_rate_neutral(self) -> None:
        """Rate the evidence neutral."""
        self._rate(Assessment(1.0), go_on=True)

    def action_rate_not_applicable(self) -> None:
        """Rate the evidence not applicable."""
        self._rate(Assessment(None), go_on=True)

    def action_clear_rating(self) -> None:
        """Make the cell blank."""
        at = self.at
        if at is not None and self.rating is not None:
            self._sign.forget()
            self._set(at, None)

    def _press(self, sign: str) -> None:
        """Rate with a sign; the same again while the cursor has not left makes it the double one, and steps on."""
        meant = self._sign.press(self.at, sign) if self.at is not None else sign
        if meant:
            self._rate(rated(meant), go_on=meant == sign * 2)

    def _rate(self, cell: Assessment, *, go_on: bool = False) -> None:
        """Rate with a ratio, the reason that stands beside it stays; on a cluster go to its first item instead."""
        if self.cluster is not None:
            self.post_message(self.Folds(self.cluster.name, into=True))
        elif self.at is not None:
            self._set(self.at, replace(cell, why=self.rating.why if self.rating else ""))
            if go_on:
                self.action_step_on()

    def _set(self, at: Cell, now: Assessment | None) -> None:
        seen = self.rating
        if self.unsaved.add(at, seen, now):
            self.post_message(self.Rated(at, seen, now))
            self.refresh_line(self.cursor)
            self.post_message(self.Moved())


def _keys(*actions: str) -> frozenset[str]:
    every = (*MatrixCells.BINDINGS, *LineList.BINDINGS)
    named = [one for one in every if isinstance(one, Binding) and one.action.partition("(")[0] in actions]
    return frozenset(key for one in named for key in one.key.split(","))


MOVING_KEYS: Final = _keys("column", "side", "cursor", "edge", "page")
"""Keys that move in the cells and never beyond them."""
NEXT_KEYS: Final = _keys("next")
"""Keys that go from cell to cell."""


def acts_in_cells(key: str) -> bool:
    """Say whether a key moves in the cells or rates them: it is enough for it what the cells show."""
    return key in MOVING_KEYS or key in NEXT_KEYS or any(key in command.own_keys for command in RATING)
