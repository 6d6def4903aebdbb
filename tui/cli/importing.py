"""Files on their way in: `import`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from hypotheses.debate import Debate
from hypotheses.problems import Malformed, Refused
from store.errors import BadFile, FileProblem
from tui.cli.import_maps import maps_taken_in
from tui.cli.import_outcome import Outcome, counts, outcome_json
from tui.cli.import_references import references_taken_in
from tui.cli.import_zotero import read_collection, zotero_taken_in
from tui.cli.invocation import CliCommand, Invocation, pass_invocation
from tui.cli.output import write_json
from tui.cli.progress import progress
from tui.cli.taking_in import in_order, take_in

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.imports.kinds import Content, ReadersIdeas
    from store.incoming import Contents, FileKind

T = TypeVar("T")
STANDARD_INPUT = "standard input"


def read_file(path: str) -> Debate:
    """Read a debate file; `-` is standard input.

    Raises:
        BadFile: it is no debate file; with every problem's line.
        Refused: it cannot be read.
    """
    from store.file.debate_file import LARGEST, read_debate  # noqa: PLC0415 - only files need it

    return read_debate(_bytes_of(path, LARGEST), _called(path))


def _called(path: str) -> str:
    return STANDARD_INPUT if path == "-" else path


def _bytes_of(path: str, longest: int) -> bytes:
    from store.disk import read_whole  # noqa: PLC0415 - only files need it

    # One byte more than allowed is enough to be refused, also from a device that never ends.
    if path == "-":
        return sys.stdin.buffer.read(longest + 1)
    return read_whole(Path(path), longest + 1)


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that nothing of it is kept."""


class _ImportCommand(CliCommand):
    """A command whose `--as` names a kind of file; whose changes they are is said before its name."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return its own options, then the shared ones but for theirs of that name."""
        own = self.params
        return [*own, *(each for each in super().get_params(ctx) if each not in own and "--as" not in each.opts)]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be done with the files."""

    debate_slug: str | None
    slug: str | None
    replace: bool
    strict: bool
    fill: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """One file, read."""

    path: str
    kind: str
    contents: Contents[Content]
    data: bytes = field(default=b"", repr=False)


@click.command("import", cls=_ImportCommand)
@click.argument("files", metavar="FILE...", nargs=-1)
@click.option("--zotero", metavar="COLLECTION", help="Take in a collection of Zotero, which runs on this machine.")
@click.option("--as", "kind", metavar="KIND", help="What kind of files they are; otherwise it is found out.")
@click.option("--slug", help="The short name of the debate that a matrix, a map or forecasts make.")
@click.option("--replace", is_flag=True, help="Replace a debate of the same slug; undo brings it back.")
@click.option("--fill", is_flag=True, help="Fill in what is empty of evidence that is there already.")
@click.option("--strict", is_flag=True, help="Take in nothing if anything of a file is left out or changed.")
@click.option("--dry-run", is_flag=True, help="Tell what would be taken in, and take in nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def import_command(
    invocation: Invocation,
    *,
    files: tuple[str, ...],
    zotero: str | None,
    kind: str | None,
    slug: str | None,
    replace: bool,
    fill: bool,
    strict: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take in debates, matrices, maps, references or readers' ideas.

    References (BibTeX, RIS, EndNote, CSL, Zotero) become evidence of the current debate; works that are there already
    are skipped, and what cannot be taken is left out and told, with its line. A matrix (CSV, Markdown, PARC's .achz), a
    map (Kialo's text, Argdown) or forecasts (CSV) make a debate of their own, and bring it up to the file when they
    come in again. Mail (.eml, .mbox), a file of ideas or a folder of these goes to its inbox, where a bad message stops
    no other. - is standard input. If one file is refused, none is taken in. --zotero takes what is new of a collection,
    by its name or key, while Zotero runs.
    """
    if not files and zotero is None:
        raise click.UsageError("expected a file, or a collection by --zotero")
    asked = _Asked(invocation.debate_slug, slug, replace, strict, fill)
    known = _kind_named(kind)
    contents = _read_all(files, lambda path: _read(path, known, strict=strict, person=invocation.person))
    contents = _together(contents, invocation.person)
    collection = None if zotero is None else read_collection(zotero)
    store = invocation.store()
    outcomes: list[Outcome] = []
    with suppress(_DryRun), store.together():
        for read in contents:
            with _naming(read.path, alone=len(files) == 1), progress(f"taking in {read.path}"):
                outcomes += _taken_in(store, read, asked)
        if collection is not None:
            with progress("taking in what Zotero has"):
                came = zotero_taken_in(store, asked.debate_slug, collection, replace=replace, fill=fill, strict=strict)
                outcomes.append(came)
        if dry_run:
            raise _DryRun
    _tell(outcomes, dry_run=dry_run, as_json=as_json)  # only now it is true


