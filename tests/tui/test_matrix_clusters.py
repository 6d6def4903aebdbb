"""Clusters in the Matrix: one row until they are opened, by keys and by the mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from textual.pilot import Pilot

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.bursts import burst
from tests.tui.running import box_text, press, running, screen_text, settled, stored, toasts, type_text
from tui.app import AbduceApp
from tui.matrix.grid import MatrixGrid

SLUGS = ("one", "two")
CLUSTERED = Debate(
    "clustered",
    "A clustered debate",
    hypotheses={
        slug: Hypothesis(slug, f"Cause {slug}", plausibility=0.9 - n / 10, position=n) for n, slug in enumerate(SLUGS)
    },
    evidence={
        "a": Evidence("a", "Alpha", cluster="lab", date="2021", assessments={"one": Assessment(4.0)}),
        "b": Evidence("b", "Beta", cluster="lab", date="2024", assessments={"one": Assessment(4.0)}),
        "c": Evidence("c", "Gamma", assessments={"two": Assessment(0.8)}),
        "d": Evidence("d", "Delta", cluster="trick"),
        "e": Evidence("e", "Epsilon", cluster="trick"),
    },
)


@asynccontextmanager
async def on_matrix(
    size: tuple[int, int] = (120, 40), debate: Debate = CLUSTERED
) -> AsyncIterator[tuple[AbduceApp, Pilot[int]]]:
    DebateStore.open(first=lambda: debate).close()
    async with running(size) as (app, pilot):
        await press(app, pilot, "2")
        yield app, pilot


def grid(app: AbduceApp) -> MatrixGrid:
    return app.screen.query_one(MatrixGrid)


def shown(app: AbduceApp) -> str:
    """Rows by their keys, clusters by their names with a sign for open or folded; the cursor's in brackets."""
    names = [row.key or f"{'-' if row.is_open else '+'}{row.cluster}" for row in grid(app).rows]
    names[grid(app).cursor] = f"[{names[grid(app).cursor]}]"
    return " ".join(names)


def ratios(key: str) -> dict[str, float | None]:
    with stored(slug="clustered") as store:
        return {slug: cell.ratio for slug, cell in store.load("clustered").evidence[key].assessments.items()}


async def test_a_cluster_is_one_row_with_what_it_adds_up_to_until_it_is_opened() -> None:
    async with on_matrix() as (app, pilot):
        assert shown(app) == "[+lab] c +trick"
        # Two equal findings count as 4/3 of one: 4^(4/3) is 6.35.
        (row,) = (line for line in screen_text(app).splitlines() if "▸ lab 2" in line)
        assert row.split()[-6:] == ["2021–24", "1.33", "▲", "×6.3", "2", "·"]
        assert "Evidence 5 in 2 clusters" in screen_text(app)
        assert "its 2 findings together: 6.3 times likelier if true than if not · 8.0 decibans" in screen_text(app)
        await press(app, pilot, "enter")
        assert shown(app) == "[-lab] a b c +trick"
        assert "▾ lab 2" in screen_text(app)
        assert "│ Alpha" in screen_text(app)
        await press(app, pilot, "enter")
        assert shown(app) == "[+lab] c +trick"


async def test_all_are_opened_and_folded_and_the_cursor_stays_where_it_belongs() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "j", "F")
        assert shown(app) == "-lab a b [c] -trick d e"
        await press(app, pilot, "G", "F")
        assert shown(app) == "+lab c [+trick]"
        await press(app, pilot, "Z")
        assert shown(app) == "+lab c [-trick] d e"
        await press(app, pilot, "j", "j", "Z")
        assert shown(app) == "+lab c [+trick]"
        await press(app, pilot, "k", "Z")  # an item in no cluster
        assert shown(app) == "+lab [c] +trick"
        assert toasts(app) == []


