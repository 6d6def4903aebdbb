"""What would change a conclusion: one number, changed just enough; `margin` leaves one item out.

The conclusion is which of the two hypotheses that the evidence puts first is ahead; and, for quantities, that the
headline gap is open. Log-odds are sums, and what an item adds to one is straight in its strength between the strengths
of the others of its cluster, so how far one number has to move follows in closed form.

Sizes of unlike numbers are compared on one scale: 1 is the way from `--` to `++`, which is two orders of magnitude of a
ratio, of the odds of a prior, or of a quantity; and the whole way from 0 to 1 of a credibility or relevance.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from hypotheses.belief import from_logit, logit
from hypotheses.debate import OOM, Debate, Evidence
from hypotheses.edits import assessed, evidence_edited, hypothesis_edited, value_set
from hypotheses.estimates import Estimates
from hypotheses.margin import Margin, margin
from hypotheses.places import Place, places
from hypotheses.progress import Told, each_told, untold, within
from hypotheses.values import parse_value

Kind = Literal["ratio", "prior", "credibility", "relevance", "quantity"]

_WHOLE: Final = 2 * math.log(10)
"""The size 1 in nats."""
_BEYOND: Final = 1 + 1e-9
"""How far a change is taken over the point where the two are equal."""
_LARGEST: Final = 690.0
"""The largest logarithm whose number a computer holds."""
_SLACK: Final = 1e-9
"""What rounding may take from a lead, in nats."""
_HAIR: Final = 1e-12
"""What rounding may take from a weight, as a part of it."""


@dataclass(frozen=True, slots=True)
class Crux:
    """One number, and what it would have to be for a conclusion to change."""

    kind: Kind
    size: float
    """How large the change is, on the common scale."""
    now: float
    needed: float
    evidence: str = ""
    """Key; of a ratio, credibility or relevance."""
    hypothesis: str = ""
    """Slug; of a ratio or a prior."""
    quantity: str = ""
    """Symbol."""

    @property
    def flips(self) -> Literal["order", "gap"]:
        """Which conclusion it changes: the order of the first two, or that the headline gap is open."""
        return "gap" if self.kind == "quantity" else "order"


def cruxes(debate: Debate, estimates: Estimates | None = None, told: Told = untold) -> tuple[Crux, ...]:
    """Return the single changes that would flip the first two or close the headline gap, the smallest first.

    Args:
        debate: The debate.
        estimates: Its numbers; without them no quantity is looked at.
        told: Is told how far it is.
    """
    closing = () if estimates is None else closing_cruxes(debate, estimates)
    return smallest_first([*flipping_cruxes(debate, told), *closing])


def flipping_cruxes(debate: Debate, told: Told = untold) -> tuple[Crux, ...]:
    """Return the single changes that would flip the first two, in no order."""
    apart = margin(debate)
    if apart is None:
        return ()
    return *_priors(debate, apart), *_cells(debate, apart, within(told, 0.1, 1.0))


def smallest_first(changes: Iterable[Crux]) -> tuple[Crux, ...]:
    """Put changes in order."""
    return tuple(sorted(changes, key=_smallest))


def _smallest(crux: Crux) -> tuple[object, ...]:
    """Order cruxes by size; of equal ratios those first that end up nearest to 1, where a rating is easiest to hold."""
    far = abs(math.log(crux.needed)) if crux.kind == "ratio" else 0.0
    return crux.size, far, crux.evidence, crux.hypothesis, crux.kind


def _size(nats: float) -> float:
    """Return the size of a change on the common scale, without the last bits, so that equal changes are equal."""
    return float(f"{abs(nats) / _WHOLE:.12g}")


def _priors(debate: Debate, apart: Margin) -> Iterator[Crux]:
    size = _size(apart.nats)
    taken = math.fsum(h.prior for h in debate.hypotheses.values())
    for slug, nats in ((apart.first, -apart.nats), (apart.second, apart.nats)):
        now = debate.hypotheses[slug].prior
        if debate.mode == "exclusive":
            if nats > _LARGEST:
                continue
            needed = now * math.exp(nats)
            if needed > 1 - (taken - now):
                continue
        else:
            needed = from_logit(logit(now) + nats)
        if 0 < needed < 1:
            yield Crux("prior", size, now, needed, hypothesis=slug)


def _cells(debate: Debate, apart: Margin, told: Told) -> Iterator[Crux]:
    first, second = (places(debate, slug) for slug in (apart.first, apart.second))
    for slug, items, sign in ((apart.first, first, -1), (apart.second, second, 1)):
        for key, place in items.items():
            item = place.item
            if item.alone == 0:
                continue
            log = place.needed(place.added + sign * apart.nats) / item.alone
            if abs(log) < _LARGEST:
                size = _size(log - math.log(item.ratio))
                yield Crux("ratio", size, item.ratio, math.exp(log), evidence=key, hypothesis=slug)
    for key in each_told(list({**first, **second}), told, 0.3):
        yield from _weights(debate.evidence[key], [(1, first.get(key)), (-1, second.get(key))], apart)


def _weights(evidence: Evidence, sides: Sequence[tuple[int, Place | None]], apart: Margin) -> Iterator[Crux]:
    """Yield the credibility and the relevance with which the two would be equal, of each the nearest one."""
    pulls = [(sign, place, math.log(place.item.ratio)) for sign, place in sides if place is not None]
    credibility, relevance = _stated(evidence.credibility), _stated(evidence.relevance)
    weights: tuple[tuple[Kind, float, float], ...] = (
        ("credibility", credibility, relevance),
        ("relevance", relevance, credibility),
    )
    for kind, now, other in weights:
        lead = _Lead(apart.nats, now, [(sign, place, other * log) for sign, place, log in pulls if other * log])
        found = [place for end in (0.0, 1.0) if (place := lead.lost(now, end)) is not None]
        if found:
            needed = min(found, key=lambda place: abs(place - now))
            yield Crux(kind, _size((needed - now) * _WHOLE), now, needed, evidence=evidence.key)


def _stated(weight: float | None) -> float:
    return 1.0 if weight is None else weight


class _Lead:
    """How far the first is ahead of the second as one weight of an item moves: straight between the item's bends."""

    def __init__(self, nats: float, now: float, pulls: Sequence[tuple[int, Place, float]]) -> None:
        """Take the lead with the weight as it is now; of each of the two whether the item moves it up or down in that.

        Args:
            nats: The lead.
            now: The weight.
            pulls: 1 for the first or -1 for the second, the item beside those of its cluster, and what it would add by
                itself with a weight of 1.
        """
        self._pulls = pulls
        self._less = math.fsum(self._parts(now, now)) - nats

    def _parts(self, falling: float, rising: float) -> Iterator[float]:
        """Yield what the item adds to the lead, with one weight where more of it lowers the lead, and another else."""
        for sign, place, nats in self._pulls:
            yield sign * place.pull(nats * (rising if sign * nats > 0 else falling))

    def at(self, weight: float) -> float:
        """Return the lead with a weight."""
        return math.fsum(self._parts(weight, weight)) - self._less

    def lost(self, near: float, far: float) -> float | None:
        """Return the weight nearest to one, on the way to another, with which there is no lead; None if there is none.

        Neither of the two is moved back as the weight grows, so on a part of the way the lead is nowhere less than with
        what lowers it at the one end and what raises it at the other. Where that is a lead, there is no need to look.
        """
        low, high = min(near, far), max(near, far)
        if low == high:
            return near if self.at(near) <= 0 else None
        if math.fsum(self._parts(high, low)) - self._less > _SLACK:
            return None
        bend = self._bend(low, high)
        if bend is not None:
            before = self.lost(near, bend)
            return self.lost(bend, far) if before is None else before
        here, there = self.at(near), self.at(far)
        if there > 0:
            return None
        return near + (far - near) * here / (here - there) if here > there else near

    def _bend(self, low: float, high: float) -> float | None:
        """Return a weight between two with which the item is as strong as another one of its side; None if none is."""
        for _, place, nats in self._pulls:
            # A hair inside, as the two may be bends themselves, but for rounding.
            strength = place.bend(low * abs(nats) * (1 + _HAIR), high * abs(nats) * (1 - _HAIR))
            if strength is not None:
                return strength / abs(nats)
        return None


