"""Toasts: what is told for a while, in one box that is used again."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from textual.notifications import Notification
from textual.screen import Screen
from textual.widgets._toast import Toast, ToastRack

from tests.tui.running import press, running, screen_text, settled, toasts
from tui.app import AbduceApp
from tui.terminal.toast import ToastBox, show_toasts

pytestmark = pytest.mark.painted

FULL = "The disk is full; nothing was saved"


@pytest.fixture(autouse=True)
def lasting() -> None:
    """Let messages expire here."""


def box_of(screen: Screen[object]) -> ToastBox | None:
    return next((child for child in screen.children if isinstance(child, ToastBox)), None)


def told_on_screen(app: AbduceApp) -> list[str]:
    """Return the lines in the box, without its frame."""
    box = box_of(app.screen)
    if box is None or not box.region:
        return []
    left, top, width, height = box.region
    rows = screen_text(app).splitlines()[top + 1 : top + height - 1]
    return [row[left + 2 : left + width - 2].strip() for row in rows]


async def test_an_error_is_not_pushed_out_by_what_is_only_information() -> None:
    async with running((120, 40)) as (app, pilot):
        app.refuse(FULL)
        for number in range(10):
            app.notify(f"message {number}")
        await pilot.pause(0.1)
        assert told_on_screen(app) == [f"✗ {FULL}", *(f"· message {number}" for number in range(6, 10))]


async def test_many_long_errors_leave_half_of_the_screen_and_the_latest_is_seen() -> None:
    async with running((80, 24)) as (app, pilot):
        for number in range(5):
            app.refuse(f"Error {number}: " + "a long story " * 12)
        await pilot.pause(0.1)
        text = screen_text(app)
        assert "✗ Error 4" in text
        assert "✗ Error 0" not in text
        box = box_of(app.screen)
        assert box is not None
        assert box.region.height <= 12


async def test_the_same_sentence_again_has_one_line_and_a_new_time() -> None:
    async with running((80, 24)) as (app, pilot):
        app.notify("Hm", timeout=1)
        app.notify("Hm", timeout=60)
        await pilot.pause(0.1)
        assert told_on_screen(app) == ["· Hm"]
        await pilot.pause(1.2)
        assert told_on_screen(app) == ["· Hm"]


async def test_a_message_goes_when_its_time_is_up_and_the_others_stay() -> None:
    async with running((80, 24)) as (app, pilot):
        app.notify("Short", timeout=2)
        app.notify("Long", timeout=60)
        await pilot.pause(0.1)
        assert told_on_screen(app) == ["· Short", "· Long"]
        await pilot.pause(2)
        assert told_on_screen(app) == ["· Long"]


async def test_a_message_whose_time_is_up_already_does_not_stop_the_app() -> None:
    async with running((80, 24)) as (app, pilot):
        app.notify("Hm", timeout=-0.001)
        # A timer of a negative time never lets go of the loop.
        for _ in range(20):
            await pilot.pause(0.01)
        assert told_on_screen(app) == []


async def test_only_the_first_message_on_a_screen_lays_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running((120, 40)) as (app, pilot):
        app.notify("The first")
        await pilot.pause(0.5)
        app.clear_notifications()
        laid_out: list[object] = []
        layout = Screen._refresh_layout

        def watch(screen: Screen[object], *given: Any, **named: Any) -> None:
            laid_out.append(screen)
            layout(screen, *given, **named)

        monkeypatch.setattr(Screen, "_refresh_layout", watch)
        app.notify("The second", timeout=60)
        app.refuse("It is longer, and it was refused. " * 4)
        await pilot.pause(0.2)
        shown = told_on_screen(app)
        assert shown[0] == "· The second"
        assert len(shown) > 2
        assert not laid_out
        # The next layout finds it where it is.
        box = box_of(app.screen)
        assert box is not None
        there, text = box.region, screen_text(app)
        layout(app.screen)
        assert box.region == there
        assert screen_text(app) == text


async def test_what_was_under_the_box_comes_back() -> None:
    async with running((120, 40)) as (app, pilot):
        await pilot.pause(0.2)
        before = screen_text(app)
        for _ in range(3):
            app.notify("Hm", timeout=60)
            await pilot.pause(0.1)
            assert screen_text(app) != before
            app.clear_notifications()
            await pilot.pause(0.1)
            assert screen_text(app) == before


async def test_it_goes_along_to_other_screens_and_dialogs_and_stays_on_none() -> None:
    async with running((120, 40)) as (app, pilot):
        app.refuse(FULL)
        for keys in (["2"], ["question_mark"], ["escape"], ["1"]):
            await press(app, pilot, *keys)
            await pilot.pause(0.1)
            assert told_on_screen(app) == [f"✗ {FULL}"]
            assert [bool(box.region) for screen in app.screen_stack[:-1] if (box := box_of(screen))] == [
                False for screen in app.screen_stack[:-1] if box_of(screen)
            ]
        app.clear_notifications()
        await pilot.pause(0.1)
        assert told_on_screen(app) == []


async def test_it_keeps_to_its_corner_when_the_terminal_changes_its_size() -> None:
    async with running((120, 40)) as (app, pilot):
        app.refuse(FULL)
        for width, height in ((100, 30), (30, 8), (1, 1), (140, 45)):
            await pilot.resize_terminal(width, height)
            await pilot.pause(0.1)
        box = box_of(app.screen)
        assert box is not None
        assert (box.region.right, box.region.bottom) == (139, 44)
        assert told_on_screen(app) == [f"✗ {FULL}"]


async def test_a_click_on_it_dismisses_it_and_does_nothing_below() -> None:
    async with running((120, 40)) as (app, pilot):
        app.refuse(FULL)
        await pilot.pause(0.1)
        focused = app.focused
        await pilot.click(ToastBox)
        await pilot.pause(0.1)
        assert told_on_screen(app) == []
        assert toasts(app) == []
        assert app.focused is focused


async def test_somebodys_words_stay_words() -> None:
    async with running((120, 40)) as (app, pilot):
        app.notify("[b]bold[/b] [/foo] [@click=app.quit]x[/] \x1b[31mred \u202eback")
        await pilot.pause(0.1)
        assert " ".join(told_on_screen(app)) == (r"· [b]bold[/b] [/foo] [@click=app.quit]x[/] \x1b[31mred <U+202E>back")


async def test_a_thread_may_tell_something() -> None:
    async with running((120, 40)) as (app, pilot):
        thread = threading.Thread(target=lambda: app.notify("From far"))
        thread.start()
        thread.join()
        await pilot.pause(0.1)
        assert told_on_screen(app) == ["· From far"]


async def test_none_of_textuals_toasts_is_made() -> None:
    async with running((120, 40)) as (app, pilot):
        app.refuse(FULL)
        await press(app, pilot, "2")
        await pilot.pause(0.1)
        assert not [
            widget
            for screen in app.screen_stack
            for widget in screen.query("*")
            if isinstance(widget, Toast | ToastRack)
        ]


async def test_a_message_may_expire_while_the_messages_are_gone_through() -> None:
    class Expiring(Notification):
        asked = 0

        @property
        def has_expired(self) -> bool:
            self.asked += 1
            return self.asked > 1

    async with running((80, 24)) as (app, pilot):
        app._notifications.add(Expiring("gone in a moment"))
        show_toasts(app)
        await settled(app, pilot)
        assert toasts(app) == []
