"""Our colours can be read in every theme: computed from the theme, and as they are on the screen."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from tui.terminal.palette import MARKS, READABLE, SHADES, VISIBLE, contrast, palette

PLAIN = [name for name, theme in BUILTIN_THEMES.items() if not theme.ansi]


def test_contrast_is_that_of_the_standard() -> None:
    # White on black is 21, #767676 on white the palest grey that passes 4.5, both by WCAG's own examples.
    assert contrast(Color.parse("white"), Color.parse("black")) == pytest.approx(21)
    assert contrast(Color.parse("#767676"), Color.parse("white")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", PLAIN)
def test_every_colour_can_be_read_on_the_background_and_on_the_row_under_the_cursor(name: str) -> None:
    theme = BUILTIN_THEMES[name]
    variables = {**theme.to_color_system().generate(), **theme.variables}
    ours = palette(variables, dark=theme.dark, ansi=theme.ansi)
    grounds = (Color.parse(variables["background"]), Color.parse(ours["row"]))
    foreground = Color.parse(variables["foreground"])
    for colour, needed in {**dict.fromkeys((*MARKS, "label"), READABLE), "hint": VISIBLE}.items():
        reached = min(contrast(Color.parse(ours[colour]), ground) for ground in grounds)
        # A theme whose own text is paler than that has nothing better to offer.
        assert reached >= min(needed, *(contrast(foreground, ground) for ground in grounds)) - 0.05, colour
    assert set(SHADES) <= set(ours)


@pytest.mark.parametrize("name", [name for name, theme in BUILTIN_THEMES.items() if theme.ansi])
def test_a_theme_of_the_terminals_own_colours_has_the_same_names(name: str) -> None:
    plain = BUILTIN_THEMES["textual-dark"]
    variables = plain.to_color_system().generate()
    ours = palette(BUILTIN_THEMES[name].to_color_system().generate(), dark=True, ansi=True)
    assert set(ours) == set(palette(variables, dark=True, ansi=False))
    assert all(Color.parse(colour).ansi is not None or Color.parse(colour).a == 0 for colour in ours.values())
