"""A debate that was made of a file, and the file as it is now: what has changed in it, and what of that here, too.

What was changed here since stays, unless the file has changed it too: there the file counts. A starting figure never
takes the place of one that somebody has set.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hypotheses.debate import Debate, Hypothesis
from hypotheses.versions import Clash, PartChange, changes_between, joined


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a debate is with what has changed in its file."""

    debate: Debate
    changes: tuple[PartChange, ...]
    """What that changes of the debate as it is."""
    conflicts: tuple[Clash, ...]
    """What was changed in the file (`mine`) and here (`theirs`), and not to the same."""


def renewed(kept: Debate, base: Debate, fresh: Debate) -> Renewal:
    """Bring a debate up to its file.

    Args:
        kept: The debate as it is.
        base: What the file was read as when it last came in.
        fresh: What it is read as now.
    """
    meant = replace(fresh, owner=base.owner, hypotheses=_figures_kept(kept, base, fresh))
    both = joined(base, meant, kept)
    debate = _within_one(both.debate)
    return Renewal(debate, changes_between(kept, debate), both.clashes)


def _figures_kept(kept: Debate, base: Debate, fresh: Debate) -> Mapping[str, Hypothesis]:
    """Return the explanations of the file, with the figures of before where there are other ones here."""

    def figured(hypothesis: Hypothesis) -> Hypothesis:
        was, now = base.hypotheses.get(hypothesis.slug), kept.hypotheses.get(hypothesis.slug)
        if not hypothesis.placeholder or was is None or now is None or _figures(now) == _figures(was):
            return hypothesis
        return replace(hypothesis, plausibility=was.plausibility, prior=was.prior, placeholder=was.placeholder)

    return {slug: figured(hypothesis) for slug, hypothesis in fresh.hypotheses.items()}


def _figures(hypothesis: Hypothesis) -> tuple[float, float, bool]:
    return hypothesis.plausibility, hypothesis.prior, hypothesis.placeholder


def _within_one(debate: Debate) -> Debate:
    """Let starting figures make room where the plausibilities of an exclusive debate would be more than 1."""
    starting = [h for h in debate.hypotheses.values() if h.placeholder]
    total = math.fsum(h.plausibility for h in debate.hypotheses.values())
    if debate.mode != "exclusive" or total <= 1 or not starting:
        return debate
    left = 1 - math.fsum(h.plausibility for h in debate.hypotheses.values() if not h.placeholder)
    share = math.floor(round(max(0.0, left) * 900 / len(starting), 6)) / 1000
    room = {h.slug: replace(h, plausibility=share, prior=share) for h in starting}
    return replace(debate, hypotheses={**debate.hypotheses, **room})
