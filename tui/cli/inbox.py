"""The inbox as a whole: `inbox pull`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hypotheses.problems import Refused
from store.disk import write_whole
from store.paths import data_folder, make_private
from tui.cli.failures import say
from tui.cli.invocation import CliGroup, Invocation, pass_invocation

if TYPE_CHECKING:
    from store.intake.arriving import Rejected

ASIDE = "aside"
"""The folder in the data folder where messages are kept that cannot be taken in."""


@click.group("inbox", cls=CliGroup)
def inbox_command() -> None:
    """Take in what readers sent."""


@inbox_command.command("pull")
@click.argument("paths", metavar="FILE|FOLDER...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="List what would be taken in, and take in nothing.")
@pass_invocation
def pull(invocation: Invocation, paths: tuple[str, ...], dry_run: bool) -> None:
    """Take readers' ideas from files: YAML or JSON of ideas, mail (.eml, .mbox), or a folder of them.

    What is there already is left out. What cannot be taken in never stops the rest: its reason is told, and a message
    is kept aside.
    """
    from store.intake.arriving import Rejected, news  # noqa: PLC0415 - only this command needs it
    from store.intake.idea_files import arrivals  # noqa: PLC0415

    store, debate = invocation.open()
    arrived, rejected = [], []
    for one in arrivals(map(Path, paths)):
        if isinstance(one, Rejected):
            rejected.append(one)
        elif one.hypothesis and one.hypothesis not in debate.hypotheses:
            rejected.append(Rejected(repr(one.title), f"there is no hypothesis {one.hypothesis!r} that it is about"))
        else:
            arrived.append(one)
    fresh = list(news(arrived, debate.ideas.values()))
    for each in rejected:
        say(f"{each.where}: {each.reason}{'' if dry_run else _kept_aside(each)}")
    if fresh and not dry_run:
        before = max(debate.ideas, default=0)
        after = store.submit_ideas(debate.slug, fresh).debate
        for number in range(before + 1, max(after.ideas) + 1):
            idea = after.ideas[number]
            say(f"idea {number} is in the inbox: {idea.title}; its reference is {idea.reference}")
    elif dry_run:
        for one in fresh:
            say(f"would take in: {one.title}{f', from {one.sender}' if one.sender else ''}")
    known = len(arrived) - len(fresh)
    say(_summary("would be " if dry_run else "", len(fresh), known, rejected))
    if rejected and not fresh and not known:
        raise Refused("nothing could be taken in")


def _summary(would: str, fresh: int, known: int, rejected: Sequence[Rejected]) -> str:
    parts = [f"{fresh} {would}taken in"]
    if known:
        parts.append(f"{known} there already")
    if rejected:
        parts.append(f"{len(rejected)} not taken in")
    return ", ".join(parts)


def _kept_aside(rejected: Rejected) -> str:
    """Keep a message that has no file of its own, with the reason beside it; say where."""
    if not rejected.data:
        return ""
    name = hashlib.sha256(rejected.data).hexdigest()[:16]
    try:
        folder = make_private(data_folder() / ASIDE)
        write_whole(folder / f"{name}.eml", rejected.data, sparing=(), force=True)
        write_whole(folder / f"{name}.txt", f"{rejected.where}: {rejected.reason}\n", sparing=(), force=True)
    except (OSError, Refused) as failed:
        return f" (it could not be kept aside: {failed})"
    return f" (kept aside in {folder / name}.eml)"
