"""Commands on what sources say: `reading add|edit|choose|remove`, `convention list|add|rename|remove|choose`."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack, cast

import click

from hypotheses.debate import Debate
from hypotheses.edits import ReadingFields, read_of
from hypotheses.fields import field_of
from hypotheses.problems import Malformed, NotFound, Refused
from hypotheses.reading import Correlation, Reading
from store.expected import ANYTHING
from tui.cli.changing import (
    NEGATIVE,
    OF,
    also_gone,
    find_quantity,
    find_read,
    headline_told,
    named_pair,
    understood,
)
from tui.cli.failures import say
from tui.cli.invocation import Callback, CliGroup, Invocation, field_option, pass_invocation, with_option
from tui.cli.output import write


@click.group("reading", cls=CliGroup)
def reading_command() -> None:
    """What each source says of a quantity or an assumption."""


def _form_options(command: Callback) -> Callback:
    """Add the options for the fields of a reading, so that adding and editing have the same."""
    for option in (
        click.option(
            "--correlated",
            "together",
            metavar="QUANTITY=RANK",
            help="The quantity it goes together with, and how closely, -1 to 1; empty for none.",
        ),
        field_option(Reading, "note", help="Anything else worth keeping."),
        field_option(Reading, "url"),
        field_option(Reading, "source", help="Where it is from."),
    ):
        command = option(command)
    return command


def _given(debate: Debate, fields: ReadingFields, together: str | None) -> ReadingFields:
    """Return the fields that were given, the correlation among them."""
    given = cast("ReadingFields", {name: text for name, text in fields.items() if text is not None})
    if together:
        symbol, rank = named_pair("--correlated", together, "QUANTITY=RANK")
        given["correlated"] = Correlation(find_quantity(debate, symbol), _rank(rank))
    elif together == "":
        given["correlated"] = None
    return given


def _rank(text: str) -> float:
    try:
        return cast("float", field_of(Correlation, "rank").read(text))
    except Malformed as error:
        raise Malformed(f"--correlated: {error}") from error


@reading_command.command("add", context_settings=NEGATIVE)
@click.argument("of", metavar=OF)
@click.argument("name")
@click.argument("value")
@_form_options
@pass_invocation
def add(invocation: Invocation, *, of: str, name: str, together: str | None, **fields: Unpack[ReadingFields]) -> None:
    """Add what another source says. Which reading counts is left to the convention."""
    store, debate = invocation.open()
    target = find_read(debate, of)
    reading = replace(Reading(""), **_given(debate, fields, together))
    after = store.add_reading(debate.slug, target, name, reading).debate
    say(f"{target} is {reading.value} in {name}{understood(reading.value)}{headline_told(after)}")


@reading_command.command("edit")
@click.argument("of", metavar=OF)
@click.argument("name")
@field_option(Reading, "value", help="What it says.")
@_form_options
@pass_invocation
def edit(invocation: Invocation, *, of: str, name: str, together: str | None, **fields: Unpack[ReadingFields]) -> None:
    """Change the fields of a reading; those not given stay."""
    store, debate = invocation.open()
    given = _given(debate, fields, together)
    if not given:
        raise click.UsageError("nothing to change; give at least one field, such as --source")
    target = find_read(debate, of)
    after = store.edit_reading(debate.slug, target, name, expected=read_of(debate, target), **given).debate
    say(f"changed {target} in {name}: {', '.join(given)}{headline_told(after)}")


@reading_command.command("choose")
@click.argument("of", metavar=OF)
@click.argument("name", required=False)
@pass_invocation
def choose(invocation: Invocation, of: str, name: str | None) -> None:
    """Choose the reading that counts.

    Without NAME, the convention says which.
    """
    store, debate = invocation.open()
    target = find_read(debate, of)
    after = store.choose_reading(debate.slug, target, name or "", expected=ANYTHING).debate
    counts = read_of(after, target).reading_name(after.convention)
    say(f"{target} is read as in {counts or 'its formula'}{headline_told(after)}")


@reading_command.command("remove")
@click.argument("of", metavar=OF)
@click.argument("name")
@pass_invocation
def remove(invocation: Invocation, of: str, name: str) -> None:
    """Remove a reading; never the only one."""
    store, debate = invocation.open()
    target = find_read(debate, of)
    after = store.remove_reading(debate.slug, target, name, expected=read_of(debate, target)).debate
    say(f"removed the reading {name} of {target}{headline_told(after)}")


@click.group("convention", cls=CliGroup)
def convention_command() -> None:
    """Which readings count, for the whole debate."""


@convention_command.command("list")
@pass_invocation
def list_(invocation: Invocation) -> None:
    """List the conventions, the present one with a star."""
    debate = invocation.debate()
    for convention in debate.conventions:
        write(f"{'*' if convention == debate.convention else ' '} {convention}")


@convention_command.command("choose")
@click.argument("name")
@pass_invocation
def choose_convention(invocation: Invocation, name: str) -> None:
    """Choose which readings count."""
    store, debate = invocation.open()
    after = store.edit_debate(debate.slug, convention=_known(debate, name), expected=debate).debate
    say(f"quantities and assumptions are read as in {name}{headline_told(after)}")


@convention_command.command("add")
@click.argument("name")
@click.argument("readings", metavar=f"{OF}=VALUE...", nargs=-1, required=True)
@field_option(Reading, "source", help="Where the values are from.")
@field_option(Reading, "url")
@pass_invocation
def add_convention(
    invocation: Invocation, name: str, readings: tuple[str, ...], source: str | None, url: str | None
) -> None:
    """Add a convention: what it reads quantities and assumptions as."""
    store, debate = invocation.open()
    pairs = [named_pair("", text, f"{OF}=VALUE") for text in readings]
    read = {find_read(debate, of): Reading(value, source or "", url or "") for of, value in pairs}
    store.add_convention(debate.slug, name, read)
    say(f"added the convention {name}, which reads {', '.join(read)}")


@convention_command.command("rename")
@click.argument("name")
@click.argument("new")
@pass_invocation
def rename_convention(invocation: Invocation, name: str, new: str) -> None:
    """Call a convention otherwise, wherever something is read so."""
    store, debate = invocation.open()
    store.rename_convention(debate.slug, _known(debate, name), new, expected=debate)
    say(f"{name} is called {new} now")


@convention_command.command("remove")
@click.argument("name")
@with_option
@pass_invocation
def remove_convention(invocation: Invocation, name: str, along: bool) -> None:
    """Remove a convention with its readings. What has no other is refused, and named."""
    store, debate = invocation.open()
    after = store.remove_convention(debate.slug, _known(debate, name), expected=debate, along=along).debate
    say(f"removed the convention {name}{also_gone(debate, after, name)}{headline_told(after)}")


def _known(debate: Debate, name: str) -> str:
    if not debate.conventions:
        raise Refused("this debate has no conventions: none of its quantities has a reading of a source")
    if name not in debate.conventions:
        raise NotFound("convention", name, debate.conventions)
    return name
