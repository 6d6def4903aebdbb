"""Two versions of a debate: what differs between them, and how two that come of one are joined."""

from hypotheses.versions.compared import Order, PartChange, changes_between, order_kept
from hypotheses.versions.joined import Clash, Decision, Joined, Side, joined
from hypotheses.versions.meant import as_meant
from hypotheses.versions.merged import Merged, marks_in, merged
from hypotheses.versions.taken_apart import ABSENT, Place
from hypotheses.versions.told import clash_said, part_named, part_said, told

__all__ = [
    "ABSENT",
    "Clash",
    "Decision",
    "Joined",
    "Merged",
    "Order",
    "PartChange",
    "Place",
    "Side",
    "as_meant",
    "changes_between",
    "clash_said",
    "joined",
    "marks_in",
    "merged",
    "order_kept",
    "part_named",
    "part_said",
    "told",
]
