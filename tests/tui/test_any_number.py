"""Numbers that have no result, on screen: what is wrong is named, and everything else works."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Debate, Gap
from hypotheses.estimates import estimate
from hypotheses.problems import Malformed
from hypotheses.whatif import UnderConventions
from tests.exploring import explored
from tests.hypotheses.estimates.any_debate import NUMBERS, VALUES, debates
from tests.tui.running import fault, press, running, screen_text, settled, type_text
from tests.tui.wild import store_wild
from tui.number_text import amount
from tui.numbers.gap_list import GapList
from tui.numbers.gap_views import TABS, ViewRequest, view_text
from tui.numbers.value_prompt import understood
from tui.widgets.gap_strip import fitting_line
from tui.widgets.gap_text import gap_text
from tui.widgets.intervals import IntervalRow, chart
from tui.widgets.track import Axis

pytestmark = pytest.mark.painted

NO_NUMBER = re.compile(r"\bnan\b")


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
async def test_a_debate_with_numbers_without_a_result_opens(size: tuple[int, int], home: Path) -> None:
    store_wild(home / "abduce.db")
    async with running(size) as (app, pilot):
        # The median of the mixture is 1.1, and ten times that 1.04 OOM.
        assert "wild_gap 1.04" in screen_text(app)
        await press(app, pilot, "5")
        await press(app, pilot, "3")
        text = screen_text(app)
        assert "not known, because from" in " ".join(text.split())
        await press(app, pilot, "tab", "j")
        assert app.screen.query_one(GapList).current == Gap("wide_gap", "wide / 2", unit="m")
        await press(app, pilot, "enter")
        assert "not known, because from -1e+308 to 1e+308 is" in " ".join(screen_text(app).split())
        await press(app, pilot, "escape", "j", "enter")
        assert "not known, because the divisor can be zero" in " ".join(screen_text(app).split())
        assert fault(app) is None


async def test_a_value_without_a_result_is_mended_in_the_app(home: Path) -> None:
    store_wild(home / "abduce.db")
    async with running((140, 45)) as (app, pilot):
        await press(app, pilot, "3", "j", "enter")
        await type_text(app, pilot, "-1e308 to 1e308")
        assert "too wide a range to compute with" in " ".join(screen_text(app).split())
        await type_text(app, pilot, "1 to 3")
        await press(app, pilot, "enter")
        await settled(app, pilot)
        assert "not known" not in screen_text(app)


@explored(15)
@given(debates(), st.sets(st.sampled_from(["one", "two", "three"])), st.integers(20, 140))
def test_any_debate_can_be_drawn(debate: Debate, ticked: set[str], width: int) -> None:
    results = estimate(debate, scenario=ticked)
    drawn = [fitting_line(debate, results, width)]
    for symbol, gap in debate.gaps.items():
        if known := results.gaps.get(symbol):
            drawn.append(chart(gap, [IntervalRow("now", known.now), IntervalRow("if", known.now, strong=True)], width))
            drawn += [
                view_text(ViewRequest(debate, gap, frozenset(ticked), tab, "a", width), results, UnderConventions())
                for tab in TABS
            ]
    by_convention = UnderConventions().of(debate, "gap")
    drawn += [gap_text(debate, results, each, width, by_convention) for each in debate.hypotheses.values()]
    assert not NO_NUMBER.search("\n".join(content.plain for content in drawn))


@explored(50)
@given(VALUES)
def test_any_value_that_is_typed_is_told_or_refused(text: str) -> None:
    try:
        told = " ".join(understood(text))
    except Malformed as refused:
        told = str(refused)
    assert told
    assert not NO_NUMBER.search(told)


@explored(50)
@given(
    st.lists(NUMBERS.map(lambda text: float(text.rstrip("%M"))) | st.sampled_from([math.inf, -math.inf]), max_size=4),
    st.integers(1, 90),
)
def test_any_figures_have_an_axis(figures: list[float], width: int) -> None:
    axis = Axis.over(figures, width, 0.05)
    for figure in (*figures, math.nan):
        assert 0 <= axis.cell(figure) < axis.width
    assert len(axis.ticks()) <= 2 * axis.width
    for gap in (Gap("gap", "a"), Gap("gap", "a", unit="yr")):
        assert axis.draw(gap).cell_length <= axis.width + 4
        assert not NO_NUMBER.search("".join(amount(gap, figure) for figure in figures))
