"""A collection of Zotero on its way in, while Zotero runs on this machine."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from hypotheses.problems import listed
from hypotheses.reports.text import visible
from store.errors import BadFile
from tui.cli.import_outcome import CONFLICTING, Outcome
from tui.cli.look_up import settings_told
from tui.cli.output import counted
from tui.cli.progress import progress

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.incoming import Note
    from store.zotero.asking import ZoteroItem, ZoteroPlace
    from store.zotero.sync import Collected, FieldChange


def read_collection(wanted: str) -> tuple[ZoteroPlace, tuple[ZoteroItem, ...]]:
    """Ask Zotero for a collection.

    Raises:
        LookupProblem: it does not answer.
        Refused: there is no such collection; with those that there are.
    """
    from store.zotero.asking import read_place  # noqa: PLC0415 - only what asks needs it

    with progress("asking Zotero"):
        return read_place(wanted, settings_told().lookup_seconds)


def zotero_taken_in(
    store: DebateStore,
    slug: str | None,
    read: tuple[ZoteroPlace, tuple[ZoteroItem, ...]],
    *,
    replace: bool,
    fill: bool,
    strict: bool,
) -> Outcome:
    """Take in what is new of a collection; what has changed there since it came in only by `replace`.

    Raises:
        BadFile: anything of it would be left out or changed, which is not allowed.
    """
    from store.zotero.sync import collected, place_of  # noqa: PLC0415 - only files need it

    place, items = read
    name = f"Zotero's {place.path}"
    debate = store.load(slug)
    came = collected(debate, items, store.known_of(debate.slug, place_of(place)), again=replace)
    if strict and (lost := [note.problem(name) for note in came.notes if note.kind != "told"]):
        raise BadFile(lost)
    lacking = came.plan.lacking if fill else {}
    changed = {**lacking, **came.fields} if replace else lacking
    if came.plan.fresh or changed:
        label = f"took in {_told(came, replacing=replace, filled=len(lacking))} from {name}"
        store.renew_evidence(debate.slug, came.plan.fresh, changed, label, expected=debate)
    if came.state != store.known_of(debate.slug, place_of(place)):
        store.note_of(debate.slug, place_of(place), came.state)
    told = f"{name} into {debate.slug}: {_told(came, replacing=replace, filled=len(lacking))}"
    notes = (*came.notes, *_below(place))
    outcome = Outcome(name, "zotero", debate.slug, told, notes, came.unused, came.plan, fill)
    return dataclasses.replace(outcome, changes=tuple(_line(one, replacing=replace) for one in came.changed))


def _below(place: ZoteroPlace) -> list[Note]:
    from store.incoming import Note  # noqa: PLC0415 - only files need it

    return [Note(0, f"the collections in it are not gone into: {listed(place.below)}", "told")] if place.below else []


def _told(came: Collected, *, replacing: bool, filled: int) -> str:
    parts = [counted(len(came.plan.fresh), "item", "evidence"), f"{len(came.plan.known)} skipped"]
    parts += [f"{filled} filled in"] if filled else []
    if came.changed:
        parts.append(f"{len(came.changed)} changed" + ("" if replacing else " there, which `--replace` takes over"))
    if came.gone:
        parts.append(f"{len(came.gone)} that were removed here, which `--replace` takes in again")
    return ", ".join(parts)


def _line(one: FieldChange, *, replacing: bool) -> str:
    here, there = (_shown(value) for value in (one.here, one.there))
    also = ", which was changed here too" if one.is_conflicting else ""
    kind = CONFLICTING if one.is_conflicting else f"{'changed':<8}"
    stays = f"{here} → {there}" if replacing else f"{there} in Zotero; {here} stays"
    return f"{kind} the {one.field} of {one.key!r}: {stays}{also}"


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return repr(visible(text if len(text) <= 60 else f"{text[:57]}…")) if text else "nothing"
