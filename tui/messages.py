"""What happened, as messages: workers post them, handlers change the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from store.entries import Entry
    from tui.session import Session, State


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
