"""A picture of the screen: as it was when it was asked for, written to a file whose name says the format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypotheses.problems import Malformed
from store.disk import is_there, write_whole
from store.expected import ANYTHING
from store.paths import absolute, path_of
from tui.dialogs.prompt import Prompt
from tui.export.png import png_of

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from tui.session import StoreCall


class PicturePrompt(Prompt):
    """Writes a picture to a file; over one that is there only on a second enter."""

    keys = "enter writes it · esc back"

    def __init__(self, svg: str, name: str) -> None:
        """Ask for the name of the file."""
        about = "The name of the file; it ends in .svg or .png."
        super().__init__("Picture", about, name, read=_read, edit=self._edit, seen=ANYTHING, doubt=_taken)
        # Textual numbers the styles of every picture anew; with a fixed number the same screen is the same file.
        self._svg = re.sub(r"\bterminal-\d+", "terminal-1", svg)

    def _edit(self, text: str) -> StoreCall:
        # What is there now was told; what comes meanwhile is not replaced.
        force, app, svg = _is_there(text), self.app, self._svg

        def written(store: DebateStore, _: object) -> None:
            path = path_of(text.strip())
            picture = png_of(svg) if path.suffix.lower() == ".png" else svg
            write_whole(path, picture, sparing=store.own_files, force=force)
            app.notify(f"Drawn to {absolute(path)}", markup=False)

        return written


def _read(text: str) -> str:
    path = path_of(text.strip())
    if path.suffix.lower() not in (".svg", ".png"):
        raise Malformed(f"{path.name!r} does not say a format; expected a name ending in .svg or .png")
    return f"The screen as it was, to {absolute(path)}{', in the place of what is there' if _is_there(text) else ''}"


def _is_there(text: str) -> bool:
    return is_there(path_of(text.strip()))


def _taken(text: str) -> str:
    return f"{text.strip()} is there already. enter again replaces it." if _is_there(text) else ""
