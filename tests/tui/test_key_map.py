"""Keys of one's own: what the settings may give to commands, and that every hint follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.problems import Malformed
from tests.tui.running import dialog_text, press, running, screen_text, toasts
from tui.command_keys import bound_to, key_of, with_keys
from tui.commands import COMMANDS, SCREENS, commands_on, give_keys
from tui.debate.screen import DebateScreen
from tui.key_map import FIXED, key_map
from tui.matrix.screen import MatrixScreen
from tui.terminal.key_names import parse_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("b", "b"),
        ("B", "B"),
        ("shift+b", "B"),
        ("?", "question_mark"),
        ("+", "plus"),
        ("Ctrl+B", "ctrl+b"),
        ("ctrl++", "ctrl+plus"),
        ("F2", "f2"),
        ("Esc", "escape"),
        ("space", "space"),
        ("comma", "comma"),
        ("é", "é"),
        ("shift+up", "shift+up"),
        ("ctrl+i", "tab"),  # what a terminal sends for it
        ("ctrl+[", "escape"),
    ],
)
def test_keys_are_read_as_people_write_them(written: str, key: str) -> None:
    assert parse_key(f" {written} ") == key


@pytest.mark.parametrize("written", ["", "hyper+x", "adopt", "ctrl+", "shift+?", "a b", "\x1b", "f99"])
def test_what_is_no_key_is_refused(written: str) -> None:
    with pytest.raises(Malformed, match="expected one such as"):
        parse_key(written)


def test_a_command_may_have_other_keys_several_or_none() -> None:
    assert key_map({"adopt": "b", "sort": "f5, ctrl+o", "fold": ""}) == (
        {"adopt": ("b",), "sort": ("f5", "ctrl+o"), "fold": ()},
        [],
    )


def test_two_commands_may_change_keys_and_a_key_that_was_given_away_is_free() -> None:
    assert key_map({"add": "e", "edit": "a"}) == ({"add": ("e",), "edit": ("a",)}, [])
    assert key_map({"adopt": "s", "sort": ""}) == ({"adopt": ("s",), "sort": ()}, [])


def test_commands_of_different_screens_may_have_the_same_key() -> None:
    assert key_map({"tick": "s"}) == ({"tick": ("s",)}, [])  # s sorts on the Matrix, space ticks on Numbers


@pytest.mark.parametrize(
    ("given", "warning"),
    [
        ({"adopt": "s"}, 'adopt cannot have s: sort (Sort) has it; give that another key, or none (sort = "")'),
        ({"adopt": "0"}, "adopt cannot have 0: rate_neutral (Rate neutral) has it"),
        ({"adopt": "2"}, "adopt cannot have 2: show_matrix (Matrix) has it"),
        ({"adopt": "j"}, "adopt cannot have j: it moves, opens or leaves everywhere"),
        ({"help": "ctrl+c"}, "help cannot have ctrl+c: it moves, opens or leaves everywhere"),
        ({"put_back": "b"}, "put_back cannot have b: it would be taken away from every field"),
        ({"edit": "b"}, "edit cannot have b: it does something else in a box where both work"),
        ({"palette": ""}, "palette: found no key; expected at least one"),
        ({"adopt": "ctrl+"}, "adopt: found the key 'ctrl+'; expected one such as"),
        ({"adobt": "b"}, "there is no command 'adobt'; did you mean 'adopt'?"),
    ],
)
def test_what_cannot_be_given_is_told_and_the_command_keeps_its_own_key(given: dict[str, str], warning: str) -> None:
    keys, warnings = key_map(given)
    (told,) = warnings
    assert told.startswith(f"[keys]: {warning}")
    assert all(each == tuple(COMMANDS[name].keys.split(",")) for name, each in keys.items())


def test_of_two_that_are_given_one_key_the_first_keeps_it() -> None:
    keys, (warning,) = key_map({"sort": "b", "filter": "b"})
    assert keys == {"sort": ("b",), "filter": ("f",)}
    assert warning.startswith("[keys]: filter cannot have b: sort (Sort) has it")


def test_one_whose_own_key_is_given_away_meanwhile_has_none_and_that_is_told() -> None:
    keys, warnings = key_map({"adopt": "f", "filter": "s"})
    assert keys == {"adopt": ("f",), "filter": ()}
    assert warnings[-1] == "[keys]: filter has no key now; ctrl+p finds it"


def test_ctrl_q_always_leaves() -> None:
    assert key_map({"leave": "b"}) == ({"leave": ("b", "ctrl+q")}, [])
    assert key_map({"leave": ""}) == ({"leave": ("ctrl+q",)}, [])


SOME_KEYS = st.lists(st.sampled_from([*"abemsxZ0?+", "f5", "ctrl+o", "j", "esc", "nokey", ""]), max_size=3)


@given(st.dictionaries(st.sampled_from([*COMMANDS, "adobt"]), SOME_KEYS.map(",".join), max_size=8))
def test_whatever_is_given_no_key_does_two_things_on_a_screen(given: dict[str, str]) -> None:
    keys, _ = key_map(given)
    held = {name: keys.get(name, tuple(one.keys.split(","))) for name, one in COMMANDS.items()}
    always = [name for name in COMMANDS if COMMANDS[name].needs == "" or COMMANDS[name].group == "Screens"]
    for screen in SCREENS:
        here = {*(one.id for one in commands_on(screen)), *always}
        every = [key for name in here for key in held[name]]
        assert len(every) == len(set(every)), screen
    for name in keys:
        assert set(keys[name]) & FIXED <= set(COMMANDS[name].keys.split(","))
    assert held["palette"]


@pytest.fixture
def remapped(home: Path) -> None:
    (home / "settings.toml").write_text(
        '[keys]\nadd = "b"\nadopt = "f5"\nsort = ""\nrate_for = "o,plus"\nopen_debate = "f6"\nadd_evidence = "f7"\n'
        'move_up = "f12"\nshow_matrix = "f11"\nedit = "B"\nnext_view = "greater_than_sign"\n',
        encoding="utf-8",
    )


async def test_a_key_of_ones_own_does_what_the_command_does_and_the_old_one_nothing(remapped: None) -> None:
    async with running((120, 40)) as (app, pilot):
        assert toasts(app) == []
        await press(app, pilot, "a")
        assert isinstance(app.screen, DebateScreen)
        await press(app, pilot, "b")
        assert "A new explanation" in dialog_text(app)
        await press(app, pilot, "escape", "f11")
        assert isinstance(app.screen, MatrixScreen)
        await press(app, pilot, "o")  # on the row of a cluster: goes to its first item
        cell = app.screen.grid.at
        assert cell is not None
        await press(app, pilot, "delete", "o")
        assert app.debate is not None
        rating = app.debate.evidence[cell[0]].assessments[cell[1]]
        assert rating.ratio == 3


async def test_hints_follow(remapped: None) -> None:
    async with running((160, 40)) as (app, pilot):
        shown = screen_text(app)
        for hint in (" b Explanation", " f12/J Rank", " f7 Evidence", "f5 adopt", "f11 Matrix"):
            assert hint in shown, hint
        assert shown.index(" f12/J Rank") < shown.index(" b Explanation") < shown.index("/ Find")  # where they stood
        await press(app, pilot, "question_mark", "slash", *"add", "space", *"rival")
        assert f"  {'b':<16}Add an explanation" in screen_text(app)
        await press(app, pilot, "escape", "escape", "s")
        assert toasts(app) == []
        await press(app, pilot, "f11", "s")
        assert isinstance(app.screen, MatrixScreen)
        assert "s Sort" not in screen_text(app)
        assert "o - 0 Rate" in screen_text(app)


async def test_a_command_without_a_key_is_found_by_its_name(remapped: None) -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "f11", "ctrl+p", *"order of the rows", "enter")
        assert "Diagnosticity" in dialog_text(app) or "diagnos" in dialog_text(app)


async def test_a_clash_is_told_at_the_start(home: Path) -> None:
    (home / "settings.toml").write_text('[keys]\nadopt = "s"\n', encoding="utf-8")
    async with running((120, 40)) as (app, _):
        (told,) = toasts(app)
        assert told.startswith("[keys]: adopt cannot have s: sort (Sort) has it")
        assert "A adopt" in screen_text(app)


def test_texts_and_boxes_have_the_keys_of_now() -> None:
    give_keys({"add": ("f5",), "sort": ()})
    try:
        assert with_keys("press {add} to add one, {sort} sorts {this}") == "press f5 to add one, ctrl+p sorts {this}"
        assert key_of("copy") == "y"
        assert bound_to("add", "add").id == "add"
    finally:
        give_keys({})
    assert with_keys("{add}") == "a"
