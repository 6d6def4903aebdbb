"""Commands on gaps: `gap add|edit|remove|move|headline`."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack, cast

import click

from hypotheses.debate import Gap
from hypotheses.edits import GapFields
from hypotheses.problems import found
from store.expected import ANYTHING
from tui.cli.changing import (
    claim_given,
    claim_options,
    headline_told,
    instead_option,
    tell_edited,
    tell_moved,
    tell_removed,
)
from tui.cli.failures import say
from tui.cli.invocation import Callback, CliGroup, Invocation, field_option, pass_invocation, with_option


@click.group("gap", cls=CliGroup)
def gap_command() -> None:
    """Add, change, order or remove gaps, and say which is the puzzle."""


def _form_options(command: Callback) -> Callback:
    """Add the options for the fields of a gap, so that adding and editing have the same."""
    for option in (
        claim_options,
        field_option(Gap, "note", help="Anything else worth keeping."),
        field_option(Gap, "tolerance", metavar="X", help="How near to zero it counts as closed, in its unit."),
        field_option(Gap, "unit", help="OOM for a ratio, shown as its base-10 logarithm; or another unit."),
        field_option(Gap, "label", help="What it is, in words."),
    ):
        command = option(command)
    return command


@gap_command.command("add")
@click.argument("symbol")
@click.argument("formula")
@_form_options
@click.option("--headline", is_flag=True, help="It is the headline: the gap that screens lead with.")
@pass_invocation
def add(
    invocation: Invocation,
    *,
    symbol: str,
    headline: bool,
    claim_value: str | None,
    claim_source: str | None,
    claim_quote: str | None,
    **fields: Unpack[GapFields],
) -> None:
    """Add a gap: a formula over quantities and other gaps, such as "pianos / known"."""
    given = cast("GapFields", {name: value for name, value in fields.items() if value is not None})
    given["claim"] = claim_given(None, claim_value, claim_source, claim_quote)
    gap = replace(Gap(symbol, "", headline=headline), **given)
    store, debate = invocation.open()
    after = store.add_gap(debate.slug, gap).debate
    say(f"added {symbol}{headline_told(after)}")


@gap_command.command("edit")
@click.argument("symbol")
@click.option("--symbol", "new", metavar="NAME", help="What formulas call it, from now on.")
@field_option(Gap, "formula", help="A formula over quantities and other gaps.")
@_form_options
@pass_invocation
def edit(
    invocation: Invocation,
    *,
    symbol: str,
    new: str | None,
    claim_value: str | None,
    claim_source: str | None,
    claim_quote: str | None,
    **fields: Unpack[GapFields],
) -> None:
    """Change the fields of a gap; those not given stay."""
    given = cast("GapFields", {name: value for name, value in fields.items() if value is not None})
    store, debate = invocation.open()
    was = found("gap", symbol, debate.gaps)
    if not (claim_value is claim_source is claim_quote is None):
        given["claim"] = claim_given(was.claim, claim_value, claim_source, claim_quote)
    tell_edited(
        store,
        symbol,
        given,
        lambda: store.edit_gap(debate.slug, symbol, expected=was, **given),
        new=new,
        rename=lambda name: store.rename_gap(debate.slug, symbol, name, expected=ANYTHING if given else was),
    )


@gap_command.command("remove")
@click.argument("symbol")
@with_option
@instead_option
@pass_invocation
def remove(invocation: Invocation, symbol: str, along: bool, instead: str) -> None:
    """Remove a gap. What others use is refused, and says what can be done."""
    store, debate = invocation.open()
    was = found("gap", symbol, debate.gaps)
    after = store.remove_gap(debate.slug, symbol, expected=was, along=along, instead=instead).debate
    tell_removed(debate, after, symbol)


@gap_command.command("move")
@click.argument("symbol")
@click.argument("to", metavar="up|down|N")
@pass_invocation
def move(invocation: Invocation, symbol: str, to: str) -> None:
    """Let a gap stand elsewhere in the list."""
    store, debate = invocation.open()
    found("gap", symbol, debate.gaps)
    tell_moved(symbol, list(debate.gaps), to, lambda place: store.move_gap(debate.slug, symbol, place))


@gap_command.command("headline")
@click.argument("symbol")
@pass_invocation
def headline(invocation: Invocation, symbol: str) -> None:
    """Make a gap the headline."""
    store, debate = invocation.open()
    after = store.set_headline(debate.slug, symbol, expected=found("gap", symbol, debate.gaps)).debate
    say(f"{symbol} is the headline{headline_told(after)}")
