"""The rows of a debate, read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, MetaData, Select, select

from store.database.cells import require_sound
from store.database.image import DebateImage
from store.database.named_tables import METADATA
from store.database.packed_rows import CHUNK
from store.database.translation import OWNERS, TABLES, Cells, Row


def load_image(connection: Connection, debate_id: int, entry: int, creator: str) -> DebateImage:
    """Read a whole debate, as of the journal entry that is the last one now."""
    return DebateImage.of((read_cells(connection, table, debate_id) for table in TABLES), entry, creator)


def read_cells(connection: Connection, name: str, debate_id: int) -> Iterator[Sequence[Cells]]:
    """Read the cells of the rows of a table that are a debate's, some rows at a time.

    Raises:
        BrokenCell: a cell holds what none of its column can.
    """
    return _read(connection, name, debate_id, METADATA)


def read_rows(connection: Connection, name: str, debate_id: int, metadata: MetaData = METADATA) -> Iterator[Row]:
    """Read the rows of a table that are a debate's; of an older database, with the tables that it has.

    Raises:
        BrokenCell: a cell holds what none of its column can.
    """
    columns = tuple(metadata.tables[name].columns.keys())
    for rows in _read(connection, name, debate_id, metadata):
        yield from (dict(zip(columns, row, strict=True)) for row in rows)


def _read(connection: Connection, name: str, debate_id: int, metadata: MetaData) -> Iterator[Sequence[Cells]]:
    result = connection.execute(_rows_of(name, debate_id, metadata))
    columns = tuple(result.keys())
    for rows in result.partitions(CHUNK):
        require_sound(metadata.tables[name], columns, rows)
        yield rows


def _rows_of(name: str, debate_id: int, metadata: MetaData) -> Select[Any]:
    table = metadata.tables[name]
    query = select(table)
    if owner := OWNERS.get(name):
        owners = metadata.tables[owner.removesuffix("_id")]
        return query.join(owners, table.c[owner] == owners.c.id).where(owners.c.debate_id == debate_id)
    return query.where((table.c.id if name == "debate" else table.c.debate_id) == debate_id)
