"""What is wrong with an input, said in one way everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

UNAVAILABLE: Final = "unavailable"
"""The code of what is not available because something else is broken, which has a problem of its own."""


class Malformed(ValueError):
    """One typed notation cannot be read. Its text is one sentence: what was found, what was expected."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a whole debate, where it is, and what to do about it."""

    code: str
    """A stable short name, e.g. `unknown-name`."""
    place: str
    """Where: `gaps.vision.formula`, `hypotheses.llm-waste.effects.gpt3`."""
    text: str
    """One sentence: what was found and what was expected."""

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"

    @property
    def unknown(self) -> str:
        """What stands in the place of a figure that is not known for this reason, or needs what is broken itself."""
        return "cannot be computed" if self.code == UNAVAILABLE else f"not known, because {self.text}"
