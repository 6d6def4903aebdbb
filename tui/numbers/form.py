"""The forms of quantities, gaps and readings: names are completed in formulas, and the gaps that would follow told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from hypotheses.edits import symbol_for
from hypotheses.edits.quantities import FORMULA_SIGN
from tui.dialogs.completing import Begun, CompletingInput, CompletingLine
from tui.dialogs.form_field import FormField
from tui.dialogs.form_part import FormPart
from tui.dialogs.formula_input import Current, formula_in, name_begun, unnamed
from tui.dialogs.number_form import NumberForm
from tui.numbers.fields import CLAIM
from tui.terminal.clean import content
from tui.widgets.fold import Fold

if TYPE_CHECKING:
    from tui.dialogs.editor import Editor

SIGNS: Final = {"value": FORMULA_SIGN, "formula": ""}
"""A field in which a formula is typed -> what it begins with there."""


class FigureForm(NumberForm):
    """The form of a quantity or a gap: names are completed in formulas, and what is new has a symbol from its label."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "make_named", "Make what it names", show=False, priority=True),
    ]

    def __init__(self, title: str, editor: Editor, *, draft: str, current: Current, is_new: bool = True) -> None:
        """Show the fields of an editor; a symbol that is made from the label follows it until another is typed.

        Args:
            title: Of the box.
            editor: What is filled in, and how it becomes a change.
            draft: Under which name unsaved text is kept.
            current: Returns the debate as it is now, whose names are completed.
            is_new: Whether there was no such figure before.
        """
        super().__init__(title, editor, draft=draft)
        self._current = current
        self._suggested = "" if is_new else None
        """The symbol that was made from the label; None if none is made."""

    def parts(self) -> Iterator[Widget]:
        """Yield a line for each field; in those of formulas names are completed."""
        for one in self._fields:
            if one.name in SIGNS:
                yield self.holding(CompletingLine(one, self._formula_field(one)))
            elif one.name not in CLAIM:
                yield self.line(one)
        yield Fold("Claim", *(self.line(one) for one in self._fields if one.name in CLAIM))

    def _formula_field(self, one: FormField) -> CompletingInput:
        def beginning(text: str) -> Begun:
            return name_begun(self._current, text, of=self.shown("symbol"), sign=SIGNS[one.name])

        return CompletingInput(one.value, beginning, placeholder=one.hint)

    def on_mount(self) -> None:
        """Say what is claimed."""
        self._tell_claim()

    def _tell_claim(self) -> None:
        claimed, by = self.shown("claim"), self.shown("claim_source")
        told = content(f"{claimed}, {by}" if claimed and by else claimed)
        self.query_one(Fold).tell(told if claimed else Content.styled("what a source states it to be", "$label"))

    @on(FormPart.Edited)
    def followed(self, event: FormPart.Edited) -> None:
        """Make the symbol from the label, say what is claimed, and check a formula at every key."""
        if self._gone:
            return
        if event.name in CLAIM:
            self._tell_claim()
        if event.name == "label" and self._suggested is not None and self.shown("symbol") == self._suggested:
            self._suggested = symbol_for(self.shown("label"), self._taken())
            self.put("symbol", self._suggested)
        if event.name in SIGNS and self._is_formula(event.name):
            self._check([one for one in self._fields if one.name == event.name])

    def _taken(self) -> tuple[str, ...]:
        debate = self._current()
        return (*debate.quantities, *debate.gaps)

    def action_make_named(self) -> None:
        """Make the first quantity that a formula names and that is not there yet."""
        formulas = [self._formula(one.name) for one in self._fields if one.name in SIGNS]
        of = self.shown("symbol")
        name = next(filter(None, (unnamed(self._current(), each, of) for each in formulas)), "")
        if name:
            self.app.make_quantity(name, self._quantity_made)
        else:
            self.tell("Every name in a formula is there already.", wrong=False)

    def _quantity_made(self, saved: bool | None) -> None:
        if saved and not self._gone:
            self._check([one for one in self._fields if one.name in SIGNS and self._is_formula(one.name)])
            self.edited()

    def _formula(self, name: str) -> str:
        text = self.shown(name)
        return (formula_in(text) or "") if SIGNS[name] else text

    def _is_formula(self, name: str) -> bool:
        return bool(self._formula(name).strip())
