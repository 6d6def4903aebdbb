"""What commands that change numbers share: options, how a thing is named, and what is told of the change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from hypotheses.debate import Claim, Debate
from hypotheses.edits import read_of
from hypotheses.estimates import estimate
from hypotheses.problems import NotFound, Refused
from hypotheses.reports.figures import with_unit
from hypotheses.reports.result_text import fell_back
from hypotheses.values import describe, parse_value, remarks
from store.entries import Change
from tui.cli.failures import say
from tui.cli.invocation import Callback, find_hypothesis, place_meant

if TYPE_CHECKING:
    from store.debate_store import DebateStore

OF: Final = "QUANTITY|SLUG.ASSUMPTION"
"""How a command names what has readings."""
NEGATIVE: Final = {"ignore_unknown_options": True}
"""Lets a value such as `-3` through, which click takes for an option."""

instead_option = click.option(
    "--instead", default="", metavar="VALUE", help="A number that takes its place in formulas, e.g. 890M."
)


def claim_options(command: Callback) -> Callback:
    """Add the options for what a source states a figure to be."""
    for option in (
        click.option("--claim-quote", metavar="TEXT", help="Its words."),
        click.option("--claim-source", metavar="TEXT", help="Which source that is."),
        click.option("--claim", "claim_value", metavar="VALUE", help="What a source states; empty: nothing."),
    ):
        command = option(command)
    return command


def claim_given(before: Claim | None, value: str | None, source: str | None, quote: str | None) -> Claim | None:
    """Return a claim with what was given of it.

    Raises:
        Refused: there is a source or a quote of no claim.
    """
    if value == "":
        return None
    if value is None and before is None:
        if source is not None or quote is not None:
            raise Refused("there is a source or a quote of a claim but no claim; give --claim as well")
        return None
    claim = before or Claim("")
    given = {"value": value, "source": source, "quote": quote}
    return replace(claim, **{name: text for name, text in given.items() if text is not None})


def named_pair(option: str, text: str, shape: str) -> tuple[str, str]:
    """Part `NAME=VALUE`.

    Raises:
        UsageError: there is no `=`.
    """
    name, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(f"{option} {text!r} has no =; expected {option} {shape}".replace("  ", " "))
    return name.strip(), value.strip()


def find_quantity(debate: Debate, symbol: str) -> str:
    """Return the symbol of a quantity.

    Raises:
        NotFound: there is none.
    """
    if symbol not in debate.quantities:
        raise NotFound("quantity", symbol, debate.quantities)
    return symbol


def find_read(debate: Debate, name: str) -> str:
    """Return the name of a quantity, or of an assumption whose hypothesis may be meant by a prefix or its rank.

    Raises:
        NotFound: there is none.
    """
    hypothesis, dot, assumed = name.rpartition(".")
    full = f"{find_hypothesis(debate, hypothesis).slug}.{assumed}" if dot else name
    read_of(debate, full)
    return full


def understood(text: str) -> str:
    """Say how a value was read, where it is not what it says anyway."""
    if text.lstrip().startswith("="):
        return ""
    said = "; ".join((describe(parse_value(text)), *remarks(text)))
    return "" if said == f"exactly {text}" else f" ({said})"


def headline_told(debate: Debate) -> str:
    """Say where the puzzle stands, and what its convention lacks for it, for the end of a sentence."""
    if debate.headline is None:
        return ""
    estimates = estimate(debate, only=[debate.headline.symbol])
    headline = estimates.gaps.get(debate.headline.symbol)
    if headline is None:
        return ""
    stands = f"; {headline.gap.label or headline.gap.symbol}: {with_unit(headline.gap, headline.now.median)}"
    instead = fell_back(debate.convention, estimates.fallen_back(debate.headline.symbol))
    return f"{stands}; {instead}" if instead else stands


def tell_edited(
    store: DebateStore,
    symbol: str,
    given: Collection[str],
    edit: Callable[[], Change],
    *,
    new: str | None,
    rename: Callable[[str], Change],
) -> None:
    """Change the fields that are given, then the name if there is a `new` one, both or neither, and say so.

    Raises:
        UsageError: there is nothing to change.
    """
    if not given and new is None:
        raise click.UsageError("nothing to change; give at least one field, such as --label")
    with store.together():
        if given:
            change = edit()
        if new is not None:
            change = rename(new)
    say(f"changed {symbol}: {', '.join(given) or f'it is called {new} now'}{headline_told(change.debate)}")


def tell_removed(before: Debate, after: Debate, symbol: str) -> None:
    """Say what went, what went with it, and where that leaves the puzzle."""
    say(f"removed {symbol}{also_gone(before, after, symbol)}{headline_told(after)}")


def tell_moved(symbol: str, order: Sequence[str], to: str, move: Callable[[int], object]) -> None:
    """Move one of an order `up`, `down` or to a place, and say where it stands."""
    place = place_meant(to, order.index(symbol) + 1, len(order))
    move(place)
    say(f"{symbol} is {place} of {len(order)}")


def also_gone(before: Debate, after: Debate, name: str) -> str:
    """Say what else went with something that was removed, for the end of a sentence."""
    gone = [*(before.quantities.keys() - after.quantities.keys()), *(before.gaps.keys() - after.gaps.keys())]
    gone += [
        f"the effect of {slug} on {on}"
        for slug, each in before.hypotheses.items()
        if slug in after.hypotheses
        for on in each.effects.keys() - after.hypotheses[slug].effects.keys()
    ]
    others = sorted(each for each in gone if each != name)
    return f" with {', '.join(others)}" if others else ""
