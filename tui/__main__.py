"""The entry point: `abduce`, `python -m tui`."""

from __future__ import annotations

import gc
import io
import os
import re
import sys
from collections.abc import Sequence
from typing import TextIO

from tui.cli.failures import DONE, WRONG_USAGE, exit_code_of, say
from tui.cli.opening import open_app
from tui.terminal import utf8

OBJECTS_UNTIL_COLLECTED = 50_000
"""A command ends soon, and of what it reads and makes hardly anything is garbage: to look as often as Python does took
half of its time where there is much evidence."""
BROKEN_PIPE = 141
"""128 + SIGPIPE: what a shell expects of a program whose reader went away."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, or open the app if none is given; return the exit code.

    `arguments` are the program's own if None is given.
    """
    if arguments is None:
        utf8.start_in_utf8()
    _prepare_streams()
    code = _run(list(sys.argv[1:] if arguments is None else arguments))
    for stream in (sys.stdout, sys.stderr):
        code = _flush(stream, code)
    return code


def _prepare_streams() -> None:
    """Let no stream end the program: one that is closed leads nowhere, and none refuses a character."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.BytesIO()))
    for stream in (sys.stdout, sys.stderr):
        utf8.prepare(stream)


def _flush(stream: TextIO, code: int) -> int:
    """Write what is left; return the exit code, which a failure changes only if nothing failed before."""
    try:
        stream.flush()
    except OSError as error:
        # What could not be written is still in the buffer, and Python would try once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if code == DONE:
            return _code_of(error)
    return code


def _run(arguments: list[str]) -> int:
    if any(re.search("[\ud800-\udfff]", argument) for argument in arguments):
        say("an argument is not valid UTF-8")
        return WRONG_USAGE
    try:
        if not arguments and "_ABDUCE_COMPLETE" not in os.environ:
            return open_app(None, None)
        # click takes 40 ms that the way into the app does not pay.
        from tui.cli.root import run  # noqa: PLC0415

        gc.set_threshold(OBJECTS_UNTIL_COLLECTED, *gc.get_threshold()[1:])
        run(arguments)
    except (Exception, KeyboardInterrupt) as error:
        return _code_of(error)
    return DONE


def _code_of(error: BaseException) -> int:
    return BROKEN_PIPE if isinstance(error, BrokenPipeError) else exit_code_of(error)


if __name__ == "__main__":
    sys.exit(main())
