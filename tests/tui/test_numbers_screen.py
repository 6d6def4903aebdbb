"""The Numbers screen, used as a person would."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from hypotheses.debate import PLAIN_READING, Debate, Gap, Hypothesis, Quantity, Reading
from hypotheses.estimates import estimate
from store.bundled import bundled_debate
from store.debate_store import DebateStore
from tests.tui.running import BUNDLED, press, running, screen_text, type_text
from tui.app import AbduceApp
from tui.dialogs.picker import Picker
from tui.numbers.gap_views import ViewRequest, view_text


@asynccontextmanager
async def on_estimates(size: tuple[int, int] = (130, 44)) -> AsyncIterator[tuple[AbduceApp, Pilot[int]]]:
    async with running(size) as (app, pilot):
        await press(app, pilot, "3")
        yield app, pilot


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
async def test_the_screen_looks_like_this(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with on_estimates(size) as (app, _):
        assert screen_text(app) == snapshot


async def test_ticked_explanations_are_combined_and_unticked_again() -> None:
    async with on_estimates() as (app, pilot):
        await press(app, pilot, "tab", "tab", "space")
        # 2.05 OOM less 1.5 in the middle of "an OOM or two".
        assert "2.05→0.55" in screen_text(app)
        assert "0.55 OOM  [0.05 … 1.05]" in screen_text(app)
        await press(app, pilot, *"jjjj", "space")
        # The language side grows by another 1.5: 2.05 - 1.5 - 1.5 = -0.95; 3.00 of 2.05 are 146%.
        assert "2.05→−0.95" in screen_text(app)
        assert "3.00 OOM" in screen_text(app)
        assert "146%" in screen_text(app)
        await press(app, pilot, "space", "g", "space")
        assert "→" not in screen_text(app).split("If these are true")[0]


async def test_a_typed_value_says_its_shape_and_percentiles_before_it_is_saved() -> None:
    async with on_estimates() as (app, pilot):
        await press(app, pilot, "enter")
        await type_text(app, pilot, "100M to 10B")
        text = screen_text(app)
        # The median of a lognormal is the geometric mean of its ends: 1B; log10(100B / 1B) = 2, and 1 OOM either way.
        assert "lognormal, 90% between 100M and 10B" in text
        assert "5% 100M, median 1B" in text
        assert "2.00 OOM  [1.00 … 3.00]" in text
        await press(app, pilot, "escape")
        assert "The puzzle 2.05" in screen_text(app)
        with DebateStore.open() as store:
            assert "ours" not in store.load(BUNDLED).quantities["stable_diffusion"].readings


async def test_what_cannot_be_read_leaves_the_stored_figures_on_screen() -> None:
    async with on_estimates() as (app, pilot):
        await press(app, pilot, "enter")
        await type_text(app, pilot, "10B")
        assert "The puzzle 1.00" in screen_text(app)
        await type_text(app, pilot, "10B apples")
        assert "The puzzle 2.05" in screen_text(app)


async def test_what_matters_gives_the_value_that_closes_the_gap() -> None:
    async with on_estimates() as (app, pilot):
        await press(app, pilot, "right_square_bracket")
        # The puzzle is zero when the visual cortex has as many parameters as the model: 890M; or the model 100B.
        line = next(line for line in screen_text(app).splitlines() if "visual_cortex" in line)
        assert "890M" in line
        line = next(
            line for line in screen_text(app).splitlines() if " stable_diffusion" in line or "│stable_diff" in line
        )
        assert "100B" in screen_text(app)


async def test_the_formula_is_shown_with_the_tree_of_its_inputs() -> None:
    async with on_estimates() as (app, pilot):
        await press(app, pilot, "right_square_bracket", "right_square_bracket")
        text = screen_text(app)
        assert "puzzle = vision_gap / language_gap" in text
        assert "└ visual_cortex 100B" in text


async def test_the_smallest_sets_that_close_the_gap() -> None:
    async with on_estimates() as (app, pilot):
        await press(app, pilot, *["right_square_bracket"] * 3)
        # Alone, only the fourth comes within 0.3 OOM of zero: 2.05 - 2.07 = -0.02.
        region = app.screen.query_one("#sets-text").region
        rows = screen_text(app).splitlines()[region.y : region.bottom]
        told = " ".join(" ".join(row[region.x : region.right] for row in rows).split())
        assert "The smallest sets that close it (a median within 0.3 OOM of zero): Language models are already" in told


async def test_readings_stand_side_by_side_with_the_gap_each_gives() -> None:
    async with on_estimates() as (app, pilot):
        await press(app, pilot, *"jjj", *["right_square_bracket"] * 4)
        text = screen_text(app)
        # log10(100B / 890M) - 0 = 2.05; 4T is the middle of the second: log10(4e12 / 890e6) = 3.65.
        assert "▮ post" in text
        assert "→ 2.05" in text
        assert "→ 3.65 [2.65 … 4.65]" in text


async def test_another_model_can_be_taken_from_the_table() -> None:
    async with on_estimates() as (app, pilot):
        await press(app, pilot, "m")
        assert isinstance(app.screen, Picker)
        await pilot.press(*"wan2.1-14b".replace("-", " ").replace(" ", "-").split("-")[0].replace(".", "")[:3])
        await press(app, pilot, "enter")
        assert "your own" in screen_text(app)
        await press(app, pilot, "u")
        assert "your own" not in screen_text(app)


async def test_rivals_are_not_combined() -> None:
    debate = bundled_debate()
    hypotheses = dict(debate.hypotheses)
    first, second = list(hypotheses)[:2]
    hypotheses[first] = replace(hypotheses[first], rivals=(second,))
    with DebateStore.open(first=lambda: replace(debate, hypotheses=hypotheses)):
        pass
    async with on_estimates() as (app, pilot):
        await press(app, pilot, "tab", "tab", "space", "j", "space")
        assert "are rivals; they are not combined" in screen_text(app)
        assert screen_text(app).count("[✓]") == 1


async def test_esc_and_1_lead_back_to_the_ranking() -> None:
    async with on_estimates() as (app, pilot):
        await press(app, pilot, "escape")
        assert "Explanations" in screen_text(app)
        await press(app, pilot, "3", "1")
        assert "Explanations" in screen_text(app)


def test_the_plot_of_a_gap_says_what_the_convention_has_no_reading_of() -> None:
    debate = bundled_debate()
    request = ViewRequest(debate, debate.gaps["token_gap"], frozenset(), "plot", "", 60)
    assert "post has no reading of lifetime_words (literature counts)" in view_text(request, estimate(debate)).plain


def _debate(*effects: str) -> Debate:
    """A hundred to one, or a thousand to one as another counts it; each explanation multiplies the one."""
    many = Quantity("many", "Many", readings={"ours": Reading("100"), "theirs": Reading("1000")})
    few = Quantity("few", "Few", readings={PLAIN_READING: Reading("1")})
    hypotheses = {
        f"h{n}": Hypothesis(f"h{n}", f"Times {by}", plausibility=0.5, effects={"few": f"few * {by}"})
        for n, by in enumerate(effects, 1)
    }
    gap = Gap("gap", "many / few", label="How much more", headline=True)
    return Debate(
        "own",
        "One of my own",
        quantities={"many": many, "few": few},
        gaps={"gap": gap},
        hypotheses=hypotheses,
        convention="ours",
    )


async def test_a_gap_has_what_is_left_and_the_chance_that_it_is_closed_in_columns() -> None:
    with DebateStore.open(first=lambda: _debate("100")):
        pass
    async with on_estimates((130, 44)) as (app, _):
        lines = screen_text(app).splitlines()
        heads, row = next((above, line) for above, line in pairwise(lines) if " Gaps " in above)
        # log10(100 / 1) = 2; with even chances it is 0 or 2, so closed half the time.
        assert row.split("How much more")[1].split()[:2] == ["2.00", "OOM"]
        assert row.split()[-1] == "50%"
        for head, figure in (("now", "2.00"), ("closed", "50%")):
            ends = heads.rindex(head) + len(head)
            assert row[:ends].endswith(figure)
        ticks = next(line for line in lines if "Times 100" in line)
        assert ticks.split()[-2:] == ["2.00", "50%"]  # all of it, and what is said


async def test_without_room_names_stay_and_the_figures_of_another_screen_go() -> None:
    async with on_estimates((80, 24)) as (app, pilot):
        await press(app, pilot, "tab", "tab", "space")
        assert "[✓] The comparison is not fair" in screen_text(app)
        assert "2.05→0.55" in screen_text(app)


def test_each_convention_has_its_gap_and_the_one_that_counts_is_marked() -> None:
    debate = _debate("10")
    request = ViewRequest(debate, debate.gaps["gap"], frozenset(), "conventions", "", 60)
    rows = [line.split() for line in view_text(request, estimate(debate)).plain.splitlines()[1:3]]
    # A hundred to one is two orders of magnitude, a thousand to one is three.
    assert [row[:2] for row in rows] == [["[ours]", "2.00"], ["theirs", "3.00"]]


def test_a_debate_without_conventions_says_so() -> None:
    many = Quantity("many", "Many", readings={PLAIN_READING: Reading("100")})
    debate = replace(_debate("10"), quantities={**_debate().quantities, "many": many}, convention="")
    request = ViewRequest(debate, debate.gaps["gap"], frozenset(), "conventions", "", 60)
    assert "has no conventions" in view_text(request, estimate(debate)).plain
