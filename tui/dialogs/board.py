"""A page of lines about the debate that follows its changes; each line may stand for an explanation or a rating."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import Debate
from tui.dialogs.base import Dialog
from tui.editing import commenting
from tui.showing import Showing
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.app import AbduceApp


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
    """The lines."""

    def key_of(self, row: BoardLine) -> object:
        """A line is what it is about; one about nothing is itself."""
        return row.name if any(row.name) else row

    def draw(self, row: BoardLine, width: int) -> list[Content]:
        """Draw one line."""
        return [row.drawn if isinstance(row.drawn, Content) else row.drawn(width)]


class Board(Dialog[str | None], Showing):
    """Returns the slug of an explanation to go to."""

    DEFAULT_CSS = """
    Board {
        & #about { color: $text-muted; margin-bottom: 1; }
        & BoardLines { height: auto; min-height: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "comment", "Comment", show=False)]
    app: AbduceApp
    rolling = "BoardLines"
    keys = "↑ ↓ move · enter goes there · w comment · esc back"

    def __init__(self, title: str, debate: Debate) -> None:
        """Show lines about this debate, and then about what becomes of it."""
        super().__init__(title)
        self.debate = debate

    def body(self) -> ComposeResult:
        """A sentence, and the lines."""
        yield Static(id="about")
        yield BoardLines(id="lines")

    def on_mount(self) -> None:
        """Begin with the debate as it was given."""
        self.show(self.debate, None)
        rows = self.query_one(BoardLines)
        rows.cursor = next((place for place, row in enumerate(rows.rows) if any(row.name)), 0)
        rows.focus()

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
        """Return the lines."""
        return ()

    @property
    def current(self) -> BoardLine | None:
        """The line under the cursor, if it is about something."""
        line = self.query_one(BoardLines).current
        return line if line is not None and any(line.name) else None

    @on(LineList.Opened)
    def opened(self) -> None:
        """Go to the explanation, or show the evidence; once, if enter is held down."""
        line, real = self.current, self.app.trying.real
        if line is None or real is None or not self.is_current:
            return
        if line.evidence:
            from tui.editing.evidence import view_evidence  # noqa: PLC0415 - forms are loaded when the first is opened

            view_evidence(self.app, real, line.evidence)
        else:
            self.close(line.hypothesis)

    def action_comment(self) -> None:
        """Open the comments on what the line is about."""
        if (line := self.current) is not None:
            commenting.open_thread(self.app, hypothesis=line.hypothesis, evidence=line.evidence)
