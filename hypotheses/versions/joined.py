"""Two versions of a debate that come of one, joined part by part."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final, Literal, TypeVar, cast

from hypotheses.debate import Comment, Debate, Hypothesis
from hypotheses.idea import Idea
from hypotheses.versions.compared import Order, order_kept, order_of_explanations
from hypotheses.versions.taken_apart import ABSENT, Place, in_order, parts_of, put_together

Side = Literal["mine", "theirs"]
Numbered = TypeVar("Numbered", Idea, Comment)
Who = Callable[[Numbered], object]
"""Returns what does not change of one: who it is from, and when it came."""
_EXPLANATIONS: Final = ("hypotheses",)


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that both have changed, and not to the same."""

    place: Place
    mine: object
    """`ABSENT` if it was removed; an `Order` if what was changed is the order."""
    theirs: object


@dataclass(frozen=True, slots=True)
class Decision:
    """Whose counts of a part that both have changed, as both stood when that was decided."""

    clash: Clash
    side: Side


@dataclass(frozen=True, slots=True)
class Joined:
    """What two versions make together."""

    debate: Debate
    """With mine wherever nothing is decided. It need not be sound: what one has removed the other may have named."""
    clashes: tuple[Clash, ...]
    """What is not decided yet."""


def joined(base: Debate, mine: Debate, theirs: Debate, decided: Iterable[Decision] = ()) -> Joined:
    """Join two versions of a debate, part by part.

    A part that only one has changed is as that one has made it, one that both have made the same is so; any other is a
    clash, unless it is `decided` whose counts and neither is another by now. An idea or a comment of mine whose number
    they have given to another one meanwhile gets the next number.
    """
    joining = _Joining(decided)
    old, own, other = (in_order(each) for each in (*_renumbered(base, mine, theirs), theirs))
    debate = cast("Debate", joining.join((), old, own, other))
    return Joined(joining.in_their_places(debate, old, own, other), tuple(joining.clashes))


class _Joining:
    """The joining as far as it has come."""

    def __init__(self, decided: Iterable[Decision]) -> None:
        self._decided = {each.clash.place: each for each in decided}
        self.clashes: list[Clash] = []

    def join(self, place: Place, base: object, mine: object, theirs: object) -> object:
        """Join one part, and what is in it."""
        if theirs in (base, mine):
            return mine
        if mine == base:
            return theirs
        olds, own, others = map(parts_of, (base, mine, theirs))
        if olds is None or own is None or others is None or not type(base) is type(mine) is type(theirs):
            return self._decide(place, mine, theirs)
        parts = self._parts(place, olds, own, others)
        if isinstance(mine, OrderedDict):
            order = self._order(place, (olds, own, others), parts)
            return OrderedDict((name, parts[name]) for name in order)
        return put_together(mine, parts)

    def _parts(self, place: Place, *versions: Mapping[Any, object]) -> dict[Any, object]:
        names = dict.fromkeys(name for each in versions for name in each)
        parts = {name: self.join((*place, name), *(each.get(name, ABSENT) for each in versions)) for name in names}
        return {name: part for name, part in parts.items() if part is not ABSENT}

    def _decide(self, place: Place, mine: object, theirs: object) -> object:
        clash, decision = Clash(place, mine, theirs), self._decided.get(place)
        if decision is None or decision.clash != clash:
            self.clashes.append(clash)
            return mine
        return theirs if decision.side == "theirs" else mine

    def _order(self, place: Place, versions: Iterable[Iterable[str]], there: Collection[str]) -> list[str]:
        """Return the names that are there in the order of the one who has changed it: of base, mine and theirs."""
        olds, own, others = map(tuple, versions)
        leading, following = (own, others) if order_kept(olds, others) else (others, own)
        if not (order_kept(olds, own) or order_kept(olds, others) or order_kept(own, others)):
            chosen = self._decide(place, Order(own), Order(others))
            leading, following = (own, others) if chosen == Order(own) else (others, own)
        return _woven(leading, following, there)

    def in_their_places(self, debate: Debate, base: Debate, mine: Debate, theirs: Debate) -> Debate:
        """Give every explanation the place that the order of both makes."""
        olds, own, others = (each.hypotheses for each in (base, mine, theirs))
        places = {
            slug: _place(slug, olds, own, others) if slug in own and slug in others else each.position
            for slug, each in debate.hypotheses.items()
        }
        if own != others and olds not in (own, others):
            orders = map(order_of_explanations, (olds, own, others))
            order = self._order(_EXPLANATIONS, orders, debate.hypotheses)
            if sorted(order, key=places.__getitem__) != order or len(set(places.values())) < len(places):
                places = {slug: place for place, slug in enumerate(order)}
        moved = {slug: replace(each, position=places[slug]) for slug, each in debate.hypotheses.items()}
        return replace(debate, hypotheses=moved)


