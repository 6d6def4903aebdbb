"""Typing what an item counts in its row of the Evidence list or of the Matrix."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Input

from hypotheses.debate import Evidence
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.bursts import burst
from tests.tui.running import BUNDLED, one_line, press, running, screen_text, settled, type_text
from tui.app import AbduceApp
from tui.debate.screen import DebateScreen
from tui.dialogs.prompt import Prompt
from tui.evidence.evidence_list import EvidenceList
from tui.evidence.weigh import weight_text
from tui.evidence.weight_prompt import WeightPrompt
from tui.matrix.screen import MatrixScreen

pytestmark = pytest.mark.painted


def kept(key: str) -> Evidence:
    with DebateStore.open() as store:
        return store.load(BUNDLED).evidence[key]


def weight(item: Evidence) -> tuple[float | None, float | None, str]:
    return item.credibility, item.relevance, item.cluster


def row_under_cursor(app: AbduceApp) -> Evidence:
    row = app.screen_stack[0].query_one(EvidenceList).current
    assert row is not None
    return row.evidence


async def test_a_weight_is_typed_in_the_row_of_the_evidence_and_kept_with_its_reason() -> None:
    async with running((120, 40)) as (app, pilot):
        app.screen.query_one(EvidenceList).focus()
        await press(app, pilot, "j", "C")
        item = row_under_cursor(app)
        assert isinstance(app.screen, WeightPrompt)
        assert app.screen.query_one("#typed", Input).value.split()[0] in ("low", "medium", "high", "?")
        await type_text(app, pilot, "10% low")
        text = one_line(app)
        # A tenth of a half.
        assert "0.05" in text
        assert item.title[:18] in text
        await press(app, pilot, "tab")
        await type_text(app, pilot, "Only an abstract.")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, DebateScreen)
        assert weight(kept(item.key)) == (0.1, 0.5, item.cluster)
        with DebateStore.open() as store:
            assert store.history(BUNDLED)[0].why == "Only an abstract."
        await press(app, pilot, "u")
        assert weight(kept(item.key)) == weight(item)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_it_is_typed_in_a_row_of_the_matrix(size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        await press(app, pilot, "2", "enter", "j", "C")
        assert isinstance(app.screen, WeightPrompt)
        screen = app.screen_stack[-2]
        assert isinstance(screen, MatrixScreen)
        key = screen.target.evidence
        await type_text(app, pilot, "?")
        await press(app, pilot, "enter")
        assert kept(key).credibility is None
        await press(app, pilot, "C")
        await type_text(app, pilot, "lots")
        assert "✗ Credibility: 'lots' is not a weight; expected low, medium, high" in one_line(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, WeightPrompt)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, MatrixScreen)
        assert kept(key).credibility is None


async def test_keys_in_one_burst_do_what_they_do_one_by_one() -> None:
    async with running((120, 40)) as (app, pilot):
        app.screen.query_one(EvidenceList).focus()
        await settled(app, pilot)
        await burst(app, pilot, "j", "j", "C", *"20%", "enter", "j", "C", *"30%", "enter")
        rows = app.screen.query_one(EvidenceList).rows
        assert [kept(rows[place].evidence.key).credibility for place in (2, 3)] == [0.2, 0.3] or {
            each.credibility for each in map(kept, [row.evidence.key for row in rows])
        } >= {0.2, 0.3}


async def test_what_it_would_move_is_told_by_the_functions_that_save() -> None:
    async with running((140, 45)) as (app, pilot):
        await press(app, pilot, "2", "enter", "j", "C")
        await type_text(app, pilot, "0 0 ?")
        await settled(app, pilot)
        assert "counts 0.00" in one_line(app)
        assert "→" in one_line(app) or "no figure moves" in one_line(app)


async def test_anothers_weight_meanwhile_is_told_and_replaced_by_enter() -> None:
    async with running((120, 40)) as (app, pilot):
        app.screen.query_one(EvidenceList).focus()
        await press(app, pilot, "C")
        key = row_under_cursor(app).key
        await type_text(app, pilot, "10%")
        with DebateStore.open(actor="bob") as other:
            other.edit_evidence(BUNDLED, key, expected=ANYTHING, credibility=0.9)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, WeightPrompt)
        assert kept(key).credibility == 0.9
        await press(app, pilot, "enter")
        assert isinstance(app.screen, DebateScreen)
        assert kept(key).credibility == 0.1


async def test_what_another_set_of_the_rest_is_left_alone() -> None:
    async with running((120, 40)) as (app, pilot):
        app.screen.query_one(EvidenceList).focus()
        await press(app, pilot, "C")
        key = row_under_cursor(app).key
        was = kept(key)
        await type_text(app, pilot, "10%")
        with DebateStore.open(actor="bob") as other:
            other.edit_evidence(BUNDLED, key, expected=ANYTHING, cluster="theirs")
        await press(app, pilot, "enter")
        assert weight(kept(key)) == (0.1, was.relevance, "theirs")


async def test_a_small_terminal_asks_in_a_box() -> None:
    async with running((58, 15)) as (app, pilot):
        await press(app, pilot, "2", "enter", "j", "C")
        assert type(app.screen) is Prompt
        await type_text(app, pilot, "25%")
        assert "counts" in screen_text(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, MatrixScreen)
        with DebateStore.open() as store:
            assert 0.25 in {each.credibility for each in store.load(BUNDLED).evidence.values()}


async def test_a_cluster_is_completed_by_tab() -> None:
    async with running((120, 40)) as (app, pilot):
        app.screen.query_one(EvidenceList).focus()
        await settled(app, pilot)
        debate = app.debate
        assert debate is not None
        cluster = next(each.cluster for each in debate.evidence.values() if len(each.cluster) > 3)
        await press(app, pilot, "C")
        await type_text(app, pilot, f"low low {cluster[:3]}")
        await press(app, pilot, "tab")
        typed = app.screen.query_one("#typed", Input).value
        assert typed.startswith(f"low low {cluster[:3]}")
        assert typed.removeprefix("low low ") in {each.cluster for each in debate.evidence.values()}
        await press(app, pilot, "enter")
        assert replace(kept(row_under_cursor(app).key), credibility=0.5).cluster == typed.removeprefix("low low ")


async def test_what_another_process_has_weighed_meanwhile_is_not_promised_to_change() -> None:
    async with running((120, 40)) as (app, pilot):
        app.screen.query_one(EvidenceList).focus()
        await press(app, pilot, "j", "C")
        item = row_under_cursor(app)
        with DebateStore.open() as other:
            other.edit_evidence(BUNDLED, item.key, expected=ANYTHING, credibility=0.1)
        app.changes.look()
        await settled(app, pilot)
        # The weights that stand there are those that were seen: only the cluster is another one.
        await type_text(app, pilot, f"{' '.join(weight_text(item).split()[:2])} alone")
        relevance = 1.0 if item.relevance is None else item.relevance
        assert f"counts {0.1 * relevance:.2f}" in one_line(app)


async def test_what_another_person_puts_into_its_cluster_counts_at_once() -> None:
    async with running((140, 45)) as (app, pilot):
        app.screen.query_one(EvidenceList).focus()
        await press(app, pilot, "j", "C")
        item = row_under_cursor(app)
        await type_text(app, pilot, "50% 50% together")
        assert "beside 0 others" in one_line(app)
        other_key = next(key for key in app.debate.evidence if key != item.key) if app.debate else ""
        with DebateStore.open(actor="bob") as other:
            other.edit_evidence(BUNDLED, other_key, expected=ANYTHING, cluster="together")
        app.changes.look()
        await settled(app, pilot)
        assert "beside 1 other" in one_line(app)
