"""Commands on what explanations do to the numbers: `effect set|clear`, `assume set|clear`."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack, cast

import click

from hypotheses.edits import ReadingFields
from hypotheses.problems import Refused
from hypotheses.reading import PLAIN_READING, Assumption, Reading
from tui.cli.changing import (
    NEGATIVE,
    also_gone,
    headline_told,
    instead_option,
    named_pair,
    understood,
)
from tui.cli.failures import say
from tui.cli.invocation import CliGroup, Invocation, field_option, find_hypothesis, pass_invocation, with_option


@click.group("effect", cls=CliGroup)
def effect_command() -> None:
    """What an explanation does to quantities if it is true."""


@effect_command.command("set", context_settings=NEGATIVE)
@click.argument("hypothesis")
@click.argument("quantity")
@click.argument("formula")
@click.option("--assume", "assumed", multiple=True, metavar="NAME=VALUE", help="An assumption that the formula uses.")
@pass_invocation
def set_effect(invocation: Invocation, hypothesis: str, quantity: str, formula: str, assumed: tuple[str, ...]) -> None:
    """Say what a quantity is if an explanation is true.

    In FORMULA the quantity's own name is its value before: "model * 10 ** extra_ooms".
    """
    pairs = [named_pair("--assume", text, "NAME=VALUE") for text in assumed]
    store, debate = invocation.open()
    target = find_hypothesis(debate, hypothesis)
    assuming = {name: Reading(value) for name, value in pairs}
    after = store.set_effect(debate.slug, target.slug, quantity, formula, expected=target, assuming=assuming).debate
    say(f"if {target.slug} is true, {quantity} = {formula}{headline_told(after)}")


@effect_command.command("clear")
@click.argument("hypothesis")
@click.argument("quantity")
@pass_invocation
def clear_effect(invocation: Invocation, hypothesis: str, quantity: str) -> None:
    """Say that an explanation does nothing to a quantity."""
    store, debate = invocation.open()
    target = find_hypothesis(debate, hypothesis)
    after = store.clear_effect(debate.slug, target.slug, quantity, expected=target).debate
    say(f"{target.slug} does nothing to {quantity}{headline_told(after)}")


@click.group("assume", cls=CliGroup)
def assume_command() -> None:
    """What the effects of an explanation assume."""


@assume_command.command("set", context_settings=NEGATIVE)
@click.argument("hypothesis")
@click.argument("name")
@click.argument("value")
@click.option("--reading", "reading", metavar="NAME", default="", help="The convention under which it is read so.")
@field_option(Reading, "source", help="Where it is from.")
@field_option(Reading, "url")
@field_option(Reading, "note", help="Anything else worth keeping.")
@pass_invocation
def set_assumption(
    invocation: Invocation, *, hypothesis: str, name: str, reading: str, **fields: Unpack[ReadingFields]
) -> None:
    """Give an explanation an uncertain number that its effects use, or change it.

    Of one with several readings, name the --reading that is meant.
    """
    store, debate = invocation.open()
    target = find_hypothesis(debate, hypothesis)
    before = target.assumes.get(name, Assumption({})).readings
    if len(before) > 1 and not reading:
        raise Refused(f"{name} has several readings, {', '.join(before)}; say with --reading which one is meant")
    of = reading or next(iter(before), PLAIN_READING)
    given = cast("ReadingFields", {field: text for field, text in fields.items() if text is not None})
    read = replace(before.get(of, Reading("")), **given)
    store.set_assumption(debate.slug, target.slug, name, read, expected=target, of=of)
    say(f"{target.slug} assumes {name} = {read.value}{understood(read.value)}")


@assume_command.command("clear")
@click.argument("hypothesis")
@click.argument("name")
@with_option
@instead_option
@pass_invocation
def clear_assumption(invocation: Invocation, *, hypothesis: str, name: str, along: bool, instead: str) -> None:
    """Remove an assumption. What an effect uses is refused, and says what can be done."""
    store, debate = invocation.open()
    target = find_hypothesis(debate, hypothesis)
    after = store.clear_assumption(debate.slug, target.slug, name, expected=target, along=along, instead=instead).debate
    say(f"{target.slug} no longer assumes {name}{also_gone(debate, after, name)}{headline_told(after)}")
