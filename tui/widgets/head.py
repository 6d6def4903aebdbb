"""The head of a panel: a rule with its title and its legend, heavy while the keys go there."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


class Head(Widget):
    """One line; of a panel that the keys go to, the rule is heavy."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Head { height: 1; text-wrap: nowrap; color: $rule; }
    *:focus-within > Head { color: $primary; }
    """

    def __init__(self, title: Content | str = "", legend: Content | str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._title, self._legend = _content(title), _content(legend)

    def show(self, title: Content | None = None, legend: Content | None = None) -> None:
        """Show another title or legend."""
        before = self._title, self._legend
        self._title = self._title if title is None else title
        self._legend = self._legend if legend is None else legend
        if before != (self._title, self._legend):
            self.refresh()

    @property
    def has_keys(self) -> bool:
        """Whether the keys go to the panel."""
        return self.parent is not None and "focus-within" in self.parent.pseudo_classes

    def render(self) -> Content:
        """Draw `── Title ──── legend ─` as wide as there is room; the legend goes before the title is cut."""
        return head_line(self._title, self._legend, self.size.width, heavy=self.has_keys)


def head_line(title: Content, legend: Content, width: int, *, heavy: bool) -> Content:
    """Draw the head of a panel."""
    stroke = "━" if heavy else "─"
    if title.cell_length + legend.cell_length + 8 > width:
        legend = Content("")
    end = Content.assemble(" ", legend, f" {stroke}") if legend.cell_length else Content("")
    title = title.truncate(max(0, width - 4), ellipsis=True)
    room = width - title.cell_length - end.cell_length - 4
    return Content.assemble(f"{stroke * 2} ", title, " " if title.cell_length else stroke, stroke * max(0, room), end)


def _content(text: Content | str) -> Content:
    return Content.styled(text, "bold $foreground") if isinstance(text, str) else text
