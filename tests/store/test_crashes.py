"""Kills, failing disks and power cuts at any call that changes a file, in everything that writes one.

Nothing that was acknowledged is lost, nothing is there by half, and the next start asks nothing. Here it is some
hundred cases, at other calls of each work; `python -m benchmarks.crash` makes ten thousand.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.crashes.injector import compiled, environment, why_not
from tests.store.crashes.power import Call, Disk

ROOT = Path(__file__).parents[2]
EACH = 8
"""Faults, and power cuts, of each work."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if reason := why_not():
        pytest.skip(reason)
    return compiled(tmp_path_factory.mktemp("injector"))


@pytest.mark.parametrize(
    "works",
    [
        ("create", "add", "edit", "export"),
        ("undo, redo", "import", "add large beside"),
        ("backup", "restore"),
        ("migrate", "repair"),
    ],
    ids=", ".join,
)
def test_nothing_acknowledged_is_lost_and_nothing_is_half(library: Path, works: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "tests.store.crashes", str(EACH), *works]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(library), capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    tally = json.loads(done.stdout)
    assert tally["wrong"] == []
    assert tally["faults"] >= 7 * len(works)
    assert tally["cuts"] >= 3 * len(works)
    assert tally["killed"] >= 2 * len(works)


def write(path: str, at: int, data: bytes) -> Call:
    return Call("w", path, "", at, data)


def left_by(disk: Disk, folder: Path, *, torn: bool) -> dict[str, bytes]:
    folder.mkdir()
    disk.leave(folder, None, torn=torn)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_power_cut_keeps_what_was_synchronised_and_tears_the_last_write(tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    (first / "a").write_bytes(b"old!")
    disk = Disk(first, Path("/d"))
    for call in (write("/d/a", 0, b"new!"), Call("s", "/d/a"), write("/d/a", 4, bytes(1024)), Call("c", "/d/b")):
        disk.take(call)
    assert left_by(disk, tmp_path / "1", torn=False) == {"a": b"new!"}
    assert left_by(disk, tmp_path / "2", torn=True) == {"a": b"new!" + bytes(512), "b": b""}
    disk.take(Call("r", "/d/a", "/d/c"))
    assert left_by(disk, tmp_path / "3", torn=False) == {"a": b"new!"}
    disk.take(Call("s", "/d"))
    assert left_by(disk, tmp_path / "4", torn=False) == {"c": b"new!", "b": b""}
    disk.take(Call("u", "/d/c"))
    disk.take(Call("t", "/d/b", "", 3))
    assert left_by(disk, tmp_path / "5", torn=True) == {"b": bytes(3)}
    assert left_by(disk, tmp_path / "6", torn=False) == {"c": b"new!", "b": b""}
