"""A debate as parts inside parts, each with a name: what two versions are compared and joined by.

What only makes sense together is one part: a plausibility and whether it is a starting figure, a prior and its day, a
reading and its source, one person's rating and its reason. A mapping whose order means something is an `OrderedDict`,
which equals another one only in the same order.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any, Final, Literal, TypeVar

from hypotheses.debate import Assessment, Comment, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.idea import Idea
from hypotheses.people import OWNER, cell_among, views
from hypotheses.reading import Assumption

Held = TypeVar("Held", Quantity, Assumption)
"""What has readings."""
Key = str | int
Place = tuple[Key, ...]
"""Where a part is: `("hypotheses", "llm-waste", "title")`; empty for the debate."""


class _Absent(Enum):
    ABSENT = "absent"


Absent = Literal[_Absent.ABSENT]
ABSENT: Final = _Absent.ABSENT
"""What stands where there is no such part."""

TOGETHER: Final[Mapping[str, tuple[str, ...]]] = {
    "plausibility": ("plausibility", "placeholder"),
    "prior": ("prior", "prior_on"),
    "settled": ("settled", "settled_on"),
}
"""Part of a hypothesis -> its fields that are one part."""
_OWN_NAMES: Final = frozenset({"symbol", "slug", "key", "number"})
"""Fields that are the name of a part, and no part of it."""
_IN_PARTS: Final = (Debate, Quantity, Gap, Hypothesis, Evidence, Idea, Comment, Assumption)


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of the matrix, as one person fills it."""

    ratio: float | None
    why: str
    given: str


def in_order(debate: Debate) -> Debate:
    """Return the same debate, with every mapping whose order means something as an `OrderedDict`."""
    return replace(
        debate,
        quantities=OrderedDict((name, _ordered(each)) for name, each in debate.quantities.items()),
        gaps=OrderedDict(debate.gaps),
        hypotheses={
            slug: replace(each, assumes={name: _ordered(one) for name, one in each.assumes.items()})
            for slug, each in debate.hypotheses.items()
        },
        evidence=OrderedDict(debate.evidence),
    )


def _ordered(value: Held) -> Held:
    return replace(value, readings=OrderedDict(value.readings))


def parts_of(value: object) -> Mapping[Any, object] | None:
    """Return the parts of a value by their names; None if it is one part."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Assessment):
        return {by: CellView(one.ratio, one.why, one.given) for by, one in views(value).items()}
    if not isinstance(value, _IN_PARTS):
        return None
    parts = {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, Debate):
        return parts
    own = {name: part for name, part in parts.items() if name not in _OWN_NAMES}
    if isinstance(value, Quantity):
        return _of_quantity(own)
    return _of_hypothesis(own) if isinstance(value, Hypothesis) else own


def _of_quantity(parts: dict[str, Any]) -> dict[str, object]:
    formula, readings, chosen = parts.pop("formula"), parts.pop("readings"), parts.pop("chosen")
    return {"value": formula or Assumption(readings, chosen), **parts}


def _of_hypothesis(parts: dict[str, Any]) -> dict[str, object]:
    del parts["position"]  # one explanation has no place of its own: they stand in an order
    units = {name: tuple(parts.pop(each) for each in together) for name, together in TOGETHER.items()}
    return {**units, **parts}


def put_together(value: object, parts: Mapping[Any, Any]) -> object:
    """Return a value of the same kind as `value`, and the same name, that has these parts; absent without any."""
    if isinstance(value, Mapping):
        return parts
    if isinstance(value, Assessment):
        said = {by: Assessment(one.ratio, one.why, by, given=one.given) for by, one in parts.items()}
        return cell_among(said, OWNER) if said else ABSENT
    if not isinstance(value, _IN_PARTS):
        raise TypeError(f"{type(value).__name__} has no parts")
    own = dict(parts)
    if isinstance(value, Quantity):
        is_formula = isinstance(held := own.pop("value"), str)
        own |= {"formula": held if is_formula else "", "readings": {} if is_formula else held.readings}
        own["chosen"] = "" if is_formula else held.chosen
    if isinstance(value, Hypothesis):
        for name, together in TOGETHER.items():
            own |= zip(together, own.pop(name), strict=True)
    return replace(value, **own)
