"""Every command of every screen through a real terminal, with what follows it in the same write."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from benchmarks.terminal import Terminal
from hypotheses.reports.debate_json import debate_json
from store.debate_store import DebateStore
from tests.end_to_end.tmux import ROOT
from tui import commands
from tui.commands import Command

ESC, ENTER, SAVE, DOWN, TAB = "\x1b", "\r", "\x13", "\x1b[B", "\t"
HOME: Final = ESC * 4 + "1g"
"""Back to the first explanation of the ranking, from anywhere."""
BUNDLED: Final = "vision-efficiency"

COMMON: Final[Mapping[str, str]] = {
    "plausibility": f"jjjp25%{ENTER}",
    "move_up": "jjKj",
    "move_down": f"jJkp7%{ENTER}",
    "adopt": "jjAy",
    "differences": f"=jAy{ESC}",
    "add_hypothesis": f"aA rival{TAB}It says so.{TAB}30%{TAB}40%{SAVE}",
    "edit": f"je, really{SAVE}",
    "edit_statement": f"jEjp12%{ENTER}",
    "add_evidence": f"n{TAB}A finding{SAVE}",
    "attach_evidence": f"jt{ENTER}++{ENTER}",
    "view_evidence": f"]{ENTER}{DOWN}I{ESC}D",
    "weigh": f"]{ENTER}{DOWN}Clow{ENTER}",
    "retract": f"]{ENTER}{DOWN}D{DOWN}D",
    "comment": f"jw31%{SAVE}{ESC}",
    "comment_rating": f"]{ENTER}Wof its rating{SAVE}{ESC}",
    "people": f"Pp9%{ENTER}",
    "settle": f"jSfalse{ENTER}",
    "reckoning": f"R{ESC}jp8%{ENTER}",
    "submit_idea": f"iAn idea{TAB}of a reader{SAVE}",
    "export": f"xout.md{ENTER}",
    "copy": f"jyp26%{ENTER}",
    "convention": f"cauth{ENTER}",
    "undo": "jKu",
    "redo": "jKuU",
    "cruxes": f"X{ENTER}{SAVE}",
}
DEBATE: Final[Mapping[str, str]] = {
    **COMMON,
    "next_view": f"]{ENTER}{DOWN}wof the second{SAVE}{ESC}",
    "previous_view": f"{ENTER}]]]{ENTER}[[{ENTER}wof an item{SAVE}{ESC}",
    "search": f"/scal{ENTER}w{SAVE}found{SAVE}",
}
MATRIX: Final[Mapping[str, str]] = {
    "rate_for": "2j++",
    "rate_against": "2jj--",
    "rate_neutral": "2jjj0",
    "rate_not_applicable": "2jjjj*",
    "clear_rating": "2jl\x7f",
    "step_on": "2..+",
    "direction": "2d++dj-",
    "sort": f"2sdate{ENTER}j+",
    "filter": "2ff+",
    "search": f"2/image{ENTER}j+",
    "schemes": f"2M{ESC}j+",
    "plausibility": f"2lp41%{ENTER}j+",
    "move_up": "2lKj+",
    "move_down": "2lJj+",
    "adopt": "2llAyj+",
    "differences": f"2=A{ENTER}{ESC}+",
    "add_hypothesis": f"2aA second rival{TAB}It too.{TAB}30%{TAB}20%{SAVE}j+",
    "edit": f"2je, edited{SAVE}j+",
    "edit_statement": "2lEj+",
    "add_evidence": f"2n{TAB}Another finding{SAVE}+",
    "attach_evidence": f"2lt{ENTER}0{ENTER}j+",
    "view_evidence": f"2jI{ESC}j-",
    "weigh": f"2jClow{ENTER}j+",
    "retract": "2jjDj+",
    "comment": f"2jwwords{SAVE}{ESC}+",
    "comment_rating": f"2Wof a cell{SAVE}{ESC}+",
    "people": f"2P{ESC}j+",
    "settle": f"2lSopen{ENTER}j+",
    "reckoning": f"2R{ESC}j+",
    "submit_idea": f"2iFrom the matrix{SAVE}j+",
    "export": f"2xmatrix.md{ENTER}j+",
    "copy": "2yj+",
    "convention": f"2cpost{ENTER}j+",
    "undo": "2+ju",
    "redo": "2l+juU",
    "cruxes": f"2X{ENTER}{SAVE}",
}
NUMBERS: Final[Mapping[str, str]] = {
    "undo": f"3e1.1B{ENTER}u",
    "redo": f"3e1.2B{ENTER}uU",
    "edit": f"3je1.3B{ENTER}je1.4B{ENTER}",
    "reading": f"3jr{DOWN}{ENTER}",
    "model": f"3m{DOWN}{ENTER}",
    "tick": f"3{TAB}{TAB} j {ESC}jp6%{ENTER}",
    "next_view": f"3]]e1.5B{ENTER}",
    "previous_view": f"3e1.6B{ENTER}[e1.7B{ENTER}",
    "convention": f"3cauth{ENTER}",
    "cruxes": f"3X{ENTER}{SAVE}",
    "plausibility": f"3{TAB}{TAB}jp27%{ENTER}",
}
TIMELINE: Final[Mapping[str, str]] = {
    "undo": "jJ5u",
    "redo": "jJ5uU",
    "date_before": f"5hhh{ENTER}D{ESC}",
    "date_after": f"5hhl{ENTER}{ESC}{ESC}jp5%{ENTER}",
    "next_view": f"5]{ESC}jp4%{ENTER}",
    "previous_view": f"5][{ESC}jp3%{ENTER}",
    "scale": f"5%{ESC}jp2%{ENTER}",
    "across": f"5T{ESC}jp11%{ENTER}",
    "undo_to": f"jKJ5{TAB}{TAB}jjzy",
    "convention": f"5cauth{ENTER}",
    "cruxes": f"5X{ENTER}{SAVE}",
    "plausibility": f"5p{ESC}jp28%{ENTER}",
}
APP: Final[Mapping[str, str]] = {
    "show_debate": f"21jp13%{ENTER}",
    "show_matrix": "2351",
    "show_numbers": f"32351jjjp14%{ENTER}",
    "show_timeline": f"51jp15%{ENTER}",
    "help": f"?{ESC}jp16%{ENTER}",
    "palette": f"\x10set plaus{ENTER}17%{ENTER}",
    "open_debate": f"ovision{ENTER}jp18%{ENTER}",
    "theme": f"\x1b[20~text{ESC}jp19%{ENTER}",
    "leave": "",  # nothing could be compared after it; see test_terminal.py
}
TRYING: Final[Mapping[str, str]] = {
    "put_back": f"X{ENTER}{ESC}jp21%{ENTER}",
    "keep_tried": f"X]{DOWN}{ENTER}{SAVE}",
}
TABLES: Final[Sequence[tuple[Sequence[Command], Mapping[str, str]]]] = (
    (commands.commands_on("debate"), DEBATE),
    (commands.commands_on("matrix"), MATRIX),
    (commands.SCREENS["numbers"], NUMBERS),
    (commands.SCREENS["timeline"], TIMELINE),
    (commands.APP, APP),
    (commands.TRYING, TRYING),
)
LAST: Final = f"ithe end{SAVE}"


@pytest.mark.parametrize("place", range(len(TABLES)))
def test_every_command_is_among_them(place: int) -> None:
    known, typed = TABLES[place]
    here = {command.id for command in known}
    everywhere = {command.id for command in commands.COMMON}  # some on these screens too, beside all of their own
    assert here <= set(typed) <= here | everywhere


def keys_of(text: str) -> list[str]:
    """Part what is typed into keys."""
    keys: list[str] = []
    while text:
        length = next((len(each) for each in (DOWN, "\x1b[20~") if text.startswith(each)), 1)
        keys.append(text[:length])
        text = text[length:]
    return keys


def typed_into(home: Path, writes: Sequence[str]) -> None:
    """Start the program in a folder of its own, type, and wait until the last of it is stored."""
    home.mkdir()
    os.chdir(home)
    environment = {
        **os.environ,
        "ABDUCE_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "VISUAL": "sed -i s/the/The/",
    }
    with _crash_told(home / "crash.log"), Terminal([sys.executable, "-m", "tui"], environment, (80, 24)) as terminal:
        shown = b""
        terminal.wait_for(b"opening", seconds=60)  # before that the terminal itself takes ctrl+s
        for keys in writes:
            terminal.send(keys.encode())
            # Another write is not typed ahead of $EDITOR: the terminal is not the app's until that has ended.
            quiet = 2.0 if "E" in keys else 0.01
            shown = b"".join(part for _, part in terminal.read_until_quiet(quiet=quiet, seconds=60)) or shown
        deadline = time.monotonic() + 240
        while not (home / "abduce.db").exists() or not _ended(home):
            assert time.monotonic() < deadline, f"it did not come to an end; on screen: {shown[-2000:]!r}"
            shown = b"".join(part for _, part in terminal.read_until_quiet(quiet=0.2, seconds=60)) or shown


@contextmanager
def _crash_told(log: Path) -> Iterator[None]:
    """Fail with what the program wrote down when it ended by itself."""
    try:
        yield
    except EOFError as ended:
        raise AssertionError(log.read_text(encoding="utf-8") if log.exists() else str(ended)) from ended


def _ended(home: Path) -> bool:
    with DebateStore.open(str(home / "abduce.db")) as store:
        return any(idea.title == "the end" for idea in store.load(BUNDLED).ideas.values())


def came_of_it(home: Path) -> tuple[list[str], str]:
    with DebateStore.open(str(home / "abduce.db")) as store:
        labels = [entry.label for entry in reversed(store.history(BUNDLED, limit=10_000))]
        return labels, debate_json(store.load(BUNDLED))


@pytest.mark.terminal
@pytest.mark.parametrize("place", range(len(TABLES)))
def test_one_write_does_what_its_keys_do_one_by_one(
    place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bursts = [f"{keys}{HOME}" for keys in TABLES[place][1].values()]
    typed_into(tmp_path / "slow", [key for burst in (*bursts, LAST) for key in keys_of(burst)])
    typed_into(tmp_path / "fast", [*bursts, LAST])
    slow, fast = came_of_it(tmp_path / "slow"), came_of_it(tmp_path / "fast")
    assert fast[0] == slow[0]
    # Times of ideas and comments aside.
    assert _timeless(fast[1]) == _timeless(slow[1])
    assert (tmp_path / "fast" / "out.md").exists() == (tmp_path / "slow" / "out.md").exists() == (place == 0)


def _timeless(report: str) -> list[str]:
    return [line for line in report.splitlines() if '"at":' not in line and '"received":' not in line]
