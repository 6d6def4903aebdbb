"""What of a collection of Zotero is news to a debate, and what has changed there since it came in.

Evidence that came from Zotero has the link to its item among its further sources. Beside the debate it is noted what
each item said when it came in, so that a change there is told from a change here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from hypotheses.debate import Debate, Evidence
from hypotheses.edits import EvidenceFields
from store.incoming import Note
from store.lookup.source import NAMES
from store.references.csl_items import zotero_reference
from store.references.plan import Known, Plan, plan
from store.references.reference import Reference, Telling
from store.zotero.asking import ZoteroItem, ZoteroPlace

LINK: Final = "zotero://select/"
"""How the link to an item begins."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of evidence that is another in Zotero than when it came in."""

    key: str
    field: str
    here: object
    there: object
    is_conflicting: bool
    """Whether it was changed here, too."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What taking in a collection would do."""

    plan: Plan
    """What is news, and what is evidence already that came otherwise."""
    changed: tuple[FieldChange, ...]
    gone: tuple[ZoteroItem, ...]
    """What came in before, and was removed here."""
    notes: tuple[Note, ...]
    unused: Mapping[str, int]
    state: Mapping[str, Any]
    """What is to be noted once the news are there: item -> its version, and what it said."""

    @property
    def fields(self) -> Mapping[str, EvidenceFields]:
        """Return what has changed in Zotero by the evidence that it is of."""
        by_key: dict[str, dict[str, object]] = {}
        for one in self.changed:
            by_key.setdefault(one.key, {})[one.field] = one.there
        return {key: cast("EvidenceFields", fields) for key, fields in by_key.items()}


def place_of(place: ZoteroPlace) -> str:
    """Return by which name it is noted what came in from a library."""
    return f"zotero {place.prefix}"


def collected(
    debate: Debate, items: Sequence[ZoteroItem], known: Mapping[str, Any], *, again: bool = False
) -> Collected:
    """Say what of a collection is news.

    Args:
        debate: What there is.
        items: The items of the collection.
        known: What is noted of this library.
        again: Whether what has changed in Zotero is taken over, and what was removed here comes in again.
    """
    telling = Telling()
    linked = {link: key for key, item in debate.evidence.items() for link in item.also if link.startswith(LINK)}
    state = dict(known)
    changed: list[FieldChange] = []
    gone: list[ZoteroItem] = []
    news: list[tuple[ZoteroItem, Reference]] = []
    for item in items:
        reference = zotero_reference(item.fields, 0, telling)
        if reference is None:
            continue
        said = _said(reference)
        if key := linked.get(item.link):
            differing = tuple(_changed(debate.evidence[key], said, _noted(known, item)))
            changed += differing
            if differing and not again:
                continue
        elif item.key in known and not again:
            gone.append(item)
            continue
        else:
            news.append((item, reference))
        state[item.key] = {"version": item.version, "said": said}
    planned = plan(debate, [reference for _, reference in news])
    fresh = tuple(_with_links(planned.fresh, news, planned.known))
    notes = (*telling.notes.all(), *planned.notes)
    return Collected(replace(planned, fresh=fresh), tuple(changed), tuple(gone), notes, telling.unused, state)


def _said(reference: Reference) -> dict[str, object]:
    """Return the fields of a source as JSON keeps them."""
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in reference.source.fields().items()
    }


def _noted(known: Mapping[str, Any], item: ZoteroItem) -> Mapping[str, Any] | None:
    """Return what an item said when it came in; None if it is not noted."""
    noted = known.get(item.key)
    said = noted.get("said") if isinstance(noted, Mapping) else None
    return said if isinstance(said, Mapping) else None


def _changed(evidence: Evidence, said: Mapping[str, object], before: Mapping[str, Any] | None) -> Iterator[FieldChange]:
    for name in NAMES:
        here, now = getattr(evidence, name), _value(name, said)
        was = here if before is None else _value(name, before)
        if now not in (was, here):
            yield FieldChange(evidence.key, name, here, now, is_conflicting=here != was)


def _value(name: str, said: Mapping[str, object]) -> object:
    value = said.get(name, [] if name == "authors" else "")
    return tuple(map(str, value)) if isinstance(value, list) else value


def _with_links(
    fresh: Iterable[Evidence], news: Iterable[tuple[ZoteroItem, Reference]], known: Iterable[Known]
) -> Iterator[Evidence]:
    """Yield the evidence that items become, each with the link to its item."""
    there = {id(each.reference) for each in known}
    items = [item for item, reference in news if id(reference) not in there]
    for evidence, item in zip(fresh, items, strict=True):
        yield replace(evidence, also=(*evidence.also, item.link))
