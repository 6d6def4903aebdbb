"""Where an item of evidence stands among those of its cluster, and what it would add if it were stronger or weaker."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Final, NamedTuple

from hypotheses.belief import Item, weighed
from hypotheses.clusters import Side
from hypotheses.debate import Debate

_NOBODY: Final = Side((), 0.0)


class Place(NamedTuple):
    """An item beside those of its cluster that count for a hypothesis."""

    item: Item
    up: Side
    """Those that speak for it, and so `down`."""
    down: Side
    side: Side | None
    """The side it is on; None if it moves nothing, or stands alone."""
    place: int | None

    @property
    def added(self) -> float:
        """What it adds to the log-odds."""
        if self.side is None or self.place is None:
            return self.item.nats
        return math.copysign(self.side.added_by(self.place), self.item.nats)

    def pull(self, nats: float) -> float:
        """Return what it would add if it were so strong by itself."""
        side = self.up if nats > 0 else self.down
        within = self._within(side)
        return math.copysign(side.total(abs(nats), within) - side.total(0.0, within), nats)

    def _within(self, side: Side) -> int | None:
        return self.place if side is self.side else None

    def needed(self, pull: float) -> float:
        """Return what the item would have to add by itself for a `pull`."""
        side = self.up if pull > 0 else self.down
        within = self._within(side)
        strength = side.needed(side.total(0.0, within) + abs(pull), within) or 0.0
        return strength if pull > 0 else -strength

    def bend(self, low: float, high: float) -> float | None:
        """Return the middle one of the strengths between two on its side, past which it counts more or less."""
        return self.side.middle(low, high) if self.side else None


def places(debate: Debate, slug: str) -> dict[str, Place]:
    """Return by key the items that count for a hypothesis, each in its cluster."""
    clusters: defaultdict[str, list[Item]] = defaultdict(list)
    found = {}
    for item in weighed(debate, slug).values():
        if item.cluster:
            clusters[item.cluster].append(item)
        else:
            found[item.key] = Place(item, _NOBODY, _NOBODY, None, None)
    for items in clusters.values():
        up = Side((item.nats for item in items if item.nats > 0), debate.correlation)
        down = Side((-item.nats for item in items if item.nats < 0), debate.correlation)
        for item in items:
            side = None if not item.nats else up if item.nats > 0 else down
            found[item.key] = Place(item, up, down, side, side.place(abs(item.nats)) if side else None)
    return found
