"""What is on screen, a debate with its numbers, and what is told: the lowest part of the app."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual._callback import invoke
from textual.app import App
from textual.notifications import Notify, SeverityLevel

from hypotheses.debate import Debate
from tui.terminal import toast
from tui.terminal.painting import SOON

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.session import State


class Stage(App[int]):
    """All of it in the app's own thread, but for `notify`."""

    debate: Debate | None
    """As it is on screen: with what is tried, if anything is."""
    estimates: Estimates | None
    """None while they are being worked out."""
    _soon = 0

    @property
    @abstractmethod
    def real(self) -> Debate | None:
        """The debate as it is stored, whatever is tried."""

    @abstractmethod
    def take(self, state: State) -> None:
        """Show a new state, and say what was done."""

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
