"""What the keys that rate a cell of the matrix come to: a sign pressed once or twice, a ratio typed bit by bit."""

from __future__ import annotations

from typing import Final

from hypotheses.belief import parse_ratio
from hypotheses.problems import Malformed

RATIO_KEYS: Final = {"full_stop": ".", "slash": "/", "colon": ":", **{str(digit): str(digit) for digit in range(10)}}
"""Keys that go on with a ratio, and what they type."""
RATIO_CHARACTERS: Final = frozenset(RATIO_KEYS.values())
BEGINS: Final = frozenset("123456789.")
"""What a ratio can begin with; 0 is a rating of its own."""
LONGEST_RATIO: Final = 12


class PressedSign:
    """The sign that was pressed last. The same again in the same cell is the double one."""

    def __init__(self) -> None:
        self._last: tuple[object, str] = (None, "")

    def press(self, cell: object, sign: str) -> str:
        """Return the sign that is meant; none where the double one stands already."""
        before = self._last[1] if self._last[0] == cell else ""
        if before == sign * 2:
            return ""
        self._last = (cell, sign * 2 if before == sign else sign)
        return self._last[1]

    def forget(self) -> None:
        """Begin anew."""
        self._last = (None, "")


class TypedRatio:
    """The ratio that is being typed, and what is wrong with it."""

    def __init__(self) -> None:
        self.text: str | None = None
        """What there is of it; None while none is being typed."""
        self.wrong = ""
        """Why it was not taken."""

    def accepts(self, char: str) -> bool:
        """Say whether a ratio is being typed, or this begins one."""
        return self.text is not None or char in BEGINS

    def begin(self) -> None:
        """Begin with nothing."""
        self._put("")

    def type(self, char: str) -> None:
        """Begin or go on; nothing takes the last character away, and ends it where none is left."""
        before = self.text or ""
        self._put((before + char)[:LONGEST_RATIO] if char else before[:-1] or None)

    def paste(self, text: str) -> bool:
        """Type all of a text in place of what there is; False if it is no ratio: then nothing changes."""
        text = text.strip()[:LONGEST_RATIO]
        if not text or not RATIO_CHARACTERS.issuperset(text):
            return False
        self._put(text)
        return True

    def drop(self) -> bool:
        """Forget it; say whether there was one."""
        dropped = self.text is not None
        self._put(None)
        return dropped

    def take(self) -> float | None:
        """End with what is typed; None if it cannot be read: it stays to be mended."""
        try:
            ratio = parse_ratio(self.text or "")
        except Malformed as refused:
            self.wrong = str(refused)
            return None
        self.drop()
        return ratio

    def _put(self, text: str | None) -> None:
        self.text, self.wrong = text, ""
