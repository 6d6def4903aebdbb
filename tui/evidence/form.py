"""The form of evidence, one field of which is looked up and fills in the others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from hypotheses.problems import AbduceError
from tui.dialogs.editor import Editor
from tui.dialogs.form import Form
from tui.dialogs.form_field import FormField, Texts
from tui.dialogs.form_part import FieldLine, FormPart
from tui.dialogs.taking import source
from tui.evidence.fields import BIBLIOGRAPHY, WEIGHED, bibliography_line
from tui.evidence.rating_rows import RatingRows
from tui.terminal.clean import content
from tui.terminal.typed import LineInput
from tui.widgets.button_row import KeyButton
from tui.widgets.fold import Fold

if TYPE_CHECKING:
    from tui.host import Host

WANTED = "look_up"
"""The field that is looked up."""
IDENTIFIERS = (WANTED, "doi", "arxiv", "url")
"""What ctrl+l looks up: the first of these that holds something."""
SUGGESTED = "key"
"""The field that is filled in from the others."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up found."""

    texts: Mapping[str, str]
    """Name of a field -> its text."""
    note: str = ""
    """What else is to be told, as a sentence."""


LookUp = Callable[[str, threading.Event], Found]
"""Looks up what was pasted, until it is stopped; raises AbduceError. It blocks."""


class Pasted(LineInput):
    """A line that is looked up on enter, and as soon as something is pasted into it."""

    takes = staticmethod(source)

    def take_in(self, text: str) -> None:
        """Look up what was pasted, once it stands there."""
        super().take_in(text)
        self.call_later(self.action_submit)


class EvidenceForm(Form):
    """Fields that are empty when a look-up ends are filled in; what was typed is never replaced."""

    DEFAULT_CSS = """
    EvidenceForm {
        & FieldLine > TextArea { height: 3; }
        & RatingRows, & .apart, & Fold { margin-top: 1; }
        &.-low {
            & FieldLine > TextArea { height: 2; }
            & Fold, & IfSaved { margin-top: 0; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "look_up", "Look up", key_display="ctrl+l", priority=True),
        Binding("ctrl+n", "save_and_next", "Save and next", show=False, priority=True),
    ]
    app: Host

    def __init__(
        self,
        title: str,
        editor: Editor,
        *,
        draft: str,
        look_up: LookUp,
        suggest: Callable[[Texts], str],
        again: Callable[[], object] | None = None,
        pasted: str = "",
    ) -> None:
        """Show the fields of an editor.

        Args:
            title: Of the box.
            editor: What is filled in, and how it becomes a change.
            draft: Under which name unsaved text is kept.
            look_up: Finds what the other fields are filled in with.
            suggest: Makes a key of the texts by field name.
            again: Opens the next form, where one after the other is filled in.
            pasted: What was pasted to open it: it is looked up.
        """
        super().__init__(title, editor, draft=draft)
        self._again = again
        self._pasted = pasted
        self._and_next = False
        if again is not None:
            save, *others = self.buttons
            self.buttons = (save, KeyButton("Save and next", "ctrl+n"), *others)
        self._look_up = look_up
        self._suggest = suggest
        self._stop = threading.Event()

    def parts(self) -> Iterator[Widget]:
        """Yield what matters first, then the bibliography, folded."""
        for section, group in groupby(self._fields, _section):
            fields = list(group)
            if section == "ratings":
                rows = self.holding(RatingRows(fields))
                yield rows
                yield from (self.line(one) for one in fields if one.name not in rows.names)
            elif section == "bibliography":
                legend = Content.assemble(("ctrl+l", "$you"), (" look up", "$label"))
                yield Fold("Bibliography", *map(self.line, fields), legend=legend)
            else:
                yield from map(self._plain_line, fields)

    def _plain_line(self, one: FormField) -> Widget:
        if one.name == WANTED:
            return self.holding(FieldLine(one, Pasted(one.value, placeholder=one.hint, compact=True)))
        line = self.line(one)
        line.set_class(one.name == WEIGHED[0], "apart")
        return line

    def on_mount(self) -> None:
        """Begin with the title where there is one: what is edited was found already."""
        if self._values["title"]:
            self.go_to("title")
        if self._pasted:
            self.call_later(self._take_pasted)  # once a draft is back
        self._tell_bibliography()

    def _take_pasted(self) -> None:
        field = self.query_one(Pasted)
        field.clear()
        field.take_in(self._pasted)

    @on(FormPart.Edited)
    def bibliography_edited(self, event: FormPart.Edited) -> None:
        """Say on its line what is in the bibliography."""
        if event.name in BIBLIOGRAPHY:
            self._tell_bibliography()

    def _tell_bibliography(self) -> None:
        told = bibliography_line(self.texts())
        empty = "authors, source, date, DOI, arXiv, links, key"
        self.query_one(Fold).tell(content(told) if told else Content.styled(empty, "$label"))

    def action_save(self) -> None:
        """Save, and leave."""
        self._and_next = False
        super().action_save()

    def action_save_and_next(self) -> None:
        """Save, and go on with the next one."""
        self._and_next = True
        super().action_save()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Go on only where there is a next one."""
        return super().check_action(action, parameters) and (action != "save_and_next" or self._again is not None)

    def saved(self) -> None:
        """Leave, for the next one if that was asked for."""
        super().saved()
        if self._and_next and self._again is not None:
            self.app.call_later(self._again)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Look up what stands in the field for that."""
        if isinstance(event.input, Pasted):
            self._start(event.value)

    def action_look_up(self) -> None:
        """Look up what was pasted, or else the DOI, the arXiv id or the link."""
        texts = self.texts()
        self._start(next((texts[name] for name in IDENTIFIERS if texts[name].strip()), ""))

    def _start(self, text: str) -> None:
        """Look something up in a thread, in the place of any look-up that has not ended."""
        self._stop.set()
        if not text.strip():
            self.tell("Paste a DOI, an arXiv id or an address to look up.")
            return
        stop = self._stop = threading.Event()
        app = self.app

        def work() -> None:
            try:
                answer: Found | str = self._look_up(text, stop)
            except AbduceError as refused:
                answer = f"{refused}. The fields can be filled in by hand."
            if not stop.is_set():
                app.call_from_thread(self._ended, stop, answer)

        self.tell("Looking it up … you can go on typing.", wrong=False)
        # A worker of the app's: the form may be left before it has ended.
        app.run_worker(work, thread=True, group="look up", exit_on_error=False)

    def _ended(self, stop: threading.Event, answer: Found | str) -> None:
        if stop is not self._stop or not self.is_there:
            return
        if isinstance(answer, str):
            self.tell(answer)
            return
        filled = self._fill(answer.texts)
        sentence = (
            f"Filled in: {', '.join(filled)}." if filled else "Found it; nothing was empty that it could fill in."
        )
        self.tell(f"{sentence} {answer.note}".rstrip(), wrong=False)

    def _fill(self, texts: Mapping[str, str]) -> list[str]:
        """Fill in the fields that are empty; return their names."""
        filled = [
            name for name, text in texts.items() if text and name in self._values and not self.shown(name).strip()
        ]
        for name in filled:
            self.put(name, texts[name])
        if filled and SUGGESTED in self._values and not self.shown(SUGGESTED).strip():
            self.put(SUGGESTED, self._suggest(self.texts()))
            filled.append(SUGGESTED)
        return filled

    def on_unmount(self) -> None:
        """Let a look-up go that has not ended."""
        self._stop.set()


def _section(one: FormField) -> str:
    if one.name.startswith(("ratio.", "why.")):
        return "ratings"
    return "bibliography" if one.name in BIBLIOGRAPHY else ""
