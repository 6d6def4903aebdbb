"""What happened, as messages: workers post them, handlers change the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from hypotheses.debate import Debate

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from store.debate_store import DebateStore
    from store.entries import Entry


@dataclass
class DebateLoaded(Message):
    """The store is open and this is the debate."""

    store: DebateStore
    debate: Debate


@dataclass
class DebateChanged(Message):
    """A change was committed, by us or by another process."""

    debate: Debate
    estimates: Estimates
    entry: Entry | None
    ours: bool = True


@dataclass
class EstimatesReady(Message):
    """The numbers for this debate."""

    debate: Debate
    estimates: Estimates
