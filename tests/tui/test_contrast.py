"""What is on the screens can be read, in four themes: the contrast of every text as it is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from textual.color import Color

from tests.tui.running import press, running
from tui.app import AbduceApp
from tui.terminal.palette import READABLE, VISIBLE, contrast

THEMES = ("textual-dark", "textual-light", "solarized-light", "nord")
SIGNS = re.compile(r"[\s·┊│╌─━├┤╸▏▌▐╺╍░▁▂▃▄▅▆▇█\u2800-\u28ff└┌┴┬┼▲]+")
"""What is drawn and not written: axes, rules, bars, lines; and what only has to be seen."""

FIGURES = re.compile(r"[\s\d−.]+")
"""Of an axis: these only have to be seen."""
ROUNDING = 0.1


def texts(app: AbduceApp) -> Iterator[tuple[str, float]]:
    """Yield every written piece of the screen with its contrast."""
    background = Color.parse(app.theme_variables["background"])
    for strip in app.screen._compositor.render_strips():
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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("keys", ["1", "2", "3", "5"], ids=["debate", "matrix", "numbers", "timeline"])
async def test_every_text_has_its_contrast(theme: str, keys: str) -> None:
    async with running((120, 40)) as (app, pilot):
        app.theme = theme
        await press(app, pilot, *keys)
        colour = {name: Color.parse(app.theme_variables[name]) for name in ("foreground", "background", "panel")}
        theirs = min(contrast(colour["foreground"], colour[ground]) for ground in ("background", "panel"))
        # A theme whose own text is paler than that has nothing better to offer.
        needed = min(READABLE, theirs) - ROUNDING
        least = {text: VISIBLE - ROUNDING if FIGURES.fullmatch(text) else needed for text, _ in texts(app)}
        assert not {(text.strip(), round(got, 1)) for text, got in texts(app) if got < least[text]}


@pytest.mark.parametrize(
    "keys", ["1", "1p", "2", "3", "5", "n"], ids=["debate", "row", "matrix", "numbers", "timeline", "form"]
)
async def test_where_no_colour_is_wanted_none_is_sent(keys: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, *keys)
        styles = [one.style for strip in app.screen._compositor.render_strips() for one in strip if one.style]
        assert all(style.color is None and style.bgcolor is None for style in styles)
        # Three greys remain, and where the cursor is stays to be seen.
        assert any(style.bold for style in styles)
        assert any(style.dim for style in styles)
        assert any(style.reverse for style in styles) or keys not in ("1p", "2", "n")
