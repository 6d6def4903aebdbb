"""The Debate screen, used as a person would."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.content import Content

from hypotheses.debate import Assessment, Debate
from hypotheses.doubted import Doubted
from hypotheses.progress import Told
from hypotheses.ranking import ranked
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.bursts import burst
from tests.tui.running import BUNDLED, one_line, press, running, screen_text, settled, type_text
from tui.app import AbduceApp
from tui.debate.detail import Detail
from tui.debate.lists import IdeaList
from tui.debate.question import Question, in_lines
from tui.debate.ranking import RankingRows
from tui.dialogs.form import Form
from tui.dialogs.help import help_text
from tui.dialogs.prompt import Prompt
from tui.evidence.evidence_list import EvidenceList
from tui.program_actions import commands_now
from tui.says import Says

pytestmark = pytest.mark.painted

FIRST = "unfair-comparison"
SECOND = "copied-filters"


def in_store() -> dict[str, float]:
    with DebateStore.open() as store:
        return {h.slug: h.plausibility for h in ranked(store.load(BUNDLED))}


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
async def test_the_screen_looks_like_this(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with running(size) as (app, _):
        assert screen_text(app) == snapshot


async def test_the_five_explanations_are_listed_in_the_order_of_the_post() -> None:
    async with running((80, 24)) as (app, _):
        text = screen_text(app)
        titles = [h.title for h in ranked(app.debate)] if app.debate else []
        assert len(titles) == 5
        places = [text.index(title[:18]) for title in titles]
        assert places == sorted(places)
        # 890M parameters against 100B: log10(100e9 / 890e6) = 2.05.
        assert "The puzzle 2.05" in text


async def test_where_there_is_much_evidence_the_rows_come_before_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    go, weigh = threading.Event(), Says.of

    def slowly(says: Says, debate: Debate, told: Told) -> Doubted:
        go.wait(20)
        return weigh(says, debate, told)

    monkeypatch.setattr("tui.says.AT_ONCE", 10)
    monkeypatch.setattr(Says, "of", slowly)
    DebateStore.open().close()
    app = AbduceApp()
    async with app.run_test(size=(120, 40)) as pilot:
        async with asyncio.timeout(60):
            while "Weighing the evidence" not in screen_text(app):
                await pilot.pause(0.02)
        assert "The comparison is not fair" in screen_text(app)
        assert "34–89" not in screen_text(app)  # what it says of the last one, over all doubts
        go.set()
        await settled(app, pilot)
        assert "The evidence puts" in screen_text(app)
        assert "34–89" in screen_text(app)


async def test_moving_down_exchanges_the_two_plausibilities() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "J")
        assert list(in_store().items())[:2] == [(SECOND, 0.60), (FIRST, 0.45)]
        assert "2 The comparison is not fair" in screen_text(app)
        # The cursor stays on the one that was moved.
        await press(app, pilot, "K")
        assert list(in_store().items())[:2] == [(FIRST, 0.60), (SECOND, 0.45)]


async def test_moving_the_first_up_changes_nothing() -> None:
    async with running() as (app, pilot):
        before = in_store()
        await press(app, pilot, "K")
        assert in_store() == before


async def test_a_typed_plausibility_sorts_the_list_again() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "p")
        await type_text(app, pilot, "1 in 5")
        assert "20%, unlikely" in screen_text(app)
        await press(app, pilot, "enter")
        assert in_store()[FIRST] == 0.2
        assert list(in_store()).index(FIRST) == 2


async def test_a_plausibility_over_one_is_refused_and_stays_on_screen() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "p")
        await type_text(app, pilot, "130%")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, Prompt)
        assert "'130%' is more than certain; expected a plausibility" in screen_text(app)
        await press(app, pilot, "escape")
        assert in_store()[FIRST] == 0.6


async def test_switching_the_convention_moves_every_gap() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "c", "j", "j", "enter")
        assert "The puzzle 2.93 OOM" in screen_text(app)
        await press(app, pilot, "3")
        # log10(40.5e12 / 890e6) = 4.66, log10(11e12 / 1.55e9) = 3.85, log10(9e12 / 175e9) = 1.71
        for gap in ("Vision 4.66", "Audio 3.85", "Language 1.71"):
            assert gap in one_line(app)


async def test_changing_a_value_moves_every_gap_before_and_after_it_is_saved() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "v", "enter")
        assert app.focused is not None
        await type_text(app, pilot, "8.9B")
        # Ten times the parameters: one order of magnitude less.
        assert "The puzzle 1.05" in screen_text(app)
        await press(app, pilot, "enter")
        await press(app, pilot, "escape")
        assert "The puzzle 1.05" in screen_text(app)
        with DebateStore.open() as store:
            reading = store.load(BUNDLED).quantities["stable_diffusion"].reading("post")
            assert reading is not None
            assert reading.value == "8.9B"
        await press(app, pilot, "u")
        assert "The puzzle 2.05" in screen_text(app)


async def test_a_malformed_value_is_told_and_nothing_is_saved() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "v", "enter")
        await type_text(app, pilot, "1,00")
        assert "1,00" in screen_text(app)
        assert "expected" in screen_text(app)
        await press(app, pilot, "enter", "escape", "escape")
        assert "The puzzle 2.05" in screen_text(app)


async def test_evidence_is_logged_through_the_form() -> None:
    async with running((120, 45)) as (app, pilot):
        await press(app, pilot, "n")
        form = app.screen
        assert isinstance(form, Form)
        for name, text in {
            "title": "A one-step generator of the same size",
            "authors": "A. Reader",
            "date": "2024-05",
            "finding": "One step does as well as fifty.",
            "cluster": "one-step-distillation",
            "ratio.diffusion-steps": "1/3",
            "why.diffusion-steps": "no parameters were added",
        }.items():
            form.put(name, text)
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, Form)
        with DebateStore.open() as store:
            evidence = store.load(BUNDLED).evidence["reader2024"]
        assert evidence.assessments == {"diffusion-steps": Assessment(1 / 3, "no parameters were added")}
        assert evidence.date == "2024-05"


async def test_a_form_with_a_wrong_field_goes_there_and_keeps_the_text() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "n")
        form = app.screen
        assert isinstance(form, Form)
        form.put("title", "Something found")
        form.put("date", "last spring")
        await press(app, pilot, "ctrl+s")
        assert "✗ found 'last spring'; expected a date" in screen_text(app)
        await type_text(app, pilot, "2023")
        assert form.text_of("date") == "2023"


async def test_unsaved_text_comes_back_when_the_form_is_opened_again() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "i")
        assert isinstance(app.screen, Form)
        app.screen.put("title", "Half an idea")
        await press(app, pilot, "escape")
    async with running() as (app, pilot):
        await press(app, pilot, "i")
        assert isinstance(app.screen, Form)
        assert app.screen.text_of("title") == "Half an idea"
        assert "is back" in screen_text(app)
        await press(app, pilot, "ctrl+s")
        await press(app, pilot, "i")
        assert isinstance(app.screen, Form)
        assert app.screen.text_of("title") == ""


async def test_an_explanation_is_added_and_takes_its_place() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "a")
        assert isinstance(app.screen, Form)
        app.screen.put("title", "Eyes are a codec")
        app.screen.put("plausibility", "50%")
        await press(app, pilot, "ctrl+s")
        assert list(in_store().values()) == [0.6, 0.5, 0.45, 0.4, 0.1, 0.08]
        assert "2 Eyes are a codec" in screen_text(app)


async def test_a_statement_is_edited_in_the_editor_of_the_person(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "edited outside" > "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))
    async with running() as (app, pilot):
        await press(app, pilot, "E")
        with DebateStore.open() as store:
            # A headless terminal cannot be handed over; the app says so and changes nothing.
            statement = store.load(BUNDLED).hypotheses[FIRST].statement
        assert statement.startswith("The visual cortex")
        assert "cannot be handed to an editor" in screen_text(app)


async def test_undo_and_redo_survive_a_restart() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "J")
    async with running() as (app, pilot):
        await press(app, pilot, "u")
        assert next(iter(in_store())) == FIRST
        await press(app, pilot, "U")
        assert next(iter(in_store())) == SECOND


async def test_the_change_of_another_process_appears_by_itself() -> None:
    async with running() as (app, pilot):
        with DebateStore.open(actor="somebody") as other:
            other.load(BUNDLED)
            other.edit_hypothesis(BUNDLED, "wasteful-llms", title="Waste it is", expected=ANYTHING)
        for _ in range(300):
            await pilot.pause(0.1)
            if "somebody: " in screen_text(app):
                break
        assert "Waste it is" in screen_text(app)
        assert "somebody: " in screen_text(app)


async def test_the_tabs_show_what_belongs_to_the_open_explanation() -> None:
    async with running() as (app, pilot):
        assert "Movie Gen" in screen_text(app)
        await press(app, pilot, "right_square_bracket")
        # 2.05 OOM less 1.5 OOM (the middle of "an OOM or two") leaves 0.55.
        assert "2.05 → 0.55 OOM" in screen_text(app)
        await press(app, pilot, "right_square_bracket")
        assert "Count bits instead of weights" in screen_text(app)


async def test_keys_typed_before_the_open_explanation_has_come_are_not_lost() -> None:
    app = AbduceApp()
    async with app.run_test(size=(80, 24)) as pilot:
        while app.debate is None:
            await pilot.pause(0.01)
        assert not app.screen.query(Detail)
        await burst(app, pilot, "]", "]", "]", "enter")
        while not (app.screen.query(Detail) and app.screen.query_one(Detail).ready):
            await pilot.pause(0.01)
        await settled(app, pilot)
        assert app.screen.query_one(IdeaList).has_focus


async def test_search_narrows_the_evidence() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "slash")
        await pilot.press(*"hunyuan")
        await settled(app, pilot)
        assert [
            pull.evidence.key for pull in app.screen.query_one(Detail).query_one("#evidence-list", EvidenceList).rows
        ] == ["hunyuan-video"]
        await press(app, pilot, "escape")
        assert len(app.screen.query_one(Detail).query_one("#evidence-list", EvidenceList).rows) == 17


async def test_the_palette_finds_a_command_and_runs_it() -> None:
    async with running() as (app, pilot):
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"set plaus".replace(" ", "_").split("_")[0], "space", *"plaus", "enter")
        await settled(app, pilot)
        await pilot.pause(0.1)
        assert isinstance(app.screen, Prompt)


async def test_help_names_every_key() -> None:
    async with running() as (app, pilot):
        told = " ".join(help_text(commands_now(app)).plain.split())
        await press(app, pilot, "question_mark")
        assert "j k ↓ ↑" in screen_text(app)
        for command in commands_now(app):
            assert command.name in told
            assert command.help in told


async def test_help_is_searched_and_scrolled_with_the_keys_that_it_names() -> None:
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "question_mark")
        page = app.screen.query_one("#page")
        for keys, down in (("j", True), ("k", False), ("G", True), ("g", False), ("ctrl+d", True), ("ctrl+u", False)):
            await press(app, pilot, keys)
            await pilot.wait_for_scheduled_animations()
            assert (page.scroll_offset.y > 0) is down, keys
        await press(app, pilot, "slash", *"undo")
        for _ in range(100):  # the box fits what is left after it was laid out
            if "restart" in screen_text(app):  # the end of the second line of what is found
                break
            await pilot.pause(0.02)
        text = screen_text(app)
        assert "Take back your last change" in text
        assert "restart" in text
        assert "Move in a list" not in text
        await press(app, pilot, *" xyzzy")
        assert "No key is about that." in screen_text(app)
        await press(app, pilot, "escape")
        assert "Move in a list" in screen_text(app)
        await press(app, pilot, "escape")
        assert "Explanations" in screen_text(app)


async def test_the_gap_tab_shows_every_convention_beside_what_it_reads(home: Path) -> None:
    async with running((140, 45)) as (app, pilot):
        await press(app, pilot, "5", "1", "G", "]")
        text = screen_text(app)
        assert "By convention" in text
        # 2.05 - 1.5; 2.93 - 0.4
        assert "▮ post  shrink_ooms normal 1 to 2" in text
        assert "2.05 → 0.55 OOM" in text
        assert "▯ literature  shrink_ooms normal 0.2 to 0.6" in text
        assert "2.93 → 2.54 OOM" in text
        assert "▯ author-2022  shrink_ooms normal 1 to 2 (of post)" in text
        assert app.session is not None
        app.session.store.edit_debate(BUNDLED, convention="literature", expected=ANYTHING)
        app.changes.look()
        await settled(app, pilot)
        text = screen_text(app)
        assert "▮ literature  shrink_ooms normal 0.2 to 0.6" in text
        assert "▯ post  shrink_ooms normal 1 to 2" in text


@pytest.mark.parametrize(("words", "width"), [(3000, 118), (3000, 20), (7, 20), (0, 40)])
def test_a_long_question_is_cut_where_it_no_longer_fits_in_few_steps(
    words: int, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, asked = " ".join(f"word{number}" for number in range(words)), 0
    height = Content.get_height

    def counted(self: Content, rules: Any, width: int) -> int:
        nonlocal asked
        asked += 1
        return height(self, rules, width)

    monkeypatch.setattr(Content, "get_height", counted)
    cut = in_lines(text, width, 2)
    assert asked <= 12
    assert len(cut.wrap(width)) <= 2
    told = cut.plain.removesuffix(" … all")
    assert text.startswith(told)
    if told != text:
        # One word more would not have fitted.
        longer = Content(f"{' '.join(text.split()[: len(told.split()) + 1])} … all")
        assert len(longer.wrap(width)) > 2


async def test_up_from_the_first_row_goes_to_the_question_and_down_comes_back() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "k")
        assert isinstance(app.focused, Question)
        await press(app, pilot, "j")
        assert isinstance(app.focused, RankingRows)


async def test_on_a_tall_terminal_all_is_told_of_the_evidence_under_the_cursor() -> None:
    async with running((200, 60)) as (app, _):
        text = one_line(app)
        # What bears on the first explanation alone.
        assert "Bears on" in text
        assert "2 The brain has to copy its filters · no view yet" in text
        assert "Read https://doi.org/10.1093/cercor/1.1.1" in text
    async with running((120, 40)) as (app, _):
        assert "Bears on" not in one_line(app)
