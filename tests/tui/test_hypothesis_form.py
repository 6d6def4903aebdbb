"""The form of an explanation: its rivals, and what it does to the numbers."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.problems import Malformed
from hypotheses.reading import Assumption, Reading
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.running import box_text, offered, press, running, screen_text, stored, type_text
from tui.app import AbduceApp
from tui.debate.effect_lines import (
    assumed_in,
    assumptions_text,
    check_effects,
    effects_text,
    read_assumptions,
    read_effects,
    unnamed_in,
)
from tui.dialogs.conflict import ConflictDialog
from tui.dialogs.form import Form

EXTRA = Assumption(
    {"post": Reading("1 to 2", "the post", note="kept"), "literature": Reading("0.2 to 0.6")}, chosen="literature"
)
DEBATE = Debate(
    "small",
    "A small debate",
    convention="post",
    quantities={
        "model": Quantity("model", "A model", readings={"post": Reading("1B")}),
        "brain": Quantity("brain", "A brain", readings={"post": Reading("100B")}),
    },
    gaps={"gap": Gap("gap", "brain / model", label="The gap", unit="OOM", headline=True)},
    hypotheses={
        "eyes": Hypothesis(
            "eyes",
            "Eyes are odd",
            "",
            0.6,
            position=0,
            effects={"model": "model  *\n10 ** extra"},
            assumes={"extra": EXTRA},
        ),
        "words": Hypothesis("words", "Words are odd", "", 0.4, position=1),
        "hands": Hypothesis("hands", "Hands are odd", "", 0.2, position=2),
    },
)
EYES = DEBATE.hypotheses["eyes"]


@pytest.fixture(autouse=True)
def database() -> None:
    DebateStore.open(first=lambda: DEBATE).close()


def in_store() -> Hypothesis:
    with stored(slug="small") as store:
        return store.load("small").hypotheses["eyes"]


def form_of(app: AbduceApp) -> Form:
    assert isinstance(app.screen, Form), screen_text(app)
    return app.screen


# The lines


def test_effects_and_assumptions_are_written_a_line_each() -> None:
    assert effects_text(EYES.effects) == "model = model * 10 ** extra"
    assert assumptions_text(EYES.assumes) == "extra.post = 1 to 2\nextra.literature = 0.2 to 0.6"
    assert assumptions_text({"share": Assumption({"value": Reading("45%")})}) == "share = 45%"


def test_what_is_read_as_it_is_written_is_what_it_was() -> None:
    assert read_effects(effects_text(EYES.effects), EYES.effects) == EYES.effects
    assert read_assumptions(assumptions_text(EYES.assumes), EYES.assumes) == EYES.assumes


def test_another_value_keeps_the_source_and_the_note_of_its_reading() -> None:
    now = read_assumptions("extra.post = 3\n\nnew = 1 to 2", EYES.assumes)
    # What was chosen is there no more, so the convention chooses again.
    assert now["extra"] == Assumption({"post": Reading("3", "the post", note="kept")})
    assert now["new"] == Assumption({"value": Reading("1 to 2")})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("model", "line 1: found 'model'; expected quantity = formula, one a line"),
        ("model =", "line 1: found 'model ='; expected quantity = formula"),
        ("\nmodle = 2", "line 2: there is no quantity 'modle'; did you mean 'model'?"),
        ("brain = 2\nmodel = model *", "line 2: "),
        ("brain = 2 +* 3", "column 4"),
        ("brain = 2\nbrain = 3", "line 2: found 'brain' twice; expected it once"),
        ("model = model * extra", "there is no quantity 'extra'; there is model, brain, gap · ctrl+n makes it"),
    ],
)
def test_an_effect_that_cannot_be_read_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(Malformed) as refused:
        check_effects(DEBATE, text)
    assert told in str(refused.value)


def test_effects_name_what_the_explanation_assumes() -> None:
    text = "model = model * 10 ** extra"
    check_effects(DEBATE, text, assumed_in("extra.post = 1 to 2\nshar"))
    assert unnamed_in(DEBATE, text, ()) == "extra"
    assert unnamed_in(DEBATE, text, assumed_in("extra = ")) == ""
    assert unnamed_in(DEBATE, "modle = 2", ()) == "modle"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("extra", "line 1: found 'extra'; expected name = 1 to 2, one a line"),
        ("a = 1\nb = 1,00", "line 2: "),
        ("two words = 3", "line 1: found 'two words'; expected a name of letters, digits and _"),
    ],
)
def test_an_assumption_that_cannot_be_read_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_assumptions(text, EYES.assumes)
    assert told in str(refused.value)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Malformed):
        read_effects(text, EYES.effects)
    with suppress(Malformed):
        read_assumptions(text, EYES.assumes)


# The form


async def test_what_is_not_touched_stays_to_the_letter() -> None:
    async with running((120, 44)) as (app, pilot):
        await press(app, pilot, "e")
        form_of(app).put("short", "eyes")
        await press(app, pilot, "ctrl+s")
    now = in_store()
    assert (now.short, now.effects, now.assumes) == ("eyes", EYES.effects, EYES.assumes)


async def test_effects_and_assumptions_are_typed_and_move_the_gap_as_one_change() -> None:
    async with running((120, 44)) as (app, pilot):
        await press(app, pilot, "e")
        form = form_of(app)
        form.put("effects", "model = model * 10 ** extra\nbrain = brain / share")
        form.put("assumes", "extra.post = 1\nshare = 10")
        await press(app, pilot, "tab")
        # The brain is 2 OOM above the model; between 0.2 and 0.6, which count now, lies 0.35, their product's root.
        assert "If saved The gap if it is true 1.65 OOM → 0.00 OOM Save" in box_text(app)
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, Form)
        assert app.estimates is not None
        # In OOM: log10(100B / 10 / (1B * 10)) = 0.
        assert app.estimates.gaps["gap"].under["eyes"].median == pytest.approx(0.0)
        await press(app, pilot, "u")
    assert in_store() == EYES


async def test_what_is_wrong_with_them_is_told_before_saving() -> None:
    async with running((120, 44)) as (app, pilot):
        await press(app, pilot, "e")
        form = form_of(app)
        form.put("effects", "model = model * 10 ** extra\nbrian = 2")
        await press(app, pilot, "ctrl+s")
        assert "✗ line 2: there is no quantity 'brian'; did you mean 'brain'?" in box_text(app)
        form.put("effects", "model = model * 10 ** extre")
        await press(app, pilot, "tab")
        assert "✗ line 1: there is no quantity 'extre'; did you mean 'extra'? · ctrl+n makes it" in box_text(app)
        await press(app, pilot, "ctrl+s")
        assert app.screen is form
    assert in_store() == EYES


async def test_names_in_effects_are_completed_and_one_that_is_not_there_is_made() -> None:
    async with running((120, 44)) as (app, pilot):
        await press(app, pilot, "e")
        form_of(app).put("effects", "")
        form_of(app).go_to("effects")
        await type_text(app, pilot, "br")
        assert offered(app) == ["brain   100B", "make “br” new …"]
        await press(app, pilot, "tab")
        await press(app, pilot, *" = brain * mo", "tab")
        assert offered(app) == []
        await press(app, pilot, *" / twice", "ctrl+n")
        form_of(app).put("value", "2")
        await press(app, pilot, "ctrl+s")
        assert "✗" not in box_text(app)
        await press(app, pilot, "ctrl+s")
    assert in_store().effects == {"brain": "brain * model / twice"}


async def test_rivals_are_named_by_rank_or_slug_and_completed() -> None:
    async with running((120, 44)) as (app, pilot):
        await press(app, pilot, "e")
        form = form_of(app)
        form.go_to("rivals")
        await type_text(app, pilot, "3, wo")
        await press(app, pilot, "right")
        assert form.text_of("rivals") == "3, words"
        await press(app, pilot, "ctrl+s")
    assert in_store().rivals == ("hands", "words")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("wrods", "there is no hypothesis 'wrods'; did you mean 'words'?"),
        ("4", "there is no hypothesis '4'"),
        ("1", "found '1', the explanation itself; expected others"),
    ],
)
async def test_a_rival_that_is_none_is_told(text: str, told: str) -> None:
    async with running((120, 44)) as (app, pilot):
        await press(app, pilot, "e")
        form_of(app).put("rivals", text)
        await press(app, pilot, "ctrl+s")
        assert told in box_text(app)
    assert in_store().rivals == ()


async def test_an_effect_that_another_process_has_changed_is_offered_beside_mine() -> None:
    async with running((120, 44)) as (app, pilot):
        await press(app, pilot, "e")
        with DebateStore.open(actor="colleague") as other:
            other.set_effect("small", "eyes", "model", "model * 2", expected=ANYTHING)
        form_of(app).put("effects", "model = model * 3")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, ConflictDialog)
        assert "theirs model = model * 2" in screen_text(app)
        await press(app, pilot, "m", "enter")
    assert in_store().effects == {"model": "model * 3"}


async def test_a_plausibility_can_be_typed_in_the_form_too_and_untouched_stays_as_exact_as_it_was() -> None:
    with stored(slug="small") as store:
        store.set_plausibility("small", "eyes", 0.623456, expected=ANYTHING)
    async with running((120, 45)) as (app, pilot):
        await press(app, pilot, "e")
        form = app.screen
        assert isinstance(form, Form)
        form.put("note", "Another note.")
        await press(app, pilot, "ctrl+s")
        assert (in_store().plausibility, in_store().note) == (0.623456, "Another note.")
        await press(app, pilot, "e")
        form = app.screen
        assert isinstance(form, Form)
        form.put("plausibility", "3 in 4")
        await press(app, pilot, "ctrl+s")
        assert in_store().plausibility == 0.75
        await press(app, pilot, "u")
        assert in_store().plausibility == 0.623456
