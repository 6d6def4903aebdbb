"""The quantities behind the gaps: change one and watch every gap move."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from hypotheses.debate import OWN_READING, PLAIN_READING, Debate, Quantity
from hypotheses.problems import Malformed
from store.errors import AbduceError
from tui.dialogs.base import Dialog
from tui.dialogs.picker import Choice, Picker
from tui.plain import content
from tui.showing import Showing
from tui.widgets.gap_strip import GapStrip
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.app import AbduceApp


class QuantityList(LineList[Quantity]):
    """Label, value and reading of each quantity."""

    convention = ""

    def key_of(self, row: Quantity) -> object:
        """A row is its symbol."""
        return row.symbol

    def draw(self, row: Quantity, width: int) -> list[Content]:
        """Draw a quantity on one line."""
        name = max(18, width * 2 // 5)
        reading = row.reading(self.convention)
        value = content(reading.value, "bold") if reading else content(f"= {row.formula}", "dim")
        told = content(told_reading(row, self.convention), "$text-accent")
        room = max(12, width - name - told.cell_length - 2)
        amount = Content.assemble(value, " ", content(row.unit, "dim"))
        label = content(row.label or row.symbol)
        return [
            Content.assemble(
                label.truncate(name, ellipsis=True, pad=True),
                " ",
                amount.truncate(room, ellipsis=True, pad=True),
                " ",
                told,
            )
        ]


def told_reading(quantity: Quantity, convention: str) -> str:
    """Name the reading that counts, where there is something to tell."""
    name = quantity.reading_name(convention)
    if convention and name not in (OWN_READING, PLAIN_READING, "", convention) and not quantity.chosen:
        return f"{name}, there is none of {convention}"
    if name == OWN_READING:
        return "your own"
    if name in ("", PLAIN_READING) or len(quantity.readings) == 1:
        return ""
    return f"{name} ({len(quantity.readings)} readings)"


class Values(Dialog[None], Showing):
    """Stays open while values change; the gaps above follow."""

    DEFAULT_CSS = """
    Values {
        & #box { width: 110; }
        & QuantityList { height: 1fr; min-height: 5; margin-top: 1; }
        & #about { height: auto; max-height: 5; color: $text-muted; margin-top: 1; }
        & #typed { display: none; }
        & #typed.open { display: block; }
        & GapStrip { padding: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "reading", "Choose a reading", show=False),
        Binding("e", "edit", "Change", show=False),
        Binding("c", "app.choose('convention')", "Switch convention", show=False),
        Binding("u", "app.undo", "Undo", show=False),
        Binding("U", "app.redo", "Redo", show=False),
    ]
    keys = "enter change · r choose a reading · c switch the convention · u undo · esc back"
    app: AbduceApp

    def __init__(self, debate: Debate, estimates: Estimates | None) -> None:
        super().__init__("Values")
        self._debate = debate
        self._estimates = estimates

    def body(self) -> ComposeResult:
        """The gaps, the quantities, what is known of one, and the field."""
        yield GapStrip(id="gaps")
        yield QuantityList(id="quantities", empty="This debate has no quantities yet.")
        yield Static(id="about")
        yield Input(id="typed", compact=True)

    def on_mount(self) -> None:
        """Show what there is."""
        self.query_one("#box").styles.height = "94%"
        self.show(self._debate, self._estimates)
        self.query_one(QuantityList).focus()

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Follow the debate."""
        self._debate, self._estimates = debate, estimates
        quantities = self.query_one(QuantityList)
        quantities.convention = debate.convention
        quantities.show(tuple(debate.quantities.values()))
        self.query_one(GapStrip).show(debate, estimates)
        self._tell_about()

    @on(LineList.Highlighted, "#quantities")
    def _tell_about(self) -> None:
        quantity = self.query_one(QuantityList).current
        if quantity is None:
            return
        reading = quantity.reading(self._debate.convention)
        lines = [f"{quantity.symbol}: {reading.source or 'no source'}" if reading else f"{quantity.symbol}: a formula"]
        lines += [part for part in (reading.note if reading else "", quantity.note) if part]
        self.query_one("#about", Static).update(content("\n".join(lines), multiline=True))

    # Changing a value

    @on(LineList.Opened, "#quantities")
    def action_edit(self) -> None:
        """Open the field under the list."""
        quantity = self.query_one(QuantityList).current
        if quantity is None:
            return
        reading = quantity.reading(self._debate.convention)
        field = self.query_one("#typed", Input)
        field.add_class("open")
        field.value = reading.value if reading else ""
        field.placeholder = "890M, 30B to 300B, 100B (50B to 500B)"
        field.focus()

    @on(Input.Changed, "#typed")
    def typed(self, event: Input.Changed) -> None:
        """Say how the value is read, and move the gaps."""
        if event.input.has_class("open"):
            self.preview(event.value)

    @work(thread=True, exclusive=True, group="preview", exit_on_error=False)
    def preview(self, text: str) -> None:
        """Estimate with the typed value, in a thread."""
        from hypotheses.estimates import (  # noqa: PLC0415
            describe,
            parse_value,
            with_value,
        )

        quantity = self.query_one(QuantityList).current
        if quantity is None:
            return
        try:
            told = describe(parse_value(text))
            debate = with_value(self._debate, quantity.symbol, text)
            if self.app.session is None:
                return
            estimates = self.app.session.what_if(debate)
        except Malformed as refused:
            self.app.call_from_thread(self.tell, str(refused))
        else:
            self.app.call_from_thread(self._preview_ready, told, debate, estimates)

    def _preview_ready(self, told: str, debate: Debate, estimates: Estimates) -> None:
        if self.query_one("#typed").has_class("open"):
            self.tell(f"{told} · enter saves, esc leaves it", wrong=False)
            self.query_one(GapStrip).show(debate, estimates)

    @on(Input.Submitted, "#typed")
    def submitted(self, event: Input.Submitted) -> None:
        """Save the value."""
        quantity = self.query_one(QuantityList).current
        if quantity is not None:
            self.save(quantity.symbol, event.value)

    @work(thread=True, exclusive=True, group="save", exit_on_error=False)
    def save(self, symbol: str, text: str) -> None:
        """Store the value, or say why not and stay."""
        try:
            self.app.commit(lambda store, slug: store.set_value(slug, symbol, text))
        except (AbduceError, Malformed) as refused:
            self.app.call_from_thread(self.tell, str(refused))
        else:
            self.app.call_from_thread(self._close_field)

    def _close_field(self) -> None:
        self.query_one("#typed", Input).remove_class("open")
        self.tell("")
        self.query_one(QuantityList).focus()
        self.show(self._debate, self._estimates)

    def action_close(self) -> None:
        """Close the field, or the dialog."""
        if self.query_one("#typed").has_class("open"):
            self._close_field()
        else:
            self.close()

    # Readings

    def action_reading(self) -> None:
        """Choose which reading of this quantity counts, whatever the convention."""
        quantity = self.query_one(QuantityList).current
        if quantity is None or not quantity.readings:
            return

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self.app.change(lambda store, slug: store.choose_reading(slug, quantity.symbol, chosen))

        choices = [
            Choice(name, name, f"{reading.value}  {reading.source}") for name, reading in quantity.readings.items()
        ]
        choices.append(Choice("", "as the convention says", self._debate.convention))
        self.app.push_screen(Picker(f"Readings of {quantity.label or quantity.symbol}", choices, quantity.chosen), take)
