"""How many things each idea in the list looks like: counted while nothing else is to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from textual import work
from textual.worker import get_current_worker

from hypotheses.changed import changed
from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.problems import AbduceError
from tui.host import Host
from tui.inbox.idea_keys import IdeaKeys

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.session import Session

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
        self._counting: Timer | None = None
        self._counts: dict[int, int] = {}
        """Number of an idea -> how many things it looks like, as far as that is known of the debate."""
        self._counted: Debate | None = None
        """The debate that it was counted for."""

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
        if self._counted is None or not _say_the_same(self._counted, debate):
            self._counts = {}
        self._counted = debate
        if missing := [row for row in rows if row.number not in self._counts]:
            self._count_alike(self.app, self.app.session, debate, missing, self._counts)
        else:
            self._take_counts(debate, dict(self._counts))

    @work(thread=True, exclusive=True, group="alike count", description="alike")
    def _count_alike(
        self, app: Host, session: Session, debate: Debate, ideas: Sequence[Idea], counts: dict[int, int]
    ) -> None:
        worker = get_current_worker()
        for idea in ideas:
            if (len(debate.ideas) > LOOKED_AT and not _rest(app)) or worker.is_cancelled:
                return
            try:
                counts[idea.number] = len(session.looks_like(debate, idea))
            except AbduceError:
                return  # the panel says why it cannot be told
        app.call_from_thread(self._take_counts, debate, dict(counts))

    def _take_counts(self, debate: Debate, counts: Mapping[int, int]) -> None:
        if self.is_there and self._debate is debate and self.ideas.alike != counts:
            self.ideas.alike = counts
            self.ideas.redraw()


def _say_the_same(before: Debate, after: Debate) -> bool:
    """Say whether nothing that ideas are compared with says anything else: a decision changes no words."""
    if before.hypotheses is not after.hypotheses or before.evidence is not after.evidence:
        return before is after
    there, gone = changed(before.ideas, after.ideas)
    pairs = [(before.ideas.get(number), after.ideas[number]) for number in there]
    return not gone and all(old is not None and _said(old) == _said(new) for old, new in pairs)


def _said(idea: Idea) -> tuple[str, str, str, bool]:
    return idea.title, idea.text, idea.url, idea.status == "split"


def _rest(app: Host) -> bool:
    """Let the app get on, as long as somebody types; say whether to go on then."""
    sleep(REST)
    while not app.leaving and monotonic() - app.typed_at < QUIET:
        sleep(QUIET / 10)
    return not app.leaving
