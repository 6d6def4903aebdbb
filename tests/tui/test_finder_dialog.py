"""Find anything: every kind of thing is gone to from any screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hypotheses.debate import Debate
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.running import (
    BUNDLED,
    caught_up,
    dialog_text,
    press,
    running,
    screen_text,
    send,
    settled,
    stored,
    toasts,
)
from tui.app import AbduceApp
from tui.comments.thread import Thread
from tui.conventions.dialog import Conventions
from tui.debate.differences import Differences
from tui.debate.screen import DebateScreen
from tui.dialogs.finder_dialog import FinderDialog
from tui.dialogs.picker import ChoiceList
from tui.inbox.screen import InboxScreen
from tui.matrix.screen import MatrixScreen
from tui.numbers.gap_list import GapList
from tui.numbers.quantities import QuantityList
from tui.numbers.screen import NumbersScreen


def on_matrix(key: str) -> Callable[[AbduceApp], bool]:
    return lambda app: isinstance(app.screen, MatrixScreen) and app.screen.target.evidence == key


def on_cluster(app: AbduceApp) -> bool:
    return isinstance(app.screen, MatrixScreen) and app.screen.target.cluster == "brain-anatomy"


def at_gap(app: AbduceApp) -> bool:
    gaps = app.screen.query_one(GapList) if isinstance(app.screen, NumbersScreen) else None
    return gaps is not None and gaps.has_focus and gaps.current is not None and gaps.current.symbol == "audio_gap"


def at_quantity(app: AbduceApp) -> bool:
    listed = app.screen.query_one(QuantityList) if isinstance(app.screen, NumbersScreen) else None
    return listed is not None and listed.quantity is not None and listed.quantity.symbol == "stable_diffusion"


PLACES: list[tuple[str, Callable[[AbduceApp], bool]]] = [
    ("copy filters", lambda app: isinstance(app.screen, DebateScreen) and app.screen.open_slug == "copied-filters"),
    ("scaling 22 transformers", on_matrix("vit22b")),
    ("stable_diffusion", at_quantity),
    ("audio_gap", at_gap),
    ("literature", lambda app: isinstance(app.screen, Conventions)),
    (
        "brain-anatomy",
        lambda app: isinstance(app.screen, MatrixScreen) and app.screen.target.cluster == "brain-anatomy",
    ),
    ("compare", lambda app: isinstance(app.screen, Differences)),
]


@pytest.mark.parametrize(("words", "is_there"), PLACES, ids=[words for words, _ in PLACES])
@pytest.mark.parametrize("screen", ["1", "2", "3"])
async def test_each_kind_is_gone_to_from_any_screen_also_in_one_burst(
    screen: str, words: str, is_there: Callable[[AbduceApp], bool]
) -> None:
    async with running((120, 40)) as (app, pilot):
        send(app, screen, "ctrl+p", *words, "enter")
        await settled(app, pilot)
        assert is_there(app), screen_text(app)


async def test_lines_say_what_each_is_and_where_it_is_gone_to() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "ctrl+p")
        assert "Set plausibility" in dialog_text(app)
        assert "Find anything" in dialog_text(app)
        await press(app, pilot, *"copy")
        shown = dialog_text(app)
        lines = [line for line in shown.splitlines() if "The brain has to copy its filters" in line]
        assert "explanation" in lines[0]
        assert "on the Debate screen" in lines[0]
        assert any("command" in line and "Copy" in line for line in shown.splitlines())
        await press(app, pilot, "ctrl+u", *"the")
        assert "more; another word narrows it" in dialog_text(app)
        await press(app, pilot, *"xyzzy")
        assert "Nothing matches." in dialog_text(app)
        assert "narrows it" not in dialog_text(app)


async def test_a_comment_opens_its_thread_an_idea_the_inbox_and_a_debate_is_opened() -> None:
    async with running((120, 40)) as (app, pilot):
        with stored() as store:
            store.comment(BUNDLED, "A remark on wombats", evidence="felleman91")
            store.add_debate(Debate("wombats", "How many marsupials?"))
        await settled(app, pilot)
        while app.debate is None or not app.debate.comments:
            await pilot.pause(0.05)
        send(app, "ctrl+p", *"wombats remark", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, Thread)
        assert "A remark on wombats" in dialog_text(app)
        await press(app, pilot, "escape")
        first, *_, last = app.debate.ideas.values()
        send(app, "ctrl+p", *first.title, "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, InboxScreen)
        assert app.screen.target.idea == first.number
        await press(app, pilot, "slash", *"qqq", "enter")
        assert not app.screen.target.idea
        send(app, "ctrl+p", *last.title, "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, InboxScreen)
        assert app.screen.target.idea == last.number
        send(app, "ctrl+p", *"marsupials", "enter")
        await settled(app, pilot)
        assert app.debate.slug == "wombats"


async def test_what_another_process_removes_meanwhile_is_told() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "ctrl+p", *"felleman")
        assert isinstance(app.screen, FinderDialog)
        row = app.screen.query_one(ChoiceList).current
        assert row is not None
        with DebateStore.open() as store:
            store.remove_evidence(BUNDLED, "felleman91", expected=ANYTHING, along=True)
        while app.real is None or "felleman91" in app.real.evidence:
            await pilot.pause(0.05)
        await press(app, pilot, "enter")
        assert toasts(app)[-1] == f"The evidence “{row.name}” is not there any more"


async def test_evidence_is_gone_to_although_the_rows_were_narrowed_to_others() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "2", "slash", *"imagen", "enter")
        send(app, "ctrl+p", *"distributed hierarchical", "enter")
        await caught_up(app)
        await settled(app, pilot)
        assert on_matrix("felleman91")(app)


async def test_before_a_debate_is_there_commands_are_found() -> None:
    app = AbduceApp()
    app.animation_level = "none"
    async with app.run_test(size=(80, 24)) as pilot:
        send(app, "ctrl+p", *"theme", "enter")
        while app.estimates is None:
            await pilot.pause(0.02)
        await settled(app, pilot)
        assert "textual-dark" in dialog_text(app)


async def test_a_cluster_of_one_finding_is_gone_to_and_what_is_searched_stays() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "2", "slash", *"language", "enter", "ctrl+p", *"lm-vs-human", "enter")
        assert isinstance(app.screen, MatrixScreen)
        assert app.debate is not None
        assert app.debate.evidence[app.screen.target.evidence].cluster == "lm-vs-human"
        assert "language" in screen_text(app)


async def test_a_command_that_can_do_nothing_says_why() -> None:
    DebateStore.open(first=lambda: Debate("empty", "Empty?")).close()
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "ctrl+p", *"adopt", "enter")
        assert toasts(app)[-1].startswith("A (Adopt what the evidence says) works on an explanation")
