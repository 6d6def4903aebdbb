"""What comes with the program: a debate to start with, and a table of models."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Debate

if TYPE_CHECKING:
    from hypotheses.estimates import ListedModel

DEBATE: Final = "vision-efficiency.debate.yaml"
MODELS: Final = "models.csv"


def bundled_debate() -> Debate:
    """Read the debate that comes with the program."""
    from store.debate_file import read_debate  # noqa: PLC0415 - for the first run only

    return read_debate(_text(DEBATE), path=DEBATE)


@cache
def bundled_models() -> tuple[ListedModel, ...]:
    """Read the models that come with the program: names, sizes, what they were trained on, with sources."""
    from hypotheses.estimates import read_models  # noqa: PLC0415 - opening a database does without the engine

    return read_models(_text(MODELS))


def _text(name: str) -> str:
    return files("hypotheses").joinpath("debates", name).read_text(encoding="utf-8")
