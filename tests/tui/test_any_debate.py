"""What the screens say of debates that have little in them, or much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from tests.tui.running import dialog_text, press, running, screen_text

pytestmark = pytest.mark.painted

NOTHING = Debate("nothing", "Nothing yet?")
NO_EXPLANATIONS = Debate(
    "numbers",
    "Only numbers?",
    quantities={"wanted": Quantity("wanted", readings={"value": Reading("100")})},
    gaps={"gap": Gap("gap", "wanted / 2", headline=True)},
)


def store(debate: Debate) -> None:
    """Make it the one debate that there is."""
    DebateStore.open(first=lambda: debate).close()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("debate", [NOTHING, NO_EXPLANATIONS], ids=["nothing", "numbers"])
async def test_where_there_are_no_explanations_no_key_is_named_that_needs_one(
    debate: Debate, size: tuple[int, int]
) -> None:
    store(debate)
    async with running(size) as (app, _):
        text = screen_text(app)
        assert "No explanations yet: press a to add the first." in text
        assert "compare" not in text
        assert "adopt" not in text


async def test_what_would_change_nothing_is_a_small_dialog() -> None:
    store(NOTHING)
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "X")
        assert "No single change would do it." in dialog_text(app)
        assert len(dialog_text(app).splitlines()) < 12
        await press(app, pilot, "]")
        assert "No evidence counts." in dialog_text(app)


async def test_a_reckoning_of_nothing_says_so_once() -> None:
    store(NOTHING)
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "R")
        assert "Nothing is settled yet" in dialog_text(app)
        assert "Nothing here yet" not in dialog_text(app)


DATED = Debate("dated", "Dated?", evidence={"one": Evidence("one", "What was seen", date="2022-05")})


@pytest.mark.parametrize("debate", [NOTHING, DATED], ids=["nothing", "dated"])
async def test_a_timeline_shows_no_time_that_nobody_gave_and_nothing_of_the_other_view(debate: Debate) -> None:
    store(debate)
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "5")
        assert "00:00" not in screen_text(app)
        await press(app, pilot, "]")
        assert "As of 2022-05" not in screen_text(app)


async def test_beyond_the_marks_of_a_chart_a_change_still_names_its_explanation() -> None:
    hypotheses = {f"h{n}": Hypothesis(f"h{n}", f"Reason {n}", plausibility=0.5, position=n) for n in range(1, 71)}
    rated = {"h68": Assessment(10.0), "h69": Assessment(3.0)}
    evidence = {"seen": Evidence("seen", "What was seen", assessments=rated)}
    debate = Debate("many", "Which of many?", hypotheses=hypotheses, evidence=evidence)
    store(debate)
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "X")
        text = dialog_text(app)
        assert "By the evidence 68 Reason 68 is first" in text
        assert "prior of 69:" in text


async def test_at_80_columns_what_a_key_does_goes_on_under_its_beginning() -> None:
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "?", "/", *"compare")
        lines = [line.strip("│").rstrip() for line in dialog_text(app).splitlines()]
        first = next(n for n, line in enumerate(lines) if "Compare:" in line)
        begins = lines[first].index("Compare:")
        assert lines[first + 1].strip()
        assert len(lines[first + 1]) - len(lines[first + 1].lstrip()) == begins


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_list_of_debates_cuts_titles_before_figures(size: tuple[int, int]) -> None:
    title = "Why is this question asked at such a length that its title takes more than a whole line of any terminal"
    store(replace(NOTHING, title=title))
    async with running(size) as (app, pilot):
        await press(app, pilot, "o")
        assert "explanations 0, evidence 0" in dialog_text(app)
        # Where the cursor is shows without colour.
        assert "▏" in dialog_text(app)
