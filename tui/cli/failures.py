"""Everything that can end a command, as one line on stderr and an exit code."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Final

from hypotheses.problems import AbduceError
from tui.terminal.clean import clean_text

DONE: Final = 0
REFUSED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130
"""128 + SIGINT."""


def say(sentence: str) -> None:
    """Tell something on stderr, if that can be told anything; each line of it says who speaks."""
    with suppress(OSError):
        for line in sentence.split("\n"):
            sys.stderr.write(f"abduce: {clean_text(line)}\n")


def exit_code_of(error: BaseException) -> int:
    """Tell why a command ended and return the exit code for it."""
    if isinstance(error, AbduceError):
        say(str(error))
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        say("interrupted")
        return INTERRUPTED
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        say(f"{place}{error.strerror or error}")
        return REFUSED
    return _code_of_click(error)


def _code_of_click(error: BaseException) -> int:
    from click import ClickException, UsageError  # noqa: PLC0415 - the way into the app does without it
    from click.exceptions import Abort, Exit  # noqa: PLC0415

    if isinstance(error, Exit):
        return error.exit_code
    if isinstance(error, Abort):
        return exit_code_of(KeyboardInterrupt())
    if isinstance(error, ClickException):
        sentence = " ".join(error.format_message().split()).rstrip(".")
        help_of = error.ctx.command_path if isinstance(error, UsageError) and error.ctx else "abduce"
        say(f"{sentence[:1].lower()}{sentence[1:]}; see `{help_of} --help`")
        return error.exit_code
    from tui.crash import told_of  # noqa: PLC0415 - nothing but a failure needs it

    say(told_of(error))
    return REFUSED
