"""The tables of the journal: entries, what each did to a row, and what it did to very many (see `packs`)."""

from __future__ import annotations

from typing import Final

from store.database.named_tables import METADATA

ENTRY: Final = METADATA.tables["journal_entry"]
CHANGE: Final = METADATA.tables["journal_change"]
PACK: Final = METADATA.tables["journal_pack"]
OF_CHANGE: Final = ENTRY.c.id == CHANGE.c.entry_id
"""Which entry a change belongs to."""
OF_PACK: Final = ENTRY.c.id == PACK.c.entry_id
