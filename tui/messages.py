"""What happened, as messages: workers post them, handlers change the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.message import Message
from textual.notifications import Notification

if TYPE_CHECKING:
    from store.entries import Entry
    from tui.session import Session, State


MOMENT: Final = 0.01
"""Seconds that a toast is shown at least."""


@dataclass
class Told(Notification):
    """A message for a toast.

    Textual makes its timer of the time left, which may have run out since it looked whether it had: when another screen
    takes the toasts over, say. A timer of less than nothing goes round for ever, and the program with it.
    """

    @property
    def time_left(self) -> float:
        """Seconds until it goes, at least a moment."""
        return max(MOMENT, super().time_left)

    @property
    def has_expired(self) -> bool:
        """Whether its time is up."""
        return super().time_left <= 0


@dataclass
class DebateLoaded(Message):
    """The store is open and this is the debate; its numbers follow."""

    session: Session
    state: State


@dataclass
class HistoryRead(Message):
    """The journal of one explanation."""

    hypothesis: str
    entries: tuple[Entry, ...]
