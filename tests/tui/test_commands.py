"""The table of commands: a key means one thing, and says why where it does nothing."""

from __future__ import annotations

from collections import defaultdict

import pytest
from textual.binding import Binding

from hypotheses.debate import Debate, Hypothesis
from store.debate_store import DebateStore
from tests.tui.running import press, running, screen_text, toasts
from tui import commands
from tui.actions import ACTIONS, PROGRAM
from tui.command_keys import why_not
from tui.commands import APP, SCREENS, TRYING, Command, commands_on
from tui.debate.differences import Differences
from tui.debate.screen import DebateScreen
from tui.evidence.view import EvidenceView
from tui.inbox.page import IdeaPage
from tui.matrix.grid import MatrixGrid
from tui.people.page import PeoplePage
from tui.timeline.chart import Chart
from tui.widgets.line_list import LineList

EVERY = [*(command for screen in SCREENS for command in commands_on(screen)), *APP, *TRYING]
MOVES = {"j", "k", "h", "l", "g", "G", "left", "right", "up", "down", "home", "end", "tab", "shift+tab", "enter"}
"""Keys that move in whatever has the focus, and open what the cursor is on."""


def meanings() -> dict[str, set[str]]:
    of: dict[str, set[str]] = defaultdict(set)
    for command in EVERY:
        for key in command.keys.split(","):
            of[key].add(command.id)
    return of


def test_no_key_means_two_things() -> None:
    assert len(meanings()) > 50
    assert {key: ids for key, ids in meanings().items() if len(ids) > 1} == {}


def test_no_command_has_two_keys_on_two_screens() -> None:
    keys: dict[str, set[str]] = defaultdict(set)
    for command in EVERY:
        keys[command.id].add(command.keys)
    assert {name for name, each in keys.items() if len(each) > 1} == set()


@pytest.mark.parametrize(
    "kind",
    [LineList, MatrixGrid, Chart, EvidenceView, Differences, PeoplePage, IdeaPage],
    ids=lambda kind: kind.__name__,
)
def test_the_keys_of_lists_and_pages_are_those_of_the_table(kind: type) -> None:
    own = [one for one in vars(kind)["BINDINGS"] if isinstance(one, Binding)]
    steps = {"leave('edit')": "edit", "leave('remove')": "remove"}
    for binding in own:
        does = steps.get(binding.action, binding.action.removeprefix("app.act('").removesuffix("')"))
        for key in binding.key.split(","):
            assert key in MOVES or meanings().get(key, {does}) == {does}, (key, binding.action)


def test_every_command_that_is_an_action_has_one() -> None:
    named = {command.id for command in EVERY if command.done_by == "actions"}
    assert named <= {*ACTIONS, *PROGRAM}
    assert not ACTIONS.keys() & PROGRAM.keys()


def test_the_table_gives_digits_to_screens_and_rates_by_signs() -> None:
    (to_matrix,) = meanings()["2"]
    assert to_matrix == "show_matrix"
    signs = {"plus": "rate_for", "minus": "rate_against", "0": "rate_neutral", "asterisk": "rate_not_applicable"}
    assert {key: meanings()[key] for key in signs} == {key: {name} for key, name in signs.items()}


@pytest.mark.parametrize(
    ("command", "screen", "told"),
    [
        ("tick", "debate", "space (Tick) works on the Numbers screen: press 3."),
        ("sort", "numbers", "s (Sort) works on the Matrix screen: press 2."),
        ("undo_to", "debate", "z (Undo to here) works on the Timeline screen: press 5."),
        ("weigh", "debate", "C (Weigh the evidence) works on a piece of evidence: go to one in the Evidence tab"),
    ],
)
def test_a_key_that_does_nothing_says_where_it_works(command: str, screen: str, told: str) -> None:
    assert why_not(command, screen).startswith(told)


def test_every_command_has_something_to_say_on_every_screen() -> None:
    for screen in SCREENS:
        for command in {one.id for one in EVERY} - {one.id for one in (*APP, *TRYING)}:
            assert why_not(command, screen).endswith(".")


def every_table() -> list[Command]:
    tables = [value for value in vars(commands).values() if isinstance(value, tuple)]
    return [each for table in tables for each in table if isinstance(each, Command)]


def test_no_table_is_left_out() -> None:
    assert {each.id for each in every_table()} == {each.id for each in EVERY}


async def test_where_there_is_no_explanation_yet_keys_say_so() -> None:
    DebateStore.open(first=lambda: Debate("empty", "Nothing yet?")).close()
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "p")
        assert "p (Set plausibility) works on an explanation" in screen_text(app)


async def test_e_edits_and_y_copies_what_the_cursor_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    hypothesis = Hypothesis("one", "It is the first", "It says so.", 0.6)
    DebateStore.open(first=lambda: Debate("small", "Small?", hypotheses={"one": hypothesis})).close()
    copied: list[str] = []
    async with running((120, 40)) as (app, pilot):
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        await press(app, pilot, "y")
        assert copied == ["**It is the first**: 60%, likely; the evidence says 50%\n\nIt says so."]
        assert "Copied: **It is the first**" in screen_text(app)
        await press(app, pilot, "e")
        assert "It says so." in screen_text(app)


async def test_what_works_on_evidence_works_in_the_list_of_the_debate_screen_too() -> None:
    async with running((140, 45)) as (app, pilot):
        await press(app, pilot, "tab", "tab", "D", "r")
        assert app.debate is not None
        (retracted,) = [each for each in app.debate.evidence.values() if each.retracted]
        await press(app, pilot, "e")
        assert retracted.key in screen_text(app)


async def test_arrows_say_nothing_where_there_is_nothing_beside_the_cursor() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "left", "right", "h", "l")
        assert toasts(app) == []
        await press(app, pilot, "z")
        assert toasts(app) == ["z (Undo to here) works on the Timeline screen: press 5."]


async def test_an_explanation_chosen_on_a_page_is_gone_to_from_any_screen() -> None:
    async with running((120, 40)) as (app, pilot):
        for screen in ("2", "3", "5"):
            await press(app, pilot, "1", "g", screen, "equals_sign")
            assert isinstance(app.screen, Differences), screen
            await press(app, pilot, "j", "j")
            line = app.screen.current
            assert line is not None
            await press(app, pilot, "enter")
            assert isinstance(app.screen, DebateScreen), screen
            assert app.screen.open_slug == line.hypothesis, screen
