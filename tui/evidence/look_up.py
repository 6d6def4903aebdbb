"""A source looked up for the form of evidence."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from hypotheses.authors import show_authors
from hypotheses.problems import AbduceError
from tui.dialogs.taking import BIBTEX
from tui.evidence.form import Found

if TYPE_CHECKING:
    from store.lookup.cache import Cache
    from store.lookup.source import Source
    from store.settings import Settings
    from tui.host import Host


def look_up_for(app: Host, text: str, stop: threading.Event) -> Found:
    """Look up a DOI, an arXiv id or an address, or read an entry of BibTeX; say whether the debate has it. It blocks.

    Raises:
        Malformed: it is none of these.
        AbduceError: it could not be looked up.
    """
    # What reads the answers is loaded by the first look-up, in its thread.
    from store.references.plan import already_there  # noqa: PLC0415
    from store.settings import load_settings  # noqa: PLC0415

    if app.session is None or app.debate is None:
        raise AbduceError("the database is not open yet")
    loaded = load_settings()
    if text.lstrip().startswith(BIBTEX):
        found = _pasted(text)
    else:
        found = _Sourced(_looked_up(text, loaded.settings, app.session.store.lookups, stop))
    same = already_there(app.debate, found.source)
    notes = [*found.told, f"The debate has it already: {same}." if same else ""]
    notes += [f"{each}." for each in loaded.warnings[:1]]
    return Found(_texts(found), " ".join(note for note in notes if note))


class _Sourced(NamedTuple):
    """A source, and what there is to tell of it."""

    source: Source
    also: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def _pasted(text: str) -> _Sourced:
    from store.references.reference_kinds import read_bibtex_text  # noqa: PLC0415

    contents = read_bibtex_text(text)
    first, *others = contents.value.references
    told = [f"{note.text}." for note in contents.notes[:3]]
    if others:
        told.append(f"{len(others)} more {'is' if len(others) == 1 else 'are'} left out.")
    return _Sourced(first.source, first.also, tuple(told))


def _looked_up(text: str, settings: Settings, kept: Cache, stop: threading.Event) -> Source:
    from store.lookup import ladder  # noqa: PLC0415 - with httpx

    return ladder.look_up(text, settings, kept, stop=stop)


def _texts(found: _Sourced) -> dict[str, str]:
    """Return what stands in the fields of the form."""
    source = found.source
    return {
        "title": source.title,
        "authors": show_authors([name.replace(",", "") for name in source.authors]),
        "source": source.source,
        "url": source.url,
        "doi": source.doi,
        "arxiv": source.arxiv,
        "date": source.date,
        "also": "\n".join(found.also),
    }
