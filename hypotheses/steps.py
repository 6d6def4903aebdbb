"""The evidence in the order of its dates: what each date brought, and where that put every hypothesis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hypotheses.belief import DECIBANS_PER_NAT, implied_by
from hypotheses.debate import Debate
from hypotheses.progress import Told, untold
from hypotheses.sums import plain_sums
from hypotheses.timeline import evidence_by_date


class Step(NamedTuple):
    """Where a date left every hypothesis."""

    date: str
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty for the start: the priors, with what bears no date."""
    implied: Mapping[str, float]
    """Hypothesis slug -> plausibility as of that date."""
    pulls: Mapping[str, Mapping[str, float]]
    """Key of each item that counts since that date -> slug -> what it adds to the log-odds as of it, in decibans."""


def steps(debate: Debate, told: Told = untold) -> tuple[Step, ...]:
    """Return the start and every date that brought evidence, oldest first; the last is how it stands now.

    Evidence of a month or a year counts from its first day, so it is told with the first date in that month or year.
    """
    sums, made = plain_sums(debate), []
    for date, news in evidence_by_date(debate, told):
        if news or not date:
            sums.put(news)
            pulls = {
                item.key: {slug: nats * DECIBANS_PER_NAT for slug, nats in sums.pulls(item).items()} for item in news
            }
            made.append(Step(date, implied_by(debate, sums.log_odds(debate)), pulls))
    return tuple(made)
