"""The person's own editor: `$VISUAL` or `$EDITOR`, on a file and, where it can, on a line of it."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hypotheses.problems import Refused

_PLUS_LINE: Final = frozenset({"vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "kak"})
"""Editors that take `+LINE` before the file."""
_COLON_LINE: Final = frozenset({"hx", "helix"})
"""Editors that take `FILE:LINE`."""
_CODE: Final = frozenset({"code", "codium", "code-insiders"})
"""Editors that take `-g FILE:LINE`, and return at once unless they are told to wait."""


def command_for(path: Path, line: int = 0) -> list[str]:
    """Return the command that opens a file, at a line from 1 on if the editor is known to take one.

    Raises:
        Refused: no editor is set, or what is set is no command.
    """
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(wanted)
    except ValueError as error:
        raise Refused(f"the editor {wanted!r} cannot be read: {error}; set VISUAL or EDITOR, e.g. nano") from error
    if not command:
        raise Refused("no editor is set; set VISUAL or EDITOR, e.g. EDITOR=nano")
    name = Path(command[0]).name
    if name in _CODE:
        wait = [] if {"--wait", "-w"} & set(command) else ["--wait"]
        return [*command, *wait, *(["-g", f"{path}:{line}"] if line else [str(path)])]
    if line and name in _PLUS_LINE:
        return [*command, f"+{line}", str(path)]
    return [*command, f"{path}:{line}" if line and name in _COLON_LINE else str(path)]


def run_editor(command: Sequence[str]) -> None:
    """Run an editor until it ends.

    Raises:
        Refused: it cannot be started, or ends with a code.
    """
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - the person's own editor
    except OSError as failed:
        raise Refused(f"the editor {command[0]!r} could not be started: {failed.strerror or failed}") from failed
    if code != 0:
        raise Refused(f"the editor ended with code {code}")
