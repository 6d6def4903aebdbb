"""Several people on one debate: whose view is shown, what they hold together, and what they write to each other."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import TextArea

from hypotheses.debate import Assessment, Comment, Debate, Evidence, Hypothesis
from hypotheses.idea import Idea
from hypotheses.problems import Refused
from store.debate_store import DebateStore
from store.drafts import Drafts
from store.expected import ANYTHING
from store.paths import database_location
from tests.tui.running import dialog_text, press, running, screen_text, settled, stored, toasts
from tui.app import AbduceApp
from tui.comments.thread import Thread, thread_text, when
from tui.debate.screen import DebateScreen
from tui.dialogs.form import Form
from tui.evidence.view import EvidenceView
from tui.people.page import PeoplePage

DEBATE = Debate(
    "small",
    "A small debate",
    hypotheses={
        "eyes": Hypothesis("eyes", "Eyes are odd", plausibility=0.5, position=0),
        "words": Hypothesis("words", "Words are odd", plausibility=0.4, position=1),
    },
    evidence={"paper": Evidence("paper", "A paper", assessments={"eyes": Assessment(10.0)})},
    ideas={1: Idea(1, "Noses too", hypothesis="eyes")},
    owner="olga",
)


@pytest.fixture
def alone() -> None:
    DebateStore.open(first=lambda: DEBATE, creator="olga", actor="olga").close()


@pytest.fixture
def several(alone: None) -> None:
    with DebateStore.open(actor="ana") as store:
        store.set_plausibility("small", "eyes", 0.9, expected=ANYTHING)
        store.assess("small", "paper", "eyes", Assessment(0.1), expected=ANYTHING)


async def write(app: AbduceApp, text: str) -> TextArea:
    assert isinstance(app.screen, Thread), screen_text(app)
    area = app.screen.query_one(TextArea)
    area.insert(text)
    return area


def said() -> list[Comment]:
    with stored(slug="small") as store:
        return list(store.load("small").comments.values())


# Whose view


@pytest.mark.usefixtures("alone")
async def test_a_debate_of_one_person_shows_nothing_of_people() -> None:
    async with running((120, 40)) as (app, pilot):
        text = screen_text(app)
        assert " as " not in text.splitlines()[0]
        assert "together" not in text
        await press(app, pilot, "P")
        assert isinstance(app.screen, DebateScreen)
        assert "Nobody else has stated anything yet. Others take part with: abduce --as NAME" in toasts(app)


@pytest.mark.usefixtures("several")
async def test_each_sees_their_own_numbers_and_what_both_hold() -> None:
    for person, own in (("ana", "90%"), ("olga", "50%")):
        async with running((120, 40), person=person) as (app, _):
            text = screen_text(app)
            assert f"as {person}" in text.splitlines()[0]
            assert re.search(rf"Eyes are odd .* {own} ", text)
            # The odds 9:1 and 1:1 have the geometric mean 3:1; their logarithms 9.54 and 0 decibans deviate by 4.77.
            assert "together 75% ±4.8" in text


@pytest.mark.usefixtures("several")
async def test_who_has_said_nothing_is_told_whose_number_it_is() -> None:
    async with running((120, 40), person="bob") as (app, _):
        assert "Stated     50%, roughly even chance by olga (press p" in screen_text(app)
    async with running((120, 40), person="ana") as (app, _):
        assert "You say    90%" in screen_text(app)


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_the_people_page_looks_like_this(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with running(size, person="ana") as (app, pilot):
        await press(app, pilot, "P")
        assert dialog_text(app) == snapshot


@pytest.mark.usefixtures("several")
async def test_the_people_page_goes_to_explanations_and_to_evidence() -> None:
    async with running((80, 24), person="ana") as (app, pilot):
        await press(app, pilot, "P", "j", "enter")
        assert isinstance(app.screen, DebateScreen)
        assert app.screen.open_slug == "words"
        await press(app, pilot, "P", "G", "enter")
        assert isinstance(app.screen, EvidenceView)
        # ln 10 and ln 1/10 are 10 decibans above and below their mean.
        assert "olga ++, ana --; apart 10.0" in screen_text(app)
        await press(app, pilot, "escape", "w")
        assert isinstance(app.screen, Thread)
        assert "Comments on paper for: Eyes are odd" in screen_text(app)


@pytest.mark.usefixtures("several")
async def test_more_people_than_fit_are_brought_into_sight() -> None:
    for name in ("bea", "cy", "dan", "eve", "flo"):
        with DebateStore.open(actor=name) as store:
            store.set_plausibility("small", "words", 0.3, expected=ANYTHING)
    async with running((80, 24), person="ana") as (app, pilot):
        await press(app, pilot, "P")
        assert "of 7 people" in screen_text(app)
        assert "flo" not in screen_text(app)
        await press(app, pilot, *["right"] * 9)
        assert "flo" in screen_text(app)
        heads = next(line for line in screen_text(app).splitlines() if "together" in line)
        assert "olga" not in heads
        await press(app, pilot, *["left"] * 9)
        assert isinstance(app.screen, PeoplePage)
        assert "flo" not in screen_text(app)


# Comments


@pytest.mark.usefixtures("alone")
async def test_a_comment_is_sent_shown_with_its_writer_and_counted() -> None:
    async with running((80, 24), person="ana") as (app, pilot):
        await press(app, pilot, "w")
        assert "No comments yet: write the first one below." in screen_text(app)
        area = await write(app, "Is it?\n\nI doubt it.")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, Thread)
        assert area.text == ""
        assert re.search(r"ana  \d{4}-\d\d-\d\d \d\d:\d\d", screen_text(app))
        assert "I doubt it." in screen_text(app)
        # What another program says appears by itself.
        with DebateStore.open(actor="bob") as store:
            store.comment("small", "So do I.", hypothesis="eyes")
        app.changes.look()
        await settled(app, pilot)
        while "So do I." not in screen_text(app):
            await pilot.pause(0.05)
        await press(app, pilot, "escape")
        assert "1 Eyes are odd ✎2" in screen_text(app)
        assert "Statement ✎2" in screen_text(app)
    assert [(each.by, each.hypothesis, each.text) for each in said()] == [
        ("ana", "eyes", "Is it?\n\nI doubt it."),
        ("bob", "eyes", "So do I."),
    ]


@pytest.mark.usefixtures("alone")
async def test_evidence_its_rating_and_ideas_have_threads_of_their_own() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "W")
        assert "W (Comment on a rating) works on what a piece of evidence says" in toasts(app)[-1]
        await press(app, pilot, "tab", "tab", "w")
        await write(app, "on the item")
        await press(app, pilot, "ctrl+s", "escape", "W")
        await write(app, "on the cell")
        await press(app, pilot, "ctrl+s", "escape", "enter")
        text = screen_text(app)
        assert "w comment ✎1" in text
        assert "Eyes are odd ✎1" in text
        await press(app, pilot, "w")
        assert "on the item" in screen_text(app)
        assert "on the cell" not in screen_text(app)
        await press(app, pilot, "escape", "escape", "escape", *["right_square_bracket"] * 2, "enter", "enter", "w")
        assert "Comments on idea 1: Noses too" in screen_text(app)
        await write(app, "on the idea")
        await press(app, pilot, "ctrl+s", "escape", "escape", "w")
        assert "on the idea" in screen_text(app)
    assert [(each.evidence, each.hypothesis, each.idea) for each in said()] == [
        ("paper", "", 0),
        ("paper", "eyes", 0),
        ("", "", 1),
    ]


@pytest.mark.usefixtures("alone")
async def test_a_comment_that_was_not_sent_is_kept_and_comes_back() -> None:
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "w")
        await write(app, "half a thought")
        await press(app, pilot, "escape")
        assert "Not sent. Your text is kept" in toasts(app)[-1]
        # Another thread has a draft of its own.
        await press(app, pilot, "j", "w")
        assert isinstance(app.screen, Thread)
        assert app.screen.query_one(TextArea).text == ""
        await press(app, pilot, "escape", "k", "w")
        area = app.screen.query_one(TextArea)
        assert area.text == "half a thought"
        await press(app, pilot, "ctrl+s")
        await press(app, pilot, "escape", "w")
        assert app.screen.query_one(TextArea).text == ""
        assert [each.text for each in said()] == ["half a thought"]


@pytest.mark.usefixtures("alone")
async def test_what_cannot_be_sent_is_told_and_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Refused("the database cannot be written to")

    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "w", "ctrl+s")
        assert "There is nothing to send yet." in screen_text(app)
        area = await write(app, "a text")
        monkeypatch.setattr(DebateStore, "comment", refuse)
        await press(app, pilot, "ctrl+s", "ctrl+s")
        assert "the database cannot be written to" in screen_text(app)
        assert area.text == "a text"
        # Quitting keeps it, as it keeps forms.
        app.end()
    draft = Drafts(database_location()).take_up("small.comment-eyes")
    assert draft is not None
    assert draft.texts == {"text": "a text"}


@pytest.mark.usefixtures("alone")
async def test_ones_own_comment_is_edited_and_removed_and_nobody_elses() -> None:
    with DebateStore.open(actor="ana") as store:
        store.comment("small", "First.", hypothesis="eyes")
    with DebateStore.open(actor="bob") as store:
        store.comment("small", "Second.", hypothesis="eyes")
    async with running((100, 40), person="ana") as (app, pilot):
        await press(app, pilot, "w", "tab")
        assert "▌bob" in screen_text(app)
        await press(app, pilot, "e")
        assert "This comment is bob's; you can change your own." in screen_text(app)
        await press(app, pilot, "k", "e")
        form = app.screen
        assert isinstance(form, Form)
        form.put("text", " ")
        await press(app, pilot, "ctrl+s")
        assert "✗ needed: what you have to say" in screen_text(app)
        form.put("text", "First, put otherwise.")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, Thread)
        assert "First, put otherwise." in screen_text(app)
        await press(app, pilot, "D", "n")
        assert [each.text for each in said()] == ["First, put otherwise.", "Second."]
        await press(app, pilot, "D", "y")
        assert isinstance(app.screen, Thread)
        assert [each.text for each in said()] == ["Second."]
        assert "First" not in screen_text(app)
        await press(app, pilot, "escape", "u")
        assert [each.text for each in said()] == ["First, put otherwise.", "Second."]


@pytest.mark.usefixtures("alone")
async def test_a_comment_is_chosen_with_the_mouse() -> None:
    with DebateStore.open(actor="ana") as store:
        for text in ("First.\n\nIt has three lines.", "Second."):
            store.comment("small", text, hypothesis="eyes")
    async with running((100, 40), person="ana") as (app, pilot):
        await press(app, pilot, "w")
        at = app.screen.query_one("#said").region
        await pilot.click("#said", offset=(2, 3))
        await settled(app, pilot)
        assert screen_text(app).splitlines()[at.y][at.x :].startswith("▌ana")
        await press(app, pilot, "j")
        assert screen_text(app).splitlines()[at.y + 5][at.x :].startswith("▌ana")


@pytest.mark.usefixtures("alone")
async def test_a_comment_that_was_changed_in_another_window_is_offered_beside_mine() -> None:
    with DebateStore.open(actor="ana") as store:
        store.comment("small", "First.", hypothesis="eyes")
    async with running((100, 40), person="ana") as (app, pilot):
        await press(app, pilot, "w", "tab", "e")
        form = app.screen
        assert isinstance(form, Form)
        with DebateStore.open(actor="ana") as store:
            store.edit_comment("small", 1, "From another window.", expected=ANYTHING)
        form.put("text", "Mine.")
        await press(app, pilot, "ctrl+s")
        assert "theirs From another window." in screen_text(app)
        await press(app, pilot, "m", "enter")
        assert [each.text for each in said()] == ["Mine."]


def test_of_very_many_comments_the_latest_are_shown() -> None:
    many = [Comment(n, f"comment {n}\n" * 10, "ana", "2024-05-01T10:00:00Z") for n in range(1, 101)]
    text = thread_text(many).plain
    assert "comment 100" in text
    assert "comment 1\n" not in text
    # 300 lines hold comments of 10 lines, with a line for the name and one between: 13 each, so 23.
    assert text.startswith("… 77 earlier ones")


def test_times_are_shown_as_the_clock_here_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert when("2024-05-01T20:00:00Z") == "2024-05-02 05:00"
        assert when("") == ""
    finally:
        monkeypatch.undo()
        time.tzset()
