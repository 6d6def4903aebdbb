"""An idea typed in the person's own editor, or as one text: its first line is the title, the rest the text."""

from __future__ import annotations

import shlex
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from hypotheses.debate import Debate
from hypotheses.problems import Malformed, Refused
from hypotheses.rules import TEXT_LENGTH, TITLE_LENGTH
from store.disk import read_whole, write_whole
from store.paths import drafts_folder, make_private
from tui.cli.failures import say
from tui.terminal.own_editor import command_for, run_editor

T = TypeVar("T")

MARK: Final = "%%"
"""How a line begins that is no part of the idea. Not `#`: that begins a heading in Markdown."""
_LONGEST: Final = 4 * TEXT_LENGTH + 10_000
"""Bytes: of the longest text, with the comments around it."""
_TEMPLATE: Final = """
{mark} The first line is the title; what follows it is the text, in Markdown.
{mark} Lines that begin with {mark} are left out. If nothing is typed, nothing is sent.
{mark} It goes to the inbox of: {title}
"""


def title_and_text(typed: str) -> tuple[str, str]:
    """Return the first line and the rest; a first line that is too long for a title stays in the text as well."""
    whole = typed.strip()
    first, _, rest = whole.partition("\n")
    title = first.strip()
    if len(title) > TITLE_LENGTH:
        return title[:TITLE_LENGTH].strip(), whole
    return title, rest.strip()


def send_edited(debate: Debate, database: str, send: Callable[[str, str], T]) -> T:
    """Have an idea typed in the person's editor and send it; where it is refused, the editor opens again and says why.

    What was typed and is not sent stays in a file, which is named.

    Raises:
        AbduceError: nothing was typed, or it was not sent.
    """
    try:
        command_for(Path())  # nothing is begun without an editor
    except Refused as refused:
        raise Refused(f"{refused}; or give a title, --text, or text on standard input") from refused
    sheet = _Sheet.begin(database, _TEMPLATE.format(mark=MARK, title=" ".join(debate.title.split())))
    try:
        sent = _sent(sheet, send)
    except BaseException:
        sheet.leave()
        raise
    sheet.path.unlink(missing_ok=True)
    return sent


def _sent(sheet: _Sheet, send: Callable[[str, str], T]) -> T:
    refused_before = ""
    while True:
        run_editor(command_for(sheet.path, 1))
        typed = sheet.typed()
        title, text = title_and_text(typed)
        if not title:
            raise Refused("nothing was typed; nothing is sent")
        try:
            return send(title, text)
        except (Refused, Malformed) as refused:
            if typed == refused_before:
                raise  # whoever leaves it as it is gives up
            refused_before = typed
            sheet.put(f"{MARK} {' '.join(str(refused).split())}\n{typed}\n")


class _Sheet:
    """The file in which an idea is typed, readable by nobody else."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def begin(cls, database: str, text: str) -> _Sheet:
        folder = drafts_folder(database)
        try:
            make_private(folder)
        except OSError as error:
            raise Refused(f"{folder} cannot be written: {error.strerror}") from error
        sheet = cls(folder / f"idea-{uuid.uuid4().hex[:8]}.md")
        sheet.put(text)
        return sheet

    def put(self, text: str) -> None:
        write_whole(self.path, text, sparing=(), force=True)

    def typed(self) -> str:
        """Return what was typed; nothing if the editor removed the file.

        Raises:
            Refused: it is too long, or no text.
        """
        if not self.path.exists():
            return ""
        data = read_whole(self.path, _LONGEST + 1)
        if len(data) > _LONGEST:
            raise Refused(f"what was typed has more than {TEXT_LENGTH:,} characters; expected at most that")
        try:
            lines = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise Refused(f"line {line}: found bytes that are not UTF-8 text") from error
        return "\n".join(line for line in lines if not line.startswith(MARK)).strip()

    def leave(self) -> None:
        """Keep what was typed, without the comments, and say where; if there is nothing, forget it."""
        try:
            typed = self.typed()
            if not typed:
                self.path.unlink(missing_ok=True)
                return
            self.put(f"{typed}\n")
        except (Refused, OSError):
            pass  # it stays as it is
        say(f"what was typed is kept; `abduce idea submit - < {shlex.quote(str(self.path))}` sends it")
