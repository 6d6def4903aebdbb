"""A source looked up for the form of evidence."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hypotheses.authors import show_authors
from hypotheses.problems import AbduceError
from tui.dialogs.taking import BIBTEX
from tui.evidence.form import Found

if TYPE_CHECKING:
    from tui.host import Host


def look_up_for(app: Host, text: str, stop: threading.Event) -> Found:
    """Look up a DOI, an arXiv id or an address, or read an entry of BibTeX; say whether the debate has it. It blocks.

    Raises:
        Malformed: it is none of these.
        AbduceError: it could not be looked up.
    """
    # httpx and what reads the answers: loaded by the first look-up, in its thread.
    from store.lookup import ladder  # noqa: PLC0415
    from store.references.plan import already_there  # noqa: PLC0415
    from store.references.reference_kinds import read_bibtex_text  # noqa: PLC0415
    from store.settings import load_settings  # noqa: PLC0415

    if app.session is None or app.debate is None:
        raise AbduceError("the database is not open yet")
    loaded = load_settings()
    if text.lstrip().startswith(BIBTEX):
        contents = read_bibtex_text(text)
        first, *others = contents.value.references
        source, also = first.source, first.also
        told = [f"{note.text}." for note in contents.notes[:3]]
    else:
        source, also, others, told = (
            ladder.look_up(text, loaded.settings, app.session.store.lookups, stop=stop),
            (),
            [],
            [],
        )
    same = already_there(app.debate, source)
    more = f"{len(others)} more {'is' if len(others) == 1 else 'are'} left out." if others else ""
    notes = [
        *told,
        more,
        f"The debate has it already: {same}." if same else "",
        *(f"{each}." for each in loaded.warnings[:1]),
    ]
    texts = {
        "title": source.title,
        "authors": show_authors([name.replace(",", "") for name in source.authors]),
        "source": source.source,
        "url": source.url,
        "doi": source.doi,
        "arxiv": source.arxiv,
        "date": source.date,
        "also": "\n".join(also),
    }
    return Found(texts, " ".join(note for note in notes if note))
