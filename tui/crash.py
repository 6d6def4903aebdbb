"""When the program itself fails: one sentence, a log without anybody's data, and the unsaved text kept."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from datetime import UTC, datetime

from textual.screen import Screen

from store import paths
from tui.dialogs.base import Dialog


def keep_drafts(screens: Iterable[Screen[object]]) -> None:
    """Write what stands unsaved in open forms, so that it comes back when the form is opened again."""
    for screen in screens:
        if isinstance(screen, Dialog):
            screen.keep_draft()


def report(error: BaseException, screens: Iterable[Screen[object]] = ()) -> str:
    """Log an unexpected error (no local variables) and keep drafts; return the sentence for the person."""
    try:
        keep_drafts(screens)
        kept = "Everything saved is safe, and unsaved text of an open form is kept."
    except Exception as failed:  # the screen may be half gone; the first error is what counts
        kept = f"Everything saved is safe; unsaved text could not be kept ({failed})."
    try:
        log = paths.make_private(paths.data_folder()) / "crash.log"
        told = "".join(traceback.format_exception(error))
        log.touch(mode=0o600)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n{told}\n")
        where = f"The details are in {log}."
    except OSError as failed:
        where = f"The details could not be written ({failed})."
    return f"abduce: an unexpected error ended the program: {type(error).__name__}. {kept} {where}"
