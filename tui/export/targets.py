"""A debate written to a file from inside the app: the ending of its name says the format."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from hypotheses.debate import Debate
from hypotheses.problems import Malformed
from hypotheses.reports.style import MarkdownStyle, form_of
from hypotheses.timeline import Stand
from store.disk import is_there
from store.paths import absolute, path_of
from tui.export.files import paths_of, write_files
from tui.export.formats import KINDS, TITLES, Format, ending_of, format_named, format_of
from tui.export.wanted import Wanted


def named(text: str, title: str) -> str:
    """Return the name of a file with the ending of another format."""
    path = text.strip()
    ending = ending_of(path)
    return path.removesuffix(path[-len(ending) :] if ending else "") + TITLES[title].ending


def format_in(text: str) -> Format | None:
    """Return the format that a typed name asks for; None if its ending says none."""
    return format_named(text.strip())


def read_target(text: str) -> str:
    """Say what would be written; Malformed if the name has no known ending."""
    path, asked = _path(text), format_in(text)
    if asked is None:
        endings = ", ".join(format_of(kind).ending for kind in KINDS)
        raise Malformed(f"{path.name!r} does not say a format; expected a name ending in one of {endings}")
    return f"{asked.said} to {absolute(path)}{', in the place of what is there' if replaces(text) else ''}"


def replaces(text: str) -> bool:
    """Say whether there is something already of what would be written."""
    asked = format_in(text)
    return asked is not None and any(map(is_there, paths_of(_path(text), asked)))


def write(
    debate: Debate,
    text: str,
    reasons: Mapping[str, str],
    *,
    stands: Callable[[], Sequence[Stand]] = tuple,
    sparing: Collection[Path],
    force: bool = False,
) -> str:
    """Write the debate, with the reasons of plausibilities, to the named file, but to none of those to spare.

    Returns what was done. With `force` a file that is there is replaced.

    Raises:
        AbduceError: the file cannot be written, or its name says no format.
    """
    read_target(text)
    path, form = _path(text), format_in(text)
    if form is not None:
        asked = Wanted(MarkdownStyle(form_of(path)), reasons, stands)
        write_files(path, form, debate, asked, sparing=sparing, force=force)
    return f"Exported to {absolute(path)}"


def _path(text: str) -> Path:
    return path_of(text.strip())
