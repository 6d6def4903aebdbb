"""Commands that keep a database safe: `backup`, `restore`, `doctor`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from hypotheses.problems import AbduceError
from store.clock import utc_now
from store.keeping.finding import Finding
from store.paths import database_location
from tui.cli.failures import REFUSED, say
from tui.cli.invocation import CliCommand, Invocation, pass_invocation
from tui.cli.output import counted, write, write_json
from tui.cli.progress import progress
from tui.terminal import utf8

MARKS = {"fine": "ok   ", "note": "note ", "wrong": "WRONG"}


@click.command("backup", cls=CliCommand)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@pass_invocation
def backup_command(invocation: Invocation, file: Path | None, *, force: bool) -> None:
    """Copy the whole database into a file while others go on; verify it.

    Without FILE it lies beside the database, under a name with the time.
    """
    from store.keeping.backing_up import backed_up  # noqa: PLC0415 - 0.3 s that help pages do not wait for

    with progress("backing up"):
        target = backed_up(database_location(invocation.location), file, utc_now(), force=force)
    write(str(target))
    say(f"backed up and verified: {target.stat().st_size:,} bytes")


@click.command("restore", cls=CliCommand)
@click.argument("file", type=click.Path(path_type=Path))
@pass_invocation
def restore_command(invocation: Invocation, file: Path) -> None:
    """Put a backup in the place of the database, which is kept.

    It is checked first, and nobody else may have the database open.
    """
    from store.keeping.restoring import restored  # noqa: PLC0415 - 0.3 s that help pages do not wait for

    location = database_location(invocation.location)
    with progress("restoring"):
        old = restored(location, file, utc_now())
    say(f"restored {file}; {f'the old database is {old}' if old else 'there was no database before'}")


@click.command("doctor", cls=CliCommand)
@click.option("--repair", is_flag=True, help="Mend what can be mended; the database as it was is kept.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def doctor_command(invocation: Invocation, *, repair: bool, as_json: bool) -> None:
    """Look whether the database and what it runs on are in order.

    Nothing is changed without --repair, which takes what is damaged from the journal or a backup, and only what its
    checksum confirms. The exit code is 1 if something is wrong.
    """
    from store.keeping.examining import examined  # noqa: PLC0415 - 0.3 s that help pages do not wait for

    location = database_location(invocation.location)
    done: tuple[str, ...] = ()
    with progress("looking"):
        findings = [*examined(location), *_terminal()]
    if repair and any(finding.state == "wrong" for finding in findings):
        with progress("mending"):
            done = _repaired(location, findings)
            findings = [*examined(location), *_terminal()]
    _tell(findings, done, as_json=as_json)
    if any(finding.state == "wrong" for finding in findings):
        raise click.exceptions.Exit(REFUSED)


def _repaired(location: str, findings: list[Finding]) -> tuple[str, ...]:
    from store.keeping.examining import close_to_others  # noqa: PLC0415 - 0.3 s that help pages do not wait for
    from store.keeping.repairing import repair  # noqa: PLC0415 - as above

    done = close_to_others(location)
    if any(finding.state == "wrong" and finding.part in MENDED for finding in findings):
        try:
            repaired = repair(location, utc_now())
        except AbduceError as error:
            say(str(error))
        else:
            done += (*repaired.told, f"the database as it was is {repaired.old}")
    return done


MENDED = ("database", "content", "journal", "search")
"""The parts that a copy of the database can mend."""


def _tell(findings: list[Finding], done: tuple[str, ...], *, as_json: bool) -> None:
    wrong = sum(finding.state == "wrong" for finding in findings)
    if as_json:
        write_json({"wrong": wrong, "repaired": list(done), "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            write(f"{MARKS[finding.state]} {finding.part}: {finding.text}")
            if finding.advice and finding.state != "fine":
                write(f"      {finding.advice}")
    for sentence in () if as_json else done:
        say(sentence)
    say(f"{counted(wrong, 'thing')} wrong" if wrong else "nothing is wrong")


def _terminal() -> Iterator[Finding]:
    """Say how the app would find the terminal."""
    if reason := utf8.undrawable():
        yield Finding("terminal", "note", reason, "the app needs it; commands do not")
        return
    size = shutil.get_terminal_size()
    kind = os.environ.get("TERM", "none")
    text = f"{kind}, {size.columns}×{size.lines}"
    if size.columns < 80 or size.lines < 24:
        yield Finding("terminal", "note", text, "the app is made for 80×24 and more")
    else:
        yield Finding("terminal", "fine", text)
