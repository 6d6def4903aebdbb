"""What an editor saw when it began, and whether what its edit changes has moved since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from hypotheses.changed import changed
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.reading import Assumption
from store.database.translation import COLLECTIONS, Ref, Value
from store.expected import ANYTHING, Anything


@dataclass(frozen=True, slots=True)
class Expectation:
    """One value as an editor saw it: the edit is a conflict if what it changes of it has moved since."""

    ref: Ref
    """The value: `("evidence", "song2023")`, or `("debate",)`."""
    seen: object
    """The value, or its cell, as it was then; None if it was not there."""
    cell: str = ""
    """The hypothesis whose assessment in the evidence is meant; empty if the value itself is."""
    assumption: str = ""
    """The assumption of the hypothesis that is meant; empty if the value itself is."""

    def those(self, now: Debate, after: Debate) -> Sequence[Expectation]:
        """Return what is expected where an edit leads from `now` to `after`: this."""
        return (self,)

    def look(self, debate: Debate) -> Debate | Value | Assessment | Assumption | None:
        """Return the value, its cell or its assumption, as it is in this debate; None if it is not there."""
        if self.ref == ("debate",):
            return debate
        table, name = self.ref
        value: Value | None = getattr(debate, COLLECTIONS[str(table)][0]).get(name)
        if self.assumption and isinstance(value, Hypothesis):
            return value.assumes.get(self.assumption)
        return value.assessments.get(self.cell) if self.cell and isinstance(value, Evidence) else value

    def moved(self, now: Debate, after: Debate) -> tuple[str, ...]:
        """Return the fields that the edit from `now` to `after` sets and that are no longer as they were seen."""
        theirs, mine = self.look(now), self.look(after)
        if theirs is mine:
            return ()
        if self.cell:
            return ("assessment",) if _said(theirs) not in (_said(mine), _said(self.seen)) else ()
        # Of what is removed, everything is.
        standing = theirs if mine is None else mine
        return tuple(
            field.name
            for field in (fields(standing) if standing is not None else ())
            if field.name not in ("by", "others", "placeholder", "owner")
            # What the edit leaves alone is nothing that it sets, and may be all evidence.
            if getattr(theirs, field.name, None) is not getattr(mine, field.name, theirs)
            if _said(getattr(theirs, field.name))
            not in [_said(getattr(each, field.name, None)) for each in (mine, self.seen)]
        )


@dataclass(frozen=True, slots=True)
class AllExpected:
    """All values of a table as an editor saw them: those are looked at that the edit changes."""

    table: str
    seen: Mapping[str | int, Value]

    def those(self, now: Debate, after: Debate) -> Sequence[Expectation]:
        """Return what is expected of the values that an edit from `now` to `after` changes."""
        field = COLLECTIONS[self.table][0]
        there, gone = changed(getattr(now, field), getattr(after, field))
        return [Expectation((self.table, name), self.seen[name]) for name in (*there, *gone) if name in self.seen]


Expected = Sequence[Expectation | AllExpected]
"""What an editor saw."""


def expecting(ref: Ref, seen: object, cell: str = "") -> Sequence[Expectation]:
    """Return the expectation that something is as it was seen; none for `ANYTHING`."""
    return () if seen is ANYTHING else (Expectation(ref, seen, cell),)


def expecting_all(table: str, seen: Debate | Anything) -> Expected:
    """Return the expectation that of all values of a table those that an edit changes are as they were seen."""
    if seen is ANYTHING:
        return ()
    return (AllExpected(table, getattr(seen, COLLECTIONS[table][0])),)


def _said(value: object) -> object:
    """Return a field without whose a rating is and what others say beside it: that is no matter of an edit."""
    if isinstance(value, Assessment):
        return value.ratio, value.why, value.given
    if isinstance(value, Mapping):
        return {name: _said(each) for name, each in value.items()}
    return value
