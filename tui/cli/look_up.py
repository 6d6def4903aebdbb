"""A source looked up for a command."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypotheses.debate import Debate
from tui.cli.failures import say

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.lookup.source import Source
    from store.settings import Settings


def settings_told() -> Settings:
    """Return the settings, and say what makes no sense in them."""
    from store.settings import load_settings  # noqa: PLC0415 - most commands look nothing up

    loaded = load_settings()
    for warning in loaded.warnings:
        say(warning)
    return loaded.settings


def look_up_source(store: DebateStore, debate: Debate, text: str, *, offline: bool) -> Source:
    """Look up a DOI, an arXiv id or an address, and say what was found, and whether the debate has it already.

    Raises:
        Malformed: it is none of these.
        LookupProblem: it could not be looked up.
    """
    from store.lookup.ladder import look_up  # noqa: PLC0415 - most commands look nothing up
    from store.references.plan import already_there  # noqa: PLC0415

    settings = settings_told()
    settings = replace(settings, offline=offline or settings.offline)
    source = look_up(text, settings, store.lookups)
    say(f"found {_in_words(source)}")
    if same := already_there(debate, source):
        say(f"the debate has it already: {same}")
    return source


def _in_words(source: Source) -> str:
    authors = ", ".join(source.authors[:3]) + (f" and {len(source.authors) - 3} more" if source.authors[3:] else "")
    return "; ".join(part for part in (source.title, authors, source.date, source.source) if part)
