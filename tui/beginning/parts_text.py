"""What a debate begins with, part by part: what there is, what to do with it, and the keys for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from hypotheses.debate import Debate, Gap, Quantity
from hypotheses.ranking import format_plausibility, ranked
from tui.command_keys import with_keys
from tui.terminal.clean import content
from tui.widgets.track import QUARTERS, TICK_MARK, YOU_MARK, Axis, TrackLine

MOST: Final = 6
"""So many of a part are shown."""
TRACK: Final = 21
"""Cells of a track of belief."""
EMPTY: Final = (
    ("Explanations", "{add} {plausibility}", "Empty: write what each says, and how plausible you find it."),
    ("Numbers, gaps", "{show_numbers} {add}", "Empty: add the numbers that puzzle, and a gap over them."),
    ("Evidence, ideas", "{add_evidence} {submit_idea}", "Empty: log the first finding, rate it for each."),
)


def parts_text(debate: Debate | None, width: int) -> Content:
    """Write the parts of a debate in so many cells; of an empty one (None), what fills each."""
    lines = [Content.assemble(("What you will have", "bold"), (" and what to do with each", "$label"))]
    if debate is None:
        for name, keys, told in EMPTY:
            lines += [Content(""), _head(name, keys, width), content(told, "$label")]
    else:
        lines += [*_explanations(debate, width), *_numbers(debate, width), *_findings(debate, width)]
    return Content("\n").join(lines)


def _explanations(debate: Debate, width: int) -> Iterator[Content]:
    order = ranked(debate)
    if not order:
        return
    mode = ", one of which is true" if debate.mode == "exclusive" else ""
    yield from _part(f"{_count(len(order), 'explanation')}{mode}", "{add} {plausibility}", order[0].statement, width)
    room = width - TRACK - 10
    for rank, each in enumerate(order[:MOST], 1):
        track = TrackLine(Axis(0.0, 1.0, TRACK))
        for quarter in QUARTERS:
            track.mark(quarter, TICK_MARK, "$hint")
        track.mark(each.plausibility, YOU_MARK, "$you")
        title = content(each.title).truncate(room, ellipsis=True, pad=True)
        figure = (f"{format_plausibility(each.plausibility):>5}", "bold $you")
        unset = ("? " if each.placeholder else "  ", "$label")
        yield Content.assemble((f"{rank} ", "$label"), title, figure, unset, track.draw())


def _numbers(debate: Debate, width: int) -> Iterator[Content]:
    quantities = list(debate.quantities.values())
    if quantities:
        told = next((each.note for each in quantities if each.note), "")
        yield from _part(_count(len(quantities), "number"), "{show_numbers} {edit}", told, width)
        yield from (_quantity(each, width) for each in quantities[:MOST])
        if len(quantities) > MOST:
            yield Content.styled(f"and {len(quantities) - MOST} more", "$label")
    for gap in debate.gaps.values():
        yield from _part(gap.label or gap.symbol, "{show_numbers}", gap.note or _formula(gap), width)
        if gap.note:
            yield content(_formula(gap)).truncate(width, ellipsis=True)


def _quantity(quantity: Quantity, width: int) -> Content:
    name = content(quantity.label or quantity.symbol).truncate(width // 2, ellipsis=True, pad=True)
    values = [(f"{reading.value}", name) for name, reading in quantity.readings.items()] or [
        (f"= {quantity.formula}", "")
    ]
    told = " · ".join(f"{value} {which}".rstrip() for value, which in values)
    return Content.assemble(name, "  ", content(told, "$label")).truncate(width, ellipsis=True)


def _formula(gap: Gap) -> str:
    return f"= {gap.formula}, {'in orders of magnitude' if gap.unit == 'OOM' else f'in {gap.unit}'}"


def _findings(debate: Debate, width: int) -> Iterator[Content]:
    found = list(debate.evidence.values())
    told = next((each.finding for each in found if each.finding), "")
    if not found:
        yield from _part("Evidence, ideas", "{add_evidence} {submit_idea}", EMPTY[-1][-1], width)
        return
    yield from _part(_count(len(found), "finding"), "{show_matrix} {add_evidence}", told, width)
    for each in found[:MOST]:
        yield content(each.title).truncate(width, ellipsis=True)


def _part(name: str, keys: str, told: str, width: int) -> Iterator[Content]:
    yield Content("")
    yield _head(name, keys, width)
    if told:
        yield content(told, "$label")


def _head(name: str, keys: str, width: int) -> Content:
    keys = "  ".join(with_keys(keys).split())
    title = content(name, "bold").truncate(max(1, width - len(keys) - 2), ellipsis=True)
    return Content.assemble(title, " " * max(1, width - title.cell_length - len(keys)), (keys, "bold $you"))


def _count(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
