"""What the room loads, and when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store.debate_store import DebateStore

ROOT = Path(__file__).parents[2]
HEAVY = {
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "pydantic",
    "yaml",
    "numpy",
    "httpx",
    "textual",
    "rich",
    "click",
}


def loaded(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return HEAVY & set(done.stdout.split())


@pytest.mark.parametrize("module", ["errors", "entries", "paths", "disk", "drafts", "remembered"])
def test_light_modules_load_nothing_heavy(module: str) -> None:
    assert loaded(f"import store.{module}") == set()


def test_using_a_database_loads_no_migrations_and_no_numpy(tmp_path: Path) -> None:
    code = "from store.debate_store import DebateStore\n"
    code += f"with DebateStore.open({str(tmp_path / 'x.db')!r}) as store: slug = store.load().slug\n"
    assert loaded(code) <= {"sqlmodel", "sqlalchemy", "pydantic", "yaml"}
    code += "from store.expected import ANYTHING\n"
    code += f"with DebateStore.open({str(tmp_path / 'x.db')!r}) as store: "
    code += "store.set_plausibility(slug, 'copied-filters', 0.5, expected=ANYTHING)"
    assert loaded(code) == {"sqlalchemy"}


def test_a_write_loads_nothing_of_look_ups_and_no_engine(tmp_path: Path) -> None:
    database = str(tmp_path / "x.db")
    DebateStore.open(database).close()
    code = "from store.debate_store import DebateStore\nfrom store.expected import ANYTHING\nimport sys\n"
    code += f"with DebateStore.open({database!r}) as store: "
    code += "store.set_plausibility(store.load().slug, 'copied-filters', 0.5, expected=ANYTHING)\n"
    code += "print([name for name in sys.modules if name.startswith(('store.lookup', 'hypotheses.estimates'))])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


READING = (
    *(["show"], ["estimate"], ["evidence", "list"], ["doubts"], ["matrix"]),
    *(["export"], ["export", "--format", "json"], ["export", "--table", "evidence"], ["export", "--form", "list"]),
)


@pytest.mark.parametrize("words", READING)
def test_a_command_that_only_reads_loads_no_sqlalchemy(tmp_path: Path, words: list[str]) -> None:
    database = str(tmp_path / "x.db")
    DebateStore.open(database).close()
    code = f"from tui.cli.root import root\ntry: root({[*words, '--db', database]!r})\n"
    code += "except SystemExit as end: assert not end.code\nprint()"
    assert loaded(code).isdisjoint({"sqlmodel", "sqlalchemy", "pydantic", "alembic", "httpx", "textual"})
