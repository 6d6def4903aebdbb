"""What somebody means who edits the text of a whole debate, where the text itself leaves it open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypotheses.debate import Debate, Hypothesis, Stated
from hypotheses.versions.compared import order_kept, order_of_explanations


def as_meant(base: Debate, mine: Debate) -> Debate:
    """Return what was made of a debate in a text, without what only follows from how a text has it.

    The places of the explanations are counted in a text: one that is removed moves up those below it, which is nobody's
    wish. Where the order is as it was, and what is new stands last, they keep the places that they had. A starting
    figure over which another one was written is a figure that somebody has set.
    """
    places = _places(base.hypotheses, mine.hypotheses)
    return replace(
        mine,
        hypotheses={
            slug: _hypothesis(base.hypotheses.get(slug), each, places[slug]) for slug, each in mine.hypotheses.items()
        },
    )


def _places(base: Mapping[str, Hypothesis], mine: Mapping[str, Hypothesis]) -> dict[str, int]:
    olds, news = order_of_explanations(base), order_of_explanations(mine)
    kept = [slug for slug in news if slug in base]
    if not order_kept(olds, news) or list(news[: len(kept)]) != kept:
        return {slug: each.position for slug, each in mine.items()}
    last = max([-1, *(each.position for each in base.values())])
    added = {slug: last + place for place, slug in enumerate(news[len(kept) :], 1)}
    return {**{slug: base[slug].position for slug in kept}, **added}


def _hypothesis(was: Hypothesis | None, now: Hypothesis, position: int) -> Hypothesis:
    placed = replace(now, position=position)
    if was is None:
        return placed
    figure = _set(Stated(was.plausibility), Stated(now.plausibility, placeholder=now.placeholder))
    others = {person: _stated(was, now, person) for person in now.others}
    return replace(placed, placeholder=figure.placeholder, others=others)


def _stated(was: Hypothesis, now: Hypothesis, person: str) -> Stated:
    """Return what somebody else states; the place they gave it stays where the owner moves the explanation."""
    said, before = now.others[person], was.others.get(person)
    if before is None:
        return said
    moved_along = said.position == now.position
    return _set(before, replace(said, position=before.position) if moved_along else said)


def _set(before: Stated, after: Stated) -> Stated:
    return replace(after, placeholder=after.placeholder and after.plausibility == before.plausibility)
