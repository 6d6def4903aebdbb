"""What saving a form would do, by the functions that save: which figures would move, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from textual.content import Content
from textual.widget import Widget

from hypotheses.debate import Debate
from hypotheses.doubted import Doubted
from hypotheses.ranking import format_plausibility, format_span, ranked
from tui.number_text import mark_of
from tui.says import Says
from tui.terminal.clean import content

POINT: Final = 0.01
"""What moves by less is not told."""
HEAD: Final = "If saved"
TERSER: Final = (
    (True, True, True),
    (True, True, False),
    (True, False, False),
    (False, True, True),
    (False, True, False),
    (False, False, False),
)
"""Whether titles, spans and what else there is to say are written, as there is less and less room."""


class Moved(NamedTuple):
    """A plausibility that would be another one."""

    rank: int
    title: str
    before: float
    after: float
    span: tuple[float, float] | None
    """Of what the evidence says; None of what is stated."""

    def written(self, *, title: bool, span: bool) -> Content:
        """Write `1 73 → 62%`, with its title and its span if there is room."""
        shade = "$you" if self.span is None else "$says"
        parts: list[Content | str | tuple[str, str]] = [(f"{mark_of(self.rank)} ", "$label")]
        if title:
            parts += [content(self.title), " "]
        figures = f"{format_plausibility(self.before).removesuffix('%')} → {format_plausibility(self.after)}"
        parts.append((figures, f"bold {shade}"))
        if span and self.span is not None and (told := format_span(self.span)):
            parts.append((f" {told}", "$label"))
        return Content.assemble(*parts)


class Moves(NamedTuple):
    """What a change of a debate would move."""

    stated: tuple[Moved, ...]
    implied: tuple[Moved, ...]
    also: str
    """What else there is to say, shortly."""

    def lines(self) -> Iterator[Content]:
        """Write all of it on one line, ever more tersely."""
        also = [Content.styled(self.also, "$label")]
        if not (self.stated or self.implied):
            yield also[0]
            return
        for title, span, rest in TERSER:
            you = [move.written(title=title, span=span) for move in self.stated]
            says = [move.written(title=title, span=span) for move in self.implied]
            if you:
                you[0] = Content.assemble(("you say ", "$label"), you[0])
            yield Content("   ").join([*you, *says, *(also if rest else [])])


def moves(before: Debate, after: Debate, says: Says) -> Moves:
    """Return what would be other, the largest move first."""
    says_before, says_after = says.of(before), says.of(after)
    was = says_before.rated.implied
    now = says_after.rated.implied
    stated, implied = [], []
    for rank, each in enumerate(ranked(before), 1):
        slug = each.slug
        new = after.hypotheses[slug].plausibility
        if abs(new - each.plausibility) >= POINT:
            stated.append(Moved(rank, each.title, each.plausibility, new, None))
        if abs(now[slug] - was[slug]) >= POINT:
            implied.append(Moved(rank, each.title, was[slug], now[slug], says_after.span(slug)))
    also = [_standing(before, after, says_after), _order(before, says_before, says_after, moved=bool(implied))]
    if not (stated or implied or also[0]):
        also = ["no figure moves by a point or more"]
    return Moves(_largest_first(stated), _largest_first(implied), ", ".join(filter(None, also)))


def _largest_first(moved: Sequence[Moved]) -> tuple[Moved, ...]:
    return tuple(sorted(moved, key=lambda each: -abs(each.after - each.before)))


def _standing(before: Debate, after: Debate, says: Doubted) -> str:
    """Say where an explanation would stand that is new, or that would change its rank."""
    order = [each.slug for each in ranked(after)]
    for slug in order:
        if slug not in before.hypotheses:
            each = after.hypotheses[slug]
            you, evidence = format_plausibility(each.plausibility), format_plausibility(says.rated.implied[slug])
            return f"place {order.index(slug) + 1} of {len(order)} with {you}, the evidence says {evidence}"
    return ""


def _order(before: Debate, says: Doubted, after: Doubted, *, moved: bool) -> str:
    was, now = says.rated.order, after.rated.order
    if was == now:
        return "the order stays as it is" if moved else ""
    marks = {each.slug: mark_of(rank) for rank, each in enumerate(ranked(before), 1)}
    if was and now and was[0] != now[0] and was[0] in marks and now[0] in marks:
        return f"the evidence puts {marks[now[0]]} first instead of {marks[was[0]]}"
    return "the evidence orders them otherwise" if moved else ""


class IfSaved(Widget):
    """The line that says so."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "IfSaved { height: 1; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Content] = (Content.styled("nothing is typed yet", "$label"),)

    def tell(self, lines: Sequence[Content]) -> None:
        """Show the first of some lines that fits."""
        self._lines = lines
        self.refresh()

    def render(self) -> Content:
        """Draw it behind the head."""
        head = Content.styled(f"{HEAD}  ", "$label")
        room = self.size.width - head.cell_length
        line = next((line for line in self._lines if line.cell_length <= room), self._lines[-1])
        return Content.assemble(head, line)
