"""Keys of one's own: what the settings give to commands, as far as it can be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hypotheses.problems import Malformed, NotFound
from tui.command_keys import key_of
from tui.commands import APP, COMMANDS, SCREENS, TRYING, Command, commands_on
from tui.terminal.key_names import parse_key, types_something

KeyMap = Mapping[str, tuple[str, ...]]
"""Command -> its keys."""

FIXED: Final = frozenset(
    {"enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown"}
    | {*"jkhlgG", "ctrl+d", "ctrl+u", "ctrl+c", "ctrl+q", "ctrl+z"}
)
"""Keys that move in every list, open, go back and leave: no command but the one that comes with one may have it."""
ALWAYS: Final = {"leave": ("ctrl+q",)}
"""Keys that a command keeps whatever it is given."""
IN_BOXES: Final[Mapping[str, frozenset[str]]] = {
    "b": frozenset({"edit", "remove", "comment", "copy"}),
    "t": frozenset({"next_view", "previous_view", "copy"}),
}
"""A key of a box -> the commands that work there beside it."""


def key_map(given: Mapping[str, str]) -> tuple[KeyMap, Sequence[str]]:
    """Return the keys that are given to commands, and a sentence for each that cannot be: that command keeps its own.

    Of two commands that work on the same screen, the one that is not given anything, then the first, keeps its key.
    """
    warnings: list[str] = []
    wanted = dict(_read(given, warnings))
    taken: dict[str, tuple[str, ...]] = {}
    for command, keys in wanted.items():
        others = {name: _own(COMMANDS[name]) for name in COMMANDS if name not in wanted} | taken
        refused = {key: why for key in keys if (why := _why_not(command, key, others))}
        warnings += [f"[keys]: {command} cannot have {key}: {why}" for key, why in refused.items()]
        kept = [key for key in keys if key not in refused]
        if refused and not kept:
            kept = [key for key in _own(COMMANDS[command]) if not _why_not(command, key, others)]
            warnings += [] if kept else [f"[keys]: {command} has no key now; {key_of('palette')} finds it"]
        taken[command] = tuple(dict.fromkeys((*kept, *ALWAYS.get(command, ()))))
    return taken, warnings


def _read(given: Mapping[str, str], warnings: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for command, text in given.items():
        try:
            if command not in COMMANDS:
                raise NotFound("command", command, tuple(COMMANDS))
            keys = tuple(dict.fromkeys(parse_key(part) for part in text.split(","))) if text.strip() else ()
            if not keys and command == "palette":
                raise Malformed("found no key; expected at least one, by which commands without a key are found")
        except (Malformed, NotFound) as problem:
            warnings.append(f"[keys]: {command}: {problem}" if command in COMMANDS else f"[keys]: {problem}")
        else:
            yield command, keys


def _own(command: Command) -> tuple[str, ...]:
    return tuple(command.keys.split(","))


def _why_not(command: str, key: str, others: KeyMap) -> str:
    """Say why a command cannot have a key; nothing if it can."""
    own = _own(COMMANDS[command])
    if key in FIXED and key not in own:
        return "it moves, opens or leaves everywhere"
    if COMMANDS[command].first and types_something(key):
        return "it would be taken away from every field; expected one that types nothing, such as f2"
    if command in IN_BOXES.get(key, ()):
        return "it does something else in a box where both work"
    holder = next((other for other in others if key in others[other] and _meet(command, other)), "")
    return (
        f'{holder} ({COMMANDS[holder].name}) has it; give that another key, or none ({holder} = "")' if holder else ""
    )


def _meet(one: str, other: str) -> bool:
    """Say whether two commands work on the same screen."""
    everywhere = {command.id for command in (*APP, *TRYING)}
    if one == other or not {one, other}.isdisjoint(everywhere):
        return one != other
    return any({one, other} <= {command.id for command in commands_on(screen)} for screen in SCREENS)
