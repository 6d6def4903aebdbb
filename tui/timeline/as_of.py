"""How things stood at the time under the cursor of the chart: the order, and what came with that time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from hypotheses.debate import Debate, Hypothesis
from hypotheses.ranking import ranked
from tui.number_text import mark_of, percentage, signed
from tui.terminal.clean import content
from tui.timeline.chart import decibans, shade_of
from tui.timeline.past import Moment, order

MOST_ITEMS = 12
"""Items of evidence that are listed of one date."""


def as_of_text(debate: Debate, moments: Sequence[Moment], place: int, width: int) -> Content:
    """Write out one moment: every hypothesis in order, with its move since the moment before; then what moved it."""
    if not 0 <= place < len(moments):
        return Content("")
    moment, before = moments[place], moments[place - 1].plausibilities if place else {}
    ranks = {each.slug: rank for rank, each in enumerate(ranked(debate), 1)}
    lines = [
        _line(debate.hypotheses[slug], ranks[slug], (before.get(slug), moment.plausibilities[slug]), width)
        for slug in order(debate, moment)
    ]
    return Content("\n").join([*lines, Content(""), *_causes(debate, moment, ranks, width)])


def _line(hypothesis: Hypothesis, rank: int, figures_then: tuple[float | None, float], width: int) -> Content:
    before, now = figures_then
    change = decibans(now) - decibans(before) if before is not None else 0.0
    shade = "$pro" if change > 0 else "$contra"
    figures = Content.assemble(
        (f"{mark_of(rank)} ", f"bold {shade_of(rank)}"),
        (f"{percentage(now):>4}", "bold"),
        (f" {_pull(change):>5} ", shade),
    )
    title = content(hypothesis.title)
    return Content.assemble(figures, title.truncate(max(1, width - figures.cell_length), ellipsis=True))


def _pull(change: float) -> str:
    """Write decibans with a sign; nothing where there is next to nothing."""
    text = signed(change, 1)
    return "" if text == "0.0" else f"+{text}" if change > 0 else text


def _causes(debate: Debate, moment: Moment, ranks: Mapping[str, int], width: int) -> list[Content]:
    if moment.entry:
        return [content(moment.entry, "$label")]
    if not moment.pulls:
        return [Content.styled("The priors, before any evidence." if not moment.when else "", "$label")]
    heaviest = sorted(moment.pulls, key=lambda key: -max(map(abs, moment.pulls[key].values()), default=0.0))
    lines = [Content.styled("What moved it, in decibans:", "$label")]
    for key in heaviest[:MOST_ITEMS]:
        lines += _item(debate, key, moment.pulls[key], ranks, width)
    if len(heaviest) > MOST_ITEMS:
        lines.append(Content.styled(f"and {len(heaviest) - MOST_ITEMS} more", "$label"))
    return lines


def _item(debate: Debate, key: str, pulls: Mapping[str, float], ranks: Mapping[str, int], width: int) -> list[Content]:
    parts: list[Content | tuple[str, str]] = [content(key, "bold")]
    for slug in sorted(pulls, key=lambda slug: ranks[slug]):
        if pull := _pull(pulls[slug]):
            parts += [("  ", ""), (f"{mark_of(ranks[slug])} ", shade_of(ranks[slug])), (pull, "")]
    item = debate.evidence.get(key)
    about = content(item.title if item else "", "$label").truncate(max(1, width), ellipsis=True)
    return [Content.assemble(*parts), about]
