"""The last line: the keys that work here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from tui.command_keys import footer_key
from tui.commands import APP, COMMANDS, TRYING, commands_on
from tui.host import Host

LAST = "Help"
"""It stands at the right end, with what comes after it."""


@dataclass(frozen=True, slots=True)
class ShownKey:
    """One key and what it does."""

    key: str
    written: str
    name: str
    about: str
    works: bool

    @property
    def width(self) -> int:
        """Cells it takes, with the blanks around it."""
        return Content(f" {self.written} {self.name} ").cell_length


class KeyLine(Widget):
    """One widget and not one per key as in Textual's footer, which takes 15 ms to build and lay out at every change."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; background: $panel; text-wrap: nowrap; }
    """
    app: Host
    KEY: ClassVar = "bold $you on $panel"
    NAME: ClassVar = "$foreground on $panel"
    POINTED_AT: ClassVar = "$foreground on $row"

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[ShownKey, ...] = ()
        self._pointed_at: ShownKey | None = None

    def on_mount(self) -> None:
        """Follow which keys work."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if screen is not self.app.screen:
            return  # under a dialog its keys stay as they were
        shown: dict[str, ShownKey] = {}
        # Textual puts keys that somebody has given last.
        order = {one.id: place for place, one in enumerate((*commands_on(self.app.showing), *APP, *TRYING))}
        active = sorted(screen.active_bindings.values(), key=lambda one: order.get(one.binding.id or "", -1))
        for _, binding, works, tooltip in active:
            command = COMMANDS.get(binding.id or "")
            written = footer_key(command) if command else self.app.get_key_display(binding)
            if binding.show and written:
                one = ShownKey(binding.key, written, binding.description, tooltip or binding.tooltip, works)
                shown.setdefault(binding.action, one)
        if self._keys != (keys := tuple(shown.values())):
            self._keys = keys
            self.refresh()

    def render(self) -> Content:
        """Write key after key."""
        parts: list[tuple[str, str]] = []
        shown = self._in_sight
        spare = self.size.width - sum(one.width for one in shown)
        for one in shown:
            if one.name == LAST:
                parts.append((" " * max(0, spare), self.NAME))
            dim = "" if one.works else " dim"
            pointed_at = one == self._pointed_at
            parts.append((f" {one.written} ", self.KEY + dim))
            parts.append((f"{one.name} ", (self.POINTED_AT if pointed_at else self.NAME) + dim))
        return Content.assemble(*parts)

    @property
    def _in_sight(self) -> list[ShownKey]:
        """What there is room for: help, which knows all keys, and what comes after it go last."""
        last = next((place for place, one in enumerate(self._keys) if one.name == LAST), len(self._keys))
        shown, rest = list(self._keys[:last]), self._keys[last:]
        room = self.size.width - sum(one.width for one in rest)
        while shown and sum(one.width for one in shown) > room:
            shown.pop()
        return [*shown, *rest]

    def _key_at(self, x: int) -> ShownKey | None:
        shown = self._in_sight
        spare = self.size.width - sum(one.width for one in shown)
        for one in shown:
            if one.name == LAST:
                x -= max(0, spare)
            if 0 <= x < one.width:
                return one
            x -= one.width
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show what the key under the mouse does."""
        self._point_at(self._key_at(event.x))

    def on_leave(self) -> None:
        """Show nothing any more."""
        self._point_at(None)

    def _point_at(self, key: ShownKey | None) -> None:
        if key != self._pointed_at:
            self._pointed_at = key
            self.tooltip = key.about if key else None
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key under the mouse."""
        key = self._key_at(event.x)
        if key is not None and key.works:
            self.app.simulate_key(key.key)
