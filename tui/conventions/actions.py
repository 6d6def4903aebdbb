"""What the key opens that switches the convention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.debate import Debate
from tui.conventions.dialog import Conventions

if TYPE_CHECKING:
    from tui.host import Host


def choose_convention(app: Host, debate: Debate, at: str = "") -> None:
    """Choose which readings count, the cursor on one, or else on those that count now."""

    def take(chosen: str | None) -> None:
        if chosen and chosen != debate.convention:
            app.changes.ask(
                lambda store, seen: store.edit_debate(debate.slug, convention=chosen, expected=seen), debate
            )

    app.push_screen(Conventions(debate, at or debate.convention), take)
