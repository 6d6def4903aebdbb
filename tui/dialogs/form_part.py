"""The parts that a form is made of: a field beside its label, with what is wrong with it below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester, SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tui.dialogs.form_field import FormField
from tui.terminal.clean import content
from tui.terminal.typed import LineInput, TextInput
from tui.widgets.word_choice import WordChoice

ONE_LINE: Final = 1000
"""Characters up to which a text is edited on one line: Textual's Input takes seconds over ten thousand, and shows
only the first of several lines."""
LABEL: Final = 12
"""Cells of a label."""
WRONG: Final = "✗ "
"""It stands before what is wrong."""


class FormPart(Widget):
    """One field, or several, by name."""

    @dataclass
    class Edited(Message):
        """A field says something else."""

        name: str

    @dataclass
    class Left(Message):
        """The keys go somewhere else than to this field."""

        name: str

    @property
    def names(self) -> Sequence[str]:
        """The fields in their order."""
        raise NotImplementedError

    def shown(self, name: str) -> str:
        """Return what a field shows."""
        raise NotImplementedError

    def put(self, name: str, text: str) -> None:
        """Have a field say something else."""
        raise NotImplementedError

    def blame(self, name: str, wrong: str) -> None:
        """Say what is wrong with a field; nothing if that is empty."""
        raise NotImplementedError

    def go_to(self, name: str) -> None:
        """Have the keys go to a field."""
        raise NotImplementedError

    def step(self, step: int) -> bool:
        """Go to the next field (1) or the one before (-1) within this part; False if there is none."""
        return False

    def enter(self, step: int) -> None:
        """Be come to from above (1) or below (-1)."""


class FieldLine(FormPart):
    """A field, its label at the left."""

    DEFAULT_CSS = """
    FieldLine {
        height: auto;
        & > * { margin-left: 13; padding: 0 1; }
        & > Static { color: $contra; height: auto; padding: 0; display: none; }
        &.-wrong > Static { display: block; }
        & > Input.-textual-compact { background: $field; padding: 0 1; }
        & > TextArea { background: $field; height: 6; scrollbar-size-vertical: 1; }
        &.-wrong > Input.-textual-compact, &.-wrong > TextArea { background: $error 22%; }
    }
    """

    def __init__(self, field: FormField, widget: Widget | None = None) -> None:
        """Show a field, in a widget of its own kind if that is not the one that its text takes."""
        super().__init__()
        self.field = field
        self._label = content(field.label).truncate(LABEL, ellipsis=True, pad=True)
        self.widget = widget or widget_of(field)

    @property
    def names(self) -> Sequence[str]:
        """The one field."""
        return (self.field.name,)

    def compose(self) -> ComposeResult:
        """The field, and what is wrong with it."""
        yield self.widget
        yield Static()

    def render(self) -> Content:
        """Draw the label, and a mark at the field that is typed in."""
        mark = ("▐", "$primary") if self.widget.has_focus else (" ", "")
        return Content.assemble(self._label.stylize("$label"), mark)

    def on_click(self) -> None:
        """Go to the field from its label."""
        self.widget.focus()

    def on_descendant_focus(self) -> None:
        """Mark the field."""
        self.refresh()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Say that the field was left; a line shows its beginning again."""
        self.refresh()
        if isinstance(self.widget, Input):
            self.widget.scroll_home(animate=False)
        self.post_message(self.Left(self.field.name))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say that it was edited."""
        self.post_message(self.Edited(self.field.name))

    def on_text_area_changed(self) -> None:
        """Say that it was edited."""
        self.post_message(self.Edited(self.field.name))

    def shown(self, name: str) -> str:
        """Return what the field shows."""
        widget = self.widget
        return widget.text if isinstance(widget, TextArea) else widget.value if isinstance(widget, Input) else ""

    def put(self, name: str, text: str) -> None:
        """Have the field say something else."""
        if isinstance(self.widget, TextArea):
            self.widget.text = text
        elif isinstance(self.widget, Input):
            self.widget.value = text

    def blame(self, name: str, wrong: str) -> None:
        """Say below the field what is wrong with it."""
        if wrong:
            self.query_one(Static).update(content(f"{WRONG}{wrong}"))
        self.set_class(bool(wrong), "-wrong")

    def go_to(self, name: str) -> None:
        """Have the keys go to the field."""
        self.widget.focus()


def needs_lines(one: FormField) -> bool:
    """Say whether a text is edited on several lines."""
    return one.long or len(one.value) > ONE_LINE or "\n" in one.value


def widget_of(one: FormField) -> Widget:
    """Return what a field is typed in, or chosen."""
    if one.words:
        return WordChoice(one.value, one.words, closed=one.closed)
    if needs_lines(one):
        area = TextInput(one.value, tab_behavior="focus", compact=True, highlight_cursor_line=False)
        area.placeholder = one.hint
        return area
    line = LineInput(one.value, placeholder=one.hint, compact=True, suggester=_suggester_of(one))
    line.takes = one.takes
    return line


def _suggester_of(one: FormField) -> Suggester | None:
    if one.several:
        return LastEntry(one.suggestions)
    return SuggestFromList(one.suggestions, case_sensitive=False) if one.suggestions else None


class LastEntry(Suggester):
    """Completes the last of several entries with commas between."""

    def __init__(self, entries: Sequence[str]) -> None:
        """Complete what begins like one of these."""
        super().__init__(case_sensitive=True)  # else the entries before the last would lose their capitals
        self._entries = entries

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole text with its last entry completed."""
        begun = value.rpartition(",")[2].lstrip()
        fitting = (entry for entry in self._entries if begun and entry.casefold().startswith(begun.casefold()))
        entry = next(fitting, None)
        return None if entry is None else value + entry[len(begun) :]
