"""What an idea looks like by the index of words: what a look at everything says."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pytest

from hypotheses import alike
from hypotheses.alike import looks_like
from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.idea import Idea
from hypotheses.problems import Refused
from store import alike_ideas
from store.database import sqlite_words
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.hypotheses.test_alike_index import idea, text


def an_idea(random_: random.Random, number: int) -> Idea:
    """Return one without a link beside its text, whose words the index counts and a look at everything does not."""
    return replace(idea(random_, number), url="")


def a_debate(random_: random.Random, slug: str) -> Debate:
    return Debate(
        slug,
        slug,
        hypotheses={f"h{n}": Hypothesis(f"h{n}", text(random_, 5) or "t", text(random_, 9)) for n in range(3)},
        evidence={f"e{n}": Evidence(f"e{n}", text(random_, 5) or "t", doi="10.1000/a") for n in range(3)},
        ideas={number: an_idea(random_, number) for number in range(1, random_.randint(2, 60))},
    )


@pytest.mark.parametrize("most", [200, 6])
@pytest.mark.parametrize("seed", range(4))
def test_it_says_what_a_look_at_everything_says(
    store: DebateStore, monkeypatch: pytest.MonkeyPatch, seed: int, most: int
) -> None:
    monkeypatch.setattr(alike, "FEW", most)  # in so few texts is what is said in a few
    random_ = random.Random(seed)
    slugs = ("one", "another", "one") if most == 200 else ("one", "one")
    for slug in sorted(set(slugs)):
        store.add_debate(a_debate(random_, slug))
    for slug in slugs:
        debate = store.load(slug)
        for each in debate.ideas.values():
            assert store.looks_like(debate, each) == looks_like(debate, each)
        new = an_idea(random_, 99)
        assert store.looks_like(debate, new) == looks_like(debate, new)
        store.decline_ideas(slug, [n for n, each in debate.ideas.items() if each.is_open][:1], "No.", expected=ANYTHING)
        store.submit_idea(slug, replace(new, number=0))


def test_a_short_text_is_found_among_longer_ones_that_share_more_words(
    store: DebateStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike_ideas, "LOOKED_AT", 1)
    words = ["".join(pair) * 2 for pair in product("bcdfgh", "aeiou", "klmnp")]  # 150 of six letters
    asked = Idea(0, "An idea", " ".join(words[:60]))
    longer = [Idea(0, f"Idea {n}", " ".join(words[45:])) for n in range(10)]  # 15 of 60 words
    store.submit_ideas("piano-tuners", [*longer, Idea(0, " ".join(words[:4]))])  # 4 of 4
    assert store.looks_like(store.load("piano-tuners"), asked)[0].title == " ".join(words[:4])


def test_accents_forms_and_other_scripts_are_found(store: DebateStore) -> None:
    ideas = [
        Idea(0, "Café Größe naïve Überraschung"),
        Idea(0, "網膜は密な層を持つ視覚"),
        Idea(0, "The source https://www.example.org/Paper/7."),
    ]
    store.submit_ideas("piano-tuners", ideas)
    debate = store.load("piano-tuners")
    for each in (
        "cafés: Größe, naïve, CAFÉ, Überraschung",
        "example.org/paper/7",
        "see http://example.org/paper/7 there",
    ):
        asked = Idea(0, each)
        assert store.looks_like(debate, asked) == looks_like(debate, asked)
    assert store.looks_like(debate, Idea(0, "see http://example.org/paper/7 there"))


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)
def test_where_sqlite_has_no_index_that_is_said(store: DebateStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_words, "can_be_made", lambda: False)
    with pytest.raises(Refused, match="no FTS5"):
        store.looks_like(store.load(), Idea(0, "An idea"))
