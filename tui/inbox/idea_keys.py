"""What the keys of the Inbox do: with the ideas that are ticked, else with the one under the cursor."""

from __future__ import annotations

from tui.host import Target
from tui.inbox.idea_panel import IdeaPanel
from tui.inbox.inbox_list import InboxList
from tui.screens import WholeScreen


class IdeaKeys(WholeScreen):
    """A screen with ideas, some of them ticked, and the panel that says as what one can be taken up."""

    @property
    def ideas(self) -> InboxList:
        """The ideas that are shown."""
        return self.query_one(InboxList)

    @property
    def target(self) -> Target:
        """The idea under the cursor."""
        idea = self.ideas.current if self.is_there else None
        return Target(idea=idea.number if idea is not None else 0)

    def show_ticked(self) -> None:
        """Say how many ideas are ticked."""

    def action_tick(self) -> None:
        """Tick the idea under the cursor, or not, and go on to the next."""
        idea = self.ideas.current
        if idea is not None and not idea.is_open:
            self.app.refuse(f"Idea {idea.number} is {idea.status} already")
        elif idea is not None:
            self.ideas.ticked ^= {idea.number}
            self.ideas.redraw()
            self.ideas.action_cursor(1)
            self.show_ticked()

    def untick(self) -> None:
        """Tick none."""
        if self.is_there:
            self.ideas.ticked = frozenset()
            self.ideas.redraw()
            self.show_ticked()

    def action_add(self) -> None:
        """Take the idea up, or those that are ticked as what each says it is."""
        self._do("add")

    def action_merge(self) -> None:
        """Make the idea part of what is there."""
        self._do("merge")

    def action_remove(self) -> None:
        """Decline the idea, or those that are ticked."""
        self._do("remove")

    def action_mark(self) -> None:
        """Put the idea off, or those that are ticked, or mark them otherwise."""
        self._do("mark")

    def _do(self, command: str) -> None:
        """Do what a command is for with what is chosen, as it is stored."""
        from tui.inbox.deciding import IDEA_ACTIONS, Chosen  # noqa: PLC0415 - forms take 20 ms; they come with the first

        real, current, ticked = self.app.real, self.ideas.current, sorted(self.ideas.ticked)
        numbers = ticked or ([current.number] if current is not None else [])
        ideas = [real.ideas[number] for number in numbers if number in real.ideas] if real is not None else []
        if real is not None and ideas:
            way = self.query_one(IdeaPanel).way
            IDEA_ACTIONS[command](Chosen(self.app, real, ideas, bool(ticked), way, self.untick))
