"""A debate as an earlier version stored it, whose numbers ended that version."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.reading import Reading
from store.debate_store import DebateStore

WILD = Debate(
    "wild",
    "How wild is it?",
    quantities={
        "wild": Quantity("wild", readings={"value": Reading("mixture(1: 5 (1 to 6) @1%, 7: 1 (1e-12 to 2) @1%)")}),
        "wide": Quantity("wide", readings={"value": Reading("-1 to 1")}),
        "left": Quantity("left", readings={"value": Reading("1")}),
    },
    gaps={
        "wild_gap": Gap("wild_gap", "wild * 10", headline=True),
        "wide_gap": Gap("wide_gap", "wide / 2", unit="m"),
        "left_gap": Gap("left_gap", "1 / left"),
    },
    hypotheses={
        slug: Hypothesis(slug, slug.title(), effects={"left": "left - 0.5"}, statement="It is.")
        for slug in ("one", "two")
    },
)


def store_wild(database: Path) -> None:
    """Make a database of three numbers.

    One value is hard to work out; of one nothing can be said, and it would be refused by now; and one gap has no result
    where both explanations are true.
    """
    DebateStore.open(str(database), first=lambda: WILD).close()
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("UPDATE reading SET value = '-1e308 to 1e308' WHERE value = '-1 to 1'")
    connection.close()
