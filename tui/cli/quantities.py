"""Commands that change quantities: `quantity add|edit|remove|move`, `value`."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack, cast

import click

from hypotheses.debate import Quantity
from hypotheses.edits import QuantityFields
from hypotheses.reading import Reading
from store.expected import ANYTHING
from tui.cli.changing import (
    NEGATIVE,
    claim_given,
    claim_options,
    find_quantity,
    headline_told,
    instead_option,
    tell_edited,
    tell_moved,
    tell_removed,
    understood,
)
from tui.cli.failures import say
from tui.cli.invocation import (
    Callback,
    CliCommand,
    CliGroup,
    Invocation,
    field_option,
    pass_invocation,
    with_option,
)


@click.group("quantity", cls=CliGroup)
def quantity_command() -> None:
    """Add, change, order or remove quantities."""


def _form_options(command: Callback) -> Callback:
    """Add the options for what a quantity is called, so that adding and editing have the same."""
    for option in (
        claim_options,
        field_option(Quantity, "note", help="Anything else worth keeping."),
        field_option(Quantity, "group", help="Its role: those of one role stand together."),
        field_option(Quantity, "unit", help="What it is counted in, such as parameter or img/yr."),
        field_option(Quantity, "label", help="What it is, in words."),
    ):
        command = option(command)
    return command


@quantity_command.command("add", context_settings=NEGATIVE)
@click.argument("symbol")
@click.argument("value", metavar="VALUE|=FORMULA")
@_form_options
@field_option(Reading, "source", help="Where the value is from.")
@field_option(Reading, "url")
@click.option("--reading", "name", metavar="NAME", default="", help="The convention under which it is read so.")
@pass_invocation
def add(
    invocation: Invocation,
    *,
    symbol: str,
    value: str,
    source: str | None,
    url: str | None,
    name: str,
    claim_value: str | None,
    claim_source: str | None,
    claim_quote: str | None,
    **fields: Unpack[QuantityFields],
) -> None:
    """Add a quantity with a value, or a formula after =.

    VALUE is 890M, "30B to 300B" or 45%; a formula is "= people * owners".
    """
    given = cast("QuantityFields", {field: text for field, text in fields.items() if text is not None})
    given["claim"] = claim_given(None, claim_value, claim_source, claim_quote)
    quantity = replace(Quantity(symbol), **given)
    reading = Reading(value, source or "", url or "") if source or url else None
    store, debate = invocation.open()
    after = store.add_quantity(debate.slug, quantity, value, reading=reading, name=name).debate
    say(f"added {symbol}: {value}{understood(value)}{headline_told(after)}")


@quantity_command.command("edit")
@click.argument("symbol")
@_form_options
@click.option("--symbol", "new", metavar="NAME", help="What formulas call it, from now on.")
@field_option(Quantity, "formula", help="A formula over other quantities, in the place of its readings.")
@pass_invocation
def edit(
    invocation: Invocation,
    *,
    symbol: str,
    new: str | None,
    claim_value: str | None,
    claim_source: str | None,
    claim_quote: str | None,
    **fields: Unpack[QuantityFields],
) -> None:
    """Change the fields of a quantity; those not given stay."""
    given = cast("QuantityFields", {field: text for field, text in fields.items() if text is not None})
    store, debate = invocation.open()
    was = debate.quantities[find_quantity(debate, symbol)]
    if not (claim_value is claim_source is claim_quote is None):
        given["claim"] = claim_given(was.claim, claim_value, claim_source, claim_quote)
    tell_edited(
        store,
        symbol,
        given,
        lambda: store.edit_quantity(debate.slug, symbol, expected=was, **given),
        new=new,
        rename=lambda name: store.rename_quantity(debate.slug, symbol, name, expected=ANYTHING if given else was),
    )


@quantity_command.command("remove")
@click.argument("symbol")
@with_option
@instead_option
@pass_invocation
def remove(invocation: Invocation, symbol: str, along: bool, instead: str) -> None:
    """Remove a quantity. What others use is refused, and says what can be done."""
    store, debate = invocation.open()
    was = debate.quantities[find_quantity(debate, symbol)]
    after = store.remove_quantity(debate.slug, symbol, expected=was, along=along, instead=instead).debate
    tell_removed(debate, after, symbol)


@quantity_command.command("move")
@click.argument("symbol")
@click.argument("to", metavar="up|down|N")
@pass_invocation
def move(invocation: Invocation, symbol: str, to: str) -> None:
    """Let a quantity stand elsewhere in the list."""
    store, debate = invocation.open()
    symbol = find_quantity(debate, symbol)
    tell_moved(symbol, list(debate.quantities), to, lambda place: store.move_quantity(debate.slug, symbol, place))


@click.command("value", cls=CliCommand, context_settings=NEGATIVE)
@click.argument("quantity")
@click.argument("value", metavar="VALUE|=FORMULA")
@click.option("--why", default="", metavar="TEXT", help="The reason, which the journal keeps.")
@pass_invocation
def value_command(invocation: Invocation, quantity: str, value: str, why: str) -> None:
    """Change a quantity, e.g. to 890M or "30B to 300B".

    A reading of a source is kept beside the value that is typed over it; a formula after = takes the place of all.
    """
    store, debate = invocation.open()
    symbol = find_quantity(debate, quantity)
    after = store.set_value(debate.slug, symbol, value, why, expected=debate.quantities[symbol]).debate
    say(f"{symbol} is now {value}{understood(value)}{headline_told(after)}")
