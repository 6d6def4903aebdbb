"""The line over the cells of the matrix in which words are looked for."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.matrix.grid import MatrixGrid
from tui.terminal.typed import LineInput


class RowSearch(LineInput):
    """The words to look for; enter leaves them and goes back to the cells, esc clears and closes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]
    DEFAULT_CSS = """
    RowSearch { display: none; height: 1; border: none; background: $boost; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, placeholder="words in the evidence", compact=True)

    def open(self) -> None:
        """Let words be typed."""
        self.display = True
        self.focus()

    def close(self) -> bool:
        """Show everything again; say whether it was open."""
        was_open = self.display
        if was_open:
            self.value = ""
            self.display = False
            self.leave()
        return was_open

    def action_close(self) -> None:
        """Close the line of words, and show all rows again."""
        self.close()

    @on(Input.Submitted)
    def leave(self) -> None:
        """Go back to the cells; the words stay."""
        self.screen.query_one(MatrixGrid).focus()
