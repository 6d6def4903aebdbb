"""What comes with the program, as text, and the debate to start with."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from hypotheses.debate import Debate

DEBATE: Final = "vision-efficiency"
TEMPLATES: Final = ("rivals", "matrix", "fermi", "yes-no")
"""What a new debate can begin with: its parts, each with a line that says what to do."""
EXAMPLES: Final = ("piano-tuners", "fermi", "retaliation")
"""Whole debates from other fields."""


def bundled_debate() -> Debate:
    """Read the debate that comes with the program."""
    return _debate(DEBATE)


def template(name: str) -> Debate:
    """Read one of the templates."""
    return _debate(f"templates/{name}")


def example(name: str) -> Debate:
    """Read one of the examples."""
    return _debate(f"examples/{name}")


def _debate(name: str) -> Debate:
    from store.file.debate_file import read_debate  # noqa: PLC0415 -- YAML and files take 38 ms, and only a new database asks for them

    path = f"{name}.debate.yaml"
    return read_debate(bundled_text(path), path=path)


def bundled_text(path: str) -> str:
    """Return a file of `hypotheses/debates`."""
    return files("hypotheses").joinpath("debates", path).read_text(encoding="utf-8")
