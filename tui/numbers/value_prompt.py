"""A value typed in the row of its quantity: read back at every key, while every gap follows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from hypotheses.debate import Debate, Gap, Quantity
from hypotheses.edits import value_set
from hypotheses.edits.quantities import FORMULA_SIGN
from hypotheses.estimates import Result
from hypotheses.problems import Malformed, NotFound
from hypotheses.rules import cell_width
from hypotheses.values import describe, format_amount, parse_value, remarks
from hypotheses.whatif import comes_to
from store.errors import Conflict
from tui.dialogs.completing import CompletingInput
from tui.dialogs.formula_input import check_offering, current_of, formula_in, name_begun, unnamed
from tui.dialogs.gap_moves import value_text
from tui.dialogs.row_prompt import RowPrompt
from tui.number_text import amount
from tui.numbers.fields import read_value
from tui.numbers.quantity_drawing import named
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.gap_strip import headline_name

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.numbers.quantities import QuantityList
    from tui.session import StoreCall
    from tui.terminal.typed import LineInput

KEYS = "enter keep · tab why · esc back"
TWO_NOTATIONS = "890M, 30B to 300B, = a formula"
NOTATIONS = f"{TWO_NOTATIONS}, 100B (50B to 500B), normal 1 to 2"


class ValuePrompt(RowPrompt):
    """Takes the row of a quantity."""

    DEFAULT_CSS = """
    ValuePrompt #typed { width: 1fr; }
    ValuePrompt #rest { width: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "make_named", "Make what it names", show=False, priority=True),
    ]

    def __init__(
        self,
        rows: QuantityList,
        debate: Debate,
        quantity: Quantity,
        gap: Gap | None,
        tried: Callable[[Debate | None], None],
    ) -> None:
        """Ask for the value of the quantity under the cursor.

        Args:
            rows: The list of quantities.
            debate: As it is stored.
            quantity: One of its quantities.
            gap: What it would do to this gap is told, and to the headline.
            tried: Shows the debate with what is typed; None shows it as it is.
        """
        super().__init__(
            "Value",
            rows,
            stands(debate, quantity),
            read=self._told,
            edit=self._change,
            seen=quantity,
            doubt=partial(takes_away, quantity),
        )
        self._quantities, self._debate, self._quantity, self._tried = rows, debate, quantity, tried
        self._comes_to: Content | None = None
        """What the formula comes to that is typed."""
        self._gaps = [one for one in dict.fromkeys((gap, debate.headline)) if one is not None]
        self._now: dict[str, str] = {}
        """Symbol of a gap -> what it is as things stand."""
        self._then: dict[str, str] = {}
        """The same with what is typed."""
        with_all = f"{KEYS} · {NOTATIONS}"
        self.keys = with_all if len(with_all) + 4 <= rows.region.width else f"{KEYS} · {TWO_NOTATIONS}"

    def on_mount(self) -> None:
        """Leave the screen as bright as it is: what would move on it is watched."""
        self.styles.background = "transparent"
        if self.app.estimates is not None:
            self._now = self._figures(self.app.estimates)

    def line(self) -> LineInput:
        """Complete names in a formula."""
        begun = partial(name_begun, self._current, of=self._quantity.symbol, sign=FORMULA_SIGN)
        return CompletingInput(self._value, begun, id="typed")

    def _current(self) -> Debate:
        return current_of(self.app, self._debate)()

    def action_make_named(self) -> None:
        """Make the first quantity that the formula names and that is not there yet."""
        text = self.field.value if self.field is not None else ""
        name = unnamed(self._current(), formula_in(text) or "", self._quantity.symbol)
        if name:
            self.app.make_quantity(name, self._quantity_made)
        else:
            self.tell("Every name in it is there already.", wrong=False)

    def _quantity_made(self, saved: bool | None) -> None:
        if saved and self.field is not None:
            self._try(self.field.value)
            try:
                self.tell(self._told(self.field.value), wrong=False)
            except Malformed as refused:
                self.tell(str(refused))

    def draw_row(self) -> None:
        """Draw the name; the field takes the rest of the row."""
        columns = self._quantities.columns(self._rows.scrollable_content_region.width)
        lead = Content.assemble(("▌", "$primary"), " " * (columns.name_at - 1), content(named(self._quantity), "bold"))
        put(self.query_one("#lead", Static), lead.truncate(columns.name_at + columns.name, ellipsis=True, pad=True))
        put(self.query_one("#rest", Static), Content(" "))

    def _change(self, text: str, why: str) -> StoreCall:
        slug, symbol = self._debate.slug, self._quantity.symbol
        return lambda store, seen: store.set_value(slug, symbol, text, why, expected=seen)

    def _told(self, text: str) -> str:
        """Say how a text is understood, and what it does to the gaps as far as that is worked out."""
        self._require(text)
        try:
            self._with(text)
        except NotFound as gone:
            return str(gone)
        return self._sentence(text)

    def _with(self, text: str) -> Debate:
        return value_set(self.app.real or self._debate, self._quantity.symbol, text.strip())

    def _try(self, text: str) -> None:
        """Show every gap with a text; as it is while that means nothing. Saving asks for nothing of this again."""
        self._then, self._comes_to = {}, None
        try:
            self._require(text)
            self._tried(self._with(text))
        except (Malformed, NotFound):
            self._tried(None)

    def _require(self, text: str) -> None:
        """Require that a text means something; Malformed if it does not, or names what is not there."""
        read_value(self._current(), text, self._quantity.symbol, check=check_offering)

    def value_in(self, debate: Debate) -> Result | None:
        """Return what the formula of the quantity comes to in a debate, if it has one there; called in a thread."""
        quantity = debate.quantities.get(self._quantity.symbol)
        return comes_to(debate, quantity.symbol) if quantity is not None and quantity.formula else None

    def worked_out(self, debate: Debate, estimates: Estimates, value: Result | None) -> None:
        """Take up what the gaps are as things stand, or with what is typed, and what a formula comes to."""
        if debate is self.app.debate:
            self._now = self._figures(estimates)
        else:
            self._then = self._figures(estimates)
            self._comes_to = None if value is None else value_text(value, self._quantity.unit)
        if self.field is None or not self._reading_back:
            return
        text = self.field.value
        with suppress(Malformed):  # that is told, and what was worked out is of a text before it
            self._require(text)
            self.tell(self._sentence(text), wrong=False)

    def _figures(self, estimates: Estimates) -> dict[str, str]:
        known = {one.symbol: estimates.gaps.get(one.symbol) for one in self._gaps}
        return {symbol: amount(one.gap, one.now.median) for symbol, one in known.items() if one is not None}

    def met(self, conflict: Conflict) -> None:
        """Show what another person has set meanwhile; enter replaces it."""
        super().met(conflict)
        if isinstance(conflict.theirs, Quantity):
            theirs = stands(self._debate, conflict.theirs)
            self.tell(f"{conflict}. Theirs is now {theirs}: enter replaces it, esc leaves it")

    def _sentence(self, text: str) -> str:
        """Say it in one line: how it is read, as fully as there is room for, and the gap it would give."""
        room = self._rows.region.width - 4
        moves = [f"{headline_name(gap).plain} {self._change_of(gap)}" for gap in self._gaps if gap.symbol in self._then]
        for read in self._read_as(text):
            for count in range(len(moves), -1, -1):
                line = "   ".join([read, *moves[len(moves) - count :]])
                if cell_width(line) <= room and (count or not moves):
                    return line
        return read

    def _read_as(self, text: str) -> tuple[str, ...]:
        if formula_in(text) is None:
            return understood(text)
        return ("a formula" if self._comes_to is None else self._comes_to.plain,)

    def _change_of(self, gap: Gap) -> str:
        now, then = self._now.get(gap.symbol), self._then[gap.symbol]
        return f"stays {then}" if now == then else f"{now} → {then}" if now is not None else f"→ {then}"

    @on(Input.Changed, "#typed")
    def _typed_on(self, event: Input.Changed) -> None:
        """Show what it would do; how it is understood is said after this."""
        self._try(event.value)

    def on_unmount(self) -> None:
        """Show every gap as it is."""
        self._tried(None)


