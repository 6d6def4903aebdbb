"""What texts know of later than a date: statements and notes are those of today, whenever a debate is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from hypotheses import rules
from hypotheses.belief import counts_by
from hypotheses.debate import Debate
from hypotheses.fields import FIELDS
from hypotheses.problems import listed
from hypotheses.reading import HasReadings

_YEAR: Final = re.compile(r"(?:(?<![\w.,-])|(?<=[^\W\d]-)|(?<=\d{4}-))(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?(?!\w|[.,]\d)")
"""A year, a month or a day as dates are written here, also `post-2024` and `2022-2025`; no part of a number or of an
arXiv id."""
_NAME: Final = re.compile(r"`([^`\s]+)`|([\w.:+-]+)")
"""What can be a key of evidence, in backticks or bare. No part of it can match twice: texts are long."""
_LINES: Final = ("label", "value")
"""Of what is one line, what says something; the others are names."""
_TEXTS: Final = {
    kind: tuple(
        field.name
        for field in fields
        if field.rule in (rules.text, rules.title) or (field.rule is rules.line and field.name in _LINES)
    )
    for kind, fields in FIELDS.items()
}
"""Type of a value -> its fields that are texts."""


class Hindsight(NamedTuple):
    """A text that knows of something later."""

    place: str
    knows: str
    """A date, or the key of evidence."""


def hindsight(debate: Debate, date: str) -> tuple[Hindsight, ...]:
    """Return the texts that name a later date than this one, or evidence of later; the explanations' first.

    A date counts if it is not later than all that the debate has dates of: 2048 may be a number.

    Args:
        debate: With all its evidence, also that of later.
        date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    """
    later = {key for key, item in debate.evidence.items() if not counts_by(item.date, date)}
    latest = max((item.date for item in debate.evidence.values()), default="")[:4]
    found = []
    for place, text in _texts(debate, later):
        dates = [named for named in _YEAR.findall(text) if not counts_by(named, date) and named[:4] <= latest]
        if known := [*dates, *_keys(text, later)]:
            found.append(Hindsight(place, known[0]))
    return tuple(found)


def hindsight_told(debate: Debate, date: str) -> str:
    """Say which texts know of later than a date; empty if none does."""
    found = hindsight(debate, date)
    if not found:
        return ""
    named = listed([f"{text.place} ({text.knows})" for text in found])
    return f"texts are those of today; of what came after {date} know {named}"


def _keys(text: str, later: set[str]) -> Iterator[str]:
    """Yield the keys in a text: what stands in backticks, or has a digit or a hyphen in it; words are words."""
    for ticked, bare in _NAME.findall(text):
        for part in (ticked,) if ticked else (bare, *bare.split(":")):
            name = ticked or part.strip(".:+-")
            if name in later and (ticked or re.search(r"[\d-]", name)):
                yield name


def _texts(debate: Debate, later: set[str]) -> Iterator[tuple[str, str]]:
    """Yield every text, but for those of evidence of later, by its place."""
    for slug, h in debate.hypotheses.items():
        place = f"hypotheses.{slug}"
        yield from _fields(place, h)
        for name, assumed in h.assumes.items():
            yield from _readings(f"{place}.assumes.{name}", assumed)
    yield from _fields("debate", debate)
    for symbol, gap in debate.gaps.items():
        yield from _fields(f"gaps.{symbol}", gap)
        yield from _fields(f"gaps.{symbol}.claim", gap.claim)
    for symbol, quantity in debate.quantities.items():
        yield from _fields(f"quantities.{symbol}", quantity)
        yield from _fields(f"quantities.{symbol}.claim", quantity.claim)
        yield from _readings(f"quantities.{symbol}", quantity)
    for key, item in debate.evidence.items():
        if key not in later:
            yield from _fields(f"evidence.{key}", item)
            for slug, cell in item.assessments.items():
                yield from _fields(f"evidence.{key}.assessments.{slug}", cell)


def _readings(place: str, value: HasReadings) -> Iterator[tuple[str, str]]:
    for name, reading in value.readings.items():
        yield from _fields(f"{place}.readings.{name}", reading)


def _fields(place: str, value: object) -> Iterator[tuple[str, str]]:
    for name in _TEXTS.get(type(value), ()):
        yield f"{place}.{name}", getattr(value, name)
