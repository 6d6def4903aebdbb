"""The command line on a database whose last command was killed, or whose disk fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.faults import KILL, why_not

PROGRAM = [sys.executable, "-m", "tui", "--db"]
"""The start of every command; the database follows."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    if reason := why_not():
        pytest.skip(reason)
    path = tmp_path / "t.db"
    run([*PROGRAM, str(path), "debates"])
    return path


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=dict(os.environ))


def submit(path: Path, file: Path, what: str) -> subprocess.CompletedProcess[str]:
    """Submit an idea with a fault at a write to a file."""
    strace = ["strace", "-f", "-qqq", "-o", os.devnull, "-P", str(file)]
    fault = ["-e", "trace=pwrite64", "-e", f"inject=pwrite64:{what}"]
    return run([*strace, *fault, *PROGRAM, str(path), "idea", "submit", "Big", "--text", "x" * 45_000])


def test_a_kill_as_the_log_goes_into_the_file_harms_no_later_command(database: Path) -> None:
    killed = submit(database, database, f"{KILL}:when=5")
    assert killed.returncode == -9
    assert "idea 11 is in the inbox: Big" in killed.stderr
    later = run([*PROGRAM, str(database), "idea", "list"])
    assert (later.returncode, later.stderr) == (0, "")
    assert "Big" in later.stdout


def test_a_full_disk_is_one_sentence_and_the_next_command_works(database: Path) -> None:
    refused = submit(database, database.with_name("t.db-wal"), "error=ENOSPC:when=9+")
    assert refused.returncode == 1
    assert refused.stderr == f"abduce: the disk is full; nothing was saved in {database}\n"
    later = run([*PROGRAM, str(database), "idea", "list"])
    assert (later.returncode, later.stderr) == (0, "")
    assert "Big" not in later.stdout
