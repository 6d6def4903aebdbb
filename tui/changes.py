"""The one way of a change: in which order, of which debate, against what its editor saw, and what became of it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from hypotheses.problems import AbduceError
from store.errors import Conflict, OutcomeUnknown
from store.expected import ANYTHING
from tui.stage import Stage
from tui.terminal.clean import clean_text

if TYPE_CHECKING:
    from textual.worker import Worker

    from tui.session import Made, Session, State, StoreCall

LONG: Final = 1.0
"""Seconds after which a change that is still under way is spoken of; a person who types now has seen that."""


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


class Changes:
    """Carries out what is asked for, one after the other, in a thread; then the screens are told, and whoever asked.

    All of its methods are called by the app's own thread, where everything but the disk and the sums is done. So there
    is nothing to lock: the store is asked to change or to look by one thread at a time.
    """

    def __init__(self, stage: Stage, offer: Callable[[Asked, Conflict], None]) -> None:
        """Show on a stage what becomes of changes, and `offer` those that met another person's."""
        self._stage = stage
        self._offer = offer
        self._waiting: deque[Callable[[], Awaitable[None]]] = deque()
        self._under_way: deque[float] = deque()
        self._failed = ""
        self._heard = False
        """Whether another program has written since the last look began."""
        self._unknown: deque[OutcomeUnknown] = deque()
        """What became of changes that were being saved when the server went away is not known yet."""
        self.session: Session | None = None
        """The store and the engine, once they are open."""

    @property
    def under_way(self) -> int:
        """How many changes that were asked for are not on screen yet."""
        return len(self._under_way)

    @property
    def asked_at(self) -> float:
        """When the last of it was asked for, by the clock of `time.monotonic`."""
        return self._under_way[-1] if self._under_way else 0.0

    def ask(
        self,
        edit: StoreCall,
        seen: object,
        *,
        made: Callable[[], object] | None = None,
        refused: Callable[[Asked, AbduceError], object] | None = None,
    ) -> None:
        """Ask for a change, made after all that were asked for before. The arguments are the fields of `Asked`."""
        self._begin(partial(self._make, Asked(edit, seen, made, refused)))

    def begin(self, session: Session, state: State) -> None:
        """Begin with a debate that was just opened; its numbers follow."""
        self.session = session
        self._stage.take(state)
        self._put(partial(self._estimate, state))

    def open(self, slug: str) -> None:
        """Take up another debate."""
        self._begin(partial(self._open, slug))

    def look(self) -> None:
        """Look for what other processes did; while anything is under way, that comes to light by itself."""
        if not self._waiting and self.session is not None:
            self._put(self._look)

    def hear(self) -> None:
        """Look for what another program did as soon as nothing else is under way."""
        self._heard = True
        self.look()

    def tell(self, asked: Asked, problem: AbduceError) -> None:
        """Tell why a change was not made; one that met another person's is offered beside theirs."""
        if isinstance(problem, Conflict) and asked.seen is not ANYTHING:
            self._offer(asked, problem)
        else:
            self._stage.refuse(str(problem))

    def again(self, asked: Asked, conflict: Conflict) -> None:
        """Ask for a change once more, against what another person has made of it."""
        self._begin(partial(self._make, replace(asked, seen=self.seen_now(asked.seen, conflict))))

    def seen_now(self, seen: object, conflict: Conflict) -> object:
        """Return what is seen once another person's change is told: their value, or all of which it is one."""
        # The order of the ranking, or a cluster: one of its values has moved.
        return conflict.theirs if type(conflict.theirs) is type(seen) else self._stage.real

    def _begin(self, job: Callable[[], Awaitable[None]]) -> None:
        async def counted() -> None:
            try:
                await job()
            finally:
                self._under_way.popleft()

        self._under_way.append(monotonic())
        self._put(counted)

    def _put(self, job: Callable[[], Awaitable[None]]) -> None:
        self._waiting.append(job)
        if len(self._waiting) == 1:
            _: Worker[None] = self._stage.run_worker(self._carry_out, group="changes", description="changes")

    async def _carry_out(self) -> None:
        while self._waiting:
            try:
                await self._waiting[0]()
            finally:
                self._waiting.popleft()
                if self._heard and not self._waiting:
                    self._waiting.append(self._look)

    # The jobs

    async def _make(self, asked: Asked) -> None:
        session = self.session
        if session is None:
            return
        with self._telling_waits():
            made = await asyncio.to_thread(session.make, asked.edit, asked.seen)
        if made.state is not None:
            self._stage.take(made.state)
        self._tell_made(asked, made)

    @contextmanager
    def _telling_waits(self) -> Iterator[None]:
        """Tell once that the database keeps a change waiting: this one, or one that was asked for after this look."""
        loop = asyncio.get_running_loop()
        waits: asyncio.TimerHandle

        def tell() -> None:
            nonlocal waits
            if self._under_way:
                told = "Waiting for the database. What is typed meanwhile waits with it."
                self._stage.notify(told, markup=False)
            else:
                waits = loop.call_later(LONG, tell)

        waits = loop.call_later(LONG, tell)
        try:
            yield
        finally:
            waits.cancel()

    def _tell_made(self, asked: Asked, made: Made) -> None:
        if isinstance(made.problem, OutcomeUnknown):
            self._unknown.append(made.problem)
        if made.problem is None:
            if made.elsewhere is not None and made.elsewhere.entry is not None:
                sentence = f"in {made.elsewhere.debate.title!r}: {made.elsewhere.entry.label}"
                self._stage.notify(clean_text(sentence), markup=False)
            if asked.made is not None:
                asked.made()
        elif asked.refused is not None:
            asked.refused(asked, made.problem)
        else:
            self.tell(asked, made.problem)

    async def _open(self, slug: str) -> None:
        session = self.session
        if session is None:
            return
        try:
            with self._telling_waits():
                state = await asyncio.to_thread(session.open, slug)
        except AbduceError as problem:
            self._stage.refuse(str(problem))
        else:
            self._stage.take(state)
            self._waiting.insert(1, partial(self._estimate, state))  # before what changes this state

    async def _estimate(self, state: State) -> None:
        if self.session is not None:
            estimates = await asyncio.to_thread(self.session.estimate, state.debate)
            self._stage.take(replace(state, estimates=estimates))

    async def _look(self) -> None:
        session, self._heard = self.session, False
        if session is None:
            return
        try:
            with self._telling_waits():
                state = await asyncio.to_thread(session.look)
        except AbduceError as problem:
            self.cannot_read(problem)
            return
        if self._failed:
            self._failed = ""
            self._stage.notify("The database can be read again.", markup=False)
        if state is not None:
            self._stage.take(state)
        await self._tell_outcomes()

    async def _tell_outcomes(self) -> None:
        """Tell what became of what was being saved when the server went away, now that it is back."""
        while self._unknown:
            try:
                saved = await asyncio.to_thread(self._unknown[0].was_saved)
            except AbduceError:
                return  # it is gone again
            self._unknown.popleft()
            if saved:
                self._stage.notify("What was being saved when the server went away was saved.", markup=False)
            else:
                self._stage.refuse("What was being saved when the server went away was not saved: make it again")

    def cannot_read(self, problem: AbduceError) -> None:
        """Tell that reading failed, once until it works again."""
        if not self._failed:
            self._failed = str(problem)
            meanwhile = "What is on screen was read before; reading is tried again until it works, and that is told."
            self._stage.refuse(f"{problem}. {meanwhile}")
