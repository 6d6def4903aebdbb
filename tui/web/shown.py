"""What readers may see: the debate without anybody's ideas, and of an idea what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hypotheses.debate import OOM, Debate, Hypothesis
from hypotheses.estimates import estimate
from hypotheses.idea import Idea
from hypotheses.ranking import format_plausibility, ranked, word
from hypotheses.reports.figures import interval, times, with_unit
from hypotheses.reports.prose import paragraphs_of
from hypotheses.reports.report import marked, together

_KINDS: Final = {"hypothesis": "explanation", "evidence": "evidence", "estimate": "estimate", "comment": "comment"}
WAITING: Final = "It is waiting."


@dataclass(frozen=True, slots=True)
class ShownExplanation:
    """An explanation as readers see it."""

    slug: str
    title: str
    mark: str
    """What has become of it, in parentheses."""
    plausibility: str
    """`60%, likely`, with a mark if it is a starting figure."""
    first: str
    """The first paragraph of its statement."""
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownDebate:
    """A debate as readers see it."""

    title: str
    question: tuple[str, ...]
    """In paragraphs."""
    headline: str
    """What the puzzle comes to; empty if there is none."""
    explanations: tuple[ShownExplanation, ...]
    together: str
    """Whether more than one can be true."""
    starting: bool
    """Whether there is a starting figure."""
    takes_ideas: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a sender is told of their idea."""

    reference: str
    title: str
    kind: str
    received: str
    """The day."""
    status: str
    state: str
    """What became of it, in a sentence."""
    reason: str
    parts: tuple[str, ...]
    """What became of each part of one that was parted."""


def shown(debate: Debate) -> ShownDebate:
    """Return what readers see of a debate."""
    return ShownDebate(
        debate.title,
        paragraphs_of(debate.question),
        _headline(debate),
        tuple(map(_explanation, ranked(debate))),
        together(debate) if debate.hypotheses else "",
        any(h.placeholder for h in debate.hypotheses.values()),
        takes_ideas=not debate.shelf,
    )


def _explanation(h: Hypothesis) -> ShownExplanation:
    first, *rest = paragraphs_of(h.statement) or ("",)
    figure = f"{format_plausibility(h.plausibility)}{'*' if h.placeholder else ''}, {word(h.plausibility)}"
    return ShownExplanation(h.slug, h.title, marked(h).strip(), figure, first, tuple(rest))


def _headline(debate: Debate) -> str:
    gap = debate.headline
    found = estimate(debate).gaps.get(gap.symbol) if gap else None
    if gap is None or found is None:
        return ""
    ratio, spread = times(gap, found.now.median), interval(gap, found.now)
    figure = with_unit(gap, found.now.median).removesuffix(f" {OOM}")
    figure += " orders of magnitude" if gap.unit == OOM else ""
    notes = filter(None, (f"a factor of {ratio.rstrip('×')}" if ratio else "", spread and f"probably {spread}"))
    in_brackets = ", ".join(notes)
    return f"{gap.label or gap.symbol}: {figure}{f' ({in_brackets})' if in_brackets else ''}"


def receipt_of(debate: Debate, idea: Idea) -> Receipt:
    """Return what the sender of an idea is told."""
    parts: tuple[str, ...] = ()
    if idea.status == "split":
        ideas = (debate.ideas.get(int(ref.partition(":")[2])) for ref in idea.became if ref.startswith("idea:"))
        parts = tuple(f"{part.title}: {_state(debate, part)}" for part in ideas if part)
    return Receipt(
        idea.reference,
        idea.title,
        _KINDS[idea.kind],
        idea.received[:10],
        idea.status,
        _state(debate, idea),
        idea.reason,
        parts,
    )


def _state(debate: Debate, idea: Idea) -> str:
    became = " and ".join(_name(debate, ref) for ref in idea.became)
    return {
        "new": f"It has arrived. {WAITING}",
        "later": f"{WAITING} It was put off for now.",
        "unclear": f"{WAITING} It was not understood yet.",
        "accepted": f"It was accepted as {became}." if became else "It was accepted.",
        "merged": f"It was made part of {became}.",
        "declined": "It was declined.",
        "duplicate": f"It was there already: {became}." if became else "It was there already.",
        "off-topic": "It was set aside: it is about something else.",
        "split": f"It was parted into {len(idea.became)} ideas, each decided by itself.",
    }[idea.status]


def _name(debate: Debate, ref: str) -> str:
    """Name what an idea became, by what readers may see of it: of other ideas, only that there is one."""
    kind, _, name = ref.partition(":")
    if kind == "hypothesis":
        return f"the explanation “{debate.hypotheses[name].title}”" if name in debate.hypotheses else _gone(kind)
    if kind == "evidence":
        return f"the evidence “{debate.evidence[name].title}”" if name in debate.evidence else _gone(kind)
    if kind == "reading":
        symbol = name.rpartition("/")[0]
        quantity = debate.quantities.get(symbol)
        return f"a reading of {quantity.label or symbol}" if quantity else f"a reading of {symbol}"
    return {"comment": "a comment"}.get(kind, "another idea that was sent")


def _gone(kind: str) -> str:
    return {"hypothesis": "an explanation that is gone since", "evidence": "evidence that is gone since"}[kind]
