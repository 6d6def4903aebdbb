"""Keys and pastes, carried out one after the other: each is done, on screen and stored before the next one acts.

Textual 8.2.8 forwards a key to whatever has the focus at that moment and lets it wander from there through every widget
up to the app before a binding acts. Of keys that arrive together, the second is on its way to the list before the first
has opened the dialog that it was meant for. So the app takes keys only from here, where the next one waits until there
is nothing left to be done for the one before.
"""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic
from typing import Final

from textual import events
from textual.widgets import Input, TextArea

from tui.changes import LONG
from tui.commands import COMMANDS
from tui.host import Host
from tui.screens import Typing
from tui.terminal import at_rest
from tui.terminal.escape_keys import WordKey

BACKGROUND: Final = frozenset(
    {
        "alike count",
        "aside",
        "changes",
        "conventions",
        "cruxes",
        "figures",
        "finder",
        "formulas",
        "history",
        "idea",
        "idea search",
        "if saved",
        "look up",
        "open",
        "says",
        "stands",
        "templates",
        "timeline",
        "view",
        "would",
    }
)
"""Groups of workers that no key waits for, or only by a rule of its own; what any other does may be needed by it."""
PAUSE: Final = 0.002
"""Seconds between two looks whether what is waited for has come."""
PATIENCE: Final = 5.0
"""Seconds after which a screen that finds no rest is typed on all the same, once its widgets are there."""


class Keyboard:
    """What was typed and is not carried out yet."""

    def __init__(self, app: Host) -> None:
        self._app = app
        self._typed: deque[events.Key | events.Paste] = deque()
        self._task: asyncio.Task[None] | None = None

    @property
    def idle(self) -> bool:
        """Whether everything that was typed is carried out."""
        return self._task is None

    @property
    def left(self) -> int:
        """How many keys and pastes wait for the one before."""
        return len(self._typed)

    def take(self, event: events.Key | events.Paste) -> None:
        """Carry out a key or a paste after all that came before it.

        A second ctrl+q ends the program at once, whatever the first one waits for.
        """
        if isinstance(event, events.Key) and event.key == "ctrl+q" and any(map(_leaves, self._typed)):
            self._app.end()
            return
        self._typed.append(event)
        if self._task is None:
            self._task = asyncio.create_task(self._carry_out(), name="keyboard")

    async def _carry_out(self) -> None:
        try:
            await self.rest()
            while self._typed and not self._app.leaving:
                event = self._typed[0]
                if self._may_act(event):
                    self._typed.popleft()
                    await self._do(event)
                    if self._typed and self._only_moves(event) and self._only_moves(self._typed[0]):
                        continue  # a key is held: they act in the order in which they come, and paint together
                else:
                    await asyncio.sleep(PAUSE)
                await self.rest()  # and a key that came in this time is the next one
        except Exception as error:  # as of any message that a widget handles
            self._app.unexpected(error)
        finally:
            self._task = None
        self._app.at_rest()

    async def _do(self, event: events.Key | events.Paste) -> None:
        if isinstance(event, WordKey):
            event, *later = event.keys(in_text=isinstance(self._app.focused, Input | TextArea))
            self._typed.extendleft(later)
        self._app.typed_at = event.time
        await self._app.carry_out(event)

    def _may_act(self, event: events.Key | events.Paste) -> bool:
        """Say whether what a key acts on is there: the debate, the rows, and what was changed before it was typed."""
        app, screen = self._app, self._app.screen
        key = event.key if isinstance(event, events.Key) else "paste"
        if app.debate is None:
            return key in COMMANDS["leave"].own_keys
        if isinstance(screen, Typing) and screen.awaits(key):
            return False
        if any(worker.is_running and worker.group not in BACKGROUND for worker in app.workers):
            return False
        if isinstance(screen, Typing) and screen.goes_ahead(key):
            return True
        # What is typed long after a change was asked for is meant for what is on screen, whatever becomes of that.
        return not self._app.changes.under_way or event.time - self._app.changes.asked_at > LONG

    def _only_moves(self, event: events.Key | events.Paste) -> bool:
        screen = self._app.screen
        return isinstance(event, events.Key) and isinstance(screen, Typing) and screen.only_moves(event.key)

    async def rest(self) -> None:
        """Wait until no widget handles a message or has one left, and had none when all of them had a turn.

        It still holds when this returns: whoever waits for more asks at once, for a change may end at any other time.
        """
        began, quiet, pause = monotonic(), 0, 0.0
        while quiet < 2 and not self._app.leaving:
            if monotonic() - began > PATIENCE and at_rest.all_there(self._app):
                return
            await asyncio.sleep(pause)
            quiet = quiet + 1 if not self._app.soon_under_way and at_rest.is_quiet(self._app) else 0
            pause = 0 if quiet else PAUSE / 4


def _leaves(event: events.Key | events.Paste) -> bool:
    return isinstance(event, events.Key) and event.key == "ctrl+q"
