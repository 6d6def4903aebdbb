"""The keys of commands: how they are written in a text of ours, and what they are bound to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from textual.binding import Binding, BindingType

from tui.commands import COMMANDS, SCREENS, TARGETS, Command, commands_on

ACROSS: Final = frozenset({"h", "l", "left", "right"})
"""Keys that move across wherever there is something beside the cursor; where there is nothing, they are silent."""


def key_of(command: str) -> str:
    """Return how the key of a command is written; of one that has none, the key that finds every command."""
    return COMMANDS[command].shown_key or COMMANDS["palette"].shown_key


def with_keys(text: str) -> str:
    """Write out a text of ours in which a command in braces stands for its key: `press {add} to add one`."""
    return re.sub(r"\{(\w+)\}", lambda one: key_of(one[1]) if one[1] in COMMANDS else one[0], text)


def bound_to(command: str, action: str = "") -> Binding:
    """Return a binding of the keys of a command in a box, to what it does there, if not the same as elsewhere."""
    one = COMMANDS[command]
    return Binding(one.keys, action or one.action, one.name, show=False, id=command)


def footer_key(command: Command) -> str:
    """Return how the footer writes the key of a command; nothing if it has none."""
    return command.shown_key and with_keys(command.footer_keys or f"{{{command.id}}}")


def bindings_on(screen: str) -> list[BindingType]:
    """Return the bindings of a whole screen, the footer's first; those of its widgets are theirs."""
    return bindings((command for command in commands_on(screen) if command.done_by != "focused"), screen)


def bindings(commands: Iterable[Command], screen: str = "") -> list[BindingType]:
    """Return the bindings of these commands, for a `BINDINGS` class variable."""
    return [command.binding(screen) for command in commands]


def explaining() -> list[BindingType]:
    """Return bindings of every key for where it does nothing: it says why. The last to be asked, so the app's."""
    every = {key: one.id for screen in SCREENS for one in commands_on(screen) for key in one.keys.split(",")}
    return [Binding(key, f"explain('{name}')", show=False, id=name) for key, name in every.items() if key not in ACROSS]


def why_not(command: str, screen: str) -> str:
    """Say why a command does nothing on a screen: it works on another, or the cursor is not on what it needs."""
    here = next((one for one in commands_on(screen) if one.id == command), None)
    if here is not None and here.needs in TARGETS:
        return f"{key_of(command)} ({here.name}) works on {with_keys(TARGETS[here.needs])}."
    if here is not None:
        return f"{key_of(command)} ({here.name}) can do nothing here now."
    name, there = next((name, one) for name in SCREENS for one in SCREENS[name] if one.id == command)
    go = COMMANDS[f"show_{name}"]
    return f"{key_of(command)} ({there.name}) works on the {go.name} screen: press {key_of(go.id)}."
