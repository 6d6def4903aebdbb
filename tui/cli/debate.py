"""Commands that change the debate itself: `debate edit|rename|archive|remove|restore`."""

from __future__ import annotations

from typing import Unpack, cast

import click

from hypotheses.debate import Debate
from hypotheses.edits import DebateFields
from store.expected import ANYTHING
from tui.cli.failures import say
from tui.cli.invocation import CliGroup, Invocation, field_option, pass_invocation


@click.group("debate", cls=CliGroup)
def debate_command() -> None:
    """Change the debate itself."""


@debate_command.command("edit")
@field_option(Debate, "title", help="The question in a line.")
@field_option(Debate, "question", help="All of it, in Markdown; - reads standard input.")
@field_option(Debate, "mode", help="Whether several explanations can be true, or at most one.")
@field_option(Debate, "correlation", metavar="R", help="Of evidence within a cluster, 0 to 1.")
@field_option(Debate, "author", metavar="NAME", help="Who asks.")
@field_option(Debate, "source", help="Where it was asked: a title or a link.")
@field_option(Debate, "note", help="Anything else worth keeping.")
@pass_invocation
def edit(invocation: Invocation, **fields: Unpack[DebateFields]) -> None:
    """Change the fields of the debate; those not given stay."""
    given = cast("DebateFields", {name: value for name, value in fields.items() if value is not None})
    if not given:
        raise click.UsageError("nothing to change; give at least one field, such as --title")
    store, debate = invocation.open()
    store.edit_debate(debate.slug, expected=debate, **given)
    say(f"changed {debate.slug}: {', '.join(given)}")


@debate_command.command("rename")
@click.argument("slug")
@pass_invocation
def rename(invocation: Invocation, slug: str) -> None:
    """Give the debate another slug."""
    store, debate = invocation.open()
    store.rename_debate(debate.slug, slug, expected=debate)
    say(f"{debate.slug} is called {slug} now")


@debate_command.command("archive")
@pass_invocation
def archive(invocation: Invocation) -> None:
    """Put the debate out of sight; nothing in it changes."""
    store, debate = invocation.open()
    store.shelve_debate(debate.slug, "archived", expected=debate)
    say(f"archived {debate.slug}; `abduce debate restore {debate.slug}` brings it back")


@debate_command.command("remove")
@pass_invocation
def remove(invocation: Invocation) -> None:
    """Remove the debate; it can be brought back for 30 days."""
    store, debate = invocation.open()
    change = store.shelve_debate(debate.slug, "removed", expected=debate)
    label = change.entry.label if change.entry else f"{debate.slug} is removed already"
    say(f"{label}; `abduce debate restore {debate.slug}` brings it back for 30 days")


@debate_command.command("restore")
@click.argument("slug")
@pass_invocation
def restore(invocation: Invocation, slug: str) -> None:
    """Bring back a debate that was archived or removed."""
    store = invocation.store()
    change = store.shelve_debate(slug, "", expected=ANYTHING)
    say(f"{slug} is back: {change.debate.title}" if change.entry else f"{slug} is in use already")
