"""The colours of pages and charts, each for light and for dark, and what the classes of a chart draw with them.

Text stands out from the ground by 4.5 to 1 at least, and what is drawn by 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11). No
colour carries a meaning alone: marks differ in shape as well, and lines in their dashes and by the name at their end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple


class Colour(NamedTuple):
    """A colour on a light ground and its twin on a dark one."""

    light: str
    dark: str


COLOURS: Final[Mapping[str, Colour]] = {
    "ground": Colour("#fdfcf9", "#16171b"),
    "shade": Colour("#f4f1e9", "#1f2127"),
    "ink": Colour("#1e1e22", "#e8e7e3"),
    "quiet": Colour("#5b5a63", "#b0afb7"),
    "line": Colour("#8a8780", "#8a8a93"),
    "faint": Colour("#e6e2d8", "#2d2f37"),
    "held": Colour("#1d4f9e", "#8fb7ff"),
    "says": Colour("#9a4a00", "#f0a860"),
    "for": Colour("#1a6a56", "#6fd0b3"),
    "against": Colour("#a8324a", "#ff94a3"),
    "series0": Colour("#1d4f9e", "#8fb7ff"),
    "series1": Colour("#9a4a00", "#f0a860"),
    "series2": Colour("#1a6a56", "#6fd0b3"),
    "series3": Colour("#7a2e8e", "#dba4ec"),
    "series4": Colour("#a8324a", "#ff94a3"),
    "series5": Colour("#54606b", "#b4c0ca"),
    "series6": Colour("#6f6100", "#d9c65a"),
    "series7": Colour("#006b88", "#6fc7e0"),
}
SERIES: Final = 8
"""So many lines have a colour of their own."""
DASHES: Final = ("none", "7 3", "2 3", "9 3 2 3", "5 5", "12 4", "3 2", "1 4")

_RULES: Final[Mapping[str, str]] = {
    "ground": "fill:{ground}",
    "word": "fill:{ink}",
    "quiet": "fill:{quiet}",
    "axis": "stroke:{line};fill:none",
    "grid": "stroke:{faint};fill:none",
    "band": "fill:{faint}",
    "held": "fill:{held}",
    "says": "fill:{says}",
    "reach": "stroke:{says};fill:none",
    "now": "stroke:{held};fill:none",
    "thread": "stroke:{line};fill:none;stroke-dasharray:1 3",
    "for": "fill:{for}",
    "against": "fill:{against}",
    "neutral": "fill:{line}",
    "on-mark": "fill:{ground}",
}


def variables(*, dark: bool) -> str:
    """Return every colour as a CSS variable."""
    return ";".join(f"--{name}:{colour.dark if dark else colour.light}" for name, colour in COLOURS.items())


def classes(colour: Callable[[str], str], scope: str = "") -> str:
    """Return what each class of a chart draws with, as CSS.

    Args:
        colour: How a colour of `COLOURS` is written: as a variable of the page, or as it is.
        scope: What stands before each class, such as `svg `.
    """
    written = {name: colour(name) for name in COLOURS}
    rules = [f"{scope}.{name}{{{rule.format_map(written)}}}" for name, rule in _RULES.items()]
    for number, dashes in enumerate(DASHES):
        tint = written[f"series{number}"]
        rules += [
            f"{scope}.line{number}{{stroke:{tint};fill:none;stroke-dasharray:{dashes}}}",
            f"{scope}.name{number}{{fill:{tint}}}",
        ]
    return "".join(rules)
