"""The world outside the terminal screen: the person's editor, clipboard and browser."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from textual.app import App, SuspendNotSupported

from hypotheses.problems import Refused
from hypotheses.reports.links import safe_url
from tui.terminal.own_editor import command_for, run_editor


def edit(app: App[Any], text: str, suffix: str = ".md") -> tuple[str, str]:
    """Let the person edit `text` in `$VISUAL` or `$EDITOR`.

    Returns:
        The text afterwards (unchanged if the editor failed), and a sentence if something went wrong.
    """
    with tempfile.TemporaryDirectory(prefix="abduce-") as folder:
        path = Path(folder) / f"text{suffix}"
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        try:
            edit_file(app, path)
            return path.read_text(encoding="utf-8").rstrip("\n"), ""
        except Refused as refused:
            sentence = str(refused)
            return text, f"{sentence[:1].upper()}{sentence[1:]}; your text is as it was."
        except (OSError, UnicodeDecodeError):
            return text, "What the editor saved is not UTF-8 text; your text is as it was."


def edit_file(app: App[Any], path: Path, line: int = 0) -> None:
    """Let the person edit a file, from a line on if the editor takes one.

    Raises:
        Refused: no editor is set, or it failed.
    """
    command = command_for(path, line)
    try:
        with app.suspend():
            run_editor(command)
    except SuspendNotSupported as unable:
        raise Refused("this terminal cannot be handed to an editor") from unable


def host_of(url: str) -> str:
    """Return the host of an http(s) address in ASCII (punycode), or an empty string for anything else."""
    return urlsplit(safe_url(url)).hostname or ""


def browse(url: str) -> bool:
    """Open an http(s) address in the browser; False if it is none or there is no browser."""
    address = safe_url(url)
    return bool(address) and webbrowser.open(address)
