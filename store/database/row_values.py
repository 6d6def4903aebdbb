"""Rows to values; `translation` goes the other way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from operator import itemgetter
from typing import Any, Final

from hypotheses.debate import (
    Assessment,
    Claim,
    Comment,
    Debate,
    Evidence,
    Gap,
    Hypothesis,
    Quantity,
    SchemeTable,
    Stated,
)
from hypotheses.idea import Idea
from hypotheses.people import OWNER, cell_among, one_view
from hypotheses.reading import Assumption, Correlation, Reading
from store.database.table_columns import columns
from store.database.translation import FIELD_COLUMNS, FIELD_LISTS, OWNERS, Cells, Row, Value

Names = Mapping[str, Mapping[int, Any]]
"""Table -> row -> the name by which its value is known."""


def _cells_in(table: str, *names: str) -> Callable[[Cells], Any]:
    """Return what picks some cells of a row."""
    return itemgetter(*map(list(columns()[table]).index, names))


_PLACE: Final = {table: _cells_in(table, "position", "id") for table in OWNERS}
"""Table of parts -> what they are sorted by."""
_RATED: Final = _cells_in("assessment", "hypothesis_id")
_SAID: Final = _cells_in("assessment", "ratio", "why", "person", "given")


def _cells(value_type: type, row: Row) -> Row:
    cells = {name: row[name] for name in FIELD_COLUMNS[value_type]}
    for name in FIELD_LISTS[value_type]:
        cells[name] = tuple(cells[name])
    return cells


def debate_value(row: Row) -> Debate:
    """Make the debate of its own row, without anything that hangs on it."""
    return with_debate_row(Debate("", ""), row)


def with_debate_row(debate: Debate, row: Row) -> Debate:
    """Return the debate with the fields of its own row."""
    schemes = {name: SchemeTable(**table) for name, table in row["schemes"].items()}
    return replace(debate, **{**_cells(Debate, row), "schemes": schemes})


def value_of(table: str, row: Row, parts: Mapping[str, Collection[Cells]], names: Names) -> Value:
    """Make a value of its row and the rows of its parts, by table."""
    match table:
        case "quantity":
            readings = {part["name"]: _reading(part) for part in _rows("reading", parts)}
            return Quantity(**_cells(Quantity, row), readings=readings, claim=_claim_of(row))
        case "gap":
            return Gap(**_cells(Gap, row), claim=_claim_of(row))
        case "hypothesis":
            effects = {part["quantity"]: part["formula"] for part in _rows("effect", parts)}
            assumes = _assumptions(_rows("assumption", parts))
            others = {part["person"]: Stated(**_cells(Stated, part)) for part in _rows("stated", parts)}
            return Hypothesis(
                **_cells(Hypothesis, row), effects=effects, assumes=assumes, others=dict(sorted(others.items()))
            )
        case "evidence":
            return Evidence(**_cells(Evidence, row), assessments=_assessments(parts["assessment"], names["hypothesis"]))
        case "comment":
            about = {
                table: names[table][row[f"{table}_id"]]
                for table in ("hypothesis", "evidence", "idea")
                if row[f"{table}_id"] is not None
            }
            return Comment(**_cells(Comment, row), **about)
        case _:
            hypothesis = names["hypothesis"][row["hypothesis_id"]] if row["hypothesis_id"] else ""
            return Idea(**_cells(Idea, row), hypothesis=hypothesis)


def _in_order(table: str, parts: Collection[Cells]) -> list[Cells]:
    """Sort the parts of a value: by position, or age."""
    return sorted(parts, key=_PLACE[table])


def _rows(table: str, parts: Mapping[str, Collection[Cells]]) -> list[Row]:
    names = columns()[table]
    return [dict(zip(names, cells, strict=True)) for cells in _in_order(table, parts[table])]


def _assessments(parts: Collection[Cells], slugs: Mapping[int, Any]) -> dict[str, Assessment]:
    in_order = [(slugs[_RATED(cells)], one_view(*_SAID(cells))) for cells in _in_order("assessment", parts)]
    of_one = dict(in_order)
    if len(of_one) == len(in_order):
        return of_one
    said: dict[str, dict[str, Assessment]] = {}
    for slug, cell in in_order:
        said.setdefault(slug, {})[cell.by] = cell
    return {slug: cell_among(cells, OWNER) for slug, cells in said.items()}


def _assumptions(rows: Iterable[Row]) -> dict[str, Assumption]:
    assumes: dict[str, Assumption] = {}
    for row in rows:
        before = assumes.get(row["name"], Assumption({}))
        readings = {**before.readings, row["reading"]: Reading(**_cells(Reading, row))}
        assumes[row["name"]] = Assumption(readings, row["reading"] if row["chosen"] else before.chosen)
    return assumes


def _reading(row: Row) -> Reading:
    quantity, rank = row["correlated_quantity"], row["rank_correlation"]
    return Reading(**_cells(Reading, row), correlated=None if quantity is None else Correlation(quantity, rank))


def _claim_of(row: Row) -> Claim | None:
    if row["claim_value"] is None:
        return None
    return Claim(row["claim_value"], row["claim_source"], row["claim_quote"])
