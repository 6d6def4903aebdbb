"""The index of what ideas look like says what a look at everything says."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from typing import Any

import pytest

from hypotheses import alike
from hypotheses.alike import looks_like
from hypotheses.alike_index import AlikeIndex
from hypotheses.changed import Version
from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.idea import Idea, IdeaStatus

WORDS = ("retina", "dense", "receptor", "vision", "model", "language", "memory", "count", "weight", "token", "layer")
STATES: tuple[IdeaStatus, ...] = ("new", "new", "split", "declined")
SOURCES = ("10.1000/a", "https://doi.org/10.1000/A", "arXiv:2303.01469v2", "2303.01469", "https://example.org/x/", "")


def text(random_: random.Random, most: int) -> str:
    return " ".join([*random_.choices(WORDS, k=random_.randint(0, most)), random_.choice(SOURCES)])


def idea(random_: random.Random, number: int) -> Idea:
    related = random_.choice(((), ("e1",), ("e2", "10.1000/b")))
    url = random_.choice(SOURCES) if random_.random() < 0.2 else ""
    status = random_.choice(STATES)
    return Idea(number, text(random_, 4) or "t", text(random_, 12), url=url, related=related, status=status)


def changes(random_: random.Random, debate: Debate) -> Debate:
    mapping: dict[str, Any] = {}
    match random_.randrange(4):
        case 0:
            name = f"h{random_.randrange(4)}"
            mapping = {"hypotheses": {**debate.hypotheses, name: Hypothesis(name, text(random_, 5), text(random_, 9))}}
        case 1:
            name = f"e{random_.randrange(4)}"
            made = Evidence(name, text(random_, 5), finding=text(random_, 9), doi=random_.choice(("", "10.1000/a")))
            mapping = {"evidence": {**{k: v for k, v in debate.evidence.items() if k != name}, name: made}}
        case 2:
            number = random_.randrange(1, 40)
            mapping = {"ideas": Version(debate.ideas, {number: idea(random_, number)})}
        case _:
            gone = random_.sample(sorted(debate.ideas), min(2, len(debate.ideas)))
            mapping = {"ideas": Version(debate.ideas, {}, gone)}
    return replace(debate, **mapping)


@pytest.fixture(autouse=True, params=[200, 6])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "FEW", request.param)  # in so few texts is what is said in a few


@pytest.mark.parametrize("seed", range(15))
def test_it_says_what_a_look_at_everything_says_whatever_has_changed(seed: int) -> None:
    random_ = random.Random(seed)
    index, debate = AlikeIndex(), Debate("d", "D")
    debate = replace(debate, ideas={number: idea(random_, number) for number in range(1, random_.randint(2, 40))})
    for _ in range(15):
        for asked in random_.sample(sorted(debate.ideas), min(3, len(debate.ideas))):
            assert index.looks_like(debate, debate.ideas[asked]) == looks_like(debate, debate.ideas[asked])
        new = idea(random_, 99)
        assert index.looks_like(debate, new) == looks_like(debate, new)
        for _ in range(random_.randint(1, 3)):
            debate = changes(random_, debate)


def test_of_two_debates_in_turn_it_speaks_of_the_one_that_is_asked_about() -> None:
    one = Debate("one", "One", ideas={1: Idea(1, "Dense retina receptors"), 2: Idea(2, "Receptors in dense retinas")})
    other = Debate("other", "Other", ideas={1: Idea(1, "Dense retina receptors"), 3: Idea(3, "Sleep and dreams")})
    index = AlikeIndex()
    for _ in range(2):
        assert [each.ref for each in index.looks_like(one, one.ideas[1])] == ["idea:2"]
        assert index.looks_like(other, other.ideas[1]) == []


def test_a_decision_takes_nothing_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    debate = Debate("d", "D", ideas=Version({}, {number: Idea(number, "Dense retinas") for number in range(1, 9)}))
    index = AlikeIndex()
    index.looks_like(debate, debate.ideas[1])
    taken: list[object] = []
    monkeypatch.setattr(AlikeIndex, "_put_in", lambda self, name, value: taken.append(name))
    declined = replace(debate.ideas[3], status="declined", reason="No.")
    index.looks_like(replace(debate, ideas=Version(debate.ideas, {3: declined})), declined)
    assert taken == []


def test_it_answers_several_threads() -> None:
    debate = Debate("d", "D", ideas={n: Idea(n, f"Dense retinas see number{n}") for n in range(1, 200)})
    index = AlikeIndex()
    answers: list[object] = []

    def ask() -> None:
        answers.append(index.looks_like(debate, debate.ideas[5]))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [looks_like(debate, debate.ideas[5])] * 4
