"""The debates to choose from; one is archived or removed there, and brought back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from hypotheses.problems import AbduceError
from store.expected import ANYTHING
from tui.command_keys import with_keys
from tui.dialogs.dialog import Dialog
from tui.dialogs.picker import Choice, ChoiceList, Picker
from tui.terminal.clean import content
from tui.widgets.button_row import ButtonRow, KeyButton

if TYPE_CHECKING:
    from hypotheses.debate import Shelf
    from store.entries import DebateSummary
    from tui.host import Host

NEW: Final = "\0new"
SHELVED: Final = "\0shelved"
"""What no debate is called."""


class Debates(Picker):
    """Returns the slug of the debate to open, or one of the two names above."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("D", "remove", "Archive or remove", show=False)]
    keys = "type to narrow · ↑ ↓ move · tab to the list for D · esc back"
    buttons: Sequence[KeyButton] = (
        KeyButton("Open", "enter"),
        KeyButton("Archive or remove", "D"),
        KeyButton("Back", "escape"),
    )

    def __init__(
        self, debates: Sequence[DebateSummary], current: str, remove: Callable[[DebateSummary], object]
    ) -> None:
        """Offer debates; `remove` asks what is to become of one that is to go."""
        shelved = sum(bool(each.shelf) for each in debates)
        self._debates = {each.slug: each for each in debates if not each.shelf}
        choices = [Choice(each.slug, each.title, _about(each)) for each in self._debates.values()]
        choices.append(Choice(NEW, "New debate …", "blank, template, example"))
        if shelved:
            choices.append(Choice(SHELVED, "Archived or removed …", f"{shelved} to bring back"))
        super().__init__("Debates", choices, current)
        self._remove = remove

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Have the key of a button that is pressed go to the list, and not into the words."""
        if isinstance(event.widget, ButtonRow):
            self.query_one(ChoiceList).focus()

    def action_remove(self) -> None:
        """Ask what is to become of the debate under the cursor."""
        current = self.query_one(ChoiceList).current
        debate = self._debates.get(current.key) if current is not None else None
        if debate is None:
            self.tell("D archives or removes a debate: go to one.")
        elif len(self._debates) == 1:
            self.tell("This is the only debate; begin another one first.")
        else:
            self.close()
            self.app.call_later(self._remove, debate)  # once this is gone


class Shelving(Dialog[None]):
    """Archives a debate or removes it, with all that is in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "shelve('archived')", "Archive", show=False),
        Binding("y", "shelve('removed')", "Remove", show=False),
        Binding("n", "close", "No", show=False),
    ]
    keys = ""
    buttons: Sequence[KeyButton] = (
        KeyButton("Archive", "enter"),
        KeyButton("Remove", "y"),
        KeyButton("Back", "escape"),
    )

    def __init__(self, debate: DebateSummary, after: Callable[[], object]) -> None:
        """Ask what is to become of a debate; `after` is called once that is done."""
        super().__init__("Archive or remove the debate?")
        self._debate = debate
        self._after = after

    def body(self) -> ComposeResult:
        """What goes out of sight, and how it comes back."""
        lines = [
            content(self._debate.title, "bold"),
            Content(""),
            Content.styled("With it go", "$label"),
            content(f"  {_about(self._debate)}, new ideas {self._debate.new_ideas}, and its journal"),
            Content(""),
            Content.styled(with_keys("{open_debate}, then “Archived or removed …”, brings all of it back."), "$label"),
        ]
        yield Static(Content("\n").join(lines))

    def action_shelve(self, shelf: Shelf) -> None:
        """Put it out of sight."""
        slug = self._debate.slug
        self.ask(lambda store, seen: store.shelve_debate(slug, shelf, expected=seen), ANYTHING)

    def saved(self) -> None:
        """Leave, and go on."""
        self.close()
        self._after()


def open_debate(app: Host) -> None:
    """Switch to another debate, begin one, or put one out of sight."""
    current = app.debate.slug if app.debate else ""

    def show(debates: Sequence[DebateSummary]) -> None:
        app.push_screen(Debates(debates, current, partial(remove, debates)), partial(take, debates))

    def take(debates: Sequence[DebateSummary], chosen: str | None) -> None:
        if chosen == NEW:
            from tui.beginning.new_debate import NewDebate  # noqa: PLC0415 - opened seldom

            app.push_screen(NewDebate([each.slug for each in debates]), open_it)
        elif chosen == SHELVED:
            _bring_back(app, debates)
        else:
            open_it(chosen)

    def remove(debates: Sequence[DebateSummary], debate: DebateSummary) -> None:
        other = next(each.slug for each in debates if each.slug != debate.slug and not each.shelf)
        app.push_screen(Shelving(debate, partial(open_it, other if debate.slug == current else None)))

    def open_it(chosen: str | None) -> None:
        if chosen is not None and chosen != current:
            app.changes.open(chosen)

    def read() -> None:
        if app.session is not None:
            try:
                app.call_from_thread(show, app.session.store.debates(shelved=True))
            except AbduceError as problem:
                app.call_from_thread(app.refuse, str(problem))

    app.run_worker(read, thread=True, group="debates", exclusive=True)


def _bring_back(app: Host, debates: Sequence[DebateSummary]) -> None:
    """Choose one that was archived or removed; it is brought back and opened."""

    def take(slug: str | None) -> None:
        if slug is not None:
            app.changes.ask(
                lambda store, seen: store.shelve_debate(slug, "", expected=seen),
                ANYTHING,
                made=lambda: app.changes.open(slug),
            )

    choices = [Choice(each.slug, each.title, f"{each.shelf}: {_about(each)}") for each in debates if each.shelf]
    app.push_screen(Picker("Bring back which", choices), take)


def _about(debate: DebateSummary) -> str:
    return f"explanations {debate.hypotheses}, evidence {debate.evidence:,}"
