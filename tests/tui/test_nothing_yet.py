"""A debate with little in it: every empty part says which key fills it, and nothing of another debate shows."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from hypotheses.debate import Debate, Evidence, Hypothesis, Quantity
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from tests.tui.running import one_line, press, running, screen_text, settled, toasts
from tui.dialogs.form import Form
from tui.widgets.hint import hint

NOTHING = Debate("bees", "Where did the bees go?")
TWO = replace(
    NOTHING,
    hypotheses={
        slug: Hypothesis(slug, f"It is {slug}", position=place) for place, slug in enumerate(("mites", "cold"))
    },
)
HOURS = Quantity("hours", "Hours awake", "h", readings={"source": Reading("16")})
NUMBERS = replace(TWO, quantities={"hours": HOURS}, convention="source")
OF_THE_BUNDLED = re.compile(r"puzzle|vision|brain|parameter|model", re.IGNORECASE)
"""Words that only the bundled debate has a reason for."""


def test_what_stands_between_backticks_is_a_key() -> None:
    text = hint("Nothing yet: press `n` here.")
    assert text.plain == "Nothing yet: press n here."
    assert [text.plain[span.start : span.end] for span in text.spans if "bold" in str(span.style)] == ["n"]


@pytest.mark.parametrize(
    ("debate", "keys", "told"),
    [
        (NOTHING, "", "Say in a few lines what is asked, and what would count as an answer: O writes it."),
        (NOTHING, "", "No explanations yet: press a to add the first."),
        (NOTHING, "2", "No evidence yet: press n to log some."),
        (NOTHING, "3", "This debate has no quantities yet; a adds one: 890M, 30B to 300B, 45%, or = and a formula."),
        (NOTHING, "3", "No gaps yet; a here adds one."),
        (NOTHING, "3", "No explanations yet: a here adds one."),
        (NOTHING, "5", "No explanations yet: press 1, then a."),
        (NOTHING, "c", "a adds one"),
        (TWO, "", "No evidence tests them yet: n logs some p says how likely one is a adds another"),
        (TWO, "", "Nothing written yet: press e, or E for $EDITOR."),
        (TWO, "", "Nothing found out yet: press n to log the first finding."),
        (TWO, "", "A DOI, an address or BibTeX, pasted, starts one, filled in."),
        (TWO, "", "acts on no number yet: 3, then a adds one"),
        (TWO, "]]", "No ideas yet: press i to submit one."),
        (TWO, "w", "No comments yet: write the first one below."),
        (TWO, "t", "No evidence is logged yet that could be rated: n logs the first"),
        (NUMBERS, "", "acts on no number yet: e says on which"),
        (NUMBERS, "", "no gap yet: press 3, then a in the gaps"),
        (replace(TWO, evidence={"e": Evidence("e", "Found")}), "", "press n to log some, t to rate what is logged."),
    ],
)
async def test_every_empty_part_says_which_key_fills_it(debate: Debate, keys: str, told: str) -> None:
    DebateStore.open(first=lambda: debate).close()
    async with running((140, 60)) as (app, pilot):
        await press(app, pilot, *keys)
        await settled(app, pilot)
        halves = [" ".join(line[at : at + 75] for line in screen_text(app).splitlines()) for at in (0, 55)]
        shown = " ".join([one_line(app), *halves, *toasts(app)])
        assert told in " ".join(shown.split())


@pytest.mark.parametrize("debate", [NOTHING, TWO, NUMBERS], ids=["nothing", "two", "numbers"])
@pytest.mark.parametrize("keys", ["", "2", "3", "5", "X", "=", "?"])
async def test_nothing_of_the_bundled_debate_is_on_screen(debate: Debate, keys: str) -> None:
    DebateStore.open(first=lambda: debate).close()
    async with running((200, 60)) as (app, pilot):
        await press(app, pilot, *keys)
        await settled(app, pilot)
        assert OF_THE_BUNDLED.findall(screen_text(app)) == []


async def test_enter_on_a_question_that_is_missing_writes_it() -> None:
    DebateStore.open(first=lambda: TWO).close()
    async with running() as (app, pilot):
        await press(app, pilot, "k", "enter")
        assert isinstance(app.screen, Form)
        assert app.screen.shown("title") == "Where did the bees go?"


async def test_a_models_size_is_offered_only_for_what_could_be_one() -> None:
    size = Quantity("size", "A size", "parameter", readings={"source": Reading("1B")})
    DebateStore.open(first=lambda: replace(NUMBERS, quantities={"hours": HOURS, "size": size})).close()
    async with running() as (app, pilot):
        await press(app, pilot, "3")
        assert "m Model" not in screen_text(app).splitlines()[-1]
        await press(app, pilot, "m")
        assert "works on a quantity that is counted in parameters" in toasts(app)[-1]
        await press(app, pilot, "j")
        assert "m Model" in screen_text(app).splitlines()[-1]
