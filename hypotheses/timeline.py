"""How things stood at a date: what the evidence implied by then, and what people stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from hypotheses.belief import counts_by, implied_by
from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.people import OWNER
from hypotheses.progress import Told, untold
from hypotheses.sums import plain_sums


@dataclass(frozen=True, slots=True)
class Stand:
    """What everybody had stated at a time, by the journal."""

    at: datetime
    """Since when, in UTC."""
    stated: Mapping[str, Mapping[str, float]]
    """Person (empty for the owner) -> hypothesis slug -> plausibility; only what each stated themselves."""
    starting: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Person -> slugs of which this is a starting figure that nobody has set."""
    settled: frozenset[str] = frozenset()
    """Slugs of which it is written down how they turned out."""

    def said(self, person: str) -> dict[str, float]:
        """Return the plausibilities that a person has really stated, by slug."""
        starting = self.starting.get(person, frozenset())
        return {slug: p for slug, p in self.stated.get(person, {}).items() if slug not in starting}

    def of(self, person: str) -> dict[str, float]:
        """Return one person's plausibilities, and the owner's where that person has stated none, by slug."""
        return {**self.stated.get(OWNER, {}), **self.stated.get(person, {})}


class Implied(NamedTuple):
    """What the evidence up to a date implies."""

    date: str
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    implied: Mapping[str, float]
    """Hypothesis slug -> plausibility."""


def implied_over_time(debate: Debate, told: Told = untold) -> tuple[Implied, ...]:
    """Return what the evidence implies as of every date it bears, oldest first; the last is how it stands now.

    Undated evidence counts at every date. A date that is a month or a year comes after the days in it, as all
    of its evidence counts as of it.
    """
    sums, made = plain_sums(debate), []
    for date, news in evidence_by_date(debate, told):
        sums.put(news)
        if date:
            made.append(Implied(date, implied_by(debate, sums.log_odds(debate))))
    return tuple(made)


def evidence_by_date(debate: Debate, told: Told = untold) -> Iterator[tuple[str, list[Evidence]]]:
    """Yield the start, an empty date, and every date that standing evidence bears, each with what counts since then.

    Each item is yielded once: that of a month or a year counts from its first day, so it comes with the first date in
    that month or year, and a date may have brought nothing.
    """
    standing = [item for item in debate.evidence.values() if not item.retracted]
    yield "", [item for item in standing if not item.date]
    dated = sorted((item for item in standing if item.date), key=lambda item: first_day(item.date))
    place = 0
    for date in sorted({item.date for item in dated}, key=by_last_day):
        told(place / len(dated))
        start = place
        while place < len(dated) and counts_by(dated[place].date, date):
            place += 1
        yield date, dated[start:place]


def first_day(date: str) -> str:
    """Return the first day of a year, a month or a day, as `YYYY-MM-DD`."""
    return date + "-01-01"[len(date) - 4 :]


def last_day(date: str) -> str:
    """Return the last day of a year, a month or a day, as `YYYY-MM-DD`; a month may end on a day it does not have."""
    return date + "-12-31"[len(date) - 4 :]


def by_last_day(date: str) -> tuple[str, int]:
    """Return what orders dates by their ends: of those that end on one day, the day before the month and the year."""
    return last_day(date), -len(date)


def as_of(debate: Debate, date: str, stands: Sequence[Stand] = (), person: str = OWNER) -> Debate:
    """Return a debate as it stood on a date.

    Evidence, ideas and comments of later are left out, and what was settled later is open. The plausibilities are
    those that the person held by the journal at the end of that date, or the first ones known if the debate was
    entered later; hypotheses added since keep theirs.

    Args:
        debate: The debate as the person sees it.
        date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty for now.
        stands: The journal's states, oldest first.
        person: Whose plausibilities are meant.
    """
    if not date:
        return debate
    held = stand_at(stands, date)
    stated = held.of(person) if held else {}
    hypotheses = {
        slug: _hypothesis_by(replace(each, plausibility=stated.get(slug, each.plausibility)), date)
        for slug, each in debate.hypotheses.items()
    }
    evidence = {key: item for key, item in debate.evidence.items() if counts_by(item.date, date)}
    ideas = {number: idea for number, idea in debate.ideas.items() if _was_there(idea.received, date)}
    comments = {
        number: comment
        for number, comment in debate.comments.items()
        if _was_there(comment.at, date)
        and (not comment.evidence or comment.evidence in evidence)
        and (not comment.idea or comment.idea in ideas)
    }
    return replace(debate, hypotheses=hypotheses, evidence=evidence, ideas=ideas, comments=comments)


def _hypothesis_by(hypothesis: Hypothesis, date: str) -> Hypothesis:
    if not hypothesis.settled or _was_there(hypothesis.settled_on, date):
        return hypothesis
    return replace(hypothesis, settled="", settled_on="")


def _was_there(moment: str, date: str) -> bool:
    return moment[:10] <= last_day(date)


def stand_at(stands: Sequence[Stand], date: str) -> Stand | None:
    """Return the last state by the end of a date, or the first one if there is none; None if there are none at all."""
    by_then = [stand for stand in stands if stand.at.strftime("%Y-%m-%d") <= last_day(date)]
    return next(reversed(by_then), next(iter(stands), None))
