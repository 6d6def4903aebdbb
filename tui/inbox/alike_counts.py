"""How many things each idea in the list looks like: counted while nothing else is to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from textual import work
from textual.worker import get_current_worker

from hypotheses.alike_index import AlikeIndex
from hypotheses.debate import Debate, Idea
from tui.host import Host
from tui.inbox.idea_keys import IdeaKeys
from tui.inbox.idea_panel import IdeaPanel

if TYPE_CHECKING:
    from textual.timer import Timer

LOOKED_AT: Final = 300
"""Of so many ideas that are shown each is asked how many things it looks like; of more, those in sight."""
SOON: Final = 0.2
"""Seconds that they are to stay in sight for that."""
REST: Final = 0.001
"""Seconds of each rest."""
QUIET: Final = 0.3
"""Seconds after a key in which nothing is counted: a thread that counts keeps the app waiting at each of its steps."""


class AlikeCounts(IdeaKeys):
    """A screen with ideas that says what they look like, once that can be told."""

    def __init__(self) -> None:
        super().__init__()
        self._debate: Debate | None = None
        self._making = False
        """Whether what ideas look like is being found out."""
        self._counting: Timer | None = None

    def make_index(self) -> None:
        """See to it that what ideas look like can be told."""
        session, debate = self.app.session, self._debate
        if session is not None and debate is not None and not self._making and not session.alike.is_near(debate):
            self._making = True
            self._take_up(self.app, session.alike, debate)

    # One thread for it and no other: all that waits for it would take the threads that changes are made in.
    @work(thread=True, group="alike", description="alike index")
    def _take_up(self, app: Host, index: AlikeIndex, debate: Debate) -> None:
        index.make(debate, lambda: _rest(app))
        if not app.leaving:
            app.call_from_thread(self._taken_up)

    def _taken_up(self) -> None:
        self._making = False
        if self.is_there and self._debate is not None:
            self.query_one(IdeaPanel).look_again()
            self.count_soon()

    def count_soon(self) -> None:
        """Count what the ideas look like: all that are shown, or of very many those in sight, once they stay there."""
        if len(self.ideas.rows) <= LOOKED_AT:
            self._count_now()
        elif self._counting is None:
            self._counting = self.set_timer(SOON, self._count_now)
        else:
            self._counting.reset()

    def _count_now(self) -> None:
        self._counting = None
        listed, debate = self.ideas, self._debate
        if not self.is_there or debate is None or self.app.session is None:
            return
        rows, height = listed.rows, listed.row_height
        if len(rows) > LOOKED_AT:
            first = listed.scroll_offset.y // height
            rows = rows[first : first + listed.size.height // height + 1]
        if self.app.session.alike.is_near(debate):
            self._count_alike(self.app, self.app.session.alike, debate, tuple(rows))

    @work(thread=True, exclusive=True, group="alike count", description="alike")
    def _count_alike(self, app: Host, index: AlikeIndex, debate: Debate, ideas: Sequence[Idea]) -> None:
        worker, counts = get_current_worker(), {}
        for idea in ideas:
            counts[idea.number] = len(index.looks_like(debate, idea))
            if (len(debate.ideas) > LOOKED_AT and not _rest(app)) or worker.is_cancelled:
                return
        app.call_from_thread(self._take_counts, debate, counts)

    def _take_counts(self, debate: Debate, counts: Mapping[int, int]) -> None:
        if self.is_there and self._debate is debate and self.ideas.alike != counts:
            self.ideas.alike = counts
            self.ideas.redraw()


def _rest(app: Host) -> bool:
    """Let the app get on, as long as somebody types; say whether to go on then."""
    sleep(REST)
    while not app.leaving and monotonic() - app.typed_at < QUIET:
        sleep(QUIET / 10)
    return not app.leaving
