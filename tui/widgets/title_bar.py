"""The first line: which debate this is, under which convention, and what waits in the inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import Debate
from tui.terminal.clean import content
from tui.terminal.painting import put

if TYPE_CHECKING:
    from tui.host import Host

MOST_OF_NAME = 16
"""Cells that the name of a person takes at most."""


class TitleBar(Static):
    """Program, title, convention, whose view it is, inbox. A click on the convention opens the choice."""

    DEFAULT_CSS = """
    TitleBar { height: auto; background: $primary-background; color: $text; padding: 0 1; text-wrap: nowrap; }
    """

    app: Host

    def __init__(self) -> None:
        super().__init__(Content.assemble(("Abduce", "bold $text-accent"), "  opening …"))
        self._debate: Debate | None = None
        self._convention_at = range(0)

    def show(self, debate: Debate) -> None:
        """Show what stands for this debate."""
        self._debate = debate
        self.on_resize()

    def on_resize(self) -> None:
        """Put the convention and the inbox at the right end, the title in what is left."""
        if self._debate is None:
            return
        waiting = sum(idea.status == "new" for idea in self._debate.ideas.values())
        name = content(self._debate.convention)
        convention = Content.assemble("convention: ", name, " ▾") if name.plain else Content("")
        who = content(self.app.seen_as).truncate(MOST_OF_NAME, ellipsis=True)
        as_whom = Content.assemble(("  as ", "dim"), who.stylize("bold")) if who.plain else Content("")
        right = Content.assemble("  ", convention, as_whom, f"  ✉ {waiting}")
        left = Content.styled("Abduce  ", "bold $text-accent")
        room = max(0, self.content_region.width - left.cell_length - right.cell_length)
        title = content(self._debate.title, "bold").truncate(room, ellipsis=True, pad=True)
        start = left.cell_length + room + 2
        self._convention_at = range(start, start + convention.cell_length)
        trial = self.app.trial
        line = Content.assemble(left, title, right)
        put(self, Content("\n").join([line, banner(trial.sentence, self.content_region.width)]) if trial else line)

    async def on_click(self, event: events.Click) -> None:
        """Open the choice of convention where that stands."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y == 0 and offset.x in self._convention_at:
            await self.run_action("app.choose('convention')")


def banner(sentence: str, width: int) -> Content:
    """Write that something is only tried, over the whole width."""
    keys = "esc puts it back · ctrl+s keeps it" if width >= 60 else "esc back · ctrl+s"
    trial = content(f"▶ Trying: {sentence}")
    room = max(0, width - len(keys) - 2)
    return Content.assemble(trial.truncate(room, ellipsis=True, pad=True), f"  {keys}").stylize("bold reverse $warning")
