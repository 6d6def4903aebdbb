"""A debate of one's own in a real terminal, from a blank page to the post; and by mouse up to the first figure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.debate_store import DebateStore
from tests.end_to_end.tmux import Tmux, needs_tmux

pytestmark = [pytest.mark.terminal, needs_tmux]
QUESTION = "How many piano tuners are there in Chicago?"
SLUG = "how-many-piano-tuners-are-there-in-chicago"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Tmux]:
    pane = Tmux(tmp_path, (110, 36))
    pane.start()
    pane.wait_for("puzzle 2.05")
    yield pane
    pane.close()


def fill_in(terminal: Tmux, title: str, *typed: str) -> None:
    """Fill in the form that is open: a text for each field from the first on, with nothing for those to leave."""
    terminal.wait_for(title)
    for place, text in enumerate(typed):
        if place:
            terminal.keys("Tab")
        if text:
            terminal.type(text)
    terminal.keys("C-s")
    terminal.wait_gone(f"╭─ {title}")


def test_the_piano_tuners_are_made_from_blank_with_keys_alone(terminal: Tmux, tmp_path: Path) -> None:
    terminal.keys("o")
    terminal.wait_for("New debate …")
    terminal.type("new debate")
    terminal.keys("Enter")
    fill_in(terminal, "New debate", QUESTION)
    terminal.wait_for("press a to add the first")
    # The numbers that are ascribed to Fermi, and the 83 tuners of the yellow pages.
    terminal.keys("3")
    terminal.wait_for("no quantities yet")
    for label, value in (
        ("People", "3M"),
        ("Pianos per person", "0.05"),
        ("Tunings a year", "1"),
        ("Pianos a tuner tunes", "1,000"),
        ("Listed", "83"),
        ("Wanted", "= people * pianos_per_person * tunings_a_year / pianos_a_tuner_tunes"),
    ):
        terminal.keys("a")
        fill_in(terminal, "A new quantity", label, "", "", "", value)
        terminal.wait_for(f"added the quantity '{label.lower().replace(' ', '_')}'")
    # Three million times 0.05, over a thousand: 150 tuners are wanted.
    terminal.wait_for("150  = people")
    # 150 over 83 is 1.81 times, 0.26 orders of magnitude.
    terminal.keys("Tab", "a")
    fill_in(terminal, "A new gap", "Wanted over listed", "", "wanted / listed")
    terminal.wait_for("Wanted over listed 0.26 OOM")
    terminal.keys("1")
    terminal.wait_for("press a to add the first")
    terminal.keys("a")
    terminal.wait_for("A new explanation")
    terminal.type("Most pianos are seldom tuned")
    terminal.keys("Tab", "Tab", "Tab")
    terminal.type("60%")
    terminal.keys("Tab", "Enter", "Tab", "Tab")
    terminal.type("tunings_a_year = tunings_a_year * part")
    terminal.keys("Tab")
    terminal.type("part = 0.5")
    # Half of them are 75 over 83: -0.04 orders of magnitude.
    terminal.wait_for("if it is true 0.26 OOM → −0.04 OOM")
    terminal.keys("C-s")
    terminal.wait_for("1 Most pianos are seldom tuned")
    for place, (title, plausibility) in enumerate(
        (("Many tuners are not listed", "50%"), ("Many listings are the same tuner twice", "40%")), 2
    ):
        terminal.keys("a")
        fill_in(terminal, "A new explanation", title, "", "", plausibility)
        terminal.wait_for(f"{place} {title}")
    # Evidence, with a rating for the third explanation.
    terminal.keys("n")
    fill_in(
        terminal,
        "New evidence",
        "",
        "Many of the 83 listings were duplicates",
        "Several numbers.",
        "",
        "",
        "",
        "",
        "++",
    )
    terminal.wait_for("added the evidence")
    # 40% is odds of 2:3; ten times that is 20:3, 87%.
    assert "87" in next(line for line in terminal.wait_for("evidence puts").splitlines() if "same tuner" in line)
    # The post.
    terminal.keys("x")
    terminal.wait_for("enter writes it")
    terminal.keys("C-u")
    terminal.type(str(tmp_path / "post.md"))
    terminal.wait_for("Markdown post to")
    terminal.keys("Enter")
    terminal.wait_for("Exported to")
    post = (tmp_path / "post.md").read_text(encoding="utf-8")
    assert post.startswith(f"# {QUESTION}")
    assert "stands at 0.26 orders of magnitude (OOM), a factor of 1.81" in post
    assert "60%; no evidence bears on it yet; leaves −0.04 of 0.26 OOM." in post
    assert "3.) **Many listings are the same tuner twice.**" in post
    assert "the evidence says 87%" in post
    terminal.keys("q")
    with DebateStore.open(str(tmp_path / "abduce.db")) as store:
        debate = store.load(SLUG)
    assert list(debate.hypotheses["most-pianos-are-seldom-tuned"].effects) == ["tunings_a_year"]
    assert debate.gaps["wanted_over_listed"].headline


def click(terminal: Tmux, words: str, times: int = 1) -> None:
    """Press the mouse where these words stand."""
    lines = terminal.wait_for(words).splitlines()
    row, column = next((y, line.index(words)) for y, line in enumerate(lines) if words in line)
    for _ in range(times):
        for end in "Mm":
            terminal.type(f"\x1b[<0;{column + 2};{row + 1}{end}")


def test_the_mouse_alone_leads_from_the_first_start_to_the_first_plausibility(terminal: Tmux, tmp_path: Path) -> None:
    click(terminal, " ▾")
    click(terminal, "New debate …", times=2)
    terminal.wait_for("Start from")
    terminal.type("Will it rain tomorrow?")
    terminal.wait_for("will-it-rain-tomorrow")
    click(terminal, "Yes or no")
    click(terminal, "Create ctrl+s")
    shown = terminal.wait_for("Will it rain tomorrow? ▾")
    shown = terminal.wait_for("▌1 ")
    row = next(y for y, line in enumerate(shown.splitlines()) if line.startswith("▌1 "))
    heads = shown.splitlines()[row - 1]
    # A click on the axis at 100 points there; a click on the key keeps it.
    column = heads.index("100")
    for end in "Mm":
        terminal.type(f"\x1b[<0;{column + 2};{row + 1}{end}")
    terminal.wait_for("was 50%")
    click(terminal, "enter keep")
    terminal.wait_gone("enter keep")
    with DebateStore.open(str(tmp_path / "abduce.db")) as store:
        first = max(each.plausibility for each in store.load("will-it-rain-tomorrow").hypotheses.values())
    assert first > 0.9
