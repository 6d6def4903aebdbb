"""What the keys open that give a quantity another value: one that is typed, and the size of which model."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hypotheses.debate import Debate, Quantity
from hypotheses.edits.quantities import FORMULA_SIGN
from hypotheses.values import format_amount
from hypotheses.whatif import gap_by_value
from store.bundled_models import bundled_models
from tui.dialogs.formula_input import formula_in
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.prompt import Prompt
from tui.dialogs.row_prompt import UNDER, has_room
from tui.number_text import with_unit
from tui.numbers.fields import read_value
from tui.numbers.quantity_drawing import named
from tui.numbers.value_prompt import NOTATIONS, ValuePrompt, stands, takes_away, understood

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypotheses.debate import Gap
    from tui.host import Host
    from tui.numbers.quantities import QuantityList
    from tui.session import StoreCall


def type_value(
    app: Host,
    debate: Debate,
    quantity: Quantity,
    *,
    rows: QuantityList,
    gap: Gap | None,
    tried: Callable[[Debate | None], None],
) -> ValuePrompt | None:
    """Type a value, in the row of the quantity where the terminal has room; return what it is typed in then."""
    if has_room(app.size):
        rows.open_room(UNDER)
        prompt = ValuePrompt(rows, debate, quantity, gap, tried)
        app.push_screen(prompt)
        return prompt

    def edit(text: str) -> StoreCall:
        return lambda store, seen: store.set_value(debate.slug, quantity.symbol, text, expected=seen)

    def read(text: str) -> str:
        read_value(debate, text, quantity.symbol)
        return understood(text)[0] if formula_in(text) is None else "a formula"

    about = f"{named(quantity)}\n{NOTATIONS}"
    doubt = partial(takes_away, quantity)
    value = stands(debate, quantity)
    app.push_screen(Prompt("Value", about, value, read=read, edit=edit, seen=quantity, doubt=doubt))
    return None


def refused_as_formula(app: Host, quantity: Quantity) -> bool:
    """Say of a quantity with a formula that it has no readings, nor a model's size; False of any other."""
    if quantity.formula:
        app.refuse(f"{named(quantity)} is a formula, {FORMULA_SIGN} {quantity.formula}; give it a value with e first")
    return bool(quantity.formula)


def choose_model(app: Host, debate: Debate, quantity: Quantity) -> None:
    """Choose a model from the table that comes with the program; its size becomes the value."""
    if refused_as_formula(app, quantity):
        return
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
