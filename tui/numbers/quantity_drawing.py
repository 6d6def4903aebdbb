"""A quantity on one line: name, value, range, unit and readings in columns; under the open one its readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.content import Content

from hypotheses.debate import Debate, Quantity
from hypotheses.reading import OWN_READING, PLAIN_READING, Reading
from tui.numbers.quantity_rows import ListedQuantity, RoleHead, Row
from tui.terminal.clean import content
from tui.widgets.gap_text import ANOTHER, IN_USE
from tui.widgets.value_text import in_columns

VALUE, RANGE, UNIT = 8, 16, 24
"""Cells of a value, of a range alone, and of the unit that a head has at most."""
GAP: Final = 2
"""Cells between a value and its range."""
LEAST_NAME, MOST_NAME = 24, 60
"""Cells of a name before there is room for a range, and at most."""
SPREAD, WIDEST = 19, 36
"""Cells of range and unit together, and what they grow to."""
READING: Final = 12
"""Cells of the name of a reading."""
LEAST_SOURCE: Final = 6
"""Cells of a source from which on one is shown."""
MOST_MARKS = 6
"""Readings that are marked at most."""
MOST_READINGS = 8
"""Readings that stand under a quantity at most."""


@dataclass(frozen=True, slots=True)
class QuantityColumns:
    """Where things stand on a line, in cells."""

    name_at: int
    name: int
    spread: int
    """Of range and unit, which share their cells; 0 where there is no room."""
    marks: int

    @property
    def value_ends(self) -> int:
        """Where values end, and ranges begin `GAP` cells after."""
        return self.name_at + self.name + 1 + VALUE


def arrange(width: int, rows: Sequence[Row], marks: int) -> QuantityColumns:
    """Lay these rows out: a name gets what the longest one needs, then range and unit grow."""
    at = 3 if any(isinstance(row, RoleHead) for row in rows) else 1
    rest = width - at - 1 - VALUE - 1 - marks - 1
    names = (content(named(row.quantity)).cell_length for row in rows if isinstance(row, ListedQuantity))
    longest = max(LEAST_NAME, min(MOST_NAME, max(names, default=0)))
    spread = 0
    if rest >= LEAST_NAME + GAP + RANGE:
        spread = max(min(rest - longest, GAP + WIDEST), min(rest - LEAST_NAME, GAP + SPREAD))
    return QuantityColumns(at, max(4, rest - spread), spread, marks)


def named(quantity: Quantity) -> str:
    """Return what a quantity is called."""
    return quantity.label or quantity.symbol


def headings(columns: QuantityColumns) -> Content:
    """Write the heads of the columns."""
    value = f"{'value':>{columns.value_ends}}"
    if not columns.spread:
        return Content.styled(value, "$label")
    spread = f"{'5 … 95%':<{columns.spread - GAP - 4}}unit"
    return Content.styled(f"{value}{'':<{GAP}}{spread}", "$label")


def head_line(head: RoleHead, columns: QuantityColumns) -> Content:
    """Draw the head of a role, with the unit that its quantities share."""
    ends = columns.value_ends + columns.spread
    unit = content(head.unit, "$label").truncate(min(UNIT, ends // 3), ellipsis=True)
    room = ends - unit.cell_length - 1
    mark, count = Content.styled(f" {'▸' if head.folded else '▾'} ", "$you"), Content.styled(f" {head.count}", "$label")
    title = content(head.title, "bold").truncate(max(1, room - mark.cell_length - count.cell_length), ellipsis=True)
    return Content.assemble(Content.assemble(mark, title, count).truncate(room, pad=True), " ", unit)


def quantity_line(
    row: ListedQuantity,
    columns: QuantityColumns,
    convention: str,
    marked: tuple[str, ...],
    comes_to: tuple[str, str] | None = None,
) -> Content:
    """Draw a quantity on one line; `comes_to` is median and range of its formula, where they are known."""
    name = content(named(row.quantity)).truncate(columns.name, ellipsis=True, pad=True)
    reading = row.quantity.reading(convention)
    if reading is not None:
        stands = _figures(*in_columns(reading.value), row.unit, columns, "bold")
    elif comes_to is not None:
        middle, between = comes_to
        formula = f"{between} = {row.quantity.formula}".lstrip()
        stands = _figures(middle, formula, "", columns, "bold")
    else:
        stands = content(f"= {row.quantity.formula}", "$label")
        stands = stands.truncate(VALUE + columns.spread, ellipsis=True, pad=True)
    marks = reading_marks(row.quantity, convention, marked)
    return Content.assemble(" " * columns.name_at, name, " ", stands, " ", marks)


def _figures(value: str, between: str, unit: str, columns: QuantityColumns, style: str) -> Content:
    """Write a value right-aligned, its range after it, and the unit at the end of the range's cells, if it fits."""
    room = max(0, columns.spread - GAP)
    spread = content(between, "$label").truncate(room, ellipsis=True)
    left = room - spread.cell_length - (1 if spread.cell_length else 0)
    counted = content(unit, "$label")
    if counted.cell_length > left:
        counted = counted.truncate(left, ellipsis=True) if not spread.cell_length else Content("")
    return Content.assemble(
        (f"{value:>{VALUE}}"[:VALUE], style),
        " " * (columns.spread - room),
        spread,
        " " * (room - spread.cell_length - counted.cell_length),
        counted,
    )


