"""The way into the app."""

from __future__ import annotations

import sys

from tui.cli.failures import WRONG_USAGE, say
from tui.terminal import utf8


def open_app(location: str | None, slug: str | None, person: str | None = None) -> int:
    """Open the app on a debate (None: the one opened last) as somebody (None: the user) and return its exit code.

    Without a terminal to type at, and to draw frames on, there is no app, only the commands.
    """
    if not _has_terminal():
        say("the app needs a terminal; without one, use its commands: see `abduce --help`")
        return WRONG_USAGE
    if reason := utf8.undrawable():
        say(reason)
        return WRONG_USAGE
    from tui.app import run_app  # noqa: PLC0415 - Textual is loaded by this command only

    return run_app(location, slug, person)


def _has_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
