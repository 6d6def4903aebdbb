"""A page of lines about the debate that follows its changes; each line may stand for an explanation or a rating."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import Debate
from tui.command_keys import bound_to
from tui.dialogs.dialog import Dialog
from tui.host import Host, Target
from tui.screens import Showing
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line of a board."""

    drawn: Content | Callable[[int], Content]
    """Itself, or what draws it for so many cells."""
    hypothesis: str = ""
    """Slug of what it is about, or empty."""
    evidence: str = ""
    """Key, or empty."""

    @property
    def name(self) -> tuple[str, str]:
        """What the cursor keeps to."""
        return self.hypothesis, self.evidence


class BoardLines(LineList[BoardLine]):
    """The lines of a board."""

    bar: ClassVar = True

    def key_of(self, row: BoardLine) -> object:
        """A line is what it is about; one about nothing is itself."""
        return row.name if any(row.name) else row

    def draw(self, row: BoardLine, width: int) -> list[Content]:
        """Draw one line."""
        return [Content.assemble(" ", row.drawn if isinstance(row.drawn, Content) else row.drawn(width - 1))]


class Board(Dialog[str | None], Showing):
    """Returns the slug of an explanation to go to."""

    DEFAULT_CSS = """
    Board {
        & #about { color: $label; margin-bottom: 1; }
        & BoardLines { height: auto; min-height: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [bound_to("comment"), bound_to("copy")]
    app: Host
    rolling = "BoardLines"
    keys = "↑ ↓ move · enter goes there · {comment} comment · esc back"
    nothing: ClassVar = "Nothing here yet."
    """What stands there while there are no lines."""

    def __init__(self, title: str, debate: Debate) -> None:
        """Show lines about this debate, and then about what becomes of it."""
        super().__init__(title)
        self.debate = debate

    def body(self) -> ComposeResult:
        """A sentence, and the lines."""
        yield Static(id="about")
        yield BoardLines(id="lines", empty=self.nothing)

    def on_mount(self) -> None:
        """Begin with the debate as it was given."""
        self.show(self.debate, None)
        self.go_to_first()
        self.query_one(BoardLines).focus()

    def go_to_first(self) -> None:
        """Put the cursor on the first line that is about something."""
        rows = self.query_one(BoardLines)
        rows.cursor = next((place for place, row in enumerate(rows.rows) if any(row.name)), 0)

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the debate as it is now."""
        self.debate = debate
        if self.query(BoardLines):
            self.query_one("#about", Static).update(self.about(debate))
            self.query_one(BoardLines).show(self.lines(debate))
            self.fit()

    def about(self, debate: Debate) -> Content:
        """Say what the lines are."""
        return Content("")

    def lines(self, debate: Debate) -> Sequence[BoardLine]:
        """Return the lines of this board."""
        return ()

    @property
    def current(self) -> BoardLine | None:
        """The line under the cursor, if it is about something."""
        lines = next(iter(self.query(BoardLines)), None)
        line = lines.current if lines else None
        return line if line is not None and any(line.name) else None

    @property
    def target(self) -> Target:
        """What the line under the cursor is about."""
        line = self.current
        return (
            Target(line.hypothesis, line.evidence, is_rating=bool(line.hypothesis and line.evidence))
            if line
            else Target()
        )

    @property
    def copied(self) -> str:
        """The line under the cursor, where it is about nothing."""
        return "" if self.current is not None else self.query_one(BoardLines).copied

    @on(LineList.Opened, "#lines")
    def opened(self) -> None:
        """Open the line under the cursor; once, if enter is held down."""
        line = self.current
        if line is not None and self.is_current:
            self.open_line(line)

    def open_line(self, line: BoardLine) -> None:
        """Go to the explanation, or show the evidence."""
        if line.evidence:
            self.app.act("view_evidence", self.target)
        else:
            self.close(line.hypothesis)


def show_board(app: Host, board: Board) -> None:
    """Show a page, and go to the explanation that is chosen there."""

    def go(chosen: str | None) -> None:
        if chosen is not None:
            app.go_to(chosen)

    app.push_screen(board, go)
