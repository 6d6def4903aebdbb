"""A link that somebody has written, followed once one has seen where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.dialogs.message import Confirm
from tui.terminal import external
from tui.terminal.clean import clean_text

if TYPE_CHECKING:
    from tui.host import Host


def browse(app: Host, url: str) -> None:
    """Follow an http(s) link once the person has seen where it goes."""
    host = external.host_of(url)
    if not host:
        app.refuse(f"{clean_text(url)} is not a web address; it is not opened")
        return

    def take(agreed: bool | None) -> None:
        if agreed and not external.browse(url):
            app.refuse("There is no browser to open the link with")

    app.push_screen(Confirm(f"Open {host}?", url), take)