async def test_a_key_that_rates_leads_to_the_first_item_of_a_cluster() -> None:
    async with on_matrix() as (app, pilot):
        for key in ("plus", "0", "asterisk"):
            await press(app, pilot, key)
            assert shown(app) == "-lab [a] b c +trick"
            await press(app, pilot, "k", "enter")
        assert ratios("a") == {"one": 4.0}
        await press(app, pilot, "delete", "plus", "plus", "plus")
        assert ratios("a") == {"one": 10.0}
        assert grid(app).at == ("a", "two")


async def test_a_rating_moves_what_the_cluster_adds_up_to() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "enter", "j", "j", "0")
        (row,) = (line for line in screen_text(app).splitlines() if "▾ lab 2" in line)
        assert "▲ ×4 2" in row


async def test_stepping_on_goes_past_the_row_of_an_open_cluster_and_to_a_folded_one() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "F", "j", "j", "j", "end", "0")  # the last cell of Gamma, before trick
        assert grid(app).at == ("d", "one")
        await press(app, pilot, "k", "enter", "k", "end", "0")
        assert shown(app) == "-lab a b c [+trick]"
        await press(app, pilot, "0", "0")
        assert ratios("d") == {"one": 1.0}


async def test_a_burst_of_keys_opens_and_rates_as_one_by_one() -> None:
    async with on_matrix() as (app, pilot):
        await burst(app, pilot, "plus", "0", "enter", "escape", "F", "F", "j", "0", "j", "0")
        # The second 0 ends the row of Alpha, so that j goes on from Beta.
        assert shown(app) == "-lab a b [c] -trick d e"
        assert ratios("a") == {"one": 1.0, "two": 1.0}
        assert ratios("c") == {"one": 1.0, "two": 0.8}


async def test_a_search_shows_what_it_finds_in_a_folded_cluster_and_keeps_the_cursor_on_it() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "slash", *"eps", "enter")
        assert shown(app) == "[-trick] e"
        assert "▾ trick 1 of 2" in screen_text(app)
        await press(app, pilot, "j", "escape")
        assert shown(app) == "+lab c -trick d [e]"


async def test_what_is_open_stays_open_when_another_process_changes_the_evidence() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "enter", "j")
        with DebateStore.open() as other:
            other.load("clustered")
            other.add_evidence("clustered", Evidence("f", "Zeta", cluster="lab"))
            other.edit_evidence("clustered", "c", expected=ANYTHING, cluster="trick")
        while app.debate is None or app.debate.evidence["c"].cluster != "trick":
            await pilot.pause(0.05)
        await settled(app, pilot)
        assert shown(app) == "-lab [a] b f +trick"
        await press(app, pilot, "s", "enter")
        assert shown(app) == "-lab [a] b f +trick"


async def test_what_is_logged_into_a_folded_cluster_is_gone_to() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "n", "tab")
        await type_text(app, pilot, "Omega")
        await press(app, pilot, "ctrl+s")
        item = grid(app).evidence
        assert item is not None
        with DebateStore.open() as other:
            other.load("clustered")
            other.edit_evidence("clustered", item.key, expected=ANYTHING, cluster="trick")
        while app.debate is None or app.debate.evidence[item.key].cluster != "trick":
            await pilot.pause(0.05)
        await settled(app, pilot)
        assert shown(app) == f"+lab c -trick d e [{item.key}]"


async def test_on_the_row_of_a_cluster_keys_act_on_the_explanation_or_say_what_they_need() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "D")
        assert "A cluster goes with its findings" in screen_text(app)
        await press(app, pilot, "C")
        assert "C (Weigh the evidence) works on a piece of evidence" in screen_text(app)
        await press(app, pilot, "l", "p", *"35%", "enter")
        with stored(slug="clustered") as store:
            assert store.load("clustered").hypotheses["two"].plausibility == 0.35


