"""The quantities: what counts of each, changed in place while every gap follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from textual import events, on, work
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from hypotheses.debate import Debate, Quantity
from hypotheses.whatif import values_of
from tui.numbers.quantity_drawing import (
    QuantityColumns,
    arrange,
    head_line,
    headings,
    lines_under,
    marked_readings,
    quantity_line,
    told_reading,
)
from tui.numbers.quantity_rows import ListedQuantity, RoleHead, Row, rows_by_role
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.gap_text import ANOTHER, IN_USE
from tui.widgets.head import Head
from tui.widgets.line_list import LineList
from tui.widgets.value_text import median_and_range

MOST_FORMULAS: Final = 300
"""Formulas whose values are shown; of the others, what they are."""


class QuantityList(LineList[Row]):
    """Quantities by role, each on one line in columns; under the one that is open, its readings."""

    bar: ClassVar = True
    by_row = True
    _debate: Debate | None = None
    _marked: tuple[str, ...] = ()
    """The readings that have a column."""
    _come_to: Mapping[str, tuple[str, str]] = {}
    """Symbol of a quantity with a formula -> median and range of that, where they are known."""
    _folded: frozenset[str] = frozenset()
    _arranged: tuple[int, QuantityColumns] | None = None
    """The width, and how rows are laid out in it."""

    @dataclass
    class ReadingPressed(Message):
        """The mouse pressed a reading of the open quantity."""

    @property
    def quantity(self) -> Quantity | None:
        """The quantity under the cursor."""
        return self.current.quantity if isinstance(self.current, ListedQuantity) else None

    @property
    def of_open_role(self) -> Sequence[Quantity]:
        """The quantities under the head that the cursor is on; all of them where it is on none."""
        every = () if self._debate is None else tuple(self._debate.quantities.values())
        head = self.current if isinstance(self.current, RoleHead) else None
        return [each for each in every if head is None or each.group.strip() == head.role]

    @property
    def of_its_role(self) -> tuple[str, ...]:
        """The symbols of the quantities of the role that the cursor is in."""
        if self._debate is None or self.quantity is None:
            return ()
        role = self.quantity.group.strip()
        return tuple(each.symbol for each in self._debate.quantities.values() if each.group.strip() == role)

    def show_debate(self, debate: Debate) -> None:
        """Show the quantities of this debate; at first the cursor is on the first one, not on the head over it."""
        before, self._debate = self._debate, debate
        if before is not None and _same(before, debate):
            return  # three thousand of them take a while
        first = before is None or before.slug != debate.slug
        self._marked, self._arranged = marked_readings(debate), None
        self.show(rows_by_role(debate.quantities.values(), self._folded))
        if first and isinstance(self.current, RoleHead):
            self.cursor += 1

    @property
    def _convention(self) -> str:
        return self._debate.convention if self._debate else ""

    def show_formulas(self, come_to: Mapping[str, tuple[str, str]]) -> None:
        """Show what formulas come to."""
        if come_to != self._come_to:
            self._come_to = come_to
            self.show(self.rows)

    def columns(self, width: int) -> QuantityColumns:
        """Return how rows are laid out."""
        if self._arranged is None or self._arranged[0] != width:
            self._arranged = (width, arrange(width, self.rows, len(self._marked)))
        return self._arranged[1]

    def hangs_on(self, row: Row) -> object:
        """The reading that counts is the convention's, and how a row is laid out hangs on all of them."""
        come_to = self._come_to.get(row.quantity.symbol) if isinstance(row, ListedQuantity) else None
        return row, come_to, self._convention, self._marked, self.columns(self.scrollable_content_region.width)

    def key_of(self, row: Row) -> object:
        """A row is its symbol, or its role."""
        return row.quantity.symbol if isinstance(row, ListedQuantity) else (row.role,)

    def draw(self, row: Row, width: int) -> list[Content]:
        """Draw a quantity, or the head of a role."""
        columns = self.columns(width)
        if isinstance(row, RoleHead):
            return [head_line(row, columns)]
        come_to = self._come_to.get(row.quantity.symbol)
        return [quantity_line(row, columns, self._convention, self._marked, come_to)]

    def draw_under(self, row: Row, width: int) -> list[Content]:
        """Draw the readings of the open quantity."""
        return lines_under(row, self.columns(width), self._convention) if isinstance(row, ListedQuantity) else []

    def _keep_in_sight(self) -> None:
        """Of the first quantity of a role, its head is to be seen too."""
        if 0 < self.cursor < len(self.rows) and isinstance(self.rows[self.cursor - 1], RoleHead) and self.is_attached:
            self.scroll_to_region(Region(0, self.cursor - 1, 1, 1), animate=False, force=True)
        super()._keep_in_sight()

    def fold(self) -> None:
        """Fold the quantities of the role under the cursor away, or unfold them."""
        if isinstance(self.current, RoleHead) and self._debate is not None:
            self._folded = self._folded ^ {self.current.role}
            self.show(rows_by_role(self._debate.quantities.values(), self._folded))

    def unfold(self, symbol: str) -> None:
        """Unfold the quantities of the role that a quantity has."""
        quantity = self._debate.quantities.get(symbol) if self._debate is not None else None
        if self._debate is not None and quantity is not None and quantity.group.strip() in self._folded:
            self._folded -= {quantity.group.strip()}
            self.show(rows_by_role(self._debate.quantities.values(), self._folded))

    def on_click(self, event: events.Click) -> None:
        """Go to the row; a head folds, and a reading of the open quantity asks which is to count."""
        event.prevent_default()  # Textual would let the list take it as well
        offset = event.get_content_offset(self)
        under = offset is not None and self.place_of(offset.y + self.scroll_offset.y)[1] > 0
        super().on_click(event)
        if under:
            self.post_message(self.ReadingPressed())
        elif isinstance(self.current, RoleHead) and event.chain == 1:
            self.fold()


