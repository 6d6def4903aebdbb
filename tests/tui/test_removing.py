"""Explanations and evidence go, or become one with another, once it is seen what goes or moves with them."""

from __future__ import annotations

import pytest

from hypotheses.debate import Assessment, Comment, Debate, Evidence, Hypothesis
from hypotheses.idea import Idea
from store.debate_store import DebateStore
from store.expected import ANYTHING
from store.person import system_user
from tests.tui.running import box_text, press, running, screen_text, settled, stored, toasts
from tests.tui.test_form_choices import click
from tui.debate.screen import DebateScreen
from tui.dialogs.picker import Picker
from tui.dialogs.removing import Removing
from tui.evidence.removing import RemovingEvidence

DEBATE = Debate(
    "small",
    "A small debate",
    hypotheses={
        "eyes": Hypothesis("eyes", "Eyes are odd", "They are.", 0.6, 0.5, position=0),
        "words": Hypothesis("words", "Words are odd", "", 0.3, 0.5, position=1, rivals=("eyes",)),
        "alone": Hypothesis("alone", "Nothing hangs on this", "", 0.1, 0.5, position=2),
    },
    evidence={
        "paper": Evidence("paper", "A paper", assessments={"eyes": Assessment(3.0)}),
        "other": Evidence("other", "Another", assessments={"eyes": Assessment(10.0), "words": Assessment(3.0)}),
    },
    ideas={1: Idea(1, "An idea", hypothesis="eyes")},
    comments={1: Comment(1, "Really?", system_user(), "2024-01-01T00:00:00Z", "", "paper")},
)


def in_store() -> Debate:
    with stored(slug="small") as store:
        return store.load("small")


@pytest.fixture(autouse=True)
def database() -> None:
    DebateStore.open(first=lambda: DEBATE).close()


async def test_an_explanation_goes_with_what_is_named_and_one_undo_brings_all_back() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "D")
        assert isinstance(app.screen, Removing)
        assert "Eyes are odd With it go 2 ratings what idea 1 is about a rival of 'words'" in box_text(app)
        await press(app, pilot, "y")
        assert isinstance(app.screen, DebateScreen)
        now = in_store()
        assert list(now.hypotheses) == ["words", "alone"]
        assert (now.hypotheses["words"].rivals, now.ideas[1].hypothesis) == ((), "")
        assert now.evidence["paper"].assessments == {}
        await press(app, pilot, "u")
    assert in_store() == DEBATE


async def test_nothing_goes_until_it_is_agreed_to() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "G", "D")
        assert "Nothing else goes with it." in box_text(app)
        await press(app, pilot, "enter", "n")
        assert isinstance(app.screen, DebateScreen)
        assert in_store() == DEBATE
        await press(app, pilot, "D")
        await click(app, pilot, "Remove y")
    assert list(in_store().hypotheses) == ["eyes", "words"]


async def test_what_another_process_has_put_on_it_meanwhile_is_named_before_it_goes() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "G", "D")
        with DebateStore.open() as other:
            other.assess("small", "paper", "alone", Assessment(3.0), expected=ANYTHING)
        await press(app, pilot, "y")
        assert "With it go 1 rating" in box_text(app)
        assert "Somebody has put something on it meanwhile" in box_text(app)
        assert "alone" in in_store().hypotheses
        await press(app, pilot, "y")
    assert "alone" not in in_store().hypotheses


async def test_what_another_process_has_changed_or_removed_is_told() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "G", "D")
        with DebateStore.open(actor="colleague") as other:
            other.edit_hypothesis("small", "alone", title="Theirs", expected=ANYTHING)
        await press(app, pilot, "y")
        assert "colleague changed the title" in box_text(app)
        assert "alone" in in_store().hypotheses
        with DebateStore.open(actor="colleague") as other:
            other.remove_hypothesis("small", "alone", expected=ANYTHING)
        await press(app, pilot, "y")
        assert "there is no hypothesis 'alone'" in box_text(app)


async def test_the_history_of_an_explanation_that_another_process_has_removed_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.app.POLL_SECONDS", 3600)
    async with running() as (app, pilot):
        with DebateStore.open(actor="colleague") as other:
            other.remove_hypothesis("small", "alone", expected=ANYTHING)
        await press(app, pilot, "G")
        assert app.debate is not None
        assert "alone" in app.debate.hypotheses
        assert "A small debate" in screen_text(app)


async def test_in_an_exclusive_debate_its_share_is_named() -> None:
    with stored(slug="small") as store:
        store.edit_debate("small", mode="exclusive", expected=ANYTHING)
    async with running() as (app, pilot):
        await press(app, pilot, "D")
        assert "Its 60% goes to none of these." in box_text(app)


async def test_an_explanation_is_merged_into_another_once_it_is_told_what_moves() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "Y")
        assert isinstance(app.screen, Picker)
        assert "Eyes are odd" not in box_text(app).removeprefix("Merge into which: Eyes are odd")
        await press(app, pilot, *"words", "enter")
        told = box_text(app)
        assert "Eyes are odd into Words are odd" in told
        assert "Ratings that it takes over: 1; 1 stay as it has them itself" in told
        assert "Ideas that move to it: 1" in told
        await press(app, pilot, "y")
    now = in_store()
    assert list(now.hypotheses) == ["words", "alone"]
    assert now.evidence["paper"].assessments["words"].ratio == 3.0
    assert now.evidence["other"].assessments["words"].ratio == 3.0
    assert "Merged from: Eyes are odd" in now.hypotheses["words"].note


async def test_one_explanation_alone_has_nothing_to_be_merged_into() -> None:
    with stored(slug="small") as store:
        for slug in ("eyes", "words"):
            store.remove_hypothesis("small", slug, along=True, expected=ANYTHING)
    async with running() as (app, pilot):
        await press(app, pilot, "Y")
        assert "There is no other explanation to merge it into" in screen_text(app)


async def test_what_cannot_be_one_says_why() -> None:
    with stored(slug="small") as store:
        store.remove_hypothesis("small", "alone", expected=ANYTHING)
    async with running() as (app, pilot):
        await press(app, pilot, "Y")
        with DebateStore.open() as other:
            other.remove_hypothesis("small", "words", along=True, expected=ANYTHING)
        await press(app, pilot, "enter", "y")
        assert "there is no hypothesis 'words'" in toasts(app)[-1]
    assert list(in_store().hypotheses) == ["eyes"]


async def test_evidence_is_retracted_or_removed_with_its_comments() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "2", "s", *"title", "enter", "g", "D")
        assert isinstance(app.screen, RemovingEvidence)
        assert "paper A paper It has 1 rating. With it go comment 1" in box_text(app)
        await press(app, pilot, "escape")
        assert in_store() == DEBATE
        await press(app, pilot, "D", "enter")
        assert in_store().evidence["paper"].retracted
        await press(app, pilot, "D")
        await click(app, pilot, "Reinstate r")
        assert in_store() == DEBATE
        await press(app, pilot, "D", "y")
        now = in_store()
        assert (list(now.evidence), dict(now.comments)) == (["other"], {})
        await press(app, pilot, "u")
    assert in_store() == DEBATE


async def test_evidence_is_removed_where_all_of_it_is_read() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "2", "I", "D")
        assert isinstance(app.screen, RemovingEvidence)
        await press(app, pilot, "y")
        await settled(app, pilot)
    assert len(in_store().evidence) == 1


async def test_an_idea_is_not_removed_by_the_key_that_removes_what_it_is_about() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "right_square_bracket", "right_square_bracket", "tab", "D")
        assert "An idea stays in the inbox" in screen_text(app)
    assert in_store() == DEBATE
