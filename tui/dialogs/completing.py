"""A field in which what is typed is completed: tab and → at its end take what is suggested."""

from __future__ import annotations

from collections.abc import Callable

from textual.suggester import Suggester

from tui.terminal.typed import LineInput


class Completion(Suggester):
    """Suggests how a text goes on."""

    def __init__(self, complete: Callable[[str], str]) -> None:
        """Suggest what this returns for a text: the whole of it, completed; empty if there is nothing to complete."""
        super().__init__(use_cache=False, case_sensitive=True)
        self.complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """Return the text completed."""
        return self.complete(value) or None


class CompletingInput(LineInput):
    """Takes what is suggested."""

    def __init__(
        self,
        text: str,
        complete: Callable[[str], str],
        *,
        placeholder: str = "",
        id: str | None = None,
        select_on_focus: bool = True,
    ) -> None:
        """Complete a text by this function, as of a `Completion`."""
        self._complete = complete
        super().__init__(
            text,
            placeholder=placeholder,
            suggester=Completion(complete),
            id=id,
            select_on_focus=select_on_focus,
            compact=True,
        )

    def take(self) -> bool:
        """Take what is suggested; False if that is nothing."""
        whole = self._complete(self.value) if self.cursor_at_end else ""
        if whole:
            self.value = whole
            self.cursor_position = len(whole)
        return bool(whole)

    def action_cursor_right(self, select: bool = False) -> None:
        """Take what is suggested, or move."""
        if select or not self.take():
            super().action_cursor_right(select)
