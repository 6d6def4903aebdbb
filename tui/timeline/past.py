"""How a debate came to stand as it does: what the Timeline screen shows, read and worked out in a thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from hypotheses.debate import Debate
from hypotheses.progress import Told, untold
from hypotheses.ranking import ranked
from hypotheses.steps import Step, steps
from hypotheses.timeline import Stand, first_day
from tui.command_keys import with_keys
from tui.number_text import mark_of
from tui.timeline.chart import ChartDrawing, Track, shade_of
from tui.timeline.ticks import day

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.entries import Entry

View = Literal["evidence", "journal"]
MOST_LINES: Final = 12
"""Lines that a chart draws; more cannot be told apart."""
VIEWS: Final[Mapping[View, str]] = {
    "evidence": "Implied by the evidence",
    "journal": "Stated, by the journal",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Where everything stood at one point of a chart."""

    when: str
    plausibilities: Mapping[str, float]
    """Hypothesis slug -> plausibility."""
    pulls: Mapping[str, Mapping[str, float]]
    """Key of the evidence that came with it -> slug -> decibans."""
    entry: str = ""
    """What was done, by the journal."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of how a debate came to stand as it does."""

    steps: tuple[Step, ...]
    stands: tuple[Stand, ...]
    entries: tuple[Entry, ...]
    """The journal, newest first."""
    actor: str
    moments: Mapping[View, Sequence[Moment]]
    drawings: Mapping[View, ChartDrawing]
    stories: Mapping[View, str]
    """What each chart shows, in a few words."""


def read_past(
    store: DebateStore,
    debate: Debate,
    limit: int,
    before: tuple[Debate, Past] | None = None,
    told: Told = untold,
) -> Past:
    """Read the latest entries and everything stated, and work out the chart of each view.

    Args:
        store: Where the journal is kept.
        debate: The debate as it is shown.
        limit: How many entries are wanted.
        before: A debate and its past: steps that cannot have changed are not worked out again.
        told: Is told how far it is.

    Raises:
        AbduceError: the journal cannot be read.
    """
    made = before[1].steps if before and _same_evidence(before[0], debate) else steps(debate, told)
    stands, entries = store.stands(debate.slug), store.history(debate.slug, limit=limit)
    person = store.person(debate.slug)
    labels = {entry.at: entry.told for entry in entries}
    stated = [Moment(_local(one.at), one.of(person), {}, labels.get(one.at, "")) for one in stands]
    implied = [Moment(step.date, step.implied, step.pulls) for step in made]
    times: dict[View, list[datetime]] = {
        "evidence": _times(made),
        "journal": [one.at.astimezone().replace(tzinfo=None) for one in stands],
    }
    moments: dict[View, list[Moment]] = {"evidence": implied, "journal": stated}
    drawings = {view: _drawing(debate, times[view], moments[view]) for view in VIEWS}
    if not any(step.date for step in made):
        drawings["evidence"] = replace(drawings["evidence"], dated=False)
    stories = {view: story(debate, moments[view]) for view in VIEWS}
    return Past(made, stands, entries, store.actor, moments, drawings, stories)


def _same_evidence(one: Debate, other: Debate) -> bool:
    """Say whether two debates imply the same at every date, as far as that is seen at a glance."""
    if one.evidence is not other.evidence or one.slug != other.slug:
        return False
    priors = [
        {slug: (each.prior, each.prior_on) for slug, each in debate.hypotheses.items()} for debate in (one, other)
    ]
    rules = [(debate.mode, debate.correlation, debate.counts) for debate in (one, other)]
    return priors[0] == priors[1] and rules[0] == rules[1]


def _local(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def _times(made: Sequence[Step]) -> list[datetime]:
    start = next((first_day(step.date) for step in made if step.date), "2000-01-01")
    return [day(step.date or start) for step in made]


def _drawing(debate: Debate, times: Sequence[datetime], moments: Sequence[Moment]) -> ChartDrawing:
    leading = order(debate, moments[-1])[:MOST_LINES] if moments else []
    tracks = [
        Track(mark_of(rank), shade_of(rank), [moment.plausibilities.get(each.slug) for moment in moments])
        for rank, each in enumerate(ranked(debate), 1)
        if each.slug in leading
    ]
    return ChartDrawing(times, tracks, with_keys("No explanations yet:\npress {show_debate}, then {add}."))


def order(debate: Debate, moment: Moment) -> list[str]:
    """Return the slugs of the hypotheses that were there, the most plausible first; ties as they are ranked now."""
    slugs = [each.slug for each in ranked(debate) if each.slug in moment.plausibilities]
    return sorted(slugs, key=lambda slug: -moment.plausibilities[slug])


def story(debate: Debate, moments: Sequence[Moment]) -> str:
    """Tell in a few words which hypothesis rose most, from where, and since when it stands where it does."""
    ranks = {each.slug: rank for rank, each in enumerate(ranked(debate), 1)}
    if len(moments) < 2:
        return ""
    then, now = order(debate, moments[0]), order(debate, moments[-1])
    risen = {slug: then.index(slug) - place for place, slug in enumerate(now) if slug in then}
    best = max(risen, key=lambda slug: risen[slug], default="")
    if not best or risen[best] < 1:
        return ""
    since, place = moments[-1].when, now.index(best)
    for moment in reversed(moments):
        there = order(debate, moment)
        if best not in there or there.index(best) != place:
            break
        since = moment.when
    began, since = next((moment.when[:10] for moment in moments if moment.when), ""), since[:10]
    was, stands = _place(then.index(best), len(then)), _place(place, len(now))
    return f"{mark_of(ranks[best])} was {was} ({began}), {stands} since {since}"


def _place(index: int, count: int) -> str:
    return "first" if index == 0 else "last" if index == count - 1 else f"number {index + 1}"
