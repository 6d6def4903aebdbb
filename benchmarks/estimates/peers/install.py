"""Installs the two other tools into a folder of their own, for the time of a run."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

SQUIGGLEPY: Final = "squigglepy==0.30"
SQUIGGLE: Final = "@quri/squiggle-lang@0.10.0"


def squigglepy(folder: Path) -> list[str] | None:
    """Return the command that runs a program in squigglepy; None if it cannot be installed."""
    python = folder / "squigglepy" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(folder / "squigglepy", with_pip=True)
    installed = _done([str(python), "-m", "pip", "install", "--quiet", SQUIGGLEPY])
    return [str(python), str(Path(__file__).with_name("in_squigglepy.py"))] if installed else None


def squiggle(folder: Path) -> list[str] | None:
    """Return the command that runs a program in Squiggle; None if it cannot be installed."""
    into = folder / "squiggle"
    into.mkdir(parents=True, exist_ok=True)
    installed = _done(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(into), SQUIGGLE])
    return ["node", str(Path(__file__).with_name("in_squiggle.mjs")), str(into)] if installed else None


def _done(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=600).returncode == 0
    except OSError:
        return False