def _tell(outcomes: list[Outcome], *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        write_json({"dry_run": dry_run, "files": [outcome_json(outcome) for outcome in outcomes]})
    for outcome in outcomes:
        outcome.tell(dry_run=dry_run, in_json=as_json)


def _kind_named(name: str | None) -> FileKind[Content] | None:
    from store.imports.kinds import kind_named  # noqa: PLC0415 - only files need it

    if name is None:
        return None
    try:
        return kind_named(name)
    except Malformed as error:
        raise click.UsageError(f"{error}; whose changes they are is said by `abduce --as NAME import`") from None


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


def _read(path: str, kind: FileKind[Content] | None, *, strict: bool, person: str | None) -> _Read:
    from store.imports.kinds import LARGEST, ReadersIdeas, read_content  # noqa: PLC0415 - only files need it
    from store.incoming import Contents  # noqa: PLC0415 - only files need it
    from store.intake.idea_files import arrivals  # noqa: PLC0415 - only files need it

    if path != "-" and Path(path).is_dir():
        return _Read(path, "ideas", Contents(ReadersIdeas(tuple(arrivals([Path(path)])))))
    data = _bytes_of(path, LARGEST)
    with progress(f"reading {_called(path)}"):
        found, contents = read_content(data, _called(path), kind, person or "")
    if strict and (lost := [note.problem(_called(path)) for note in contents.notes if note.kind != "told"]):
        raise BadFile(lost)
    return _Read(_called(path), found.name, contents, data)


def _together(reads: list[_Read], person: str | None) -> list[_Read]:
    """Read forecasts whose questions stand in another of the files as one with that."""
    forecasts = [read for read in reads if read.kind == "forecasts"]
    if len(forecasts) < 2:
        return reads
    from store.maps.forecasts import read_together  # noqa: PLC0415 - only several files of forecasts need it

    joined = read_together([(read.data, read.path) for read in forecasts], person or "")
    if joined is None:
        return reads
    path = " and ".join(read.path for read in forecasts)
    return [*(read for read in reads if read not in forecasts), _Read(path, "forecasts", joined)]


@contextmanager
def _naming(path: str, *, alone: bool) -> Iterator[None]:
    """Say of which of several files something is refused."""
    try:
        yield
    except Refused as error:
        if alone:
            raise
        raise Refused(f"{path}: {error}; nothing was taken in") from error


def _taken_in(store: DebateStore, read: _Read, asked: _Asked) -> list[Outcome]:
    from store.imports.kinds import ReadersIdeas  # noqa: PLC0415 - only files need it
    from store.incoming import Contents  # noqa: PLC0415 - only files need it
    from store.maps.taken import Maps  # noqa: PLC0415 - only files need it
    from store.references.reference import Library  # noqa: PLC0415 - only files need it

    match read.contents.value:
        case Maps() as maps:
            contents = Contents(maps, read.contents.notes, read.contents.unused)
            return maps_taken_in(store, read.path, read.kind, contents, slug=asked.slug, replacing=asked.replace)
        case _ if asked.slug is not None:
            raise click.UsageError(
                f"--slug names the debate that a matrix, a map or forecasts make; {read.path} is none"
            )
        case Debate() as debate:
            return [_debate_taken_in(store, read, debate, replace=asked.replace)]
        case Library() as library:
            works = Contents(library, read.contents.notes, read.contents.unused)
            how = {"fill": asked.fill, "strict": asked.strict}
            return [references_taken_in(store, read.path, read.kind, works, asked.debate_slug, **how)]
        case ReadersIdeas() as ideas:
            return [_ideas_taken_in(store, read, ideas, asked.debate_slug)]


def warnings_about(debate: Debate) -> tuple[str, ...]:
    """Return what deserves a second look at once in a debate that came in: units that do not fit."""
    from hypotheses.estimates import unit_warnings  # noqa: PLC0415 - only files need it

    return tuple(map(str, unit_warnings(debate)))


def _debate_taken_in(store: DebateStore, read: _Read, debate: Debate, *, replace: bool) -> Outcome:
    from hypotheses.versions import changes_between, told  # noqa: PLC0415 - only a debate that is replaced needs it

    is_there = replace and debate.slug in {summary.slug for summary in store.debates(shelved=True)}
    before = store.load(debate.slug) if is_there else None
    after = store.add_debate(debate, replace=replace).debate
    return Outcome(
        read.path,
        read.kind,
        debate.slug,
        f"{debate.slug}: {counts(debate)}",
        read.contents.notes,
        read.contents.unused,
        changes=told(changes_between(before, after)) if before else (),
        warnings=warnings_about(debate),
    )


def _ideas_taken_in(store: DebateStore, read: _Read, content: ReadersIdeas, slug: str | None) -> Outcome:
    debate = store.load(slug)
    arrived = in_order(debate, content.arrivals)
    if arrived.is_vain:
        raise Refused("; ".join(f"{each.where}: {each.reason}" for each in arrived.rejected[:3]))
    taken = tuple(take_in(store, debate, arrived.fresh))
    told = f"{read.path} into {debate.slug}: {arrived.summary('')}"
    return Outcome(read.path, read.kind, debate.slug, told, read.contents.notes, rejected=arrived.rejected, ideas=taken)
