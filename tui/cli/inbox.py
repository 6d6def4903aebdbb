"""The inbox as a whole: `inbox pull`, `inbox answer` and `inbox serve`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.problems import Refused
from store.settings import Settings
from tui.cli.answering import answer
from tui.cli.failures import say
from tui.cli.invocation import CliGroup, Invocation, pass_invocation
from tui.cli.look_up import settings_told
from tui.cli.serving import serve
from tui.cli.taking_in import in_order, take_in, tell_rejected, tell_taken

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.intake.pulling import Pulled

LABEL: Final = "abduce"


@click.group("inbox", cls=CliGroup)
def inbox_command() -> None:
    """Take in what readers sent, and answer where they sent it."""


@inbox_command.command("pull")
@click.argument("places", metavar="FILE|FOLDER|github:OWNER/NAME...", nargs=-1, required=True)
@click.option(
    "--label",
    help=f"The label of issues on GitHub that are ideas; if not given, that of the last time, or {LABEL}.",
)
@click.option("--afresh", is_flag=True, help="Read all issues again, not only what is new since last time.")
@click.option("--dry-run", is_flag=True, help="List what would be taken in, and take in nothing.")
@pass_invocation
def pull(invocation: Invocation, *, places: tuple[str, ...], label: str | None, afresh: bool, dry_run: bool) -> None:
    """Take readers' ideas from files and from GitHub.

    Files are YAML or JSON of ideas, mail (.eml, .mbox), or a folder of them. A repository's open issues with the label
    are ideas, also those of issue forms; ABDUCE_GITHUB_TOKEN has the token of a private one.

    What is there already is left out. What cannot be taken in never stops the rest: its reason is told, and a message
    is kept aside.
    """
    from store.intake.github import repository_of  # noqa: PLC0415 - only this command needs it
    from store.intake.idea_files import arrivals  # noqa: PLC0415
    from store.intake.pulling import state_of  # noqa: PLC0415

    store, debate = invocation.open()
    found = list(arrivals(Path(place) for place in places if repository_of(place) is None))
    pulled = _pulled(store, debate, [*filter(None, map(repository_of, places))], label, afresh=afresh)
    arrived = in_order(debate, [*found, *(one for each in pulled.values() for one in each.arrivals)])
    tell_rejected(arrived.rejected, dry_run=dry_run)
    taken = arrived.fresh
    if not dry_run:
        states: dict[str, Mapping[str, str]] = {place: state_of(each.so_far) for place, each in pulled.items()}
        if label is not None:
            states |= {place.partition(" ")[0]: {"label": label} for place in pulled}
        taken = _keep(store, debate, arrived.fresh, states)
    tell_taken(taken, dry_run=dry_run)
    problems = [each.problem for each in pulled.values() if each.problem]
    if arrived.is_something or not problems:
        say(arrived.summary("would be " if dry_run else ""))
    for problem in problems[1:]:
        say(str(problem))
    if problems:
        raise problems[0]
    if arrived.is_vain:
        raise Refused("nothing could be taken in")


def _keep(
    store: DebateStore, debate: Debate, fresh: Sequence[Idea], states: Mapping[str, Mapping[str, str]]
) -> tuple[Idea, ...]:
    """Take in what is news and note how far places were read, together: what is not on disk does not count as read."""
    moved = {place: state for place, state in states.items() if state != store.known_of(debate.slug, place)}
    if not (fresh or moved):
        return ()
    with store.together():
        for place, state in moved.items():
            store.note_of(debate.slug, place, state)
        return tuple(take_in(store, debate, fresh))


def _pulled(
    store: DebateStore, debate: Debate, repositories: Collection[str], wanted: str | None, *, afresh: bool
) -> dict[str, Pulled]:
    """Read repositories from where the last time ended; return what came of each by the name of the place.

    The label that is `wanted` is kept for each repository, for when none is said.
    """
    from store.errors import LookupProblem  # noqa: PLC0415
    from store.intake.github import asking  # noqa: PLC0415
    from store.intake.pulling import MOST_PAGES, Pulled, ReadSoFar, pull, read_so_far  # noqa: PLC0415

    pulled: dict[str, Pulled] = {}
    settings = settings_told() if repositories else Settings()
    for repository in repositories:
        label = _label_of(store, debate, repository) if wanted is None else wanted
        place = f"github:{repository.casefold()} {label}"
        begun = ReadSoFar() if afresh else read_so_far(store.known_of(debate.slug, place))
        try:
            pulled[place] = pull(asking(repository, settings), label, debate, begun)
        except LookupProblem as problem:
            pulled[place] = Pulled((), begun, problem)
        if pulled[place].is_cut:
            say(f"{repository} has more than {MOST_PAGES} pages of issues; pull again to go on with the next")
    return pulled


def _label_of(store: DebateStore, debate: Debate, repository: str) -> str:
    """Return the label that was said last for a repository; tell it, if it is not the usual one."""
    known = store.known_of(debate.slug, f"github:{repository.casefold()}").get("label", LABEL)
    if not isinstance(known, str) or known == LABEL:
        return LABEL
    say(f"{repository}: issues with the label {known!r}, as the last time" if known else f"{repository}: all issues")
    return known


inbox_command.add_command(answer)
inbox_command.add_command(serve)
