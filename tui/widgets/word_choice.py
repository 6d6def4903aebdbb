"""The choice among words: they lie in a row, ← → and the mouse move it, and what is typed overrules it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual
from textual.widgets.input import Selection

from tui.terminal.clean import content
from tui.terminal.typed import LineInput

Words = Mapping[str, str]
"""What a field says -> how that is written in the row."""

CHOSEN, UNDER_KEYS = "bold $foreground", "bold $on-primary on $primary"
"""The chosen word; the same while the keys go there."""


def words_line(words: Words, text: str, chosen: str = CHOSEN) -> Content:
    """Write the words with blanks around, the chosen one in brackets."""
    return Content.assemble(
        *((f"[{shown}]", chosen) if word == text else (f" {shown} ", "$label") for word, shown in words.items())
    )


def word_at(words: Words, x: int) -> str | None:
    """Return the word that stands at a cell of the row."""
    for word, shown in words.items():
        x -= Content(shown).cell_length + 2
        if x < 0:
            return word
    return None


class WordInput(LineInput):
    """A field whose text may be one of some words: ← and → go through these; within any other text they move."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "choose(-1)", "Choose", key_display="← →"),
        Binding("right", "choose(1)", "Choose", show=False),
    ]

    def __init__(self, text: str, words: Words, *, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(text, id=id, placeholder=placeholder, compact=True)
        self.words = words

    def action_choose(self, step: int) -> None:
        """Take the word before or after; from the beginning of another text, which stands behind them, the last."""
        words = list(self.words)
        if self.value in self.words:
            self.take(words[max(0, min(words.index(self.value) + step, len(words) - 1))])
        elif step < 0 and self.cursor_at_start:
            self.take(words[-1])
        elif step < 0:
            self.action_cursor_left()
        else:
            self.action_cursor_right()

    def take(self, word: str) -> None:
        """Take a word; what is typed then stands in its place."""
        self.value = word
        self.selection = Selection(0, len(word))


class WordChoice(WordInput):
    """Draws the words, and behind them what was typed if that is none of them."""

    DEFAULT_CSS = """
    WordChoice { text-wrap: nowrap; text-overflow: ellipsis; }
    """
    TYPED: ClassVar = 13
    """Cells for what is typed."""

    def __init__(self, text: str, words: Words, *, closed: bool = False, id: str | None = None) -> None:
        """Offer words.

        Args:
            text: What is chosen, or was typed.
            words: What can be chosen.
            closed: Whether nothing else can be typed: a letter then takes the next word that begins with it.
            id: Of the widget.
        """
        super().__init__(text, words, id=id)
        self._only_words = closed
        if closed:
            self.restrict = "|".join(map(re.escape, words))
        self.styles.width = words_line(words, "").cell_length + 2 + (0 if closed else self.TYPED)

    async def on_key(self, event: events.Key) -> None:
        """Let a letter take a word where nothing else can be typed."""
        if self._only_words and event.is_printable and event.character:
            self._take_next(event.character.casefold())
            event.stop()
            event.prevent_default()

    def restricted(self) -> None:
        """Be silent where nothing else can be typed."""

    def _take_next(self, letter: str) -> None:
        words = list(self.words)
        after = words.index(self.value) + 1 if self.value in words else 0
        for word in words[after:] + words[:after]:
            if self.words[word].casefold().startswith(letter):
                self.take(word)
                return

    def on_click(self, event: events.Click) -> None:
        """Take the word under the mouse."""
        offset = event.get_content_offset(self)
        word = None if offset is None else word_at(self.words, offset.x)
        if word is not None:
            self.take(word)

    def render_line(self, y: int) -> Strip:
        """Draw the one line."""
        line = words_line(self.words, self.value, UNDER_KEYS if self.has_focus else CHOSEN)
        if self.value not in self.words:
            line = Content.assemble(line, " ", self._typed())
        return Visual.to_strips(self, line, self.size.width, 1, self.visual_style, pad=True)[0]

    def _typed(self) -> Content:
        typed = content(f"{self.value} ", CHOSEN)
        if not self.has_focus:
            return typed
        here = len(content(self.value[: self.cursor_position]).plain)
        return typed.stylize("reverse", here, here + 1)
