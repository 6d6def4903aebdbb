"""What the keys open that change a quantity: which reading counts, and the size of which model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.debate import Quantity
from hypotheses.estimates import format_amount, gap_by_value
from store.bundled import bundled_models
from tui.dialogs.picker import Choice, Picker
from tui.numbers import with_unit

if TYPE_CHECKING:
    from tui.app import AbduceApp


def choose_reading(app: AbduceApp, quantity: Quantity) -> None:
    """Choose which reading of a quantity counts, whatever the convention."""

    def take(chosen: str | None) -> None:
        if chosen is not None:
            app.change(lambda store, slug: store.choose_reading(slug, quantity.symbol, chosen))

    choices = [Choice(name, name, f"{known.value}  {known.source}") for name, known in quantity.readings.items()]
    if choices and app.trying.real is not None:
        choices.append(Choice("", "as the convention says", app.trying.real.convention))
        app.push_screen(Picker(f"Readings of {quantity.label or quantity.symbol}", choices, quantity.chosen), take)


def choose_model(app: AbduceApp, quantity: Quantity) -> None:
    """Choose a model from the table that comes with the program; its size becomes the value."""
    debate = app.trying.real
    if debate is None:
        return
    models = [model for model in bundled_models() if model.parameters is not None]
    sizes = {model.name: format_amount(model.parameters or 0) for model in models}
    gap = debate.headline
    gaps = gap_by_value(debate, quantity.symbol, gap.symbol, set(sizes.values())) if gap else {}

    def told(size: str) -> str:
        outcome = gaps.get(size)
        return f"{size:>6} → {with_unit(gap, outcome.median)}" if gap and outcome else f"{size:>6}"

    def take(chosen: str | None) -> None:
        if chosen is not None:
            app.change(lambda store, slug: store.set_value(slug, quantity.symbol, sizes[chosen]))

    choices = [
        Choice(model.name, model.name, f"{model.modality}, {model.year}, {model.source}", told(sizes[model.name]))
        for model in models
    ]
    app.push_screen(Picker(f"{quantity.label or quantity.symbol}: the size of which model?", choices), take)
