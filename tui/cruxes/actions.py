"""What the key opens about what would change the conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cruxes.dialog import Cruxes
from tui.trying import Trial

if TYPE_CHECKING:
    from tui.host import Host


def show_cruxes(app: Host) -> None:
    """Look at what would change the conclusion, and try it."""

    def take(trial: Trial | None) -> None:
        if trial is not None:
            app.trying.start(trial)

    app.push_screen(Cruxes(), take)
