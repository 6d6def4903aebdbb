"""The figures of the Matrix: when they are worked out, and for which debate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.matrix import Workings
from tui.matrix import figures
from tui.matrix.figures import LONGEST_WAIT, MatrixFigures
from tui.matrix.screen import MatrixScreen

DEBATE = Debate(
    "m",
    "M",
    hypotheses={slug: Hypothesis(slug, slug) for slug in ("x", "y")},
    evidence={"a": Evidence("a", "Alpha", assessments={"x": Assessment(10.0)})},
)


class FakeScreen:
    """Keeps what is to be done, until a test does it."""

    def __init__(self) -> None:
        self.is_there = True
        self.app = SimpleNamespace(debate=DEBATE, call_from_thread=lambda do, *given: do(*given))
        self.waits: list[float] = []
        self.stopped = 0
        self.work: list[Callable[[], None]] = []

    def set_timer(self, seconds: float, _: Callable[[], None]) -> Any:
        self.waits.append(seconds)
        return SimpleNamespace(stop=self.stop)

    def stop(self) -> None:
        self.stopped += 1

    def run_worker(self, work: Callable[[], None], **_: Any) -> None:
        self.work.append(work)

    def finish(self) -> None:
        for work in self.work:
            work()
        self.work.clear()


class Figured:
    """Figures of a screen, and what was told when they came."""

    def __init__(self) -> None:
        self.screen = FakeScreen()
        self.firsts: list[bool] = []
        self.figures = MatrixFigures(cast("MatrixScreen", self.screen), self.firsts.append)


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each working out takes from now on."""
    took, now = [0.0], [0.0]

    def clock() -> float:
        now[0] += took[0]
        return now[0]

    monkeypatch.setattr(figures, "perf_counter", clock)
    return took


def test_figures_that_take_no_time_are_worked_out_at_every_change(seconds: list[float]) -> None:
    seconds[0] = 0.01
    on = Figured()
    for _ in range(3):
        on.figures.follow()
        on.screen.finish()
    assert on.screen.waits == []
    assert on.firsts == [True, False, False]
    assert on.figures.latest == Workings().figures(DEBATE)


@pytest.mark.parametrize(("took", "wait"), [(0.2, 0.2), (3.0, LONGEST_WAIT)])
def test_others_wait_for_a_rest_as_long_as_they_took(seconds: list[float], took: float, wait: float) -> None:
    seconds[0] = took
    on = Figured()
    on.figures.follow()
    on.screen.finish()
    on.figures.follow()
    on.figures.follow()
    assert on.screen.work == []
    assert on.screen.waits == pytest.approx([wait, wait])
    # A change in between begins the rest anew.
    assert on.screen.stopped == 1


def test_figures_of_a_debate_that_has_changed_meanwhile_are_not_taken(seconds: list[float]) -> None:
    on = Figured()

    def change(do: Callable[..., None], *given: object) -> None:
        on.screen.app.debate = replace(DEBATE, title="Other")
        do(*given)

    on.screen.app.call_from_thread = change
    on.figures.follow()
    on.screen.finish()
    assert on.firsts == []
    assert on.figures.latest is None


def test_those_that_come_when_the_screen_is_left_are_not_taken(seconds: list[float]) -> None:
    on = Figured()
    on.figures.follow()
    on.screen.is_there = False
    on.screen.finish()
    assert on.firsts == []


def test_another_debate_has_first_figures_of_its_own(seconds: list[float]) -> None:
    on = Figured()
    for _ in range(2):
        on.figures.follow()
        on.screen.finish()
        on.figures.forget()
        assert on.figures.latest is None
    assert on.firsts == [True, True]
