"""How an explanation turned out, typed in its row of the ranking."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import Hypothesis
from tui.dialogs.row_prompt import RowPrompt
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from tui.session import StoreCall


class SettlePrompt(RowPrompt):
    """Takes the row of an explanation, and leaves its title in sight."""

    DEFAULT_CSS = """
    SettlePrompt { & #typed { width: 24; } & #rest { width: 1; } }
    """
    keys = "enter keep · tab why · esc back · true, false 2023-03-21, or open to take it back"

    def __init__(
        self,
        rows: LineList[Any],
        hypothesis: Hypothesis,
        value: str,
        *,
        read: Callable[[str], str],
        edit: Callable[[str, str], StoreCall],
    ) -> None:
        """Ask how the explanation under the cursor turned out; `value` is what is known of that."""
        super().__init__("How did it turn out?", rows, value, read=read, edit=edit, seen=hypothesis)
        self._title = hypothesis.title

    def draw_row(self) -> None:
        """Draw the title before the field."""
        lead = Content.assemble(("▌", "$primary"), "  ", content(self._title, "bold"), "  ")
        put(self.query_one("#lead", Static), lead.truncate(max(1, self._rows.region.width - 26), ellipsis=True))
