"""A reader's idea, to read."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from hypotheses.debate import Debate
from hypotheses.idea import Idea
from tui.command_keys import bound_to
from tui.comments import comment_text
from tui.dialogs.message import Page
from tui.host import Target
from tui.screens import Typing


class IdeaPage(Page, Typing):
    """A reader's idea, with its comments one key away."""

    BINDINGS: ClassVar[list[BindingType]] = [bound_to("comment")]

    def __init__(self, title: str, text: str, number: int, comments: int) -> None:
        super().__init__(title, text)
        self._number = number
        self.keys = f"↑ ↓ scroll · {{comment}} comment{comment_text.mark(comments).plain} · {{copy}} copy · esc back"

    @property
    def copied(self) -> str:
        """Nothing but what the target is: here it may be shortened."""
        return ""

    @property
    def target(self) -> Target:
        """The idea that is shown."""
        return Target(idea=self._number)


def idea_page(idea: Idea, debate: Debate) -> IdeaPage:
    """Show a reader's idea, as text."""
    about = (f"{idea.kind}, {idea.status}", f"from {idea.sender}" if idea.sender else "", idea.received[:10])
    related = f"\n\nRelated: {', '.join(idea.related)}" if idea.related else ""
    example = "\n\nAn example that came with the debate; nobody sent it." if idea.example else ""
    reference = f"\n\nReference: {idea.reference}" if idea.reference else ""
    facts = " · ".join(part for part in about if part)
    comments = comment_text.counts(debate)["", "", idea.number]
    return IdeaPage(
        f"Idea {idea.number}",
        f"{idea.title}\n{facts}\n\n{idea.text}{related}{reference}{example}",
        idea.number,
        comments,
    )
