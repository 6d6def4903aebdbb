"""The command `edit`: the whole debate in the person's own editor."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hypotheses.problems import Refused
from hypotheses.versions import Decision, Joined, changes_between, clash_said, part_named, told
from store.entries import Change
from store.errors import FileProblem, Parted
from store.paths import database_location
from tui.cli.failures import say
from tui.cli.invocation import CliCommand, Invocation, pass_invocation
from tui.cli.output import write
from tui.terminal.own_editor import command_for, run_editor

if TYPE_CHECKING:
    from hypotheses.debate import Debate
    from store.debate_store import DebateStore
    from tui.whole_text import WholeText


@click.command("edit", cls=CliCommand)
@click.argument("debate", required=False)
@click.option("--yes", is_flag=True, help="Save without asking.")
@click.option("--afresh", is_flag=True, help="Begin anew; otherwise go on with what was left unsaved, if anything.")
@pass_invocation
def edit_command(invocation: Invocation, debate: str | None, yes: bool, afresh: bool) -> None:
    """Edit the whole debate as YAML, in VISUAL or EDITOR.

    What differs is shown before it is saved, as one change that undo takes back.
    """
    asking = sys.stdin.isatty() and sys.stderr.isatty()
    if not (asking or yes):
        raise click.UsageError("found no terminal to ask at; expected --yes to save without asking")
    store = invocation.store()
    before = store.load(debate or invocation.debate_slug)
    command_for(Path())  # nothing is begun without an editor
    text = _text_of(store, before, database_location(invocation.location), afresh=afresh)
    done = False
    try:
        saved = _Editing(store, text, before.slug, asking=asking, yes=yes).carry_out()
        done = True
    finally:
        if not done and (text.is_untouched or not text.sheet.is_there):
            text.sheet.drop()
        elif not done:
            say(f"what was typed is in {text.sheet.path}; `abduce edit {before.slug}` goes on with it")
            text.sheet.close()
    text.sheet.drop()
    entry = saved.entry
    say(
        f"{before.slug}: {entry.label}; `abduce undo` takes it back" if entry else f"{before.slug}: nothing was changed"
    )


def _text_of(store: DebateStore, debate: Debate, database: str, *, afresh: bool) -> WholeText:
    from store.sheets import EditedText  # noqa: PLC0415 - only this command needs it
    from tui.whole_text import WholeText  # noqa: PLC0415

    while afresh and (sheet := EditedText.take_up(database, debate.slug)):
        sheet.drop()
    if left := WholeText.take_up(store, database, debate.slug):
        say(f"going on with what was left unsaved in {left.sheet.path}")
        return left
    return WholeText.begin(store, database, debate)


class _Editing:
    """The rounds of editing, mending and asking."""

    def __init__(self, store: DebateStore, text: WholeText, slug: str, *, asking: bool, yes: bool) -> None:
        self._store = store
        self._text = text
        self._slug = slug
        self._asking = asking
        self._yes = yes

    def carry_out(self) -> Change:
        """Edit until it is saved, or there is nothing to save.

        Raises:
            AbduceError: it was not saved.
        """
        while True:
            self._text.edit(lambda path, line: run_editor(command_for(path, line)))
            mine = self._text.read()
            if mine is not None and (change := self._settle(mine)) is not None:
                return change
            if self._text.wrong and not self._asking:
                raise Refused("; ".join(map(_with_line, self._text.wrong[:3])))

    def _settle(self, mine: Debate) -> Change | None:
        """Show what differs, ask, and save it together with what others did meanwhile; None to edit it again."""
        while True:
            theirs = self._store.load(self._slug)
            both = self._together(theirs, mine)
            if both is None:
                return None
            lines = told(changes_between(self._text.seen(theirs), both))
            if not lines:
                return Change(theirs, None)
            write("\n".join(lines))
            if not self._agreed():
                return None
            try:
                return self._store.put_debate(self._slug, mine, expected=self._text.base, decided=self._text.decided)
            except Parted:
                continue  # since the last look
            except Refused as refused:
                self._text.go_on_with(theirs, both, [((), str(refused))], mend=True)
                return None

    def _agreed(self) -> bool:
        """Ask whether to save it; False to edit it again.

        Raises:
            Refused: it is not to be saved.
        """
        answer = "y" if self._yes else _ask("Save? [y]es, [e]dit again, [n]o", "yen")
        if answer == "n":
            raise Refused("nothing was saved")
        return answer == "y"

    def _together(self, theirs: Debate, mine: Debate) -> Debate | None:
        """Join it with what others did meanwhile, asking where both have changed something; None to edit both again."""
        both = self._text.joined_with(theirs, mine)
        if both.clashes and self._yes:
            raise Parted(both.clashes, [part_named(clash.place) for clash in both.clashes])
        if both.clashes and not self._offer(theirs, both):
            return None
        return self._text.joined_with(theirs, mine).debate

    def _offer(self, theirs: Debate, both: Joined) -> bool:
        """Ask of each part that somebody else changed meanwhile whose counts; False to edit both together instead."""
        who = self._store.history(self._slug, limit=1)[0].actor
        for clash in both.clashes:
            write(f"{part_named(clash.place)}, which {who} changed meanwhile")
            write(f"  mine    {clash_said(clash, 'mine')}\n  theirs  {clash_said(clash, 'theirs')}")
            answer = _ask("Keep [m]ine, [t]heirs, or [e]dit both together", "mte")
            if answer == "e":
                offered = [(each.place, f"{who} made of this: {clash_said(each, 'theirs')}") for each in both.clashes]
                self._text.go_on_with(theirs, both.debate, offered, mend=False)
                return False
            self._text.decided.append(Decision(clash, "mine" if answer == "m" else "theirs"))
        return True


def _with_line(problem: FileProblem) -> str:
    return f"line {problem.line}: {problem.text}" if problem.line else problem.text


def _ask(question: str, letters: Sequence[str]) -> str:
    while True:
        typed: str = click.prompt(question, prompt_suffix=" ", err=True, default="", show_default=False)
        if (letter := typed.strip()[:1].lower()) and letter in letters:
            return letter
