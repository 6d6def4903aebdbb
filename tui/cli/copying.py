"""The command `copy`: everything into another database."""

from __future__ import annotations

import click

from tui.cli.invocation import CliCommand, Invocation, pass_invocation, without_password
from tui.cli.output import write, write_json
from tui.cli.progress import progress


@click.command("copy", cls=CliCommand)
@click.option(
    "--to",
    "location",
    metavar="PATH|URL",
    required=True,
    callback=without_password,
    help="Where: a file, or postgresql://person@host/database, with nothing in it yet.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def copy_command(invocation: Invocation, location: str, as_json: bool) -> None:
    """Copy all debates, with their journals, into another database.

    A file to a PostgreSQL server, or back. Others may go on meanwhile: what is copied is the state of one moment. Every
    row is compared when it is there.
    """
    store = invocation.store()
    with progress("copying"):
        rows = store.copy_to(location)
    if as_json:
        write_json({"rows": dict(rows)})
    else:
        debates, entries = (
            f"{rows[name]:,} {what}" for name, what in (("debate", "debates"), ("journal_entry", "entries"))
        )
        write(f"{debates} with {entries} of the journal: {sum(rows.values()):,} rows, each the same as here")
