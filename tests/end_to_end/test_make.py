"""What `make` makes .venv of, and that it heals. Packages are not installed here: that takes the network."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.tmux import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=place, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder such as people have, with what `make` needs to make .venv, but for the packages."""
    folder = tmp_path / "Größe mit Leer"
    (folder / "requirements").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "requirements" / "run.txt").write_text("file:///there/is/no/such.whl --hash=sha256:00\n")
    return folder


@pytest.fixture(scope="session")
def python() -> str:
    """The Python that runs the tests, outside of its own environment."""
    return str(Path(sys.executable).resolve())


def test_a_python_without_venv_is_told_and_leaves_nothing_behind(place: Path, tmp_path: Path, python: str) -> None:
    (tmp_path / "ensurepip.py").write_text("raise ModuleNotFoundError")
    done = make(place, "run", f"PYTHON=env PYTHONPATH={shlex.quote(str(tmp_path))} {python}")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].endswith(f"sudo apt install {Path(python).name}-venv")
    assert not (place / ".venv").exists()


def test_a_venv_that_is_whole_is_left_alone_and_any_other_is_made_anew(
    place: Path, tmp_path: Path, python: str
) -> None:
    def whole(*arguments: str) -> bool:
        return make(place, "--question", ".venv/.made", *arguments).returncode == 0

    asked = f"PYTHON={python}"
    assert make(place, ".venv/.made", asked).returncode == 0
    made = (place / ".venv" / ".made").read_bytes()
    assert whole()
    assert whole(asked)

    other = tmp_path / "python9"
    other.write_text("#!/bin/sh\necho \"('/opt/python9', (9, 9))\"\n", encoding="utf-8")
    other.chmod(0o700)
    assert not whole(f"PYTHON={other}")

    (place / ".venv" / ".made").write_bytes(made)
    assert make(place, "run").returncode == 2  # the packages cannot be installed
    assert not whole()
    planned = make(place, "--dry-run", "run").stdout
    assert planned.index("rm -rf .venv") < planned.index("--require-hashes")

    (place / ".venv" / ".made").write_bytes(made)
    assert whole()
    place = place.rename(tmp_path / "elsewhere")
    assert not whole()

    place = place.rename(tmp_path / "Größe mit Leer")
    (place / ".venv" / ".made").write_bytes(made)
    assert whole()
    (place / ".venv" / "bin" / "python").unlink()
    assert not whole()
    assert make(place, ".venv/.made", asked).returncode == 0
    assert whole()
