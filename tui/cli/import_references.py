"""References that come in as evidence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import BadFile
from tui.cli.import_outcome import Outcome
from tui.cli.output import counted

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.incoming import Contents
    from store.references.plan import Plan
    from store.references.reference import Library


def references_taken_in(
    store: DebateStore,
    path: str,
    kind: str,
    contents: Contents[Library],
    slug: str | None,
    *,
    fill: bool,
    strict: bool,
) -> Outcome:
    """Take the works of a library that are news into a debate, None being the one opened last.

    Args:
        store: Where to.
        path: How the file is called.
        kind: What it is.
        contents: What is in it.
        slug: The debate.
        fill: Whether what is empty of evidence that is there already is filled in.
        strict: Whether it is refused if anything is left out or changed.

    Raises:
        BadFile: something would be, and it is `strict`.
        NotFound: there is no such debate.
        DatabaseProblem: it could not be saved.
    """
    from store.references.plan import plan  # noqa: PLC0415 - only files need it

    debate = store.load(slug)
    planned = plan(debate, contents.value.references)
    lacking = planned.lacking if fill else {}
    notes = sorted((*contents.notes, *planned.notes), key=lambda note: note.line or sys.maxsize)
    if strict and (lost := [note.problem(path) for note in planned.notes if note.kind != "told"]):
        raise BadFile(lost)
    if planned.fresh or lacking:
        store.add_evidence_items(debate.slug, planned.fresh, _label(planned, len(lacking), path), lacking)
    told = f"{path} into {debate.slug}: {_told(planned, len(lacking), len(notes))}"
    return Outcome(path, kind, debate.slug, told, tuple(notes), contents.unused, plan=planned, filled=fill)


def _label(planned: Plan, filled: int, path: str) -> str:
    """Return what the journal says of it."""
    told = f", filled in {filled}" if filled else ""
    return f"imported {counted(len(planned.fresh), 'item', 'evidence')}{told} from {Path(path).name}"


def _told(planned: Plan, filled: int, notes: int) -> str:
    parts = [counted(len(planned.fresh), "item", "evidence"), f"{len(planned.known)} skipped"]
    parts += [f"{filled} filled in"] if filled else []
    parts += [counted(notes, "note")] if notes else []
    return ", ".join(parts)
