"""Every way out of the app: unsaved text is kept, the files are closed, and what went wrong is one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ScreenStackError
from textual.css.query import NoMatches

from tui import crash
from tui.command_keys import key_of
from tui.dialogs.dialog import Dialog
from tui.host import Host

if TYPE_CHECKING:
    from store.debate_store import DebateStore


class Ending(Host):
    """Ends the program."""

    parting_words = ""
    """What to say on stderr after the screen is gone."""
    _store: DebateStore | None = None
    """Closed when the app ends, whether or not a debate was found in it."""

    def end(self, code: int = 0) -> None:
        """Leave, keeping unsaved text."""
        self.leaving = True
        self._keep_drafts()
        self.exit(code, return_code=code)

    def action_leave(self) -> None:
        """Quit."""
        self.end()

    def action_leave_hint(self) -> None:
        """Say how to quit: ctrl+c copies in most programs."""
        self.notify(f"Press {key_of('leave')} to quit (esc first, inside a dialog).", markup=False)

    def _keep_drafts(self) -> str:
        """Keep what stands unsaved in open forms; return what became of it, in words."""
        try:
            for screen in self.screen_stack:
                if isinstance(screen, Dialog):
                    screen.keep_draft()
        except Exception as failed:  # the screen may be half gone, and what ends the program counts more
            return f"; unsaved text could not be kept ({failed})"
        return ", and unsaved text of an open form is kept"

    async def _shutdown(self) -> None:
        # Every way out comes here, also one that did not ask `end`.
        self.leaving = True
        await super()._shutdown()
        self.drafts.close()
        if self._store is not None:
            self._store.close()

    def unexpected(self, error: Exception) -> None:
        """End the program because of its own fault, told in one sentence."""
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        if self.leaving and isinstance(error, NoMatches | ScreenStackError):
            # A message that was still under way asked for a widget or screen that is gone already.
            return
        # Textual's own crash screen prints local variables and the script still ends with 0.
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self.parting_words = f"{crash.told_of(error)}. Everything saved is safe{self._keep_drafts()}."
        self.panic()
