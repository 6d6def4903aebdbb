"""What follows the debate: a screen or dialog that is told of every new state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.debate import Debate

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates


class Showing:
    """A mixin: the app calls `show` whenever there is something new."""

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the debate as it is now; without numbers while they are being worked out."""
