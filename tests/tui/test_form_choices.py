"""Filling in a form: choices among words, ratings, what is folded, and buttons, by keys and by the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.notations import read_list
from store.debate_store import DebateStore
from tests.tui.running import box_text, one_line, press, running, screen_text, settled, stored, type_text
from tui.app import AbduceApp
from tui.dialogs.form import Form
from tui.dialogs.message import Confirm
from tui.evidence.actions import edit_evidence
from tui.evidence.fields import bibliography_line
from tui.widgets.word_choice import word_at, words_line

DEBATE = Debate(
    "small",
    "A small debate",
    hypotheses={
        "eyes": Hypothesis("eyes", "Eyes are odd", "", 0.6, 0.5, position=0),
        "words": Hypothesis("words", "Words are odd", "", 0.4, 0.5, position=1),
    },
    evidence={
        "paper": Evidence(
            "paper",
            "A paper",
            ("Yang Song", "A. Roe", "B. Poe"),
            "2023-04",
            arxiv="2303.01469",
            assessments={"eyes": Assessment(3.0, "it fits"), "words": Assessment(2.0, "first line\nsecond line")},
        )
    },
)
WORDS = {"": "not stated", "low": "low", "high": "high"}


@pytest.fixture(autouse=True)
def database() -> None:
    DebateStore.open(first=lambda: DEBATE).close()


def in_store() -> Debate:
    with stored(slug="small") as store:
        return store.load("small")


async def form_on(app: AbduceApp, pilot: Pilot[int], *keys: str) -> Form:
    await press(app, pilot, *keys)
    assert isinstance(app.screen, Form), screen_text(app)
    return app.screen


async def click(app: AbduceApp, pilot: Pilot[int], text: str, *, beside: str = "") -> None:
    """Click in the middle of a text, on the first line that has it and what stands beside it."""
    lines = screen_text(app).splitlines()
    y = next(n for n, line in enumerate(lines) if text in line and beside in line)
    x = lines[y].index(text) + len(text) // 2
    widget, region = app.get_widget_at(x, y)
    await pilot.click(widget, offset=(x - region.x, y - region.y))
    await settled(app, pilot)


# The choice among words


def test_the_chosen_word_stands_in_brackets_and_each_is_under_its_cells() -> None:
    line = words_line(WORDS, "low").plain
    assert line == " not stated [low] high "
    assert [word_at(WORDS, x) for x in (0, 11, 12, 16, 17, 22, 23)] == ["", "", "low", "low", "high", "high", None]


async def test_a_choice_moves_with_the_arrows_and_with_letters_and_takes_nothing_else() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "e")
        form.go_to("status")
        await press(app, pilot, "right", "right")
        assert form.text_of("status") == "rejected"
        assert "accepted [rejected]" in box_text(app)
        await press(app, pilot, "backspace", "x", "ctrl+u")
        assert form.text_of("status") == "rejected"
        await press(app, pilot, "m", "right")
        assert form.text_of("status") == "merged"
        await press(app, pilot, "a", "ctrl+s")
    assert in_store().hypotheses["eyes"].status == "accepted"


async def test_what_is_typed_overrules_the_words_and_the_arrow_leads_back() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "n")
        form.put("title", "Found")
        form.go_to("credibility")
        await press(app, pilot, "right", "right")
        assert "[medium]" in box_text(app)
        await press(app, pilot, *"0.6")
        assert form.text_of("credibility") == "0.6"
        await press(app, pilot, "left", "left", "left", "left")
        assert form.text_of("credibility") == "high"
        await press(app, pilot, *"60%", "ctrl+s")
    assert in_store().evidence["found"].credibility == 0.6


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_click_takes_a_word(size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        form = await form_on(app, pilot, "n")
        await click(app, pilot, "high", beside="Relevance")
        await click(app, pilot, " ++ ", beside="2 Words")
        await click(app, pilot, " -- ", beside="1 Eyes")
        said = [form.text_of(name) for name in ("relevance", "ratio.words", "ratio.eyes")]
        assert said == ["high", "++", "--"]


# Ratings


async def test_ratings_are_chosen_typed_and_given_reasons_row_by_row() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "n")
        form.put("title", "Found")
        form.go_to("finding")
        # From blank past -- - 0 to +; a reason; then a ratio in the next row, and up and down.
        await press(app, pilot, "tab", "right", "right", "right", "right", "tab", *"fits", "tab", *"1/4")
        assert "×3 fits" in box_text(app)
        await press(app, pilot, "up")
        await press(app, pilot, "right")
        assert "++" in form.text_of("ratio.eyes")
        await press(app, pilot, "down", "down", "tab", *"n/a?", "shift+tab", "shift+tab", "shift+tab")
        await press(app, pilot, "shift+tab")
        assert form.focused is not None
        await press(app, pilot, *"It is.", "ctrl+s")
    found = in_store().evidence["found"]
    assert found.assessments == {"eyes": Assessment(10.0, "fits"), "words": Assessment(0.25, "n/a?")}
    assert found.finding == "It is."


async def test_the_rows_are_entered_from_below_by_the_last_reason() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "n")
        form.go_to("credibility")
        await press(app, pilot, "shift+tab", *"why not", "shift+tab", "plus")
        assert form.text_of("why.words") == "why not"
        assert form.text_of("ratio.words") == "+"


async def test_a_reason_of_several_lines_has_lines_below_the_ratings() -> None:
    async with running((100, 40)) as (app, pilot):
        edit_evidence(app, in_store(), in_store().evidence["paper"])
        await settled(app, pilot)
        form = app.screen
        assert isinstance(form, Form)
        assert "↓ below" in box_text(app)
        form.put("why.words", "first line\nanother")
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, Form)
    cells = in_store().evidence["paper"].assessments
    assert cells == {"eyes": Assessment(3.0, "it fits"), "words": Assessment(2.0, "first line\nanother")}


async def test_the_row_that_the_keys_go_to_is_in_sight_among_a_hundred(tmp_path: Path) -> None:
    many = {f"h{n}": Hypothesis(f"h{n}", f"Explanation {n}", position=n) for n in range(100)}
    location = str(tmp_path / "many.db")
    DebateStore.open(location, first=lambda: Debate("many", "Many explanations", hypotheses=many)).close()
    async with running((80, 24), location) as (app, pilot):
        form = await form_on(app, pilot, "n")
        form.go_to("ratio.h60")
        await press(app, pilot, "right")
        assert "Explanation 60 · [--]" in box_text(app)
        form.go_to("ratio.h2")
        await press(app, pilot, "right")
        assert "Explanation 2 · [--]" in box_text(app)


# What is folded


def test_the_bibliography_is_told_in_one_line() -> None:
    blank = dict.fromkeys(("authors", "source", "date", "doi", "arxiv", "url"), "")
    assert bibliography_line(blank) == ""
    paper = blank | {"authors": "Yang Song, A. Roe, B. Poe", "date": "2023-04", "arxiv": "2303.01469"}
    assert bibliography_line(paper) == "Song et al. 2023 · arXiv 2303.01469"
    assert bibliography_line(blank | {"authors": "A. Roe; B. Poe"}) == "Roe and Poe"
    one = blank | {"authors": "A. Roe", "source": "Nature", "doi": "10.1/x", "url": "https://x"}
    assert bibliography_line(one) == "Roe · Nature · DOI 10.1/x"
    assert read_list("A. Roe; B. Poe") == ("A. Roe", "B. Poe")


async def test_the_bibliography_opens_by_key_and_mouse_and_tells_what_is_in_it() -> None:
    async with running((100, 40)) as (app, pilot):
        edit_evidence(app, in_store(), in_store().evidence["paper"])
        await settled(app, pilot)
        assert "▸ Bibliography Song et al. 2023 · arXiv 2303.01469" in box_text(app)
        await click(app, pilot, "Bibliography")
        assert "▾ Bibliography" in box_text(app)
        assert "Authors Yang Song, A. Roe, B. Poe" in box_text(app)
        await press(app, pilot, "space")
        assert "Authors" not in box_text(app)
        await press(app, pilot, "enter", "tab")
        await type_text(app, pilot, "Z. Zoe")
        await press(app, pilot, "shift+tab", "enter")
        assert "▸ Bibliography Zoe 2023 · arXiv 2303.01469" in box_text(app)


# Buttons


async def test_buttons_name_their_key_and_are_pressed_by_the_mouse() -> None:
    async with running((80, 24)) as (app, pilot):
        form = await form_on(app, pilot, "n")
        await click(app, pilot, "Save ctrl+s")
        assert "✗ 1 to mend: Title" in box_text(app)
        form.put("title", "By the mouse")
        await click(app, pilot, "Save ctrl+s")
        assert not isinstance(app.screen, Form)
        app.clear_notifications()  # of what was saved, over the lower corner
        await form_on(app, pilot, "n")
        await click(app, pilot, "Back esc")
        assert not isinstance(app.screen, Form)
        await press(app, pilot, "A")
        assert isinstance(app.screen, Confirm)
        await click(app, pilot, "Yes y")
        assert not isinstance(app.screen, Confirm)
    assert "by" in in_store().evidence
    assert in_store().hypotheses["eyes"].plausibility == 0.75


async def test_save_and_next_begins_an_empty_form() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "n")
        form.put("title", "First of two")
        form.put("cluster", "lab")
        await press(app, pilot, "ctrl+n")
        following = app.screen
        assert isinstance(following, Form)
        assert following is not form
        assert not any(following.texts().values())
        await press(app, pilot, "ctrl+n")
        assert "✗ 1 to mend: Title" in box_text(app)
        following.put("title", "Second of two")
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, Form)
        assert "New evidence" not in one_line(app)
    assert {each.title for each in in_store().evidence.values()} == {"A paper", "First of two", "Second of two"}
