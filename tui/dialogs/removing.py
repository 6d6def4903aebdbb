"""Something is to be removed: what hangs on it is named first, and goes along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from hypotheses.edits import InUse
from store.errors import Conflict
from tui.dialogs.dialog import Dialog
from tui.terminal.clean import content
from tui.widgets.button_row import KeyButton
from tui.widgets.passage import Passage

if TYPE_CHECKING:
    from hypotheses.problems import AbduceError
    from tui.changes import Asked
    from tui.session import StoreCall


class Removing(Dialog[None]):
    """Removes it with what is named; if something else hangs on it by then, that is named too and nothing goes."""

    DEFAULT_CSS = "Removing #users { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "remove", "Remove", show=False),
        Binding("n", "close", "No", show=False),
    ]
    rolling = "#users"
    keys = ""
    buttons: Sequence[KeyButton] = (KeyButton("Remove", "y"), KeyButton("Back", "escape"))

    def __init__(
        self, title: str, about: str, try_it: Callable[[], object], remove: Callable[[bool], StoreCall], *, seen: object
    ) -> None:
        """Ask whether to remove something.

        Args:
            title: Of the box.
            about: What is to be removed, in somebody's words.
            try_it: Removes it from the debate as it is seen; raises InUse.
            remove: Makes the change; told whether what hangs on it goes along.
            seen: What is to be removed, as it was seen.
        """
        super().__init__(title)
        self._about = about
        self._remove = remove
        self._seen = seen
        self._users: Sequence[str] = ()
        try:
            try_it()
        except InUse as in_use:
            self._users = in_use.users

    def body(self) -> ComposeResult:
        """What it is, and what goes with it."""
        yield Static(content(self._about, "bold", multiline=True))
        with Passage(id="users"):
            yield Static(self._told(), id="told-users")

    def on_mount(self) -> None:
        """Let the keys scroll what goes with it."""
        self.query_one("#users").focus()

    def _told(self) -> Content:
        head = Content.styled("With it go" if self._users else "Nothing else goes with it.", "$label")
        again = Content.styled("\nUndo brings all of it back.", "$label")
        return Content("\n").join([Content(""), head, *(content(f"  {user}") for user in self._users), again])

    def action_remove(self) -> None:
        """Remove it, with what is named."""
        self.ask(self._remove(bool(self._users)), self._seen)

    def _not_made(self, asked: Asked, problem: AbduceError) -> None:
        super()._not_made(asked, problem)
        if isinstance(problem, InUse) and self.is_there:
            self._users = problem.users
            self.query_one("#told-users", Static).update(self._told())
            self.tell("Somebody has put something on it meanwhile; y removes it with that.")

    def met(self, conflict: Conflict) -> None:
        """Say that somebody has changed it meanwhile; removing it then is on purpose."""
        self.tell(f"{conflict}. y removes it all the same.")
        self._seen = self.app.changes.seen_now(self._seen, conflict)
