"""Files on their way in: `import`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from hypotheses.debate import Debate
from store.errors import BadFile, FileProblem, Refused
from tui.cli.failures import say
from tui.cli.output import Column, write_table
from tui.cli.session import Command, Session, pass_session

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.lookup.references import Reference

T = TypeVar("T")


def read_file(path: str) -> Debate:
    """Read a debate file; `-` is standard input.

    Raises:
        BadFile: it is no debate file; with every problem's line.
        Refused: it cannot be read.
    """
    from store.debate_file import read_debate  # noqa: PLC0415 - only files need it

    return read_debate(_bytes_of(path), "standard input" if path == "-" else path)


def _bytes_of(path: str) -> bytes:
    from store.json_reader import LONGEST  # noqa: PLC0415 - only files need it

    # One byte more than allowed is enough to be refused, also from a device that never ends.
    if path == "-":
        return sys.stdin.buffer.read(LONGEST + 1)
    try:
        with Path(path).open("rb") as file:
            return file.read(LONGEST + 1)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}") from error


@click.command("import", cls=Command)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--replace", is_flag=True, help="Replace a debate of the same slug; undo brings it back.")
@click.option("--dry-run", is_flag=True, help="List what would be taken in, and take in nothing.")
@pass_session
def import_command(session: Session, files: tuple[str, ...], replace: bool, dry_run: bool) -> None:
    """Take in debates (YAML), or evidence from references.

    References are BibTeX (.bib) or CSL-JSON (.json), and become evidence of the current debate; what is there already
    is skipped. - reads a debate from standard input. If one file is bad, none is taken in.
    """
    contents = _read_all(files, _content_of)
    store = session.store()
    for path, content in zip(files, contents, strict=True):
        if isinstance(content, Debate):
            _import_debate(store, content, replace=replace, dry_run=dry_run)
        else:
            _import_references(store, session.debate_slug, path, content, dry_run=dry_run)


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


def _content_of(path: str) -> Debate | tuple[Reference, ...]:
    from store.lookup.references import ENDINGS, is_debate, read_references  # noqa: PLC0415 - only files need it

    if not path.lower().endswith(ENDINGS):
        return read_file(path)
    data = _bytes_of(path)
    return read_file(path) if path.lower().endswith(".json") and is_debate(data) else read_references(data, path)


def _import_debate(store: DebateStore, debate: Debate, *, replace: bool, dry_run: bool) -> None:
    told = f"{debate.slug}: {len(debate.hypotheses)} explanations, {len(debate.evidence)} items of evidence"
    if dry_run:
        say(f"would import {told}")
        return
    store.add_debate(debate, replace=replace)
    say(f"imported {told}")


def _import_references(
    store: DebateStore, slug: str | None, path: str, references: tuple[Reference, ...], *, dry_run: bool
) -> None:
    from store.lookup.references import plan  # noqa: PLC0415 - only files need it

    debate = store.load(slug)
    planned = plan(debate, references)
    for skipped in planned.skipped:
        say(f"skipped {skipped.reference.key or skipped.reference.source.title}: {skipped.why}")
    told = f"{path} into {debate.slug}: {len(planned.fresh)} items of evidence, {len(planned.skipped)} skipped"
    if dry_run:
        columns = [Column("Evidence"), Column("Date", roomy=True), Column("Title", fold=True)]
        write_table(columns, [(each.key, each.date, each.title) for each in planned.fresh])
        say(f"would import {told}")
        return
    label = f"imported {len(planned.fresh)} items of evidence from {Path(path).name}"
    if planned.fresh:
        store.add_evidence_items(debate.slug, planned.fresh, label)
    say(f"imported {told}")
