"""Fields to fill in, by name: what they say, what is wrong with them, and the way through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from hypotheses.problems import Malformed
from tui.dialogs.dialog import Dialog
from tui.dialogs.form_field import FormField
from tui.dialogs.form_part import WRONG, FieldLine, FormPart
from tui.terminal.clean import content
from tui.widgets.button_row import ButtonRow
from tui.widgets.fold import Fold
from tui.widgets.key_line import KeyLine

HEIGHTS: Final = [(0, "-low"), (30, "-high")]
"""Lines of the screen from which on a form is low, or has room for blank lines."""

PartType = TypeVar("PartType", bound=FormPart)


class FormFields(Dialog[bool]):
    """What is wrong is told at each field, and how many there are beside the buttons."""

    DEFAULT_CSS = """
    FormFields {
        & > #box { max-height: 100%; }
        & #fields { height: auto; scrollbar-size-vertical: 1; }
        & #told { margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the field under the focus has them: what is typed right after goes to the next one.
        Binding("tab", "step(1)", "Next field", priority=True),
        Binding("shift+tab", "step(-1)", "Field before", show=False, priority=True),
    ]
    VERTICAL_BREAKPOINTS = HEIGHTS
    rolling = "#fields"
    most = 100
    keys = ""

    def __init__(self, title: str, fields: Sequence[FormField]) -> None:
        super().__init__(title)
        self._fields = fields
        self._values = {one.name: one.value for one in fields}
        """What stands there."""
        self._began = self._values
        """What the fields showed of that."""
        self._parts: dict[str, FormPart] = {}
        """Name of a field -> what it is shown in."""
        self._blamed: set[str] = set()
        """The fields that were told to be wrong."""

    def compose(self) -> ComposeResult:
        """The box, and the keys in the last line of the screen."""
        yield from super().compose()
        yield KeyLine()

    def body(self) -> ComposeResult:
        """The fields."""
        with VerticalScroll(id="fields", can_focus=False):
            yield from self.parts()

    def parts(self) -> Iterator[Widget]:
        """Yield what the fields are shown in: a line each."""
        for one in self._fields:
            yield self.line(one)

    def line(self, one: FormField) -> FieldLine:
        """Show a field on a line of its own."""
        return self.holding(FieldLine(one))

    def holding(self, part: PartType) -> PartType:
        """Let a part show its fields."""
        self._parts.update(dict.fromkeys(part.names, part))
        return part

    # What the fields say

    def texts(self) -> dict[str, str]:
        """Return the text of every field."""
        return {one.name: self.text_of(one.name) for one in self._fields}

    def text_of(self, name: str) -> str:
        """Return what a field says."""
        # A text area writes some line ends its own way; what nobody touched is to stay as it was.
        shown = self.shown(name)
        return self._values[name] if shown == self._began.get(name) else shown

    def shown(self, name: str) -> str:
        """Return what a field shows."""
        return self._parts[name].shown(name)

    def put(self, name: str, text: str) -> None:
        """Have a field say something else."""
        self._parts[name].put(name, text)

    # Going through them

    def action_step(self, step: int) -> None:
        """Go to the next field (1), or the one before (-1)."""
        before = self._part_in_use
        if before is not None and before.step(step):
            return
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()
        now = self._part_in_use
        if now is not None and now is not before:
            now.enter(step)

    @property
    def _part_in_use(self) -> FormPart | None:
        above = self.focused.ancestors_with_self if self.focused else ()
        return next((node for node in above if isinstance(node, FormPart)), None)

    def go_to(self, name: str) -> None:
        """Have the keys go to a field, which may be folded."""
        self._unfold(name)
        self._parts[name].go_to(name)

    def _unfold(self, name: str) -> None:
        for node in self._parts[name].ancestors:
            if isinstance(node, Fold):
                node.open()

    # What is wrong

    @on(FormPart.Left)
    def left(self, event: FormPart.Left) -> None:
        """Check a field when it is left; that an empty one is needed is told when it is saved."""
        if not self._gone:
            self._check([one for one in self._fields if one.name == event.name and self.shown(one.name).strip()])

    @on(FormPart.Edited)
    def mended(self, event: FormPart.Edited) -> None:
        """Take what was wrong away as soon as it is mended."""
        if not self._gone and self._blamed:
            about = (one for one in self._fields if event.name in (one.name, one.needed_by))
            self._check([one for one in about if one.name in self._blamed])

    def all_right(self) -> bool:
        """Check every field, and go to the first that is wrong; say whether there is none."""
        self._check(self._fields)
        first = next((one.name for one in self._fields if one.name in self._blamed), None)
        if first is not None:
            self.go_to(first)
        return first is None

    def wrong(self, one: FormField) -> str:
        """Say what is wrong with a field."""
        text = self.text_of(one.name)
        if not text.strip():
            needed = one.required or (one.needed_by and self.text_of(one.needed_by).strip())
            return f"needed: {one.hint}" if needed else ""
        if text == self._values[one.name]:
            return ""  # what stands there was let in, and is not always shown as it can be typed: `<0.01%`
        try:
            if one.read is not None:
                one.read(text)
        except Malformed as refused:
            return str(refused)
        return ""

    def _check(self, fields: Sequence[FormField]) -> None:
        """Say at each field what is wrong with it, and beside the buttons how many are."""
        for one in fields:
            wrong = self.wrong(one)
            if wrong:
                self._unfold(one.name)
            if wrong or one.name in self._blamed:
                self._parts[one.name].blame(one.name, wrong)
            (self._blamed.add if wrong else self._blamed.discard)(one.name)
        labels = [one.label for one in self._fields if one.name in self._blamed]
        count = (f"{WRONG}{len(labels)} to mend", "bold $contra")
        told = Content.assemble(count, ": ", content(", ".join(labels))) if labels else Content("")
        self.query_one(ButtonRow).tell(told)
        self.fit()
