"""`y` copies what is under the cursor on every screen and page, and says what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hypotheses.debate import Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.idea import Idea
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.running import press, running, settled, toasts
from tui.clipboard import in_words
from tui.host import Target
from tui.says import Says

SMALL = Debate(
    "small",
    "Small?",
    question="Is it *small*?",
    convention="post",
    hypotheses={
        "one": Hypothesis("one", "It is the *first*", "It says so.", 0.6, 0.5, effects={"people": "people / 10"}),
        "two": Hypothesis("two", "The other | one", "", 0.2, 0.5),
    },
    evidence={
        "ito20": Evidence(
            "ito20",
            "Found \x1b[31mout",
            ("Ana Ito",),
            "2020",
            "A journal",
            "10.1/x",
            finding="So it is.",
            cluster="lab",
        )
    },
    quantities={
        "people": Quantity("people", "People", "person", {"post": Reading("1000", source="census")}, group="counts"),
        "tuners": Quantity("tuners", "Tuners", "person", {"post": Reading("10", source="the | book")}, group="counts"),
    },
    gaps={"gap": Gap("gap", "people / tuners", "The gap", headline=True)},
)


@pytest.fixture
def small() -> None:
    DebateStore.open(first=lambda: SMALL).close()


async def copied_by(monkeypatch: pytest.MonkeyPatch, *keys: str) -> tuple[str, str]:
    """Return what is copied and what is told."""
    copied: list[str] = []
    async with running((120, 40)) as (app, pilot):
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        await press(app, pilot, *keys, "y")
        return copied[-1], toasts(app)[-1]


@pytest.mark.parametrize(
    ("keys", "copied"),
    [
        # 1000 people over 10 tuners: 2 orders of magnitude, of which people / 10 leaves 1.
        (
            ("1",),
            "**It is the \\*first\\***: 60%, likely; the evidence says 50%; leaves 1.00 of 2.00 OOM\n\nIt says so.",
        ),
        (("3",), "People (`people`): 1000 person; census"),
        (("3", "k"), "| Quantity | Value | Source |"),
        # 60% and the odds of it: 0.6 of one explanation that leaves 1, so between 1 and 2 with all weighed.
        (("3", "tab"), "The gap: 2.00 OOM = people / tuners; all weighed "),
        (("3", "tab", "tab"), "**It is the \\*first\\***: 60%"),
        (("5",), "As of "),
        (("k", "enter"), "## Small?\n\nIs it *small*?"),
        (("X",), ""),
        (("equals_sign",), ""),
    ],
    ids=["ranking", "quantity", "role", "gap", "tick", "timeline", "question", "cruxes", "comparison"],
)
async def test_y_copies_what_is_under_the_cursor(
    small: None, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], copied: str
) -> None:
    text, told = await copied_by(monkeypatch, *keys)
    assert text.startswith(copied), text
    assert "\x1b" not in text
    first = text.partition("\n")[0][:60].rstrip()
    assert told.startswith(f"Copied: {first}")
    assert told.endswith("(sent to the terminal)")


async def test_a_cluster_is_copied_with_its_findings_and_a_rating_with_what_it_is_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name, _, findings = (await copied_by(monkeypatch, "2"))[0].partition("\n")  # the first row is a cluster
    assert name == f"{name.partition(':')[0]}: {len(findings.splitlines())} findings"
    text, _ = await copied_by(monkeypatch, "2", "plus")
    assert ", for The comparison is not fair: " in text.splitlines()[0]


async def test_without_explanations_the_table_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    DebateStore.open(first=lambda: Debate("empty", "Nothing yet?")).close()
    text, _ = await copied_by(monkeypatch)
    assert text.splitlines()[0] == "Nothing yet?"


async def test_an_entry_of_the_journal_is_copied_with_its_day(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    text, _ = await copied_by(monkeypatch, "5", "tab", "tab")
    assert text[:3] == "202"


async def test_a_table_escapes_a_bar_once(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told, _ = await copied_by(monkeypatch, "3", "k")
    assert "| Tuners | 10 person | the \\| book |" in told


async def test_what_somebody_has_removed_while_its_page_is_open_is_told(
    small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "2", "I")
        with DebateStore.open(actor="somebody") as other:
            other.remove_evidence("small", "ito20", expected=ANYTHING, along=True)
        app.changes.look()
        await settled(app, pilot)
        await press(app, pilot, "y")
        assert toasts(app)[-1] == "The evidence is not there any more"


async def test_while_something_is_tried_it_is_said_that_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    async with running((120, 40)) as (app, pilot):
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        await press(app, pilot, "X", "enter")
        assert app.trial is not None
        await press(app, pilot, "y")
        assert copied[-1].endswith(f"Tried, not saved: {app.trial.sentence}")


def test_the_name_of_who_asked_not_to_be_named_is_not_copied() -> None:
    idea = Idea(1, "They share", "Tuners share pianos.", sender="Ana R.")
    debate = Debate("small", "A small debate", ideas={1: idea, 2: replace(idea, number=2, unnamed=True)})
    assert "From Ana R." in in_words(debate, Target(idea=1), None, Says())
    assert in_words(debate, Target(idea=2), None, Says()).split() == [
        "Idea",
        "2:",
        "They",
        "share",
        "Tuners",
        "share",
        "pianos.",
    ]
