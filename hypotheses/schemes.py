"""Scoring schemes: what the matrix says for each hypothesis, in the ways that people have proposed to count it.

Each scheme is one function of the matrix, with its source. The schemes of letters read a likelihood ratio as the
nearest letter of an ACH matrix in logarithm: CC 10, C 3, N 1, I 1/3, II 1/10. Evidence that is retracted, or has a
credibility or relevance of 0, counts nothing; where a scheme has words for these, what is not stated is medium. A
hypothesis that no standing evidence rates is *untested*: it has no score and stands last in every scheme, since it
would win by default where contradictions are counted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from hypotheses.belief import implied
from hypotheses.debate import Debate, Evidence, SchemeTable
from hypotheses.letters import LETTERS, Column, Rating, columns
from hypotheses.ranking import ranked
from hypotheses.ratios import WEIGHT_WORDS

_SCALE: Final[Mapping[str, int]] = {"II": 1, "I": 2, "N": 3, "C": 4, "CC": 5}
_CONTRADICTION: Final[Mapping[str, int]] = {"II": 2, "I": 1, "N": 0, "C": 0, "CC": 0}


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to score a matrix."""

    name: str
    formula: str
    """What it computes, in words and signs."""
    source: str
    score: Callable[[Debate, Mapping[str, Column]], Mapping[str, tuple[float, ...]]]
    """Returns for each hypothesis the key that orders it, the lowest first."""
    shown: Callable[[float], float]
    """The score that is shown, of the first part of that key."""


class Scores(NamedTuple):
    """What one scheme says."""

    scores: Mapping[str, float | None]
    """Hypothesis slug -> score; None for one that is untested."""
    order: tuple[str, ...]
    """The slugs, best first; what the scheme holds to be equal stands in the order of the ranking."""
    places: Mapping[str, int]
    """Slug -> place, counted from 1; equal ones share a place. The untested have none."""


def untested(debate: Debate) -> tuple[str, ...]:
    """Return the hypotheses that no standing evidence rates."""
    left = dict.fromkeys(debate.hypotheses)
    for item in debate.evidence.values():
        if not left:
            break
        if item.has_weight:
            for slug, cell in item.assessments.items():
                if cell.ratio is not None:
                    left.pop(slug, None)
    return tuple(left)


def contenders(debate: Debate, idle: Collection[str]) -> tuple[str, ...]:
    """Return the hypotheses that can come first: open or accepted, and none of the `untested` ones, which are idle."""
    return tuple(h.slug for h in debate.hypotheses.values() if h.status in ("open", "accepted") and h.slug not in idle)


def _bayes(debate: Debate, _: Mapping[str, Column]) -> dict[str, tuple[float, ...]]:
    return {slug: (-p,) for slug, p in implied(debate).items()}


def _sum(points: Callable[[Rating], float]) -> Callable[[Debate, Mapping[str, Column]], dict[str, tuple[float, ...]]]:
    def score(_: Debate, matrix: Mapping[str, Column]) -> dict[str, tuple[float, ...]]:
        return {slug: (math.fsum(map(points, column.ratings)),) for slug, column in matrix.items()}

    return score


def _heuer(rating: Rating) -> float:
    return _CONTRADICTION[rating.letter]


def _parc(rating: Rating) -> float:
    weights = (2 ** ((_or_medium(weight) - 0.75) / 0.5) for weight in (rating.credibility, rating.relevance))
    return _CONTRADICTION[rating.letter] * math.prod(weights)


def _burton(rating: Rating) -> float:
    return float(_CONTRADICTION[rating.letter] * 2 ** ((_or_medium(rating.credibility) - 0.75) / 0.25))


def _or_medium(weight: float | None) -> float:
    """Return a weight; where the scheme has words, what is not stated is medium."""
    return WEIGHT_WORDS["medium"] if weight is None else weight


def _open_synthesis(_: Debate, matrix: Mapping[str, Column]) -> dict[str, tuple[float, ...]]:
    marks: dict[str, tuple[float, ...]] = {}
    for slug, column in matrix.items():
        values = [_SCALE[rating.letter] for rating in column.ratings]
        inconsistency = sum((3 - value) ** 2 for value in values if value < 3)
        consistency = sum((value - 3) ** 2 for value in values if value > 3)
        items = column.items or 1
        marks[slug] = (inconsistency, -consistency, column.not_applicable / items, column.unrated / items)
    return marks


