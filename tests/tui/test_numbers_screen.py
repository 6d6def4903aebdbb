"""The Numbers screen, used as a person would."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.content import Content
from textual.pilot import Pilot

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.estimates import Estimates, estimate
from hypotheses.reading import PLAIN_READING, Reading
from hypotheses.whatif import UnderConventions
from store.bundled import bundled_debate
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.running import BUNDLED, caught_up, fault, press, running, screen_text, send, settled, type_text
from tui.app import AbduceApp
from tui.dialogs.picker import Picker
from tui.dialogs.prompt import Prompt
from tui.numbers.gap_views import ViewRequest, view_text
from tui.numbers.screen import NumbersScreen
from tui.numbers.value_prompt import ValuePrompt

pytestmark = pytest.mark.painted


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
        assert "median 1B" in text
        assert "The puzzle 2.05 → 2.00" in text
        assert "2.00 OOM  [1.00 … 3.00]" in text
        await press(app, pilot, "escape")
        assert "The puzzle 2.05" in screen_text(app)
        with DebateStore.open() as store:
            assert "ours" not in store.load(BUNDLED).quantities["stable_diffusion"].readings


def row_of(app: AbduceApp, title: str) -> str:
    return next(line for line in screen_text(app).splitlines() if title in line)


async def test_quantities_stand_under_their_roles_which_fold() -> None:
    async with on_estimates((120, 40)) as (app, pilot):
        assert row_of(app, "Models 8")[:70].split() == ["▾", "Models", "8", "parameter"]
        # The cursor is on the first quantity; its head is in sight all the same.
        assert "▌  Stable Diffusion v1" in screen_text(app)
        await press(app, pilot, "k", "enter")
        assert "▸ Models 8" in screen_text(app)
        assert "GPT-NeoX" not in screen_text(app)
        await press(app, pilot, "e", "r", "m")  # a head has no value, no reading and no model
        assert isinstance(app.screen, NumbersScreen)
        await press(app, pilot, "j", "enter")
        assert "▸ Brains 9" in screen_text(app)
        # A click unfolds.
        line = next(n for n, text in enumerate(screen_text(app).splitlines()) if "▸ Models" in text)
        await pilot.click(offset=(6, line))
        await settled(app, pilot)
        assert "▾ Models 8" in screen_text(app)
        assert "GPT-NeoX" in screen_text(app)


async def test_the_readings_of_the_open_quantity_stand_under_it_and_a_click_asks_which_counts() -> None:
    async with on_estimates((120, 40)) as (app, pilot):
        assert "Radford" not in screen_text(app)
        await press(app, pilot, "j")  # Whisper: 1.6B as the post has it, 1.55B on its model card
        lines = screen_text(app).splitlines()
        at = next(n for n, text in enumerate(lines) if "Whisper, largest" in text)
        readings = [line[:70].split() for line in lines[at + 1 : at + 4]]
        assert [line[1:3] for line in readings] == [["▮", "post"], ["▯", "author-2022"], ["▯", "literature"]]
        assert [line[-1] for line in readings] == ["1.6B", "1.55B", "1.55B"]
        assert "Language model at human" in lines[at + 4]
        await pilot.click(offset=(12, at + 2))
        await settled(app, pilot)
        assert isinstance(app.screen, Picker)
        await press(app, pilot, *"lit", "enter")
        assert row_of(app, "Whisper, largest")[:70].split()[-1] == "▯▯▮"


async def test_a_value_is_typed_in_its_row_with_what_the_gaps_would_be() -> None:
    async with on_estimates((140, 45)) as (app, pilot):
        await press(app, pilot, "enter")
        await type_text(app, pilot, "10B")
        row = row_of(app, "▌  Stable Diffusion v1")
        assert row.split("v1")[1].split()[0] == "10B"
        # log10(100B / 10B) = 1, and the language gap is none.
        assert "exactly 10B   The puzzle 2.05 → 1.00" in screen_text(app)
        # The rest has moved down, and nothing of it is hidden.
        assert "P1: " in screen_text(app)
        assert "Whisper, largest model" in screen_text(app)
        await type_text(app, pilot, "10B apples")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, ValuePrompt)
        assert "✗ '10B apples'" in screen_text(app)
        # Whatever lines it takes, the readings are still there.
        assert "P1: " in screen_text(app)
        assert "The puzzle 2.05" in screen_text(app).splitlines()[1]
        await type_text(app, pilot, "10B")
        await press(app, pilot, "tab")
        await type_text(app, pilot, "counted anew")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, NumbersScreen)
        assert "your own" in screen_text(app)
    with DebateStore.open() as store:
        assert store.load(BUNDLED).quantities["stable_diffusion"].readings["mine"].value == "10B"
        assert store.history(BUNDLED)[0].why == "counted anew"


async def test_of_another_gap_under_the_cursor_it_is_told_too() -> None:
    async with on_estimates((140, 45)) as (app, pilot):
        await press(app, pilot, "tab", "k", "k", "shift+tab", "j", "enter")  # the audio gap, and Whisper
        await type_text(app, pilot, "30B")
        # log10(30B / 30B) = 0; the puzzle does not hang on it.
        assert "Audio 1.27 → 0.00   The puzzle stays 2.05" in screen_text(app)


async def test_in_a_small_terminal_a_value_is_asked_for_in_a_box() -> None:
    async with on_estimates((50, 14)) as (app, pilot):
        await press(app, pilot, "enter")
        assert type(app.screen) is Prompt
        await type_text(app, pilot, "10B")
        assert "exactly 10B" in screen_text(app)
        await press(app, pilot, "enter")
    with DebateStore.open() as store:
        assert store.load(BUNDLED).quantities["stable_diffusion"].readings["mine"].value == "10B"


@pytest.mark.parametrize("count", [0, 1, 500])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"])
async def test_any_number_of_quantities_is_shown(count: int, size: tuple[int, int]) -> None:
    names = "皮質のシナプスの数を数える" * 4
    quantities = {
        f"q{n}": Quantity(f"q{n}", f"{n} {names}", "個", {"a": Reading(f"{n + 1}", "出典" * 30)}, group=f"役割{n % 7}")
        for n in range(count)
    }
    with DebateStore.open(first=lambda: Debate("own", "One of my own", quantities=quantities)):
        pass
    async with on_estimates(size) as (app, pilot):
        assert f"Quantities {count}" in screen_text(app) if count else "no quantities yet" in screen_text(app)
        await press(app, pilot, "G", "enter", "escape", "k", "g", "enter", "enter")
        assert fault(app) is None
        widths = {sum(segment.cell_length for segment in strip) for strip in app.screen._compositor.render_strips()}
        assert widths == {size[0]}


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
        region = app.screen.query_one("#view-text").region
        rows = screen_text(app).splitlines()[region.y : region.bottom]
        told = " ".join(" ".join(row[region.x : region.right] for row in rows).split())
        assert "The smallest sets that close it (a median within 0.3 OOM of zero): Language models are already" in told


async def test_readings_stand_side_by_side_with_the_gap_each_gives() -> None:
    async with on_estimates() as (app, pilot):
        await press(app, pilot, *"jjjjjjjjj", *["right_square_bracket"] * 4)
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
    assert (
        "post has no reading of lifetime_words (literature counts)"
        in view_text(request, estimate(debate), UnderConventions()).plain
    )


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
    rows = [line.split() for line in view_text(request, estimate(debate), UnderConventions()).plain.splitlines()[1:3]]
    # A hundred to one is two orders of magnitude, a thousand to one is three.
    assert [row[:2] for row in rows] == [["[ours]", "2.00"], ["theirs", "3.00"]]


def test_a_debate_without_conventions_says_so() -> None:
    many = Quantity("many", "Many", readings={PLAIN_READING: Reading("100")})
    debate = replace(_debate("10"), quantities={**_debate().quantities, "many": many}, convention="")
    request = ViewRequest(debate, debate.gaps["gap"], frozenset(), "conventions", "", 60)
    assert "has no conventions" in view_text(request, estimate(debate), UnderConventions()).plain


def _with_formula() -> Debate:
    rate = Quantity("rate", "Pianos in all", formula="many * few * 3", unit="piano")
    wide = Quantity("wide", "Wide", formula="few * spread")
    spread = Quantity("spread", "Spread", readings={PLAIN_READING: Reading("10 to 1000")})
    debate = _debate("10")
    return replace(debate, quantities={**debate.quantities, "rate": rate, "spread": spread, "wide": wide})


async def test_the_row_of_a_formula_says_what_it_comes_to_and_follows_what_is_typed() -> None:
    with DebateStore.open(first=_with_formula):
        pass
    async with on_estimates((150, 40)) as (app, pilot):

        def row(name: str) -> list[str]:
            return next(line for line in screen_text(app).splitlines() if name in line).split(name)[1].split()[:4]

        # A hundred times one times three.
        assert row("Pianos in all")[:3] == ["300", "=", "many"]
        # One times what lies between 10 and 1000, a hundred in the middle.
        assert row("Wide") == ["100", "10", "…", "1000"]
        await press(app, pilot, "e")
        await type_text(app, pilot, "200")
        await settled(app, pilot)
        assert row("Pianos in all")[0] == "600"
        await press(app, pilot, "escape")
        assert row("Pianos in all")[0] == "300"
        with DebateStore.open() as other:
            other.set_value("own", "few", "2", expected=ANYTHING)
        while app.debate is None or app.debate.quantities["few"].readings[PLAIN_READING].value != "2":
            await pilot.pause(0.05)
        await settled(app, pilot)
        assert row("Pianos in all")[0] == "600"


async def test_where_there_is_room_the_conventions_stand_under_the_plot() -> None:
    with DebateStore.open(first=lambda: _debate("10")):
        pass
    async with on_estimates((130, 55)) as (app, _):
        text = screen_text(app)
        assert "Under each convention" in text
        by_name = {words[0]: words[1] for line in text.splitlines() if (words := line[80:].split())[1:]}
        # A hundred to one is two orders of magnitude, a thousand to one is three.
        assert (by_name["[ours]"], by_name["theirs"]) == ("2.00", "3.00")
    async with on_estimates((130, 26)) as (app, _):
        assert "Under each convention" not in screen_text(app)


async def test_of_keys_that_come_while_a_view_is_worked_out_only_the_last_has_one_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go, asked = threading.Event(), []

    def slowly(request: ViewRequest, estimates: Estimates, conventions: UnderConventions) -> Content:
        asked.append(request.debate.quantities["stable_diffusion"].readings["mine"].value)
        go.wait(20)
        return Content("a view")

    async with on_estimates() as (app, pilot):
        await press(app, pilot, "e")
        await settled(app, pilot)
        monkeypatch.setattr("tui.numbers.screen.view_text", slowly)
        for key in "901M":
            send(app, key)
            await caught_up(app)
            while not asked and fault(app) is None:
                await asyncio.sleep(0.01)
        go.set()
        await settled(app, pilot)
        assert asked == ["9", "901M"]


async def test_the_conventions_under_the_plot_follow_a_value_that_is_saved() -> None:
    with DebateStore.open(first=lambda: _debate("10")):
        pass
    async with on_estimates((140, 60)) as (app, pilot):
        await press(app, pilot, "j", "e")
        await type_text(app, pilot, "10")
        await press(app, pilot, "enter")
        # A hundred to ten is one order of magnitude, a thousand to ten is two.
        assert row_of(app, "[ours]").split("[ours]")[1].split()[0] == "1.00"
        assert row_of(app, " theirs ").split(" theirs ")[1].split()[0] == "2.00"


async def test_what_is_wrong_with_a_formula_stays_told_when_the_one_before_is_worked_out() -> None:
    async with on_estimates((140, 45)) as (app, pilot):
        await press(app, pilot, "e")
        await type_text(app, pilot, "= whisper")
        assert "= 1.6B parameter" in screen_text(app)
        await press(app, pilot, "x")
        assert "there is no quantity 'whisperx'" in screen_text(app)
        await press(app, pilot, "backspace", "home", "ctrl+k")
        # In the midst of a formula no name is completed.
        await type_text(app, pilot, "= vision_ * 2")
        assert "tab takes" not in screen_text(app)
