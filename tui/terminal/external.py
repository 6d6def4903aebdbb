"""The world outside the terminal screen: the person's editor, clipboard and browser."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
import webbrowser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from textual.app import App, SuspendNotSupported

from hypotheses.reports.links import safe_url


def edit(app: App[Any], text: str, suffix: str = ".md") -> tuple[str, str]:
    """Let the person edit `text` in `$VISUAL` or `$EDITOR`.

    Returns:
        The text afterwards (unchanged if the editor failed), and a sentence if something went wrong.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not command:
        return text, "No editor is set; set VISUAL or EDITOR, e.g. EDITOR=nano."
    with tempfile.TemporaryDirectory(prefix="abduce-") as folder:
        path = Path(folder) / f"text{suffix}"
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                code = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 - the person's own editor
        except SuspendNotSupported:
            return text, "This terminal cannot be handed to an editor."
        except OSError as failed:
            return text, f"The editor {command[0]!r} could not be started: {failed.strerror or failed}."
        if code != 0:
            return text, f"The editor ended with code {code}; your text is as it was."
        try:
            return path.read_text(encoding="utf-8").rstrip("\n"), ""
        except (OSError, UnicodeDecodeError):
            return text, "What the editor saved is not UTF-8 text; your text is as it was."


def host_of(url: str) -> str:
    """Return the host of an http(s) address in ASCII (punycode), or an empty string for anything else."""
    return urlsplit(safe_url(url)).hostname or ""


def browse(url: str) -> bool:
    """Open an http(s) address in the browser; False if it is none or there is no browser."""
    address = safe_url(url)
    return bool(address) and webbrowser.open(address)
