"""Debates are archived or removed where one is opened, and brought back."""

from __future__ import annotations

import pytest

from hypotheses.debate import Debate, Evidence, Hypothesis
from store.debate_store import DebateStore
from tests.tui.running import box_text, press, running, screen_text, settled
from tests.tui.test_form_choices import click
from tui.beginning.debates import Debates, Shelving

FIRST = Debate(
    "first",
    "The first debate",
    hypotheses={"one": Hypothesis("one", "One")},
    evidence={"paper": Evidence("paper", "A paper")},
)


@pytest.fixture(autouse=True)
def database() -> None:
    with DebateStore.open(first=lambda: FIRST) as store:
        store.create_debate("The second debate", "second")
        store.open_debate("first")


def on_shelf() -> dict[str, str]:
    with DebateStore.open() as store:
        return {each.slug: each.shelf for each in store.debates(shelved=True)}


async def test_another_debate_is_removed_once_it_is_named_what_goes_and_comes_back() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "o", "tab", "j", "D")
        assert isinstance(app.screen, Shelving)
        assert "The second debate With it go explanations 0, evidence 0" in box_text(app)
        await press(app, pilot, "n")
        assert on_shelf() == {"first": "", "second": ""}
        await press(app, pilot, "o", "tab", "j", "D", "y")
        assert on_shelf() == {"first": "", "second": "removed"}
        assert "The first debate" in screen_text(app).splitlines()[0]
        await press(app, pilot, "o")
        assert "The second debate" not in box_text(app)
        await press(app, pilot, *"archived", "enter")
        assert "The second debate removed: explanations 0" in box_text(app)
        await press(app, pilot, "enter")
        await settled(app, pilot)
        assert "The second debate" in screen_text(app).splitlines()[0]
    assert on_shelf() == {"first": "", "second": ""}


async def test_the_open_debate_is_archived_with_the_mouse_and_another_one_is_opened() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "o")
        assert isinstance(app.screen, Debates)
        await click(app, pilot, "Archive or remove D")
        assert "The first debate With it go explanations 1, evidence 1" in box_text(app)
        await click(app, pilot, "Archive enter")
        await settled(app, pilot)
        assert "The second debate" in screen_text(app).splitlines()[0]
    assert on_shelf() == {"first": "archived", "second": ""}


async def test_what_is_no_debate_and_the_only_one_stay() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "o", "tab", "G", "D")
        assert "D archives or removes a debate: go to one." in box_text(app)
        await press(app, pilot, "g", "D", "enter", "o", "tab", "D")
        assert "This is the only debate; begin another one first." in box_text(app)
    assert on_shelf() == {"first": "archived", "second": ""}
