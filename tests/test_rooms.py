"""What each room loads when it is entered: the start stays fast, and the thinking stays pure."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tui.cli.root import COMMANDS


def loaded_by(statement: str) -> set[str]:
    """Return the modules that are there after a statement in a fresh interpreter."""
    code = f"{statement}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.splitlines()[-1].split())


def test_the_page_of_all_commands_loads_none_of_them() -> None:
    there = loaded_by("from tui.__main__ import main; main(['--help'])")
    assert not {f"tui.cli.{entry.module}" for entry in COMMANDS.values()} & there
    assert not {"hypotheses.debate", "hypotheses.fields", "sqlalchemy", "importlib.metadata"} & there


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
        ("import tui.cli.inbox", {"textual", "sqlmodel", "starlette", "uvicorn", "jinja2"}),
    ],
)
def test_a_room_loads_no_more_than_it_needs(statement: str, unwanted: set[str]) -> None:
    assert not loaded_by(statement) & unwanted


ROOT = Path(__file__).parent.parent
ROOMS = ("hypotheses", "store", "tui")


def sources(room: str) -> list[Path]:
    return [path for path in (ROOT / room).rglob("*.py") if path.name != "__init__.py"]


def twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def test_a_public_class_name_means_one_thing() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for room in ROOMS for path in sources(room)]
    classes = [each.name for tree in trees for each in tree.body if isinstance(each, ast.ClassDef)]
    assert len(classes) > 100
    assert twice(name for name in classes if not name.startswith("_")) == []


@pytest.mark.parametrize("room", ["hypotheses", "store"])
def test_a_module_name_means_one_thing_within_a_room(room: str) -> None:
    assert twice(path.stem for path in sources(room)) == []