def lines_under(row: ListedQuantity, columns: QuantityColumns, convention: str) -> list[Content]:
    """Draw what stands under the open quantity: each reading with its source, or the formula in full."""
    quantity, lead = row.quantity, " " * (columns.name_at + 2)
    if quantity.formula:
        return [Content.assemble(lead, ("= ", "$label"), content(quantity.formula))]
    if all(name == PLAIN_READING and not reading.source for name, reading in quantity.readings.items()):
        return []
    counts = quantity.reading_name(convention)
    names = list(quantity.readings)
    lines = [_reading_line(name, quantity.readings[name], columns, counts=name == counts) for name in names]
    if len(names) > MOST_READINGS:
        more = Content.styled(f"{lead}… and {len(names) - MOST_READINGS + 1} more", "$label")
        lines = [*lines[: MOST_READINGS - 1], more]
    return lines


def _reading_line(name: str, reading: Reading, columns: QuantityColumns, *, counts: bool) -> Content:
    lead, room = columns.name_at + 4, columns.name - 4
    called = {PLAIN_READING: "", OWN_READING: "your own"}.get(name, name)
    mark = Content.styled(IN_USE if counts else ANOTHER, "$you" if counts else "$label")
    style = "" if counts else "$label"
    told = content(called, style).truncate(min(READING, room), ellipsis=True, pad=True)
    if room - told.cell_length > LEAST_SOURCE:
        source = content(reading.source, "$label").truncate(room - told.cell_length - 1, ellipsis=True, pad=True)
        told = Content.assemble(told, " ", source)
    return Content.assemble(
        *(" " * (lead - 2), mark, " ", told.truncate(room, pad=True), " "),
        _figures(*in_columns(reading.value), "", columns, style),
    )


def marked_readings(debate: Debate) -> tuple[str, ...]:
    """Name the readings that have a column: those of the conventions, last one's own, if there are any."""
    own = any(OWN_READING in quantity.readings for quantity in debate.quantities.values())
    return (*debate.conventions[:MOST_MARKS], *((OWN_READING,) if own else ()))


def reading_marks(quantity: Quantity, convention: str, marked: tuple[str, ...]) -> Content:
    """Mark in a column for each of these readings whether the quantity has it, and which one counts."""
    counts = quantity.reading_name(convention)
    marks = (
        (IN_USE, "$you") if name == counts else (ANOTHER, "$label") if name in quantity.readings else (" ", "")
        for name in marked
    )
    return Content.assemble(*marks)


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
