"""What the evidence says under each doubt, as a line of digits: each explanation by its rank, from 0 to 100%."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from textual.content import Content

from hypotheses.debate import Debate
from hypotheses.doubts import Case, Doubted, Under
from hypotheses.ranking import ranked
from tui.dialogs.board import BoardLine
from tui.number_text import MARKS
from tui.terminal.clean import content

MOVES: Final = 0.05
"""A cluster is listed by itself if leaving it out moves some explanation by so much."""
LABEL: Final = 32
"""Cells of a doubt's name, where there is room."""


def doubt_lines(debate: Debate, says: Doubted, unfolded: frozenset[str]) -> Iterator[BoardLine]:
    """Yield a line for what is rated, each doubt, the cases of those that are unfolded, and what they come to."""
    signs = dict(zip((h.slug for h in ranked(debate)), MARKS, strict=False))
    if not says.counted:
        return
    yield BoardLine(Content(""))
    yield BoardLine(partial(_axis, "The evidence under each doubt"))
    yield BoardLine(partial(_line, "As rated", says.rated, signs, "bold"))
    for under in says.under:
        if not under.doubt.owners:
            yield from _under(says, under, signs, unfolded)
    owners = [under for under in says.under if under.doubt.owners and under.cases]
    if owners:
        yield BoardLine(Content(""))
        yield BoardLine(Content.styled("For comparison, not in the span: yours to choose", "$label"))
    for under in owners:
        yield from _under(says, under, signs, unfolded)
    yield BoardLine(Content(""))
    yield BoardLine(content(summary(says, signs), "$label"))


def _under(says: Doubted, under: Under, signs: Mapping[str, str], unfolded: frozenset[str]) -> Iterator[BoardLine]:
    """Yield the line of a doubt: of several cases, the worst for the first, and below it each if it is unfolded."""
    doubt = under.doubt
    if not under.cases:
        yield BoardLine(content(f"{doubt.label}: {doubt.missing}", "$label"), doubt=doubt.name)
        return
    name, worst = under.worst(says.first)
    is_open = doubt.name in unfolded
    label = f"{'▾' if is_open else '▸'} {doubt.label}, of {len(under.cases)}" if name else doubt.label
    yield BoardLine(partial(_line, label, worst, signs, ""), doubt=doubt.name)
    if name and is_open:
        yield from _each_case(says, under, signs)


def _each_case(says: Doubted, under: Under, signs: Mapping[str, str]) -> Iterator[BoardLine]:
    """Yield a line for each case that moves something, the worst for the first first."""
    telling = [(name, case) for name, case in under.cases.items() if _moves(says.rated, case) >= MOVES]
    for name, case in sorted(telling, key=lambda one: one[1].lead(says.first) if says.first else 0.0):
        yield BoardLine(partial(_line, f"  │ {name}", case, signs, ""))
    if rest := len(under.cases) - len(telling):
        yield BoardLine(Content.styled(f"  │ {rest} more move nothing by {MOVES:.0%}", "$label"))


def _moves(rated: Case, case: Case) -> float:
    return max((abs(case.implied[slug] - p) for slug, p in rated.implied.items()), default=0.0)


def summary(says: Doubted, signs: Mapping[str, str]) -> str:
    """Say which explanation stands first under how many doubts."""
    counts = {slug: len(found) for slug in signs if (found := says.first_under(slug))}
    firsts = sorted(counts, key=lambda slug: -counts[slug])
    told = ", ".join(f"{signs[slug]} under {counts[slug]}" for slug in firsts)
    doubts = "doubt" if len(says.counted) == 1 else "doubts"
    return f"First (underlined) is {told} of {len(says.counted)} {doubts}." if firsts else ""


def _room(width: int) -> tuple[int, int]:
    """Return the cells of the label and of the axis."""
    label = min(LABEL, width // 2)
    return label, max(10, width - label - 2)


def _axis(title: str, width: int) -> Content:
    label, axis = _room(width)
    heads = "0" + "50".rjust(axis // 2) + "100".rjust(axis - axis // 2 - 1)
    return Content.assemble((f"{title:<{label}}"[:label], "bold"), "  ", (heads, "$label"))


def _line(label_text: str, case: Case, signs: Mapping[str, str], style: str, width: int) -> Content:
    label, axis = _room(width)
    cells = [" "] * axis
    for tick in (0, (axis - 1) // 4, (axis - 1) // 2, 3 * (axis - 1) // 4, axis - 1):
        cells[tick] = "·"
    first = next(iter(case.order), "")
    places: dict[int, str] = {}
    for slug in sorted(signs, key=lambda slug: (case.implied[slug], signs[slug])):
        places[_free(places, round(case.implied[slug] * (axis - 1)), axis)] = slug
    drawn = [
        (signs[places[cell]], "bold underline" if places[cell] == first else "$says")
        if cell in places
        else (sign, "$label")
        for cell, sign in enumerate(cells)
    ]
    return Content.assemble(content(label_text, style).truncate(label, ellipsis=True, pad=True), "  ", *drawn)


def _free(taken: Mapping[int, str], wanted: int, axis: int) -> int:
    """Return the free cell nearest to the one that is wanted."""
    free = (cell for cell in range(axis) if cell not in taken)
    return min(free, key=lambda cell: (abs(cell - wanted), -cell), default=wanted)
