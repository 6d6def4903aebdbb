"""What is on the screens can be read, in four themes: the contrast of every text as it is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.widgets import Input

from tests.tui.running import press, running, settled
from tui.app import AbduceApp
from tui.debate.detail import Detail
from tui.debate.ranking import RankingRows
from tui.terminal.no_colour import PALE, plain
from tui.terminal.palette import READABLE, VISIBLE, contrast

pytestmark = pytest.mark.painted

THEMES = ("textual-dark", "textual-light", "solarized-light", "nord")
SIGNS = re.compile(r"[\s·┊│╌─━├┤╸▏▌▐╺╍░▁▂▃▄▅▆▇█\u2800-\u28ff└┌┴┬┼▲╭╮╯╰▊▎▔]+")
"""What is drawn and not written: axes, rules, bars, lines; and what only has to be seen."""

FIGURES = re.compile(r"[\s\d−.]+")
"""Of an axis: these only have to be seen."""
ROUNDING = 0.1


SCREENS = {"debate": "1", "matrix": "2", "numbers": "3", "timeline": "5"}
ABOVE = {
    "debate": (
        *(
            "p",
            "O",
            "D",
            "Y",
            "=",
            "X",
            "X]",
            "w",
            "a",
            "e",
            "n",
            "t",
            "i",
            "S",
            "R",
            "o",
            "c",
            "x",
            "?",
            "?/k",
            "ctrl+p",
            "f9",
        ),
        *("tab", "]", "]]", "]]]", "/zzz", "tab tab", "tab tab I", "tab tab C", "tab tab W", "tab tab D"),
    ),
    "matrix": ("s", "f", "M", "I", "enter", "C", "/zzz", "W"),
    "numbers": ("e", "r", "m", "space", "tab", "tab ]", "tab ]]", "?"),
    "timeline": ("]", "tab", "tab tab", "tab tab enter", "enter"),
}
"""What is opened over a screen, or on it, by the keys that open it."""


def keys_of(written: str) -> list[str]:
    """Return the keys of `tab tab I`, `]]`, `f9`."""
    words = written.split()
    return [key for word in words for key in ([word] if (word.isalnum() and len(word) > 1) or "+" in word else word)]


def strips(app: AbduceApp) -> Iterator[Strip]:
    """Yield the lines of the screen, or of the dialog that is open: what lies behind it is dim."""
    lines = app.screen._compositor.render_strips()
    boxes = app.screen.query("#box") if app.screen.is_modal else ()
    if not boxes:
        yield from lines
        return
    region = app.screen.query_one("#box").region
    for line in lines[region.y : region.bottom]:
        yield line.crop(region.x, region.right)


def texts(app: AbduceApp) -> Iterator[tuple[str, float]]:
    """Yield every written piece of the screen with its contrast."""
    background = Color.parse(app.theme_variables["background"])
    for strip in strips(app):
        for segment in strip:
            style = segment.style
            if style is None or style.color is None or SIGNS.fullmatch(segment.text):
                continue
            front, back = style.color.triplet, style.bgcolor.triplet if style.bgcolor else None
            if front is None or (style.bgcolor is not None and back is None):
                continue
            ground = Color(*back) if back else background
            ink = Color(*front)
            if style.reverse:
                ink, ground = ground, ink
            if style.dim:
                ink = ground.blend(ink, 0.5)
            yield segment.text, contrast(ink, ground)


def too_pale(app: AbduceApp) -> set[tuple[str, float]]:
    """Return every text that has too little contrast."""
    colour = {name: Color.parse(app.theme_variables[name]) for name in ("foreground", "background", "panel", "surface")}
    # Textual tints the field that has the focus.
    field = colour["surface"].blend(colour["foreground"], 0.05)
    grounds = (colour["background"], colour["panel"], field, Color.parse(app.theme_variables["field"]))
    theirs = min(contrast(colour["foreground"], ground) for ground in grounds)
    # A theme whose own text is paler than that has nothing better to offer.
    needed = min(READABLE, theirs) - ROUNDING
    least = {text: VISIBLE - ROUNDING if FIGURES.fullmatch(text) else needed for text, _ in texts(app)}
    return {(text.strip(), round(got, 1)) for text, got in texts(app) if got < least[text]}


@pytest.mark.parametrize("screen", SCREENS)
async def test_every_text_has_its_contrast_on_every_screen_and_in_every_dialog_in_every_theme(screen: str) -> None:
    async with running((120, 40)) as (app, pilot):
        pale: dict[tuple[str, str], set[tuple[str, float]]] = {}
        opened = set()
        for above in ("", *ABOVE[screen]):
            await press(app, pilot, SCREENS[screen], *keys_of(above))
            for theme in THEMES:
                app.theme = theme
                await settled(app, pilot)
                pale |= {(theme, above): found} if (found := too_pale(app)) else {}
            opened.add(type(app.screen).__name__)
            while app.screen.is_modal or isinstance(app.focused, Input):
                await press(app, pilot, "escape")
            if screen == "debate":
                app.screen.query_one(Detail).open("statement")
                app.screen.query_one(RankingRows).focus()
        assert not pale
        # Those keys do open something.
        assert len(opened) > len(ABOVE[screen]) // 4


async def test_where_no_colour_is_wanted_none_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running((120, 40)) as (app, pilot):
        # The debate, a field in its row, the other screens, a form.
        for key, has_cursor in (("1", False), ("p", True), ("2", True), ("3", False), ("5", False), ("n", True)):
            await press(app, pilot, key)
            styles = [one.style for strip in app.screen._compositor.render_strips() for one in strip if one.style]
            assert all(style.color is None and style.bgcolor is None for style in styles), key
            # Three greys remain, and where the cursor is stays to be seen.
            assert any(style.bold for style in styles), key
            assert any(style.dim for style in styles), key
            assert any(style.reverse for style in styles) or not has_cursor, key
            if key == "p":
                await press(app, pilot, "escape")
            if key == "5":
                await press(app, pilot, "1")


def test_a_figure_on_a_ground_that_goes_with_the_colours_is_as_strong_as_without_it() -> None:
    background = Color.parse("#121212")
    strong = Style.parse("bold #e0e0e0 on #2a5d3b")  # 6:1 on its ground, 14:1 on the background
    assert contrast(Color.parse("#e0e0e0"), Color.parse("#2a5d3b")) < PALE
    assert plain(strong, background) == Style(bold=True, dim=False, reverse=False)
