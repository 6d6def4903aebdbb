"""Commands on explanations: `rank`, `plausibility`, `hypothesis add|edit|remove|merge`."""

from __future__ import annotations

from typing import Unpack, cast

import click

from hypotheses.debate import Debate, Hypothesis
from hypotheses.edits import HypothesisFields
from hypotheses.ranking import format_plausibility, parse_plausibility, ranked, word
from store.expected import ANYTHING
from tui.cli.failures import say
from tui.cli.invocation import (
    CliCommand,
    CliGroup,
    Invocation,
    field_option,
    find_hypothesis,
    pass_invocation,
    place_meant,
    with_option,
)


@click.command("rank", cls=CliCommand)
@click.argument("hypothesis")
@click.argument("to", metavar="up|down|N")
@pass_invocation
def rank_command(invocation: Invocation, hypothesis: str, to: str) -> None:
    """Move an explanation up or down the ranking.

    It exchanges plausibilities with those it passes.
    """
    store, debate = invocation.open()
    target = find_hypothesis(debate, hypothesis)
    new = place_meant(to, ranked(debate).index(target) + 1, len(debate.hypotheses))
    _tell(store.move(debate.slug, target.slug, new, expected=ANYTHING).debate, target.slug)


@click.command("plausibility", cls=CliCommand, context_settings={"ignore_unknown_options": True})
@click.argument("hypothesis")
@click.argument("plausibility", metavar="P")
@click.option("--why", default="", metavar="TEXT", help="The reason, which the journal keeps.")
@pass_invocation
def plausibility_command(invocation: Invocation, hypothesis: str, plausibility: str, why: str) -> None:
    """Say how likely an explanation is; the ranking follows.

    P is 60%, 0.6, 3:2 or 1 in 5.
    """
    value = parse_plausibility(plausibility)
    store, debate = invocation.open()
    target = find_hypothesis(debate, hypothesis)
    _tell(store.set_plausibility(debate.slug, target.slug, value, why, expected=ANYTHING).debate, target.slug)


def _tell(debate: Debate, slug: str) -> None:
    """Say where a hypothesis stands now."""
    order = ranked(debate)
    target = debate.hypotheses[slug]
    held = f"{format_plausibility(target.plausibility)}, {word(target.plausibility)}"
    say(f"{order.index(target) + 1} of {len(order)}: {target.title} ({held})")


@click.group("hypothesis", cls=CliGroup)
def hypothesis_command() -> None:
    """Add, change, merge or remove explanations."""


_statement = field_option(Hypothesis, "statement")
_prior = field_option(Hypothesis, "prior", metavar="P")


@hypothesis_command.command("add")
@click.argument("title")
@click.option("--slug", help="What commands call it; otherwise made from the title.")
@field_option(Hypothesis, "plausibility", metavar="P")
@_statement
@_prior
@pass_invocation
def add(
    invocation: Invocation,
    *,
    title: str,
    slug: str | None,
    plausibility: float | None,
    statement: str | None,
    prior: float | None,
) -> None:
    """Add a rival explanation. Without a plausibility it has a starting figure of 50%."""
    store, debate = invocation.open()
    after = store.add_hypothesis(
        debate.slug, title=title, statement=statement or "", plausibility=plausibility, prior=prior, slug_hint=slug
    ).debate
    *_, new = (slug for slug in after.hypotheses if slug not in debate.hypotheses)
    _tell(after, new)


@hypothesis_command.command("edit")
@click.argument("hypothesis")
@click.option("--slug", help="What commands call it, from now on.")
@click.option("--title")
@field_option(Hypothesis, "short", metavar="WORD")
@field_option(Hypothesis, "status", help=None)
@_statement
@_prior
@field_option(Hypothesis, "prior_on", metavar="DATE")
@field_option(Hypothesis, "source")
@field_option(Hypothesis, "note")
@field_option(
    Hypothesis, "rivals", metavar="HYPOTHESIS", help="What is never true with it, once for each; empty for none."
)
@pass_invocation
def edit(invocation: Invocation, hypothesis: str, slug: str | None, **fields: Unpack[HypothesisFields]) -> None:
    """Change the fields of an explanation; those not given stay."""
    given = cast("HypothesisFields", {name: value for name, value in fields.items() if value not in (None, ())})
    if not given and slug is None:
        raise click.UsageError("nothing to change; give at least one field, such as --title")
    store, debate = invocation.open()
    target = find_hypothesis(debate, hypothesis)
    name = slug or target.slug
    if "rivals" in given:
        given["rivals"] = tuple(find_hypothesis(debate, rival).slug for rival in given["rivals"] if rival)
    with store.together():
        if given:
            debate = store.edit_hypothesis(debate.slug, target.slug, expected=target, **given).debate
        if slug is not None:
            debate = store.rename_hypothesis(debate.slug, target.slug, slug, expected=ANYTHING).debate
    _tell(debate, name)


@hypothesis_command.command("remove")
@click.argument("hypothesis")
@with_option
@pass_invocation
def remove(invocation: Invocation, hypothesis: str, along: bool) -> None:
    """Remove an explanation. What hangs on it is named, and refused without --with."""
    store, debate = invocation.open()
    target = find_hypothesis(debate, hypothesis)
    store.remove_hypothesis(debate.slug, target.slug, expected=target, along=along)
    say(f"removed {target.slug}: {target.title}")


@hypothesis_command.command("merge")
@click.argument("hypothesis")
@click.argument("into")
@pass_invocation
def merge(invocation: Invocation, hypothesis: str, into: str) -> None:
    """Make an explanation part of another.

    INTO keeps what it has, and takes over what it lacks: ratings, effects, comments, ideas.
    """
    store, debate = invocation.open()
    gone, kept = find_hypothesis(debate, hypothesis), find_hypothesis(debate, into)
    change = store.merge_hypothesis(debate.slug, gone.slug, kept.slug, expected=gone)
    _tell(change.debate, kept.slug)
