"""The card of the first steps: on every whole screen, until it is put away for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget
from textual.widgets import Input, Static

from hypotheses.debate import Debate
from store import remembered
from tui.beginning.first_run import AWAY, REMEMBERED, SHOWN
from tui.beginning.first_steps import (
    CARD_HEIGHT,
    CARD_WIDTH,
    COMMANDS,
    STEPS,
    Progress,
    card_lines,
    card_row,
    done_between,
)
from tui.host import Host
from tui.screens import WIDE, Showing
from tui.terminal.painting import put
from tui.terminal.toast import CORNER
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from tui.session import State

TALL: Final = 36
"""Rows of a screen from which on there is room for the card; below, and where it is narrow, it is a line."""
LOW: Final = 16
"""Below so many rows there is no room for a line either."""


class FirstSteps:
    """What was done of the steps while their card is on screen. All of it in the app's own thread."""

    def __init__(self, app: Host) -> None:
        """Show the card, with what was done before it was last put away."""
        self._app = app
        self._progress = Progress(frozenset(remembered.recall(REMEMBERED).split()[1:]))
        self._done_at = app.typed_at if self._progress.next is None else None
        """When the last step was done, or the card came after that, by the clock of what is typed."""
        self._remember(SHOWN)
        self.follow()

    @property
    def is_over(self) -> bool:
        """Whether all steps are done, and a key was pressed since."""
        return self._done_at is not None and self._app.typed_at > self._done_at

    def changed(self, before: Debate, state: State) -> None:
        """Tick what a change did, if it was a person's own, in this process or another."""
        entry, session = state.entry, self._app.session
        if entry is None or session is None or entry.kind != "change":
            return
        if state.ours or entry.actor == session.store.actor:
            self.did(*done_between(before, state.debate), told=entry.label)

    def did(self, *steps: str, told: str = "") -> None:
        """Tick steps; `told` is what was done, in words."""
        new = frozenset(steps) - self._progress.done
        if new:
            self._progress = self._progress.but(new, told)
            if self._progress.next is None:
                self._done_at = self._app.typed_at
            self._app.soon(lambda: self._remember(SHOWN))
            self._draw()

    def _remember(self, where: str) -> None:
        done = (step.id for step in STEPS if step.id in self._progress.done)
        remembered.remember(REMEMBERED, " ".join([where, *done]))  # a home that cannot be written stops nobody

    def put_away(self) -> None:
        """Take the card away for good."""
        self._remember(AWAY)
        for card in self._cards():
            card.remove()

    def follow(self) -> None:
        """Take up what was done that changes no debate, and be on the screen one is on, beside its cursor."""
        if self._app.showing == "numbers":
            self.did("number")
        if self._app.trial is not None:
            self.did("crux")
        screen = self._app.screen
        if isinstance(screen, Showing) and screen.is_mounted and not any(c.screen is screen for c in self._cards()):
            screen.mount(FirstStepsCard())
        self._draw()

    def _cards(self) -> list[FirstStepsCard]:
        stack = self._app.screen_stack
        return [card for screen in stack for card in screen.children if isinstance(card, FirstStepsCard)]

    def _draw(self) -> None:
        if self._app.debate is not None:
            for card in self._cards():
                card.show(self._progress, self._app.debate)


class FirstStepsCard(Static):
    """It floats over the lower right and takes no focus; where that is no room for it, it is a line above the keys."""

    DEFAULT_CSS = """
    FirstStepsCard {
        height: 1; background: $panel; text-wrap: nowrap;
        &.-floats {
            layer: _tooltips; overlay: screen; position: absolute; offset: 100vw 100vh; constrain: inside;
            margin: 0 1 1 1; border: round $you; background: $surface; padding: 0 1;
            border-title-color: $foreground; border-title-style: bold;
        }
        &.-nowhere { display: none; }
    }
    """
    ALLOW_SELECT = False
    app: Host

    def __init__(self) -> None:
        super().__init__(markup=False, classes=CORNER)
        self._shown: tuple[Progress, Debate] | None = None

    def on_mount(self) -> None:
        """Show what it was made for."""
        self._write()

    def on_resize(self) -> None:
        """Stand where there is room now."""
        self._write()

    def show(self, progress: Progress, debate: Debate) -> None:
        """Show how far somebody has come, in this debate."""
        self._shown = progress, debate
        if self.is_mounted:
            self._write()

    def _write(self) -> None:
        if self._shown is None:
            return
        progress, debate = self._shown
        size = self.screen.size
        floats = size.width >= WIDE and size.height >= TALL and not _place(size).overlaps(_cursor(self.screen.focused))
        self.set_class(floats, "-floats")
        self.set_class(size.height < LOW, "-nowhere")
        self.styles.width, self.styles.height = (CARD_WIDTH, CARD_HEIGHT) if floats else ("1fr", 1)
        self.border_title = f"First steps  {progress.count} of {len(STEPS)}"
        lines = [line.text for line in card_lines(progress, debate, self._away)]
        put(self, Content("\n").join(lines) if floats else card_row(progress, self._away, size.width)[0])

    @property
    def _away(self) -> str:
        """The key that puts it away: esc, where that has nothing else to do."""
        return "esc" if self.app.showing == "debate" else COMMANDS["first_steps"].shown_key

    async def on_click(self, event: events.Click) -> None:
        """Do the step under the mouse; put the card away at its foot."""
        event.stop()
        offset = event.get_content_offset(self)
        if self._shown is None or offset is None:
            return
        progress, debate = self._shown
        if self.has_class("-floats"):
            command = card_lines(progress, debate, self._away)[offset.y].command
        else:
            at_foot = offset.x >= card_row(progress, self._away, self.size.width)[1] or progress.next is None
            command = "first_steps" if at_foot or progress.next is None else progress.next.commands[0]
        if command and not await self.app.run_action(COMMANDS[command].action, self):
            await self.run_action(f"app.explain('{command}')")


def _place(size: Size) -> Region:
    """Return where the card floats on a screen of this size."""
    return Region(size.width - CARD_WIDTH - 1, size.height - CARD_HEIGHT - 1, CARD_WIDTH, CARD_HEIGHT)


def _cursor(focused: Widget | None) -> Region:
    """Return where the keys act: the row of the cursor in a list, else all of a field."""
    if isinstance(focused, LineList):
        return focused.cursor_region
    return focused.region if isinstance(focused, Input) else Region()
