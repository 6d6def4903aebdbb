"""Commands that rank: `rank`, `plausibility`, `hypothesis add|edit`."""

from __future__ import annotations

import re
from typing import Unpack, cast

import click

from hypotheses.debate import Debate, Hypothesis
from hypotheses.edits import HypothesisFields
from hypotheses.problems import Malformed, Refused
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
    new = _rank_meant(to, ranked(debate).index(target) + 1, len(debate.hypotheses))
    _tell(store.move(debate.slug, target.slug, new, expected=ANYTHING).debate, target.slug)


def _rank_meant(to: str, now: int, last: int) -> int:
    if to in ("up", "down"):
        new = now - 1 if to == "up" else now + 1
        if not 1 <= new <= last:
            raise Refused(f"it is {'first' if to == 'up' else 'last'} already")
        return new
    if not re.fullmatch("[0-9]{1,9}", to):
        raise Malformed(f"{to!r} is no place in the ranking; expected up, down or a rank such as 2")
    return int(to)


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
    """Add an explanation, or change one."""


_statement = field_option(Hypothesis, "statement")
_prior = field_option(Hypothesis, "prior", metavar="P")


@hypothesis_command.command("add")
@click.argument("title")
@click.option("--slug", help="Its short name; otherwise made from the title.")
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
@click.option("--title")
@field_option(Hypothesis, "status", help=None)
@_statement
@_prior
@field_option(Hypothesis, "prior_on", metavar="DATE")
@pass_invocation
def edit(invocation: Invocation, hypothesis: str, **fields: Unpack[HypothesisFields]) -> None:
    """Change an explanation's title, statement, status, its prior or the day of that."""
    given = cast("HypothesisFields", {name: value for name, value in fields.items() if value is not None})
    if not given:
        raise click.UsageError("nothing to change; give --title, --statement, --prior, --prior-on or --status")
    store, debate = invocation.open()
    target = find_hypothesis(debate, hypothesis)
    change = store.edit_hypothesis(debate.slug, target.slug, expected=target, **given)
    _tell(change.debate, target.slug)
