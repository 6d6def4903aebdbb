"""Something that can be folded under one line, which says what is in it."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget


class FoldHead(Widget, can_focus=True):
    """The line: `▸ title  what is in it`, or `▾` when it is open."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    FoldHead { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    FoldHead:focus { background: $row; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "fold", "Open or close", key_display="enter")]

    def __init__(self, title: str, legend: Content) -> None:
        super().__init__()
        self._title, self._legend = title, legend
        self.about = Content("")

    def render(self) -> Content:
        """Draw it, the legend at the right end."""
        fold = self._fold
        start = Content.assemble(("▾ " if fold.opened else "▸ ", "$you"), self._title, "  ")
        room = max(0, self.size.width - start.cell_length - self._legend.cell_length - 2)
        about = Content("") if fold.opened else self.about
        return Content.assemble(start, about.truncate(room, ellipsis=True, pad=True), "  ", self._legend)

    @property
    def _fold(self) -> Fold:
        return cast("Fold", self.parent)

    def action_fold(self) -> None:
        """Open it, or close it again."""
        self._fold.open(opened=not self._fold.opened)

    def on_click(self) -> None:
        """The same by the mouse."""
        self.action_fold()


class Fold(Vertical):
    """Folded at first."""

    DEFAULT_CSS = """
    Fold { height: auto; }
    Fold > .folded { height: auto; display: none; }
    Fold.-opened > .folded { display: block; }
    """

    def __init__(self, title: str, *inside: Widget, legend: Content | None = None, id: str | None = None) -> None:
        """Fold some widgets.

        Args:
            title: Of the line.
            inside: What is folded.
            legend: What stands at the right end of the line.
            id: Of the widget.
        """
        super().__init__(id=id)
        self._inside = inside
        self._head = FoldHead(title, legend or Content(""))

    def compose(self) -> ComposeResult:
        """The line, and what is folded."""
        yield self._head
        yield Vertical(*self._inside, classes="folded")

    @property
    def opened(self) -> bool:
        """Whether all of it is in sight."""
        return self.has_class("-opened")

    def open(self, *, opened: bool = True) -> None:
        """Show all of it, or only the line."""
        self.set_class(opened, "-opened")
        self._head.refresh()

    def tell(self, about: Content) -> None:
        """Say on the line what is in it."""
        if about != self._head.about:
            self._head.about = about
            self._head.refresh()
