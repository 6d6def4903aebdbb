"""Rows to values and values to rows, both ways, nothing else.

A row is a mapping of column to plain value, as the database and the journal hold it. A row's *ref* is
its table and the names by which a value knows it: `("effect", "llm-waste", "gpt3_params")`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from operator import itemgetter
from typing import Any, Final, NamedTuple

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
from hypotheses.people import OWNER, cell_among, one_view, views
from hypotheses.reading import Assumption, Correlation, Reading
from store.database.table_columns import columns

Row = dict[str, Any]
Cells = tuple[Any, ...]
"""The cells of a row, in the order of the columns of its table, of which the first is its id."""
Ref = tuple[str | int, ...]
Value = Quantity | Gap | Hypothesis | Evidence | Idea | Comment
NameOf = Callable[[str, int], Any]
"""Says by what name a value knows the row of this table and id."""
Names = Mapping[str, Mapping[int, Any]]
"""Table -> row -> the name by which its value is known."""
Place = Callable[[Ref], int]
"""Where a row stands among its siblings."""

TABLES: Final = (
    "debate",
    "quantity",
    "reading",
    "gap",
    "hypothesis",
    "effect",
    "assumption",
    "stated",
    "evidence",
    "assessment",
    "idea",
    "comment",
)
"""The tables of a debate: what a foreign key names comes before the row that has it."""
COLLECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "quantity": ("quantities", "symbol"),
    "gap": ("gaps", "symbol"),
    "hypothesis": ("hypotheses", "slug"),
    "evidence": ("evidence", "key"),
    "idea": ("ideas", "number"),
    "comment": ("comments", "number"),
}
"""Table -> the field of a debate that maps its values, and the column that is the mapping's key."""
PLACED: Final = frozenset({"quantity", "gap", "evidence"})
"""The tables whose mapping order is kept in a position that is not part of the value."""
OWNERS: Final[Mapping[str, str]] = {
    "reading": "quantity_id",
    "effect": "hypothesis_id",
    "assumption": "hypothesis_id",
    "stated": "hypothesis_id",
    "assessment": "evidence_id",
}
"""Table of parts -> the column that names the row they are part of."""


def _cells_in(table: str, *names: str) -> Callable[[Cells], Any]:
    """Return what picks some cells of a row."""
    return itemgetter(*map(list(columns()[table]).index, names))


_PLACE: Final = {table: _cells_in(table, "position", "id") for table in OWNERS}
"""Table of parts -> what they are sorted by."""
_RATED: Final = _cells_in("assessment", "hypothesis_id")
_SAID: Final = _cells_in("assessment", "ratio", "why", "person", "given")


def _columns(table: str, value_type: type) -> tuple[str, ...]:
    names = columns()[table]
    return tuple(field.name for field in fields(value_type) if field.name in names)


_COLUMNS: Final[Mapping[type, tuple[str, ...]]] = {
    value_type: _columns(table, value_type)
    for table, value_type in {
        "debate": Debate,
        "quantity": Quantity,
        "reading": Reading,
        "gap": Gap,
        "hypothesis": Hypothesis,
        "stated": Stated,
        "evidence": Evidence,
        "assessment": Assessment,
        "idea": Idea,
        "comment": Comment,
    }.items()
}
"""Value type -> the fields that are columns of the same name."""

_LISTS: Final[Mapping[type, tuple[str, ...]]] = {
    value_type: tuple(field.name for field in fields(value_type) if field.name in names and "tuple" in str(field.type))
    for value_type, names in _COLUMNS.items()
}
"""Those of them that are lists in a row."""


class PendingRow(NamedTuple):
    """A row to be, before it has an id."""

    ref: Ref
    row: Row
    links: Mapping[str, Ref]
    """Foreign key column -> the row it names."""


def _plain(value: Debate | Value | Reading | Assessment | Stated) -> Row:
    row = {name: getattr(value, name) for name in _COLUMNS[type(value)]}
    for name in _LISTS[type(value)]:
        row[name] = list(row[name])
    return row


def _cells(value_type: type, row: Row) -> Row:
    cells = {name: row[name] for name in _COLUMNS[value_type]}
    for name in _LISTS[value_type]:
        cells[name] = tuple(cells[name])
    return cells


