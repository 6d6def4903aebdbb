"""What screens and dialogs may ask of the app that they run in; the app itself, on top, is one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual._callback import invoke
from textual.app import App
from textual.events import Key, Paste
from textual.notifications import Notify, SeverityLevel

from hypotheses.debate import Debate
from hypotheses.problems import AbduceError
from tui.terminal import toast
from tui.terminal.painting import SOON

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from store.drafts import Drafts
    from store.errors import Conflict
    from tui.session import Session, State, StoreCall


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that was asked for."""

    edit: StoreCall
    """Names the debate it is for: the one that was open when the editing began."""
    seen: object
    """What its editor saw; `ANYTHING` for what is only added."""
    made: Callable[[], object] | None = None
    """Called when it is made and on screen."""
    refused: Callable[[Asked, AbduceError], object] | None = None
    """Called with the reason if it is not made; without it, the app tells."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A change that is tried."""

    sentence: str
    base: Debate
    """The debate without it."""
    debate: Debate
    """The debate with it."""
    keep: StoreCall
    """Makes the change for good."""
    seen: object
    """The value that this changes, as it is without it."""


@dataclass(frozen=True, slots=True)
class Target:
    """What the cursor is on: what the next key acts on."""

    hypothesis: str = ""
    """Slug, or empty."""
    evidence: str = ""
    """Key, or empty."""
    idea: int = 0
    """Number, or 0."""
    is_rating: bool = False
    """Whether the cursor is on what the evidence says of the hypothesis, and not on one of the two."""


class Host(App[int]):
    """The debate and its numbers, and the few ways to change what is on screen. All of it in the app's own thread."""

    debate: Debate | None
    """As it is on screen: with what is tried, if anything is."""
    estimates: Estimates | None
    """None while they are being worked out."""
    drafts: Drafts
    leaving: bool
    """True once the app is on its way out and its widgets are going."""
    _soon = 0

    @property
    @abstractmethod
    def real(self) -> Debate | None:
        """The debate as it is stored, whatever is tried: what the editing keys act on."""

    @property
    @abstractmethod
    def trial(self) -> Trial | None:
        """What is tried now."""

    @property
    @abstractmethod
    def showing(self) -> str:
        """The name of the whole screen that is shown, under its dialogs if there are any."""

    @property
    @abstractmethod
    def session(self) -> Session | None:
        """The store and the engine, once they are open."""

    @property
    @abstractmethod
    def viewer(self) -> str:
        """Whose view of the debate the screens show: empty for its owner."""

    @property
    @abstractmethod
    def seen_as(self) -> str:
        """The name to show for that, where it matters."""

    @property
    @abstractmethod
    def typed_at(self) -> float:
        """When the key was typed that is being carried out, by the clock of `time.monotonic`."""

    @property
    @abstractmethod
    def changes_under_way(self) -> int:
        """How many changes that were asked for are not on screen yet."""

    @abstractmethod
    def change(
        self,
        edit: StoreCall,
        seen: object,
        *,
        made: Callable[[], object] | None = None,
        refused: Callable[[Asked, AbduceError], object] | None = None,
    ) -> None:
        """Ask for a change, made after all that were asked for before. The arguments are the fields of `Asked`."""

    @abstractmethod
    def change_again(self, asked: Asked, conflict: Conflict) -> None:
        """Ask for a change once more, against what another person has made of it."""

    @abstractmethod
    def tell(self, asked: Asked, problem: AbduceError) -> None:
        """Tell why a change was not made; one that met another person's is offered beside theirs."""

    @abstractmethod
    def open_debate(self, slug: str) -> None:
        """Take up another debate, after all changes that were asked for before."""

    @abstractmethod
    def try_out(self, trial: Trial) -> None:
        """Show the debate as a change would make it, once its numbers are worked out; nothing is saved."""

    @abstractmethod
    def act(self, command: str, target: Target) -> None:
        """Do what a command of `tui/actions.py` is for, on this."""

    @abstractmethod
    def go_to(self, hypothesis: str) -> None:
        """Open an explanation, on the Debate screen."""

    @abstractmethod
    def go_back(self) -> None:
        """Leave a whole screen for the Debate screen under it."""

    @abstractmethod
    def read_history(self, hypothesis: str) -> None:
        """Have the journal of one explanation read and shown."""

    @abstractmethod
    def cannot_read(self, problem: AbduceError) -> None:
        """Tell that reading failed, once until it works again."""

    @abstractmethod
    def at_rest(self) -> None:
        """Go on with what waited until nothing more was typed or in the way."""

    # What its own parts ask: changes, what is tried, the keyboard

    @abstractmethod
    def take(self, state: State) -> None:
        """Show a new state, and say what was done."""

    @abstractmethod
    def offer(self, asked: Asked, conflict: Conflict) -> None:
        """Offer both what was asked for and what another person did meanwhile, once nobody types."""

    @abstractmethod
    async def carry_out(self, event: Key | Paste) -> None:
        """Do what a key or a paste is for."""

    @abstractmethod
    def unexpected(self, error: Exception) -> None:
        """End the program because of its own fault, told in one sentence."""

    @abstractmethod
    def end(self, code: int = 0) -> None:
        """Leave, keeping unsaved text."""

    # What is told, and what may come later

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a message for some seconds, from any thread. No markup is read in it."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(toast.message(message, title, severity, seconds)))

    def _refresh_notifications(self) -> None:
        toast.show_toasts(self)

    def refuse(self, sentence: str) -> None:
        """Tell that something was not done, and why."""
        self.notify(sentence, severity="error", timeout=8, markup=False)

    def soon(self, do: Callable[[], object]) -> None:
        """Do what may follow once the terminal has what was painted first."""

        async def done() -> None:
            try:
                await invoke(do)
            finally:
                self._soon -= 1

        self._soon += 1
        self.set_timer(SOON, done)

    @property
    def soon_under_way(self) -> bool:
        """Whether some of that is still to be done."""
        return self._soon > 0
