"""What comes with the program, as text, and the debate to start with."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from hypotheses.debate import Debate

DEBATE: Final = "vision-efficiency.debate.yaml"


def bundled_debate() -> Debate:
    """Read the debate that comes with the program."""
    from store.file.debate_file import read_debate  # noqa: PLC0415 -- 100 ms; only a new database asks for it

    return read_debate(bundled_text(DEBATE), path=DEBATE)


def bundled_text(name: str) -> str:
    """Return a file of `hypotheses/debates`."""
    return files("hypotheses").joinpath("debates", name).read_text(encoding="utf-8")
