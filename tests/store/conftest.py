"""A small debate, and stores on a real database of either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hypotheses.debate import Assessment, Claim, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.idea import Idea
from hypotheses.reading import Correlation, Reading
from store.debate_store import DebateStore
from tests import databases
from tests.assuming import assumed
from tests.conftest import Clock

OpenStore = Callable[..., DebateStore]


def small_debate() -> Debate:
    """Return a debate with every kind of thing in it."""
    quantities = [
        Quantity("people", "People in the city", "person", {"value": Reading("8.1M to 8.4M")}),
        Quantity(
            "owners",
            readings={
                "post": Reading("0.2% to 1%", "the post", "https://example.org/post", "a guess"),
                "survey": Reading("0.4%", "a survey", correlated=Correlation("people", 0.5)),
            },
        ),
        Quantity("pianos", unit="piano", formula="people * owners"),
        Quantity("known", unit="piano", readings={"value": Reading("300")}),
    ]
    hypotheses = [
        Hypothesis(
            "uncounted",
            "Most are not listed",
            "*Many* work unlisted.",
            0.6,
            0.5,
            position=0,
            effects={"known": "known * 10 ** unlisted"},
            assumes=assumed(unlisted="0.5 to 1.5"),
        ),
        Hypothesis("fewer", "Few pianos are tuned", plausibility=0.3, prior=0.4, position=1, rivals=("uncounted",)),
        Hypothesis("moved", "They moved away", plausibility=0.1, prior=0.1, placeholder=True, position=2),
    ]
    evidence = [
        Evidence(
            "song2023",
            "A survey of tuners",
            ("A. Song", "B. Lee"),
            "2023-03",
            "J. Pianos",
            finding="**Few** listed.",
            credibility=0.75,
            relevance=0.5,
            cluster="surveys",
            assessments={"uncounted": Assessment(10.0, "as expected"), "fewer": Assessment(None)},
        ),
        Evidence(
            "ads", "Counting advertisements", url="https://example.org/ads", assessments={"fewer": Assessment(1 / 3)}
        ),
    ]
    return Debate(
        "piano-tuners",
        "How many piano tuners?",
        "Why so few?",
        convention="post",
        quantities={quantity.symbol: quantity for quantity in quantities},
        gaps={
            "shortage": Gap(
                "shortage", "pianos / known", "Pianos over tuners", headline=True, claim=Claim("100x", "P4")
            )
        },
        hypotheses={hypothesis.slug: hypothesis for hypothesis in hypotheses},
        evidence={item.key: item for item in evidence},
        ideas={
            1: Idea(
                1,
                "Ask the shops",
                "They know.",
                "comment",
                "a reader",
                "2023-04-05T10:00:00Z",
                hypothesis="fewer",
                related=("song2023",),
            )
        },
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "debates.db"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try on both engines what asks for no file and no engine."""
    named = any("location" in str(mark.args[0]) for mark in metafunc.definition.iter_markers("parametrize"))
    if "location" in metafunc.fixturenames and "path" not in metafunc.fixturenames and not named:
        metafunc.parametrize("location", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def location(request: pytest.FixtureRequest) -> Iterator[str]:
    """Name a database that is not there yet: a file, or a schema on the server."""
    if getattr(request, "param", "sqlite") == "postgresql":
        with databases.schema() as url:
            yield url
    else:
        yield str(request.getfixturevalue("path"))


@pytest.fixture
def open_store(location: str, clock: Clock) -> Iterator[OpenStore]:
    """Open stores on one database; every call is like another process."""
    opened: list[DebateStore] = []

    def open_one(actor: str = "ana", busy_timeout: float = 5.0) -> DebateStore:
        store = DebateStore.open(location, actor=actor, clock=clock, first=small_debate, busy_timeout=busy_timeout)
        opened.append(store)
        return store

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> DebateStore:
    return open_store()