def debate_item(debate: Debate) -> PendingRow:
    """Return the row of the debate itself."""
    schemes = {name: asdict(table) for name, table in debate.schemes.items()}
    return PendingRow(("debate",), {**_plain(debate), "schemes": schemes}, {})


def items(value: Value, place: Place) -> Iterator[PendingRow]:
    """Return a value's own row, then the rows of its parts."""
    match value:
        case Quantity(symbol=symbol):
            ref: Ref = ("quantity", symbol)
            yield PendingRow(ref, {**_plain(value), **_claim(value.claim), "position": place(ref)}, {})
            for name, reading in value.readings.items():
                part: Ref = ("reading", symbol, name)
                row = {**_plain(reading), **_correlation(reading), "name": name, "position": place(part)}
                yield PendingRow(part, row, {"quantity_id": ref})
        case Gap(symbol=symbol, claim=claim):
            ref = ("gap", symbol)
            yield PendingRow(ref, {**_plain(value), **_claim(claim), "position": place(ref)}, {})
        case Hypothesis():
            yield from _hypothesis_items(value, place)
        case Evidence(key=key):
            ref = ("evidence", key)
            yield PendingRow(ref, {**_plain(value), "position": place(ref)}, {})
            for slug, cell in value.assessments.items():
                cell_place = place(("assessment", key, slug))
                links: dict[str, Ref] = {"evidence_id": ref, "hypothesis_id": ("hypothesis", slug)}
                for by, view in views(cell).items():
                    row = {**_plain(view), "person": by, "position": cell_place}
                    yield PendingRow(("assessment", key, slug, by), row, links)
        case Idea(number=number, hypothesis=slug):
            row = _plain(value) | ({} if slug else {"hypothesis_id": None})
            yield PendingRow(("idea", number), row, {"hypothesis_id": ("hypothesis", slug)} if slug else {})
        case Comment(number=number):
            named: dict[str, tuple[str, str | int]] = {
                "hypothesis_id": ("hypothesis", value.hypothesis),
                "evidence_id": ("evidence", value.evidence),
                "idea_id": ("idea", value.idea),
            }
            links = {column: about for column, about in named.items() if about[1]}
            yield PendingRow(
                ("comment", number), {**_plain(value), **dict.fromkeys(named.keys() - links.keys())}, links
            )


def _hypothesis_items(hypothesis: Hypothesis, place: Place) -> Iterator[PendingRow]:
    ref: Ref = ("hypothesis", hypothesis.slug)
    yield PendingRow(ref, _plain(hypothesis), {})
    for quantity, formula in hypothesis.effects.items():
        part: Ref = ("effect", hypothesis.slug, quantity)
        row = {"quantity": quantity, "formula": formula, "position": place(part)}
        yield PendingRow(part, row, {"hypothesis_id": ref})
    for name, assumed in hypothesis.assumes.items():
        for reading, read in assumed.readings.items():
            part = ("assumption", hypothesis.slug, _reading_of(name, reading))
            about = {"name": name, "reading": reading, "chosen": reading == assumed.chosen, "position": place(part)}
            yield PendingRow(part, {**about, **_plain(read)}, {"hypothesis_id": ref})
    for person, stated in hypothesis.others.items():
        yield PendingRow(
            ("stated", hypothesis.slug, person), {**_plain(stated), "person": person}, {"hypothesis_id": ref}
        )


def _reading_of(assumption: str, reading: str) -> str:
    """Return one name for a reading of an assumption: all readings of a hypothesis stand in one order."""
    return f"{assumption}.{reading}"


def _correlation(reading: Reading) -> Row:
    correlated = reading.correlated
    return {
        "correlated_quantity": correlated.quantity if correlated else None,
        "rank_correlation": correlated.rank if correlated else None,
    }


def _claim(claim: Claim | None) -> Row:
    return {f"claim_{name}": getattr(claim, name) if claim else None for name in ("value", "source", "quote")}


def part_names(table: str, row: Row, name_of: NameOf) -> tuple[str, ...]:
    """Return the names that a part's ref has after its owner's."""
    match table:
        case "effect":
            return (row["quantity"],)
        case "stated":
            return (row["person"],)
        case "assessment":
            return (name_of("hypothesis", row["hypothesis_id"]), row["person"])
        case "assumption":
            return (_reading_of(row["name"], row["reading"]),)
        case _:
            return (row["name"],)


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
