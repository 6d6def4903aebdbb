"""What would change the conclusion, and trying it: nothing is stored until it is kept."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from hypotheses.belief import implied
from hypotheses.cruxes import Crux, cruxes, tried
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.estimates import estimate
from hypotheses.margin import leave_one_out, margin
from store.bundled import bundled_debate
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.exploring import explored
from tests.tui.bursts import burst, resize
from tests.tui.running import BUNDLED, box_text, dialog_text, fault, press, running, screen_text, settled
from tui.app import AbduceApp
from tui.cruxes.dialog import Cruxes, CruxList
from tui.cruxes.trials import trial_of_crux, trial_without
from tui.dialogs.form import Form
from tui.timeline.screen import TimelineScreen
from tui.widgets.crux_text import crux_sentence, eased, left_out_sentence, margin_text

DEBATE = bundled_debate()
FIRST, SECOND = "unfair-comparison", "wasteful-llms"
"""What the evidence puts first and second; first and fifth in the ranking."""


def evidence_first(debate: Debate) -> str:
    found = implied(debate)
    return max(found, key=lambda slug: found[slug])


def stored() -> Debate:
    with DebateStore.open() as store:
        return store.load(BUNDLED)


# Sentences and numbers


def test_the_margin_of_the_bundled_debate_in_words() -> None:
    told = margin_text(DEBATE, margin(DEBATE))
    # The margin of 0.1361 nats is a factor of 1.146, or 0.59 decibans.
    assert told == (
        "By the evidence 1 The comparison is not fair is first. "
        "Its odds are 1.15 times (0.6 dB) those of 5 Language models waste parameters."
    )
    assert "none can overtake another" in margin_text(replace(DEBATE, evidence={}), None)


def test_each_kind_of_crux_in_one_plain_sentence() -> None:
    found = [crux_sentence(DEBATE, eased(DEBATE, crux)) for crux in cruxes(DEBATE, estimate(DEBATE))]
    # A prior of 8% has odds of 0.087; times 1.146 they are 0.0997, which is 9.06%. 1.25 times 1.146 is 1.432.
    for sentence in (
        "lottery under 5: 1.25 → 1.44",
        "prior of 5: 8% → 9.1%",
        "visual_cortex: 100B → 890M closes the gap",
    ):
        assert sentence in found
    weight = Crux("credibility", 0.5, 1.0, 0.4567, evidence="felleman91")
    assert crux_sentence(DEBATE, weight) == "credibility of felleman91: high → 0.457"


def test_how_things_would_stand_without_an_item() -> None:
    apart = margin(DEBATE)
    assert apart is not None
    told = {one.evidence: left_out_sentence(DEBATE, apart, one) for one in leave_one_out(DEBATE)}
    # felleman91 brings the first explanation a ratio of 2, 3.0 decibans, and vjepa2 one of 1/2.
    assert told["felleman91"] == "−3.0 dB, and 5 would be first"
    assert told["leuba94"] == "0.0 dB, and 2 would be first"
    assert told["vjepa2"] == "+3.0 dB"


@explored(30)
@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_a_rounded_ratio_goes_a_little_beyond_what_is_needed(now: float, needed: float) -> None:
    assume(now != needed)
    found = eased(DEBATE, Crux("ratio", 1.0, now, needed)).needed
    assert (found > needed) if needed > now else (found < needed)
    assert found == pytest.approx(needed, rel=0.011)
    # It can be typed: three digits, or a round thousand.
    assert float(f"{found:.4g}") == found


@explored(30)
@given(st.floats(1e-6, 1 - 1e-6), st.floats(1e-6, 1 - 1e-6))
def test_a_rounded_prior_goes_beyond_and_stays_a_plausibility(now: float, needed: float) -> None:
    assume(now != needed)
    found = eased(DEBATE, Crux("prior", 1.0, now, needed, hypothesis=FIRST)).needed
    assert 0 < found < 1
    assert (found > needed) if needed > now else (found < needed)


@pytest.mark.parametrize("mode", ["independent", "exclusive"])
def test_every_rounded_crux_still_does_it(mode: str) -> None:
    debate = replace(DEBATE, mode="exclusive") if mode == "exclusive" else DEBATE
    priors = {s: replace(h, prior=h.prior / 2) if mode == "exclusive" else h for s, h in debate.hypotheses.items()}
    debate = replace(debate, hypotheses=priors)
    apart = margin(debate)
    assert apart is not None
    for crux in cruxes(debate):
        after = implied(tried(debate, eased(debate, crux)))
        assert after[apart.second] > after[apart.first], crux


def test_of_two_that_are_equal_the_second_rises_or_the_first_falls() -> None:
    debate = Debate(
        "d",
        "D",
        hypotheses={slug: Hypothesis(slug, slug, prior=0.3) for slug in "ab"},
        evidence={"x": Evidence("x", "X", assessments={slug: Assessment(3.0) for slug in "ab"})},
    )
    apart = margin(debate)
    assert apart is not None
    assert apart.nats == 0
    assert margin_text(debate, apart) == "By the evidence 1 a and 2 b are equally first."
    for crux in cruxes(debate):
        if crux.hypothesis:
            assert evidence_first(tried(debate, eased(debate, crux))) == "b", crux


async def test_what_is_kept_is_what_was_tried() -> None:
    known = estimate(DEBATE)
    by_kind = {crux.kind: crux for crux in reversed(cruxes(DEBATE, known))}
    item = Crux("credibility", 0.5, 1.0, 0.5, evidence="felleman91")
    other = Crux("relevance", 0.5, 1.0, 0.5, evidence="felleman91")
    trials = [trial_of_crux(DEBATE, crux) for crux in (*by_kind.values(), item, other)]
    trials.append(trial_without(DEBATE, leave_one_out(DEBATE)[0]))
    assert len(trials) == 8
    with DebateStore.open() as store:
        assert store.load(BUNDLED) == DEBATE
        for trial in trials:
            change = trial.keep(store, trial.seen)
            assert change is not None
            assert change.entry is not None, trial.sentence
            assert implied(change.debate) == pytest.approx(implied(trial.debate), rel=1e-6)
            if "closes" in trial.sentence:
                assert estimate(change.debate).gaps["puzzle"].now.median == pytest.approx(0, abs=0.005)
            assert store.undo(BUNDLED, expected=ANYTHING).debate == DEBATE


# In the app


@asynccontextmanager
async def trying(
    *keys: str, size: tuple[int, int] = (120, 40), location: str | None = None
) -> AsyncIterator[tuple[AbduceApp, Pilot[int]]]:
    """Run the app until something is tried: by default the first crux, the prior of the first explanation."""
    async with running(size, location) as (app, pilot):
        await press(app, pilot, *(keys or ("X", "enter")))
        assert app.trying.trial is not None
        yield app, pilot


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
async def test_the_page_looks_like_this(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with running(size) as (app, pilot):
        await press(app, pilot, "X")
        assert dialog_text(app) == snapshot
        await press(app, pilot, "right_square_bracket")
        assert dialog_text(app) == snapshot


async def test_a_trial_is_shown_on_every_screen_and_stored_nowhere() -> None:
    async with trying() as (app, pilot):
        assert app.debate is not None
        assert evidence_first(app.debate) == SECOND
        for name in ("matrix", "numbers", "timeline"):
            app.action_show(name)
            await settled(app, pilot)
            assert "▶ Trying: prior of 1: 60% → 56.6%" in screen_text(app)
            assert "esc puts it back · ctrl+s keeps it" in screen_text(app)
        assert "5 was last (1991), first" in screen_text(app)
        assert stored() == DEBATE
        # esc puts it back before it leaves the screen.
        await press(app, pilot, "escape")
        assert isinstance(app.screen, TimelineScreen)
        assert "Trying" not in screen_text(app)
        assert app.debate == DEBATE
        await press(app, pilot, "escape")
        assert "Explanations" in screen_text(app)


async def test_a_quantity_that_is_tried_moves_every_gap() -> None:
    async with running((140, 45)) as (app, pilot):
        await press(app, pilot, "X")
        changes = app.screen.query_one(CruxList)
        changes.cursor = next(
            n for n, crux in enumerate(changes.rows) if isinstance(crux, Crux) and crux.quantity == "visual_cortex"
        )
        await press(app, pilot, "enter")
        text = screen_text(app)
        # log10(890M / 890M) is 0, less a language gap of 0.
        assert "The puzzle 0.00 OOM" in text
        assert "visual_cortex: 100B → 890M closes the gap" in text
        await press(app, pilot, "escape")
        assert "The puzzle 2.05 OOM" in screen_text(app)


async def test_keeping_it_is_one_change_that_undo_takes_back() -> None:
    async with trying() as (app, pilot):
        await press(app, pilot, "ctrl+s")
        assert "Trying" not in screen_text(app)
        assert "put back" not in screen_text(app)
        assert stored().hypotheses[FIRST].prior == pytest.approx(0.566)
        assert app.debate == stored()
        await press(app, pilot, "u")
        assert stored() == DEBATE


async def test_an_item_left_out_is_tried_and_kept_as_retracted() -> None:
    async with trying("X", "]", "t") as (app, pilot):
        assert "▶ Trying: without felleman91" in screen_text(app)
        await press(app, pilot, "f2")
        assert stored().evidence["felleman91"].retracted


async def test_another_programs_change_ends_a_trial_and_says_so() -> None:
    async with trying() as (app, pilot):
        with DebateStore.open(actor="colleague") as other:
            other.load(BUNDLED)
            other.set_value(BUNDLED, "stable_diffusion", "1B", expected=ANYTHING)
        while app.trying.trial is not None:
            await pilot.pause(0.05)
        await settled(app, pilot)
        assert "What was tried is put back: the debate has changed." in screen_text(app)
        assert "Trying" not in screen_text(app).replace("What was", "")
        assert app.debate is not None
        assert app.debate.hypotheses[FIRST].prior == 0.6


async def test_editing_keys_act_on_the_debate_as_it_is() -> None:
    async with trying() as (app, pilot):
        await press(app, pilot, "e")
        form = app.screen
        assert isinstance(form, Form)
        assert form.text_of("prior") == "60%"
        # esc closes the form first: nothing under it has been asked for.
        await press(app, pilot, "escape")
        assert "▶ Trying" in screen_text(app)
        await press(app, pilot, "J")
        assert "the debate has changed" in screen_text(app)
        assert app.debate == stored()
        assert stored().hypotheses[FIRST].prior == 0.6


async def test_one_trial_takes_the_place_of_another_and_the_page_is_about_what_is_stored() -> None:
    async with trying() as (app, pilot):
        await press(app, pilot, "X")
        assert "prior of 1: 60% → 56.6%" in screen_text(app)
        await press(app, pilot, "j", "enter")
        assert "▶ Trying: prior of 5: 8% → 9.1%" in screen_text(app)
        assert app.debate is not None
        assert app.debate.hypotheses[FIRST].prior == 0.6
        await press(app, pilot, "escape")
        assert app.debate == DEBATE


async def test_a_debate_that_changes_under_the_page_is_worked_out_anew() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "X")
        with DebateStore.open(actor="colleague") as other:
            other.load(BUNDLED)
            other.edit_hypothesis(BUNDLED, SECOND, prior=0.02, expected=ANYTHING)
        while "1.15 times" in screen_text(app):
            await pilot.pause(0.05)
        await press(app, pilot, "enter")
        assert app.trying.trial is not None


async def test_what_cannot_be_saved_is_told_and_still_tried(home: Path) -> None:
    location = str(home / "copy.db")
    DebateStore.open(location).close()
    async with trying(location=location) as (app, pilot):
        assert app.session is not None
        app.session.store._database.read_only = True  # root can write to any file
        await press(app, pilot, "ctrl+s")
        assert "▶ Trying" in screen_text(app)


async def test_a_debate_with_nothing_to_turn_round_says_so() -> None:
    bare = Debate("bare", "Bare", hypotheses={"a": Hypothesis("a", "A")})
    DebateStore.open(first=lambda: bare).close()
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "X")
        text = box_text(app)
        assert "none can overtake another" in text
        assert "No single change would do it." in screen_text(app)
        await press(app, pilot, "enter", "t", "]", "enter")
        assert isinstance(app.screen, Cruxes)
        await press(app, pilot, "escape")
        for size in [(1, 1), (80, 5), (20, 8), (80, 24)]:
            resize(app, *size)
            await burst(app, pilot, *"X]]t", "escape", "X", "enter", "escape")
            assert fault(app) is None


def test_a_factor_beyond_all_measure_is_still_told() -> None:
    apart = margin(DEBATE)
    assert apart is not None
    assert "dB) those of" in margin_text(DEBATE, apart._replace(nats=math.log(10) * 300))
