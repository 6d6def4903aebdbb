"""The rows of the list of quantities: those of one role under its head, which folds them away."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from hypotheses.debate import Quantity

NO_ROLE: Final = "Others"
"""The head over quantities without a role, where others have one."""


@dataclass(frozen=True, slots=True)
class RoleHead:
    """The head over the quantities of one role."""

    role: str
    """Empty of those that have none."""
    count: int
    unit: str
    """What all of them are counted in; empty where they differ."""
    folded: bool

    @property
    def title(self) -> str:
        """What stands there."""
        return self.role or NO_ROLE


@dataclass(frozen=True, slots=True)
class ListedQuantity:
    """One quantity."""

    quantity: Quantity
    unit: str
    """The unit to be shown: none where the head of its role has it."""


Row = RoleHead | ListedQuantity


def rows_by_role(quantities: Iterable[Quantity], folded: Collection[str] = ()) -> list[Row]:
    """Put quantities under the heads of their roles, in the order in which these first come; those without one last.

    Without any role there are no heads. Of a folded role there is the head alone.
    """
    by_role: dict[str, list[Quantity]] = {}
    for quantity in quantities:
        by_role.setdefault(quantity.group.strip(), []).append(quantity)
    if not any(by_role):
        return [ListedQuantity(quantity, quantity.unit) for quantity in by_role.get("", ())]
    rows: list[Row] = []
    for role in sorted(by_role, key=lambda role: not role):
        members = by_role[role]
        units = {quantity.unit for quantity in members}
        shared = units.pop() if len(units) == 1 else ""
        rows.append(RoleHead(role, len(members), shared, role in folded))
        if role not in folded:
            rows += [ListedQuantity(quantity, "" if shared else quantity.unit) for quantity in members]
    return rows
