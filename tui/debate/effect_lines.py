"""What an explanation does to the numbers, as lines that are typed: `quantity = formula`, `name = value`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from hypotheses import rules
from hypotheses.debate import Debate, Quantity
from hypotheses.problems import Malformed, NotFound
from hypotheses.reading import PLAIN_READING, Assumption, Reading
from tui.dialogs.formula_input import check_offering, unnamed
from tui.dialogs.named_lines import read_lines

EFFECT: Final = "quantity = formula, one a line"
ASSUMPTION: Final = "name = 1 to 2, one a line; name.post = 1 to 2 for what one convention reads"


def effects_text(effects: Mapping[str, str]) -> str:
    """Write effects, a line each."""
    return "\n".join(f"{symbol} = {_on_a_line(formula)}" for symbol, formula in effects.items())


def read_effects(text: str, was: Mapping[str, str]) -> dict[str, str]:
    """Read effects; a formula that says what it `was` stays as it was written.

    Raises:
        Malformed: a line cannot be read; says which, and what is wrong with it.
    """

    def effect(name: str, formula: str) -> str:
        before = was.get(name, "")
        return before if formula == _on_a_line(before) else rules.required_formula(formula)

    return dict(read_lines(text, EFFECT, effect))


def check_effects(debate: Debate, text: str, assumed: Collection[str] = ()) -> None:
    """Require effects of formulas on quantities, all of which are there; of what is not, say that it can be made.

    Args:
        debate: What there is.
        text: The effects.
        assumed: What the explanation assumes, which its formulas may name as well.

    Raises:
        Malformed: a line cannot be read, or names what is not there.
    """
    known = with_assumed(debate, assumed)

    def check(name: str, formula: str) -> None:
        if name not in debate.quantities:
            raise Malformed(f"{NotFound('quantity', name, debate.quantities)} · ctrl+n makes it")
        check_offering(known, formula)

    for _ in read_lines(text, EFFECT, check):
        pass


def unnamed_in(debate: Debate, text: str, assumed: Collection[str]) -> str:
    """Return the first quantity that effects name and that is not there yet; empty if there is none."""
    known = with_assumed(debate, assumed)
    for line in text.splitlines():
        name, _, formula = (part.strip() for part in line.partition("="))
        if name.isidentifier() and name not in debate.quantities:
            return name
        if missing := unnamed(known, formula):
            return missing
    return ""


def with_assumed(debate: Debate, assumed: Collection[str]) -> Debate:
    """Return a debate in which what an explanation assumes is there, as far as formulas name it."""
    new = {name: Quantity(name) for name in assumed if name not in debate.quantities}
    return replace(debate, quantities={**debate.quantities, **new}) if new else debate


def assumed_in(text: str) -> tuple[str, ...]:
    """Return the names that assumptions give values to, also while they are being typed."""
    names = (line.partition("=")[0].partition(".")[0].strip() for line in text.splitlines() if "=" in line)
    return tuple(dict.fromkeys(name for name in names if name.isidentifier()))


def assumptions_text(assumes: Mapping[str, Assumption]) -> str:
    """Write assumptions, a line for each of their readings."""
    return "\n".join(
        f"{name if reading == PLAIN_READING else f'{name}.{reading}'} = {_on_a_line(one.value)}"
        for name, assumed in assumes.items()
        for reading, one in assumed.readings.items()
    )


def read_assumptions(text: str, was: Mapping[str, Assumption]) -> dict[str, Assumption]:
    """Read assumptions; a reading keeps what else there `was` to say of it.

    Raises:
        Malformed: a line cannot be read; says which, and what is wrong with it.
    """

    def read(label: str, value: str) -> Reading:
        name, _, reading = label.partition(".")
        before = was.get(rules.symbol(name), Assumption({})).readings.get(reading or PLAIN_READING)
        if before is not None and value == _on_a_line(before.value):
            return before
        return replace(before or Reading(""), value=rules.value(value))

    assumes: dict[str, Assumption] = {}
    for label, one in read_lines(text, ASSUMPTION, read):
        name, _, reading = label.partition(".")
        before = assumes.get(name, Assumption({}))
        assumes[name] = Assumption({**before.readings, reading or PLAIN_READING: one})
    return {name: _chosen_as(assumed, was.get(name)) for name, assumed in assumes.items()}


def _chosen_as(assumed: Assumption, was: Assumption | None) -> Assumption:
    """Let the reading count that counted, as long as there is one of its name."""
    chosen = was.chosen if was is not None and was.chosen in assumed.readings else ""
    return replace(assumed, chosen=chosen)


def _on_a_line(written: str) -> str:
    return " ".join(written.split())
