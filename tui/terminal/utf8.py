"""UTF-8 whatever the locale says; only a terminal gets what its own encoding can show."""

from __future__ import annotations

import codecs
import io
import locale
import os
import sys
from typing import Final, TextIO

_NEAREST: Final = {
    **dict.fromkeys("−–—", "-"),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("“”„", '"'),
    "…": "...",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "≈": "~",
}
"""What says in ASCII what a terminal has no character for; any other character gets its number."""
_FRAMES: Final = "╭─│█◆▲−"
"""Some of what the app draws with."""


def start_in_utf8() -> None:
    """Start again in Python's UTF-8 mode, unless paths, arguments and streams are UTF-8 already.

    Python does so by itself where the locale is C, if it is not told otherwise. An argument that is not UTF-8 but
    text in the locale's encoding stays that text.
    """
    if sys.getfilesystemencoding() == "utf-8" or _started_again():
        return
    given = sys.argv[1:]
    before = sys.orig_argv[1 : len(sys.orig_argv) - len(given)]
    started: list[str | bytes] = [sys.executable, "-X", "utf8", *before]
    os.execv(sys.executable, [*started, *map(_as_utf8, given)])  # noqa: S606 - no shell is wanted


def _started_again() -> bool:
    return "utf8" in sys._xoptions  # noqa: SLF001 - documented, and the only way to ask


def _as_utf8(argument: str) -> bytes:
    encoded = os.fsencode(argument)
    try:
        encoded.decode("utf-8")
    except UnicodeDecodeError:
        return argument.encode("utf-8", "surrogateescape")
    return encoded


def prepare(stream: TextIO) -> None:
    """Let no character end the program: data is UTF-8, and a terminal gets the nearest that it can show.

    An encoding that was asked for by PYTHONIOENCODING stays.
    """
    if not isinstance(stream, io.TextIOWrapper):
        return
    if not stream.isatty():
        stream.reconfigure(errors="backslashreplace")
        return
    codecs.register_error("abduce.nearest", _nearest)
    named = locale.getencoding()
    # The locale that is C names ASCII, and no terminal is meant.
    stands = not _started_again() or "PYTHONIOENCODING" in os.environ or codecs.lookup(named).name == "ascii"
    stream.reconfigure(errors="abduce.nearest", encoding=stream.encoding if stands else named)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_in_ascii, lacking)), error.end


def _in_ascii(char: str) -> str:
    return _NEAREST.get(char) or char.encode("ascii", "backslashreplace").decode("ascii")


def undrawable() -> str:
    """Say why the app cannot draw its frames on this terminal; nothing if it can."""
    encoding = sys.stderr.encoding
    try:
        _FRAMES.encode(encoding)
    except UnicodeEncodeError:
        cure = "without PYTHONIOENCODING" if "PYTHONIOENCODING" in os.environ else "e.g. with LC_ALL=C.UTF-8"
        return f"found a terminal of the encoding {encoding}, which has no frames to draw with; expected UTF-8, {cure}"
    return ""
