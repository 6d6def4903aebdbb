"""SVG as text: marks, words cut to the room there is, and a picture around them with its title and description."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import escape
from typing import Final

from hypotheses.reports.charts.colours import COLOURS, classes
from hypotheses.reports.text import one_line

WIDE: Final = 720
"""The width of a chart beside text, in units that are pixels where nothing scales it."""
NARROW: Final = 340
"""The width of a chart on a phone."""
SIZE: Final = 14
"""The size of words."""
SMALL: Final = 12
FONT: Final = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

_THIN: Final = frozenset("ijlI.,:;'|!")
_LEAN: Final = frozenset("frt()[]{}/- ")
_ELLIPSIS: Final = "…"
_END: Final = 4.0
"""Half of the stroke at the end of a whisker."""


def number(value: float) -> str:
    """Write a coordinate in few digits."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def mark(name: str, content: str = "", /, **attributes: str | float) -> str:
    """Return one element; an underscore at the end or within a name stands for what Python does not allow."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{number(value) if isinstance(value, float | int) else escape(value)}"'
        for key, value in attributes.items()
        if value != ""
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def words_at(x: float, y: float, text: str, kind: str = "word", *, anchor: str = "", size: float = SIZE) -> str:
    """Return a line of somebody's or our words with its baseline at `y`."""
    return mark(
        "text",
        escape(one_line(text), quote=False),
        class_=kind,
        x=x,
        y=y,
        text_anchor=anchor,
        font_size="" if size == SIZE else size,
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str, *, width: float = 1) -> str:
    """Return a straight line."""
    return mark("line", class_=kind, x1=x1, y1=y1, x2=x2, y2=y2, stroke_width="" if width == 1 else width)


def box(x: float, y: float, width: float, height: float, kind: str, **attributes: str | float) -> str:
    """Return a rectangle."""
    return mark("rect", class_=kind, x=x, y=y, width=max(width, 0), height=height, **attributes)


def diamond(x: float, y: float, reach: float, kind: str) -> str:
    """Return a square that stands on its corner."""
    side = number(reach)
    return mark(
        "path",
        class_=kind,
        d=f"M{number(x - reach)} {number(y)}l{side} -{side} {side} {side} -{side} {side}z",
    )


def whisker(low: float, high: float, y: float, kind: str) -> str:
    """Return a level line with a short stroke at each end."""
    path = f"M{number(low)} {number(y)}H{number(high)}"
    path += "".join(f"M{number(x)} {number(y - _END)}v{number(2 * _END)}" for x in (low, high))
    return mark("path", class_=kind, d=path, stroke_width=2.0)


def legend(entries: Iterable[tuple[str, str]], y: float = 14.0) -> list[str]:
    """Return what marks mean, in a row: each mark, drawn from 0 to 20 around `y` 0, with its words."""
    parts, x = [], 0.0
    for drawn, words in entries:
        parts.append(mark("g", drawn, transform=f"translate({number(x)} {number(y - 4)})"))
        parts.append(words_at(x + 26, y, words, "quiet", size=SMALL))
        x += 26 + width_of(words, SMALL) + 20
    return parts


def width_of(text: str, size: float = SIZE) -> float:
    """Estimate how wide a text is in a common font; what reads it has its own."""
    return size * sum(map(_share, text))


def _share(letter: str) -> float:
    if letter in _THIN:
        return 0.3
    if letter in _LEAN:
        return 0.39
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.02
    if unicodedata.combining(letter):
        return 0.0
    return 0.75 if letter.isupper() or letter in "mwMW%@" else 0.6


def cut(text: str, width: float, size: float = SIZE) -> str:
    """Cut a text to a width, with a sign that there is more."""
    plain = one_line(text)
    if width_of(plain, size) <= width:
        return plain
    while plain and width_of(plain + _ELLIPSIS, size) > width:
        plain = plain[:-1]
    return plain.rstrip() + _ELLIPSIS


def wrapped(text: str, width: float, lines: int = 2, size: float = SIZE) -> list[str]:
    """Break a text between its words into at most so many lines; the last is cut."""
    rest = one_line(text).split()
    made: list[str] = []
    while rest and len(made) < lines - 1:
        taken = 1
        while taken < len(rest) and width_of(" ".join(rest[: taken + 1]), size) <= width:
            taken += 1
        made.append(cut(" ".join(rest[:taken]), width, size))
        rest = rest[taken:]
    return [*made, cut(" ".join(rest), width, size)] if rest else made


def picture(width: float, height: float, parts: Iterable[str], *, name: str, title: str, about: str) -> str:
    """Return a chart: what it is called, what it shows in words, and its marks.

    Args:
        width: Of what it is drawn on.
        height: Of that.
        parts: The marks.
        name: What the ids in it begin with, which a page has once.
        title: What it is called.
        about: What is to be seen in it, for whoever does not see it.
    """
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}" role="img" aria-labelledby="{name}-title {name}-about" '
        f'font-family="{escape(FONT)}" font-size="{SIZE}">'
    )
    told = (
        f'<title id="{name}-title">{escape(one_line(title), quote=False)}</title>'
        f'<desc id="{name}-about">{escape(one_line(about), quote=False)}</desc>'
    )
    return f"{head}{told}{''.join(parts)}</svg>"


MARGIN: Final = 16
"""Around a chart that is a file of its own."""
_SIZE: Final = re.compile(r'viewBox="0 0 (\S+) (\S+)" width="\S+" height="\S+"')


def _with_margin(size: re.Match[str]) -> str:
    width, height = (number(float(each) + 2 * MARGIN) for each in size.groups())
    return f'viewBox="-{MARGIN} -{MARGIN} {width} {height}" width="{width}" height="{height}"'


def standalone(chart: str) -> str:
    """Return a chart as a file of its own: with its colours, light or dark as its reader has it, on a ground."""
    head, closing, rest = chart.partition(">")
    head = _SIZE.sub(_with_margin, head)
    light = classes(lambda name: COLOURS[name].light)
    dark = classes(lambda name: COLOURS[name].dark)
    style = f"<style>{light}@media (prefers-color-scheme:dark){{{dark}}}</style>"
    title, end, marks = rest.partition("</desc>")
    ground = f'<rect class="ground" x="-{MARGIN}" y="-{MARGIN}" width="100%" height="100%"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{closing}{title}{end}{style}{ground}{marks}\n'