def stands(debate: Debate, quantity: Quantity) -> str:
    """Return what a quantity says, as it is typed: the value that counts, or its formula after `=`."""
    reading = quantity.reading(debate.convention)
    return reading.value if reading else f"{FORMULA_SIGN} {quantity.formula}"


def takes_away(quantity: Quantity, text: str) -> str:
    """Say what would be lost if a text became the value of a quantity; nothing if that is nothing."""
    sourced = sum(bool(reading.source) for reading in quantity.readings.values())
    if formula_in(text) is None and quantity.formula:
        return (
            f"It is a formula, {FORMULA_SIGN} {quantity.formula}: enter again puts a value in its place, esc leaves it"
        )
    if formula_in(text) is not None and sourced:
        readings = "a reading with its source" if sourced == 1 else f"{sourced} readings with their sources"
        return f"A formula takes the place of {readings}: enter again does so, esc leaves it"
    return ""


def understood(text: str) -> tuple[str, ...]:
    """Say how a typed value is read, in full and ever more shortly: its shape, its median, where its middle 90% lies.

    Raises:
        Malformed: it cannot be read.
    """
    value = parse_value(text)
    low, middle, high = (format_amount(value.quantile(p)) for p in (0.05, 0.5, 0.95))
    shape = describe(value)
    if low == high:
        told = [shape]
    else:
        told = [shape if "median" in shape else f"{shape}, median {middle}", shape, f"{middle} {low} … {high}"]
    return tuple("; ".join((one, *remarks(text))).replace("-", "−") for one in told)
