"""The Inbox screen, used as its owner would."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input

from hypotheses.alike import Likeness
from hypotheses.debate import Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.idea import Idea
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.bursts import burst
from tests.tui.running import box_text, one_line, press, running, screen_text, settled, stored, toasts, type_text
from tui.app import AbduceApp
from tui.dialogs.form import Form
from tui.evidence.form import EvidenceForm
from tui.inbox.idea_panel import IdeaPanel
from tui.inbox.inbox_list import InboxList, age
from tui.inbox.screen import InboxScreen
from tui.session import Session

SMALL = Debate(
    "small",
    "A small debate",
    hypotheses={
        "eyes": Hypothesis("eyes", "Eyes see more than is said", "Retinas are dense.", 0.6, 0.5),
        "words": Hypothesis("words", "Words cost", "Language needs memory.", 0.3, 0.5, position=1),
    },
    evidence={"paper": Evidence("paper", "A paper on retinas", doi="10.1000/a")},
    quantities={"size": Quantity("size", "Size", "parameter", {"post": Reading("890M")})},
    convention="post",
    ideas={
        1: Idea(1, "Dreams", "Sleep matters a lot for memory.", "hypothesis", "Ana R.", "2024-01-01T00:00:00Z"),
        2: Idea(2, "A study", "See doi:10.1000/A.", "evidence", "ben", "2024-01-02T00:00:00Z", hypothesis="eyes"),
        3: Idea(3, "It is 1B", "By my count.", "estimate", "ben", "2024-01-03T00:00:00Z"),
        4: Idea(4, "Well put", "", "comment", received="2024-01-04T00:00:00Z", hypothesis="words"),
    },
)


@asynccontextmanager
async def in_inbox(size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[AbduceApp, Pilot[int]]]:
    DebateStore.open(first=lambda: SMALL).close()
    async with running(size) as (app, pilot):
        await press(app, pilot, "4")
        assert isinstance(app.screen, InboxScreen)
        yield app, pilot


def kept() -> Debate:
    with stored(slug="small") as store:
        return store.load("small")


def shown(app: AbduceApp) -> list[int]:
    return [idea.number for idea in app.screen.query_one(InboxList).rows]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_the_screen_looks_like_this(
    size: tuple[int, int], snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("inbox_list", "idea_text"):
        monkeypatch.setattr(f"tui.inbox.{module}.age", lambda *_: "5 d")  # whatever day it is
    async with in_inbox(size) as (app, _):
        assert screen_text(app) == snapshot


async def test_the_latest_comes_first_and_each_part_has_its_own() -> None:
    async with in_inbox() as (app, pilot):
        assert shown(app) == [4, 3, 2, 1]
        await press(app, pilot, "L", *"later", "enter")
        assert shown(app) == [3, 2, 1]
        assert kept().ideas[4].status == "later"
        assert "later 1" in screen_text(app)
        await press(app, pilot, "f")
        assert shown(app) == [4]
        await press(app, pilot, "right_square_bracket", "right_square_bracket")
        assert shown(app) == [4, 3, 2, 1]
        await press(app, pilot, "f", "u")
        assert shown(app) == [4, 3, 2, 1]


async def test_an_explanation_is_accepted_with_the_plausibility_that_is_asked_for() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "G")
        assert "says to be Ana R." in screen_text(app)
        assert "[explanation] place 2 of 3 with 50%" in one_line(app)
        await press(app, pilot, "a")
        form = app.screen
        assert isinstance(form, Form)
        assert (form.shown("title"), form.shown("statement")) == ("Dreams", "Sleep matters a lot for memory.")
        form.go_to("plausibility")
        await type_text(app, pilot, "20%")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, InboxScreen)
        assert shown(app) == [4, 3, 2]
        assert "decided 1" in screen_text(app)
        assert (kept().hypotheses["dreams"].plausibility, kept().ideas[1].became) == (0.2, ("hypothesis:dreams",))
        await press(app, pilot, "1", "G")
        assert "Thanks to  Ana R." in screen_text(app)
        await press(app, pilot, "u", "4")
        assert shown(app) == [4, 3, 2, 1]


async def test_evidence_is_accepted_in_its_form_and_what_it_looks_like_is_named() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, *"jj")
        assert "= A paper on retinas paper · the same source" in one_line(app)
        assert "with ×3 for 1: 1 Eyes see more than is said 50 → 75%" in one_line(app)
        await press(app, pilot, "a")
        form = app.screen
        assert isinstance(form, EvidenceForm)
        assert (form.shown("title"), form.shown("finding")) == ("A study", "See doi:10.1000/A.")
        await press(app, pilot, "ctrl+s")
        assert kept().ideas[2].status == "accepted"
        assert kept().evidence[kept().ideas[2].became[0].partition(":")[2]].finding == "See doi:10.1000/A."


async def test_an_estimate_becomes_a_reading_of_the_quantity_that_is_chosen() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "j", "a", "enter")
        form = app.screen
        assert isinstance(form, Form)
        await type_text(app, pilot, "1B")
        await press(app, pilot, "ctrl+s")
        assert kept().quantities["size"].readings["ben"] == Reading("1B", "idea 3, from ben", note="By my count.")
        assert kept().quantities["size"].chosen == ""


async def test_a_reading_says_before_it_is_saved_what_becomes_of_the_gap_and_its_chance() -> None:
    # 8.9 billion are ten times 890 million: 1.00 orders of magnitude, and none if it is 8.9 billion.
    gap = Gap("lack", "8.9e9 / size", "The lack", headline=True)
    DebateStore.open(first=lambda: replace(SMALL, gaps={"lack": gap})).close()
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "4", "j", "a", "enter")
        await type_text(app, pilot, "8.9B")
        assert "If saved no gap moves" in box_text(app)
        await press(app, pilot, "tab", "tab", "tab", "right")  # it counts
        assert "If saved The lack 1.00 OOM → 0.00 OOM closed 0% → 100%" in box_text(app)
        await press(app, pilot, "ctrl+s")
        assert kept().quantities["size"].chosen == "ben"


async def test_another_way_is_chosen_with_the_arrows() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "G", "right", "right", "right")
        assert app.screen.query_one(IdeaPanel).way == "comment"
        await press(app, pilot, "a", *"words", "enter")
        assert [each.text for each in kept().comments.values()] == [
            "Sleep matters a lot for memory.\n\n(idea 1, says to be from Ana R.)"
        ]
        assert app.screen.query_one(IdeaPanel).way == "evidence"  # of another idea what it says it is


async def test_several_that_are_ticked_are_not_merged_by_one_key() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "g", "space", "space", "Y")
        assert toasts(app)[-1] == "2 ideas are ticked; one at a time becomes part of something"
        assert all(idea.status != "merged" for idea in kept().ideas.values())


async def test_one_is_merged_and_what_it_looks_like_stands_first() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, *"jj", "Y", "enter")
        assert kept().ideas[2].became == ("evidence:paper",)
        assert kept().ideas[2].status == "merged"


async def test_of_very_many_ideas_what_each_looks_like_is_told_by_the_index_on_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.session.FEW", 3)  # there are four
    async with in_inbox() as (app, pilot):
        await press(app, pilot, *"jj")
        assert "= A paper on retinas paper · the same source" in one_line(app)
        assert app.screen.query_one(InboxList).alike == {4: 0, 3: 0, 2: 1, 1: 0}
        await press(app, pilot, "Y", "enter")
        assert kept().ideas[2].became == ("evidence:paper",)


async def test_where_sqlite_cannot_tell_what_an_idea_looks_like_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.session.FEW", 3)
    monkeypatch.setattr("store.database.sqlite_words.can_be_made", lambda: False)
    async with in_inbox() as (app, pilot):
        await press(app, pilot, *"jj")
        assert "What it looks like is not known: there is no index" in screen_text(app)
        await press(app, pilot, "Y")
        assert toasts(app)[-1].startswith("What it looks like is not known: there is no index of the words of ideas")
        assert "A paper on retinas" in box_text(app)


async def test_a_decision_has_nothing_counted_again_and_other_words_have(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    looks_like = Session.looks_like

    def counted(session: Session, debate: Debate, idea: Idea) -> list[Likeness]:
        asked.append(idea.number)
        return looks_like(session, debate, idea)

    monkeypatch.setattr(Session, "looks_like", counted)
    async with in_inbox() as (app, pilot):
        assert sorted(asked) == [1, 2, 3, 4, 4]  # each for the list, and the first for the panel
        asked.clear()
        await press(app, pilot, "L")
        await press(app, pilot, "enter")  # put off
        assert set(asked) == {3}  # the next one, for the panel
        asked.clear()
        app.changes.ask(
            lambda store, _: store.edit_evidence("small", "paper", expected=ANYTHING, title="Dreams"), app.debate
        )
        await settled(app, pilot)
        assert {1, 2, 3} <= set(asked)


@pytest.mark.painted
async def test_the_row_left_and_the_row_reached_are_painted_before_the_idea_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with in_inbox() as (app, pilot):
        ideas, panel = app.screen.query_one(InboxList), app.screen.query_one(IdeaPanel)
        seen: list[str] = []
        draw, show = ideas.draw, panel.show

        def drawn(row: Idea, width: int) -> list[Content]:
            seen.append(f"painted {row.number}")
            return draw(row, width)

        def written(debate: Debate, idea: Idea | None) -> None:
            seen.append(f"written {idea.number if idea is not None else 0}")
            show(debate, idea)

        monkeypatch.setattr(ideas, "draw", drawn)
        monkeypatch.setattr(panel, "show", written)
        await press(app, pilot, "j")
        assert seen[:3] == ["painted 4", "painted 3", "written 3"]


async def test_whoever_puts_an_idea_in_is_given_its_reference() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "i")
        await type_text(app, pilot, "A fifth")
        await press(app, pilot, "ctrl+s")
        reference = kept().ideas[5].reference
        assert f"Idea 5 is in the inbox; its reference is {reference}" in toasts(app)
        await press(app, pilot, "g")
        assert f"Reference {reference}" in screen_text(app)


async def test_what_is_found_among_the_decided_only_is_one_key_away() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "G", "L", "down", "down", "down", "enter", "/", *"sleep")
        assert kept().ideas[1].status == "off-topic"
        assert "1 with sleep, but none here: f goes on." in screen_text(app)


async def test_several_are_decided_at_once_and_undone_at_once() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "space", "j", "space")
        assert "✓ 2 ticked" in screen_text(app)
        await press(app, pilot, "D")
        await type_text(app, pilot, "Not about this.")
        await press(app, pilot, "ctrl+s")
        assert [kept().ideas[each].status for each in (4, 3, 2, 1)] == ["declined", "new", "declined", "new"]
        assert "ticked" not in screen_text(app)
        await press(app, pilot, "u")
        assert kept().ideas == SMALL.ideas
        # An estimate says not of what: nothing is accepted then.
        await press(app, pilot, "g", "space", "space", "a")
        assert "idea 3 is an estimate" in toasts(app)[-1]
        assert kept().ideas == SMALL.ideas
        await press(app, pilot, "escape")
        assert "ticked" not in screen_text(app)


async def test_a_reason_is_needed_and_offered_again() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "D", "ctrl+s")
        assert isinstance(app.screen, Form)
        await type_text(app, pilot, "Said already.")
        await press(app, pilot, "ctrl+s", "D")
        await type_text(app, pilot, "Sa")
        await press(app, pilot, "right")
        assert app.screen.query_one(Input).value == "Said already."


async def test_an_idea_of_several_claims_is_parted() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "L", *"split", "enter")
        form = app.screen
        assert isinstance(form, Form)
        form.put("parts", "One\nIt is.\n---\nAnother")
        await press(app, pilot, "ctrl+s")
        assert [kept().ideas[each].title for each in (5, 6)] == ["One", "Another"]
        assert kept().ideas[4].status == "split"


async def test_words_narrow_the_ideas_and_esc_shows_all_again() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "slash", *"ben comment", "enter")
        assert isinstance(app.screen.query_one(IdeaPanel), IdeaPanel)
        assert shown(app) == []
        await press(app, pilot, "escape", "slash", *"ben", "enter")
        assert shown(app) == [3, 2]
        await press(app, pilot, "escape")
        assert shown(app) == [4, 3, 2, 1]


async def test_parts_are_counted_among_what_is_found_and_a_beginning_is_enough() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "slash", *"MEM", "enter")
        assert shown(app) == [1]
        assert "new 1 later 0 decided 0 all 1" in one_line(app)
        await press(app, pilot, "escape", "slash", *"memory slee", "enter")
        assert shown(app) == [1]
        await press(app, pilot, "escape", "slash", *"10.1000/a", "enter")
        assert shown(app) == [2]
        await press(app, pilot, "escape", "slash", *'"*:(-', "enter")
        assert shown(app) == [4, 3, 2, 1]
        await press(app, pilot, "escape", "slash", *"zebra", "enter")
        assert "No idea here has zebra: esc shows all again." in screen_text(app)


async def test_what_is_decided_leaves_what_was_found_and_what_arrives_comes_to_it() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "slash", *"ben", "enter", "D")
        await type_text(app, pilot, "No.")
        await press(app, pilot, "ctrl+s")
        assert shown(app) == [2]
        with DebateStore.open(actor="colleague") as other:
            other.submit_idea("small", Idea(0, "Another", sender="Ben"))
        await press(app, pilot, "u")
        await settled(app, pilot)
        assert shown(app) == [5, 3, 2]


async def test_a_burst_of_words_and_keys_acts_on_what_the_words_find() -> None:
    async with in_inbox() as (app, pilot):
        await burst(app, pilot, "slash", *"sleep", "enter", "D", *"No.", "ctrl+s")
        await settled(app, pilot)
        assert {number: idea.status for number, idea in kept().ideas.items() if idea.status != "new"} == {1: "declined"}


async def test_the_command_finds_what_the_screen_finds() -> None:
    async with in_inbox() as (app, pilot):
        for words in ("ben", "retina", "See doi:10.1000", "sleep memory", "explanation", "new", "'"):
            await press(app, pilot, "slash", *words, "enter")
            with stored(slug="small") as store:
                assert sorted(shown(app)) == sorted(store.search_ideas("small", words)), words
            await press(app, pilot, "escape")


async def test_what_another_person_decided_meanwhile_is_told() -> None:
    async with in_inbox() as (app, pilot):
        await press(app, pilot, "G", "a")
        with DebateStore.open(actor="colleague") as other:
            other.load("small")
            other.decline_ideas("small", [1], "No.", expected=ANYTHING)
        form = app.screen
        assert isinstance(form, Form)
        form.put("plausibility", "20%")
        await press(app, pilot, "ctrl+s")
        await settled(app, pilot)
        assert "idea 1 is declined already" in box_text(app)
        assert "dreams" not in kept().hypotheses


async def test_keys_of_one_burst_do_what_they_do_one_by_one() -> None:
    async with in_inbox() as (app, pilot):
        await burst(app, pilot, "L", *"later", "enter", "D", *"No.", "ctrl+s", "f")
        await settled(app, pilot)
        assert (kept().ideas[4].status, kept().ideas[3].status) == ("later", "declined")
        assert shown(app) == [4]


async def test_an_inbox_with_nothing_in_it_says_so() -> None:
    DebateStore.open(first=lambda: Debate("empty", "Empty?")).close()
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "4")
        assert "Nobody has sent an idea yet: i puts one in." in screen_text(app)
        await press(app, pilot, *"aYDL", "space", "f", "left", "right", "enter", "j", "k")
        assert isinstance(app.screen, InboxScreen)


@pytest.mark.parametrize(
    ("received", "told"),
    [
        ("2026-11-30T11:30:00Z", "now"),
        ("2026-11-30T10:00:00Z", "2 h"),
        ("2026-11-28T10:00:00Z", "2 d"),
        ("2026-08-28T10:00:00Z", "3 mo"),
        ("2024-08-28T10:00:00Z", "2 y"),
        ("", ""),
    ],
)
def test_how_long_an_idea_has_waited(received: str, told: str) -> None:
    assert age(received, datetime(2026, 11, 30, 12, tzinfo=UTC)) == told