def closing_cruxes(debate: Debate, estimates: Estimates) -> Iterator[Crux]:
    """Yield the single changes that would close the headline gap: break-even values of quantities above zero."""
    gap = debate.headline
    estimate = estimates.gaps.get(gap.symbol) if gap else None
    if gap is None or estimate is None or gap.unit != OOM or estimate.smallest_sets == ((),):
        return
    for one in estimate.sensitivity:
        quantity = debate.quantities.get(one.quantity)
        reading = quantity.reading(debate.convention) if quantity else None
        if reading is None or one.break_even is None:
            continue
        now = parse_value(reading.value).quantile(0.5)
        if now > 0 and one.break_even > 0:
            size = _size(math.log(one.break_even) - math.log(now))
            yield Crux("quantity", size, now, one.break_even, quantity=one.quantity)


def tried(debate: Debate, crux: Crux) -> Debate:
    """Return the debate with a crux's number changed, by a hair more than it takes."""
    match crux.kind:
        case "prior":
            goal = logit(crux.needed)
            far = goal - logit(crux.now)  # endless from a prior of 0 or 1, and then the goal itself is near enough
            prior = from_logit(goal + far * (_BEYOND - 1)) if math.isfinite(far) else crux.needed
            return hypothesis_edited(debate, crux.hypothesis, {"prior": prior})
        case "quantity":
            return value_set(debate, crux.quantity, repr(crux.needed))
        case "ratio":
            goal = math.log(crux.needed)
            ratio = math.exp(goal + (goal - math.log(crux.now)) * (_BEYOND - 1))
            cell = replace(debate.evidence[crux.evidence].assessments[crux.hypothesis], ratio=ratio, given="")
            return assessed(debate, crux.evidence, crux.hypothesis, cell)
        case "credibility":
            return evidence_edited(debate, crux.evidence, {"credibility": _beyond(crux)})
        case "relevance":
            return evidence_edited(debate, crux.evidence, {"relevance": _beyond(crux)})


def _beyond(crux: Crux) -> float:
    return min(1.0, max(0.0, crux.now + (crux.needed - crux.now) * _BEYOND))


def moved(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Return by how much each plausibility changed, the largest change first; what stayed is left out."""
    changes = {slug: after[slug] - p for slug, p in before.items() if after.get(slug, p) != p}
    return dict(sorted(changes.items(), key=lambda pair: -abs(pair[1])))
