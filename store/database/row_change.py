"""What happened to one row, as the journal tells it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from store.database.translation import OWNERS, Row


class RowChange(NamedTuple):
    """What happened to one row: its image before (None if added) and after (None if deleted)."""

    table: str
    row_id: int
    before: Row | None
    after: Row | None

    def inverted(self) -> RowChange:
        """Return the change that takes this one back."""
        return RowChange(self.table, self.row_id, self.after, self.before)

    def narrowed(self) -> RowChange:
        """Return what the journal keeps: of a row that stays only cells that changed, and what says whose it is."""
        before, after = self.before, self.after
        if before is None or after is None:
            return self
        whose = ("id", "person", "hypothesis_id", OWNERS.get(self.table, "id"))
        kept = [name for name, cell in after.items() if name in whose or before.get(name) != cell]
        return RowChange(self.table, self.row_id, *({name: row.get(name) for name in kept} for row in (before, after)))

    def begins_with(self, row: Row | None) -> bool:
        """Say whether a row is as it was before, as far as the change is about it."""
        return (row is None) == (self.before is None) and not self.differing(row)

    def differing(self, row: Row | None) -> list[str]:
        """Return the names of the cells that the change is about and that are other ones in a row than before."""
        return [name for name, cell in (self.before or {}).items() if row is not None and row.get(name) != cell]

    def is_about(self, names: Collection[str]) -> bool:
        """Say whether it changes one of these cells; the whole row if there are none."""
        before, after = self.before, self.after
        return not names or before is None or after is None or any(before.get(n) != after.get(n) for n in names)
