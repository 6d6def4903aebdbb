"""A field in which the names of quantities are completed while a formula is typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from hypotheses.debate import Debate
from hypotheses.edits.quantities import FORMULA_SIGN
from hypotheses.formulas import names, parse_formula
from hypotheses.problems import Malformed, NotFound
from tui.dialogs.completing import CompletingInput
from tui.dialogs.form_field import FormField
from tui.dialogs.form_part import FieldLine
from tui.numbers.quantity_drawing import in_columns

MOST_BEGUN: Final = 4
"""Names that are told at most of those that begin alike."""
_LAST_NAME: Final = re.compile(r"(?<![\w.])[A-Za-z_]\w*$", re.ASCII)
"""The name at the end of a text."""


def completed(text: str, known: Collection[str]) -> str:
    """Return a formula with the name at its end completed to the first that begins so; empty if there is none."""
    last = _LAST_NAME.search(text)
    if last is None or last[0] in known:
        return ""
    whole = next((name for name in known if name.startswith(last[0])), "")
    return f"{text[: last.start()]}{whole}" if whole else ""


def check_formula(debate: Debate, written: str, of: str = "") -> None:
    """Require a formula over what there is.

    Args:
        debate: What there is.
        written: The formula.
        of: The symbol that it is to be the formula of.

    Raises:
        Malformed: it cannot be read, or names what is not there.
    """
    known = {*debate.quantities, *debate.gaps}
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
    try:
        check_formula(debate, formula, of)
    except Malformed as refused:
        name = unnamed(debate, formula, of)
        if not name:
            raise
        begun = [known for known in (*debate.quantities, *debate.gaps) if known.startswith(name) and known != of]
        told = _begun(debate, name, begun, is_last=bool(completed(formula, begun))) if begun else refused
        raise Malformed(f"{told} · ctrl+n makes it") from refused


def _begun(debate: Debate, name: str, begun: Sequence[str], *, is_last: bool) -> str:
    """Tell what begins as a name does that is not whole yet, each with its value; the last one can be completed."""
    shown = [" ".join(filter(None, (known, _value_of(debate, known)))) for known in begun[:MOST_BEGUN]]
    more = f" and {len(begun) - MOST_BEGUN} more" if len(begun) > MOST_BEGUN else ""
    takes = f"begin{'' if begun[1:] else 's'} so"
    if is_last:
        takes += f": tab takes {'the first' if begun[1:] else 'it'}"
    return f"there is no quantity {name!r} yet; {', '.join(shown)}{more} {takes}"


def _value_of(debate: Debate, symbol: str) -> str:
    """Write the median of the reading that counts, with its unit; nothing of a formula."""
    quantity = debate.quantities.get(symbol)
    reading = quantity.reading(debate.convention) if quantity is not None else None
    return f"{in_columns(reading.value)[0]} {quantity.unit}".strip() if quantity is not None and reading else ""


def formula_in(text: str) -> str | None:
    """Return the formula where one was typed in the place of a value; None if it is a value."""
    stripped = text.strip()
    return stripped[1:].strip() if stripped.startswith(FORMULA_SIGN) else None


class FormulaInput(CompletingInput):
    """Completes names; in a field of a value, after `=` only."""

    def __init__(
        self,
        text: str,
        known: Sequence[str],
        *,
        sign: str = FORMULA_SIGN,
        placeholder: str = "",
        id: str | None = None,
        select_on_focus: bool = True,
    ) -> None:
        """Complete these names, after a sign at the beginning of the text."""

        def complete(text: str) -> str:
            return completed(text, known) if text.lstrip().startswith(sign) else ""

        super().__init__(text, complete, placeholder=placeholder, id=id, select_on_focus=select_on_focus)


class FormulaLine(FieldLine):
    """The line of a formula, or of a value that may be one, in a form."""

    def __init__(self, field: FormField, known: Sequence[str], *, sign: str = FORMULA_SIGN) -> None:
        """Show a field that completes these names."""
        self._input = FormulaInput(field.value, known, sign=sign, placeholder=field.hint)
        super().__init__(field, self._input)

    def step(self, step: int) -> bool:
        """Take what is suggested rather than go on."""
        return step > 0 and self._input.take()
