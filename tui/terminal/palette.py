"""The colours that Textual has no variable for: blended from those it has, and moved until they can be read.

A style names them as it names Textual's: `$label`, `$you`. They are worked out once per theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.color import Color

READABLE: Final = 4.5
"""Contrast of text (WCAG 2.2, success criterion 1.4.3)."""
VISIBLE: Final = 3.0
"""Contrast of what only has to be seen (1.4.11): axes, hints."""
STEPS: Final = 20
"""In so many steps a colour moves to the foreground until it has its contrast."""
MARKS: Final[Mapping[str, str]] = {
    "you": "text-accent",
    "says": "text-primary",
    "pro": "text-success",
    "contra": "text-error",
    "today": "text-warning",
}
"""What a mark stands for -> Textual's variable: what you say, what the evidence says, for, against, the gap today."""
STRENGTHS: Final = {"success": (0.14, 0.26, 0.42), "error": (0.17, 0.30, 0.46)}
"""Textual's variable -> how much of it is behind a rating that is weak, middling, strong."""
SHADES: Final[Mapping[str, tuple[float, float]]] = {"label": (0.62, READABLE), "hint": (0.40, VISIBLE)}
"""Shade of text -> how much of the foreground is in it, and the contrast that it needs."""
_ANSI: Final[Mapping[str, str]] = {
    "label": "ansi_default",
    "hint": "ansi_bright_black",
    "rule": "ansi_bright_black",
    "row": "transparent",
    "row-still": "transparent",
    "field": "transparent",
    "closed": "transparent",
    "on-primary": "ansi_default",
    "you": "ansi_yellow",
    "says": "ansi_cyan",
    "pro": "ansi_green",
    "contra": "ansi_red",
    "today": "ansi_yellow",
    **{f"{name}-{much}": "transparent" for name in ("pro", "contra") for much in (1, 2, 3)},
}
"""The same in the terminal's own colours, which nobody can blend: no ground would be sure to leave text readable."""


def palette(variables: Mapping[str, str], *, dark: bool, ansi: bool) -> dict[str, str]:
    """Return our colours by their names, from those of a theme."""
    if ansi:
        return dict(_ANSI)
    background, foreground, primary, success, panel, surface = (
        Color.parse(variables[name]) for name in ("background", "foreground", "primary", "success", "panel", "surface")
    )

    def shade(colour: Color, share: float) -> Color:
        return shaded(background, colour, share, foreground)

    row, closed = shade(primary, 0.20), shade(success, 0.11 if dark else 0.22)
    field = background.blend(foreground, 0.10)
    grounds = (background, row, closed, field, background + panel, background + surface)
    colours = {
        "rule": background.blend(foreground, 0.24),
        "row": row,
        "row-still": shade(primary, 0.10),
        "field": field,
        "closed": closed,
        "on-primary": max((Color.parse(name) for name in ("white", "black")), key=lambda ink: contrast(ink, primary)),
    }
    for name, variable in (("pro", "success"), ("contra", "error")):
        for much, share in enumerate(STRENGTHS[variable], 1):
            colours[f"{name}-{much}"] = shade(Color.parse(variables[variable]), share)
    for name, (share, contrast_needed) in SHADES.items():
        colours[name] = readable(background.blend(foreground, share), foreground, grounds, contrast_needed)
    for name, variable in MARKS.items():
        colours[name] = readable(Color.parse(variables[variable]), foreground, grounds, READABLE)
    return {name: colour.hex for name, colour in colours.items()}


def shaded(background: Color, colour: Color, share: float, foreground: Color) -> Color:
    """Return the background with a share of a colour in it, or with as much as leaves text on it readable."""
    needed = min(READABLE, contrast(foreground, background))
    for step in range(STEPS):
        ground = background.blend(colour, share * (1 - step / STEPS))
        if contrast(foreground, ground) >= needed:
            return ground
    return background


def readable(colour: Color, foreground: Color, grounds: tuple[Color, ...], needed: float) -> Color:
    """Return the colour, moved to the foreground as far as it takes to have its contrast on every ground."""
    for step in range(STEPS + 1):
        moved = colour.blend(foreground, step / STEPS)
        if all(contrast(moved, ground) >= needed for ground in grounds):
            return moved
    return foreground


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, 1 to 21: (L + 0.05) / (l + 0.05) of their relative luminances (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
