"""The form of an explanation that is there: its words, its prior, its rivals, and what it does to the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from hypotheses.admission import admit
from hypotheses.debate import Debate, Gap, Hypothesis
from hypotheses.edits import HypothesisFields, hypothesis_edited
from hypotheses.problems import Malformed
from tui.debate.effect_lines import assumed_in, check_effects, unnamed_in, with_assumed
from tui.debate.fields import hypothesis_fields, read_hypothesis
from tui.dialogs.completing import CompletingLine, CompletingText
from tui.dialogs.form import Form
from tui.dialogs.form_field import FormField, Texts
from tui.dialogs.form_part import FieldLine, FormPart
from tui.dialogs.formula_input import Current, name_begun
from tui.number_text import with_unit
from tui.session import StoreCall
from tui.widgets.fold import Fold
from tui.widgets.gap_strip import headline_name

if TYPE_CHECKING:
    from tui.dialogs.editor import Editor

UNKNOWN: Final = "not known"
DOING: Final = ("rivals", "effects", "assumes")
"""What an explanation excludes, and what it does to the numbers."""
NAMING: Final = ("effects", "assumes")
"""The fields in which quantities are named."""


class HypothesisEditor:
    """Edits an explanation in a form."""

    moves_figures = True

    def __init__(self, debate: Debate, hypothesis: Hypothesis) -> None:
        self._debate = debate
        self._now = hypothesis

    def fields(self) -> list[FormField]:
        """Return its words, its prior, its status, and what it does to the numbers."""
        return hypothesis_fields(self._debate, self._now)

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set what says something else than was seen."""
        slug, name = self._debate.slug, self._now.slug
        before, changed = self._changed(texts, seen)
        return lambda store, was: store.edit_hypothesis(slug, name, expected=was, **changed), before

    def would(self, debate: Debate, texts: Texts, seen: Texts) -> Debate:
        """Return a debate with the change in it."""
        after = hypothesis_edited(debate, self._now.slug, self._changed(texts, seen)[1])
        admit(debate, after)
        return after

    def _changed(self, texts: Texts, seen: Texts) -> tuple[Hypothesis, HypothesisFields]:
        before = replace(self._now, **read_hypothesis(self._debate, seen, self._now))
        return before, read_hypothesis(self._debate, texts, before)

    def moved_to(self, theirs: Hypothesis) -> Texts:
        """Go on with theirs."""
        self._now = theirs
        return {one.name: one.value for one in self.fields()}


class HypothesisForm(Form):
    """Tells also what would be left of the headline gap if the explanation alone were true."""

    DEFAULT_CSS = """
    HypothesisForm {
        & .few > TextArea { height: 3; }
        & Fold { margin-top: 1; }
        &.-low Fold { margin-top: 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "make_named", "Make what it names", show=False, priority=True),
    ]

    def __init__(self, title: str, editor: Editor, *, draft: str, current: Current, slug: str = "") -> None:
        """Show the fields of the explanation of this slug; of a new one if that is empty."""
        super().__init__(title, editor, draft=draft)
        self._current = current
        self._slug = slug

    def parts(self) -> Iterator[Widget]:
        """Yield a line for each field; of a new explanation, what it does to the numbers is folded."""
        folded = () if self._slug else DOING
        yield from (self.line(one) for one in self._fields if one.name not in folded)
        if folded:
            fold = Fold("What it does", *(self.line(one) for one in self._fields if one.name in folded))
            fold.tell(Content.styled("rivals, effects on the numbers, what these assume", "$label"))
            yield fold

    def line(self, one: FormField) -> FieldLine:
        """Show a field on a line of its own; what it does to the numbers takes fewer lines, and names are completed."""
        if one.name not in NAMING:
            return super().line(one)
        beginning = partial(name_begun, self._with_assumed, can_make=one.name == "effects")
        line = self.holding(CompletingLine(one, CompletingText(one.value, beginning, placeholder=one.hint)))
        line.add_class("few")
        return line

    def _assumed(self) -> tuple[str, ...]:
        return assumed_in(self.shown("assumes"))

    def _with_assumed(self) -> Debate:
        return with_assumed(self._current(), self._assumed())

    def wrong(self, one: FormField) -> str:
        """Say what is wrong with a field; effects may name what is there by now, and what the form assumes."""
        wrong, text = super().wrong(one), self.text_of(one.name)
        if one.name != "effects" or wrong or text == self._values[one.name]:
            return wrong
        try:
            check_effects(self._current(), text, self._assumed())
        except Malformed as refused:
            return str(refused)
        return ""

    @on(FormPart.Edited)
    def followed(self, event: FormPart.Edited) -> None:
        """Check effects at every key."""
        if not self._gone and event.name in NAMING and self.shown("effects").strip():
            self._check([one for one in self._fields if one.name == "effects"])

    def action_make_named(self) -> None:
        """Make the first quantity that the effects name and that is not there yet."""
        if name := unnamed_in(self._current(), self.shown("effects"), self._assumed()):
            self.app.make_quantity(name, self._quantity_made)
        else:
            self.tell("Every name in the effects is there already.", wrong=False)

    def _quantity_made(self, saved: bool | None) -> None:
        if saved and not self._gone:
            self._check([one for one in self._fields if one.name == "effects"])
            self.edited()

    def would_move(self, debate: Debate, after: Debate) -> Sequence[Content]:
        """Write what would be left of the gap, where that may move, before what else would."""
        rest = super().would_move(debate, after)
        slug = self._slug or next(slug for slug in after.hypotheses if slug not in debate.hypotheses)
        was, now = debate.hypotheses.get(slug, Hypothesis("", "")), after.hypotheses[slug]
        gap = after.headline
        if gap is None or (was.effects, was.assumes) == (now.effects, now.assumes):
            return rest
        figures = f"{self._left(debate, gap, slug)} → {self._left(after, gap, slug)}"
        left = Content.assemble(headline_name(gap), " if it is true ", (figures, "bold $you"))
        # One line says that nothing else moves.
        return [*(Content.assemble(left, "   ", line) for line in (rest if len(rest) > 1 else ())), left]

    def _left(self, debate: Debate, gap: Gap, slug: str) -> str:
        """Write what would be left of a gap if an explanation alone were true: all of it, where there is none."""
        session = self.app.session
        if session is None:
            return UNKNOWN
        with session.trying(debate) as estimates:
            estimate = estimates.gaps.get(gap.symbol)
            if estimate is None:
                return UNKNOWN
            result = estimate.under.get(slug) if slug in debate.hypotheses else estimate.now
            return UNKNOWN if result is None else with_unit(gap, result.median)
