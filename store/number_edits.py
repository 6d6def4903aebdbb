"""The part of the door for numbers: quantities, readings, conventions, gaps, effects and assumptions.

What has readings goes by its symbol, if it is a quantity, or by `SLUG.NAME`, if it is an assumption of a hypothesis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Unpack

from hypotheses import edits
from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.edits import GapFields, QuantityFields, ReadingFields
from hypotheses.reading import PLAIN_READING, Assumption, Reading
from store.conflicts import Expectation, Expected, expecting, expecting_all
from store.door import Door, how_removed, names_of
from store.entries import Change
from store.expected import ANYTHING, Anything


class NumberEdits(Door):
    """Changes of numbers, each one entry."""

    # Quantities

    def add_quantity(
        self, slug: str, quantity: Quantity, value: str, *, reading: Reading | None = None, name: str = ""
    ) -> Change:
        """Add a quantity that reads a value, or a formula after `=`; `reading` and `name` say where from."""
        return self._change(
            slug,
            lambda debate: edits.quantity_added(debate, quantity, value.strip(), reading, name),
            f"added the quantity {quantity.symbol!r}",
        )

    def edit_quantity(
        self, slug: str, symbol: str, *, expected: Quantity | Anything, **fields: Unpack[QuantityFields]
    ) -> Change:
        """Set fields of a quantity; a formula takes the place of its readings."""
        return self._change(
            slug,
            lambda debate: edits.quantity_edited(debate, symbol, fields),
            f"edited the {names_of(fields)} of {symbol!r}",
            expecting(("quantity", symbol), expected),
        )

    def rename_quantity(self, slug: str, symbol: str, new: str, *, expected: Quantity | Anything) -> Change:
        """Give a quantity another symbol, wherever it is named."""
        return self._rename(slug, ("quantity", symbol), new, edits.quantity_renamed, expected)

    def remove_quantity(
        self, slug: str, symbol: str, *, expected: Quantity | Anything, along: bool = False, instead: str = ""
    ) -> Change:
        """Remove a quantity; what hangs on it goes along, or has a number instead, or all is refused."""
        return self._change(
            slug,
            lambda debate: edits.quantity_removed(debate, symbol, along=along, instead=instead),
            f"removed the quantity {symbol!r}{how_removed(along=along, instead=instead)}",
            expecting(("quantity", symbol), expected),
        )

    def move_quantity(self, slug: str, symbol: str, place: int) -> Change:
        """Let a quantity stand at a place among the quantities; 1 is the first."""
        return self._change(
            slug,
            lambda debate: edits.quantity_moved(debate, symbol, place),
            f"moved the quantity {symbol!r} to place {place}",
        )

    def set_value(self, slug: str, symbol: str, value: str, why: str = "", *, expected: Quantity | Anything) -> Change:
        """Give a quantity a value of one's own, beside sourced readings, or a formula after `=`, in their place."""
        text = value.strip()
        return self._change(
            slug,
            lambda debate: edits.value_set(debate, symbol, text),
            f"set {symbol} to {text}",
            expecting(("quantity", symbol), expected),
            why=why.strip(),
        )

    # Readings

    def add_reading(self, slug: str, of: str, name: str, reading: Reading) -> Change:
        """Add a reading to a quantity or an assumption."""
        return self._change(
            slug,
            lambda debate: edits.reading_added(debate, of, name, reading),
            f"added the reading {name!r} of {of}",
        )

    def edit_reading(
        self,
        slug: str,
        of: str,
        name: str,
        *,
        expected: Quantity | Assumption | Anything,
        **fields: Unpack[ReadingFields],
    ) -> Change:
        """Set fields of a reading."""
        return self._change(
            slug,
            lambda debate: edits.reading_edited(debate, of, name, fields),
            f"edited the {names_of(fields)} of the reading {name!r} of {of}",
            _expecting_read(of, expected),
        )

    def choose_reading(self, slug: str, of: str, reading: str, *, expected: Quantity | Assumption | Anything) -> Change:
        """Make one reading count whatever the convention; an empty name gives it back."""
        return self._change(
            slug,
            lambda debate: edits.reading_chosen(debate, of, reading),
            f"chose the reading {reading!r} of {of}" if reading else f"left {of} to the convention",
            _expecting_read(of, expected),
        )

    def remove_reading(self, slug: str, of: str, name: str, *, expected: Quantity | Assumption | Anything) -> Change:
        """Remove a reading; never the only one."""
        return self._change(
            slug,
            lambda debate: edits.reading_removed(debate, of, name),
            f"removed the reading {name!r} of {of}",
            _expecting_read(of, expected),
        )

    # Conventions

    def add_convention(self, slug: str, name: str, readings: Mapping[str, Reading]) -> Change:
        """Give quantities and assumptions a reading each under a new convention."""
        return self._change(
            slug,
            lambda debate: edits.convention_added(debate, name, readings),
            f"added the convention {name!r}",
        )

    def rename_convention(self, slug: str, name: str, new: str, *, expected: Debate | Anything) -> Change:
        """Call a convention otherwise, wherever something is read so."""
        return self._change(
            slug,
            lambda debate: edits.convention_renamed(debate, name, new),
            f"renamed the convention {name!r} to {new!r}",
            _expecting_readings(expected),
        )

    def remove_convention(self, slug: str, name: str, *, expected: Debate | Anything, along: bool = False) -> Change:
        """Remove the readings of a convention; what has no other goes along, or all is refused."""
        return self._change(
            slug,
            lambda debate: edits.convention_removed(debate, name, along=along),
            f"removed the convention {name!r}{how_removed(along=along)}",
            _expecting_readings(expected),
        )

    # Gaps

    def add_gap(self, slug: str, gap: Gap) -> Change:
        """Add a gap."""
        return self._change(slug, lambda debate: edits.gap_added(debate, gap), f"added the gap {gap.symbol!r}")

    def edit_gap(self, slug: str, symbol: str, *, expected: Gap | Anything, **fields: Unpack[GapFields]) -> Change:
        """Set fields of a gap."""
        return self._change(
            slug,
            lambda debate: edits.gap_edited(debate, symbol, fields),
            f"edited the {names_of(fields)} of {symbol!r}",
            expecting(("gap", symbol), expected),
        )

    def rename_gap(self, slug: str, symbol: str, new: str, *, expected: Gap | Anything) -> Change:
        """Give a gap another symbol, wherever it is named."""
        return self._rename(slug, ("gap", symbol), new, edits.gap_renamed, expected)

    def remove_gap(
        self, slug: str, symbol: str, *, expected: Gap | Anything, along: bool = False, instead: str = ""
    ) -> Change:
        """Remove a gap; what hangs on it goes along, or has a number instead, or all is refused."""
        return self._change(
            slug,
            lambda debate: edits.gap_removed(debate, symbol, along=along, instead=instead),
            f"removed the gap {symbol!r}{how_removed(along=along, instead=instead)}",
            expecting(("gap", symbol), expected),
        )

    def move_gap(self, slug: str, symbol: str, place: int) -> Change:
        """Let a gap stand at a place among the gaps; 1 is the first."""
        return self._change(
            slug, lambda debate: edits.gap_moved(debate, symbol, place), f"moved the gap {symbol!r} to place {place}"
        )

    def set_headline(self, slug: str, symbol: str, *, expected: Gap | Anything) -> Change:
        """Make a gap the headline, and no other."""
        return self._change(
            slug,
            lambda debate: edits.headline_set(debate, symbol),
            f"made {symbol!r} the headline",
            expecting(("gap", symbol), expected),
        )

    # Effects

    def set_effect(
        self,
        slug: str,
        hypothesis: str,
        symbol: str,
        formula: str,
        *,
        expected: Hypothesis | Anything,
        assuming: Mapping[str, Reading] | None = None,
    ) -> Change:
        """Say what a hypothesis does to a quantity if it is true, with assumptions that the formula uses."""

        def edit(debate: Debate) -> Debate:
            for name, reading in (assuming or {}).items():
                debate = edits.assumption_set(debate, hypothesis, name, reading)
            return edits.effect_set(debate, hypothesis, symbol, formula)

        return self._change(
            slug,
            edit,
            f"set the effect of {hypothesis!r} on {symbol}",
            expecting(("hypothesis", hypothesis), expected),
        )

    def clear_effect(self, slug: str, hypothesis: str, symbol: str, *, expected: Hypothesis | Anything) -> Change:
        """Say that a hypothesis does nothing to a quantity."""
        return self._change(
            slug,
            lambda debate: edits.effect_cleared(debate, hypothesis, symbol),
            f"cleared the effect of {hypothesis!r} on {symbol}",
            expecting(("hypothesis", hypothesis), expected),
        )

    def set_assumption(
        self,
        slug: str,
        hypothesis: str,
        name: str,
        reading: Reading,
        *,
        expected: Hypothesis | Anything,
        of: str = PLAIN_READING,
    ) -> Change:
        """Give a hypothesis an assumption for its effects, or set one reading of an assumption that it has."""
        return self._change(
            slug,
            lambda debate: edits.assumption_set(debate, hypothesis, name, reading, of),
            f"set the assumption {name!r} of {hypothesis!r} to {reading.value}",
            expecting(("hypothesis", hypothesis), expected),
        )

    def clear_assumption(
        self,
        slug: str,
        hypothesis: str,
        name: str,
        *,
        expected: Hypothesis | Anything,
        along: bool = False,
        instead: str = "",
    ) -> Change:
        """Remove an assumption; the effects that use it go along, or have a number instead, or all is refused."""
        return self._change(
            slug,
            lambda debate: edits.assumption_cleared(debate, hypothesis, name, along=along, instead=instead),
            f"cleared the assumption {name!r} of {hypothesis!r}{how_removed(along=along, instead=instead)}",
            expecting(("hypothesis", hypothesis), expected),
        )


def _expecting_read(of: str, seen: Quantity | Assumption | Anything) -> Sequence[Expectation]:
    """Return the expectation that a quantity or an assumption is as it was seen."""
    if seen is ANYTHING:
        return ()
    slug, dot, name = of.rpartition(".")
    return (
        (Expectation(("hypothesis", slug), seen, assumption=name),) if dot else (Expectation(("quantity", of), seen),)
    )


def _expecting_readings(seen: Debate | Anything) -> Expected:
    """Return the expectation that everything that has readings is as it was seen."""
    if seen is ANYTHING:
        return ()
    return (*expecting_all("quantity", seen), *expecting_all("hypothesis", seen), Expectation(("debate",), seen))
