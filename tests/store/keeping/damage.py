"""Databases that were damaged, and what can be seen of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hypotheses.debate import Assessment, Evidence
from hypotheses.reports.debate_json import debate_json
from store.database import packs
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.store.conftest import small_debate

SLUG = "piano-tuners"


def used(path: Path) -> None:
    """Make a database with a debate that was edited, undone and redone."""
    with DebateStore.open(str(path), actor="ana", first=small_debate) as store:
        store.edit_debate(SLUG, title="How many of them?", expected=ANYTHING)
        store.set_plausibility(SLUG, "fewer", 0.25, "few are left", expected=ANYTHING)
        store.comment(SLUG, "Is it so?", evidence="ads")
        store.undo(SLUG, expected=ANYTHING)
        store.redo(SLUG, expected=ANYTHING)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(packs, "LEAST", 1)
            store.add_evidence(SLUG, Evidence("packed", "Kept in a pack", assessments={"fewer": Assessment(2.0)}))


@contextmanager
def by_hand(path: Path) -> Iterator[sqlite3.Connection]:
    """Change a database as another program would; what it changed is in the file at the end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def shown(path: Path) -> list[str]:
    """Return all that an export and the journal show of a database."""
    with DebateStore.open(str(path), actor="ana") as store:
        slugs = [line.slug for line in store.debates(shelved=True)]
        debates = [debate_json(store.load(slug)) for slug in slugs]
        return [*debates, *(str(store.history(slug, limit=10_000)) for slug in slugs)]


def flip(path: Path, bit: int) -> None:
    """Turn one bit of a file over."""
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)