def _same(one: Debate, other: Debate) -> bool:
    """Say whether two debates show the same quantities alike."""
    if one.quantities is not other.quantities or one.slug != other.slug:
        return False
    return (one.convention, one.conventions) == (other.convention, other.conventions)


class QuantityPanel(Vertical):
    """The list under its head, and what is known of the quantity under the cursor."""

    DEFAULT_CSS = """
    QuantityPanel {
        & #quantity-heads { height: 1; display: none; text-wrap: nowrap; }
        & QuantityList { height: 1fr; }
        & #about-quantity { height: 2; padding: 0 1; color: $label; }
    }
    """

    @dataclass
    class Moved(Message):
        """Another quantity is under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._debate: Debate | None = None
        self._worked_out: tuple[object, ...] | None = None
        """What the values of formulas hang on that are shown, or being worked out."""

    def compose(self) -> ComposeResult:
        """The head, the heads of the columns, the quantities, what is known of one."""
        yield Head("Quantities")
        yield Static(id="quantity-heads")
        yield QuantityList(
            id="quantities",
            empty=" This debate has no quantities yet; `{add}` adds one:\n 890M, 30B to 300B, 45%, or = and a formula.",
        )
        yield Static(id="about-quantity")

    @property
    def list(self) -> QuantityList:
        """The list."""
        return self.query_one(QuantityList)

    @property
    def current(self) -> Quantity | None:
        """The quantity under the cursor."""
        return self.list.quantity

    def show(self, debate: Debate) -> None:
        """Show the quantities of this debate."""
        self._debate = debate
        title = Content.assemble(
            ("Quantities", "bold $foreground"), (f" {len(debate.quantities)}" if debate.quantities else "", "$label")
        )
        legend = Content.assemble((IN_USE, "$you"), (f" reading in use  {ANOTHER} another", "$label"))
        self.query_one(Head).show(title, legend if debate.conventions else Content(""))
        self.list.show_debate(debate)
        self._name_columns()
        self._tell_about()
        self.work_out_formulas(debate)

    def work_out_formulas(self, debate: Debate) -> None:
        """Have what formulas come to worked out and shown, as it is in a debate or would be in one that is tried."""
        hangs_on = debate.quantities, debate.convention, debate.slug
        if self._worked_out != hangs_on:  # what was tried before it was saved is the same
            self._worked_out = hangs_on
            self._work_out(self.app, debate)

    @work(thread=True, exclusive=True, group="formulas", description="formulas")
    def _work_out(self, app: App[Any], debate: Debate) -> None:
        worker, come_to = get_current_worker(), {}
        formulas = [symbol for symbol, quantity in debate.quantities.items() if quantity.formula]
        for symbol, result in values_of(debate, formulas[:MOST_FORMULAS]):
            come_to[symbol] = median_and_range(result.p5, result.median, result.p95, result.errors)
            if worker.is_cancelled:
                return
        app.call_from_thread(self._show_formulas, debate, come_to)

    def _show_formulas(self, debate: Debate, come_to: Mapping[str, tuple[str, str]]) -> None:
        if self.is_attached and self._worked_out is not None and self._worked_out[0] is debate.quantities:
            self.list.show_formulas(come_to)

    def on_mount(self) -> None:
        """Name the columns where they are, also when the list gets a bar."""
        self.watch(self.list, "show_vertical_scrollbar", self._name_columns, init=False)

    def on_resize(self) -> None:
        """Name the columns where they are now."""
        self.call_after_refresh(self._name_columns)

    def _name_columns(self) -> None:
        columns = self.list.columns(self.list.scrollable_content_region.width)
        put(self.query_one("#quantity-heads", Static), headings(columns) if self.list.rows else Content(""))

    @on(LineList.Highlighted, "#quantities")
    def _highlighted(self) -> None:
        self._tell_about()
        self.post_message(self.Moved())

    def _tell_about(self) -> None:
        quantity, about = self.current, self.query_one("#about-quantity", Static)
        if quantity is None or self._debate is None:
            put(about, Content(""))
            return
        reading = quantity.reading(self._debate.convention)
        source = (reading.source or "no source") if reading else f"= {quantity.formula}"
        notes = [part for part in (reading.note if reading else "", quantity.note) if part]
        text = content(" ".join([source, *notes]), multiline=True)
        which = told_reading(quantity, self._debate.convention)
        named = content(f"  {which}" if which else "", "$you")
        unit = content(f"  {quantity.unit}" if quantity.unit else "", "$label")
        put(about, Content.assemble(content(quantity.symbol, "bold"), unit, named, "  ", text))
