"""What the evidence says under each doubt, as a line of digits: each explanation by its rank, from 0 to 100%."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.content import Content

from hypotheses.debate import Debate
from hypotheses.doubt_cases import Case
from hypotheses.doubted import Doubted, Under
from hypotheses.doubts import Doubt
from hypotheses.ranking import format_plausibility, ranked
from tui.number_text import MARKS
from tui.terminal.clean import content
from tui.widgets.line_list import LineList
from tui.widgets.track import QUARTERS, TICK_MARK, Axis

MOVES: Final = 0.05
"""A cluster is listed by itself if leaving it out moves some explanation by so much."""
MOVED: Final = 0.01
"""What a doubt moves by less is not told."""
LABEL: Final = 32
"""Cells of a doubt's name, where there is room."""
FIRST: Final = 7
"""Cells of the sign of the explanation that stands first."""
FOLDED, UNFOLDED = FOLDS = ("▸ ", "▾ ")
JOINS: Final = "│ "
"""Stands before the cases of a doubt."""


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """What is rated, a doubt, one of its cases, or a note."""

    name: str
    """Of the doubt, or of one of its cases."""
    case: Case | None = None
    """What follows; None of a note."""
    doubt: Doubt | None = None
    """Whose line or case this is."""
    before: str = ""
    """What stands before the name: a triangle, or the line that joins the cases of a doubt."""
    behind: str = ""

    @property
    def folds(self) -> bool:
        """Whether its cases fold and unfold."""
        return self.before in FOLDS


class DoubtList(LineList[DoubtRow]):
    """Lines of digits along 0 to 100%, the first underlined."""

    bar: ClassVar = True
    signs: Mapping[str, str] = {}
    """Slug -> the sign that stands for it."""

    def key_of(self, row: DoubtRow) -> object:
        """A line is its doubt and its name."""
        return row.doubt.name if row.doubt else "", row.name

    def draw(self, row: DoubtRow, width: int) -> list[Content]:
        """Draw one line."""
        label = content(f" {row.before}{row.name}{row.behind}", "" if row.case else "$label")
        if row.case is None:
            return [label]
        room, axis = _room(width)
        order = row.case.order
        first = (f"{self.signs[order[0]] if order else '':>{FIRST - 2}}  ", "$label")
        title = label.stylize("bold" if row.doubt is None else "").truncate(room, ellipsis=True, pad=True)
        return [Content.assemble(title, first, _digits(row.case, self.signs, axis))]

    def on_click(self, event: events.Click) -> None:
        """Go to a line; on the triangle of one that folds, open it."""
        super().on_click(event)
        event.prevent_default()  # Textual would let the list take it as well
        offset = event.get_content_offset(self)
        on_triangle = offset is not None and offset.x <= 2 and offset.y + self.scroll_offset.y == self.cursor
        if on_triangle and event.chain == 1:
            self.action_open()


def signs_of(debate: Debate) -> dict[str, str]:
    """Return the sign that stands for each explanation, its rank as far as there are digits and letters."""
    return dict(zip((h.slug for h in ranked(debate)), MARKS, strict=False))


def doubt_rows(says: Doubted, unfolded: frozenset[str]) -> Iterator[DoubtRow]:
    """Yield a row for what is rated, for each doubt, and for the cases of those that are unfolded."""
    if not says.counted:
        return
    yield DoubtRow("As rated", says.rated)
    for under in says.under:
        if not under.doubt.owners:
            yield from _under(says, under, unfolded)
    owners = [under for under in says.under if under.doubt.owners and under.cases]
    if owners:
        yield DoubtRow("For comparison, not in the span: yours to choose")
    for under in owners:
        yield from _under(says, under, unfolded)


def _under(says: Doubted, under: Under, unfolded: frozenset[str]) -> Iterator[DoubtRow]:
    """Yield the row of a doubt: of several cases, the worst for the first, and below it each if it is unfolded."""
    doubt = under.doubt
    if not under.cases:
        yield DoubtRow(doubt.label, doubt=doubt, behind=f": {doubt.missing}")
        return
    case, worst = under.worst(says.first)
    if not case:
        yield DoubtRow(doubt.label, worst, doubt)
        return
    is_open = doubt.name in unfolded
    yield DoubtRow(doubt.label, worst, doubt, UNFOLDED if is_open else FOLDED, f", of {len(under.cases)}")
    if is_open:
        yield from _each_case(says, under)


