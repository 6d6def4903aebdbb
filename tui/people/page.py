"""What everybody states, what they hold together, and where they are furthest apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content

from hypotheses.debate import Assessment, Debate, Hypothesis
from hypotheses.people import cell_disagreement, disagreement, named, people, plausibilities, pooled, statements
from hypotheses.ranking import format_plausibility, ranked
from tui.dialogs.board import Board, BoardLine
from tui.evidence.view import ratings_of
from tui.number_text import apart
from tui.terminal.clean import content

if TYPE_CHECKING:
    from tui.host import Host

COLUMN: Final = 9
"""Cells of a person's column."""
TITLE: Final = 22
"""Cells that a title takes at least, where there are that many."""
TOTALS: Final = 18
"""Cells of the two columns on what they hold together."""
MOST_CELLS: Final = 40
"""How many ratings are listed that people disagree on."""


class PeoplePage(Board):
    """A column per person, a line per explanation."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "turn(-1)", "People before", show=False),
        Binding("right,l", "turn(1)", "More people", show=False),
    ]
    app: Host
    keys = "↑ ↓ move · ← → more people · enter goes there · {comment} comment · esc back"

    def __init__(self, debate: Debate, viewer: str) -> None:
        """Show everybody; `viewer` is whose view the screens show (empty: the owner)."""
        super().__init__("People", debate)
        self._viewer = viewer
        self._first = 0

    def about(self, debate: Debate) -> Content:
        """Say whose view this is, and what the columns are."""
        who = content(named(debate, self._viewer)).plain
        return Content(
            f"You look at the debate as {who}. Together: the geometric mean of everybody's odds. "
            "Apart: the standard deviation, in decibans. ? is a starting figure that nobody has set."
        )

    def lines(self, debate: Debate) -> Sequence[BoardLine]:
        """The plausibilities, then the ratings on which people differ most."""
        everybody, together = people(debate), pooled(debate)
        self._first = min(self._first, len(everybody) - 1)
        lines = [BoardLine(partial(self._heads, debate, everybody))]
        lines += [
            BoardLine(partial(self._draw, rank, each, everybody, together[each.slug]), each.slug)
            for rank, each in enumerate(ranked(debate), 1)
        ]
        cells = contested(debate)
        if cells:
            lines += [BoardLine(Content("")), BoardLine(Content.styled("Ratings furthest apart", "bold"))]
        ranks = {each.slug: rank for rank, each in enumerate(ranked(debate), 1)}
        for cell in cells[:MOST_CELLS]:
            said = content(f"  {ratings_of(debate, cell.cell)}")
            lines.append(
                BoardLine(partial(_draw_cell, cell, ranks[cell.hypothesis], said), cell.hypothesis, cell.evidence)
            )
        if len(cells) > MOST_CELLS:
            lines.append(BoardLine(Content.styled(f"… and {len(cells) - MOST_CELLS} more", "$label")))
        return lines

    def _in_sight(self, everybody: Sequence[str], width: int) -> Sequence[str]:
        room = max(1, (width - 3 - TITLE - TOTALS) // COLUMN)
        first = min(self._first, max(0, len(everybody) - room))
        return everybody[first : first + room]

    def _heads(self, debate: Debate, everybody: Sequence[str], width: int) -> Content:
        shown = self._in_sight(everybody, width)
        left = f"{len(shown)} of {len(everybody)} people" if len(shown) < len(everybody) else ""
        names = []
        for person in shown:
            name = content(named(debate, person)).truncate(COLUMN - 2, ellipsis=True)
            gap = " " * (COLUMN - 1 - name.cell_length)
            names.append(Content.assemble(gap, name.stylize("bold" if person == self._viewer else "$label"), " "))
        room = max(4, width - 3 - TOTALS - COLUMN * len(shown))
        heads = Content.styled(f"{'together':>10}{'apart':>8}", "$label")
        return Content.assemble("   ", (f"{left:<{room}}"[:room], "$label"), *names, heads)

    def _draw(self, rank: int, each: Hypothesis, everybody: Sequence[str], together: float, width: int) -> Content:
        said, shown = statements(each), self._in_sight(everybody, width)
        figures = [
            Content.styled(
                f"{format_plausibility(one.plausibility):>{COLUMN - 1}}{'?' if one.placeholder else ' '}"
                if (one := said.get(person))
                else f"{'–':>{COLUMN - 1}} ",
                "bold" if person == self._viewer else "",
            )
            for person in shown
        ]
        room = max(4, width - 3 - TOTALS - COLUMN * len(shown))
        title = content(each.title).truncate(room, ellipsis=True, pad=True)
        far = apart(disagreement(each)) if len(plausibilities(each)) > 1 else "–"
        totals = (f"{format_plausibility(together):>10}{far:>8}", "$you")
        return Content.assemble((f"{rank:>2} ", "$label"), title, *figures, totals)

    def action_turn(self, step: int) -> None:
        """Bring other people into sight."""
        self._first = max(0, min(self._first + step, len(people(self.debate)) - 1))
        self.show(self.debate, None)


class Contested(NamedTuple):
    """A rating on which people differ."""

    evidence: str
    hypothesis: str
    cell: Assessment
    apart: float


def contested(debate: Debate) -> list[Contested]:
    """Return the ratings on which people differ, the furthest apart first."""
    cells = [
        Contested(key, slug, cell, far)
        for key, item in debate.evidence.items()
        for slug, cell in item.assessments.items()
        if cell.others and slug in debate.hypotheses and (far := cell_disagreement(cell))
    ]
    return sorted(cells, key=lambda one: -one.apart)


def _draw_cell(one: Contested, rank: int, said: Content, width: int) -> Content:
    name = content(f"{one.evidence} for {rank}").truncate(min(32, width // 2), ellipsis=True, pad=True)
    return Content.assemble((f"{apart(one.apart):>6}  ", "$you"), name, said)
