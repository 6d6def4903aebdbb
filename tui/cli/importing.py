"""Files on their way in: `import`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from hypotheses.debate import Debate, Evidence, Idea
from hypotheses.problems import Refused
from store.errors import BadFile, FileProblem
from tui.cli.failures import say
from tui.cli.invocation import CliCommand, Invocation, pass_invocation
from tui.cli.output import TableColumn, write_table
from tui.cli.taking_in import in_order, take_in, tell_rejected, tell_taken

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.intake.arriving import Arrival, Rejected
    from store.lookup.references import Reference, Skipped

T = TypeVar("T")


def read_file(path: str) -> Debate:
    """Read a debate file; `-` is standard input.

    Raises:
        BadFile: it is no debate file; with every problem's line.
        Refused: it cannot be read.
    """
    from store.file.debate_file import read_debate  # noqa: PLC0415 - only files need it

    return read_debate(_bytes_of(path), "standard input" if path == "-" else path)


def _bytes_of(path: str) -> bytes:
    from store.disk import read_whole  # noqa: PLC0415 - only files need it
    from store.file.json_reader import LONGEST  # noqa: PLC0415 - only files need it

    # One byte more than allowed is enough to be refused, also from a device that never ends.
    if path == "-":
        return sys.stdin.buffer.read(LONGEST + 1)
    return read_whole(Path(path), LONGEST + 1)


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that nothing of it is kept."""


@click.command("import", cls=CliCommand)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--replace", is_flag=True, help="Replace a debate of the same slug; undo brings it back.")
@click.option("--dry-run", is_flag=True, help="List what would be taken in, and take in nothing.")
@pass_invocation
def import_command(invocation: Invocation, files: tuple[str, ...], replace: bool, dry_run: bool) -> None:
    """Take in debates, evidence from references, or readers' ideas.

    References are BibTeX (.bib) or CSL-JSON (.json), and become evidence of the current debate; what is there already
    is skipped. Mail (.eml, .mbox), a file of ideas (YAML, or JSON with `ideas`) or a folder of these goes to its inbox,
    where a bad message stops no other. - reads a debate, which is YAML or JSON, from standard input. If one file is bad
    or refused, none is taken in.
    """
    contents = _read_all(files, _content_of)
    store = invocation.store()
    outcomes: list[_Outcome] = []
    with suppress(_DryRun), store.together():
        for path, content in zip(files, contents, strict=True):
            with _naming(path, alone=len(files) == 1):
                if isinstance(content, Debate):
                    outcomes.append(_add_debate(store, content, replace=replace))
                elif isinstance(content, _Ideas):
                    outcomes.append(_add_ideas(store, invocation.debate_slug, path, content))
                else:
                    outcomes.append(_add_references(store, invocation.debate_slug, path, content))
        if dry_run:
            raise _DryRun
    # Only now it is true.
    for outcome in outcomes:
        outcome.tell(dry_run=dry_run)


def _read_all(files: tuple[str, ...], read: Callable[[str], T]) -> list[T]:
    """Read every file, and tell the problems of all of them at once."""
    contents: list[T] = []
    problems: list[FileProblem] = []
    for path in files:
        try:
            contents.append(read(path))
        except BadFile as bad:
            problems += bad.problems
    if problems:
        raise BadFile(problems)
    return contents


@dataclass(frozen=True)
class _Ideas:
    """What was in a file of ideas, or in a folder of them."""

    arrivals: tuple[Arrival, ...]


def _content_of(path: str) -> Debate | _Ideas | tuple[Reference, ...]:
    from store.intake.idea_files import MAIL, arrivals, ideas_in, is_ideas  # noqa: PLC0415 - only files need it
    from store.lookup.references import ENDINGS, is_debate, read_references  # noqa: PLC0415

    if path.lower().endswith(MAIL) or Path(path).is_dir():
        return _Ideas(tuple(arrivals([Path(path)])))
    if path == "-":
        return read_file(path)
    data = _bytes_of(path)
    if is_ideas(data, path):
        return _Ideas(tuple(ideas_in(data, path)))
    if not path.lower().endswith(ENDINGS):
        from store.file.debate_file import read_debate  # noqa: PLC0415 - only files need it

        return read_debate(data, path)
    if path.lower().endswith(".json") and is_debate(data):
        from store.file.debate_file import read_debate  # noqa: PLC0415 - only files need it

        return read_debate(data, path)
    return read_references(data, path)


@contextmanager
def _naming(path: str, *, alone: bool) -> Iterator[None]:
    """Say of which of several files something is refused."""
    try:
        yield
    except Refused as error:
        if alone:
            raise
        raise Refused(f"{path}: {error}; nothing was taken in") from error


@dataclass(frozen=True)
class _Outcome:
    """What became of one file."""

    told: str
    fresh: tuple[Evidence, ...] = ()
    """The evidence that its references became."""
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    """What deserves a second look in a debate that came in."""
    rejected: tuple[Rejected, ...] = ()
    """What is no idea."""
    ideas: tuple[Idea, ...] = ()
    """What is in the inbox now."""

    def tell(self, *, dry_run: bool) -> None:
        """Say it, and list the evidence of a dry run."""
        tell_rejected(self.rejected, dry_run=dry_run)
        tell_taken(self.ideas, dry_run=dry_run)
        for skipped in self.skipped:
            say(f"skipped {skipped.reference.key or skipped.reference.source.title}: {skipped.why}")
        if dry_run and (self.fresh or self.skipped):
            columns = [TableColumn("Evidence"), TableColumn("Date", roomy=True), TableColumn("Title", fold=True)]
            write_table(columns, [(each.key, each.date, each.title) for each in self.fresh])
        say(f"{'would import' if dry_run else 'imported'} {self.told}")
        for warning in self.warnings:
            say(warning)


def warnings_about(debate: Debate) -> tuple[str, ...]:
    """Return what deserves a second look at once in a debate that came in: units that do not fit."""
    from hypotheses.estimates import unit_warnings  # noqa: PLC0415 - only files need it

    return tuple(map(str, unit_warnings(debate)))


def _add_debate(store: DebateStore, debate: Debate, *, replace: bool) -> _Outcome:
    store.add_debate(debate, replace=replace)
    told = f"{debate.slug}: {len(debate.hypotheses)} explanations, {len(debate.evidence)} items of evidence"
    return _Outcome(told, warnings=warnings_about(debate))


def _add_ideas(store: DebateStore, slug: str | None, path: str, ideas: _Ideas) -> _Outcome:
    debate = store.load(slug)
    arrived = in_order(debate, ideas.arrivals)
    if arrived.is_vain:
        raise Refused("; ".join(f"{each.where}: {each.reason}" for each in arrived.rejected[:3]))
    taken = tuple(take_in(store, debate, arrived.fresh))
    return _Outcome(f"{path} into {debate.slug}: {arrived.summary('')}", rejected=arrived.rejected, ideas=taken)


def _add_references(store: DebateStore, slug: str | None, path: str, references: tuple[Reference, ...]) -> _Outcome:
    from store.lookup.references import plan  # noqa: PLC0415 - only files need it

    debate = store.load(slug)
    planned = plan(debate, references)
    if planned.fresh:
        label = f"imported {len(planned.fresh)} items of evidence from {Path(path).name}"
        store.add_evidence_items(debate.slug, planned.fresh, label)
    summary = f"{path} into {debate.slug}: {len(planned.fresh)} items of evidence, {len(planned.skipped)} skipped"
    return _Outcome(summary, planned.fresh, planned.skipped)
