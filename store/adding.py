"""A new debate, as the first entry of its journal."""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from sqlalchemy import Connection

from hypotheses.admission import admit
from hypotheses.debate import Debate
from hypotheses.problems import Refused
from store import journal
from store.database import listing
from store.database.image import DebateImage
from store.database.translation import debate_item
from store.database.writing import insert_rows, write_in_portions
from store.entries import Entry


def add_debate(connection: Connection, debate: Debate, actor: str, at: datetime) -> tuple[DebateImage, Entry]:
    """Write a new debate as the first entry of its journal.

    Raises:
        Refused: there is a debate of that slug already, or it is not acceptable.
    """
    if debate.slug in listing.slugs(connection):
        raise Refused(f"there is a debate {debate.slug!r} already")
    admit(Debate(debate.slug, debate.title), debate)
    (added,) = insert_rows(connection, "debate", [debate_item(debate).row])
    image = DebateImage(added.after or {}, 0, actor)
    portions = chain([[added]], write_in_portions(connection, image, debate))
    label = f"added the debate {debate.slug!r}"
    entry = journal.record(connection, image.debate_id, portions, at=at, actor=actor, label=label)
    image.entry = entry.id
    return image, entry
