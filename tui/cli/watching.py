"""`export --watch`: a debate written again whenever it is another one, whoever changed it, until ctrl-c."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Debate
from hypotheses.problems import AbduceError
from tui.cli.failures import say

if TYPE_CHECKING:
    from store.debate_store import DebateStore

EVERY: Final = 0.5
"""Seconds between two looks."""


def wait_a_little() -> None:
    """Wait until the next look."""
    time.sleep(EVERY)


def watch(
    store: DebateStore, slug: str, export: Callable[[Debate], object], wait: Callable[[], object] = wait_a_little
) -> None:
    """Export a debate, and again after every change of it, until ctrl-c.

    What goes wrong is told once and tried again at every look; only the first time it ends the watching.

    Raises:
        AbduceError: the first export failed.
    """
    with suppress(KeyboardInterrupt):
        first = store.refresh(slug, -1)
        if first is None or first.entry is None:
            return
        export(first.debate)
        say(f"watching {slug}; ctrl-c ends it")
        _go_on(store, first.debate.slug, first.entry.id, export, wait)


def _go_on(
    store: DebateStore, slug: str, entry: int, export: Callable[[Debate], object], wait: Callable[[], object]
) -> None:
    told = ""
    while True:
        wait()
        try:
            change = store.refresh(slug, entry)
            if change is None or change.entry is None:
                continue
            export(change.debate)
        except AbduceError as error:
            if str(error) != told:
                say(told := str(error))
        else:
            told, slug, entry = "", change.debate.slug, change.entry.id
