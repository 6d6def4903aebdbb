"""What the keys of the Matrix open: the order of its rows, and how its scores are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hypotheses.matrix import ORDERS, Order
from tui.dialogs.message import Page
from tui.dialogs.picker import Choice, Picker
from tui.matrix.schemes_text import schemes_text

if TYPE_CHECKING:
    from tui.host import Host
    from tui.matrix.cells import Sheet


def sort(app: Host, by: Order, take: Callable[[str | None], None]) -> None:
    """Choose an order of the rows; the one there is sorts them anew."""
    choices = [Choice(name, "as logged" if name == "logged" else name, about) for name, about in ORDERS.items()]
    app.push_screen(Picker("Sort by", choices, by), take)


def schemes(app: Host, sheet: Sheet) -> None:
    """Show how every score is made."""
    app.push_screen(Page("How the scores are made", schemes_text(sheet)))
