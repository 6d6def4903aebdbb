"""What is removed: nothing that others hang on, unless they go along or have something else in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypotheses.debate import Debate, Hypothesis
from hypotheses.edits.uses import (
    formulas_reading,
    goes_with,
    mentions,
    others_naming,
    reads,
    with_formulas,
    with_readings_of,
)
from hypotheses.edits.whole import with_convention
from hypotheses.formulas import substituted
from hypotheses.problems import Malformed, Refused, found
from hypotheses.reading import Reading
from hypotheses.values import parse_number

MOST_NAMED = 8
"""How many of those that hang on something a sentence names."""


class InUse(Refused):
    """Others hang on what is to be removed; nothing was changed."""

    def __init__(self, what: str, users: Iterable[str], *, replaceable: bool = False) -> None:
        self.users = tuple(users)
        """What hangs on it, each in words."""
        self.replaceable = replaceable
        """Whether a value can take its place."""
        more = len(self.users) - MOST_NAMED
        named = [*self.users[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])]
        told = " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
        instead = ", or put a value in its place (--instead)" if replaceable else ""
        super().__init__(f"removing {what} would take along {told}; say so (--with){instead}")


def quantity_removed(debate: Debate, symbol: str, *, along: bool = False, instead: str = "") -> Debate:
    """Remove a quantity.

    Args:
        debate: Where it is.
        symbol: The quantity.
        along: What hangs on it goes with it: formulas that read it, effects on it, correlations with it.
        instead: A number that takes its place in formulas.

    Raises:
        NotFound: there is no such quantity.
        InUse: something hangs on it.
        Malformed: what takes its place is no number.
    """
    found("quantity", symbol, debate.quantities)
    return _number_removed(debate, "quantity", symbol, along=along, instead=instead)


def gap_removed(debate: Debate, symbol: str, *, along: bool = False, instead: str = "") -> Debate:
    """Remove a gap, as `quantity_removed` does a quantity."""
    found("gap", symbol, debate.gaps)
    return _number_removed(debate, "gap", symbol, along=along, instead=instead)


def _number_removed(debate: Debate, kind: str, symbol: str, *, along: bool, instead: str) -> Debate:
    if instead:
        debate = _replaced(debate, symbol, instead)
    reading = formulas_reading(debate, symbol)
    users = [*reading, *others_naming(debate, symbol)]
    if users and not along:
        raise InUse(f"the {kind} {symbol!r}", users, replaceable=bool(reading))
    gone = {symbol}
    formulas = {name: each.formula for name, each in debate.quantities.items()}
    formulas |= {name: each.formula for name, each in debate.gaps.items()}
    while more := {
        name for name, formula in formulas.items() if name not in gone and any(mentions(formula, one) for one in gone)
    }:
        gone |= more
    kept = replace(
        debate,
        quantities={name: each for name, each in debate.quantities.items() if name not in gone},
        gaps={name: each for name, each in debate.gaps.items() if name not in gone},
        hypotheses={name: _without_effects(each, gone) for name, each in debate.hypotheses.items()},
    )
    free = replace(kept, quantities=with_readings_of(kept, lambda each: _without_correlation(each, gone)))
    return with_convention(debate, free)


def _replaced(debate: Debate, symbol: str, number: str) -> Debate:
    """Write a number in the place of a quantity or a gap in formulas; effects on it keep its name."""
    text = _written(number)
    replaced = with_formulas(debate, symbol, lambda formula: substituted(formula, symbol, text))
    own = {slug: each.effects.get(symbol) for slug, each in debate.hypotheses.items()}
    hypotheses = {
        slug: replace(each, effects={**each.effects, symbol: was}) if (was := own[slug]) is not None else each
        for slug, each in replaced.hypotheses.items()
    }
    return replace(replaced, hypotheses=hypotheses)


def _written(number: str) -> str:
    """Write a number as typed, such as `890M`, as it can stand in a formula."""
    try:
        value = parse_number(number)
    except Malformed as error:
        raise Malformed(f"{error}; only a number can stand in a formula") from error
    short = f"{value:.15g}"
    text = short if float(short) == value else repr(value)
    return f"({text})" if value < 0 else text


def _without_effects(hypothesis: Hypothesis, gone: set[str]) -> Hypothesis:
    effects = {
        on: formula
        for on, formula in hypothesis.effects.items()
        if on not in gone and not any(reads(hypothesis, formula, symbol) for symbol in gone)
    }
    return hypothesis if len(effects) == len(hypothesis.effects) else replace(hypothesis, effects=effects)


def _without_correlation(reading: Reading, gone: set[str]) -> Reading:
    return replace(reading, correlated=None) if any(goes_with(reading, symbol) for symbol in gone) else reading


def assumption_cleared(debate: Debate, slug: str, name: str, *, along: bool = False, instead: str = "") -> Debate:
    """Remove an assumption of a hypothesis.

    Args:
        debate: Where it is.
        slug: The hypothesis.
        name: The assumption.
        along: The effects that use it go with it.
        instead: A number that takes its place in them.

    Raises:
        NotFound: there is no such hypothesis or assumption.
        InUse: an effect uses it.
        Malformed: what takes its place is no number.
    """
    hypothesis = found("hypothesis", slug, debate.hypotheses)
    found("assumption", name, hypothesis.assumes)
    effects = dict(hypothesis.effects)
    using = [on for on, formula in effects.items() if mentions(formula, name)]
    if using and instead:
        text = _written(instead)
        effects |= {on: substituted(effects[on], name, text) for on in using}
    elif using and not along:
        raise InUse(f"the assumption {name!r}", [f"the effect on {on!r}" for on in using], replaceable=True)
    elif using:
        effects = {on: formula for on, formula in effects.items() if on not in using}
    assumes = {each: assumed for each, assumed in hypothesis.assumes.items() if each != name}
    changed = replace(hypothesis, effects=effects, assumes=assumes)
    return with_convention(debate, replace(debate, hypotheses={**debate.hypotheses, slug: changed}))
