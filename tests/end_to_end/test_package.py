"""The wheel, installed and run outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.package
def test_the_wheel_installs_and_runs_outside_the_checkout(tmp_path: Path) -> None:
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")], cwd=ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    place = tmp_path / "place"
    # The dependencies are those of this environment; only the wheel itself is installed, so no network is needed.
    run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(place), str(wheel)],
        cwd=tmp_path,
    )
    environment = {**os.environ, "PYTHONPATH": str(place), "ABDUCE_HOME": str(tmp_path / "home")}
    where = run([sys.executable, "-c", "import tui; print(tui.__file__)"], cwd=tmp_path, environment=environment)
    assert where.startswith(str(place))
    shown = run([sys.executable, "-m", "tui", "show"], cwd=tmp_path, environment=environment)
    assert "The comparison is not fair" in shown
    assert (place / "hypotheses" / "debates" / "models.csv").read_text().count("\n") > 140
    assert (place / "tui" / "debate" / "screen.tcss").exists()
    page = run([sys.executable, "-m", "tui", "export", "--format", "html"], cwd=tmp_path, environment=environment)
    assert "function typedValue(" in page
    assert {"debate.html", "style.css"} <= {each.name for each in (place / "tui" / "web" / "templates").iterdir()}


def run(command: list[str], *, cwd: Path, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
