"""Commands on evidence that hangs together: `cluster rename|join`."""

from __future__ import annotations

import click

from hypotheses.debate import Debate
from tui.cli.failures import say
from tui.cli.invocation import CliGroup, Invocation, pass_invocation


@click.group("cluster", cls=CliGroup)
def cluster_command() -> None:
    """Evidence that hangs together, under one name."""


@cluster_command.command("rename")
@click.argument("name")
@click.argument("new")
@pass_invocation
def rename_cluster(invocation: Invocation, name: str, new: str) -> None:
    """Call a cluster otherwise."""
    store, debate = invocation.open()
    after = store.rename_cluster(debate.slug, name, new, expected=debate).debate
    say(f"{name} is called {new} now: {_members(after, new)}")


@cluster_command.command("join")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.argument("into")
@pass_invocation
def join_clusters(invocation: Invocation, names: tuple[str, ...], into: str) -> None:
    """Put the evidence of clusters into another one, INTO."""
    store, debate = invocation.open()
    after = store.join_clusters(debate.slug, names, into, expected=debate).debate
    say(f"{into} has {_members(after, into)}")


def _members(debate: Debate, cluster: str) -> str:
    return ", ".join(item.key for item in debate.evidence.values() if item.cluster == cluster)
