"""A quantity or a gap is removed: what others use is named first, with what can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hypotheses.debate import Debate, Gap, Quantity
from hypotheses.edits import InUse, gap_removed, quantity_removed
from hypotheses.problems import Malformed, listed
from tui.dialogs.prompt import Prompt
from tui.dialogs.removing import Removing
from tui.widgets.button_row import KeyButton

if TYPE_CHECKING:
    from tui.host import Host
    from tui.session import StoreCall


class RemovingFigure(Removing):
    """Offers to put a value in its place, where formulas read it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("v", "instead", "A value in its place", show=False)]

    def __init__(self, debate: Debate, figure: Quantity | Gap) -> None:
        """Ask what is to become of a quantity or a gap."""

        def remove(along: bool) -> StoreCall:
            return _removal(debate, figure, along=along)

        what = "gap" if isinstance(figure, Gap) else "quantity"
        called = figure.label or figure.symbol
        super().__init__(f"Remove the {what}?", called, partial(_removed, debate, figure), remove, seen=figure)
        self._debate = debate
        self._figure = figure
        self._replaceable = False
        try:
            _removed(debate, figure)
        except InUse as in_use:
            self._replaceable = in_use.replaceable
            in_turn = _gone(debate, _removed(debate, figure, along=True), figure)
            self._users = (*in_use.users, *(each for each in in_turn if each not in in_use.users))
        if self._replaceable:
            self.buttons = (KeyButton("Remove", "y"), KeyButton("Put a value in its place", "v"), *self.buttons[1:])

    def action_instead(self) -> None:
        """Type the number that takes its place in formulas."""
        if self._replaceable:
            self.app.push_screen(self._prompt(), self._replaced)

    def _replaced(self, saved: bool | None) -> None:
        if saved:
            self.close()

    def _prompt(self) -> Prompt:
        debate, figure = self._debate, self._figure

        def read(text: str) -> str:
            gone = _gone(
                debate, _removed(debate, figure, along=True, instead=_required(text)), figure, also_its_own=True
            )
            return f"{text.strip()} takes its place in formulas" + (f"; with it goes {listed(gone)}" if gone else "")

        def edit(text: str) -> StoreCall:
            number = text.strip()
            try:
                _removed(debate, figure, instead=number)
            except InUse:
                return _removal(debate, figure, along=True, instead=number)
            return _removal(debate, figure, along=False, instead=number)

        about = f"{figure.label or figure.symbol}\nA number that takes its place in formulas: 890M, 0.45"
        return Prompt("A value in its place", about, "", read=read, edit=edit, seen=figure)


def remove_figure(app: Host, debate: Debate, figure: Quantity | Gap) -> None:
    """Remove a quantity or a gap, once it is clear what becomes of what hangs on it."""
    app.push_screen(RemovingFigure(debate, figure))


def _required(text: str) -> str:
    """Require that something was typed: nothing at all would take no place."""
    if not text.strip():
        raise Malformed("found nothing; expected a number such as 890M")
    return text.strip()


def _removal(debate: Debate, figure: Quantity | Gap, *, along: bool, instead: str = "") -> StoreCall:
    slug, symbol = debate.slug, figure.symbol
    if isinstance(figure, Gap):
        return lambda store, seen: store.remove_gap(slug, symbol, expected=seen, along=along, instead=instead)
    return lambda store, seen: store.remove_quantity(slug, symbol, expected=seen, along=along, instead=instead)


def _removed(debate: Debate, figure: Quantity | Gap, *, along: bool = False, instead: str = "") -> Debate:
    remove = gap_removed if isinstance(figure, Gap) else quantity_removed
    return remove(debate, figure.symbol, along=along, instead=instead)


def _gone(before: Debate, after: Debate, figure: Quantity | Gap, *, also_its_own: bool = False) -> list[str]:
    """Name, in words, what else goes with it; effects on itself only if asked for."""
    gone = [f"the quantity {symbol!r}" for symbol in before.quantities if symbol not in after.quantities]
    gone += [f"the gap {symbol!r}" for symbol in before.gaps if symbol not in after.gaps]
    gone += [
        f"the effect of {slug!r} on {on!r}"
        for slug, each in before.hypotheses.items()
        for on in each.effects
        if on not in after.hypotheses[slug].effects and (also_its_own or on != figure.symbol)
    ]
    itself = f"the {'gap' if isinstance(figure, Gap) else 'quantity'} {figure.symbol!r}"
    return [each for each in gone if each != itself]
