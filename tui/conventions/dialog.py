"""The conventions to choose from, each with the headline gap that it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from hypotheses.debate import Debate
from tui.command_keys import bound_to
from tui.conventions.editing import add_convention, remove_convention, rename_convention
from tui.dialogs.dialog import Dialog
from tui.dialogs.picker import Choice, ChoiceList
from tui.number_text import with_unit
from tui.screens import Showing
from tui.widgets.button_row import KeyButton
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.host import Host

WAITING = "…"
"""Stands where a figure is being worked out."""
UNKNOWN = "not known"


class Conventions(Dialog[str | None], Showing):
    """Returns the one that is to count, or None."""

    DEFAULT_CSS = "Conventions ChoiceList { height: auto; min-height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound_to("add", "add"),
        bound_to("edit", "rename"),
        bound_to("remove", "remove"),
    ]
    app: Host
    rolling = "ChoiceList"
    keys = ""
    buttons: Sequence[KeyButton] = (
        KeyButton("Take", "enter"),
        KeyButton("Add", command="add"),
        KeyButton("Rename", command="edit"),
        KeyButton("Remove", command="remove"),
        KeyButton("Back", "escape"),
    )

    def __init__(self, debate: Debate, at: str) -> None:
        """Offer the conventions of a debate, the cursor on one."""
        super().__init__("Which readings count")
        self._at = at
        self._debate = debate
        self._figures: Mapping[str, str] = {}
        """Convention -> the headline gap that it gives."""

    def body(self) -> ComposeResult:
        """The conventions, one a line."""
        yield ChoiceList(id="choices", empty="No source is read yet, so none is there to choose: `{add}` adds one.")

    def on_mount(self) -> None:
        """Show them."""
        choices = self.query_one(ChoiceList)
        self._show()
        choices.go_to(self._at)
        choices.focus()
        self._work_out(self.app, self._debate)

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Follow the debate; figures that may have moved are worked out anew."""
        if debate is not self._debate and self.query("#choices"):
            self._debate, self._figures = debate, {}
            self._show()
            self._work_out(self.app, debate)
            self.fit()

    def _show(self) -> None:
        debate = self._debate
        figures = (
            self._figures if self._figures or debate.headline is None else dict.fromkeys(debate.conventions, WAITING)
        )
        self.query_one(ChoiceList).show(
            [Choice(name, name, about_convention(debate, name), figures.get(name, "")) for name in debate.conventions]
        )

    @work(thread=True, exclusive=True, group="conventions", description="conventions", exit_on_error=False)
    def _work_out(self, app: Host, debate: Debate) -> None:
        gap = debate.headline
        if gap is not None and app.session is not None:
            figures = {
                name: UNKNOWN if estimate is None else with_unit(gap, estimate.now.median)
                for name, estimate in app.session.conventions.of(debate, gap.symbol).items()
            }
            app.call_from_thread(self._take, debate, figures)

    def _take(self, debate: Debate, figures: Mapping[str, str]) -> None:
        if debate is self._debate and self.query("#choices"):
            self._figures = figures
            self._show()

    # What the keys do

    @property
    def _current(self) -> str:
        current = self.query_one(ChoiceList).current
        return current.key if current is not None else ""

    @on(LineList.Opened)
    def take(self) -> None:
        """Take the one under the cursor."""
        self.close(self._current)

    def action_add(self) -> None:
        """Fill in a form for a new one."""
        if self.app.real is not None:
            add_convention(self.app, self.app.real)

    def action_rename(self) -> None:
        """Call the one under the cursor otherwise."""
        if self.app.real is not None and self._current in self.app.real.conventions:
            rename_convention(self.app, self.app.real, self._current)

    def action_remove(self) -> None:
        """Remove the one under the cursor."""
        if self.app.real is not None and self._current in self.app.real.conventions:
            remove_convention(self.app, self.app.real, self._current)


def about_convention(debate: Debate, name: str) -> str:
    """Say how many quantities and assumptions have a reading of this convention."""
    assumed = [assumption for hypothesis in debate.hypotheses.values() for assumption in hypothesis.assumes.values()]
    quantities = sum(name in quantity.readings for quantity in debate.quantities.values())
    assumptions = sum(name in assumption.readings for assumption in assumed)
    read = f"{quantities} of {len(debate.quantities)} quantities"
    return f"read: {read}, {assumptions} of {len(assumed)} assumptions" if assumed else f"read: {read}"
