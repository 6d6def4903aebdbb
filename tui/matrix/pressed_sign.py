"""What a sign comes to that is pressed once or twice."""

from __future__ import annotations


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
        """Begin anew with the next sign."""
        self._last = (None, "")
