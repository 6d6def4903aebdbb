"""The readings of a quantity: which one counts, and how one is added, edited and removed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Debate, Quantity
from hypotheses.edits import reading_added
from hypotheses.reading import Reading
from tui.dialogs.editor import Adding
from tui.dialogs.number_form import NumberForm
from tui.dialogs.picker import Choice, Picker
from tui.numbers.actions import refused_as_formula
from tui.numbers.editors import ReadingEditor
from tui.numbers.fields import read_reading, reading_fields
from tui.numbers.quantity_drawing import named

if TYPE_CHECKING:
    from tui.dialogs.form_field import Texts
    from tui.host import Host
    from tui.session import StoreCall

ADD, EDIT, REMOVE = "+", "e…", "D…"
"""Choices beside the readings; no reading can be called so."""
CONVENTION: Final = ""
"""The choice of whichever reading the convention says."""


def choose_reading(app: Host, debate: Debate, quantity: Quantity) -> None:
    """Choose which reading of a quantity counts, whatever the convention; or add, edit or remove one."""
    if refused_as_formula(app, quantity):
        return
    removable = len(quantity.readings) > 1  # never the only one
    choices = [
        *_readings(quantity),
        Choice(CONVENTION, "as the convention says", debate.convention),
        Choice(ADD, "add a reading …", "another source's value"),
        Choice(EDIT, "edit a reading …", "its value, its source, its note"),
        *([Choice(REMOVE, "remove a reading …")] if removable else []),
    ]

    def take(chosen: str | None) -> None:
        if chosen == ADD:
            add_reading(app, debate, quantity)
        elif chosen == EDIT:
            _choose(app, quantity, "Edit which reading?", partial(edit_reading, app, debate, quantity))
        elif chosen == REMOVE:
            _choose(app, quantity, "Remove which reading?", partial(remove_reading, app, debate, quantity))
        elif chosen is not None:
            app.changes.ask(
                lambda store, seen: store.choose_reading(debate.slug, quantity.symbol, chosen, expected=seen), quantity
            )

    app.push_screen(Picker(f"Readings of {named(quantity)}", choices, quantity.chosen), take)


def _readings(quantity: Quantity) -> list[Choice]:
    return [Choice(name, name, f"{reading.value}  {reading.source}") for name, reading in quantity.readings.items()]


def _choose(app: Host, quantity: Quantity, title: str, then: Callable[[str], None]) -> None:
    """Choose one of the readings; the only one needs no choice."""

    def take(chosen: str | None) -> None:
        if chosen is not None:
            then(chosen)

    if len(quantity.readings) == 1:
        then(next(iter(quantity.readings)))
    else:
        app.push_screen(Picker(title, _readings(quantity), quantity.chosen), take)


def add_reading(app: Host, debate: Debate, quantity: Quantity) -> None:
    """Fill in a form for a new reading."""
    slug, symbol = debate.slug, quantity.symbol

    def read(texts: Texts) -> tuple[str, Reading]:
        return texts["name"].strip(), Reading(**read_reading(texts))

    def make(texts: Texts) -> StoreCall:
        name, reading = read(texts)
        return lambda store, _: store.add_reading(slug, symbol, name, reading)

    def added(debate: Debate, texts: Texts) -> Debate:
        return reading_added(debate, symbol, *read(texts))

    editor = Adding(reading_fields(debate, quantity), make, added)
    draft = f"{slug}.reading-{symbol}"
    title = f"A new reading of {named(quantity)}"
    app.push_screen(NumberForm(title, editor, draft=draft))


def edit_reading(app: Host, debate: Debate, quantity: Quantity, name: str) -> None:
    """Edit a reading in a form."""
    editor = ReadingEditor(debate, quantity, name)
    draft = f"{debate.slug}.reading-{quantity.symbol}-{name}"
    title = f"{name}: {named(quantity)}"
    app.push_screen(NumberForm(title, editor, draft=draft))


def remove_reading(app: Host, debate: Debate, quantity: Quantity, name: str) -> None:
    """Remove a reading."""
    app.changes.ask(
        lambda store, seen: store.remove_reading(debate.slug, quantity.symbol, name, expected=seen), quantity
    )
