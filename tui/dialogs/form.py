"""A form: fields by name, checked on leaving each, saved whole, kept as a draft until then."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from hypotheses.problems import AbduceError, Malformed
from store.drafts import Draft
from store.errors import Conflict
from tui.dialogs.conflict import ConflictDialog, Differing
from tui.dialogs.dialog import Dialog
from tui.dialogs.editor import Editor
from tui.dialogs.form_field import FormField, each_field
from tui.terminal import external
from tui.terminal.clean import content
from tui.terminal.typed import LineInput, TextInput

if TYPE_CHECKING:
    from tui.changes import Asked
    from tui.session import StoreCall

ONE_LINE = 1000
"""Characters up to which a text is edited on one line: Textual's Input takes seconds over ten thousand, and shows
only the first of several lines."""


class Form(Dialog[bool]):
    """Returns True when what was typed is saved."""

    DEFAULT_CSS = """
    Form {
        & #fields { height: auto; }
        & .line { height: auto; }
        & .label { width: 16; height: 1; color: $label; text-wrap: nowrap; text-overflow: ellipsis; }
        & .roomy { width: 42%; padding-right: 1; color: $text; }
        & .head { margin-top: 1; color: $label; }
        & Input { width: 1fr; background: $boost; }
        & TextArea { height: 6; width: 1fr; border: none; padding: 0; background: $boost; }
        & .wrong { background: $error 30%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Save", priority=True),
        Binding("f4", "editor", "$EDITOR", priority=True),
    ]
    rolling = "#fields"
    most = 100
    keys = "tab next · ctrl+s (or F2) saves · F4 edits a long text in $EDITOR · esc back, your text is kept"

    def __init__(self, title: str, editor: Editor, *, draft: str) -> None:
        """Show the fields of an editor; unsaved text is kept under the name `draft`."""
        super().__init__(title)
        self._editor = editor
        self._fields = editor.fields()
        self._draft = draft
        self._values = {one.name: one.value for one in each_field(self._fields)}
        self._seen = dict(self._values)
        """What the fields said when the typing began."""
        self._began = self._values
        """What their widgets show of that."""
        self._kept = self._values
        self._blamed = ""
        self._warned = False
        self._ids = {name: f"field-{index}" for index, name in enumerate(self._kept)}

    def body(self) -> ComposeResult:
        """A line per field."""
        with VerticalScroll(id="fields", can_focus=False):
            for one in self._fields:
                if one.head:
                    yield Static(content(one.head), classes="head")
                with Horizontal(classes="line"):
                    label = f"{one.label}{' *' if one.required else ''}"
                    yield Static(content(label), classes="label roomy" if one.roomy else "label")
                    yield self._widget(one)
                    if one.beside is not None:
                        yield self._widget(one.beside)

    def _widget(self, one: FormField) -> Widget:
        if one.long or len(one.value) > ONE_LINE or "\n" in one.value:
            area = TextInput(one.value, id=self._ids[one.name], tab_behavior="focus", compact=True)
            area.placeholder = one.hint
            return area
        suggester = SuggestFromList(one.suggestions, case_sensitive=False) if one.suggestions else None
        line = LineInput(one.value, placeholder=one.hint, id=self._ids[one.name], compact=True, suggester=suggester)
        if one.width:
            line.styles.width = one.width
            line.styles.margin = (0, 1, 0, 0)
        return line

    def on_mount(self) -> None:
        """Bring back a draft, and keep one from now on."""
        self._began = {name: self._shown(name) for name in self._kept}
        draft = self.app.drafts.take_up(self._draft)
        if draft is not None:
            self._bring_back(draft)
        self.set_interval(1.0, self._keep_or_tell)

    def _bring_back(self, draft: Draft) -> None:
        """Put in what was typed; the other fields say what has become of them since."""
        typed = {
            name: text
            for name, text in draft.texts.items()
            if name in self._seen and text != draft.seen.get(name) and text != self._values[name]
        }
        for name, text in typed.items():
            self.put(name, text)
            self._seen[name] = draft.seen.get(name, "")
        if typed:
            moved = [name for name in typed if self._seen[name] != self._values[name]]
            labels = ", ".join(one.label for one in each_field(self._fields) if one.name in moved)
            also = f" Others have changed {labels} since: saving shows you both." if moved else ""
            sentence = "Your unsaved text from last time is back. Clear the fields or save it."
            self.tell(f"{sentence}{also}", wrong=False)

    # What was typed

    def texts(self) -> dict[str, str]:
        """Return the text of every field."""
        return {one.name: self.text_of(one.name) for one in each_field(self._fields)}

    def text_of(self, name: str) -> str:
        """Return what a field says."""
        # A text area writes some line ends its own way; what nobody touched is to stay as it was.
        shown = self._shown(name)
        return self._values[name] if shown == self._began.get(name) else shown

    def field(self, name: str) -> Widget:
        """Return the widget of a field."""
        return self.query_one(f"#{self._ids[name]}")

    def _shown(self, name: str) -> str:
        widget = self.field(name)
        return widget.text if isinstance(widget, TextArea) else widget.value if isinstance(widget, Input) else ""

    def put(self, name: str, text: str) -> None:
        """Have a field say something else."""
        widget = self.field(name)
        if isinstance(widget, TextArea):
            widget.text = text
        elif isinstance(widget, Input):
            widget.value = text

    def _typed(self) -> dict[str, str]:
        """Return the fields that say something else than was seen."""
        return {name: text for name, text in self.texts().items() if text != self._seen[name]}

    def keep_draft(self) -> None:
        """Write the draft if it changed since it was last written.

        Raises:
            AbduceError: it cannot be written.
        """
        if self._gone:
            return
        texts = self.texts()
        if texts != self._kept:
            if self._typed():
                self.app.drafts.keep(self._draft, Draft(texts, self._seen))
            else:
                self.app.drafts.drop(self._draft)
            self._kept = texts

    def _keep_or_tell(self) -> bool:
        try:
            self.keep_draft()
        except (AbduceError, OSError) as failed:
            self.tell(f"Your text is not kept until you save it: {failed}. Pressing esc twice leaves without it.")
            return False
        return True

    # Checking and saving

    @on(Input.Blurred)
    def left(self, event: Input.Blurred) -> None:
        """Check a field when it is left."""
        one = next((one for one in each_field(self._fields) if self._ids[one.name] == event.input.id), None)
        if one is not None and not self._gone:
            wrong = self._wrong(one) if event.input.value.strip() else ""
            event.input.set_class(bool(wrong), "wrong")
            if wrong or self._blamed == one.name:
                self._blame(one.name if wrong else "", wrong)

    def _wrong(self, one: FormField) -> str:
        text = self.text_of(one.name)
        if not text.strip():
            return f"{one.label} is empty; it is needed" if one.required else ""
        if text == self._values[one.name]:
            return ""  # what stands there was let in, and is not always shown as it can be typed: `<0.01%`
        try:
            if one.read is not None:
                one.read(text)
        except Malformed as refused:
            return f"{one.label}: {refused}"
        return ""

    def _blame(self, name: str, wrong: str) -> None:
        self._blamed = name
        self.tell(wrong)

    def action_save(self) -> None:
        """Save, or go to the first field that cannot be read."""
        self._check_and_save(self.ask)

    def _check_and_save(self, ask: Callable[[StoreCall, object], None]) -> None:
        if self._gone:
            return
        for one in each_field(self._fields):
            wrong = self._wrong(one)
            widget = self.field(one.name)
            widget.set_class(bool(wrong), "wrong")
            if wrong:
                self._blame(one.name, wrong)
                widget.focus()
                return
        try:
            edit, seen = self._editor.change(self.texts(), self._seen)
        except Malformed as refused:
            self.tell(str(refused))
        else:
            ask(edit, seen)

    def saved(self) -> None:
        """Drop the draft and leave."""
        self.app.drafts.drop(self._draft)
        self.close(True)

    def met(self, conflict: Conflict) -> None:
        """Offer theirs and mine, field by field; what only one of the two has changed needs no choice."""
        before, theirs, mine = self._seen, {**self._values, **self._editor.moved_to(conflict.theirs)}, self._typed()
        both = [
            Differing(one.name, one.label, theirs[one.name], mine[one.name])
            for one in each_field(self._fields)
            if one.name in mine and theirs[one.name] not in (before[one.name], mine[one.name])
        ]
        for name, text in theirs.items():
            if name not in mine:
                self.put(name, text)
        self._values, self._seen = theirs, dict(theirs)
        self._began = {name: self._shown(name) for name in theirs if name not in mine}
        if both:
            self.app.push_screen(ConflictDialog(str(conflict), both), partial(self._chosen, both))
        else:
            self._check_and_save(self._ask)

    def _chosen(self, both: Sequence[Differing], mine: Collection[str] | None) -> None:
        if mine is None:
            self.tell("Nothing is saved. Saving again puts your text in the place of theirs.")
            return
        for one in both:
            if one.name not in mine:
                self.put(one.name, one.theirs)
        if self._typed():
            self._check_and_save(self._ask)
        else:
            self.saved()

    def refused_when_gone(self, asked: Asked, problem: AbduceError) -> None:
        """Tell why nothing was saved after this was left; the text is kept."""
        self.app.refuse(f"{problem}. Your text is kept and comes back when you open this again.")

    def action_close(self) -> None:
        """Leave; what was typed is kept as a draft, also while it is being saved: that may yet be refused."""
        kept = self._keep_or_tell()
        if not kept and not self._warned:
            self._warned = True
            return
        if not self._typed():
            self.app.drafts.drop(self._draft)
        elif kept and not self._saving:
            self.app.notify("Not saved. Your text is kept and comes back when you open this again.", markup=False)
        self.close()

    async def action_editor(self) -> None:
        """Edit the long text under the focus (or the first one) in $EDITOR."""
        focused = self.focused
        area = focused if isinstance(focused, TextArea) else next(iter(self.query(TextArea)), None)
        if area is None:
            return
        text, wrong = external.edit(self.app, area.text)
        area.text = text
        if wrong:
            self.tell(wrong)


class ShortForm(Form):
    """A form of a line or two, which enter saves."""

    keys = "tab next · enter saves · esc back, your text is kept"

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Save, if all can be read."""
        self.action_save()
