"""How a filled-in form of a quantity, a gap or a reading becomes a change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from hypotheses.admission import admit
from hypotheses.debate import Debate, Gap, Quantity
from hypotheses.edits import GapFields, QuantityFields, ReadingFields, gap_edited, headline_set, reading_edited
from store.expected import ANYTHING
from tui.dialogs.form_field import FormField, Texts
from tui.dialogs.formula_input import Current
from tui.numbers.fields import (
    READING,
    gap_fields,
    quantity_fields,
    read_gap,
    read_quantity,
    read_reading,
    reading_fields,
)

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.entries import Change
    from tui.session import StoreCall


class QuantityEditor:
    """Edits what a quantity is called, in a form; its value is typed in its row."""

    moves_figures = False

    def __init__(self, current: Current, quantity: Quantity) -> None:
        self._current = current
        self._slug = current().slug
        self._now = quantity

    def fields(self) -> list[FormField]:
        """Return its label, its symbol, its unit, its role and its note."""
        return quantity_fields(self._current, self._now)

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set what says something else than was seen; another symbol goes into whatever names the quantity."""
        slug, symbol, new = self._slug, self._now.symbol, texts["symbol"].strip()
        stands = {one.name: one.value for one in self.fields()}
        was = replace(self._now, **_different(seen, stands))
        changed = _different(texts, seen)

        def edit(store: DebateStore, expected: Quantity) -> Change | None:
            with store.together():
                change = store.edit_quantity(slug, symbol, expected=expected, **changed) if changed else None
                if new != symbol:
                    seen_now = ANYTHING if changed else expected
                    change = store.rename_quantity(slug, symbol, new, expected=seen_now)
            return change

        return edit, was

    def would(self, debate: Debate, texts: Texts, seen: Texts) -> Debate:
        """Return the debate: what a quantity is called moves no figure."""
        return debate

    def moved_to(self, theirs: Quantity) -> Texts:
        """Go on with theirs."""
        self._now = theirs
        return {one.name: one.value for one in self.fields()}


class GapEditor:
    """Edits a gap in a form."""

    moves_figures = True

    def __init__(self, current: Current, gap: Gap) -> None:
        self._current = current
        self._slug = current().slug
        self._now = gap

    def fields(self) -> list[FormField]:
        """Return all that it is."""
        return gap_fields(self._current, self._now)

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set what says something else than was seen; another symbol goes into whatever names the gap."""
        slug, symbol, new = self._slug, self._now.symbol, texts["symbol"].strip()
        stands = {one.name: one.value for one in self.fields()}
        was = replace(self._now, **_gap_different(seen, stands))
        changed, first = _gap_different(texts, seen), _made_headline(texts, seen)

        def edit(store: DebateStore, expected: Gap) -> Change | None:
            change = None
            with store.together():
                if changed:
                    change = store.edit_gap(slug, symbol, expected=expected, **changed)
                if first:
                    change = store.set_headline(slug, symbol, expected=expected if change is None else ANYTHING)
                if new != symbol:
                    change = store.rename_gap(slug, symbol, new, expected=expected if change is None else ANYTHING)
            return change

        return edit, was

    def would(self, debate: Debate, texts: Texts, seen: Texts) -> Debate:
        """Return a debate with the change in it, but for another symbol, which moves no figure."""
        after = gap_edited(debate, self._now.symbol, _gap_different(texts, seen))
        after = headline_set(after, self._now.symbol) if _made_headline(texts, seen) else after
        admit(debate, after)
        return after

    def moved_to(self, theirs: Gap) -> Texts:
        """Go on with theirs."""
        self._now = theirs
        return {one.name: one.value for one in self.fields()}


class ReadingEditor:
    """Edits one reading of a quantity in a form."""

    moves_figures = True

    def __init__(self, debate: Debate, quantity: Quantity, name: str) -> None:
        self._debate = debate
        self._now = quantity
        self._name = name

    def fields(self) -> list[FormField]:
        """Return its value, and where that is from."""
        return reading_fields(self._debate, self._now, self._now.readings[self._name])

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set what says something else than was seen."""
        slug, symbol, name = self._debate.slug, self._now.symbol, self._name
        stands = {one.name: one.value for one in self.fields()}
        readings = {**self._now.readings, name: replace(self._now.readings[name], **_reading_different(seen, stands))}
        changed = _reading_different(texts, seen)
        return (
            lambda store, expected: store.edit_reading(slug, symbol, name, expected=expected, **changed),
            replace(self._now, readings=readings),
        )

    def would(self, debate: Debate, texts: Texts, seen: Texts) -> Debate:
        """Return a debate with the change in it."""
        return reading_edited(debate, self._now.symbol, self._name, _reading_different(texts, seen))

    def moved_to(self, theirs: Quantity) -> Texts:
        """Go on with theirs; if they have removed the reading, with what stood there."""
        if self._name in theirs.readings:
            self._now = theirs
        return {one.name: one.value for one in self.fields()}


def _reading_different(one: Texts, other: Texts) -> ReadingFields:
    """Return what one reading of the form of a reading says else than another."""
    now, was = read_reading(one), read_reading(other)
    return cast("ReadingFields", {name: now[name] for name in READING if now[name] != was[name]})


def _made_headline(texts: Texts, seen: Texts) -> bool:
    return texts["headline"] == "true" != seen["headline"]


def _gap_different(one: Texts, other: Texts) -> GapFields:
    """Return what one reading of the form of a gap says else than another."""
    now, was = read_gap(one), read_gap(other)
    return cast("GapFields", {name: value for name, value in now.items() if value != was.get(name)})


def _different(one: Texts, other: Texts) -> QuantityFields:
    """Return what one reading of the form says else than another."""
    now, was = read_quantity(one), read_quantity(other)
    return cast("QuantityFields", {name: value for name, value in now.items() if value != was.get(name)})
