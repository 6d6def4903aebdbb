"""What the keys do with the quantity or the gap under the cursor: add one, describe, remove and move it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from hypotheses.admission import admit
from hypotheses.debate import Debate, Gap
from hypotheses.edits import gap_added
from store.expected import ANYTHING
from tui.dialogs.editor import Adding
from tui.dialogs.formula_input import current_of
from tui.numbers.editors import GapEditor, QuantityEditor
from tui.numbers.fields import gap_fields, new_gap, new_quantity, quantity_fields, with_quantity_of
from tui.numbers.form import FigureForm
from tui.numbers.removal import remove_figure

if TYPE_CHECKING:
    from hypotheses.debate import Quantity
    from tui.dialogs.editor import Editor
    from tui.dialogs.form_field import Texts
    from tui.host import Host
    from tui.session import StoreCall


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the cursor is on, in the quantities or in the gaps."""

    app: Host
    figure: Quantity | Gap | None
    """As it is stored; None where there is none."""
    among: tuple[str, ...]
    """The symbols among which it is moved, itself too: of the gaps, or of the quantities of its role."""
    in_gaps: bool
    want: Callable[[str], object]
    """Puts the cursor on what has a symbol, once it is shown."""


def add_quantity(app: Host, debate: Debate, done: Callable[[bool | None], None], symbol: str = "") -> None:
    """Fill in a form for a new quantity, which may have its symbol already; `done` is told whether it was saved."""

    def make(texts: Texts) -> StoreCall:
        quantity, value, reading = new_quantity(texts)
        return lambda store, _: store.add_quantity(debate.slug, quantity, value, reading=reading)

    current = current_of(app, debate)
    fields = [replace(one, value=symbol) if one.name == "symbol" else one for one in quantity_fields(current)]
    editor = Adding(fields, make, partial(_admitted, with_quantity_of))
    draft = f"{debate.slug}.quantity{f'.new-{symbol}' if symbol else ''}"
    app.push_screen(FigureForm("A new quantity", editor, draft=draft, current=current), done)


def _admitted(add: Callable[[Debate, Texts], Debate], debate: Debate, texts: Texts) -> Debate:
    """Return a debate with an addition; AbduceError if the store would not let it in."""
    after = add(debate, texts)
    admit(debate, after)
    return after


def _go_to_new(at: Pointed, before: Debate, saved: bool | None) -> None:
    real = at.app.real
    if saved and real is not None:
        known = {*before.quantities, *before.gaps}
        new = [symbol for symbol in (*real.quantities, *real.gaps) if symbol not in known]
        at.want(new[-1] if new else "")


def add_gap(at: Pointed, debate: Debate) -> None:
    """Fill in a form for a new gap."""

    def make(texts: Texts) -> StoreCall:
        gap = new_gap(texts)
        return lambda store, _: store.add_gap(debate.slug, gap)

    def added(debate: Debate, texts: Texts) -> Debate:
        return gap_added(debate, new_gap(texts))

    current = current_of(at.app, debate)
    editor = Adding(gap_fields(current), make, partial(_admitted, added))
    form = FigureForm("A new gap", editor, draft=f"{debate.slug}.gap", current=current)
    at.app.push_screen(form, partial(_go_to_new, at, debate))


def add(at: Pointed, debate: Debate) -> None:
    """Add a gap where the cursor is in the gaps, else a quantity."""
    if at.in_gaps:
        add_gap(at, debate)
    else:
        add_quantity(at.app, debate, partial(_go_to_new, at, debate))


def describe(at: Pointed, debate: Debate) -> None:
    """Edit what is under the cursor, in a form."""
    figure = at.figure
    if figure is None:
        return
    current = current_of(at.app, debate)
    editor: Editor = GapEditor(current, figure) if isinstance(figure, Gap) else QuantityEditor(current, figure)
    draft = f"{debate.slug}.{'gap' if isinstance(figure, Gap) else 'quantity'}-{figure.symbol}"
    title = figure.label or figure.symbol
    at.app.push_screen(FigureForm(title, editor, draft=draft, current=current, is_new=False))


def remove(at: Pointed, debate: Debate) -> None:
    """Remove what is under the cursor."""
    figure = at.figure
    if figure is not None:
        remove_figure(at.app, debate, figure)


def move(at: Pointed, debate: Debate, step: int) -> None:
    """Exchange what is under the cursor with the one above (-1) or below (1) in its list.

    The lower of the two goes to the place of the upper: the roles keep their order.
    """
    figure, among = at.figure, at.among
    if figure is None or figure.symbol not in among:
        return
    place = among.index(figure.symbol)
    upper, lower = sorted((place, place + step))
    if upper < 0 or lower == len(among):
        return
    slug, symbol = debate.slug, among[lower]
    if isinstance(figure, Gap):
        to = list(debate.gaps).index(among[upper]) + 1
        at.app.changes.ask(lambda store, _: store.move_gap(slug, symbol, to), ANYTHING)
    else:
        to = list(debate.quantities).index(among[upper]) + 1
        at.app.changes.ask(lambda store, _: store.move_quantity(slug, symbol, to), ANYTHING)


FIGURE_ACTIONS: Final[Mapping[str, Callable[[Pointed, Debate], None]]] = {
    "add": add,
    "edit": describe,
    "describe": describe,
    "remove": remove,
    "move_up": partial(move, step=-1),
    "move_down": partial(move, step=1),
}
"""Command -> what it does in the list of quantities, or of gaps."""
