"""Any debate that may be kept comes back from the database as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from hypotheses.admission import admit
from hypotheses.debate import Debate
from hypotheses.people import OWNER, people
from hypotheses.problems import Refused
from store.database.row_reading import load_image
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests import databases
from tests.exploring import explored
from tests.store.conftest import small_debate
from tests.store.debates import debates


def is_admitted(debate: Debate) -> bool:
    try:
        admit(Debate(debate.slug, debate.title), debate)
    except Refused:
        return False
    return True


def with_owner(debate: Debate) -> Debate:
    """Return the debate as the store gives it: with the name of its owner where there are others."""
    return replace(debate, owner=debate.owner or "ola" if people(debate) != (OWNER,) else debate.owner)


def is_as_if_read_now(store: DebateStore, slug: str) -> bool:
    """Say whether what the store holds of a debate is all of what reading it anew gives, and nothing else."""
    with store._database.reading() as connection:
        held = store._ledger._images.current(connection, slug)
        fresh = load_image(connection, held.debate_id, held.entry, held._creator)
    one, other = (
        (
            {table: dict(rows) for table, rows in image.rows.items()},
            image.ids,
            image._names,
            {table: {owner: sorted(ids) for owner, ids in parts.items()} for table, parts in image._parts.items()},
            image.people,
            image.debate,
        )
        for image in (held, fresh)
    )
    return one == other


@pytest.mark.parametrize("engine", databases.ENGINES)
@explored(10)
@given(debates().filter(is_admitted), debates().filter(is_admitted))
def test_a_debate_comes_back_and_can_become_any_other(engine: str, first: Debate, second: Debate) -> None:
    second = replace(second, slug=first.slug)
    with databases.place(engine) as place:
        with DebateStore.open(place, actor="ola", first=lambda: first) as store:
            assert store.load() == with_owner(first)
            assert is_as_if_read_now(store, first.slug)
            assert store.add_debate(second, replace=True).debate == with_owner(second)
            assert is_as_if_read_now(store, first.slug)
        with DebateStore.open(place, actor="ola", first=small_debate) as store:
            found = store.load()
            assert found == with_owner(second)
            for field in ("quantities", "gaps", "hypotheses", "evidence"):
                assert list(getattr(found, field)) == list(getattr(second, field))
            if first != second:
                assert store.undo(first.slug, expected=ANYTHING).debate == with_owner(first)
                assert is_as_if_read_now(store, first.slug)
