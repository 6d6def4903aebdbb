"""A form: its fields are saved whole, kept as a draft until then, and shown what saving would do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, TextArea
from textual.worker import get_current_worker

from hypotheses.debate import Debate
from hypotheses.problems import AbduceError, Malformed
from store.drafts import Draft
from store.errors import Conflict
from tui.dialogs.conflict import ConflictDialog, Differing
from tui.dialogs.editor import Editor
from tui.dialogs.form_field import Texts
from tui.dialogs.form_fields import FormFields
from tui.dialogs.form_part import FormPart
from tui.dialogs.if_saved import IfSaved, moves
from tui.terminal import external
from tui.terminal.clean import content
from tui.widgets.button_row import KeyButton

if TYPE_CHECKING:
    from tui.changes import Asked
    from tui.session import StoreCall

TYPING: Final = 0.05
"""Seconds in which another key comes, while one types, so that what the one before would do need not be told."""


class Form(FormFields):
    """Returns True when what was typed is saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "editor", "In $EDITOR", key_display="F4", priority=True),
        Binding("ctrl+s,f2", "save", "Save", show=False, priority=True),
        Binding("escape", "close", "Back, text kept"),
    ]
    buttons: Sequence[KeyButton] = (KeyButton("Save", "ctrl+s"), KeyButton("Back", "escape"))

    def __init__(self, title: str, editor: Editor, *, draft: str) -> None:
        """Show the fields of an editor; unsaved text is kept under the name `draft`."""
        super().__init__(title, editor.fields())
        self._editor = editor
        self._draft = draft
        self._seen = dict(self._values)
        """What the fields said when the typing began."""
        self._kept = self._values
        self._warned = False
        self._working_out = threading.Lock()

    def body(self) -> ComposeResult:
        """The fields, and what saving them would do."""
        yield from super().body()
        if self._editor.moves_figures:
            yield IfSaved()

    def on_mount(self) -> None:
        """Bring back a draft, and keep one from now on."""
        self._began = {name: self.shown(name) for name in self._kept}
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
            labels = ", ".join(one.label for one in self._fields if one.name in moved)
            also = f" Others have changed {labels} since: saving shows you both." if moved else ""
            sentence = "Your unsaved text from last time is back. Clear the fields or save it."
            self.tell(f"{sentence}{also}", wrong=False)

    # Drafts

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

    # Saving

    def action_save(self) -> None:
        """Save, or tell all that is wrong and go to the first of it."""
        self._check_and_save(self.ask)

    def _check_and_save(self, ask: Callable[[StoreCall, object], None]) -> None:
        if self._gone or not self.all_right():
            return
        try:
            edit, seen = self._editor.change(self.texts(), self._seen)
        except Malformed as refused:
            self.tell(str(refused))
        else:
            ask(edit, seen)

    # What saving would do

    @on(FormPart.Edited)
    def edited(self) -> None:
        """Work out what saving would do."""
        debate = self.app.real
        if not self._gone and debate is not None and self._editor.moves_figures:
            self._would(debate, self.texts(), dict(self._seen))

    @work(thread=True, exclusive=True, group="if saved", description="if saved", exit_on_error=False)
    def _would(self, debate: Debate, texts: Texts, seen: Texts) -> None:
        worker = get_current_worker()
        sleep(TYPING)
        with self._working_out:  # what a key before it asked for ends first; of those that wait only the last goes on
            if worker.is_cancelled:
                return
            try:
                after = self._editor.would(debate, texts, seen)
            except AbduceError as refused:
                tell = partial(self._tell_refused, refused)
            else:
                tell = partial(self._tell_would, after, self.would_move(debate, after))
        if not worker.is_cancelled:
            self.app.call_from_thread(tell)

    def would_move(self, debate: Debate, after: Debate) -> Sequence[Content]:
        """Write what a change would move on one line, ever more tersely; called in a thread."""
        return list(moves(debate, after, self.app.says).lines())

    def _tell_would(self, after: Debate, lines: Sequence[Content]) -> None:
        if self.is_there:
            self.query_one(IfSaved).tell(lines)
            self.would_be(after)

    def _tell_refused(self, refused: AbduceError) -> None:
        if self.is_there:
            unread = sum(bool(self.wrong(one)) for one in self._fields)
            said = f"{unread} {'field' if unread == 1 else 'fields'} to mend first" if unread else str(refused)
            self.query_one(IfSaved).tell([content(said, "$contra")])
            self.would_be(None)

    def would_be(self, debate: Debate | None) -> None:
        """Say what else there is to say of a debate with the change in it; None while it cannot be made."""

    def saved(self) -> None:
        """Drop the draft and leave."""
        self.app.drafts.drop(self._draft)
        self.close(True)

    def met(self, conflict: Conflict) -> None:
        """Offer theirs and mine, field by field; what only one of the two has changed needs no choice."""
        before, theirs, mine = self._seen, {**self._values, **self._editor.moved_to(conflict.theirs)}, self._typed()
        both = [
            Differing(one.name, one.label, theirs[one.name], mine[one.name])
            for one in self._fields
            if one.name in mine and theirs[one.name] not in (before[one.name], mine[one.name])
        ]
        for name, text in theirs.items():
            if name not in mine:
                self.put(name, text)
        self._values, self._seen = theirs, dict(theirs)
        self._began = {name: self.shown(name) for name in theirs if name not in mine}
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer $EDITOR where there is a long text."""
        return action != "editor" or bool(self.query(TextArea))

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

    buttons: Sequence[KeyButton] = (KeyButton("Save", "enter"), KeyButton("Back", "escape"))

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Save, if all can be read."""
        self.action_save()
