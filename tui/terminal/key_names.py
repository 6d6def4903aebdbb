"""Keys as people write them, and as Textual names them."""

from __future__ import annotations

from typing import Final

from textual.keys import KEY_ALIASES, REPLACED_KEYS, Keys, _character_to_key, key_to_character

from hypotheses.problems import Malformed

MODIFIERS: Final = ("alt", "ctrl", "shift")
"""In the order in which Textual writes them."""
OTHER_NAMES: Final = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "ctrl+left_square_bracket": "escape",
    **{alias: key for key, aliases in KEY_ALIASES.items() for alias in aliases},
}
"""What people write, or what a terminal cannot tell from another key -> the name of that key."""
SILENT: Final = frozenset(key.value for key in Keys if key.value.isalnum()) | {"ctrl+at"}
"""Keys that type nothing."""


def parse_key(text: str) -> str:
    """Read a key as a person writes it: `b`, `B`, `?`, `f2`, `ctrl+b`, `space`, `question_mark`.

    Raises:
        Malformed: no key is called so.
    """
    held, name = _parts(text.strip())
    if held == ["shift"] and len(name) == 1 and name.isalpha():
        held, name = [], name.upper()  # which is what the terminal sends
    name = _character_to_key(name) if len(name) == 1 else name.lower()
    name = OTHER_NAMES.get(name, name)
    key = "+".join([*(each for each in MODIFIERS if each in held), name])
    key = OTHER_NAMES.get(key, key)
    is_character = types_something(name)
    known = {key, name} & SILENT or is_character
    if not known or not set(held) <= set(MODIFIERS) or (held == ["shift"] and is_character):
        raise Malformed(f"found the key {text.strip()[:40]!r}; expected one such as b, B, ?, f2, ctrl+b or space")
    return key


def types_something(key: str) -> bool:
    """Say whether a field takes the key as a character."""
    character = key_to_character(REPLACED_KEYS.get(key, key))
    return character is not None and character.isprintable()


def _parts(text: str) -> tuple[list[str], str]:
    """Return the keys that are held and the one that is pressed with them."""
    held, _, name = text.rpartition("+")
    if text == "+" or text.endswith("++"):
        held, name = held.removesuffix("+"), "+"
    modifiers = [each.lower() for each in held.split("+")] if held else []
    return modifiers, name.lower() if "ctrl" in modifiers else name
