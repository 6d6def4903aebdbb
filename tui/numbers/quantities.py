"""The quantities: what counts of each, changed in place while every gap follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from hypotheses.debate import OWN_READING, PLAIN_READING, Debate, Quantity
from hypotheses.edits import value_set
from hypotheses.estimates import describe, format_amount, parse_value, remarks
from hypotheses.estimates.values import cached_value
from hypotheses.problems import AbduceError, Malformed
from store.errors import Conflict
from tui.terminal.clean import content
from tui.terminal.painting import entitle, put
from tui.terminal.typed import LineInput
from tui.widgets.gap_text import ANOTHER, IN_USE
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from tui.changes import Asked
    from tui.host import Host

NOTATIONS = "890M, 30B to 300B, 100B (50B to 500B), normal 1 to 2"


VALUE, RANGE, UNIT = 8, 16, 12
"""Cells of a value, its range and its unit."""
NAME = 24
"""Cells of a name before there is room for a range, and again before there is room for a unit."""
MOST_MARKS = 6
"""Readings that are marked at most."""


class QuantityList(LineList[Quantity]):
    """Name, value, range, unit and readings of each quantity, in columns."""

    bar: ClassVar = True
    convention = ""
    conventions: tuple[str, ...] = ()
    by_row = True

    def hangs_on(self, row: Quantity) -> object:
        """The reading that counts is the convention's, and each convention has a column."""
        return row, self.convention, self.conventions

    def key_of(self, row: Quantity) -> object:
        """A row is its symbol."""
        return row.symbol

    def draw(self, row: Quantity, width: int) -> list[Content]:
        """Draw a quantity on one line."""
        marks = reading_marks(row, self.convention, self.conventions[:MOST_MARKS])
        room = width - 1 - VALUE - 1 - marks.cell_length - 1
        spread = RANGE + 1 if room >= NAME + RANGE + 1 else 0
        unit = UNIT + 1 if room >= NAME + spread + UNIT + 1 else 0
        name = content(row.label or row.symbol).truncate(max(4, room - spread - unit), ellipsis=True, pad=True)
        reading = row.reading(self.convention)
        if reading is None:
            cells = VALUE + spread + unit
            stands = content(f"= {row.formula}", "$label").truncate(cells, ellipsis=True, pad=True)
            return [Content.assemble(" ", name, " ", stands, " ", marks)]
        value, between = in_columns(reading.value)
        parts: list[Content | str] = [" ", name, " ", Content.styled(f"{value:>{VALUE}}"[:VALUE], "bold")]
        if spread:
            parts += [" ", content(between, "$label").truncate(RANGE, ellipsis=True, pad=True)]
        if unit:
            parts += [" ", content(row.unit, "$label").truncate(UNIT, ellipsis=True, pad=True)]
        return [Content.assemble(*parts, " ", marks)]


def in_columns(text: str) -> tuple[str, str]:
    """Write a value as its median and where its middle 90% lies; what cannot be read as it stands."""
    try:
        value = cached_value(text)
        low, middle, high = (format_amount(value.quantile(p)).replace("-", "−") for p in (0.05, 0.5, 0.95))
    except (Malformed, ArithmeticError, ValueError):
        return "", text
    return middle, f"{low} … {high}" if low != high else ""


def reading_marks(quantity: Quantity, convention: str, conventions: tuple[str, ...]) -> Content:
    """Mark in a column for each convention whether there is such a reading, and which one counts; last one's own."""
    counts = quantity.reading_name(convention)
    names = (*conventions, OWN_READING)
    marks = (IN_USE if name == counts else ANOTHER if name in quantity.readings else " " for name in names)
    return Content.styled("".join(marks), "$you")


def told_reading(quantity: Quantity, convention: str) -> str:
    """Name the reading that counts, where there is something to tell."""
    name = quantity.reading_name(convention)
    if name == OWN_READING:
        return "your own"
    if name in ("", PLAIN_READING):
        return ""
    if quantity.falls_back_on(convention):
        return f"{name}, no {convention}"
    return "" if len(quantity.readings) == 1 else f"{name} ({len(quantity.readings)})"


