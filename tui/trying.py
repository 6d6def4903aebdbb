"""Trying a change without saving it: every screen shows the debate as it would be, until it is put back or kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hypotheses.debate import Debate
from hypotheses.problems import AbduceError
from tui.changes import Changes
from tui.stage import Stage

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.session import State, StoreCall

Show = Callable[[Debate, "Estimates | None"], None]
"""Shows a debate with its numbers on every screen."""


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


class Trying:
    """What is tried now, if anything. Nothing of it is ever stored, and any real change of the debate ends it."""

    def __init__(self, stage: Stage, changes: Changes, show: Show) -> None:
        self._stage = stage
        self._changes = changes
        self._show = show
        self.trial: Trial | None = None
        self._real: tuple[Debate, Estimates | None] | None = None
        self._keeping = False

    @property
    def real(self) -> Debate | None:
        """The debate as it is stored, whatever is tried: what the editing keys act on."""
        return self._real[0] if self._real else self._stage.debate

    def start(self, trial: Trial) -> None:
        """Work out the numbers of a trial in a thread, and then show it."""
        work = partial(self._work_out, trial)
        self._stage.run_worker(work, thread=True, group="trying", exclusive=True, description="trying")

    def _work_out(self, trial: Trial) -> None:
        session = self._changes.session
        if session is None:
            return
        try:
            with session.trying(trial.debate) as estimates:
                pass
        except AbduceError as refused:
            self._stage.call_from_thread(self._stage.refuse, str(refused))
        else:
            self._stage.call_from_thread(self._begin, trial, estimates)

    def _begin(self, trial: Trial, estimates: Estimates) -> None:
        stage = self._stage
        if stage.debate is None or trial.base is not self.real:
            stage.refuse("The debate has changed meanwhile, so this is not tried; look at what would change it now")
            return
        self._real = self._real or (stage.debate, stage.estimates)
        self.trial, self._keeping = trial, False
        self._show(trial.debate, estimates)

    def put_back(self) -> None:
        """Show the debate as it is."""
        if self._real is not None:
            (debate, estimates), self._real, self.trial = self._real, None, None
            self._show(debate, estimates)

    def keep(self) -> None:
        """Make the change that is tried for good, as one entry."""
        if self.trial is not None:
            self._keeping = True
            self._changes.ask(self.trial.keep, self.trial.seen)

    def overtaken(self, state: State) -> None:
        """End a trial because the debate has really changed; the caller shows the new state."""
        trial, kept = self.trial, self._keeping and state.ours
        self.trial, self._real, self._keeping = None, None, False
        if trial is not None and not kept:
            self._stage.notify("What was tried is put back: the debate has changed.", timeout=5, markup=False)
