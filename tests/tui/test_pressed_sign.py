"""What a sign comes to that is pressed once or twice."""

from __future__ import annotations

from tui.matrix.pressed_sign import PressedSign


def test_the_same_sign_again_is_the_double_one_and_then_none() -> None:
    sign = PressedSign()
    assert [sign.press("a cell", "+") for _ in range(4)] == ["+", "++", "", ""]


def test_another_sign_or_another_cell_begins_anew() -> None:
    sign = PressedSign()
    pressed = [sign.press(cell, key) for cell, key in ("a+", "a-", "a+", "b+", "b+", "b-")]
    assert pressed == ["+", "-", "+", "+", "++", "-"]


def test_a_forgotten_sign_is_not_doubled() -> None:
    sign = PressedSign()
    sign.press("a cell", "-")
    sign.forget()
    assert sign.press("a cell", "-") == "-"
