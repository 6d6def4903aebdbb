"""What the columns of somebody's matrix hold: evidence, what is known of it, and explanations that it is rated for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from hypotheses.debate import Assessment
from store.maps.ratings import seen
from store.maps.tables import Row

Role = Literal[
    "title",
    "key",
    "number",
    "finding",
    "note",
    "date",
    "source",
    "url",
    "doi",
    "arxiv",
    "authors",
    "credibility",
    "relevance",
    "cluster",
    "retracted",
    "total",
    "rating",
    "unknown",
]
_NAMES: Final[Mapping[Role, str]] = {
    "title": "evidence, item, evidence item, item of evidence, evidence title, title, observation, indicator",
    "key": "key, id, code, ref, evidence key, evidence id",
    "number": "#, no, nr, number",
    "finding": "finding, description, details, text",
    "note": "note, notes, comment, comments, remarks, why",
    "date": "date, year, when, time, date time",
    "source": "source, sources, origin, publication",
    "url": "url, link, address, web",
    "doi": "doi",
    "arxiv": "arxiv",
    "authors": "author, authors",
    "credibility": "credibility, reliability, cred, credibility weight",
    "relevance": "relevance, rel, relevance weight",
    "cluster": "cluster",
    "retracted": "retracted",
    "total": "total, sum, score, scores, diagnosticity, inconsistency, inconsistency score, weighted score",
}
"""Role -> what such a column is called."""
_ROLES: Final[Mapping[str, Role]] = {name: role for role, names in _NAMES.items() for name in names.split(", ")}
_TRANSPOSED: Final = re.compile(r"(?:hypothes[ie]s|explanations?)\b", re.IGNORECASE)
DIAGNOSTICITY: Final = "diagnosticity"
_SPEAKING: Final = re.compile(r"\b(?:evidence|hypothes[ie]s)\b", re.IGNORECASE)
_PARTS: Final = re.compile(r"[\s_/\\|-]+")
_LOOKED_AT: Final = 500
"""By how many of its cells a column is judged."""


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One column of a matrix."""

    place: int
    name: str
    """As it stands in the head."""
    role: Role


def columns_of(head: Row, rows: Sequence[Row]) -> tuple[MatrixColumn, ...]:
    """Say what each column holds: by its name, else by what stands in it."""
    looked_at = rows[:_LOOKED_AT]
    named: list[Role] = [_ROLES.get(_PARTS.sub(" ", name.strip(" :*").lower()), "unknown") for name in head.cells]
    if "title" not in named:
        # `Evidence / Hypothesis`, a blank corner, or a column of words that is called otherwise.
        guess = next((n for n, role in enumerate(named) if role == "unknown" and _is_words(n, looked_at)), None)
        if guess is not None:
            named[guess] = "title"
        elif "finding" in named:
            named[named.index("finding")] = "title"
    first = {role: named.index(role) for role in set(named)}
    looks = [_look(n, looked_at) if role == "unknown" else "" for n, role in enumerate(named)]
    # Beside letters and signs, a column of numbers is something else.
    rated = {"rating"} if "rating" in looks else {"numbers"}
    # What stands behind the diagnosticity is rated, as Abduce itself writes matrices.
    behind = next((n for n, name in enumerate(head.cells) if name == DIAGNOSTICITY), len(named))
    columns: list[MatrixColumn] = []
    for place, (name, role) in enumerate(zip(head.cells, named, strict=True)):
        given: Role = role
        fits = looks[place] in rated or (looks[place] == "blank" and _has_ratings(looks))
        if name and (place > behind or (role == "unknown" and fits)):
            given = "rating"
        elif role not in ("unknown", "total") and first[role] != place:
            given = "unknown"
        columns.append(MatrixColumn(place, name, given))
    return tuple(columns)


def is_matrix(head: Row, rows: Sequence[Row]) -> bool:
    """Say whether a table is certainly a matrix: it has letters or signs, or numbers under a head that speaks of it."""
    columns = columns_of(head, rows)
    roles = {column.role for column in columns}
    speaks = any(_SPEAKING.search(name) for name in head.cells)
    rated = [column.place for column in columns if column.role == "rating"]
    return {"rating", "title"} <= roles and (speaks or any(_look(n, rows[:_LOOKED_AT]) == "rating" for n in rated))


def is_transposed(head: Row) -> bool:
    """Say whether the explanations are the rows: what is above them says so."""
    corner = head[0]
    return _TRANSPOSED.match(corner) is not None and "evidence" not in corner.lower()


def _has_ratings(looks: Sequence[str]) -> bool:
    return "rating" in looks or "numbers" in looks


def _look(place: int, rows: Sequence[Row]) -> str:
    """Say what stands in a column: ratings, numbers, words, or nothing."""
    cells = [row[place] for row in rows if row[place]]
    if not cells:
        return "blank"
    each = [seen(cell, comma=True) for cell in cells]
    # Fractions and pairs of probabilities are numbers, too.
    signs = [isinstance(one, Assessment) and not any(map(str.isdigit, cell)) for one, cell in zip(each, cells)]
    ratings = sum(signs)
    numbers = sum(isinstance(one, float | Assessment) for one in each) - ratings
    blanks = sum(one is None for one in each)
    if 2 * (ratings + numbers) < len(each) - blanks or not ratings + numbers:
        return "words" if blanks < len(each) else "blank"
    return "rating" if ratings else "numbers"


def _is_words(place: int, rows: Sequence[Row]) -> bool:
    return _look(place, rows) == "words"