async def test_the_mouse_folds_by_the_mark_and_opens_by_a_double_click() -> None:
    async with on_matrix() as (app, pilot):
        await pilot.click(MatrixGrid, offset=(1, 0))
        await settled(app, pilot)
        assert shown(app) == "[-lab] a b c +trick"
        await pilot.click(MatrixGrid, offset=(10, 4))
        await settled(app, pilot)
        assert shown(app) == "-lab a b c [+trick]"
        await pilot.click(MatrixGrid, offset=(1, 4))
        await settled(app, pilot)
        assert shown(app) == "-lab a b c [-trick] d e"
        await pilot.click(MatrixGrid, offset=(1, 0))
        await settled(app, pilot)
        assert shown(app) == "[+lab] c -trick d e"
        await pilot.click(MatrixGrid, offset=(10, 0), times=2)
        await settled(app, pilot)
        assert shown(app) == "[-lab] a b c -trick d e"
        await pilot.click(MatrixGrid, offset=(1, 1))  # an item has no mark
        await settled(app, pilot)
        assert shown(app) == "-lab [a] b c -trick d e"


async def test_the_schemes_are_one_line_until_they_are_opened() -> None:
    differing = {
        "f": Evidence("f", "Zeta", assessments={"one": Assessment(10.0), "two": Assessment(3.0)}),
        "g": Evidence("g", "Eta", assessments={"one": Assessment(1 / 3)}),
    }
    async with on_matrix((120, 30), replace(CLUSTERED, evidence=differing)) as (app, pilot):
        assert "▸ Schemes ≶ fragile   Bayes 1 2   Heuer, PARC, Burton, Open Synthesis 2 1" in screen_text(app)
        await press(app, pilot, "V")
        assert "contradictions counted" in screen_text(app)
        assert "▾ Schemes" in screen_text(app)
        (line,) = (n for n, each in enumerate(screen_text(app).splitlines()) if "Heuer" in each)
        await pilot.click(offset=(5, line))
        await settled(app, pilot)
        assert "Psychology of Intelligence Analysis" in screen_text(app)
        await press(app, pilot, "escape")
        (line,) = (n for n, each in enumerate(screen_text(app).splitlines()) if "▾ Schemes" in each)
        await pilot.click(offset=(5, line))
        await settled(app, pilot)
        assert "contradictions counted" not in screen_text(app)


def clusters_kept() -> list[str]:
    with stored(slug="clustered") as store:
        return [item.cluster for item in store.load("clustered").evidence.values()]


async def test_a_cluster_has_another_name_that_is_not_taken() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "e")
        assert "2 findings" in box_text(app)
        for wrong, told in (("trick", "there is a cluster 'trick' already"), (" ", "expected a title")):
            await type_text(app, pilot, wrong)
            assert told in box_text(app)
            await press(app, pilot, "enter")
            assert clusters_kept() == ["lab", "lab", "", "trick", "trick"]
        await type_text(app, pilot, "one lab")
        await press(app, pilot, "enter")
        assert "▸ one lab" in screen_text(app)
        assert clusters_kept() == ["one lab", "one lab", "", "trick", "trick"]
        await press(app, pilot, "u")
    assert clusters_kept() == ["lab", "lab", "", "trick", "trick"]


async def test_a_name_that_another_process_has_given_meanwhile_is_told_first() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "e")
        with DebateStore.open(actor="colleague") as other:
            other.load("clustered")
            other.edit_evidence("clustered", "a", expected=ANYTHING, cluster="lab", title="Theirs")
            other.rename_cluster("clustered", "lab", "their lab", expected=ANYTHING)
        await type_text(app, pilot, "my lab")
        await press(app, pilot, "enter")
        assert "there is no cluster 'lab'" in box_text(app)
    assert clusters_kept() == ["their lab", "their lab", "", "trick", "trick"]


async def test_two_clusters_are_joined_once_it_is_agreed_to() -> None:
    async with on_matrix() as (app, pilot):
        await press(app, pilot, "Y")
        assert "trick 2 findings" in box_text(app)
        await press(app, pilot, "enter")
        assert "lab: 2 findings into trick: 2 findings" in box_text(app)
        await press(app, pilot, "n")
        assert clusters_kept() == ["lab", "lab", "", "trick", "trick"]
        await press(app, pilot, "Y", "enter", "y")
        assert clusters_kept() == ["trick", "trick", "", "trick", "trick"]
        await press(app, pilot, "g", "Y")
        assert "There is no other cluster to join it with" in screen_text(app)
