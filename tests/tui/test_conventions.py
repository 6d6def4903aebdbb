"""The conventions: each stands beside the headline gap that it gives, and they are added, renamed and removed there."""

from __future__ import annotations

import pytest

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.running import box_text, press, running, screen_text, settled, stored, toasts, type_text
from tests.tui.test_form_choices import click
from tui.app import AbduceApp
from tui.conventions.dialog import Conventions
from tui.dialogs.form import Form

DEBATE = Debate(
    "small",
    "A small debate",
    convention="post",
    quantities={
        "model": Quantity("model", readings={"post": Reading("1B"), "survey": Reading("10B")}),
        "brain": Quantity("brain", readings={"post": Reading("100B")}),
    },
    gaps={"gap": Gap("gap", "brain / model", label="The gap", unit="OOM", headline=True)},
    hypotheses={"eyes": Hypothesis("eyes", "Eyes are odd", "", 0.6, position=0)},
)
"""The brain is a hundred times the model of the post, ten times that of the survey: 2 and 1 OOM."""


@pytest.fixture(autouse=True)
def database() -> None:
    DebateStore.open(first=lambda: DEBATE).close()


def in_store() -> Debate:
    with stored(slug="small") as store:
        return store.load("small")


def form_of(app: AbduceApp) -> Form:
    assert isinstance(app.screen, Form), screen_text(app)
    return app.screen


async def test_each_stands_beside_the_gap_it_gives_and_one_is_chosen() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "c")
        assert "▌2.00 OOM post read: 2 of 2 quantities" in box_text(app)
        assert "1.00 OOM survey read: 1 of 2 quantities" in box_text(app)
        await press(app, pilot, "j", "enter")
        assert "The gap 1.00 OOM" in screen_text(app)
    assert in_store().convention == "survey"


async def test_one_is_added_and_stands_there_with_its_gap() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "c", "a")
        form = form_of(app)
        form.put("name", "ours")
        form.put("readings", "model = 100M\nbrian = 1")
        await press(app, pilot, "ctrl+s")
        assert "✗ line 2: there is no quantity 'brian'; did you mean 'brain'?" in box_text(app)
        form.put("readings", "model = 100M\nbrain = 1T")
        form.put("source", "a guess")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, Conventions)
        # 1T by 100M are four orders of magnitude.
        assert "4.00 OOM ours read: 2 of 2 quantities" in box_text(app)
    assert in_store().quantities["brain"].readings["ours"] == Reading("1T", "a guess")
    assert in_store().convention == "post"


@pytest.mark.parametrize(
    ("name", "readings", "told"),
    [
        ("", "model = 1", "✗ needed: a word, such as literature"),
        ("two words", "model = 1", "✗ found 'two words'; expected a name"),
        ("ours", " ", "✗ needed: quantity = 890M, one a line"),
        ("ours", "model = 1,00", "✗ line 1: "),
        ("mine", "model = 1", "'mine' is what a value without a source is called"),
        ("survey", "model = 1", "there is a convention 'survey' already"),
    ],
)
async def test_one_that_cannot_be_added_says_why(name: str, readings: str, told: str) -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "c", "a")
        form = form_of(app)
        form.put("name", name)
        form.put("readings", readings)
        await press(app, pilot, "ctrl+s")
        assert app.screen is form
        assert told in box_text(app)
    assert in_store() == DEBATE


async def test_one_has_another_name_wherever_it_is_read() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "c", "e")
        await type_text(app, pilot, "survey")
        assert "there is a convention 'survey' already" in box_text(app)
        await type_text(app, pilot, "the-post")
        await press(app, pilot, "enter")
        assert "2.00 OOM the-post" in box_text(app)
    now = in_store()
    assert (now.convention, list(now.quantities["brain"].readings)) == ("the-post", ["the-post"])


async def test_one_is_removed_with_what_has_no_other_reading_once_that_is_named() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "c", "D")
        assert "post With it go 'brain', which has no other reading" in box_text(app)
        await press(app, pilot, "escape")
        assert in_store() == DEBATE
        await click(app, pilot, "survey")
        await click(app, pilot, "Remove D")
        assert "Nothing else goes with it." in box_text(app)
        await press(app, pilot, "y")
        assert isinstance(app.screen, Conventions)
        assert "survey" not in box_text(app)
        await press(app, pilot, "escape", "u")
    assert in_store() == DEBATE


async def test_what_another_process_has_changed_meanwhile_is_told_and_the_gaps_follow() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "c", "e")
        with DebateStore.open(actor="colleague") as other:
            other.edit_reading("small", "brain", "post", value="1T", expected=ANYTHING)
        await type_text(app, pilot, "ours")
        await press(app, pilot, "enter")
        assert "colleague changed the readings" in box_text(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, Conventions)
        await settled(app, pilot)
        assert "3.00 OOM ours" in box_text(app)
    assert in_store().quantities["brain"].readings["ours"].value == "1T"


async def test_a_debate_without_sources_says_how_to_begin() -> None:
    with stored(slug="small") as store:
        store.create_debate("Nothing yet")
        store.open_debate("nothing-yet")
    async with running() as (app, pilot):
        await press(app, pilot, "c")
        assert "No source is read yet, so none is there to choose: a adds one." in box_text(app)
        await press(app, pilot, "e", "D", "enter", "escape")
        assert toasts(app) == []
