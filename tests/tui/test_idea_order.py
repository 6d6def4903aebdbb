"""The order of the ideas in the inbox: brought forward by what changed, it is what it would be anew."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from hypotheses.idea import Idea, IdeaStatus
from tui.inbox.idea_order import PARTS, FoundIdeas, IdeaOrder

STATES: tuple[IdeaStatus, ...] = ("new", "later", "unclear", "declined", "split")


def numbers(order: IdeaOrder) -> dict[str, list[int]]:
    return {part: [idea.number for idea in order.of(part)] for part in PARTS}


def test_the_latest_come_first_and_each_part_has_its_own() -> None:
    ideas = {
        1: Idea(1, "a", received="2024-01-02T00:00:00Z"),
        2: Idea(2, "b", received="2024-01-01T00:00:00Z", status="unclear"),
        3: Idea(3, "c", received="2024-01-02T00:00:00Z", status="merged"),
    }
    assert numbers(IdeaOrder(ideas)) == {"new": [1], "later": [2], "decided": [3], "all": [3, 1, 2]}


@pytest.mark.parametrize("seed", range(20))
def test_after_any_changes_it_is_what_it_would_be_anew(seed: int) -> None:
    random_ = random.Random(seed)
    ideas: dict[int, Idea] = {}
    order, found = IdeaOrder(ideas), FoundIdeas("x", frozenset(range(0, 60, 2)), ideas)
    for _ in range(30):
        ideas = dict(ideas)
        for _ in range(random_.choice((1, 1, 2, 150))):
            number = random_.randrange(60)
            if random_.random() < 0.2:
                ideas.pop(number, None)
            else:
                known = ideas.get(number, Idea(number, "t", received=f"2024-01-{random_.randint(1, 9):02}T00:00:00Z"))
                ideas[number] = replace(known, status=random_.choice(STATES))
        given = order.of("all")
        copy = list(given)
        order.follow(ideas)
        found.order.follow(ideas)
        assert list(given) == copy
        assert numbers(order) == numbers(IdeaOrder(ideas))
        assert numbers(found.order) == numbers(IdeaOrder({n: each for n, each in ideas.items() if n % 2 == 0}))
        for place, idea in enumerate(order.of("all")):
            assert order.of("all").place_of(idea) == place