SCHEMES: Final[Mapping[str, Scheme]] = {
    scheme.name: scheme
    for scheme in (
        Scheme(
            "bayes",
            "logit(p) = logit(prior) + Σ d · credibility · relevance · ln ratio; of the k-th strongest of its"
            " cluster that points its way d = n_eff(k) − n_eff(k − 1), n_eff(k) = k / (1 + (k − 1) ρ); highest first",
            "Good, Probability and the Weighing of Evidence, 1950; clusters by Kish, Survey Sampling, 1965",
            _bayes,
            lambda key: -key,
        ),
        Scheme(
            "heuer",
            "Σ points, II 2, I 1, all else 0; lowest first",
            "Heuer, Psychology of Intelligence Analysis, 1999, chapter 8",
            _sum(_heuer),
            lambda key: key,
        ),
        Scheme(
            "parc",
            "Σ points · credibility · relevance, II 2, I 1, all else 0; low 1/√2, medium 1, high √2 (c: 4^(c − 0.75));"
            " lowest first",
            "Palo Alto Research Center, ACH 2.0, the weighted inconsistency score",
            _sum(_parc),
            lambda key: key,
        ),
        Scheme(
            "burton",
            "Σ points · credibility, II 2, I 1, all else 0; low 0.5, medium 1, high 2 (c: 16^(c − 0.75)); lowest first",
            "Burton and Knowles, Open Source ACH, 2010",
            _sum(_burton),
            lambda key: key,
        ),
        Scheme(
            "open-synthesis",
            "Σ (3 − v)² over v < 3, v = II 1, I 2, N and n/a 3, C 4, CC 5; lowest first; ties by Σ (v − 3)² over v > 3,"
            " more first, then fewer n/a, then fewer unrated",
            "Open Synthesis, the inconsistency of a hypothesis",
            _open_synthesis,
            lambda key: key,
        ),
    )
}
"""Every scheme by its name. All read a credibility or relevance between the words on the curve through them."""


def schemes_of(debate: Debate) -> dict[str, Scheme]:
    """Return every scheme of a debate by its name: those that all have, and its own tables."""
    return {**SCHEMES, **{name: _tabled(name, table) for name, table in debate.schemes.items()}}


def _tabled(name: str, table: SchemeTable) -> Scheme:
    weights = {"credibility": table.credibility, "relevance": table.relevance}
    told = "; ".join(
        [
            "Σ " + " · ".join(["points", *(weight for weight, words in weights.items() if words)]),
            ", ".join(f"{letter} {table.points[letter]:g}" for letter in reversed(LETTERS)),
            *(
                f"{weight} " + ", ".join(f"{word} {words[word]:g}" for word in WEIGHT_WORDS)
                for weight, words in weights.items()
                if words
            ),
        ]
    )

    def points(rating: Rating) -> float:
        return (
            table.points[rating.letter]
            * _by_words(table.credibility, rating.credibility)
            * _by_words(table.relevance, rating.relevance)
        )

    return Scheme(
        name, f"{told}; lowest first", table.source or "a table of this debate", _sum(points), lambda key: key
    )


def _by_words(words: Mapping[str, float], weight: float | None) -> float:
    """Return what a table multiplies by: straight between its words, medium for what is not stated, 1 without words."""
    if not words:
        return 1.0
    known = [(0.0, 0.0), *((at, words[word]) for word, at in WEIGHT_WORDS.items())]
    here = _or_medium(weight)
    for (left, low), (right, high) in pairwise(known):
        if here <= right:
            return low + (high - low) * (here - left) / (right - left)
    return known[-1][1]


def score(debate: Debate) -> dict[str, Scores]:
    """Score a debate by every scheme."""
    matrix = columns(debate)
    return {name: _scores(debate, matrix, scheme) for name, scheme in schemes_of(debate).items()}


def _scores(debate: Debate, matrix: Mapping[str, Column], scheme: Scheme) -> Scores:
    keys = scheme.score(debate, matrix)
    tested = {slug: _rounded(keys[slug]) for slug, column in matrix.items() if column.ratings}
    order = sorted((h.slug for h in ranked(debate) if h.slug in tested), key=tested.__getitem__)
    rest = [h.slug for h in ranked(debate) if h.slug not in tested]
    places = {slug: 1 + sum(other < tested[slug] for other in tested.values()) for slug in order}
    # An order that is minus a number shows the number; 0.0 - x would leave a minus before a zero.
    shown = {slug: scheme.shown(keys[slug][0]) + 0.0 if slug in tested else None for slug in debate.hypotheses}
    return Scores(shown, (*order, *rest), places)


def _rounded(key: tuple[float, ...]) -> tuple[float, ...]:
    """Round off what the last bits of a sum would tell apart."""
    return tuple(float(f"{part:.12g}") for part in key)


def fragile(scores: Mapping[str, Scores]) -> tuple[str, ...]:
    """Return the hypotheses that one scheme puts before another one and a second scheme after it.

    The ranking is fragile if there are any. Where a scheme holds two to be equal it contests nothing.
    """
    contested: dict[str, None] = {}
    tested = list(next(iter(scores.values())).places) if scores else []
    for number, one in enumerate(tested):
        for other in tested[number + 1 :]:
            signs = {_sign(each.places[one] - each.places[other]) for each in scores.values()}
            if {-1, 1} <= signs:
                contested |= dict.fromkeys((one, other))
    return tuple(contested)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def diagnosticity(evidence: Evidence, hypotheses: Collection[str]) -> float:
    """Return how well an item tells hypotheses apart: the standard deviation of ln ratio over them.

    What is blank or not applicable counts as a ratio of 1, as it moves that hypothesis by nothing. So an item that is
    equal everywhere tells nothing, whatever its strength; and neither does one that is retracted.
    """
    cells = evidence.assessments
    if evidence.retracted or not cells or not hypotheses:
        return 0.0
    ratios = [(cell.ratio or 1.0) if (cell := cells.get(slug)) else 1.0 for slug in hypotheses]
    return deviation([math.log(ratio) for ratio in ratios]) if len(set(ratios)) > 1 else 0.0


def deviation(values: Sequence[float]) -> float:
    """Return the population standard deviation; `statistics.pstdev` is exact and takes twenty times as long."""
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))
