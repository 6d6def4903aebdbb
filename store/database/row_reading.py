"""The rows of a debate, read."""

from __future__ import annotations

from sqlalchemy import Connection, MetaData, select

from store.database.cells import require_sound
from store.database.image import DebateImage
from store.database.rows import Base
from store.database.translation import OWNERS, TABLES, Row


def load_image(connection: Connection, debate_id: int, entry: int, creator: str) -> DebateImage:
    """Read a whole debate, as of the journal entry that is the last one now."""
    return DebateImage.of((read_rows(connection, table, debate_id) for table in TABLES), entry, creator)


def read_rows(connection: Connection, name: str, debate_id: int, metadata: MetaData = Base.metadata) -> list[Row]:
    """Read the rows of a table that are a debate's; of an older database, with the tables that it has.

    Raises:
        BrokenCell: a cell holds what none of its column can.
    """
    table = metadata.tables[name]
    query = select(table)
    if owner := OWNERS.get(name):
        owner_table = metadata.tables[owner.removesuffix("_id")]
        query = query.join(owner_table, table.c[owner] == owner_table.c.id).where(owner_table.c.debate_id == debate_id)
    else:
        query = query.where((table.c.id if name == "debate" else table.c.debate_id) == debate_id)
    result = connection.execute(query)
    columns = tuple(result.keys())
    rows = result.all()
    require_sound(table, columns, rows)
    return [dict(zip(columns, row, strict=True)) for row in rows]
