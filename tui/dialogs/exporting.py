"""Export: what is to be written is chosen, the name of the file follows; or the name is typed, and says it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from hypotheses.debate import Debate
from store.expected import ANYTHING
from tui.dialogs.picker import Choice, ChoiceList
from tui.dialogs.prompt import Prompt
from tui.export.formats import FORMATS
from tui.export.targets import format_in, named, read_target, replaces, write
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from tui.session import StoreCall


class ExportPrompt(Prompt):
    """Writes the debate as it is shown to a file; one that is there only on a second enter."""

    DEFAULT_CSS = "ExportPrompt ChoiceList { height: auto; min-height: 1; margin-top: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", "Down", show=False, priority=True),
        Binding("up", "step(-1)", "Up", show=False, priority=True),
    ]
    rolling = "ChoiceList"
    most = 12
    keys = "↑ ↓ what is written · enter writes it · esc back"

    def __init__(self, debate: Debate) -> None:
        about = "The name of the file; its ending says what is written."
        name = f"{debate.slug}{FORMATS[0].ending}"
        super().__init__("Export", about, name, read=read_target, edit=self._edit, seen=ANYTHING, doubt=_taken)
        self._debate = debate

    def body(self) -> ComposeResult:
        """The name, and what can be written."""
        yield from super().body()
        yield ChoiceList(id="shapes")

    def on_mount(self) -> None:
        """Show what can be written."""
        self.query_one(ChoiceList).show([Choice(one.title, one.title, one.about) for one in FORMATS])

    @on(Input.Changed, "#typed")
    def follow(self, event: Input.Changed) -> None:
        """Put the cursor on what the name asks for."""
        asked = format_in(event.value)
        self.query_one(ChoiceList).go_to(asked.title if asked else "")

    def action_step(self, step: int) -> None:
        """Move to another one, and give the file its ending."""
        self.query_one(ChoiceList).action_cursor(step)
        self._choose()

    @on(LineList.Highlighted)
    def pointed_to(self, event: LineList.Highlighted) -> None:
        """Do the same for a click; where the name is typed, the cursor follows that."""
        if event.control.has_focus:
            self._choose()

    def _choose(self) -> None:
        """Give the file the ending of the one under the cursor."""
        name, choice = self.query_one("#typed", Input), self.query_one(ChoiceList).current
        if choice is not None:
            name.value = named(name.value, choice.key)
            name.cursor_position = len(name.value)
            name.focus()

    def _edit(self, text: str) -> StoreCall:
        # What is there now was told; what comes meanwhile is not replaced.
        debate, force, app = self._debate, replaces(text), self.app

        def written(store: DebateStore, _: object) -> None:
            reasons = {slug: entry.why for slug, entry in store.reasons(debate.slug).items()}
            stands = partial(store.stands, debate.slug)
            told = write(debate, text, reasons, stands=stands, sparing=store.own_files, force=force)
            app.notify(told, markup=False)
            app.call_later(app.did, "export")

        return written


def _taken(text: str) -> str:
    return f"{text.strip()} is there already. enter again replaces it." if replaces(text) else ""