class ValueInput(LineInput):
    """The field under the list; esc leaves it and what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]

    @dataclass
    class Left(Message):
        """The person left the field."""

    def action_leave(self) -> None:
        """Leave without saving."""
        self.post_message(self.Left())


class QuantityPanel(Vertical):
    """The list, what is known of the quantity under the cursor, and the field to change it."""

    DEFAULT_CSS = """
    QuantityPanel {
        & QuantityList { height: 1fr; }
        & .about { height: auto; max-height: 6; color: $label; }
        & ValueInput { display: none; background: $boost; }
        & ValueInput.open { display: block; }
    }
    """
    app: Host

    @dataclass
    class Tried(Message):
        """A value that can be read was typed; this is the debate with it."""

        debate: Debate

    @dataclass
    class Dropped(Message):
        """What was typed does not count: it was saved or left, or cannot be read."""

    @dataclass
    class Moved(Message):
        """Another quantity is under the cursor."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._debate: Debate | None = None
        self._changed: Quantity | None = None
        """The quantity whose value is being typed, as it was seen when that began."""
        self._told_of_conflict = 0.0
        entitle(self, Content("Quantities"))

    def compose(self) -> ComposeResult:
        """The list of quantities, what is known of one, and the field to change it."""
        yield QuantityList(id="quantities", empty="This debate has no quantities yet; its YAML file gives them.")
        yield Static(classes="about", id="about-quantity")
        yield ValueInput(placeholder=NOTATIONS, compact=True, id="value")
        yield Static(id="told-value")

    @property
    def current(self) -> Quantity | None:
        """The quantity under the cursor."""
        return self.query_one(QuantityList).current

    def show(self, debate: Debate) -> None:
        """Show the quantities of this debate."""
        self._debate = debate
        quantities = self.query_one(QuantityList)
        quantities.convention, quantities.conventions = debate.convention, debate.conventions
        entitle(self, about=Content(f"{IN_USE} reading in use  {ANOTHER} another" if debate.conventions else ""))
        quantities.show(tuple(debate.quantities.values()))
        self._tell_about()

    @on(LineList.Highlighted, "#quantities")
    def _highlighted(self) -> None:
        self._tell_about()
        self.post_message(self.Moved())

    def _tell_about(self) -> None:
        quantity = self.current
        if quantity is None or self._debate is None:
            return
        reading = quantity.reading(self._debate.convention)
        source = (reading.source or "no source") if reading else f"= {quantity.formula}"
        notes = [part for part in (reading.note if reading else "", quantity.note) if part]
        text = content("\n".join([source, *notes]), multiline=True)
        about = self.query_one("#about-quantity", Static)
        which = told_reading(quantity, self._debate.convention)
        named = content(f"  {which}" if which else "", "$you")
        unit = content(f"  {quantity.unit}" if quantity.unit else "", "$label")
        put(about, Content.assemble(content(quantity.symbol, "bold"), unit, named, "  ", text))

    # Changing a value

    @on(LineList.Opened, "#quantities")
    def action_change_value(self) -> None:
        """Open the field under the list."""
        quantity, real = self.current, self.app.real
        if quantity is None or real is None or quantity.symbol not in real.quantities:
            return
        self._changed = quantity = real.quantities[quantity.symbol]
        reading = quantity.reading(real.convention)
        field = self.query_one(ValueInput)
        field.add_class("open")
        field.value = reading.value if reading else ""
        field.focus()

    @on(Input.Changed, "#value")
    def typed(self, event: Input.Changed) -> None:
        """Say how the value is read; the screen shows what it would do."""
        quantity = self._changed
        if quantity is None or self._debate is None or not event.input.has_class("open"):
            return
        try:
            sentence = told_value(event.value)
            tried = value_set(self._debate, quantity.symbol, event.value.strip())
        except AbduceError as refused:
            self._tell(Content.styled(content(str(refused)).plain, "$contra"))
            self.post_message(self.Dropped())
        else:
            self._tell(content(f"{sentence} · enter saves, esc leaves it"))
            self.post_message(self.Tried(tried))

    @on(Input.Submitted, "#value")
    def submitted(self, event: Input.Submitted) -> None:
        """Save the value."""
        real, quantity, text = self.app.real, self._changed, event.value
        if real is None or quantity is None or self.app.typed_at < self._told_of_conflict:
            return  # what was typed before one could see theirs does not replace it
        self.app.changes.ask(
            lambda store, seen: store.set_value(real.slug, quantity.symbol, text, expected=seen),
            quantity,
            made=lambda: self.app.soon(self.close_field),
            refused=self._refused,
        )

    def _refused(self, asked: Asked, problem: AbduceError) -> None:
        if not self.is_attached:
            self.app.changes.tell(replace(asked, made=None, refused=None), problem)
            return
        sentence = str(problem)
        if isinstance(problem, Conflict) and isinstance(problem.theirs, Quantity) and self._debate is not None:
            self._changed, self._told_of_conflict = problem.theirs, monotonic()
            reading = problem.theirs.reading(self._debate.convention)
            sentence = f"{problem}. Theirs is now {reading.value if reading else ''}: enter replaces it, esc leaves it"
        self._tell(Content.styled(content(sentence).plain, "$contra"))

    @on(ValueInput.Left)
    def close_field(self) -> None:
        """Go back to the list."""
        if not self.query(ValueInput):
            return  # the screen was left meanwhile
        self._changed = None
        self.query_one(ValueInput).remove_class("open")
        self._tell(Content(""))
        self.query_one(QuantityList).focus()
        self.post_message(self.Dropped())

    def _tell(self, text: Content) -> None:
        put(self.query_one("#told-value", Static), text)


def told_value(text: str) -> str:
    """Say how a typed value is read: its shape and, if uncertain, p5, median and p95.

    Raises:
        Malformed: it cannot be read.
    """
    value = parse_value(text)
    low, middle, high = (format_amount(value.quantile(p)) for p in (0.05, 0.5, 0.95))
    spread = f" · 5% {low}, median {middle}, 95% {high}" if low != high else ""
    return "; ".join((f"{describe(value)}{spread}".replace("-", "−"), *remarks(text)))
