"""A whole debate as a text in the person's editor: written, read back, and what is wrong put where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hypotheses.debate import Debate
from hypotheses.people import OWNER, seen_by
from hypotheses.problems import Refused
from hypotheses.versions import Decision, Joined, Place, as_meant, joined
from store.errors import BadFile, FileProblem
from store.file.debate_file import export_debate, line_of, read_debate
from store.file.yaml_reader import LONGEST
from store.sheets import EditedText

if TYPE_CHECKING:
    from store.debate_store import DebateStore

RunEditor = Callable[[Path, int], None]
"""Lets the person edit a file from a line on; raises Refused."""


class WholeText:
    """The text of one debate from the first look at it until it is saved or left."""

    def __init__(self, sheet: EditedText, base: Debate) -> None:
        """Go on with a text that began with a debate, as its owner sees it."""
        self.sheet = sheet
        self.base = base
        self.decided: list[Decision] = []
        """Whose counts, of what somebody else has changed meanwhile."""
        self._notes: list[FileProblem] = []
        """What is to be looked at: it is in the text as comments while it is edited."""
        self._mend = False
        """Whether it is wrong, so that the text cannot be left as it is."""

    @classmethod
    def begin(cls, store: DebateStore, database: str, debate: Debate) -> WholeText:
        """Begin with a debate as it is stored in a database.

        Raises:
            Refused: the text cannot be kept anywhere, or the database not be written.
        """
        refuse_read_only(store)
        base = seen_by(debate, OWNER)
        return cls(EditedText.begin(database, debate.slug, export_debate(base, to_edit=True)), base)

    @classmethod
    def take_up(cls, store: DebateStore, database: str, slug: str) -> WholeText | None:
        """Return what an earlier editing of a debate has left unsaved; None if there is nothing.

        Raises:
            Refused: it cannot be gone on with, or the database not be written.
        """
        refuse_read_only(store)
        sheet = EditedText.take_up(database, slug)
        if sheet is None:
            return None
        try:
            return cls(sheet, read_debate(sheet.base, "debate.yaml"))
        except (BadFile, OSError, UnicodeDecodeError) as failed:
            sheet.close()  # the text stays where it is, for the person to look at
            told = f"what was left unsaved in {sheet.path} cannot be gone on with ({failed})"
            raise Refused(f"{told}; `abduce edit {slug} --afresh` throws it away and begins anew") from failed

    def edit(self, run: RunEditor) -> None:
        """Have the text edited, with what is to be mended as comments in it.

        Raises:
            Refused: the editor failed, or what it saved can be no debate; or nothing was mended.
        """
        before, notes = self._text(), self._notes
        if notes:
            self.sheet.put(_with_notes(before, notes))
        try:
            run(self.sheet.path, _line_of_first(notes))
        finally:
            if notes:
                self.sheet.put(_without_notes(self._text(), notes))
        if self._mend and self._text() == before:
            raise Refused(f"line {notes[0].line}: {notes[0].text}" if notes[0].line else notes[0].text)

    def read(self) -> Debate | None:
        """Return the debate that the text says; None, with what is wrong noted for the next editing, if it says none.

        Raises:
            Refused: it is no text that a note could be put into.
        """
        text = self._text()
        try:
            mine = as_meant(self.base, read_debate(text, "debate.yaml"))
        except BadFile as bad:
            self._notes, self._mend = list(bad.problems), True
            return None
        if mine.slug != self.base.slug:
            told = f"found the slug {mine.slug!r}; expected {self.base.slug!r}: `abduce debate rename` gives another"
            self._notes, self._mend = [FileProblem("", _line_with(text, "slug:"), told)], True
            return None
        self._notes, self._mend = [], False
        return mine

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed."""
        try:
            return self._text() == export_debate(self.base, to_edit=True)
        except Refused:
            return False

    @property
    def wrong(self) -> Sequence[FileProblem]:
        """What is to be mended."""
        return self._notes

    def joined_with(self, theirs: Debate, mine: Debate) -> Joined:
        """Return what was made of the debate together with what it is by now.

        Raises:
            Refused: it was removed meanwhile.
        """
        if theirs.shelf == "removed" != self.base.shelf:
            raise Refused(f"{theirs.slug} was removed meanwhile; `abduce debate restore {theirs.slug}` brings it back")
        return joined(self.base, mine, seen_by(theirs, OWNER), self.decided)

    @staticmethod
    def seen(debate: Debate) -> Debate:
        """Return the debate as its text has it."""
        return seen_by(debate, OWNER)

    def go_on_with(self, theirs: Debate, both: Debate, notes: Sequence[tuple[Place, str]], *, mend: bool) -> None:
        """Go on with both together, with a sentence at each place of the file that needs one, `()` for its top.

        If there is something to `mend`, it cannot be left as it is.
        """
        text = export_debate(both, to_edit=True)
        self.base = seen_by(theirs, OWNER)
        self.sheet.put(text)
        self.sheet.put_base(export_debate(self.base, to_edit=True))
        self._notes = [FileProblem("", line_of(text, place), told) for place, told in notes]
        self._mend = mend
        self.decided = []

    def _text(self) -> str:
        data = self.sheet.read(LONGEST + 1)
        if len(data) > LONGEST:
            raise Refused(f"the text has more than {LONGEST:,} bytes; expected at most that")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise Refused(f"line {line}: found bytes that are not UTF-8 text") from error


def refuse_read_only(store: DebateStore) -> None:
    """Require that something can be saved.

    Raises:
        Refused: the database cannot be written.
    """
    if store.read_only:
        raise Refused("the database cannot be written; `abduce export` writes the debate to a file of its own")


def _note(problem: FileProblem) -> str:
    return f"# {' '.join(problem.text.split())}"


def _with_notes(text: str, notes: Sequence[FileProblem]) -> str:
    lines = text.split("\n")
    for problem in sorted(notes, key=lambda problem: -problem.line):
        place = max(0, problem.line - 1)
        indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())] if place < len(lines) else ""
        lines.insert(place, indent + _note(problem))
    return "\n".join(lines)


def _without_notes(text: str, notes: Sequence[FileProblem]) -> str:
    ours = set(map(_note, notes))
    return "\n".join(line for line in text.split("\n") if line.strip() not in ours)


def _line_of_first(notes: Sequence[FileProblem]) -> int:
    """Return the line of the first problem in the text with the notes in it: its own note has moved it down by one."""
    return 1 + min(problem.line for problem in notes) if notes else 0


def _line_with(text: str, words: str) -> int:
    return next((number for number, line in enumerate(text.split("\n"), 1) if words in line), 0)
