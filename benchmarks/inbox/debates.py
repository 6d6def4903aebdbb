"""A debate of any number of ideas: made-up words as often as words are in English, sources, and ideas sent twice."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.idea import Idea, IdeaKind

LITTLE: Final = re.findall(
    r"\w+",
    "the of and to a in is that it was for on are as with they be at this have from or by not but what all were "
    "when we there can which their if will each about how up out them then many some so these would into",
)
SYLLABLES: Final = re.findall(
    r"\w+",
    "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu bra cle dri flo gru sta tre plo",
)
ENDINGS: Final = ("n", "r", "s", "tion", "ment", "ing", "al", "")
VOCABULARY: Final = 20_000
KINDS: Final[tuple[IdeaKind, ...]] = ("hypothesis", "evidence", "evidence", "estimate", "comment")
TWICE: Final = 0.03
"""Which share of ideas says what another one has said, in nearly the same words."""
START: Final = datetime(2024, 1, 1, tzinfo=UTC)


def vocabulary(random_: random.Random) -> tuple[list[str], list[float]]:
    """Return words and how often each is used: the little ones of English, then made-up ones, by Zipf's law."""
    made: dict[str, None] = {}
    while len(made) < VOCABULARY:
        word = "".join(random_.choices(SYLLABLES, k=random_.randint(2, 4))) + random_.choice(ENDINGS)
        made[word] = None
    words = [*LITTLE, *made]
    return words, list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))


def ideas(count: int) -> Iterator[Idea]:
    """Yield ideas, numbered from 1; the same ones whenever it is asked."""
    random_ = random.Random(15)
    words, often = vocabulary(random_)
    senders = ["", *(f"{word.capitalize()} {word[0].upper()}." for word in words[200:700])]
    said: list[tuple[str, str]] = []
    for number in range(1, count + 1):
        if said and random_.random() < TWICE:
            title, text = random_.choice(said)
            text = " ".join(each for each in text.split(" ") if random_.random() > 0.05)
        else:
            title = " ".join(random_.choices(words, cum_weights=often, k=random_.randint(3, 9))).capitalize()
            text = _text(random_, words, often)
            if len(said) < 5_000:
                said.append((title, text))
        about = f"h{random_.randrange(8)}" if random_.random() < 0.5 else ""
        at = (START + timedelta(minutes=5 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield Idea(
            number,
            title,
            text,
            random_.choice(KINDS),
            random_.choice(senders),
            at,
            hypothesis=about,
            reference=f"{number:010}",
            via="mail",
        )


def _text(random_: random.Random, words: list[str], often: list[float]) -> str:
    text = random_.choices(words, cum_weights=often, k=random_.randint(20, 400))
    chance = random_.random()
    if chance < 0.1:
        text.append(f"doi:10.{random_.randint(1000, 1200)}/{random_.choice(words)}.{random_.randint(1, 300)}")
    elif chance < 0.15:
        text.append(f"arXiv:{random_.randint(1501, 2412)}.{random_.randint(0, 99):05}v{random_.randint(1, 3)}")
    elif chance < 0.2:
        text.append(f"https://example.org/{random_.choice(words)}/{random_.randint(1, 300)}")
    return " ".join(text)


def inbox_debate(count: int) -> Debate:
    """Return a debate with eight explanations, some evidence and so many ideas."""
    return Debate(
        "inbox",
        f"{count} ideas",
        hypotheses={
            f"h{n}": Hypothesis(f"h{n}", f"Explanation number {n}", plausibility=0.9 - n / 20, position=n)
            for n in range(8)
        },
        evidence={
            f"e{n}": Evidence(f"e{n}", f"What was found out as number {n}", doi=f"10.{1000 + n}/paper.{n}")
            for n in range(85)
        },
        ideas={idea.number: idea for idea in ideas(count)},
    )
