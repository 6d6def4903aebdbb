"""The escape key in the same write as the key after it: told apart from the sequences that begin with its character.

Textual 8.2.8 waits a tenth of a second for what may follow an escape. Whatever comes in that time is taken for a
sequence: `esc j` typed ahead becomes `^` and `j`, and `esc 1` becomes `¡`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Final

from textual import events
from textual._parser import ParseTimeout
from textual._xterm_parser import XTermParser
from textual.message import Message

ESCAPE: Final = "\x1b"
SEQUENCES: Final = frozenset("[O\x1b")
"""What follows an escape that begins a sequence, or another escape."""
WORDS: Final = frozenset("fb\x7f")
"""What follows it where a terminal sends alt with a letter or backspace to move over a word or take it away."""
PASTE_BEGINS: Final = "\x1b[200~"
PASTE_ENDS: Final = "\x1b[201~"


class WordKey(events.Key):
    """A key that moves by words in a text; anywhere else it is the escape key and another one."""

    def __init__(self, key: str, second: str) -> None:
        """Take the key that it is in a text, and the character that came after the escape."""
        super().__init__(key, None)
        self._second = second

    def keys(self, *, in_text: bool) -> list[events.Key]:
        """Return the keys that it is; Textual calls handlers by the class of an event, which is not this one."""
        if in_text:
            return [events.Key(self.key, self.character)]
        second = events.Key("backspace" if self._second == "\x7f" else self._second, self._second)
        return [events.Key("escape", ESCAPE), second]


class EscapeParser(XTermParser):
    """Textual's parser, which does not wait where what follows an escape begins no sequence.

    And what is pasted stays text: Textual's reads an escape in it, and what follows, as keys.
    """

    _after_escape = False
    _recent = ""
    _pasted: str | None = None
    """What has come of a paste so far; None outside of one."""

    def feed(self, data: str) -> Iterable[Message]:
        """Turn what the terminal sent into keys and other events."""
        if not data:
            yield from super().feed(data)  # there will be no more
        while data:
            if self._pasted is not None:
                text, ended, data = (self._pasted + data).partition(PASTE_ENDS)
                self._pasted = None if ended else text
                if ended:
                    yield from self._paste(text)
            elif self._awaiting.timeout is not None or ESCAPE in data:
                character, data = data[0], data[1:]
                yield from self._feed_one(character)
            else:
                yield from super().feed(data)
                data = ""

    def _feed_one(self, character: str) -> Iterable[Message]:
        alone = self._after_escape and character not in SEQUENCES
        if alone and character not in WORDS and self._awaiting.timeout is not None:
            # As when the time has run out.
            self._timeout_time = None
            self._awaiting = self._gen.throw(ParseTimeout())
        for event in super().feed(character):
            is_word = alone and character in WORDS and isinstance(event, events.Key)
            yield WordKey(event.key, character) if is_word and isinstance(event, events.Key) else event
        self._after_escape = character == ESCAPE and self._awaiting.timeout is not None
        self._recent = (self._recent + character)[-len(PASTE_BEGINS) :]
        if self._recent == PASTE_BEGINS:
            self._pasted = ""

    def _paste(self, text: str) -> Iterable[Message]:
        for _ in super().feed(PASTE_ENDS):
            pass  # to Textual's parser the paste was empty
        yield events.Paste(text.replace(ESCAPE, "").replace("\x00", ""))


def install() -> None:
    """Have Textual's driver read keys with this parser."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver  # noqa: PLC0415 - there is no such driver on Windows

        setattr(linux_driver, "XTermParser", EscapeParser)  # noqa: B010 - the name that module imported
