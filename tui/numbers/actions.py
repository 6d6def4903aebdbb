"""What the keys open that change a quantity: which reading counts, and the size of which model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.debate import Debate, Quantity
from hypotheses.estimates import format_amount
from hypotheses.whatif import gap_by_value
from store.bundled_models import bundled_models
from tui.dialogs.picker import Choice, Picker
from tui.number_text import with_unit

if TYPE_CHECKING:
    from tui.host import Host


def choose_reading(app: Host, debate: Debate, quantity: Quantity) -> None:
    """Choose which reading of a quantity counts, whatever the convention."""

    def take(chosen: str | None) -> None:
        if chosen is not None:
            app.changes.ask(
                lambda store, seen: store.choose_reading(debate.slug, quantity.symbol, chosen, expected=seen), quantity
            )

    choices = [Choice(name, name, f"{reading.value}  {reading.source}") for name, reading in quantity.readings.items()]
    if choices:
        choices.append(Choice("", "as the convention says", debate.convention))
        app.push_screen(Picker(f"Readings of {quantity.label or quantity.symbol}", choices, quantity.chosen), take)


def choose_model(app: Host, debate: Debate, quantity: Quantity) -> None:
    """Choose a model from the table that comes with the program; its size becomes the value."""
    models = [model for model in bundled_models() if model.parameters is not None]
    sizes = {model.name: format_amount(model.parameters or 0) for model in models}
    gap = debate.headline
    gaps = gap_by_value(debate, quantity.symbol, gap.symbol, set(sizes.values())) if gap else {}

    def told(size: str) -> str:
        result = gaps.get(size)
        return f"{size:>6} → {with_unit(gap, result.median)}" if gap and result else f"{size:>6}"

    def take(chosen: str | None) -> None:
        if chosen is not None:
            app.changes.ask(
                lambda store, seen: store.set_value(debate.slug, quantity.symbol, sizes[chosen], expected=seen),
                quantity,
            )

    choices = [
        Choice(model.name, model.name, f"{model.modality}, {model.year}, {model.source}", told(sizes[model.name]))
        for model in models
    ]
    app.push_screen(Picker(f"{quantity.label or quantity.symbol}: the size of which model?", choices), take)
