"""Quantities and gaps are made, changed, moved and removed on the Numbers screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input

from hypotheses.debate import Claim, Debate, Gap, Hypothesis, Quantity
from hypotheses.edits import symbol_for
from hypotheses.problems import Malformed
from hypotheses.reading import PLAIN_READING, Reading
from hypotheses.values.typed_values import parse_value
from hypotheses.whatif import comes_to
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.bursts import burst
from tests.tui.running import (
    box_text,
    dialog_text,
    fault,
    offered,
    one_line,
    press,
    running,
    screen_text,
    settled,
    stored,
    type_text,
)
from tui.app import AbduceApp
from tui.dialogs.conflict import ConflictDialog
from tui.dialogs.form import Form
from tui.dialogs.formula_input import check_formula, check_offering, name_begun
from tui.numbers.form import FigureForm
from tui.numbers.gap_list import GapList
from tui.numbers.quantities import QuantityList
from tui.numbers.removal import RemovingFigure
from tui.numbers.screen import NumbersScreen
from tui.numbers.value_prompt import ValuePrompt

pytestmark = pytest.mark.painted


def plain(symbol: str, label: str, value: str, group: str = "", source: str = "") -> Quantity:
    return Quantity(symbol, label, readings={PLAIN_READING: Reading(value, source)}, group=group)


DEBATE = Debate(
    "small",
    "A small debate",
    quantities={
        "many": plain("many", "Many", "1000", "Counts"),
        "few": plain("few", "Few", "10", "Counts", "a census"),
        "each": plain("each", "Of each", "5", "Rates"),
        "all": Quantity("all", "All of it", formula="many * each", group="Counts"),
    },
    gaps={
        "gap": Gap("gap", "many / few", label="How much more", headline=True),
        "other": Gap("other", "all / few", label="All the more"),
    },
    hypotheses={"why": Hypothesis("why", "Why", plausibility=0.5, effects={"few": "few * 10"})},
)
"""A thousand over ten is 2 OOM, five thousand over ten is 2.70."""


@pytest.fixture(autouse=True)
def database() -> None:
    DebateStore.open(first=lambda: DEBATE).close()


@asynccontextmanager
async def on_numbers(size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[AbduceApp, Pilot[int]]]:
    async with running(size) as (app, pilot):
        await press(app, pilot, "3")
        yield app, pilot


def in_store() -> Debate:
    with stored(slug="small") as store:
        return store.load("small")


async def fill_in(app: AbduceApp, pilot: Pilot[int], **texts: str) -> None:
    """Type into fields of a form by name."""
    assert isinstance(app.screen, Form), screen_text(app)
    for name, text in texts.items():
        app.screen.go_to(name)
        await type_text(app, pilot, text)


async def press_button(app: AbduceApp, pilot: Pilot[int]) -> None:
    """Press the main button with the mouse."""
    await pilot.click("ButtonRow", offset=(2, 0))
    await settled(app, pilot)


# Pure


@pytest.mark.parametrize(
    ("label", "taken", "symbol"),
    [
        ("Piano tuners in Chicago", (), "piano_tuners_in_chicago"),
        ("Où est-ce?", (), "ou_est_ce"),
        ("many", ("many", "many_2"), "many_3"),
        ("3 of them", (), "_3_of_them"),
        ("数", (), ""),
    ],
)
def test_a_symbol_is_made_from_a_label_unlike_any_other(label: str, taken: tuple[str, ...], symbol: str) -> None:
    assert symbol_for(label, taken) == symbol


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("= ma", ["many 1000"]),
        ("many * E", ["each 5"]),
        ("log10(f", ["few 10"]),
        ("many", []),  # it is one
        ("many ", []),
        ("2e", []),  # a number
        ("x", []),
        ("", []),
    ],
)
def test_what_begins_like_the_last_name_of_a_formula_is_offered_with_its_value(text: str, offered: list[str]) -> None:
    assert [f"{each.name} {each.value}" for each in name_begun(lambda: DEBATE, text).offers] == offered


def test_a_name_is_found_by_its_second_word_too_and_never_for_its_own_formula() -> None:
    names = ("v1_neurons", "neurons", "neuron_size", "other")
    debate = Debate("d", "D", quantities={name: Quantity(name) for name in names})
    begun = name_begun(lambda: debate, "2 * neur", of="neuron_size")
    assert [each.name for each in begun.offers] == ["neurons", "v1_neurons"]
    assert name_begun(lambda: debate, "neur", sign="=").offers == ()


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("many *", "cannot read"),
        ("man * each", "there is no quantity 'man'; did you mean 'many'?"),
        ("all * 2", "all cannot be read by its own formula"),
    ],
)
def test_a_formula_that_cannot_be_read_is_told_why(formula: str, told: str) -> None:
    with pytest.raises(Malformed, match=told.replace("?", r"\?")):
        check_formula(DEBATE, formula, "all")


def test_what_a_formula_comes_to() -> None:
    result = comes_to(DEBATE, "all")
    assert result is not None
    assert result.median == pytest.approx(parse_value("5000").quantile(0.5))


# Adding


async def test_a_quantity_is_added_with_a_symbol_from_its_label_and_the_cursor_goes_to_it() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "a")
        await fill_in(app, pilot, label="Piano tuners", unit="tuner", group="Ra")
        await press(app, pilot, "right")  # there is a role Rates
        await fill_in(app, pilot, value="890M", source="a count")
        assert "piano_tuners" in box_text(app)
        assert "no gap moves" in box_text(app)
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, NumbersScreen)
        quantity = app.screen.query_one(QuantityList).quantity
        assert quantity is not None
        assert quantity.label == "Piano tuners"
        made = in_store().quantities["piano_tuners"]
        assert made == Quantity(
            "piano_tuners", "Piano tuners", "tuner", {PLAIN_READING: Reading("890M", "a count")}, group="Rates"
        )
        await press(app, pilot, "u")
        assert in_store() == DEBATE


async def test_a_formula_is_completed_checked_at_every_key_and_its_value_told() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "a")
        await fill_in(app, pilot, label="Per head", value="= many / fe")
        assert "✗ there is no quantity 'fe' yet" in box_text(app)
        await press(app, pilot, "tab")
        assert "✗" not in box_text(app)
        # A thousand over ten.
        assert "If saved = 100 no gap moves" in box_text(app)
        await press(app, pilot, "tab", *"by hand", "ctrl+s")
        assert "which no source gives; expected a value" in box_text(app)
        await press(app, pilot, "ctrl+u", "ctrl+s")
        assert in_store().quantities["per_head"].formula == "many / few"


async def test_a_typed_symbol_is_kept_and_one_that_is_taken_refused() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "a")
        await fill_in(app, pilot, symbol="few", label="Something", value="1")
        assert app.screen.query(Input)[1].value == "few"
        await press(app, pilot, "ctrl+s")
        assert "✗ 'few' is taken; expected another name" in box_text(app)
        await fill_in(app, pilot, symbol="a b")
        await press(app, pilot, "ctrl+s")
        assert "✗ found 'a b'; expected a name of letters" in box_text(app)
        await fill_in(app, pilot, symbol="own_name", value="1,00")
        await press(app, pilot, "ctrl+s")
        assert "1 to mend: Value" in box_text(app)
        await fill_in(app, pilot, value="")
        await press(app, pilot, "ctrl+s")
        assert "✗ needed: 890M, 30B to 300B, 45%, or = and a formula" in box_text(app)
    assert in_store() == DEBATE


async def test_a_debate_without_any_gets_its_first_quantity_by_mouse() -> None:
    with DebateStore.open() as store:
        store.add_debate(Debate("empty", "Nothing yet?"))
        store.open_debate("empty")
    async with on_numbers() as (app, pilot):
        assert "no quantities yet; a adds one" in screen_text(app)
        line = screen_text(app).splitlines()[-1]
        await pilot.click(offset=(line.index("a Add"), 39))
        await settled(app, pilot)
        await fill_in(app, pilot, label="People", value="8M")
        await press_button(app, pilot)
        assert "People" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_quantity_being_typed_looks_like_this(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with on_numbers(size) as (app, pilot):
        await press(app, pilot, "a")
        await fill_in(app, pilot, label="Per head", unit="each", group="Ra", value="= many / fe")
        assert dialog_text(app) == snapshot


# Changing


async def test_a_formula_typed_in_the_row_of_a_value_says_what_it_comes_to_and_moves() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "e")
        await type_text(app, pilot, "= few * ea")
        assert "✗ there is no quantity 'ea' yet · ctrl+n makes it" in screen_text(app)
        assert offered(app) == ["each   5", "make “ea” new …"]
        await press(app, pilot, "tab")
        # Ten times five; over ten it is 5, 0.70 OOM.
        assert "= 50 How much more 2.00 → 0.70" in one_line(app)
        await press(app, pilot, "enter")
        assert in_store().quantities["many"].formula == "few * each"


async def test_another_name_is_chosen_by_arrow_or_mouse_and_keys_in_one_burst_do_the_same() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "e")
        await burst(app, pilot, "ctrl+u", *"= f", "escape")
        with stored(slug="small") as store:
            store.add_quantity("small", Quantity("fewer"), "7")
        while app.debate is None or "fewer" not in app.debate.quantities:
            await pilot.pause(0.05)
        await press(app, pilot, "e", "ctrl+u", *"= f")
        assert offered(app) == ["few     10", "fewer    7", "make “f” new …"]
        await press(app, pilot, "up", "up", "tab")
        assert app.screen.query_one("#typed", Input).value == "= fewer"
        await burst(app, pilot, *" * f", "down", "tab", *" + o", "tab")
        assert app.screen.query_one("#typed", Input).value == "= fewer * fewer + other"
        await press(app, pilot, "ctrl+u", *"= 2 * f")
        await pilot.click("OfferList", offset=(3, 2))
        await settled(app, pilot)
        assert app.screen.query_one("#typed", Input).value == "= 2 * fewer"
        await press(app, pilot, "ctrl+u", *"= z + f", "up", "tab")
        assert isinstance(app.screen, FigureForm)


async def test_a_value_over_a_formula_and_a_formula_over_a_source_ask_for_enter_again() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "j", "j", "e")
        assert "= many * each" in screen_text(app)
        await type_text(app, pilot, "77")
        await burst(app, pilot, "enter", "enter")
        assert isinstance(app.screen, ValuePrompt)
        assert "It is a formula, = many * each: enter again" in one_line(app)
        assert in_store() == DEBATE
        await press(app, pilot, "enter")
        assert isinstance(app.screen, NumbersScreen)
        assert in_store().quantities["all"].readings == {PLAIN_READING: Reading("77")}
        await press(app, pilot, "k", "e")
        await type_text(app, pilot, "= each * 2")
        await press(app, pilot, "enter")
        assert "takes the place of a reading with its source" in one_line(app)
        await press(app, pilot, "enter")
        assert in_store().quantities["few"].formula == "each * 2"


async def test_a_loop_of_formulas_is_refused_where_it_is_typed() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "e")
        await type_text(app, pilot, "= all / 2")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, ValuePrompt)
        assert in_store() == DEBATE


async def test_a_small_terminal_asks_in_a_box_too() -> None:
    async with on_numbers((50, 14)) as (app, pilot):
        await press(app, pilot, "j", "j", "e")
        await type_text(app, pilot, "77")
        await press(app, pilot, "enter")
        assert "It is a formula" in one_line(app)
        await press(app, pilot, "enter")
        assert in_store().quantities["all"].readings == {PLAIN_READING: Reading("77")}


async def test_a_quantity_is_described_and_its_symbol_goes_into_formulas() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "N")
        assert isinstance(app.screen, Form)
        await fill_in(app, pilot, label="Very many", symbol="lots", note="counted")
        await press(app, pilot, "ctrl+s")
        now = in_store()
        assert now.quantities["lots"].label == "Very many"
        assert now.quantities["all"].formula == "lots * each"
        assert now.gaps["gap"].formula == "lots / few"
        assert "Very many" in screen_text(app)


async def test_of_two_people_who_describe_the_same_quantity_both_are_heard() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "N")
        await fill_in(app, pilot, label="Very many")
        with stored(slug="small") as store:
            store.edit_quantity("small", "many", expected=ANYTHING, unit="head")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, NumbersScreen), screen_text(app)
        assert (in_store().quantities["many"].label, in_store().quantities["many"].unit) == ("Very many", "head")


# Moving


async def test_a_quantity_moves_among_those_of_its_role_and_the_cursor_with_it() -> None:
    async with on_numbers() as (app, pilot):
        for key, order in (
            ("J", ["few", "many", "all"]),
            ("J", ["few", "all", "many"]),
            ("J", ["few", "all", "many"]),  # the last of its role
            ("K", ["few", "many", "all"]),
        ):
            await press(app, pilot, key)
            assert [symbol for symbol in in_store().quantities if symbol != "each"] == order
            assert app.screen.query_one(QuantityList).quantity == in_store().quantities["many"]
        rows = [line.split()[1:3] for line in screen_text(app).splitlines() if "▾" in line[:4]]
        assert [row[0] for row in rows] == ["Counts", "Rates"]


async def test_keys_in_one_burst_move_as_often() -> None:
    async with on_numbers() as (app, pilot):
        await burst(app, pilot, *"JJ")
        assert [symbol for symbol in in_store().quantities if symbol != "each"] == ["few", "all", "many"]
        await burst(app, pilot, *"uu")
        assert list(in_store().quantities) == list(DEBATE.quantities)


async def test_in_the_list_of_explanations_the_keys_are_about_explanations() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "tab", "tab", "a")
        assert "A new explanation" in screen_text(app)
        for key in ("e", "N"):
            await press(app, pilot, "escape", key)
            assert isinstance(app.screen, Form)
            assert "Statement" in box_text(app)
        await press(app, pilot, "escape", "D")
        assert "Remove the explanation?" in screen_text(app)


async def test_keys_without_anything_under_the_cursor_do_nothing() -> None:
    with DebateStore.open() as store:
        store.add_debate(Debate("empty", "Nothing yet?"))
        store.open_debate("empty")
    async with on_numbers() as (app, pilot):
        for part in ("tab", "tab", "tab"):
            await press(app, pilot, *"eNDKJrm", part)
            assert isinstance(app.screen, NumbersScreen)
        assert fault(app) is None


# Removing


async def test_what_nothing_hangs_on_is_removed_after_a_question_and_comes_back() -> None:
    with DebateStore.open() as store:
        store.add_quantity("small", Quantity("spare"), "3")
    before = in_store()
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "G", "D")
        assert isinstance(app.screen, RemovingFigure)
        assert "Nothing else goes with it" in box_text(app)
        await press(app, pilot, "n")
        assert in_store() == before
        await press(app, pilot, "D", "y")
        assert "spare" not in in_store().quantities
        await press(app, pilot, "u")
        assert in_store() == before


async def test_what_hangs_on_a_quantity_is_named_and_goes_with_it_or_has_a_value_instead() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "D")
        assert isinstance(app.screen, RemovingFigure)
        text = box_text(app)
        # The last one reads the first.
        assert "With it go the quantity 'all' the gap 'gap' the gap 'other'" in text
        await press(app, pilot, "escape")
        assert in_store() == DEBATE
        await press(app, pilot, "D", "v")
        await type_text(app, pilot, "a lot")
        await press(app, pilot, "enter")
        assert "only a number can stand in a formula" in box_text(app)
        await type_text(app, pilot, "2K")
        assert "2K takes its place in formulas" in one_line(app)
        await press(app, pilot, "enter")
        assert in_store().gaps["gap"].formula == "2000 / few"
        await press(app, pilot, "u", "D")  # the cursor is on the next one, Few
        await press_button(app, pilot)
        assert not in_store().gaps
        assert list(in_store().quantities) == ["many", "each", "all"]
        await press(app, pilot, "u")
        assert in_store() == DEBATE


async def test_a_value_in_the_place_of_what_is_changed_by_effects_takes_these_along_and_says_so() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "j", "D", "v")
        await type_text(app, pilot, "20")
        assert "with it goes the effect of 'why' on 'few'" in one_line(app)
        await press(app, pilot, "enter")
        assert in_store().gaps["gap"].formula == "many / 20"
        assert not in_store().hypotheses["why"].effects


async def test_a_removal_meets_what_another_person_did_meanwhile() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "j", "D")
        with stored(slug="small") as store:
            store.set_value("small", "few", "11", expected=ANYTHING)
        await press(app, pilot, "y")
        assert "few" in in_store().quantities
        assert "y removes it all the same" in box_text(app)
        await press(app, pilot, "y")
        assert "few" not in in_store().quantities


# Gaps


async def test_a_gap_is_added_with_a_formula_that_is_completed_and_what_it_comes_to_is_told() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "tab", "a")
        await fill_in(app, pilot, label="Rate over few", formula="each / f")
        assert "✗ there is no quantity 'f'" in box_text(app)
        await press(app, pilot, "tab")
        # log10(5 / 10) = -0.30.
        assert "If saved Rate over few −0.30 OOM" in box_text(app)
        await fill_in(app, pilot, tolerance="0.5", note="a try")
        await press(app, pilot, "ctrl+s")
        made = Gap("rate_over_few", "each / few", label="Rate over few", tolerance=0.5, note="a try")
        assert in_store().gaps["rate_over_few"] == made
        gaps = app.screen.query_one(GapList)
        assert gaps.current == made
        assert gaps.has_focus


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("formula", "each", "1 to mend: Symbol"),
        ("formula", "", "✗ needed: such as people * share"),
        ("formula", "each ^ 2", "'^' is not a power here; expected **"),
        ("symbol", "few", "✗ 'few' is taken"),
        ("tolerance", "-1", "✗ found -1; expected a number greater than 0"),
        ("tolerance", "near", "✗ found 'near'; expected a number"),
    ],
)
async def test_what_a_gap_cannot_be_is_told_at_its_field(field: str, text: str, told: str) -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "tab", "a")
        await fill_in(app, pilot, **{field: text})
        await press(app, pilot, "ctrl+s")
        assert told in box_text(app)
        assert in_store() == DEBATE


async def test_a_gap_that_reads_itself_through_another_is_told_before_it_is_saved() -> None:
    async with on_numbers() as (app, pilot):
        with stored(slug="small") as store:
            store.add_gap("small", Gap("third", "gap * 2"))
        await press(app, pilot, "tab", "g", "e")
        await fill_in(app, pilot, formula="third / 2")
        assert "If saved" in box_text(app)
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, Form)
        assert in_store().gaps["gap"].formula == "many / few"


async def test_a_gap_is_edited_with_what_would_move_and_becomes_the_headline() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "tab", "G", "e")
        await fill_in(app, pilot, formula="all / each")
        # A thousand is 3 OOM, and five thousand over ten was 2.70.
        assert "If saved All the more 2.70 OOM → 3.00 OOM" in box_text(app)
        await fill_in(app, pilot, label="All over each", symbol="whole")
        assert isinstance(app.screen, Form)
        app.screen.go_to("headline")
        await press(app, pilot, "y", "ctrl+s")
        gap = in_store().gaps["whole"]
        assert (gap.label, gap.formula, gap.headline) == ("All over each", "all / each", True)
        assert not in_store().gaps["gap"].headline
        assert "All over each 3.00 OOM" in screen_text(app).splitlines()[1]
        # The headline stays that until another one is.
        await press(app, pilot, "N")
        assert "[yes, until another is]" in box_text(app)


async def test_gaps_move_and_go() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "tab", "g", "J")
        assert list(in_store().gaps) == ["other", "gap"]
        await press(app, pilot, "K", "K")
        assert list(in_store().gaps) == ["gap", "other"]
        await press(app, pilot, "J", "D", "y")
        assert list(in_store().gaps) == ["other"]
        await press(app, pilot, "u")
        assert list(in_store().gaps) == ["other", "gap"]


async def test_a_gap_that_another_person_changed_is_offered_both_ways() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "tab", "g", "e")
        await fill_in(app, pilot, formula="many / each")
        with stored(slug="small") as store:
            store.edit_gap("small", "gap", expected=ANYTHING, formula="all / each")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, ConflictDialog)
        assert "all / each" in box_text(app)
        await press(app, pilot, "m", "enter")
        assert in_store().gaps["gap"].formula == "many / each"


async def test_an_unsaved_gap_comes_back() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "tab", "a")
        await fill_in(app, pilot, label="Half made", formula="many /")
        await press(app, pilot, "escape", "a")
        assert "Half made" in box_text(app)
        assert "half_made" in box_text(app)


# Readings


async def test_a_reading_is_added_with_its_source_and_chosen() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "r", *"add", "enter")
        await fill_in(app, pilot, name="survey", value="100", source="a survey", url="https://a.org", note="rough")
        await press(app, pilot, "ctrl+s")
        added = in_store().quantities["many"].readings
        assert list(added) == [PLAIN_READING, "survey"]
        assert added["survey"] == Reading("100", "a survey", "https://a.org", "rough")
        # The plain value counts until the other one is chosen: a hundred over ten is 1 OOM.
        assert "How much more 2.00" in screen_text(app)
        await press(app, pilot, "r", *"survey", "enter")
        assert "How much more 1.00" in screen_text(app)


async def test_a_reading_is_edited_with_what_would_move_and_removed() -> None:
    with DebateStore.open() as store:
        store.add_reading("small", "many", "survey", Reading("100", "a survey"))
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "r", *"edit", "enter", *"val", "enter")
        await fill_in(app, pilot, value="10K")
        # Ten thousand over ten.
        assert "How much more 2.00 OOM → 3.00 OOM" in box_text(app)
        await press(app, pilot, "ctrl+s", "r", *"remove", "enter", *"val", "enter")
        assert in_store().quantities["many"].readings == {"survey": Reading("100", "a survey")}
        await press(app, pilot, "r")
        assert "remove a reading" not in box_text(app)  # the only one
        await press(app, pilot, *"edit", "enter")
        assert isinstance(app.screen, Form)


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("name", "value", "✗ there is a reading 'value' already"),
        ("name", "a b", "✗ found 'a b'; expected a name"),
        ("value", "= few * 2", "1 to mend"),
        ("url", "nowhere", "✗ found 'nowhere'; expected an address"),
    ],
)
async def test_what_a_reading_cannot_be_is_told_at_its_field(field: str, text: str, told: str) -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "r", *"add", "enter")
        await fill_in(app, pilot, **{"name": "survey", "value": "1", field: text})
        await press(app, pilot, "ctrl+s")
        assert told in box_text(app)
        assert in_store() == DEBATE


@pytest.mark.parametrize("key", ["r", "m"])
async def test_a_formula_has_no_readings_and_no_size_of_a_model_and_says_so(key: str) -> None:
    with stored(slug="small") as store:
        store.edit_quantity("small", "all", expected=ANYTHING, unit="parameter")  # else it is no model's size anyway
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "j", "j", key)
        assert isinstance(app.screen, NumbersScreen)
        assert "is a formula, = many * each; give it a value" in one_line(app)


async def test_a_reading_that_another_person_removed_meanwhile_is_told() -> None:
    with DebateStore.open() as store:
        store.add_reading("small", "many", "survey", Reading("100", "a survey"))
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "r", *"edit", "enter", *"survey", "enter")
        await fill_in(app, pilot, value="10K")
        with stored(slug="small") as store:
            store.remove_reading("small", "many", "survey", expected=ANYTHING)
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, Form)
        assert "no reading 'survey'" in box_text(app)


# What a formula names and is not there


async def test_a_quantity_that_a_formula_names_is_made_from_the_row_and_the_formula_is_kept() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "e")
        await type_text(app, pilot, "= few * halves")
        assert "there is no quantity 'halves'" in one_line(app)
        assert "· ctrl+n" in one_line(app)
        await press(app, pilot, "ctrl+n")
        assert isinstance(app.screen, FigureForm)
        assert app.screen.shown("symbol") == "halves"
        await fill_in(app, pilot, label="Halves", value="0.5")
        await press(app, pilot, "ctrl+s")
        # Ten times a half; over ten it is 0.5, -0.30 OOM.
        assert isinstance(app.screen, ValuePrompt)
        assert "How much more 2.00 → −0.30" in one_line(app)
        await press(app, pilot, "enter")
        assert in_store().quantities["many"].formula == "few * halves"
        assert in_store().quantities["halves"].label == "Halves"


async def test_a_quantity_that_a_gap_names_is_made_from_its_form() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "tab", "a")
        form = app.screen
        assert isinstance(form, FigureForm)
        await fill_in(app, pilot, label="Third", formula="many / thirds")
        assert "· ctrl+n" in one_line(app)
        await press(app, pilot, "ctrl+n")
        await fill_in(app, pilot, value="100")
        await press(app, pilot, "ctrl+s")
        assert app.screen is form
        # A thousand over a hundred is one order of magnitude.
        assert "· ctrl+n" not in one_line(app)
        assert "1.00" in one_line(app)
        await press(app, pilot, "ctrl+n")
        assert "Every name in a formula is there already." in one_line(app)
        await press(app, pilot, "ctrl+s")
        assert in_store().gaps["third"].formula == "many / thirds"


async def test_what_another_process_adds_meanwhile_can_be_named() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "e")
        await type_text(app, pilot, "= few * theirs")
        assert "there is no quantity 'theirs'" in one_line(app)
        with stored(slug="small") as other:
            other.add_quantity("small", Quantity("theirs"), "2")
        while app.debate is None or "theirs" not in app.debate.quantities:
            await pilot.pause(0.05)
        await press(app, pilot, "enter")
        assert in_store().quantities["many"].formula == "few * theirs"


# Claims


async def test_what_a_source_claims_of_a_gap_is_set_and_taken_away_in_its_form() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "tab", "e")
        form = app.screen
        assert isinstance(form, FigureForm)
        await fill_in(app, pilot, claim="lots")
        await press(app, pilot, "ctrl+s")
        assert "'lots'" in one_line(app)
        assert app.screen is form
        await fill_in(app, pilot, claim="100x", claim_source="The post, P4")
        await press(app, pilot, "ctrl+s")
        gap = next(iter(in_store().gaps.values()))
        assert gap.claim == Claim("100x", "The post, P4")
        await press(app, pilot, "e")
        assert "Claim 100x, The post, P4" in one_line(app)
        await fill_in(app, pilot, claim="")
        await press(app, pilot, "ctrl+s")
        # The source would be lost: it is told, and nothing is saved.
        assert "a source or a quote of a claim but no claim" in one_line(app)
        await fill_in(app, pilot, claim_source="")
        await press(app, pilot, "ctrl+s")
        assert next(iter(in_store().gaps.values())).claim is None


async def test_a_quantity_has_a_claim_too() -> None:
    async with on_numbers() as (app, pilot):
        await press(app, pilot, "N")
        await fill_in(app, pilot, claim="1000", claim_quote="a thousand")
        await press(app, pilot, "ctrl+s")
        assert in_store().quantities["many"].claim == Claim("1000", "", "a thousand")


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("few * e", "there is no quantity 'e' yet"),
        ("o", "there is no quantity 'o' yet"),
        ("few * zebra", "there is no quantity 'zebra'"),
    ],
)
def test_a_name_that_is_not_there_yet_can_be_made(formula: str, told: str) -> None:
    with pytest.raises(Malformed) as refused:
        check_offering(DEBATE, formula)
    assert str(refused.value).startswith(told)
    assert str(refused.value).endswith("· ctrl+n makes it")
