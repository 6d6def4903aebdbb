"""What people had stated of the hypotheses, and for which reasons, by the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, func, or_, select

from hypotheses.people import OWNER
from hypotheses.timeline import Stand
from store import journal
from store.database.journal_tables import CHANGE, ENTRY, OF_CHANGE
from store.database.named_tables import METADATA
from store.entries import Entry

_HYPOTHESIS: Final = METADATA.tables["hypothesis"]
_STATEMENTS: Final = CHANGE.c.table_name.in_(("hypothesis", "stated"))
"""The owner states in the rows of the hypotheses, everybody else in rows of their own."""


def stands(connection: Connection, debate_id: int) -> tuple[Stand, ...]:
    """Return what everybody had stated of the hypotheses, after every entry that changed it, oldest first.

    What changes is a figure, whether somebody has set it, or whether it is written down how a hypothesis turned out.
    """
    # Not the images before: reading them takes as long again. And in the order of the entries' index: to sort them by
    # anything else, SQLite gathers the images of the whole journal in memory.
    query = select(CHANGE.c.table_name, CHANGE.c.row_id, CHANGE.c.after, ENTRY.c.at, ENTRY.c.id)
    query = query.join(ENTRY, OF_CHANGE).order_by(ENTRY.c.id, CHANGE.c.position)
    query = query.where(ENTRY.c.debate_id == debate_id, _STATEMENTS)
    # By the name that each has now, whatever it was called then.
    of_now = select(_HYPOTHESIS.c.id, _HYPOTHESIS.c.slug).where(_HYPOTHESIS.c.debate_id == debate_id)
    names = dict(iter(connection.execute(of_now)))
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    stands_then: list[Stand] = []
    for (at, _), changes in groupby(connection.execute(query), key=lambda row: row[3:]):
        for table, row_id, after, *_ in changes:
            if after is None:
                rows.pop((table, row_id), None)
            else:
                named = {"slug": names[row_id]} if table == "hypothesis" and row_id in names else {}
                rows[table, row_id] = {**rows.get((table, row_id), {}), **after, **named}
        stand = _stand(at, rows)
        if not stands_then or stand != replace(stands_then[-1], at=at):
            stands_then.append(stand)
    return tuple(stands_then)


def _stand(at: datetime, rows: Mapping[tuple[str, int], dict[str, Any]]) -> Stand:
    own = {row_id: row for (table, row_id), row in rows.items() if table == "hypothesis"}
    stated: dict[str, dict[str, float]] = {OWNER: {}}
    starting: dict[str, set[str]] = {}
    for (table, _), row in rows.items():
        hypothesis = row if table == "hypothesis" else own.get(row["hypothesis_id"])
        if hypothesis is None:
            continue
        person, slug = row.get("person", OWNER), hypothesis["slug"]
        stated.setdefault(person, {})[slug] = row["plausibility"]
        if row["placeholder"]:
            starting.setdefault(person, set()).add(slug)
    settled = frozenset(row["slug"] for row in own.values() if row["settled"])
    return Stand(at, stated, {person: frozenset(slugs) for person, slugs in starting.items()}, settled)


def reasons(connection: Connection, debate_id: int) -> dict[tuple[int, str], Entry]:
    """Return by hypothesis and person the entry that last revised what is stated, if it gave a reason for that.

    What was undone revised nothing, and a reason for one figure is none for those that made room for it.
    """
    query = select(ENTRY.c.kind, ENTRY.c.target_id).where(ENTRY.c.debate_id == debate_id, ENTRY.c.kind != "change")
    undone: set[int] = set()
    for kind, target in connection.execute(query.order_by(ENTRY.c.id)):
        (undone.add if kind == "undo" else undone.discard)(target)
    before, after = CHANGE.c.before, CHANGE.c.after
    person = func.coalesce(after["person"].as_string(), before["person"].as_string(), OWNER)
    revisions = journal.entries().add_columns(ENTRY.c.about_id, CHANGE.c.hypothesis_id, person)
    revisions = revisions.join(CHANGE, OF_CHANGE).order_by(ENTRY.c.id)
    revisions = revisions.where(ENTRY.c.debate_id == debate_id, ENTRY.c.kind == "change", _STATEMENTS)
    # Compared by the database: reading the images of a long journal takes much longer.
    differs = (
        before["plausibility"].as_float().is_distinct_from(after["plausibility"].as_float()),
        before["placeholder"].as_boolean().is_distinct_from(after["placeholder"].as_boolean()),
    )
    latest: dict[tuple[int, str], tuple[Entry, int | None]] = {}
    for *cells, about, hypothesis_id, who in connection.execute(revisions.where(or_(*differs))):
        if cells[0] not in undone:
            latest[hypothesis_id, who] = Entry(*cells), about
    return {of: entry for of, (entry, about) in latest.items() if entry.why and about == of[0]}
