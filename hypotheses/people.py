"""Several people on one debate: whose ranking and ratings one looks at, what they hold together, where they differ.

The plausibilities and cells of a debate are always those of one person, and those of the others stand beside
them, so everything else can leave people out of account. What a person has not said yet is taken over: a
plausibility from the debate's owner; a cell from the owner, or where the owner has none from the first of the
others by name. The owner goes by the empty name, so a debate of one person holds no names at all.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final, TypeVar

from hypotheses.belief import DECIBANS_PER_NAT, from_logit, logit
from hypotheses.changed import Version, changed
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis, Stated
from hypotheses.problems import Malformed

OWNER: Final = ""
"""The name under which the owner's ranking and ratings stand."""

Value = TypeVar("Value", Hypothesis, Evidence)


def seen_by(debate: Debate, person: str, last_seen: tuple[Debate, Debate] | None = None) -> Debate:
    """Return the debate with one person's plausibilities and cells in the first place.

    Args:
        debate: The debate, as anybody sees it.
        person: Who is to come first.
        last_seen: A debate and what was made of it for this person: what `debate` shares with it is not made again.
    """
    hypotheses, evidence = None, None
    if last_seen:
        before, made = last_seen
        hypotheses = before.hypotheses, made.hypotheses
        evidence = before.evidence, made.evidence
    return replace(
        debate,
        hypotheses=_each(debate.hypotheses, lambda each: hypothesis_of(each, person), hypotheses),
        evidence=_each(debate.evidence, lambda each: _evidence_of(each, person), evidence),
    )


def _each(
    values: Mapping[str, Value],
    see: Callable[[Value], Value],
    last_seen: tuple[Mapping[str, Value], Mapping[str, Value]] | None,
) -> Mapping[str, Value]:
    before, made = last_seen or ({}, {})
    if isinstance(values, Version) and (differing := values.since(before)) is not None:
        others = {name: see(values[name]) for name in differing if name in values}
        if made is before and all(values[name] is other for name, other in others.items()):
            return values
        return Version(made, others, [name for name in differing if name in made and name not in values])
    seen = {
        name: made[name] if value is before.get(name) and name in made else see(value) for name, value in values.items()
    }
    # What nobody touched stays the same object.
    return values if all(seen[name] is value for name, value in values.items()) else seen


def statements(hypothesis: Hypothesis) -> dict[str, Stated]:
    """Return what each person states of a hypothesis, whoever looks at it; the owner first, then by name."""
    mine = Stated(hypothesis.plausibility, hypothesis.position, hypothesis.placeholder)
    return dict(sorted({**hypothesis.others, hypothesis.by: mine}.items()))


def hypothesis_of(hypothesis: Hypothesis, person: str) -> Hypothesis:
    """Return a hypothesis with one person's plausibility, or the owner's if that person has stated none."""
    said = statements(hypothesis) if hypothesis.others or hypothesis.by else {}
    by = person if person in said else OWNER
    if by == hypothesis.by:
        return hypothesis
    own = said.pop(by)
    return replace(
        hypothesis,
        plausibility=own.plausibility,
        position=own.position,
        placeholder=own.placeholder,
        by=by,
        others=said,
    )


def one_view(ratio: float | None, why: str = "", by: str = OWNER, given: str = "") -> Assessment:
    """Return one person's view of a cell; the same one again for the same words: of a million, most say what others do.

    Args:
        ratio: The likelihood ratio, or None if the evidence does not apply.
        why: The reason.
        by: Whose it is.
        given: The two probabilities it was rated by, as typed.
    """
    if len(why) > _SHORT:
        return Assessment(ratio, why, by, given=given)
    return _shared_view(ratio, why, by, given)


_SHORT: Final = 40
"""Letters of a reason that others may have given in the same words."""


@lru_cache(maxsize=10_000)
def _shared_view(ratio: float | None, why: str, by: str, given: str) -> Assessment:
    return Assessment(ratio, why, by, given=given)


def views(cell: Assessment) -> dict[str, Assessment]:
    """Return a cell as each person sees it, without the others; the owner first, then by name."""
    if not cell.others:
        return {cell.by: cell}
    said = {**cell.others, cell.by: cell}
    return {by: Assessment(said[by].ratio, said[by].why, by, given=said[by].given) for by in sorted(said)}


def cell_of(cell: Assessment, person: str) -> Assessment:
    """Return a cell as one person sees it, with what the others hold beside it."""
    if person == cell.by or not cell.others:
        return cell
    return cell_among(views(cell), person)


def cell_among(said: Mapping[str, Assessment], person: str) -> Assessment:
    """Put one person's view of a cell first; of somebody who has none, that of the first by name."""
    by = person if person in said else min(said)
    if len(said) == 1 and not said[by].others:
        return said[by]
    return replace(said[by], others={name: said[name] for name in sorted(said) if name != by})


def _evidence_of(evidence: Evidence, person: str) -> Evidence:
    cells = {slug: cell_of(cell, person) for slug, cell in evidence.assessments.items()}
    if all(cell is evidence.assessments[slug] for slug, cell in cells.items()):
        return evidence
    return replace(evidence, assessments=cells)


def said_by(before: Debate, after: Debate, person: str) -> Debate:
    """Write what changed between two states of a debate, as one person sees it, down to that person.

    The functions that edit a debate know of no people: they put new plausibilities and cells in the first
    place. Here these become the person's own, and what stood there stays with whom it belongs to.

    Raises:
        Malformed: a cell was cleared that somebody else has rated.
    """
    hypotheses = {
        slug: each if each is (was := before.hypotheses.get(slug)) or was is None else _stated_by(was, each, person)
        for slug, each in after.hypotheses.items()
    }
    rated = {
        key: _rated_by(before.evidence.get(key), after.evidence[key], person)
        for key in changed(before.evidence, after.evidence).there
    }
    return replace(after, hypotheses=hypotheses, evidence=Version(after.evidence, rated))


