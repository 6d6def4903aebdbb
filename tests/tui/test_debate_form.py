"""The debate itself is edited where its question stands."""

from __future__ import annotations

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.running import box_text, press, running, screen_text, settled, stored, type_text
from tests.tui.test_form_choices import click
from tui.app import AbduceApp
from tui.debate.question import Question
from tui.debate.question_page import QuestionPage
from tui.dialogs.conflict import ConflictDialog
from tui.dialogs.form import Form

DEBATE = Debate(
    "small",
    "A small debate",
    "Why are eyes odd?",
    correlation=0.123456789,
    author="Ana",
    hypotheses={
        "eyes": Hypothesis("eyes", "Eyes are odd", "", 0.8, 0.5, prior_on="2020", position=0),
        "words": Hypothesis("words", "Words are odd", "", 0.4, 0.5, position=1),
    },
    evidence={"old": Evidence("old", "An old paper", date="2019", assessments={"eyes": Assessment(3.0)})},
)


@pytest.fixture(autouse=True)
def database() -> None:
    DebateStore.open(first=lambda: DEBATE).close()


def in_store() -> Debate:
    with stored(slug="small") as store:
        return store.load("small")


def form_of(app: AbduceApp) -> Form:
    assert isinstance(app.screen, Form), screen_text(app)
    return app.screen


async def test_the_question_is_edited_where_all_of_it_is_read() -> None:
    async with running() as (app, pilot):
        app.screen.query_one(Question).focus()
        await press(app, pilot, "enter")
        assert isinstance(app.screen, QuestionPage)
        assert "Why are eyes odd? Ana" in box_text(app)
        await press(app, pilot, "e")
        form = form_of(app)
        form.put("question", "Why are eyes very odd?")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, QuestionPage)
        assert "Why are eyes very odd?" in box_text(app)
    now = in_store()
    assert (now.question, now.correlation, now.author) == ("Why are eyes very odd?", 0.123456789, "Ana")


async def test_it_is_edited_by_its_key_on_every_screen_and_undone_as_one_change() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "2", "O")
        assert form_of(app).text_of("title") == "A small debate"
        await type_text(app, pilot, "Odd eyes")
        form_of(app).put("author", "")
        await press(app, pilot, "ctrl+s")
        assert "Odd eyes" in screen_text(app)
        assert (in_store().title, in_store().author) == ("Odd eyes", "")
        await press(app, pilot, "u")
    assert (in_store().title, in_store().author) == ("A small debate", "Ana")


async def test_a_choice_is_made_with_the_mouse_and_what_it_would_move_is_told() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "O")
        # 1:1 times 3 is 75%; what is older than the prior of 2020 counts no more, which leaves 50%.
        await click(app, pilot, "after-prior")
        assert "If saved 1 Eyes are odd 75 → 50%" in box_text(app)
        await click(app, pilot, "Save ctrl+s")
    assert in_store().counts == "after-prior"


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("title", " ", "✗ needed: the question in a line"),
        ("correlation", "2", "✗ found 2; expected a number from 0 to 1"),
        ("correlation", "half", "✗ found 'half'; expected a number"),
        ("mode", "exclusive", "the plausibilities of an exclusive debate sum to 100% at most; found 120.0%"),
    ],
)
async def test_what_cannot_be_saved_is_told_before_and_kept_on_screen(field: str, text: str, told: str) -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "O")
        form = form_of(app)
        form.put(field, text)
        await pilot.pause()  # until what follows of it has begun
        await settled(app, pilot)
        before = "1 field to mend first" if told.startswith("✗") else told
        assert f"If saved {before}" in box_text(app)
        await press(app, pilot, "ctrl+s")
        assert app.screen is form
        assert told in box_text(app)
    assert in_store() == DEBATE


async def test_what_another_process_has_changed_is_offered_beside_it() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "O")
        form = form_of(app)
        with DebateStore.open(actor="colleague") as other:
            other.edit_debate("small", title="Theirs", note="their note", expected=ANYTHING)
        form.put("title", "Mine")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, ConflictDialog)
        await press(app, pilot, "m", "enter")
        assert not isinstance(app.screen, Form)
    assert (in_store().title, in_store().note) == ("Mine", "their note")
