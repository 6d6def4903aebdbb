"""What `tui/terminal/` mends of Textual: each test shows the gap without us, and fails once Textual has closed it."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region, Size
from textual.notifications import Notification, Notifications
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.terminal.painting import PaintedDirectly

pytestmark = pytest.mark.painted

CLOSED = "Textual has closed this gap: take out what mends it, {}"


class Field(App[None]):
    """A field, and a key that opens a dialog with another one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "ask", "Ask"), Binding("x", "note", "Note")]
    noted = 0

    def compose(self) -> ComposeResult:
        yield Input("old")
        yield Static("text", id="text")

    def action_ask(self) -> None:
        self.push_screen(Ask())

    def action_note(self) -> None:
        self.noted += 1


class Ask(ModalScreen[None]):
    def compose(self) -> ComposeResult:
        yield Input()


async def typed_at_once(app: App[Any], *keys: str) -> None:
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    await asyncio.sleep(0.2)


async def test_a_letter_overtakes_a_key_that_edits() -> None:
    app = Field()
    async with app.run_test():
        field = app.query_one(Input)
        field.focus()
        field.cursor_position = len(field.value)
        await typed_at_once(app, "ctrl+u", "n")
        assert field.value != "n", CLOSED.format("terminal/typed.py")


async def test_a_key_goes_elsewhere_than_into_the_dialog_that_the_one_before_it_opens() -> None:
    app = Field()
    async with app.run_test():
        app.query_one(Input).disabled = True
        await typed_at_once(app, "f2", "x")
        assert app.noted or app.screen.query_one(Input).value != "x", CLOSED.format("keyboard.py, terminal/at_rest.py")


def keys_of(parser: XTermParser, text: str) -> list[str]:
    return [event.key for event in parser.feed(text) if isinstance(event, events.Key)]


def test_an_escape_and_the_key_after_it_are_taken_for_a_sequence() -> None:
    assert keys_of(XTermParser(), "\x1bj") != ["escape", "j"], CLOSED.format("terminal/escape_keys.py")


def test_what_is_pasted_after_an_escape_in_it_is_taken_for_keys() -> None:
    pasted = list(XTermParser().feed("\x1b[200~a\x1bb\x1b[201~"))
    texts = [event.text for event in pasted if isinstance(event, events.Paste)]
    assert texts != ["a\x1bb"], CLOSED.format("terminal/escape_keys.py")


def test_an_invalid_byte_ends_the_thread_that_reads() -> None:
    source = inspect.getsource(LinuxDriver.run_input_thread)
    assert 'getincrementaldecoder("utf-8")()' in source, CLOSED.format("terminal/guards.py, accept_any_bytes")


class Gone:
    """A terminal that is no more."""

    def fileno(self) -> int:
        return 1

    def write(self, _: str) -> None:
        raise OSError(5, "Input/output error")

    def flush(self) -> None:
        raise OSError(5, "Input/output error")


def test_the_thread_that_writes_ends_with_the_first_error(monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[object] = []
    monkeypatch.setattr(threading, "excepthook", raised.append)
    writer = WriterThread(Gone())  # type: ignore[arg-type]
    writer.start()
    writer.write("anything")
    writer.join(5)
    assert raised, CLOSED.format("terminal/driver.py")


def test_the_lines_of_a_widget_that_went_are_kept() -> None:
    """In an interpreter of its own: ours may be mended already."""
    code = """
import gc, weakref
from textual._styles_cache import StylesCache
from textual.color import Color

cache = StylesCache()
cache.get_inner_outer(Color(0, 0, 0), Color(1, 1, 1))
gone = weakref.ref(cache)
del cache
gc.collect()
print(gone() is not None)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True", CLOSED.format("terminal/guards.py, let_go_of_lines")


def test_what_has_expired_meanwhile_goes_while_messages_are_gone_through() -> None:
    class Passing(Notification):
        """Expires between two looks."""

        looks = 0

        @property
        def has_expired(self) -> bool:
            type(self).looks += 1
            return type(self).looks > 1

    told = Notifications()
    told._notifications["passing"] = Passing("for a moment", identity="passing")
    through = iter(told)
    assert len(told) == 0, CLOSED.format("terminal/toast.py, the comment on `list`")
    with pytest.raises(RuntimeError, match="changed size during iteration"):
        next(through)


async def test_a_message_lays_out_the_whole_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Field()
    async with app.run_test(notifications=True) as pilot:
        app.notify("first")
        await pilot.pause(0.1)
        laid_out = counted(monkeypatch, type(app.screen), "_refresh_layout")
        app.notify("second")
        await pilot.pause(0.1)
        assert laid_out, CLOSED.format("terminal/toast.py")


async def test_a_line_that_has_changed_is_painted_only_with_its_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Field()
    async with app.run_test() as pilot:
        painted = counted(monkeypatch, App, "_display")
        app.query_one("#text", Static).update(Content("other"))
        assert not painted, CLOSED.format("terminal/painting.py")
        await pilot.pause(0.1)
        assert painted


async def test_a_screen_is_told_its_own_size_after_a_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Field()
    async with app.run_test() as pilot:
        sizes: list[Size] = []
        forward = type(app.screen).post_message

        def seen(self: Widget, message: Any) -> bool:
            if isinstance(message, events.Resize) and self is app.screen:
                sizes.append(message.size)
            return forward(self, message)

        monkeypatch.setattr(type(app.screen), "post_message", seen)
        app.post_message(events.Resize(Size(100, 30), Size(100, 30)))
        await pilot.pause(0.2)
        assert len(sizes) > 1, CLOSED.format("terminal/guards.py, overtaken")


def counted(monkeypatch: pytest.MonkeyPatch, kind: type, name: str) -> list[str]:
    """Count the calls of a method."""
    calls: list[str] = []
    method: Callable[..., Any] = getattr(kind, name)

    def counting(*arguments: Any, **named: Any) -> Any:
        calls.append(name)
        return method(*arguments, **named)

    monkeypatch.setattr(kind, name, counting)
    return calls


class Drawn(Static):
    """A text that counts how often it is drawn."""

    times = 0

    def render_lines(self, crop: Region) -> list[Strip]:
        self.times += 1
        return super().render_lines(crop)


class TopAndBottom(App[None]):
    """A text between two others; on a screen of ours, or of Textual's."""

    CSS = "#middle { height: 1fr; }"

    def __init__(self, screen: type[Screen[Any]]) -> None:
        super().__init__()
        self._screen_type = screen

    def get_default_screen(self) -> Screen[Any]:
        return self._screen_type(id="_default")

    def compose(self) -> ComposeResult:
        yield Static("top", id="top")
        yield Drawn("middle", id="middle")
        yield Static("bottom", id="bottom")


async def drawn_between(screen: type[Screen[Any]]) -> int:
    """Change the first and the last text at once; return how often the one between them is drawn."""
    app = TopAndBottom(screen)
    async with app.run_test() as pilot:
        await pilot.pause(0.1)
        middle = app.query_one(Drawn)
        middle.times = 0
        app.query_one("#top", Static).update("TOP", layout=False)
        app.query_one("#bottom", Static).update("BOTTOM", layout=False)
        await pilot.pause(0.2)
        return middle.times


async def test_changes_far_apart_have_all_between_them_drawn() -> None:
    assert await drawn_between(Screen) > 0, CLOSED.format("painting.PaintedDirectly")
    assert await drawn_between(PaintedDirectly) == 0
