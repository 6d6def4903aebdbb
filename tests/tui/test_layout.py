"""What is in sight at every size, and with debates that lack something."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from textual.content import Content

from hypotheses.debate import Assessment, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.estimates import estimate
from hypotheses.ranking import ranked
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from tests.tui.bursts import burst, resize
from tests.tui.running import box_text, caught_up, fault, one_line, press, running, screen_text, send, settled
from tui.app import AbduceApp
from tui.debate.ranking import RankingRows
from tui.dialogs.message import Page
from tui.session import State
from tui.widgets.key_line import KeyLine

pytestmark = pytest.mark.painted

SIZES = [(40, 12), (80, 24), (110, 30), (140, 45), (200, 60)]
NAMES = [f"{width}x{height}" for width, height in SIZES]


def explanations(count: int) -> dict[str, Hypothesis]:
    """Titles "Explanation 1" … in the order of the ranking; the first moves a number."""
    made = [
        Hypothesis(f"h{n}", f"Explanation {n}", plausibility=0.9 - n / 100, position=n, effects={})
        for n in range(count)
    ]
    if made:
        made[0] = replace(made[0], effects={"size": "size / 10"})
    return {each.slug: replace(each, title=f"Explanation {n}") for n, each in enumerate(made, 1)}


WHOLE = Debate(
    "whole",
    "A whole debate",
    quantities={"size": Quantity("size", "The size", "kg", {"value": Reading("10 to 1000")})},
    gaps={"gap": Gap("gap", "size", "The gap", headline=True), "twice": Gap("twice", "2 * size", unit="kg")},
    hypotheses=explanations(3),
    evidence={"paper": Evidence("paper", "A paper", assessments={"h0": Assessment(3.0)})},
)
LACKING = {
    "nothing at all": Debate("whole", "A whole debate"),
    "no explanations": replace(WHOLE, hypotheses={}, evidence={}),
    "no gaps": replace(WHOLE, gaps={}),
    "no quantities": replace(WHOLE, quantities={}, gaps={}, hypotheses={"h0": Hypothesis("h0", "Explanation 1")}),
    "no evidence": replace(WHOLE, evidence={}),
    "thirty explanations": replace(WHOLE, hypotheses=explanations(30)),
    "exclusive": replace(
        WHOLE,
        mode="exclusive",
        hypotheses={h.slug: replace(h, plausibility=0.2) for h in WHOLE.hypotheses.values()},
    ),
}


def lines(app: AbduceApp) -> list[str]:
    return screen_text(app).splitlines()


def footer(app: AbduceApp) -> str:
    """Return the words of the footer."""
    return lines(app)[app.screen.query_one(KeyLine).region.y]


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_the_ranking_and_the_keys_are_in_sight(size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        assert app.debate is not None
        order = ranked(app.debate)
        text = screen_text(app)
        # On 40 columns a title has room for eight letters beside its figures.
        beginnings = [f"{rank} {each.title[: 5 if size[0] < 80 else 18]}" for rank, each in enumerate(order, 1)]
        missing = [beginning for beginning in beginnings if beginning not in text]
        assert not missing, text
        assert [text.index(beginning) for beginning in beginnings] == sorted(map(text.index, beginnings))
        assert "Plausibility" in footer(app)
        assert "Why are vi" in lines(app)[0]
        if size[0] >= 80:
            assert "The puzzle 2.05" in text
        await press(app, pilot, *["right_square_bracket"] * 5)
        assert fault(app) is None


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (140, 45)], ids=["40x12", "80x24", "140x45"])
async def test_the_title_of_every_dialog_and_its_keys_are_in_sight(size: tuple[int, int]) -> None:
    titles = {"n": "New evidence", "i": "An idea", "t": "Evidence to rate", "?": "Keys"}
    if size[1] >= 24:
        titles["x"] = "Export"
    async with running(size) as (app, pilot):
        for key, title in titles.items():
            await burst(app, pilot, key)
            assert title in screen_text(app)
            # The line of keys may break on a narrow screen; that of a form is the last of the screen.
            assert "esc back" in box_text(app) or "esc Back" in lines(app)[-1]
            await burst(app, pilot, "escape")


@pytest.mark.parametrize("name", LACKING)
async def test_a_debate_that_lacks_something_is_shown_and_every_key_is_safe(name: str) -> None:
    debate = LACKING[name]
    DebateStore.open(first=lambda: debate).close()
    async with running((80, 24)) as (app, pilot):
        for size in [(80, 24), (140, 45), (40, 12)]:
            await pilot.resize_terminal(*size)
            assert "Plausibility" in footer(app) or name in ("nothing at all", "no explanations")
            for _ in range(5):
                send(app, "]")
                await caught_up(app)
        resize(app, 120, 40)
        for key in ("p", "K", "J", "a", "e", "O", "D", "Y", "n", "t", "i", "c", "u", "U", "/", "x", "j", "G", "v"):
            send(app, key)
            await caught_up(app)
            send(app, "enter" if key in "vt" else "tab", "escape", "escape")
            await caught_up(app)
            assert fault(app) is None, key
        await settled(app, pilot)
        assert fault(app) is None
        assert app.is_running


async def test_a_new_debate_says_which_key_begins_it() -> None:
    DebateStore.open(first=lambda: LACKING["nothing at all"]).close()
    async with running((80, 24)) as (app, _):
        assert "No explanations yet: press a to add the first." in screen_text(app)
        assert "gap" not in screen_text(app)  # no headline before there is one


async def test_the_last_of_thirty_explanations_is_reached_and_moved() -> None:
    DebateStore.open(first=lambda: LACKING["thirty explanations"]).close()
    async with running((80, 24)) as (app, pilot):
        assert "1 Explanation 1 " in screen_text(app)
        await press(app, pilot, "G")
        assert "30 Explanation 30" in screen_text(app)
        await press(app, pilot, "K")
        assert "29 Explanation 30" in screen_text(app)
        current = app.screen.query_one(RankingRows).current
        assert current is not None
        assert current.hypothesis.title == "Explanation 30"


async def test_an_exclusive_debate_shows_what_none_of_these_takes() -> None:
    DebateStore.open(first=lambda: LACKING["exclusive"]).close()
    async with running((80, 24)) as (app, _):
        # Three explanations of 20% leave 40%.
        assert "none of these 40%" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
async def test_a_gap_that_cannot_be_computed_is_told_and_the_others_are_shown(size: tuple[int, int]) -> None:
    DebateStore.open(first=lambda: WHOLE).close()
    # The store refuses this formula; a debate of an older program, or of another one, may have it.
    broken = replace(WHOLE, gaps={**WHOLE.gaps, "gap": Gap("gap", "1 / (size - size)", "The gap", headline=True)})
    async with running(size) as (app, pilot):
        app.take(State(broken, estimate(broken), 1))
        await settled(app, pilot)
        assert "The gap cannot be computed" in screen_text(app)
        assert "Explanation 1" in screen_text(app)
        await press(app, pilot, *["right_square_bracket"] * (2 if size[0] < 110 else 1))
        text = one_line(app)
        assert "The headline gap cannot be computed." in text
        assert "divisor can be zero" in text
        # The other gap: 2 * sqrt(10 * 1000) = 200 kg, a tenth of it if the first explanation is true.
        assert "200" in text
        assert fault(app) is None


async def test_a_dialog_is_no_higher_than_what_it_says() -> None:
    async with running((80, 24)) as (app, pilot):
        app.push_screen(Page("A page", Content("one line")))
        await settled(app, pilot)
        # A frame, the line, a blank line and the keys.
        assert app.screen.query_one("#box").outer_size.height == 2 + 1 + 1 + 1


@pytest.mark.parametrize(
    ("screen", "heads"),
    [("1", ("Explanations", "Statement", "Evidence")), ("5", ("Implied by the evidence", "As of", "Journal"))],
    ids=["debate", "timeline"],
)
async def test_the_rule_is_heavy_where_the_keys_go(screen: str, heads: tuple[str, ...]) -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, screen)
        if screen == "1":
            app.screen.query_one("#ranking-rows").focus()
            await settled(app, pilot)
        seen = []
        for _ in heads:
            text = screen_text(app)
            seen.append([head for head in heads if re.search(f"━━ (?:\\d  )?{head}", text)])
            await press(app, pilot, "tab")
        assert seen == [[head] for head in heads]
