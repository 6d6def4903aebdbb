"""Theirs and mine, where two people have changed the same thing: one of the two is chosen, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store.errors import Conflict
from tui.dialogs.conflict_text import name_of, said_of
from tui.dialogs.dialog import Dialog
from tui.terminal.clean import content
from tui.widgets.button_row import KeyButton
from tui.widgets.preview import preview

if TYPE_CHECKING:
    from tui.changes import Asked
    from tui.host import Host

Choice = Literal["theirs", "mine"]
MARKS: Final[Mapping[bool, str]] = {True: "● ", False: "○ "}


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that both have changed."""

    name: str
    label: str
    theirs: str
    mine: str


class ConflictDialog(Dialog["frozenset[str] | None"]):
    """Returns the names of the fields to keep as mine, all others being left as theirs; None to decide nothing yet.

    It is opened by what somebody else has done, so keys that were typed before it could be read do nothing here.
    """

    DEFAULT_CSS = """
    ConflictDialog { & #page { height: auto; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("t,left", "choose('theirs')", "Theirs", show=False),
        Binding("m,right", "choose('mine')", "Mine", show=False),
        Binding("enter,ctrl+s,f2", "take", "Take", show=False),
    ]
    rolling = "#page"
    keys = "↑ ↓ move · take it once one is chosen for every field · esc decides nothing"
    buttons = (
        KeyButton("Take", "enter"),
        KeyButton("Theirs", "t"),
        KeyButton("Mine", "m"),
        KeyButton("Back", "escape"),
    )

    def __init__(self, sentence: str, fields: Sequence[Differing]) -> None:
        """Offer what differs; the sentence says whose the other is."""
        super().__init__("Changed by somebody else too")
        self._sentence = sentence
        self._fields = fields
        self._chosen: dict[str, Choice] = {}
        self._cursor = 0
        self._shown_at = float("inf")

    def body(self) -> ComposeResult:
        """The sentence, and each field both ways."""
        yield Static(content(self._sentence, multiline=True))
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="fields")

    def on_mount(self) -> None:
        """Take keys from the moment on at which it can be read."""
        self._draw()
        self.call_after_refresh(self._readable)

    def _readable(self) -> None:
        self._shown_at = monotonic()

    def on_key(self, event: events.Key) -> None:
        """Drop what was typed before."""
        if event.time < self._shown_at:
            event.stop()
            event.prevent_default()

    def _draw(self) -> None:
        lines = [Content("")]
        for place, one in enumerate(self._fields):
            shade = "bold $you" if place == self._cursor else "bold"
            lines.append(Content.styled(f"{'▌' if place == self._cursor else ' '}{one.label}", shade))
            for choice, text in (("theirs", one.theirs), ("mine", one.mine)):
                mark = MARKS[self._chosen.get(one.name) == choice]
                said = content(preview(text), multiline=True) if text else Content.styled("blank", "$label")
                lines.append(Content.assemble(f"  {mark}", (f"{choice:<7}", "$label"), said))
        self.query_one("#fields", Static).update(Content("\n").join(lines))
        self.fit()

    def action_move(self, step: int) -> None:
        """Go to another field."""
        self._cursor = max(0, min(self._cursor + step, len(self._fields) - 1))
        self._draw()

    def action_choose(self, choice: Choice) -> None:
        """Choose for the field under the cursor, and go on to the next."""
        self._chosen[self._fields[self._cursor].name] = choice
        self.action_move(1)

    def action_take(self) -> None:
        """Leave with what is chosen, once it is for every field."""
        if open_ones := [one.label for one in self._fields if one.name not in self._chosen]:
            self.tell(f"Press t or m first, for {', '.join(open_ones)}.")
            return
        self.close(frozenset(name for name, choice in self._chosen.items() if choice == "mine"))


def offered(app: Host, asked: Asked, conflict: Conflict) -> None:
    """Offer both where no form is open: what was asked for, and what another person did meanwhile."""

    def said(value: object) -> str:
        return "; ".join(said_of(value, name) for name in conflict.fields)

    label = ", ".join(map(name_of, conflict.fields))
    both = [Differing("", label[:1].upper() + label[1:], said(conflict.theirs), said(conflict.mine))]

    def take(mine: frozenset[str] | None) -> None:
        if mine:
            app.changes.again(asked, conflict)

    app.push_screen(ConflictDialog(str(conflict), both), take)
