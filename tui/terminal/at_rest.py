"""Whether anything is still to be done by a widget. Textual 8.2.8 has no public way to ask."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.message_pump import MessagePump


def all_there(app: App[Any]) -> bool:
    """Say whether every widget has come, or gone again."""
    return all(pump._is_mounted or pump._closed for pump in app._registry)  # noqa: SLF001


def is_quiet(app: App[Any]) -> bool:
    """Say whether no widget handles a message or has one left, and nothing is to be called after a refresh."""
    return not app.screen._callbacks and _has_nothing_left(app) and all(map(_has_nothing_left, app._registry))  # noqa: SLF001


def _has_nothing_left(pump: MessagePump) -> bool:
    if pump._closed:  # noqa: SLF001
        return True
    if not pump._is_mounted or pump._pending_message is not None or pump._next_callbacks:  # noqa: SLF001
        return False
    queue: Any = pump._message_queue  # noqa: SLF001
    # Between two messages it waits for the next one; a handler that waits for something else is not done with its own.
    return queue.empty() and bool(queue.ready_event._waiters)  # noqa: SLF001
