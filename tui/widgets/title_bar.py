"""The first line: which debate this is, whose view it is, and the screens as tabs, with how many ideas wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.content import Content
from textual.widgets import Static

from hypotheses.changed import changed
from hypotheses.debate import Debate
from hypotheses.idea import Idea
from tui.command_keys import with_keys
from tui.commands import APP
from tui.terminal.clean import content
from tui.terminal.painting import put

if TYPE_CHECKING:
    from tui.host import Host

MOST_OF_NAME: Final = 16
"""Cells that the name of a person takes at most."""
SCREENS: Final = tuple(command for command in APP if command.group == "Screens")
"""What opens each screen."""
ROOMY: Final = 116
"""Cells from which on the screens stand there by name, and not only the one that is shown."""


class NewIdeas:
    """How many ideas nobody has looked at: counted once, then brought forward by what changed."""

    def __init__(self) -> None:
        self._ideas: Mapping[int, Idea] = {}
        self._count = 0

    def count(self, ideas: Mapping[int, Idea]) -> int:
        """Return how many of these are new."""
        before, self._ideas = self._ideas, ideas
        there, gone = changed(before, ideas)
        came = sum(ideas[number].status == "new" for number in there)
        went = sum(number in before and before[number].status == "new" for number in (*there, *gone)) if before else 0
        self._count += came - went
        return self._count


class TitleBar(Static):
    """The title opens the choice of a debate, a tab its screen."""

    DEFAULT_CSS = """
    TitleBar { height: auto; background: $panel; color: $foreground; text-wrap: nowrap; }
    """

    app: Host
    _new: ClassVar = NewIdeas()
    """One for the bars of all screens, so that opening one counts only what changed."""

    def __init__(self) -> None:
        super().__init__(Content.assemble((" Abduce", "bold $you"), "  opening …"))
        self._debate: Debate | None = None
        self._pressed: dict[range, str] = {}
        """Cells -> the action of a click on them."""

    def show(self, debate: Debate) -> None:
        """Show what stands for this debate."""
        self._debate = debate
        self.on_resize()

    def on_resize(self) -> None:
        """Put the screens at the right end, the title in what is left."""
        if self._debate is None:
            return
        width = self.content_region.width
        left = Content.styled(" Abduce  " if width >= ROOMY else " ", "bold $you")
        tabs, actions = self._tabs(width)
        who = content(self.app.seen_as).truncate(MOST_OF_NAME, ellipsis=True)
        as_whom = Content.assemble(("as ", "$label"), who.stylize("bold"), "  ") if who.plain else Content("")
        right = Content.assemble("  ", as_whom, tabs, " ")
        room = max(0, width - left.cell_length - right.cell_length)
        title = content(self._debate.title, "bold").truncate(max(0, room - 2), ellipsis=True)
        named = Content.assemble(left, title, (" ▾", "$label"))
        at = width - right.cell_length + 2 + as_whom.cell_length
        self._pressed = {range(left.cell_length, named.cell_length): "app.act('open_debate')"}
        for begin, end, action in actions:
            self._pressed[range(at + begin, at + end)] = action
        trial = self.app.trial
        line = Content.assemble(named, " " * max(0, width - named.cell_length - right.cell_length), right)
        put(self, Content("\n").join([line, banner(trial.sentence, width)]) if trial else line)

    def _tabs(self, width: int) -> tuple[Content, list[tuple[int, int, str]]]:
        """Return the screens as they are written, and where each stands with what a click on it does."""
        parts: list[tuple[str, str]] = []
        actions = []
        at = 0
        waiting = self._new.count(self._debate.ideas) if self._debate is not None else 0
        for screen in SCREENS:
            here = screen.id == f"show_{self.app.showing}"
            written = [(screen.shown_key, "bold $you" if here else "$label")]
            if here or width >= ROOMY:
                written += [(" ", ""), (screen.name, "bold underline" if here else "$label")]
            if screen.id == "show_inbox" and waiting:
                written += [(" " if here or width >= ROOMY else "·", "$label"), (str(waiting), "bold $you")]
            cells = sum(len(text) for text, _ in written)
            actions.append((at, at + cells, screen.action))
            parts += [*written, ("  ", "")]
            at += cells + 2
        return Content.assemble(*parts[:-1]), actions

    async def on_click(self, event: events.Click) -> None:
        """Do what stands under the mouse."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y == 0:
            for cells, action in self._pressed.items():
                if offset.x in cells:
                    await self.run_action(action)


def banner(sentence: str, width: int) -> Content:
    """Write that something is only tried, over the whole width."""
    keys = with_keys(
        "{put_back} puts it back · {keep_tried} keeps it" if width >= 60 else "{put_back} back · {keep_tried}"
    )
    trial = content(f" ▶ Trying: {sentence}")
    room = max(0, width - len(keys) - 3)
    return Content.assemble(trial.truncate(room, ellipsis=True, pad=True), f"  {keys} ").stylize(
        "bold reverse $warning"
    )
