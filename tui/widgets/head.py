"""The head of a panel: a rule with its title and its legend, heavy while the keys go there."""

from __future__ import annotations

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from tui.commands import COMMANDS


class Head(Widget):
    """One line; of a panel that the keys go to, the rule is heavy."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Head { height: 1; text-wrap: nowrap; }"

    def __init__(
        self,
        title: Content | str = "",
        legend: Content | str = "",
        *,
        press: str = "",
        id: str | None = None,
    ) -> None:
        """Name a panel; a click on its legend presses the key of a command, if one is given."""
        super().__init__(id=id)
        self._title, self._legend, self._press = _content(title), _content(legend), press
        self._heavy = False

    def show(self, title: Content | None = None, legend: Content | None = None) -> None:
        """Show another title or legend."""
        before = self._title, self._legend
        self._title = self._title if title is None else title
        self._legend = self._legend if legend is None else legend
        if before != (self._title, self._legend):
            self.refresh()

    def on_mount(self) -> None:
        """Follow where the keys go: to a widget of this screen, or to a dialog over it."""
        self.watch(self.screen, "focused", self._follow, init=False)
        self.app.screen_change_signal.subscribe(self, self._follow)

    def _follow(self, _: object) -> None:
        if self._heavy != self.has_keys:
            self._heavy = self.has_keys
            self.refresh()

    @property
    def has_keys(self) -> bool:
        """Whether the keys go to the panel."""
        focused = self.screen.focused
        return self.app.screen is self.screen and focused is not None and self.parent in focused.ancestors_with_self

    @on(events.Click)
    def _press_legend(self, event: events.Click) -> None:
        """Press the key that the legend names."""
        shown = self._press and fits(self._title, self._legend, self.size.width)
        if shown and event.x >= self.size.width - self._legend.cell_length - 2:
            self.app.simulate_key(COMMANDS[self._press].press)

    def render(self) -> Content:
        """Draw `── Title ──── legend ─` as wide as there is room; the legend goes before the title is cut."""
        self._heavy = self.has_keys
        return head_line(self._title, self._legend, self.size.width, heavy=self._heavy)


def head_line(title: Content, legend: Content, width: int, *, heavy: bool) -> Content:
    """Draw the head of a panel."""
    stroke, rule = ("━", "$primary") if heavy else ("─", "$rule")
    if not fits(title, legend, width):
        legend = Content("")
    end = Content.assemble(" ", legend, (f" {stroke}", rule)) if legend.cell_length else Content("")
    title = title.truncate(max(0, width - 4), ellipsis=True)
    room = width - title.cell_length - end.cell_length - 4
    middle = f"{' ' if title.cell_length else stroke}{stroke * max(0, room)}"
    return Content.assemble((f"{stroke * 2} ", rule), title, (middle, rule), end)


def fits(title: Content, legend: Content, width: int) -> bool:
    """Say whether there is room for the legend beside the title."""
    return title.cell_length + legend.cell_length + 8 <= width


def _content(text: Content | str) -> Content:
    return Content.styled(text, "bold $foreground") if isinstance(text, str) else text
