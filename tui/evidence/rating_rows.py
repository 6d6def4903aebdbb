"""The ratings of a form: a row per explanation with the choice of a sign, a ratio that overrules it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Input

from tui.dialogs.form_field import FormField
from tui.dialogs.form_part import WRONG, FormPart, needs_lines
from tui.evidence.rating_drawing import RatingColumns, RatingTexts, factor_text, question_line, rating_line
from tui.terminal.clean import content
from tui.terminal.typed import LineInput
from tui.widgets.word_choice import WordInput, word_at

HEAD: Final = 1
"""Lines above the rows."""
BELOW: Final = "↓ below"
"""It stands where a reason is too long for its row."""


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One explanation."""

    ratio: FormField
    why: FormField | None
    """None for one that is too long for a row."""


class RatioInput(WordInput):
    """The ratio of the row that the keys go to; while they go to its reason, the factor that it stands for."""

    def render_line(self, y: int) -> Strip:
        """Draw what is typed, or the factor."""
        if self.has_focus:
            return super().render_line(y)
        return Visual.to_strips(self, factor_text(self.value), self.size.width, 1, self.visual_style, pad=True)[0]


class RatingRows(FormPart):
    """Drawn line by line: one field for the ratio and one for the reason stand in the row that the keys go to."""

    DEFAULT_CSS = """
    RatingRows {
        text-wrap: nowrap; text-overflow: ellipsis;
        & > Input.-textual-compact { position: absolute; width: 8; padding: 0 1; background: $field; }
        & > Input.-textual-compact.wrong { background: $error 22%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "row(-1)", "Row", show=False),
        Binding("down", "row(1)", "Row", show=False),
    ]

    def __init__(self, fields: Sequence[FormField]) -> None:
        """Show ratings, each with its reason behind it, below the question that they answer."""
        super().__init__()
        whys = {one.name: one for one in fields}
        self._rows = rows = [
            RatingRow(one, None if needs_lines(whys[one.needed_by]) else whys[one.needed_by])
            for one in fields
            if one.needed_by
        ]
        self._texts = {one.name: one.value for row in rows for one in (row.ratio, row.why) if one is not None}
        self._wrong: dict[str, str] = {}
        self._row = 0
        self._longest = max(content(row.ratio.label).cell_length for row in rows)
        self._words = rows[0].ratio.words
        self._ratio = RatioInput(rows[0].ratio.value, self._words)
        self._why = LineInput(rows[0].why.value if rows[0].why else "", placeholder="why", compact=True)
        self.styles.height = HEAD + len(rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields in their order."""
        return tuple(self._texts)

    def compose(self) -> ComposeResult:
        """The fields of the row that the keys go to."""
        yield self._ratio
        yield self._why

    # Where things stand

    @property
    def _columns(self) -> RatingColumns:
        return RatingColumns(self.size.width, self._longest, self._words)

    def on_resize(self) -> None:
        """Have the fields stand in their row."""
        self._stand()

    def _stand(self) -> None:
        columns, row, y = self._columns, self._rows[self._row], HEAD + self._row
        self._ratio.styles.offset = (columns.ratio_at, y)
        self._why.styles.offset = (columns.why_at, y)
        self._why.styles.width = columns.why
        wrong = self._wrong_in(row)
        self._ratio.set_class(bool(wrong), "wrong")
        # What is wrong stands in the place of the reason, but while that is typed.
        self._why.display = row.why is not None and (self._why.has_focus or not wrong)

    def _wrong_in(self, row: RatingRow) -> str:
        return self._wrong.get(row.ratio.name, "") or (self._wrong.get(row.why.name, "") if row.why else "")

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw the head, or a row."""
        line = self._head() if y < HEAD else self._drawn(y - HEAD)
        return Visual.to_strips(self, line, self.size.width, 1, self.visual_style, pad=True)[0]

    def _head(self) -> Content:
        """The question, or all of what is wrong in the row that the keys go to."""
        wrong = self._wrong_in(self._rows[self._row]) if self._in_use else ""
        return content(f"{WRONG}{wrong}", "$contra") if wrong else question_line(self.size.width)

    def _drawn(self, place: int) -> Content:
        row, here = self._rows[place], place == self._row and self._in_use
        why = self._texts[row.why.name] if row.why else BELOW
        said = RatingTexts(place + 1, row.ratio.label, self._texts[row.ratio.name], why, self._wrong_in(row))
        return rating_line(self._columns, said, here=here, choosing=here and self._ratio.has_focus)

    # What a form asks of its parts

    def shown(self, name: str) -> str:
        """Return what a field shows."""
        return next((field.value for field, one in self._fields_here() if one.name == name), self._texts[name])

    def put(self, name: str, text: str) -> None:
        """Have a field say something else."""
        for field, one in self._fields_here():
            if one.name == name:
                field.value = text
        self._say(name, text)

    def _say(self, name: str, text: str) -> None:
        if text != self._texts[name]:
            self._texts[name] = text
            self.refresh()
            self.post_message(self.Edited(name))

    def blame(self, name: str, wrong: str) -> None:
        """Say beside a rating what is wrong with it."""
        if wrong != self._wrong.get(name, ""):
            self._wrong[name] = wrong
            if not wrong:
                del self._wrong[name]
            self._stand()
            self.refresh()

    def go_to(self, name: str) -> None:
        """Have the keys go to a field."""
        for place, row in enumerate(self._rows):
            if name == row.ratio.name:
                self._go(place, self._ratio)
            elif row.why is not None and name == row.why.name:
                self._go(place, self._why)

    def step(self, step: int) -> bool:
        """Go to the reason of a rating, or to the next row."""
        on_why = self._why.has_focus
        if step > 0 and not on_why and self._rows[self._row].why is not None:
            self._go(self._row, self._why)
        elif step < 0 and on_why:
            self._go(self._row, self._ratio)
        elif 0 <= self._row + step < len(self._rows):
            self._go(self._row + step, self._ratio if step > 0 else self._why)
        else:
            return False
        return True

    def enter(self, step: int) -> None:
        """Begin with the first rating, or with the last reason."""
        self._go(*((0, self._ratio) if step > 0 else (len(self._rows) - 1, self._why)))

    @property
    def _in_use(self) -> bool:
        return self._ratio.has_focus or self._why.has_focus

    def _fields_here(self) -> list[tuple[LineInput, FormField]]:
        row = self._rows[self._row]
        return [(field, one) for field, one in ((self._ratio, row.ratio), (self._why, row.why)) if one is not None]

    def _go(self, place: int, field: LineInput) -> None:
        if self._rows[place].why is None:
            field = self._ratio
        if place != self._row:
            self._leave()
            self._row = place
            for each, one in self._fields_here():
                each.value = self._texts[one.name]
        field.display = True
        field.focus(scroll_visible=False)  # Textual 8.2.8 takes it to stand where it would without its offset
        field.select_all()
        self._stand()
        self.refresh()
        self.call_after_refresh(self._in_sight)

    def _in_sight(self) -> None:
        if isinstance(self.parent, Widget):
            line = self.virtual_region.y + HEAD + self._row
            self.parent.scroll_to_region(Region(0, line, 1, 1), animate=False, force=True)

    def _leave(self) -> None:
        for field, one in self._fields_here():
            self._say(one.name, field.value)
            self.post_message(self.Left(one.name))

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Take what is typed in the row."""
        event.stop()
        for field, one in self._fields_here():
            if event.input is field and event.value == field.value:
                self._say(one.name, event.value)

    def on_descendant_focus(self) -> None:
        """Draw the row as the one that the keys go to."""
        self._stand()
        self.refresh()

    def on_descendant_blur(self) -> None:
        """Say that what was typed in is left."""
        self._leave()
        self._stand()
        self.refresh()

    # Keys and mouse

    def action_row(self, step: int) -> None:
        """Go to the row above or below."""
        if 0 <= self._row + step < len(self._rows):
            self._go(self._row + step, self._why if self._why.has_focus else self._ratio)

    def on_click(self, event: events.Click) -> None:
        """Go to the field under the mouse; take the sign under it."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < HEAD or event.widget is not self:
            return
        columns = self._columns
        self._go(offset.y - HEAD, self._why if offset.x >= columns.why_at else self._ratio)
        word = word_at(self._words, offset.x - columns.words_at) if offset.x >= columns.words_at else None
        if word is not None:
            self._ratio.take(word)
