"""The Matrix screen, used as a person would."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.bursts import burst, resize
from tests.tui.running import caught_up, fault, press, running, screen_text, send, settled, stored, toasts, type_text
from tui.app import AbduceApp
from tui.comments.thread import Thread
from tui.debate.screen import DebateScreen
from tui.dialogs.form import Form
from tui.dialogs.picker import Picker
from tui.evidence.view import EvidenceView
from tui.matrix.grid import MatrixGrid
from tui.matrix.screen import MatrixScreen

pytestmark = pytest.mark.painted

SLUGS = ("one", "two", "three")
SMALL = Debate(
    "small",
    "A small debate",
    hypotheses={
        slug: Hypothesis(slug, f"Cause {slug}", plausibility=0.9 - n / 10, position=n) for n, slug in enumerate(SLUGS)
    },
    evidence={
        "a": Evidence(
            "a", "Alpha", date="2021", assessments={"one": Assessment(0.1, "It fails."), "two": Assessment(10.0)}
        ),
        "b": Evidence("b", "Beta", date="2023", source="Journal", cluster="lab", assessments={"one": Assessment(3.0)}),
        "c": Evidence("c", "Gamma", date="2022", credibility=0.5),
        "d": Evidence("d", "Delta", retracted=True, assessments={"three": Assessment(3.0)}),
    },
)


@asynccontextmanager
async def on_matrix(
    size: tuple[int, int] = (120, 40), debate: Debate | None = SMALL
) -> AsyncIterator[tuple[AbduceApp, Pilot[int]]]:
    if debate is not None:
        DebateStore.open(first=lambda: debate).close()
    async with running(size) as (app, pilot):
        await press(app, pilot, "2")
        assert isinstance(app.screen, MatrixScreen)
        yield app, pilot


def grid(app: AbduceApp) -> MatrixGrid:
    return app.screen.query_one(MatrixGrid)


def shown(app: AbduceApp) -> list[str]:
    """Rows by their keys, clusters by their names with a sign for open or folded."""
    return [row.key or f"{'-' if row.is_open else '+'}{row.cluster}" for row in grid(app).rows]


def kept() -> Debate:
    with DebateStore.open() as store:
        return store.load("small")


def ratios(key: str) -> dict[str, float | None]:
    return {slug: cell.ratio for slug, cell in kept().evidence[key].assessments.items()}


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
async def test_the_screen_looks_like_this(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with on_matrix(size, None) as (app, _):
        assert screen_text(app) == snapshot


# Rating


async def test_a_sign_pressed_twice_is_doubled_and_steps_on() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, *"jj")
        assert grid(app).at == ("c", "one")
        await press(app, pilot, "plus")
        assert grid(app).at == ("c", "one")
        assert ratios("c") == {"one": 3.0}
        await press(app, pilot, "plus")
        assert grid(app).at == ("c", "two")
        await press(app, pilot, "minus", "full_stop", "minus", "minus")
        assert ratios("c") == {"one": 10.0, "two": 1 / 3, "three": 0.1}
        # The row is at its end: the cursor went on to the next one.
        assert grid(app).at == ("d", "one")


async def test_coming_back_to_a_cell_begins_anew() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, *"jj", "plus", "l", "h", "plus")
        assert ratios("c") == {"one": 3.0}
        await press(app, pilot, "plus", "h", "minus")
        assert ratios("c") == {"one": 1 / 3}


async def test_neutral_not_applicable_a_ratio_and_blank() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, *"jj", "0", "asterisk", "enter", *"1/3", "enter")
        assert ratios("c") == {"one": 1.0, "two": None, "three": 1 / 3}
        await press(app, pilot, "g", "home", "delete")
        assert ratios("a") == {"two": 10.0}
        assert "Cleared: a, for Cause one. u brings it back." in screen_text(app)
        await press(app, pilot, "delete")  # there is nothing to clear any more
        await press(app, pilot, "u")
        assert ratios("a") == {"one": 0.1, "two": 10.0}


async def test_digits_go_to_screens_also_from_a_cell() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "3")
        assert app.showing == "numbers"
        await press(app, pilot, "2", "1")
        assert app.showing == "debate"
        assert ratios("a") == {"one": 0.1, "two": 10.0}


async def test_the_explanation_of_the_column_is_what_its_keys_act_on() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "l", "p", *"35%", "enter")
        assert kept().hypotheses["two"].plausibility == 0.35
        await press(app, pilot, "space")
        assert "space (Tick) works on the Numbers screen: press 3." in screen_text(app)


async def test_a_rating_keeps_its_reason_and_undo_takes_it_back() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "plus")
        assert kept().evidence["a"].assessments["one"] == Assessment(3.0, "It fails.")
        await press(app, pilot, "u")
        assert ratios("a")["one"] == 0.1
        assert "undo: set" in " ".join(toasts(app))


async def test_ratings_say_nothing_but_in_their_cell() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "plus", "0", "asterisk")
        assert toasts(app) == []


async def test_what_is_changed_of_an_explanation_is_told_as_no_cell_shows_it() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "A", "y")
        assert toasts(app)[-1].startswith("adopted what the evidence implies for 'one'")


async def test_down_a_column() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "d", "end", "0", "0")
        assert "rating goes down ↓" in screen_text(app)
        assert [ratios(key).get("three") for key in "abc"] == [1.0, 1.0, None]
        await press(app, pilot, "G", "0")
        # From the end of the last column there is nowhere to go.
        assert grid(app).at == ("d", "three")
        await press(app, pilot, "home", "0")
        assert grid(app).at == ("a", "two")


async def test_fast_typing_loses_and_reorders_nothing() -> None:
    items = {f"e{n}": Evidence(f"e{n}", f"Item {n:02}") for n in range(8)}
    async with on_matrix(debate=replace(SMALL, evidence=items)) as (app, pilot):
        keys = ["plus", "plus", "minus", "full_stop", "0"] * 8
        await burst(app, pilot, *keys)
        assert all(ratios(key) == {"one": 10.0, "two": 1 / 3, "three": 1.0} for key in items)
        assert not grid(app).unsaved
        with stored(slug="small") as store:
            labels = [entry.label for entry in store.history("small", limit=100)]
        # ++ is two changes: each key is one.
        done = [label.split("'")[1] for label in reversed(labels) if label.startswith("set")]
        assert done == [key for key in items for _ in range(4)]
        await burst(app, pilot, *"uuuu")
        assert ratios("e7") == {}


async def test_a_refused_rating_is_told_and_put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app.POLL_SECONDS", 3600)  # or a slow machine sees theirs before the key
    async with on_matrix() as (app, pilot):
        with DebateStore.open() as other:
            other.load("small")
            other.assess("small", "a", "one", Assessment(7.0, "Mine."), expected=ANYTHING)
        send(app, "plus")
        await settled(app, pilot)
        assert "changed the assessment of evidence 'a'" in screen_text(app)
        assert "theirs 7 Mine." in screen_text(app)
        await press(app, pilot, "t", "enter")
        while app.debate is None or app.debate.evidence["a"].assessments["one"].ratio != 7.0:
            await pilot.pause(0.05)
        await settled(app, pilot)
        assert not grid(app).unsaved
        assert '×7"' in screen_text(app)


async def test_a_database_that_cannot_be_written_refuses_and_shows_what_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_matrix() as (app, pilot):
        assert app.session is not None
        database = app.session.store._database
        monkeypatch.setattr(type(database), "read_only", property(lambda _: True), raising=False)
        monkeypatch.setattr(app.session.store._ledger, "change", refuse_writing)
        await press(app, pilot, "plus")
        assert any("read only" in told for told in toasts(app))
        assert grid(app).rating == Assessment(0.1, "It fails.")


def refuse_writing(*_: object, **__: object) -> None:
    from store.errors import DatabaseProblem

    raise DatabaseProblem("the database is read only")


async def test_the_rating_of_somebody_else_cannot_be_cleared() -> None:
    async with on_matrix() as (app, pilot):
        with DebateStore.open(actor="bob") as other:
            other.load("small")
            other.assess("small", "c", "one", Assessment(0.1, "No."), expected=ANYTHING)
            other.assess("small", "a", "one", Assessment(3.0, "It works."), expected=ANYTHING)
        while app.debate is None or "one" not in app.debate.evidence["c"].assessments:
            await pilot.pause(0.05)
        await settled(app, pilot)
        text = screen_text(app)
        assert '▼ ÷10"≠' in text
        assert "bob ▲ ×3 It works." in text
        await press(app, pilot, "j", "j", "delete")
        assert any("is bob's; expected a rating of your own to clear" in told for told in toasts(app))
        assert ratios("c") == {"one": 0.1}
        assert "By bob" in screen_text(app)


# Rows


async def test_sorting_keeps_the_cursor_on_its_item_and_rating_does_not_sort() -> None:
    async with on_matrix() as (app, pilot):
        assert shown(app) == ["a", "b", "c", "d"]
        await press(app, pilot, "j", "j", "plus", "plus", "minus", "minus")
        assert shown(app) == ["a", "b", "c", "d"]
        await press(app, pilot, "s")
        assert isinstance(app.screen, Picker)
        await press(app, pilot, *"title", "enter")
        assert shown(app) == ["a", "b", "d", "c"]
        assert grid(app).at == ("c", "three")
        assert "by title" in screen_text(app)
        await press(app, pilot, "s", *"logged", "enter")
        assert "as logged" in screen_text(app)


async def test_parts_and_words() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "f")
        assert shown(app) == ["a", "b", "c"]
        assert "Evidence 3 of 4 · with a blank cell" in screen_text(app)
        await press(app, pilot, "f")
        assert shown(app) == ["c"]
        await press(app, pilot, "f", "f", "f", "slash", *"journal")
        assert shown(app) == ["b"]
        await press(app, pilot, "enter", "0")
        assert ratios("b") == {"one": 1.0}
        await press(app, pilot, "slash", *"zz")
        assert "No evidence is like that" in screen_text(app)
        await press(app, pilot, "escape")
        assert len(grid(app).rows) == 4


async def test_what_others_log_comes_last_and_what_is_logged_here_is_gone_to() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "n")
        assert isinstance(app.screen, Form)
        await press(app, pilot, "tab")  # past the source to look up
        await type_text(app, pilot, "Omega")
        await press(app, pilot, "ctrl+s")
        evidence = grid(app).evidence
        assert evidence is not None
        assert evidence.title == "Omega"
        assert len(grid(app).rows) == 5


# Items and cells


async def test_the_cell_is_opened_by_enter_and_by_a_double_click() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "enter")
        assert isinstance(app.screen, Form)
        assert "It fails." in screen_text(app)
        await press(app, pilot, "escape")
        row = next(y for y, line in enumerate(screen_text(app).splitlines()) if "Beta" in line)
        column = grid(app).region.x + grid(app).layout_now.left + grid(app).layout_now.cell + 2
        await pilot.click(offset=(column, row))
        await settled(app, pilot)
        assert grid(app).at == ("b", "two")
        await pilot.click(offset=(column, row), times=2)
        await settled(app, pilot)
        assert isinstance(app.screen, Form)


async def test_retracting_and_reinstating() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "D", "r")
        assert kept().evidence["a"].retracted
        assert "✗ Alpha" in screen_text(app)
        assert "retracted: it counts nothing" in screen_text(app)
        await press(app, pilot, "D", "enter")
        assert "✗ Alpha" not in screen_text(app)


async def test_comments_on_a_cell() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "w")
        assert isinstance(app.screen, Thread)
        assert "No comments yet: write the first one below." in screen_text(app)
        await press(app, pilot, *"Hm", "ctrl+s")
        await press(app, pilot, "escape")
        assert '▼ ÷10"#' in screen_text(app)
        await press(app, pilot, "W")
        assert "Hm" in screen_text(app)
    (comment,) = kept().comments.values()
    assert (comment.text, comment.evidence, comment.hypothesis) == ("Hm", "a", "one")


async def test_the_evidence_is_shown_and_edited_and_the_methods_have_their_formulas() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "I")
        assert isinstance(app.screen, EvidenceView)
        await press(app, pilot, "escape", "e")
        assert isinstance(app.screen, Form)
        await press(app, pilot, "escape", "M")
        assert "Psychology of Intelligence Analysis" in screen_text(app)


async def test_totals_follow_a_rating() -> None:
    async with on_matrix() as (app, pilot):
        assert "≶fragile" not in screen_text(app)
        await press(app, pilot, "V")
        bayes = next(line for line in screen_text(app).splitlines() if "Bayes" in line)
        await press(app, pilot, "minus", "minus", "j", "plus", "plus")
        assert bayes not in screen_text(app)


# Wherever it is


async def test_esc_leads_back_and_screens_lead_to_each_other() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "v")
        assert not isinstance(app.screen, MatrixScreen)
        await press(app, pilot, "2", "escape")
        assert isinstance(app.screen, DebateScreen)


async def test_many_columns_are_scrolled_with_the_cursor() -> None:
    hypotheses = {f"h{n}": Hypothesis(f"h{n}", f"Cause {n}", position=n) for n in range(20)}
    evidence = {"a": Evidence("a", "Alpha"), "b": Evidence("b", "Beta")}
    async with on_matrix((80, 24), replace(SMALL, hypotheses=hypotheses, evidence=evidence)) as (app, pilot):
        assert "15 more with h l" in screen_text(app)
        await press(app, pilot, "end", "0")
        assert ratios("a") == {"h19": 1.0}
        # It went on to the first column of the next row.
        assert grid(app).at == ("b", "h0")
        assert " 1 Cause" in screen_text(app)
        await press(app, pilot, "shift+tab")
        assert " 20 Cause" in screen_text(app)


@pytest.mark.parametrize(
    "debate",
    [replace(SMALL, evidence={}), replace(SMALL, hypotheses={}, evidence={"a": Evidence("a", "A")}), SMALL],
    ids=["no evidence", "no explanations", "whole"],
)
async def test_every_key_is_safe_at_every_size(debate: Debate) -> None:
    async with on_matrix((80, 24), debate) as (app, pilot):
        keys = [
            "plus",
            "minus",
            "0",
            "asterisk",
            "delete",
            "full_stop",
            "d",
            "1",
            "slash",
            "2",
            "enter",
            *"jlkhgG",
            "home",
            "end",
            "tab",
        ]
        for size in [(1, 1), (80, 5), (120, 40)]:
            resize(app, *size)
            send(app, *keys, "shift+tab", "ctrl+d", "ctrl+u", "f", "escape")
            await caught_up(app)
            assert fault(app) is None
            for key in ["C", "w", "W", "I", "e", "n", "s", "M", "p", "y", "D", "slash"]:
                send(app, key)
                await caught_up(app)
                send(app, "escape", "escape", "2")
                await caught_up(app)
                assert fault(app) is None, key
        await settled(app, pilot)
        assert app.is_running
        assert fault(app) is None


async def test_an_empty_matrix_says_which_key_fills_it_and_has_no_strip_of_gaps() -> None:
    async with on_matrix((80, 24), replace(SMALL, evidence={})) as (app, _):
        assert screen_text(app).count("No evidence yet: press n to log some.") == 1
        assert "nothing to score yet" in screen_text(app)
        assert "Working out" not in screen_text(app)
        assert "no gaps" not in screen_text(app)


async def test_another_debate_is_shown_in_its_own_order() -> None:
    async with on_matrix() as (app, pilot):
        telling = {"b": replace(SMALL.evidence["b"], assessments={"one": Assessment(0.001)})}
        other = replace(SMALL, slug="other", evidence={**{key: SMALL.evidence[key] for key in "dcab"}, **telling})
        with DebateStore.open() as store:
            store.add_debate(other)
        app.changes.open("other")
        await settled(app, pilot)
        assert shown(app) == ["b", "a", "c", "d"]
        await press(app, pilot, "0")
        with stored(slug="other") as store:
            assert store.load("other").evidence["b"].assessments["one"].ratio == 1.0  # the cursor begins at the top


async def test_a_ratio_is_pasted() -> None:
    async with on_matrix() as (app, pilot):
        grid(app).post_message(events.Paste("2.5\n"))
        await settled(app, pilot)
        assert ratios("a")["one"] == 2.5
        grid(app).post_message(events.Paste("words [/]"))
        await settled(app, pilot)
        assert "'words [/]' is not a likelihood ratio" in screen_text(app)
        assert ratios("a")["one"] == 2.5
        assert not isinstance(app.focused, Input)
