"""A checksum of what each debate holds, so that a bit that flips on the disk, or a hand in the file, is found.

It has two parts, the debate's rows and its journal. Each is the sum, modulo 2^256, of the SHA-256 of every row: so no
order counts, and a change takes off what it replaces and adds what it writes, at a cost in proportion to itself.
What is taken off is what was read: after an edit of a row that had flipped, the sum still tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from json import JSONEncoder
from typing import Final, NamedTuple

from sqlalchemy import Connection, Float, MetaData, bindparam, inspect, select

from store.database.journal_tables import CHANGE, ENTRY, PACK
from store.database.named_tables import METADATA
from store.database.row_change import RowChange
from store.database.row_reading import read_rows
from store.database.translation import TABLES, Row

NAME: Final = "checksum"
_CHECKSUM: Final = METADATA.tables[NAME]
_OF_DEBATE: Final = _CHECKSUM.c.debate_id == bindparam("debate")
_KEPT: Final = select(_CHECKSUM.c.content, _CHECKSUM.c.journal).where(_OF_DEBATE)
_UPDATE: Final = _CHECKSUM.update().where(_OF_DEBATE).values(content=bindparam("content"), journal=bindparam("journal"))
_DIGITS: Final = re.compile("[0-9a-f]{64}")
_MODULUS: Final = 1 << 256
_FLOATS: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(column.name for column in table.columns if isinstance(column.type, Float))
    for name, table in METADATA.tables.items()
}


class Checksum(NamedTuple):
    """What a debate adds up to."""

    content: int
    """Of its rows."""
    journal: int
    """Of its entries and what each did."""

    def plus(self, other: Checksum) -> Checksum:
        """Return the sum of both."""
        return Checksum((self.content + other.content) % _MODULUS, (self.journal + other.journal) % _MODULUS)


NOTHING: Final = Checksum(0, 0)


def of_changes(changes: Sequence[RowChange], written: Sequence[Row], packed: Sequence[Row]) -> Checksum:
    """Return what changes add.

    Args:
        changes: What became of rows, each whole.
        written: The rows of the journal that tell of it, one for each.
        packed: Those that tell of many.
    """
    content, known = 0, {}
    for change in changes:
        for image, sign in ((change.before, -1), (change.after, 1)):
            if image is not None:
                known[id(image)] = summand = _summand(change.table, image)
                content += sign * summand
    return Checksum(content, sum(_of_change(row, known) for row in written) + sum(map(_of_pack, packed)))


def of_entry(entry: Row) -> Checksum:
    """Return what the row of an entry of the journal adds."""
    return Checksum(0, _of_entry(entry))


def follow(connection: Connection, debate_id: int, added: Checksum) -> None:
    """Take up what was written of a debate, within the transaction that wrote it."""
    put(connection, debate_id, (kept(connection, debate_id) or NOTHING).plus(added))


def kept(connection: Connection, debate_id: int) -> Checksum | None:
    """Return the checksum that is written down of a debate, a part that is none being -1; None if there is none."""
    row = connection.execute(_KEPT, {"debate": debate_id}).first()
    return None if row is None else Checksum(*map(_parsed, row))


def _parsed(cell: object) -> int:
    return int(cell, 16) if isinstance(cell, str) and _DIGITS.fullmatch(cell) else -1


def of_rows(rows: Iterable[tuple[str, Row]]) -> int:
    """Return what rows, each with the name of its table, add up to."""
    return sum(_summand(table, row) for table, row in rows) % _MODULUS


def worked_out(connection: Connection, debate_id: int, metadata: MetaData = METADATA) -> Checksum:
    """Return what a debate that is read from the database adds up to."""
    content = of_rows((name, row) for name in TABLES for row in read_rows(connection, name, debate_id, metadata))
    return Checksum(content, of_journal(journal_rows(connection, debate_id, metadata)))


def journal_rows(connection: Connection, debate_id: int, metadata: MetaData = METADATA) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a debate's journal, each with the name of its table; an older database has not all of these."""
    entry = metadata.tables[ENTRY.name]
    entries = select(entry).where(entry.c.debate_id == debate_id)
    yield from ((ENTRY.name, dict(row)) for row in connection.execute(entries).mappings())
    there = inspect(connection)
    for name in (CHANGE.name, PACK.name):
        if (table := metadata.tables.get(name)) is not None and there.has_table(name):
            query = select(table).join(entry, entry.c.id == table.c.entry_id).where(entry.c.debate_id == debate_id)
            yield from ((name, dict(row)) for row in connection.execute(query).mappings())


