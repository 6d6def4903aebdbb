"""What a command acts on, and whether that is there; what each of them does is in `tui/actions.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hypotheses.debate import Debate
from tui.command_keys import why_not
from tui.commands import APP, COMMON
from tui.host import Host, Target
from tui.screens import Typing

NEEDS: Final = {command.id: command.needs for command in (*COMMON, *APP)}
"""Command -> what the cursor has to be on."""


class Acting(Host):
    """Has commands carried out with what the cursor is on."""

    @property
    def target(self) -> Target:
        """What the cursor is on."""
        return self.screen.target if isinstance(self.screen, Typing) else Target()

    def can_act(self, command: str, target: Target) -> bool:
        """Say whether what a command needs is there, in the debate as it is stored."""
        debate, needs = self.real, NEEDS.get(command, "debate")
        if debate is None:
            return not needs
        there = {
            "explanation": target.hypothesis in debate.hypotheses,
            "evidence": target.evidence in debate.evidence,
            "idea": target.idea in debate.ideas,
        }
        there["rating"] = there["explanation"] and there["evidence"]
        there["something"] = any(there.values())
        return there.get(needs, True)

    def action_act(self, command: str) -> None:
        """Do what a command is for with what the cursor is on."""
        self.act(command, self.target)

    def act(self, command: str, target: Target) -> None:
        """Do what a command is for, on this."""
        from tui.actions import ACTIONS, PROGRAM  # noqa: PLC0415 - dialogs are loaded when the first is opened

        if command in PROGRAM:
            PROGRAM[command](self)
        elif self.real is not None and (gone := _gone(self.real, target)):
            self.refuse(f"The {gone} is not there any more")
        elif self.real is not None and self.can_act(command, target):
            ACTIONS[command](self, self.real, target)

    def make_quantity(self, symbol: str, done: Callable[[bool | None], None]) -> None:
        """Fill in a form for a quantity that a formula names already."""
        from tui.numbers.figure_actions import add_quantity  # noqa: PLC0415 - as in `act`

        if self.real is not None:
            add_quantity(self, self.real, done, symbol)

    def action_explain(self, command: str) -> None:
        """Say why a key does nothing here."""
        if self.real is not None:
            self.notify(why_not(command, self.showing), markup=False)


def _gone(debate: Debate, target: Target) -> str:
    """Say what of a target somebody has removed, where a box shows it still; nothing if all is there."""
    if target.hypothesis and target.hypothesis not in debate.hypotheses:
        return "explanation"
    if target.evidence and target.evidence not in debate.evidence:
        return "evidence"
    return "idea" if target.idea and target.idea not in debate.ideas else ""
