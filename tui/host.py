"""What screens and dialogs may ask of the app that they run in; the app itself, on top, is one."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypotheses.debate import Debate
from tui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Key, Paste
    from textual.widget import Widget

    from store.drafts import Drafts
    from tui.changes import Changes
    from tui.says import Says
    from tui.session import Session
    from tui.trying import Trial, Trying


@dataclass(frozen=True, slots=True)
class Target:
    """What the cursor is on: what the next key acts on."""

    hypothesis: str = ""
    """Slug, or empty."""
    evidence: str = ""
    """Key, or empty."""
    idea: int = 0
    """Number, or 0."""
    cluster: str = ""
    """Name of the cluster whose row it is, or empty."""
    is_rating: bool = False
    """Whether the cursor is on what the evidence says of the hypothesis, and not on one of the two."""


class Host(Stage):
    """The debate and its numbers, the parts that change them, and the few things that only the whole app can do."""

    changes: Changes
    trying: Trying
    says: Says
    drafts: Drafts
    database: str
    """Path or URL of the database."""
    typed_at = 0.0
    """When the key was typed that is being carried out, by the clock of `time.monotonic`."""
    leaving = False
    """True once the app is on its way out and its widgets are going."""

    def shows(self, widget: Widget) -> bool:
        """Say whether the parts of a widget can be asked: it is on a screen or in a dialog that has not been left.

        One that is going is attached until it has gone, and its parts go first.
        """
        return widget.is_attached and not self.leaving and widget.screen in self.screen_stack

    @property
    def real(self) -> Debate | None:
        """The debate as it is stored, whatever is tried: what the editing keys act on."""
        return self.trying.real

    @property
    def trial(self) -> Trial | None:
        """What is tried now."""
        return self.trying.trial

    @property
    def session(self) -> Session | None:
        """The store and the engine, once they are open."""
        return self.changes.session

    @property
    def viewer(self) -> str:
        """Whose view of the debate the screens show: empty for its owner."""
        return self.session.person if self.session else ""

    @property
    @abstractmethod
    def seen_as(self) -> str:
        """The name to show for that, where it matters."""

    @property
    @abstractmethod
    def answering(self) -> bool:
        """Whether a key is still being carried out, also for other threads: what can wait, waits for that."""

    @property
    @abstractmethod
    def showing(self) -> str:
        """The name of the whole screen that is shown, under its dialogs if there are any."""

    @abstractmethod
    def act(self, command: str, target: Target) -> None:
        """Do what a command of `tui/actions.py` is for, on this."""

    @abstractmethod
    def make_quantity(self, symbol: str, done: Callable[[bool | None], None]) -> None:
        """Fill in a form for a quantity that a formula names already; `done` is told whether it was saved."""

    @abstractmethod
    def go_to(self, hypothesis: str) -> None:
        """Open an explanation, on the Debate screen."""

    @abstractmethod
    def go_on(self, screen: str, kind: str, name: str) -> None:
        """Go to something on another whole screen, as `WholeScreen.go_to` has it."""

    @abstractmethod
    def go_back(self) -> None:
        """Leave a whole screen for the Debate screen under it."""

    @abstractmethod
    def did(self, step: str) -> None:
        """Tick one of the first steps."""

    @abstractmethod
    def at_rest(self) -> None:
        """Go on with what waited until nothing more was typed or in the way."""

    # What the keyboard asks

    @abstractmethod
    async def carry_out(self, event: Key | Paste) -> None:
        """Do what a key or a paste is for."""

    @abstractmethod
    def unexpected(self, error: Exception) -> None:
        """End the program because of its own fault, told in one sentence."""

    @abstractmethod
    def end(self, code: int = 0) -> None:
        """Leave, keeping unsaved text."""
