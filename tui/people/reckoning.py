"""How good everybody's plausibilities were of what is settled, and which evidence misled."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import work
from textual.content import Content

from hypotheses.debate import Debate
from hypotheses.people import named
from hypotheses.problems import AbduceError
from hypotheses.reckoning import Misleading, Reckoning, misleading, reckon, settled
from hypotheses.timeline import Stand
from tui.dialogs.board import Board, BoardLine
from tui.number_text import sparkline
from tui.terminal.clean import content

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.host import Host

WORST: Final = 1.0
"""The worst of Brier's scores: the height of a full bar."""
NOTHING: Final = "Nothing is settled yet. S on the Debate screen writes down how an explanation turned out."


class ReckoningPage(Board):
    """A line per person, and one per piece of evidence that misled."""

    nothing = ""  # said above the lines

    def __init__(self, debate: Debate, viewer: str) -> None:
        """Show the scores once the journal is read; `viewer` is who looks at them."""
        super().__init__("Reckoning", debate)
        self._viewer = viewer
        self._stands: Sequence[Stand] | None = None
        """What everybody had stated before; None until it is read."""

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the scores of the debate as it is now, and read what everybody had stated before."""
        super().show(debate, estimates)
        self._read(self.app)

    @work(thread=True, group="stands", exclusive=True)
    def _read(self, app: Host) -> None:
        session = app.session
        if session is None:
            return
        try:
            stands = session.stands(self.debate.slug)
        except AbduceError as problem:
            app.call_from_thread(app.changes.cannot_read, problem)
        else:
            app.call_from_thread(self._known, stands)

    def _known(self, stands: Sequence[Stand]) -> None:
        if not self._gone and self.is_attached:
            first, self._stands = self._stands is None, stands
            super().show(self.debate, None)
            if first:
                self.go_to_first()

    def awaits(self, key: str) -> bool:
        """Let keys wait for the journal, but for the one that leaves."""
        return key != "escape" and self._stands is None

    def about(self, debate: Debate) -> Content:
        """Explain the scores, and list what is settled."""
        done = settled(debate)
        if not done:
            return Content(NOTHING)
        verdicts = "; ".join(f"{each.title}: {each.settled}" for each in done[:5])
        more = f"; and {len(done) - 5} more" if len(done) > 5 else ""
        return Content.assemble(
            content(f"Settled: {verdicts}{more}.", "$foreground"),
            "\nOf both scores lower is better: 0 is right and certain, 50% scores 0.25 and 0.69. "
            "What counts is what each held by that day, before it was written down; bars are Brier's score over time.",
        )

    def lines(self, debate: Debate) -> Sequence[BoardLine]:
        """The people, then the evidence."""
        if not settled(debate):
            return []
        if self._stands is None:
            return [BoardLine(Content.styled("Reading the journal …", "$label"))]
        lines = [BoardLine(_heads), *(BoardLine(partial(self._person, one)) for one in reckon(debate, self._stands))]
        wrong = misleading(debate)
        heading = "Evidence that misled" if wrong else "No evidence misled."
        lines += [BoardLine(Content("")), BoardLine(Content.styled(heading, "bold"))]
        return [*lines, *(BoardLine(_misled(debate, one), one.hypothesis, one.evidence) for one in wrong)]

    def _person(self, one: Reckoning, width: int) -> Content:
        mine = one.person == self._viewer
        name = named(self.debate, one.person) + (" (you)" if mine else "")
        shown = content(name, "bold" if mine else "").truncate(_names(width), ellipsis=True, pad=True)
        room = max(4, width - _names(width) - 21)
        if one.last is None:
            return Content.assemble(shown, ("  not held then: stated only after it was settled", "$label"))
        figures = f"{one.last.brier:>7.2f}{one.last.log:>8.2f}{one.last.hypotheses:>4}  ".replace("inf", "  ∞")
        later = f"  {len(one.not_held)} not held then" if one.not_held else ""
        drawn = course(one, max(4, room - len(later)))
        return Content.assemble(shown, figures, (drawn, "$you"), (later, "$label"))


def _heads(width: int) -> Content:
    return Content.styled(f"{'':<{_names(width)}}{'Brier':>7}{'log':>8}{'of':>4}  over time", "$label")


def _names(width: int) -> int:
    return max(8, min(24, width - 40))


def course(one: Reckoning, width: int) -> str:
    """Draw Brier's score over time, the last `width` times of it; a full bar is the worst there is."""
    scores = [score.brier for score in one.over_time][-width:]
    # A bar in any case: a score of nothing is the best, not one that is missing.
    return sparkline([*(max(score, WORST / 8) for score in scores), WORST])[0][:-1]


def _misled(debate: Debate, one: Misleading) -> Content:
    hypothesis = debate.hypotheses[one.hypothesis]
    way = "for" if hypothesis.settled == "false" else "against"
    return content(
        f"{one.evidence} spoke {way} it with {one.decibans:.1f} decibans, and it was {hypothesis.settled}: "
        f"{hypothesis.title}"
    )
