"""The fields of the forms of a quantity, a gap and a reading, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, cast

from hypotheses import rules
from hypotheses.debate import OOM, Claim, Debate, Gap, Quantity
from hypotheses.edits import GapFields, QuantityFields, ReadingFields, quantity_added
from hypotheses.estimates import read_claim
from hypotheses.fields import typed
from hypotheses.problems import Malformed
from hypotheses.reading import Reading
from tui.dialogs.form_field import FormField, Texts, form_field
from tui.dialogs.formula_input import Current, check_formula, check_offering, formula_in

NAMED: Final = ("label", "unit", "group", "note")
"""What is said of a quantity beside its symbol and its value."""

GAP: Final = ("label", "formula", "unit", "tolerance", "note")
"""What is said of a gap beside its symbol, and whether it is the headline."""
READING: Final = ("value", "source", "url", "note")
"""What is said of a reading beside its name."""
HEADLINE: Final = {"false": "no", "true": "yes"}
CLAIM: Final = {"claim": "value", "claim_source": "source", "claim_quote": "quote"}
"""Field of a form -> what it says of a claim."""


def quantity_fields(current: Current, quantity: Quantity | None = None) -> list[FormField]:
    """Return the fields of a quantity: of a new one its value and its source too, of another what it is called."""
    was = quantity or Quantity("")
    label, unit, group, note = (form_field(Quantity, name, getattr(was, name)) for name in NAMED)
    named = [label, symbol_field(current, was.symbol), unit, replace(group, suggestions=roles(current()))]
    if quantity is not None:
        return [*named, note, *claim_fields(was)]
    value = replace(
        form_field(Reading, "value"),
        hint="890M, 30B to 300B, 45%, or = and a formula",
        read=lambda text: read_value(current(), text, check=check_offering),
    )
    return [*named, value, form_field(Reading, "source"), form_field(Reading, "url"), note, *claim_fields(was)]


def symbol_field(current: Current, symbol: str) -> FormField:
    """Return the field of a symbol, which no other figure may have."""

    def read(text: str) -> str:
        named, debate = rules.symbol(text.strip()), current()
        if named != symbol and named in (*debate.quantities, *debate.gaps):
            raise Malformed(f"{named!r} is taken; expected another name")
        return named

    return replace(form_field(Quantity, "symbol", symbol), required=True, read=read)


def claim_fields(figure: Quantity | Gap) -> list[FormField]:
    """Return the fields of what a source states a figure to be."""

    def read(text: str) -> str:
        try:
            read_claim(text, figure.unit)
        except Malformed:
            read_claim(text, OOM)  # the unit may be typed in the same form
        return text

    value, *rest = (
        replace(form_field(Claim, of, getattr(figure.claim, of, None)), name=name, required=False)
        for name, of in CLAIM.items()
    )
    return [replace(value, read=read), *rest]


def claim_of(texts: Mapping[str, str]) -> Claim | None:
    """Return what a form says a source states; None if it says nothing of that.

    Raises:
        Malformed: there is a source or a quote of no claim.
    """
    value, source, quote = (texts[name].strip() for name in CLAIM)
    if not value and (source or quote):
        raise Malformed("there is a source or a quote of a claim but no claim; expected what is claimed as well")
    return Claim(value, source, quote) if value else None


def roles(debate: Debate) -> tuple[str, ...]:
    """Return the roles there are."""
    return tuple(dict.fromkeys(each.group for each in debate.quantities.values() if each.group))


def read_value(
    debate: Debate, text: str, of: str = "", *, check: Callable[[Debate, str, str], None] = check_formula
) -> str:
    """Return a value, or a formula after `=`, as it was typed.

    Args:
        debate: What a formula may name.
        text: What was typed.
        of: The symbol of the quantity that it is for.
        check: Requires a formula that can be read.

    Raises:
        Malformed: it cannot be read.
    """
    formula = formula_in(text)
    if formula is None:
        return rules.value(text.strip())
    check(debate, formula, of)
    return text.strip()


def read_quantity(texts: Texts) -> QuantityFields:
    """Return what a form says of a quantity; Malformed if a field cannot be read."""
    named = {name: typed(Quantity, name, texts[name]) for name in NAMED}
    return cast("QuantityFields", {**named, "claim": claim_of(texts)})


def new_quantity(texts: Mapping[str, str]) -> tuple[Quantity, str, Reading | None]:
    """Return a new quantity, its value or formula, and what else is known of the value."""
    value, source, url = (texts[name].strip() for name in ("value", "source", "url"))
    quantity = replace(Quantity(texts["symbol"].strip()), **read_quantity(texts))
    return quantity, value, Reading(value, source, url) if source or url else None


def with_quantity_of(debate: Debate, texts: Texts) -> Debate:
    """Return a debate with a new quantity in it; AbduceError if that cannot be."""
    quantity, value, reading = new_quantity(texts)
    return quantity_added(debate, quantity, value, reading)


def gap_fields(current: Current, gap: Gap | None = None) -> list[FormField]:
    """Return the fields of a gap, filled in when it is edited."""
    was = gap or Gap("", "", headline=current().headline is None)
    label, formula, unit, tolerance, note = (form_field(Gap, name, getattr(was, name)) for name in GAP)
    # The one that is the headline is that until another one is.
    words = {"true": "yes, until another is"} if gap is not None and gap.headline else HEADLINE
    headline = replace(form_field(Gap, "headline", was.headline), words=words, closed=True)

    def read(text: str) -> str:
        check_offering(current(), text, was.symbol)
        return text

    return [
        label,
        symbol_field(current, was.symbol),
        replace(formula, read=read),
        replace(unit, suggestions=(OOM,)),
        headline,
        tolerance,
        note,
        *claim_fields(was),
    ]


def read_gap(texts: Texts) -> GapFields:
    """Return what a form says of a gap; Malformed if a field cannot be read."""
    return cast("GapFields", {**{name: typed(Gap, name, texts[name]) for name in GAP}, "claim": claim_of(texts)})


def new_gap(texts: Texts) -> Gap:
    """Return a new gap; Malformed if a field cannot be read."""
    return replace(Gap(texts["symbol"].strip(), "", headline=texts["headline"] == "true"), **read_gap(texts))


def reading_fields(debate: Debate, quantity: Quantity, reading: Reading | None = None) -> list[FormField]:
    """Return the fields of a reading: of a new one its name too, for which conventions are suggested."""
    fields = [form_field(Reading, name, getattr(reading, name, None)) for name in READING]
    if reading is not None:
        return fields

    def read(text: str) -> str:
        if text.strip() in quantity.readings:
            raise Malformed(f"there is a reading {text.strip()!r} already; expected another name")
        return rules.name(text.strip())

    free = tuple(name for name in debate.conventions if name not in quantity.readings)
    hint = "the convention under which it is read so, or whose it is"
    return [FormField("name", "Name", "", hint, read=read, required=True, suggestions=free), *fields]


def read_reading(texts: Texts) -> ReadingFields:
    """Return what a form says of a reading; Malformed if a field cannot be read."""
    return cast("ReadingFields", {name: typed(Reading, name, texts[name]) for name in READING})
