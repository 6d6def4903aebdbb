"""The first line: which debate this is, under which convention, and what waits in the inbox."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import Debate
from tui.painting import put
from tui.plain import content


class TitleBar(Static):
    """Program, title, convention, inbox. A click on the convention opens the choice."""

    DEFAULT_CSS = """
    TitleBar { height: 1; background: $primary-background; color: $text; padding: 0 1; text-wrap: nowrap; }
    """

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
        right = Content.assemble("  ", convention, f"  ✉ {waiting}")
        left = Content.styled("Abduce  ", "bold $text-accent")
        room = max(0, self.content_region.width - left.cell_length - right.cell_length)
        title = content(self._debate.title, "bold").truncate(room, ellipsis=True, pad=True)
        start = left.cell_length + room + 2
        self._convention_at = range(start, start + convention.cell_length)
        put(self, Content.assemble(left, title, right))

    async def on_click(self, event: events.Click) -> None:
        """Open the choice of convention where that stands."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.x in self._convention_at:
            await self.run_action("app.choose('convention')")
