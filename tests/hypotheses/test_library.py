"""The code of docs/library.md, run as it stands there."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pytest

from store.bundled import bundled_debate
from store.file.debate_file import write_debate

PAGE = Path(__file__).parents[2] / "docs" / "library.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A folder with the file the page reads, and a database of its own; all blocks run in order."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ABDUCE_HOME", str(tmp_path / "home"))
    (tmp_path / "my.debate.yaml").write_text(write_debate(bundled_debate()), encoding="utf-8")
    return {}


def test_loading_changing_and_evaluating_takes_under_ten_lines(notebook: dict[str, Any]) -> None:
    lines = [line for line in BLOCKS[0].splitlines() if line]
    assert len(lines) < 10
    exec(BLOCKS[0], notebook)
    gap = notebook["gap"]
    # The middle of 50B to 500B is sqrt(50 x 500) = 158.1B; the language gap is 175B / 175B.
    assert gap.now.median == pytest.approx(math.log10(math.sqrt(50e9 * 500e9) / 890e6), abs=1e-9)
    assert (gap.now.p5, gap.now.p95) == pytest.approx((math.log10(50e9 / 890e6), math.log10(500e9 / 890e6)), abs=1e-9)
    # A model that does all that cortex does is 10 to 100 times as large, 1.5 orders of magnitude in the middle.
    assert gap.residual.median == pytest.approx(gap.now.median - 1.5, abs=1e-9)


def test_every_block_runs_and_tells_what_it_says(notebook: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    for block in BLOCKS:
        exec(block, notebook)
    told = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    # Ten times the cortex is one order of magnitude more.
    medians = [float(line[3]) for line in told]
    assert medians[1] - medians[0] == pytest.approx(1, abs=1e-9)
