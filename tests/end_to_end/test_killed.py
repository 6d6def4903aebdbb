"""The app killed in edits and in a form: what was told as done is there, and what was typed comes back."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from hypotheses.ranking import ranked
from store.database.soundness import flaws
from store.debate_store import DebateStore
from tests.end_to_end.test_lost_terminal import WITH_SIGHUP, Terminal


def entries(home: Path) -> int:
    """Return how many entries the journal has, by Abduce, and require that nothing is wrong with the database."""
    database = home / "abduce.db"
    with DebateStore.open(str(database)) as store:
        slug = store.load().slug
        assert sorted(h.position for h in ranked(store.load())) == list(range(5))
        count = len(store.history(slug, limit=10_000))
    assert list(flaws(database)) == []
    return count


@pytest.mark.parametrize("seed", range(3))
def test_edits_that_a_kill_cuts_short_are_whole_or_not_there(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    terminal = Terminal(tmp_path, WITH_SIGHUP)
    terminal.wait_for("puzzle")
    terminal.type("J")  # one that is surely done: another program sees it
    deadline = time.monotonic() + 30
    while entries(tmp_path) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    terminal.type("KJ" * 40)
    time.sleep(chance.uniform(0.0, 0.8))
    terminal.kill()
    assert 2 <= entries(tmp_path) <= 2 + 80
    again = Terminal(tmp_path, WITH_SIGHUP)
    again.wait_for("puzzle")  # without a question
    again.kill()


def test_a_form_that_a_kill_cuts_short_comes_back_with_what_was_typed(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, WITH_SIGHUP)
    terminal.wait_for("puzzle")
    terminal.type("n")
    terminal.wait_for("what was found out")
    terminal.type("\tA finding of which half is typed")
    deadline = time.monotonic() + 30
    while not any("half is typed" in path.read_text("utf-8") for path in (tmp_path / "drafts").rglob("*.json")):
        assert time.monotonic() < deadline, "no draft is kept"
        time.sleep(0.05)
    terminal.kill()
    assert entries(tmp_path) == 1
    again = Terminal(tmp_path, WITH_SIGHUP)
    again.wait_for("puzzle")
    again.type("n")
    again.wait_for("half is typed")
    again.kill()