def _each_case(says: Doubted, under: Under) -> Iterator[DoubtRow]:
    """Yield a row for each case that moves something, the worst for the first first."""
    telling = [(name, case) for name, case in under.cases.items() if _moves(says.rated, case) >= MOVES]
    for name, case in sorted(telling, key=lambda one: one[1].lead(says.first) if says.first else 0.0):
        yield DoubtRow(name, case, under.doubt, JOINS)
    if rest := len(under.cases) - len(telling):
        yield DoubtRow(f"{rest} more move nothing by {MOVES:.0%}", doubt=under.doubt, before=JOINS)


def _moves(rated: Case, case: Case) -> float:
    return max((abs(case.implied[slug] - p) for slug, p in rated.implied.items()), default=0.0)


def about_doubt(row: DoubtRow, says: Doubted, signs: Mapping[str, str]) -> Content:
    """Say in words what a row is, and what it moves."""
    name = content(row.name, "bold")
    if row.doubt is None:
        sentence = "The ratings as they stand: what each doubt is compared with." if row.case else ""
        return Content.assemble(name, "\n", sentence)
    about = content(f"{row.doubt.formula}. {row.doubt.reason}", multiline=True)
    told = moved(row.case, says.rated, signs) if row.case else Content("")
    return Content.assemble(name, "\n", about, "\n", told)


def moved(case: Case, rated: Case, signs: Mapping[str, str]) -> Content:
    """Write what a case makes of each explanation that it moves, those that it moves most first; and of the first."""
    by = {slug: case.implied[slug] - rated.implied[slug] for slug in signs}
    parts: list[tuple[str, str]] = []
    for slug in sorted(by, key=lambda slug: -abs(by[slug])):
        if abs(by[slug]) >= MOVED:
            before, after = (format_plausibility(one.implied[slug]).removesuffix("%") for one in (rated, case))
            parts += [(f"{signs[slug]} ", "$label"), (f"{before} → {after}", "$says"), ("   ", "")]
    first = case.order[0] if case.order else ""
    if not parts:
        parts.append(("Moves nothing by a point.   ", "$label"))
    return Content.assemble(*parts, ("first: ", "$label"), (signs.get(first, "–"), "bold"))


def summary(says: Doubted, signs: Mapping[str, str]) -> str:
    """Say which explanation stands first under how many doubts."""
    counts = {slug: len(found) for slug in signs if (found := says.first_under(slug))}
    firsts = sorted(counts, key=lambda slug: -counts[slug])
    told = ", ".join(f"{signs[slug]} under {counts[slug]}" for slug in firsts)
    doubts = "doubt" if len(says.counted) == 1 else "doubts"
    return f"First (underlined) is {told} of {len(says.counted)} {doubts}." if firsts else ""


def doubt_heads(width: int) -> Content:
    """Name the columns over the lines of digits."""
    label, axis = _room(width)
    scale = Axis(0.0, 1.0, axis).labelled([(0.0, "0"), (1.0, "100"), (0.5, "50")])
    return Content.assemble((f"{'first':>{label + FIRST - 2}}  ", "$label"), (scale, "$hint"))


def _room(width: int) -> tuple[int, int]:
    """Return the cells of the label, with those of the bar, and of the axis."""
    label = min(LABEL + 1, width // 2)
    return label, max(10, width - label - FIRST - 1)


def _digits(case: Case, signs: Mapping[str, str], width: int) -> Content:
    axis = Axis(0.0, 1.0, width)
    cells: list[tuple[str, str]] = [(" ", "")] * width
    for quarter in QUARTERS:
        cells[axis.cell(quarter)] = (TICK_MARK, "$hint")
    first, taken = next(iter(case.order), ""), set[int]()
    for slug in sorted(signs, key=lambda slug: (case.implied[slug], signs[slug])):
        cell = _free(taken, axis.cell(case.implied[slug]), width)
        taken.add(cell)
        cells[cell] = (signs[slug], "bold underline" if slug == first else "$says")
    return Content.assemble(*cells)


def _free(taken: set[int], wanted: int, width: int) -> int:
    """Return the free cell nearest to the one that is wanted."""
    free = (cell for cell in range(width) if cell not in taken)
    return min(free, key=lambda cell: (abs(cell - wanted), -cell), default=wanted)
