"""What the keys of the Matrix screen open and change, each by one call of one store method."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hypotheses.debate import Debate, Evidence
from hypotheses.matrix import ORDERS, Order
from tui.dialogs.message import Page
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.weigh import Weigh
from tui.editing.evidence import rate, retract
from tui.widgets.matrix_text import schemes_text

if TYPE_CHECKING:
    from tui.app import AbduceApp
    from tui.widgets.matrix_cells import Sheet

__all__ = ["rate", "retract", "schemes", "sort", "weigh"]


def weigh(app: AbduceApp, debate: Debate, evidence: Evidence) -> None:
    """Set credibility, relevance and cluster of an item."""
    app.push_screen(Weigh(debate, evidence))


def sort(app: AbduceApp, by: Order, take: Callable[[str | None], None]) -> None:
    """Choose an order of the rows; the one there is sorts them anew."""
    choices = [Choice(name, "as logged" if name == "logged" else name, about) for name, about in ORDERS.items()]
    app.push_screen(Picker("Sort by", choices, by), take)


def schemes(app: AbduceApp, sheet: Sheet) -> None:
    """Show how every score is made."""
    app.push_screen(Page("How the scores are made", schemes_text(sheet)))
