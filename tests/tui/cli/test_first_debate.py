"""A debate of one's own by commands alone, as docs/ten-minutes.md has them, with figures that are known."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Abduce

PAGE = Path(__file__).parents[3] / "docs" / "ten-minutes.md"


def test_the_piano_tuners_are_made_by_the_commands_of_the_page(abduce: Abduce, tmp_path: Path) -> None:
    (block,) = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    commands = [shlex.split(line) for line in block.splitlines()]
    assert {command[0] for command in commands} == {"abduce"}
    post = tmp_path / "tuners.md"
    for command in commands:
        abduce.done(*(str(post) if word == "tuners.md" else word for word in command[1:]))
    # 3M times 0.05 over a thousand is 150; over 83 that is 1.807, log10 0.257.
    shortage = abduce.done("estimate", "--json").json["gaps"][0]
    assert shortage["now"]["median"] == pytest.approx(0.257, abs=0.0005)
    # The median of 20% to 70% is √0.14 = 0.374: 150 times that over 83 is 0.676, log10 -0.170.
    assert shortage["under"]["untuned"]["median"] == pytest.approx(-0.170, abs=0.0005)
    text = post.read_text(encoding="utf-8")
    assert text.startswith("# How many piano tuners are there in Chicago?")
    assert "stands at 0.26 orders of magnitude (OOM), a factor of 1.81" in text
    # Odds of 2:3, ten times likelier: 20:3 is 87%.
    assert "the evidence says 87%" in text
