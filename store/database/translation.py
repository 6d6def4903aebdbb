"""Values to rows; `row_values` goes the other way.

A row is a mapping of column to plain value, as the database and the journal hold it. A row's *ref* is
its table and the names by which a value knows it: `("effect", "llm-waste", "gpt3_params")`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, fields
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
    Stated,
)
from hypotheses.idea import Idea
from hypotheses.people import views
from hypotheses.reading import Reading
from store.database.table_columns import columns

Row = dict[str, Any]
Cells = tuple[Any, ...]
"""The cells of a row, in the order of the columns of its table, of which the first is its id."""
Ref = tuple[str | int, ...]
Value = Quantity | Gap | Hypothesis | Evidence | Idea | Comment
NameOf = Callable[[str, int], Any]
"""Says by what name a value knows the row of this table and id."""
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


def _columns(table: str, value_type: type) -> tuple[str, ...]:
    names = columns()[table]
    return tuple(field.name for field in fields(value_type) if field.name in names)


FIELD_COLUMNS: Final[Mapping[type, tuple[str, ...]]] = {
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

FIELD_LISTS: Final[Mapping[type, tuple[str, ...]]] = {
    value_type: tuple(field.name for field in fields(value_type) if field.name in names and "tuple" in str(field.type))
    for value_type, names in FIELD_COLUMNS.items()
}
"""Those of them that are lists in a row."""


class PendingRow(NamedTuple):
    """A row to be, before it has an id."""

    ref: Ref
    row: Row
    links: Mapping[str, Ref]
    """Foreign key column -> the row it names."""


def _plain(value: Debate | Value | Reading | Assessment | Stated) -> Row:
    row = {name: getattr(value, name) for name in FIELD_COLUMNS[type(value)]}
    for name in FIELD_LISTS[type(value)]:
        row[name] = list(row[name])
    return row


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
