"""Another name for something that goes by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hypotheses.problems import Malformed, Refused
from tui.dialogs.prompt import Prompt
from tui.session import StoreCall

if TYPE_CHECKING:
    from tui.host import Host


def ask_for_name(
    app: Host,
    title: str,
    about: str,
    name: str,
    *,
    renamed: Callable[[str], object],
    rename: Callable[[str], StoreCall],
    seen: object,
) -> None:
    """Type another name; why it cannot be called so is told at every key.

    Args:
        app: Where it is asked.
        title: Of the box.
        about: What is called so.
        name: What it is called now.
        renamed: Calls it otherwise in the debate as it is seen; raises Refused.
        rename: Makes the change.
        seen: What its editor saw.
    """

    def read(text: str) -> str:
        if text.strip() != name:
            try:
                renamed(text.strip())
            except Refused as refused:
                raise Malformed(str(refused)) from refused
        return ""

    def edit(text: str) -> StoreCall:
        return rename(text.strip()) if text.strip() != name else lambda _store, _seen: None

    app.push_screen(Prompt(title, about, name, read=read, edit=edit, seen=seen))