def _place(slug: str, *versions: Mapping[str, Hypothesis]) -> int:
    """Return the position of an explanation that both have."""
    was, mine, theirs = (each[slug].position if slug in each else None for each in versions)
    chosen = theirs if mine == was else mine
    return chosen or 0


def _woven(leading: Sequence[str], following: Sequence[str], there: Collection[str]) -> list[str]:
    """Return what is there in the order of the one; what only the other has, after what it follows there, or last."""
    order = [name for name in leading if name in there]
    placed = set(order)
    last = max((place for place, name in enumerate(following) if name in placed), default=-1)
    before = None
    for name in following[: last + 1]:
        if name in there and name not in placed:
            order.insert(0 if before is None else order.index(before) + 1, name)
            placed.add(name)
        if name in placed:
            before = name
    return [*order, *(name for name in following[last + 1 :] if name in there)]


def _renumbered(base: Debate, mine: Debate, theirs: Debate) -> tuple[Debate, Debate]:
    """Return base and mine with other numbers for each idea and comment whose number means another one in theirs."""
    ideas_then, ideas_now = _numbers(base.ideas, mine.ideas, theirs.ideas, _sent)

    def about(comment: Comment) -> Comment:
        # What was there before stands by the idea that it was made on.
        is_old = comment.number in base.comments and _said(comment) == _said(base.comments[comment.number])
        moved = (ideas_then if is_old else ideas_now).get(comment.idea, comment.idea)
        return replace(comment, idea=moved)

    said_then, said_now = ({number: about(one) for number, one in each.comments.items()} for each in (base, mine))
    then, now = _numbers(said_then, said_now, theirs.comments, _said)
    return (
        replace(base, ideas=_with_numbers(base.ideas, ideas_then), comments=_with_numbers(said_then, then)),
        replace(mine, ideas=_with_numbers(mine.ideas, ideas_now), comments=_with_numbers(said_now, now)),
    )


def _sent(idea: Idea) -> object:
    return idea.sender, idea.received


def _said(comment: Comment) -> object:
    return comment.by, comment.at


def _numbers(
    base: Mapping[int, Numbered], mine: Mapping[int, Numbered], theirs: Mapping[int, Numbered], who: Who[Numbered]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return the other numbers: of what was there and has gone, its number being another's, and of what is new in both.

    The number of the last one is given again once that is removed, so a number alone does not say which one is meant.
    """
    fresh = count(1 + max([0, *base, *mine, *theirs]))
    then = {number: next(fresh) for number, one in base.items() if who(theirs.get(number, one)) != who(one)}
    now: dict[int, int] = {}
    for number, one in mine.items():
        if number in then and who(one) == who(base[number]):
            now[number] = then[number]
        elif (number in then or number not in base) and theirs.get(number, one) != one:
            now[number] = next(fresh)
    return then, now


def _with_numbers(these: Mapping[int, Numbered], others: Mapping[int, int]) -> Mapping[int, Numbered]:
    if not others:
        return these
    moved = (replace(one, number=others.get(number, number)) for number, one in these.items())
    return {one.number: one for one in moved}
