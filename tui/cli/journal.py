"""Commands on the journal: `history`, `undo`, `redo`."""

from __future__ import annotations

import click

from store.entries import Change
from store.expected import ANYTHING
from tui.cli.failures import say
from tui.cli.invocation import CliCommand, Invocation, find_hypothesis, pass_invocation
from tui.cli.output import TableColumn, write_json, write_table


@click.command("history", cls=CliCommand)
@click.option(
    "--limit", type=click.IntRange(1, 1_000_000), default=50, show_default=True, help="How many, the newest first."
)
@click.option("--hypothesis", help="Only what changed this explanation.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def history_command(invocation: Invocation, limit: int, hypothesis: str | None, as_json: bool) -> None:
    """List who changed what, and when."""
    store, debate = invocation.open()
    slug = find_hypothesis(debate, hypothesis).slug if hypothesis is not None else None
    entries = store.history(debate.slug, limit=limit, hypothesis=slug)
    if as_json:
        shapes = [
            {
                "id": e.id,
                "at": f"{e.at:%Y-%m-%dT%H:%M:%SZ}",
                "actor": e.actor,
                "kind": e.kind,
                "label": e.label,
                "why": e.why,
            }
            for e in entries
        ]
        write_json({"debate": debate.slug, "entries": shapes})
        return
    write_table(
        [TableColumn("Entry", right=True), TableColumn("At (UTC)"), TableColumn("Who"), TableColumn("What", fold=True)],
        [(str(e.id), f"{e.at:%Y-%m-%d %H:%M:%S}", e.actor, e.told) for e in entries],
    )


@click.command("undo", cls=CliCommand)
@click.option(
    "--to", "entry", type=click.IntRange(1), metavar="ENTRY", help="All of yours after this entry; see history."
)
@pass_invocation
def undo_command(invocation: Invocation, entry: int | None) -> None:
    """Take back your last change, or all of yours since an entry."""
    store, debate = invocation.open()
    _tell(
        store.undo(debate.slug, expected=ANYTHING)
        if entry is None
        else store.undo_to(debate.slug, entry, expected=ANYTHING)
    )


@click.command("redo", cls=CliCommand)
@pass_invocation
def redo_command(invocation: Invocation) -> None:
    """Make the change again that was undone last."""
    store, debate = invocation.open()
    _tell(store.redo(debate.slug, expected=ANYTHING))


def _tell(change: Change) -> None:
    if change.entry is not None:
        say(change.entry.label)
