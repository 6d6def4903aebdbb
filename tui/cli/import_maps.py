"""Matrices, maps and forecasts on their way in: each makes a debate, or brings the one it made up to its file."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hypotheses.debate import Debate
from hypotheses.problems import Refused, listed
from store.errors import BadFile
from tui.cli.import_outcome import CONFLICTING, Outcome, counts

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.imports.renewal import Renewal
    from store.incoming import Contents
    from store.maps.taken import Maps

MOST_COMPARED: Final = 10_000
"""With how many items of evidence a file is compared with what it was: so many a debate file may have."""
PLACE: Final = "file"
"""Where it is noted what file a debate was made of, and what that was read as."""


def maps_taken_in(
    store: DebateStore, path: str, kind: str, contents: Contents[Maps], *, slug: str | None, replacing: bool
) -> list[Outcome]:
    """Take in the debates of one file.

    Args:
        store: Where to.
        path: How the file is called.
        kind: What kind it is of.
        contents: What it says.
        slug: What its debate is to be called; otherwise as its title has it.
        replacing: Whether a debate that is there may be changed.

    Raises:
        Refused: there is such a debate, and it may not be changed.
    """
    debates = contents.value.debates
    if slug is not None and len(debates) != 1:
        raise click.UsageError(f"--slug names one debate; {path} makes {len(debates)}")
    there = {summary.slug for summary in store.debates(shelved=True)}
    outcomes: list[Outcome] = []
    for debate in debates:
        named = replace(debate, slug=slug or debate.slug)
        outcome = (
            _brought_up(store, path, named, replacing=replacing) if named.slug in there else _added(store, path, named)
        )
        first = not outcomes
        tells = first and not outcome.is_vain
        notes, unused = (contents.notes, contents.unused) if tells else ((), {})
        outcomes.append(replace(outcome, kind=kind, notes=notes, unused=unused))
    return outcomes


def _added(store: DebateStore, path: str, debate: Debate) -> Outcome:
    store.add_debate(debate)
    _note(store, path, debate)
    return Outcome(path, "", debate.slug, f"{path} as {_counted(debate)}")


def _counted(debate: Debate) -> str:
    return f"{debate.slug}: {counts(debate)}"


def _note(store: DebateStore, path: str, debate: Debate) -> None:
    """Note what the file was read as, beside the debate: by that it is known the next time what has changed in it."""
    from store.file.debate_file import write_debate  # noqa: PLC0415 - only files need it

    text = write_debate(debate) if len(debate.evidence) <= MOST_COMPARED else ""
    store.note_of(debate.slug, PLACE, {"name": Path(path).name, "digest": _digest(debate), "debate": text})


def _digest(debate: Debate) -> str:
    return hashlib.sha256(repr(debate).encode()).hexdigest()


def _brought_up(store: DebateStore, path: str, debate: Debate, *, replacing: bool) -> Outcome:
    """Bring a debate that is there up to its file; one that was made otherwise, or is too large, is replaced whole."""
    from store.imports.renewal import renewed  # noqa: PLC0415 - only files need it

    known = store.known_of(debate.slug, PLACE)
    if known.get("digest") == _digest(debate):
        return Outcome(path, "", debate.slug, f"nothing: {path} has nothing new for {debate.slug}", is_vain=True)
    base = _noted(known, debate.slug)
    if base is None:
        if not replacing:
            raise Refused(_not_compared(path, debate, was_made_of_it=bool(known)))
        store.add_debate(debate, replace=True)
        _note(store, path, debate)
        return Outcome(path, "", debate.slug, f"{path} in the place of {_counted(debate)}")
    renewal = renewed(store.load(debate.slug), base, debate)
    if not (renewal.changes or renewal.conflicts):
        _note(store, path, debate)
        return Outcome(path, "", debate.slug, f"nothing: {path} has nothing new for {debate.slug}", is_vain=True)
    changes = _told(renewal)
    if not replacing:
        told = f"{path} is another than {debate.slug!r} was made of: {_counts(changes)}; `--replace` takes that over"
        raise Refused("\n".join([told, *changes]))
    store.renew_debate(debate.slug, debate, f"brought up to {Path(path).name}: {_counts(changes)}", expected=base)
    _note(store, path, debate)
    return Outcome(path, "", debate.slug, f"{path} into {debate.slug}: {_counts(changes)}", changes=tuple(changes))


def _not_compared(path: str, debate: Debate, *, was_made_of_it: bool) -> str:
    if was_made_of_it:
        told = (
            f"{path} is another than {debate.slug!r} was made of, and too long to say in what; `--replace` puts it in"
        )
        return f"{told} that one's place, `--slug NAME` takes it in under another name"
    told = (
        f"there is a debate {debate.slug!r} already, and it was not made of this file; `--slug NAME` takes the file in"
    )
    return f"{told} under another name, `--replace` puts it in that one's place"


def _noted(known: Mapping[str, object], slug: str) -> Debate | None:
    """Return what a debate was made of, as it is noted; None if it was made of no file, or of one that is too long."""
    from store.file.debate_file import read_debate  # noqa: PLC0415 - only files need it

    text = known.get("debate", "")
    try:
        return replace(read_debate(text), slug=slug) if isinstance(text, str) and text else None
    except BadFile:
        return None


def _told(renewal: Renewal) -> list[str]:
    """Return what a renewal does, a line for each part: what is conflicting, new, changed and removed."""
    from hypotheses.versions import clash_said, part_named, told  # noqa: PLC0415 - only files need it

    conflicts = renewal.conflicts
    lines = [
        f"{CONFLICTING} {part_named(each.place)}: "
        f"{clash_said(each, 'mine')} in the file, {clash_said(each, 'theirs')} here"
        for each in conflicts
    ]
    clashing = {clash.place for clash in conflicts}
    changes = [change for change in renewal.changes if change.place not in clashing]
    return [*lines, *told(changes, len(changes))]


def _counts(changes: Sequence[str]) -> str:
    counts = Counter(line.partition(" ")[0] for line in changes)
    return listed([f"{count} {kind}" for kind, count in counts.items()])
