"""The command `merge`: a debate file that two people have changed, by hand or for git."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.failures import REFUSED, say
from tui.cli.invocation import CliCommand


@click.command("merge", cls=CliCommand)
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.option("-o", "--output", "path", metavar="FILE", help="Write here, - for standard output; otherwise to OURS.")
@click.option("--force", is_flag=True, help="Replace the FILE of -o if it is there.")
@click.pass_context
def merge_command(
    context: click.Context, base: Path, ours: Path, theirs: Path, path: str | None, *, force: bool
) -> None:
    """Merge two versions of a debate file, key by key.

    The exit code is 0 if all fits together, and 1 if both have changed a part, and not to the same: then it stays as in
    OURS, and what it is in THEIRS stands in a note beside it, which `abduce check` finds.
    """
    from store.disk import write_whole  # noqa: PLC0415 - only files need it
    from store.file.merging import merge_files  # noqa: PLC0415

    both = merge_files(base, ours, theirs)
    if path == "-":
        click.echo(both.text, nl=False)
    else:
        target = Path(path) if path else ours
        write_whole(target, both.text, sparing=(), force=force or path is None)
    for conflict in both.conflicts:
        say(f"conflict: {conflict}")
    if both.conflicts:
        context.exit(REFUSED)
