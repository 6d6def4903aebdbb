"""The form of evidence, one field of which is looked up and fills in the others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from hypotheses.problems import AbduceError
from tui.dialogs.editor import Editor
from tui.dialogs.form import Form
from tui.dialogs.form_field import FormField
from tui.terminal.typed import LineInput

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

    def on_paste(self, event: events.Paste) -> None:
        """Look up what was pasted, once it stands there."""
        self.call_later(self.action_submit)


class EvidenceForm(Form):
    """Fields that are empty when a look-up ends are filled in; what was typed is never replaced."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "look_up", "Look up", priority=True)]
    app: Host
    keys = "tab next · ctrl+l looks it up · ctrl+s (or F2) saves · F4 $EDITOR · esc back, your text is kept"

    def __init__(
        self,
        title: str,
        editor: Editor,
        *,
        draft: str,
        look_up: LookUp,
        suggest: Callable[[Mapping[str, str]], str],
    ) -> None:
        """Show the fields of an editor.

        Args:
            title: Of the box.
            editor: What is filled in, and how it becomes a change.
            draft: Under which name unsaved text is kept.
            look_up: Finds what the other fields are filled in with.
            suggest: Makes a key of the texts by field name.
        """
        super().__init__(title, editor, draft=draft)
        self._look_up = look_up
        self._suggest = suggest
        self._stop = threading.Event()

    def on_mount(self) -> None:
        """Begin with the title where there is one: what is edited was found already."""
        if self._values.get("title"):
            self.query_one(f"#{self._ids['title']}").focus()

    def _widget(self, one: FormField) -> Widget:
        if one.name == WANTED:
            return Pasted(one.value, placeholder=one.hint, id=self._ids[one.name], compact=True)
        return super()._widget(one)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Look up what stands in the field for that."""
        if event.input.id == self._ids[WANTED]:
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
        if stop is not self._stop or self._gone or not self.is_attached:
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
        filled = [name for name, text in texts.items() if text and name in self._ids and not self._shown(name).strip()]
        for name in filled:
            self.put(name, texts[name])
        if filled and SUGGESTED in self._ids and not self._shown(SUGGESTED).strip():
            self.put(SUGGESTED, self._suggest(self.texts()))
            filled.append(SUGGESTED)
        return filled

    def on_unmount(self) -> None:
        """Let a look-up go that has not ended."""
        self._stop.set()
