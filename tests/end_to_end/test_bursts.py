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
from tests.exploring import EXPLORING
from tui import commands
from tui.commands import Command

ESC, ENTER, SAVE, DOWN, TAB = "\x1b", "\r", "\x13", "\x1b[B", "\t"
F3, F4, F8, F9 = "\x1bOR", "\x1bOS", "\x1b[19~", "\x1b[20~"
HOME: Final = ESC * 4 + "1g"
"""Back to the first explanation of the ranking, from anywhere."""
BUNDLED: Final = "vision-efficiency"

COMMON: Final[Mapping[str, str]] = {
    "plausibility": f"jjjp25%{ENTER}",
    "move_up": "jjKj",
    "move_down": f"jJkp7%{ENTER}",
    "adopt": "jjAy",
    "differences": f"=jAy{ESC}",
    "add": f"aA rival{TAB}It says so.{TAB}30%{TAB}40%{SAVE}",
    "edit": f"je, really{SAVE}",
    "edit_statement": f"jEjp12%{ENTER}",
    "edit_whole": f"{F4}{SAVE}jp29%{ENTER}",
    "add_evidence": f"n{TAB}A finding{SAVE}",
    "attach_evidence": f"jt{ENTER}++{ENTER}",
    "view_evidence": f"]{ENTER}{DOWN}I{ESC}Dr",
    "weigh": f"]{ENTER}{DOWN}Clow{ENTER}",
    "remove": f"]{ENTER}{DOWN}Dr{DOWN}Dy",
    "merge": f"jY{ENTER}yp12%{ENTER}",
    "edit_debate": f"O, really{SAVE}",
    "comment": f"jw31%{SAVE}{ESC}",
    "comment_rating": f"]{ENTER}Wof its rating{SAVE}{ESC}",
    "people": f"Pp9%{ENTER}",
    "settle": f"jSfalse{ENTER}",
    "reckoning": f"R{ESC}jp8%{ENTER}",
    "submit_idea": f"iAn idea{TAB}of a reader{SAVE}",
    "export": f"xout.md{ENTER}",
    "picture": f"{F8}out.svg{ENTER}",
    "copy": f"jyp26%{ENTER}",
    "convention": f"cj{ENTER}",
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
    "rate_for": "2Fjj++",
    "rate_against": "2Fjjj--",
    "rate_neutral": "2Fjjjj0",
    "rate_not_applicable": "2Fjjjjj*",
    "clear_rating": "2Fjjl\x7f",
    "step_on": "2Fj..+",
    "direction": "2Fjd++dj-",
    "sort": f"2Fjsdate{ENTER}j+",
    "filter": "2Fjff+",
    "fold": "2jZj+Z+",
    "fold_all": "2jF+F+",
    "side_by_side": "2Vjj+",
    "search": f"2/image{ENTER}j+",
    "schemes": f"2FjM{ESC}j+",
    "plausibility": f"2Fjlp41%{ENTER}j+",
    "move_up": "2FjlKj+",
    "move_down": "2FjlJj+",
    "adopt": "2FjllAyj+",
    "differences": f"2Fj=A{ENTER}{ESC}+",
    "add": f"2FjaA second rival{TAB}It too.{TAB}30%{TAB}20%{SAVE}j+",
    "edit": f"2Fjje, edited{SAVE}j+",
    "edit_statement": "2FjlEj+",
    "edit_whole": f"2Fj{F4}{ESC}j+",
    "add_evidence": f"2Fjn{TAB}Another finding{SAVE}+",
    "attach_evidence": f"2Fjlt{ENTER}0{ENTER}j+",
    "view_evidence": f"2FjjI{ESC}j-",
    "weigh": f"2FjjClow{ENTER}j+",
    "remove": "2FjjjDrj+",
    "merge": f"2FjlY{ESC}j+",
    "edit_debate": f"2FjO, really{SAVE}j+",
    "comment": f"2Fjjwwords{SAVE}{ESC}+",
    "comment_rating": f"2FjWof a cell{SAVE}{ESC}+",
    "people": f"2FjP{ESC}j+",
    "settle": f"2FjlSopen{ENTER}j+",
    "reckoning": f"2FjR{ESC}j+",
    "submit_idea": f"2FjiFrom the matrix{SAVE}j+",
    "export": f"2Fjxmatrix.md{ENTER}j+",
    "picture": f"2Fj{F8}matrix.svg{ENTER}j+",
    "copy": "2Fjyj+",
    "convention": f"2Fjc{ENTER}j+",
    "undo": "2Fj+ju",
    "redo": "2Fjl+juU",
    "cruxes": f"2FjX{ENTER}{SAVE}",
}
NUMBERS: Final[Mapping[str, str]] = {
    "undo": f"3e1.1B{ENTER}u",
    "redo": f"3e1.2B{ENTER}uU",
    "add": f"3aNew one{TAB * 4}5M{SAVE}",
    "edit": f"3je1.3B{ENTER}je1.4B{ENTER}",
    "describe": f"3jN, it is called{SAVE}",
    "remove": "3GDyK",
    "move_up": f"3jKe1.8B{ENTER}",
    "move_down": f"3J{ESC}jp9%{ENTER}",
    "reading": f"3jr{DOWN}{ENTER}",
    "model": f"3m{DOWN}{ENTER}",
    "tick": f"3{TAB}{TAB} j {ESC}jp6%{ENTER}",
    "next_view": f"3]]e1.5B{ENTER}",
    "previous_view": f"3e1.6B{ENTER}[e1.7B{ENTER}",
    "convention": f"3cj{ENTER}",
    "cruxes": f"3X{ENTER}{SAVE}",
    "plausibility": f"3{TAB}{TAB}jp27%{ENTER}",
}
TIMELINE: Final[Mapping[str, str]] = {
    "undo": "jJ5u",
    "redo": "jJ5uU",
    "date_before": f"5hhh{ENTER}Dr{ESC}",
    "date_after": f"5hhl{ENTER}{ESC}{ESC}jp5%{ENTER}",
    "next_view": f"5]{ESC}jp4%{ENTER}",
    "previous_view": f"5][{ESC}jp3%{ENTER}",
    "scale": f"5%{ESC}jp2%{ENTER}",
    "across": f"5T{ESC}jp11%{ENTER}",
    "undo_to": f"jKJ5{TAB}{TAB}jjzy",
    "convention": f"5cj{ENTER}",
    "cruxes": f"5X{ENTER}{SAVE}",
    "plausibility": f"5p{ESC}jp28%{ENTER}",
}
INBOX: Final[Mapping[str, str]] = {
    "add": f"4jaExplained{SAVE}" + ESC * 2,
    "merge": f"4jjY{ENTER}",
    "remove": f"4jDNot here.{SAVE}",
    "mark": f"4Llater{ENTER}",
    "tick": f"4  Llater{ENTER}u",
    "filter": f"4ffjLnew{ENTER}",
    "search": f"4/energy{ENTER}Lunclear{ENTER}{ESC}",
    "next_view": f"4]Lnew{ENTER}",
    "previous_view": f"4[[{ESC}jp31%{ENTER}",
    "submit_idea": f"4iFrom the inbox{SAVE}Lunclear{ENTER}",
    "undo": f"4jLlater{ENTER}u",
    "redo": f"4jLlater{ENTER}uU",
}
APP: Final[Mapping[str, str]] = {
    "show_debate": f"21jp13%{ENTER}",
    "show_matrix": "2351",
    "show_numbers": f"32351jjjp14%{ENTER}",
    "show_inbox": f"41jp32%{ENTER}",
    "show_timeline": f"51jp15%{ENTER}",
    "help": f"?{ESC}jp16%{ENTER}",
    "palette": f"\x10set plaus{ENTER}17%{ENTER}",
    "open_debate": f"ovision{ENTER}jp18%{ENTER}",
    "theme": f"{F9}text{ESC}jp19%{ENTER}",
    "first_steps": f"{F3}{F3}jp20%{ENTER}",
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
    (commands.SCREENS["inbox"], INBOX),
    (commands.SCREENS["timeline"], TIMELINE),
    (commands.APP, APP),
    (commands.TRYING, TRYING),
)
LAST: Final = f"ithe end{SAVE}"
TWICE: Final = frozenset(COMMON) & frozenset(MATRIX) if not EXPLORING else frozenset()
"""What does the same on the Matrix as on the Debate screen: it is typed there too only where more is explored."""


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
        length = next((len(each) for each in (DOWN, F3, F4, F8, F9) if text.startswith(each)), 1)
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
        # Two words, which no name in a file has.
        "VISUAL": "sed -i 's/of the/of The/'",
    }
    with _crash_told(home / "crash.log"), Terminal([sys.executable, "-m", "tui"], environment, (80, 24)) as terminal:
        shown = b""
        terminal.wait_for(b"opening", seconds=60)  # before that the terminal itself takes ctrl+s
        for keys in writes:
            terminal.send(keys.encode())
            # Another write is not typed ahead of $EDITOR: the terminal is not the app's until that has ended.
            quiet = 4.0 if "E" in keys or F4 in keys else 0.01
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
    # The way back from each is one write in both: the four times esc of it took a third of the time.
    table = TABLES[place][1]
    typed = [keys for command, keys in table.items() if table is not MATRIX or command not in TWICE]
    bursts = [f"{keys}{HOME}" for keys in typed]
    slowly = [write for keys in typed for write in (*keys_of(keys), HOME)]
    typed_into(tmp_path / "slow", [*slowly, *keys_of(LAST)])
    typed_into(tmp_path / "fast", [*bursts, LAST])
    slow, fast = came_of_it(tmp_path / "slow"), came_of_it(tmp_path / "fast")
    assert fast[0] == slow[0]
    # Times of ideas and comments, and what each sender asks by, aside.
    assert _timeless(fast[1]) == _timeless(slow[1])
    assert (tmp_path / "fast" / "out.md").exists() == (tmp_path / "slow" / "out.md").exists() == (place == 0)


def _timeless(report: str) -> list[str]:
    own = ('"at":', '"received":', '"reference":')
    return [line for line in report.splitlines() if not line.lstrip().startswith(own)]