def _stated_by(was: Hypothesis, now: Hypothesis, person: str) -> Hypothesis:
    seats = [Stated(each.plausibility, each.position, each.placeholder) for each in (was, now)]
    if seats[0] == seats[1] or was.by == person:
        return replace(now, by=was.by, others=was.others)
    return replace(now, by=person, others={**was.others, was.by: seats[0]})


def _rated_by(was: Evidence | None, now: Evidence, person: str) -> Evidence:
    before = was.assessments if was else {}
    cells = {slug: _cell_by(before.get(slug), cell, person) for slug, cell in now.assessments.items()}
    for slug in before.keys() - now.assessments.keys():
        left = _cleared(now.key, slug, before[slug], person)
        if left is not None:
            cells[slug] = left
    # Where a cell stands among its neighbours is no view of anybody.
    order = [*(slug for slug in before if slug in cells), *(slug for slug in cells if slug not in before)]
    return replace(now, assessments={slug: cells[slug] for slug in order})


def _cell_by(was: Assessment | None, now: Assessment, person: str) -> Assessment:
    if was is None:
        return replace(now, by=person, others={})
    if (was.ratio, was.why, was.given) == (now.ratio, now.why, now.given):
        return was
    return cell_among({**views(was), person: replace(now, by=person, others={})}, person)


def _cleared(key: str, slug: str, was: Assessment, person: str) -> Assessment | None:
    if was.by != person:
        raise Malformed(
            f"the rating of {key!r} under {slug!r} is {was.by or 'the owner'}'s; expected a rating of your own to clear"
        )
    said = {by: cell for by, cell in views(was).items() if by != person}
    return cell_among(said, person) if said else None


# What they hold


def people(debate: Debate) -> tuple[str, ...]:
    """Return everybody who has stated or rated something, the owner (the empty name) first, then by name."""
    everybody = {OWNER}
    for hypothesis in debate.hypotheses.values():
        everybody |= {hypothesis.by, *hypothesis.others}
    for item in debate.evidence.values():
        for cell in item.assessments.values():
            if cell.by or cell.others:
                everybody |= {cell.by, *cell.others}
    return tuple(sorted(everybody))


def named(debate: Debate, person: str) -> str:
    """Return the name to show for a person; the owner of a debate that names none is `the owner`."""
    return person or debate.owner or "the owner"


def plausibilities(hypothesis: Hypothesis) -> dict[str, float]:
    """Return the plausibility each person has stated; a starting figure counts only where there is nothing else."""
    said = statements(hypothesis)
    meant = {by: each.plausibility for by, each in said.items() if not each.placeholder}
    return meant or {by: each.plausibility for by, each in said.items()}


def pooled(debate: Debate) -> dict[str, float]:
    """Return what the people hold together, by slug: the geometric mean of their odds.

    In an exclusive debate that is the geometric mean of their plausibilities, and of what each leaves for "none
    of these", made to sum to 1 (Genest and Zidek, "Combining probability distributions", Statistical Science 1, 1986).
    """
    if debate.mode == "exclusive":
        return _pooled_exclusive(debate)
    return {slug: from_logit(_mean_logit(plausibilities(each).values())) for slug, each in debate.hypotheses.items()}


def _mean_logit(said: Iterable[float]) -> float:
    odds = [logit(p) for p in said]
    if math.inf in odds and -math.inf in odds:
        return 0.0  # odds of nothing to one and of one to nothing: nobody can tell what lies between
    return math.fsum(odds) / len(odds)


def _pooled_exclusive(debate: Debate) -> dict[str, float]:
    shares: list[dict[str, float]] = []
    for person in people(debate):
        own = {slug: hypothesis_of(each, person) for slug, each in debate.hypotheses.items()}
        if any(each.by == person and not each.placeholder for each in own.values()):
            shares.append({slug: each.plausibility for slug, each in own.items()})
    shares = shares or [{slug: hypothesis_of(each, OWNER).plausibility for slug, each in debate.hypotheses.items()}]
    means = {slug: _geometric(share[slug] for share in shares) for slug in debate.hypotheses}
    none = _geometric(max(0.0, 1 - math.fsum(share.values())) for share in shares)
    total = math.fsum([none, *means.values()])
    return {slug: mean / total if total else 0.0 for slug, mean in means.items()}


def _geometric(values: Iterable[float]) -> float:
    odds = list(values)
    return 0.0 if 0.0 in odds else math.exp(math.fsum(map(math.log, odds)) / len(odds))


def disagreement(hypothesis: Hypothesis) -> float:
    """Return how far apart people are on a hypothesis: the standard deviation of their log-odds, in decibans."""
    return _spread(logit(p) for p in plausibilities(hypothesis).values())


def cell_disagreement(cell: Assessment) -> float:
    """Return how far apart people are on a cell: the standard deviation of ln ratio, in decibans.

    A cell that somebody holds to be not applicable counts as one that tells nothing.
    """
    return _spread(math.log(one.ratio or 1.0) for one in views(cell).values())


def _spread(nats: Iterable[float]) -> float:
    each = list(nats)
    if len(set(each)) < 2:
        return 0.0
    return statistics.pstdev(each) * DECIBANS_PER_NAT if all(map(math.isfinite, each)) else math.inf
