"""One assistant at work on one debate: every call reads the debate anew, since other programs change it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from hypotheses.problems import found
from hypotheses.reports.json import Shape
from hypotheses.reports.markdown import markdown
from hypotheses.reports.style import Form, MarkdownStyle
from store.debate_store import DebateStore
from tui.assistants.arguments import taken
from tui.assistants.bounding import harmless
from tui.assistants.sending import Inbox, in_use
from tui.assistants.tools import TOOLS

LONGEST_PAGE: Final = 200_000
"""Characters of a debate as one page, at most."""


@dataclass(frozen=True, slots=True)
class DebatePage:
    """The debate as one page of Markdown."""

    address: str
    form: Form
    about: str


PAGES: Final = {
    page.address: page
    for page in (
        DebatePage("abduce://debate/post.md", "post", "The debate as a post of some paragraphs, in Markdown."),
        DebatePage("abduce://debate/report.md", "report", "Everything in the debate, in Markdown."),
    )
}


class AssistantSession:
    """What one assistant can do, safe to use from several threads."""

    def __init__(self, store: DebateStore, slug: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin a session on a debate."""
        self._store = store
        self._slug = slug
        self._inbox = Inbox(store, slug, clock)

    def call(self, name: str, given: Mapping[str, object], client: str) -> Shape:
        """Return the answer of a tool.

        Raises:
            AbduceError: it was refused, with one sentence that says why.
        """
        tool = found("tool", name, TOOLS)
        asked = taken(given, tool.arguments)
        if tool.read is None:
            return self._inbox.send(asked, client)
        return tool.read(in_use(self._store.load(self._slug)), asked)

    def page(self, address: str) -> str:
        """Return the debate as one page of Markdown.

        Raises:
            NotFound: there is no such page.
        """
        page = found("resource", address, PAGES)
        debate = in_use(self._store.load(self._slug))
        return harmless(markdown(debate, MarkdownStyle(page.form)), LONGEST_PAGE)
