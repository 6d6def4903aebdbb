"""What the keys of the Numbers screen do in its lists: with a quantity, a gap or an explanation."""

from __future__ import annotations

from textual import on

from hypotheses.debate import Quantity
from hypotheses.edits.quantities import counts_parameters
from tui.host import Target
from tui.numbers.gap_list import GapList, TickList
from tui.numbers.quantities import QuantityList
from tui.screens import WholeScreen


class FigureKeys(WholeScreen):
    """A screen with the three lists; in that of the explanations the keys do what they do everywhere."""

    _wanted = ""
    """The symbol of what was added, until the cursor has gone to it."""

    @property
    def quantity(self) -> Quantity | None:
        """The quantity under the cursor as it is stored."""
        current, real = self.query_one(QuantityList).quantity, self.app.real
        return real.quantities.get(current.symbol) if current is not None and real is not None else None

    @property
    def target(self) -> Target:
        """The explanation under the cursor, where the focus is in their list."""
        ticks = self.focused
        current = ticks.current if isinstance(ticks, TickList) else None
        return Target(current.slug if current else "")

    @property
    def copied(self) -> str:
        """The quantity under the cursor, on a head those of its role as a table; elsewhere the gap that is shown."""
        from tui.numbers.copied_figures import gap_copied, quantities_copied, quantity_copied  # noqa: PLC0415 - when asked

        debate, gap = self.app.debate, self.query_one(GapList).current
        quantities = self.query_one(QuantityList)
        if debate is None or isinstance(self.focused, TickList):
            return ""
        if isinstance(self.focused, QuantityList):
            if quantities.quantity is not None:
                return quantity_copied(quantities.quantity, debate.convention)
            return quantities_copied(quantities.of_open_role, debate.convention)
        estimates = self.query_one(GapList).estimates
        return gap_copied(gap, estimates.gaps.get(gap.symbol) if estimates else None) if gap is not None else ""

    def action_add(self) -> None:
        """Add a gap where the cursor is in the gaps, else a quantity."""
        self.do("add")

    def action_describe(self) -> None:
        """Say what the quantity or the gap under the cursor is called, and what else there is to it."""
        self.do("describe")

    def action_remove(self) -> None:
        """Remove the quantity or the gap under the cursor."""
        self.do("remove")

    def action_move_up(self) -> None:
        """Move it past the one above."""
        self.do("move_up")

    def action_move_down(self) -> None:
        """Move it past the one below."""
        self.do("move_down")

    def do(self, command: str) -> None:
        """Do what a command is for in the list that has the keys."""
        from tui.numbers.figure_actions import FIGURE_ACTIONS, Pointed  # noqa: PLC0415 - dialogs are loaded when the first is opened

        real, in_gaps = self.app.real, isinstance(self.focused, GapList)
        if isinstance(self.focused, TickList):
            self.app.act("edit" if command == "describe" else command, self.target)
        elif real is not None:
            gap = self.query_one(GapList).current if in_gaps else None
            figure = real.gaps.get(gap.symbol) if gap is not None else None if in_gaps else self.quantity
            among = tuple(real.gaps) if in_gaps else self.query_one(QuantityList).of_its_role
            FIGURE_ACTIONS[command](Pointed(self.app, figure, among, in_gaps, self._want), real)

    def _want(self, symbol: str) -> None:
        """Put the cursor on what was added, now or when it is shown."""
        self._wanted = "" if self._go_to(symbol) else symbol

    def go_to(self, kind: str, name: str) -> None:
        """Put the cursor on a quantity or a gap, now or when it is shown."""
        if not self.is_there:
            self._wanted = name
            return
        self.query_one(QuantityList).unfold(name)
        self._want(name)

    def go_to_wanted(self) -> None:
        """Put the cursor on what was added, unless it lies in a role that is folded."""
        self._go_to(self._wanted)
        self._wanted = ""

    def _go_to(self, symbol: str) -> bool:
        there = (one for one in (self.query_one(QuantityList), self.query_one(GapList)) if symbol and one.go_to(symbol))
        found = next(there, None)
        if found is not None:
            found.focus()
        return found is not None

    @on(QuantityList.ReadingPressed)
    def action_reading(self) -> None:
        """Choose which reading of a quantity counts; add, edit or remove one."""
        from tui.numbers.reading_actions import choose_reading  # noqa: PLC0415 - as in `do`

        quantity, real = self.quantity, self.app.real
        if quantity is not None and real is not None:
            choose_reading(self.app, real, quantity)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a model's size only for what could be one."""
        if not super().check_action(action, parameters) or action != "model":
            return super().check_action(action, parameters)
        return self.quantity is not None and counts_parameters(self.quantity)

    def action_model(self) -> None:
        """Choose a model's size as the value of a quantity."""
        from tui.numbers.actions import choose_model  # noqa: PLC0415 - as in `do`

        quantity, real = self.quantity, self.app.real
        if quantity is not None and real is not None:
            choose_model(self.app, real, quantity)