def are_kept(connection: Connection) -> bool:
    """Say whether the database is new enough to have checksums."""
    return inspect(connection).has_table(NAME)


def differing(connection: Connection, metadata: MetaData = METADATA) -> dict[int, Checksum]:
    """Return by how much each debate is off that is not as it was written, by its id; the part that is right is 0."""
    off = {}
    for debate_id in _debates(connection, metadata):
        now, written = worked_out(connection, debate_id, metadata), kept(connection, debate_id) or NOTHING
        if now != written:
            off[debate_id] = Checksum(*((one - other) % _MODULUS for one, other in zip(written, now, strict=True)))
    return off


def off(connection: Connection) -> dict[int, Checksum]:
    """Return what `differing` does, of a database of any version; nothing where it is too old to tell."""
    if not are_kept(connection):
        return {}
    tables = MetaData()
    known = {*TABLES, ENTRY.name, CHANGE.name, PACK.name}
    tables.reflect(connection, only=lambda name, _: name in known, resolve_fks=False)
    return differing(connection, tables)


def renew(connection: Connection, off: Mapping[int, Checksum]) -> None:
    """Write down what every debate adds up to after its tables were changed; those that were off stay off."""
    for debate_id in _debates(connection, METADATA):
        now = worked_out(connection, debate_id)
        put(connection, debate_id, now.plus(off.get(debate_id, NOTHING)))


def put(connection: Connection, debate_id: int, checksum: Checksum) -> None:
    """Write down the checksum of a debate instead of what stands there."""
    row = {"content": f"{checksum.content:064x}", "journal": f"{checksum.journal:064x}"}
    if not connection.execute(_UPDATE, {"debate": debate_id, **row}).rowcount:
        connection.execute(_CHECKSUM.insert(), {"debate_id": debate_id, **row})


def _debates(connection: Connection, metadata: MetaData) -> list[int]:
    """Return the ids of all debates, also of one of which only its checksum is left."""
    there = select(metadata.tables["debate"].c.id)
    return sorted(connection.execute(there.union(select(_CHECKSUM.c.debate_id))).scalars())


def of_journal(rows: Iterable[tuple[str, Row]]) -> int:
    """Return what the rows of a journal, each with the name of its table, add up to."""
    numbers = {ENTRY.name: _of_entry, CHANGE.name: _of_change, PACK.name: _of_pack}
    return sum(numbers[table](row) for table, row in rows) % _MODULUS


def _of_entry(row: Row) -> int:
    return _summand(ENTRY.name, row)


def _of_pack(row: Row) -> int:
    cells = (row[name] for name in ("entry_id", "position", "changes"))
    return _number([PACK.name, *cells, sha256(row["packed"]).hexdigest()])


def _of_change(row: Mapping[str, object], known: Mapping[int, int] | None = None) -> int:
    """Return the number for one row of what an entry did; images that are `known` are not worked out again."""
    table = str(row["table_name"])
    images: list[int | None] = []
    for name in ("before", "after"):
        image = row[name]
        if image is None:
            images.append(None)
        elif (summand := (known or {}).get(id(image))) is not None:
            images.append(summand)
        else:
            images.append(_summand(table, image if isinstance(image, dict) else {"": image}))
    cells = [row[name] for name in ("entry_id", "position", "table_name", "row_id", "hypothesis_id")]
    return _number([*cells, *images])


def _summand(table: str, row: Row) -> int:
    """Return the number for one row, the same whether it is about to be written or was read."""
    for name in _FLOATS.get(table, ()):
        cell = row.get(name)
        if isinstance(cell, int | float) and (type(cell) is not float or not cell):
            row = {**row, name: float(cell) + 0.0}
    return _number([table, row])


def _number(cells: object) -> int:
    return int.from_bytes(sha256(_ENCODER.encode(cells).encode()).digest())


def _written(cell: object) -> str:
    """Write what JSON does not know: a time, or what should not be there at all."""
    return cell.replace(tzinfo=None).isoformat() if isinstance(cell, datetime) else repr(cell)


_ENCODER: Final = JSONEncoder(sort_keys=True, separators=(",", ":"), default=_written, check_circular=False)
