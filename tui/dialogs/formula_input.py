"""Formulas as they are typed: which names they may go on with, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from hypotheses.debate import Debate
from hypotheses.edits.quantities import FORMULA_SIGN
from hypotheses.formulas import names, parse_formula
from hypotheses.problems import Malformed, NotFound
from tui.dialogs.completing import NOTHING, Begun
from tui.dialogs.offer_list import Offer
from tui.host import Host
from tui.widgets.value_text import in_columns

Current = Callable[[], Debate]
"""Returns the debate as it is now: what a formula names may come while it is typed."""
_LAST_NAME: Final = re.compile(r"(?<![\w.])[A-Za-z_]\w*$", re.ASCII)
"""The name at the end of a text."""


def current_of(app: Host, debate: Debate) -> Current:
    """Return what gives a debate as it is now, also while a form about it is open."""
    return lambda: app.real if app.real is not None and app.real.slug == debate.slug else debate


def name_begun(current: Current, text: str, *, of: str = "", sign: str = "", can_make: bool = True) -> Begun:
    """Say which quantities and gaps the name at the end of a text may become: first those that begin so.

    Args:
        current: Returns what there is.
        text: The text up to the cursor.
        of: The symbol that the formula is of, which cannot be read by itself.
        sign: What a formula begins with here; a text without it is none.
        can_make: Whether a name that is not there can be made.
    """
    last = _LAST_NAME.search(text) if text.lstrip().startswith(sign) else None
    if last is None:
        return NOTHING
    debate, word = current(), last[0].casefold()
    known = {name: name.casefold() for name in (*debate.quantities, *debate.gaps) if name != of}
    if last[0] in known:
        return NOTHING
    first = [name for name, folded in known.items() if folded.startswith(word)]
    later = [name for name, folded in known.items() if f"_{word}" in folded and name not in first]
    return Begun(last[0], [_offer(debate, name) for name in (*first, *later)], can_make)


def _offer(debate: Debate, symbol: str) -> Offer:
    """Offer a quantity with the median of the reading that counts; a formula has none that need not be worked out."""
    quantity = debate.quantities.get(symbol)
    reading = quantity.reading(debate.convention) if quantity is not None else None
    return Offer(symbol, in_columns(reading.value)[0] if reading else "", quantity.unit if quantity else "")


def check_formula(debate: Debate, written: str, of: str = "") -> None:
    """Require a formula over what there is.

    Args:
        debate: What there is.
        written: The formula.
        of: The symbol that it is to be the formula of.

    Raises:
        Malformed: it cannot be read, or names what is not there.
    """
    known = (*debate.quantities, *debate.gaps)
    for name in names(parse_formula(written)):
        if name == of:
            raise Malformed(f"{of} cannot be read by its own formula; expected other quantities")
        if name not in known:
            raise Malformed(str(NotFound("quantity", name, known)))


def unnamed(debate: Debate, formula: str, of: str = "") -> str:
    """Return the first name in a formula that is not there yet; empty if there is none, or it cannot be read."""
    try:
        used = names(parse_formula(formula))
    except Malformed:
        return ""
    return next((name for name in used if name != of and name not in {*debate.quantities, *debate.gaps}), "")


def check_offering(debate: Debate, formula: str, of: str = "") -> None:
    """Require a formula over what there is; of a name that is not there, say that it can be made.

    Raises:
        Malformed: it cannot be read, or names what is not there.
    """
    name = unnamed(debate, formula, of)
    try:
        check_formula(debate, formula, of)
    except Malformed as refused:
        if not name:
            raise
        begins = name_begun(lambda: debate, name, of=of).offers
        told = f"there is no quantity {name!r} yet" if begins else refused
        raise Malformed(f"{told} · ctrl+n makes it") from refused


def formula_in(text: str) -> str | None:
    """Return the formula where one was typed in the place of a value; None if it is a value."""
    stripped = text.strip()
    return stripped[1:].strip() if stripped.startswith(FORMULA_SIGN) else None
