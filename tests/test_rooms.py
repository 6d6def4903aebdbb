"""What each room loads when it is entered: the start stays fast, and the thinking stays pure."""

from __future__ import annotations

import subprocess
import sys

import pytest


def loaded_by(statement: str) -> set[str]:
    """Return the modules that are there after a statement in a fresh interpreter."""
    code = f"{statement}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import hypotheses.estimates", {"numpy", "pydantic", "sqlmodel", "yaml", "textual", "rich", "httpx", "click"}),
        ("import hypotheses.belief, hypotheses.edits, hypotheses.admission", {"numpy", "hypotheses.estimates"}),
        ("import store.debate_store", {"textual", "rich", "click", "alembic", "httpx", "numpy"}),
        (
            "import store.lookup.ladder, store.settings",
            {"httpx", "sqlmodel", "pydantic", "yaml", "textual"},
        ),
        ("import tui.app", {"sqlmodel", "sqlalchemy", "pydantic", "numpy", "alembic", "httpx", "click", "yaml"}),
        ("import tui.__main__", {"textual", "rich", "sqlmodel", "numpy", "httpx", "click"}),
        ("import tui.cli.root", {"textual", "numpy", "httpx", "alembic"}),
    ],
)
def test_a_room_loads_no_more_than_it_needs(statement: str, unwanted: set[str]) -> None:
    assert not loaded_by(statement) & unwanted
