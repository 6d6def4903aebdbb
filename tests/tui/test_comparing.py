"""What is stated beside what the evidence implies: the nudge, the page of differences, adopting on purpose."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from store.debate_store import DebateStore
from tests.tui.bursts import burst
from tests.tui.running import press, running, screen_text, settled, stored, toasts
from tui.app import AbduceApp
from tui.debate.differences import Differences
from tui.debate.doubt_list import DoubtList
from tui.debate.screen import DebateScreen
from tui.dialogs.message import Confirm
from tui.number_text import decibans, factor, odds

pytestmark = pytest.mark.painted

# 1:1 and ten times the odds is 10:1, 91%; 1:1 and a third of the odds is 1:3, 25%.
DEBATE = Debate(
    "small",
    "A small debate",
    hypotheses={
        "eyes": Hypothesis("eyes", "Eyes are odd", plausibility=0.6, prior=0.5, position=0),
        "words": Hypothesis("words", "Words are odd", plausibility=0.4, prior=0.5, position=1),
    },
    evidence={
        "paper": Evidence("paper", "A paper", assessments={"eyes": Assessment(1 / 3), "words": Assessment(10.0)})
    },
)
NUDGE = "The evidence puts 2 before 1 under 1 of 1 doubt: firm"


@pytest.fixture(autouse=True)
def database() -> None:
    DebateStore.open(first=lambda: DEBATE).close()


def stated() -> dict[str, float]:
    with stored(slug="small") as store:
        return {slug: each.plausibility for slug, each in store.load("small").hypotheses.items()}


async def shown(app: AbduceApp, pilot: Pilot[int], *keys: str) -> str:
    await press(app, pilot, *keys)
    return screen_text(app)


async def test_adopting_is_confirmed_changes_the_number_and_is_undone_at_once() -> None:
    async with running((80, 24)) as (app, pilot):
        text = await shown(app, pilot, "A")
        assert isinstance(app.screen, Confirm)
        # 60% is 1.5:1, and 10 log10((1/3) / 1.5) = -6.5.
        for told in ("You say            60%  1.5:1", "Evidence says      25%  1:3", "−6.5  decibans"):
            assert told in text
        await press(app, pilot, "n")
        assert stated()["eyes"] == 0.6
        await press(app, pilot, "A", "y")
        assert stated() == {"eyes": pytest.approx(0.25), "words": 0.4}
        assert "1 Words are odd" in screen_text(app)
        await press(app, pilot, "u")
        assert stated()["eyes"] == 0.6


async def test_what_is_said_already_is_not_asked_about() -> None:
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "A", "y")
        await press(app, pilot, "A")
        assert isinstance(app.screen, DebateScreen)
        assert "You say what the evidence says already: 25%." in toasts(app)


async def test_the_differences_come_largest_first_and_follow_what_is_adopted() -> None:
    async with running((80, 24)) as (app, pilot):
        text = await shown(app, pilot, "equals_sign")
        # 0.4 is 1:1.5; 10 log10(10 / (1 / 1.5)) = 11.8 decibans are 15 times the odds.
        assert "2 Words are odd" in text
        assert text.index("2 Words are odd") < text.index("1 Eyes are odd")
        assert re.search(r"▲ 91% 76–91 +\+11.8 ", text)
        assert re.search(r"▼ 25% 25–37 +−6.5 ", text)
        await press(app, pilot, "A", "y")
        assert isinstance(app.screen, Differences)
        app.clear_notifications()
        await settled(app, pilot)
        assert re.search(r"Words are odd +91% +91% +76–91 +0.0 ", screen_text(app))
        # Enter goes to the explanation under the cursor, which has stayed on the one adopted.
        await press(app, pilot, "enter")
        assert isinstance(app.screen, DebateScreen)
        assert app.screen.open_slug == "words"
        await press(app, pilot, "equals_sign", "escape")
        assert isinstance(app.screen, DebateScreen)


@pytest.mark.parametrize(("size", "there"), [((80, 24), True), ((120, 40), True), ((80, 12), False), ((80, 5), False)])
async def test_a_line_says_where_the_evidence_has_another_order_if_there_is_room(
    size: tuple[int, int], there: bool
) -> None:
    async with running(size) as (app, pilot):
        assert (NUDGE in screen_text(app)) == there
        before = stated()
        # It says so once the order is the same, and nothing was changed for it.
        await press(app, pilot, "J")
        assert NUDGE not in screen_text(app)
        assert ("The evidence puts 1 first under 1 of 1 doubt: firm" in screen_text(app)) == there
        await press(app, pilot, "u")
        assert (NUDGE in screen_text(app)) == there
        assert stated() == before


async def test_a_read_only_database_refuses_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with DebateStore.open() as store:
        store.load("small")
    # Whoever runs the tests may be somebody who can write everywhere.
    monkeypatch.setattr("store.database.sqlite_file.may_write", lambda _: False)
    before = stated()
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "A", "y")
        assert any("is read-only; nothing was saved" in told for told in toasts(app))
    assert stated() == before


async def test_the_others_make_room_where_one_excludes_the_other() -> None:
    exclusive = replace(DEBATE, slug="one", mode="exclusive")
    with DebateStore.open() as store:
        store.add_debate(exclusive)
        store.open_debate("one")
    async with running((80, 24)) as (app, pilot):
        assert "The others make room in proportion." in await shown(app, pilot, "A")


@pytest.mark.parametrize(
    ("plausibility", "written"), [(0.6, "1.5:1"), (0.2, "1:4"), (0.5, "1:1"), (0.99, "99:1"), (0, "0:1"), (1, "1:0")]
)
def test_odds_are_written_against_one(plausibility: float, written: str) -> None:
    assert odds(plausibility) == written


def test_differences_are_written_with_their_sign() -> None:
    assert [decibans(number) for number in (3.01, -3.01, 0.01, -0.01, float("inf"), float("-inf"))] == [
        "+3.0",
        "−3.0",
        "0.0",
        "0.0",
        "+∞",
        "−∞",
    ]
    # 3.01 decibans are twice the odds.
    assert [factor(10 ** (number / 10)) for number in (3.01, -3.01, 0.0)] == ["×2", "÷2", "×1"]


async def test_the_page_shows_what_the_evidence_says_under_each_doubt() -> None:
    async with running((100, 40)) as (app, pilot):
        text = await shown(app, pilot, "=")
        line = next(line for line in text.splitlines() if "Every ratio halved" in line)
        # 1/3 to the half gives 37% for the first, 10 to the half 76% for the second: digits in that order on the axis.
        axis = line.split("halved")[1].split("·", 1)[1]  # behind what stands first
        assert axis.index("1") < axis.index("2")
        assert "Only what came after the prior: no prior bears a date" in text
        assert "First (underlined) is 2 under 1 of 1 doubt." in text
        assert stated() == {"eyes": 0.6, "words": 0.4}


async def test_a_doubt_is_told_in_words_and_one_of_several_cases_unfolds() -> None:
    paper = DEBATE.evidence["paper"]
    clusters = {
        key: replace(paper, key=key, cluster=key, assessments={"eyes": Assessment(3.0)}) for key in ("labs", "field")
    }
    with stored(slug="small") as store:
        for one in clusters.values():
            store.add_evidence("small", one)
    async with running((100, 40)) as (app, pilot):
        text = await shown(app, pilot, "=")
        assert "▸ Without one cluster, of 2" in text
        assert "│ labs" not in text
        text = await shown(app, pilot, "tab", "j")  # to the first doubt, after what is rated
        assert "the rule with ρ = 0.25" in text
        assert "Kish, Survey Sampling, 1965" in text
        text = await shown(app, pilot, *"jjjjj")
        assert "worst for the first. One line of" in text
        text = await shown(app, pilot, "enter")
        assert "▾ Without one cluster, of 2" in text
        assert "│ labs" in text
        assert "│ field" in text
        assert "│ labs" not in await shown(app, pilot, "enter")
        await press(app, pilot, "shift+tab", "enter")
        assert isinstance(app.screen, DebateScreen)
        assert app.screen.open_slug == "words"


async def test_the_page_stands_under_the_ranking_where_there_is_room_and_in_a_box_where_there_is_not() -> None:
    async with running((120, 40)) as (app, pilot):
        ranking = app.screen.query_one("#ranking").region
        text = await shown(app, pilot, "=")
        lines = text.splitlines()
        assert "Explanations" in text
        assert "Where you differ" in lines[ranking.bottom + 1]
        assert "What the evidence says under each doubt" in lines[ranking.bottom + 1]
        await pilot.resize_terminal(80, 24)
        await settled(app, pilot)
        text = screen_text(app)
        assert "╭─ Differences" in text
        assert text.index("Where you differ") < text.index("What the evidence says under each doubt")
        await pilot.resize_terminal(120, 40)
        await settled(app, pilot)
        await pilot.pause(0.1)
        assert "╭" not in screen_text(app)
        assert "Where you differ" in screen_text(app).splitlines()[ranking.bottom + 1]


async def test_a_doubt_unfolds_by_its_triangle_and_what_is_adopted_stays_under_the_cursor_of_the_other_list() -> None:
    with stored(slug="small") as store:
        for key in ("labs", "field"):
            paper = replace(DEBATE.evidence["paper"], key=key, cluster=key, assessments={"eyes": Assessment(3.0)})
            store.add_evidence("small", paper)
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "=")
        doubts = app.screen.query_one(DoubtList)
        folded = next(place for place, row in enumerate(doubts.rows) if row.folds)
        await pilot.click(DoubtList, offset=(1, folded))
        await settled(app, pilot)
        assert "▾ Without one cluster" in screen_text(app)
        assert "│ labs" in screen_text(app)
        await press(app, pilot, "A", "y")
        assert stated()["words"] == pytest.approx(10 / 11)


async def test_both_tables_are_copied() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "=", "y")
        apart, _, doubts = app.clipboard.partition("\n\n")
        assert re.search(r"2 Words are odd +40% +▲ 91% +76–91 +\+11\.8", apart)
        assert re.search(r"Every ratio halved +2 ", doubts)


async def test_the_rule_of_a_head_is_heavy_where_the_keys_go_and_nowhere_else() -> None:
    def heavy(text: str) -> bool:
        return f"━━ {text}" in screen_text(app)

    async with running((120, 40)) as (app, pilot):
        assert heavy("Explanations")
        await press(app, pilot, "=")
        assert (heavy("Explanations"), heavy("Where you differ")) == (False, True)
        await press(app, pilot, "tab")
        assert (heavy("Where you differ"), heavy("What the evidence says under each doubt")) == (False, True)
        await press(app, pilot, "escape")
        assert heavy("Explanations")
        await press(app, pilot, "tab")
        assert (heavy("Explanations"), heavy("1  Statement")) == (False, True)


async def test_the_page_can_be_left_before_its_heads_are_drawn() -> None:
    async with running((120, 40)) as (app, pilot):
        for _ in range(5):
            await burst(app, pilot, "=", "tab", "j", "enter", "escape")
        assert isinstance(app.screen, DebateScreen)
        await press(app, pilot, "=")
        page = app.screen
        assert isinstance(page, Differences)
        await press(app, pilot, "escape")
        # What was to come after a layout, or once the screen below has taken up a size, comes when it is gone.
        page._draw_heads()
        page._stand()
