"""Two versions of a debate that come of one, made into one that stands by itself: nobody is there to be asked.

What both have changed, and not to the same, stays as it is in ours; what is in theirs is written into a note where it
belongs, between `[[merge:` and `]]`, so that nothing is lost, everybody sees it and `check` finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from hypotheses.admission import admit
from hypotheses.debate import Debate, Evidence, Gap, Hypothesis, Quantity, SchemeTable
from hypotheses.edits.uses import formulas_reading, others_naming
from hypotheses.problems import Refused
from hypotheses.ratios import format_ratio
from hypotheses.rules import TEXT_LENGTH
from hypotheses.versions.joined import Clash, Decision, Side, joined
from hypotheses.versions.taken_apart import ABSENT, TOGETHER, CellView, Place
from hypotheses.versions.told import clash_said, part_named

MARK: Final = re.compile(r"\[\[merge: (.*?)\]\]", re.DOTALL)
"""What is left to be decided, in a note."""
_LONGEST: Final = 10_000
"""How many characters of the other side are written into a note."""
_WITH_NOTES: Final = ("quantities", "gaps", "hypotheses", "evidence")
_NEW: Final[Mapping[str, Any]] = {
    "quantities": Quantity,
    "gaps": lambda symbol: Gap(symbol, ""),
    "hypotheses": lambda slug: Hypothesis(slug, ""),
    "evidence": lambda key: Evidence(key, ""),
    "schemes": lambda _: SchemeTable({}),
}
"""Part of a debate -> its entries before anything was said of them, by their names."""
_ALL: Final = ("hypotheses", "quantities", "gaps", "evidence", "ideas")


@dataclass(frozen=True, slots=True)
class Undecided:
    """What is left to be decided."""

    place: Place
    told: str
    """`plausibility of the explanation 'x': 60% here, 70% on the other side`."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What two versions make together."""

    debate: Debate
    """Sound if both were, with a mark for each conflict."""
    conflicts: tuple[Undecided, ...]


def merged(base: Debate, ours: Debate, theirs: Debate) -> Merged:
    """Merge two versions of a debate, each sound by itself, part by part.

    What only one side has changed is as that side has it. An item that one side has removed and the other has changed,
    or names, stays.
    """
    base = _with_shared(base, ours, theirs)
    clashes = joined(base, ours, theirs).clashes
    kept = [Decision(clash, "theirs") for clash in clashes if clash.mine is ABSENT]
    debate = joined(base, ours, theirs, kept).debate
    conflicts = [Undecided(clash.place, _told(clash)) for clash in clashes]
    debate, back = _restored(debate, ours, theirs)
    debate, more = _made_whole(debate, ours)
    conflicts += [*back, *more]
    try:
        admit(Debate(debate.slug, debate.title), debate)
    except Refused as refused:
        told = f"the two sides do not go together, and ours stands: {refused}"
        debate, conflicts = ours, [Undecided((), told)]
    return Merged(_marked(debate, conflicts), tuple(conflicts))


def marks_in(debate: Debate) -> Iterator[tuple[str, str]]:
    """Yield what is left to be decided: the place of a note, and what it says."""
    notes = [("debate.note", debate.note)]
    notes += [
        (f"{field}.{name}.note", value.note) for field in _WITH_NOTES for name, value in getattr(debate, field).items()
    ]
    yield from ((place, " ".join(found[1].split())) for place, note in notes for found in MARK.finditer(note))


def _with_shared(base: Debate, ours: Debate, theirs: Debate) -> Debate:
    """Return the base with every entry that both have made, before anything was said of it.

    So that two who have made the same one differ in those of its fields that differ.
    """
    made: dict[str, Any] = {}
    for field, new in _NEW.items():
        olds, own, others = (getattr(each, field) for each in (base, ours, theirs))
        if both := [name for name in own if name in others and name not in olds]:
            made[field] = {**olds, **{name: new(name) for name in both}}
    return replace(base, **made)


def _restored(debate: Debate, ours: Debate, theirs: Debate) -> tuple[Debate, list[Undecided]]:
    """Bring back what one side has removed and the other one names."""
    conflicts = []
    while back := _missed(debate, ours, theirs):
        for field, name in back:
            side, other = ("this", "the other") if name in getattr(theirs, field) else ("the other", "this")
            value = getattr(theirs if side == "this" else ours, field)[name]
            debate = _with_entry(debate, field, name, value)
            told = f"{part_named((field, name))}: removed on {side} side, and named on {other} side"
            conflicts.append(Undecided((field, name), told))
    return debate, conflicts


def _missed(debate: Debate, ours: Debate, theirs: Debate) -> list[tuple[str, Any]]:
    return [
        (field, name)
        for field in _ALL
        for name in dict.fromkeys([*getattr(ours, field), *getattr(theirs, field)])
        if name not in getattr(debate, field) and _is_named(debate, field, name)
    ]


def _is_named(debate: Debate, field: str, name: str | int) -> bool:
    comments = debate.comments.values()
    match field:
        case "hypotheses":
            return (
                any(name in item.assessments for item in debate.evidence.values())
                or any(name in each.rivals for each in debate.hypotheses.values())
                or any(each.hypothesis == name for each in debate.ideas.values())
                or any(each.hypothesis == name for each in comments)
            )
        case "evidence":
            return any(each.evidence == name for each in comments)
        case "ideas":
            return any(each.idea == name for each in comments)
    return bool(formulas_reading(debate, str(name)) or (field == "quantities" and others_naming(debate, str(name))))


def _made_whole(debate: Debate, ours: Debate) -> tuple[Debate, list[Undecided]]:
    """Let what concerns all of a debate be as it is in ours, where both together break it."""
    conflicts = []
    marked = [symbol for symbol, gap in debate.gaps.items() if gap.headline]
    if len(marked) > 1:
        first = next((symbol for symbol in marked if symbol in ours.gaps and ours.gaps[symbol].headline), marked[0])
        others = [symbol for symbol in marked if symbol != first]
        gaps = {**debate.gaps, **{symbol: replace(debate.gaps[symbol], headline=False) for symbol in others}}
        debate = replace(debate, gaps=gaps)
        conflicts += [
            Undecided(("gaps", symbol), f"the headline: {first!r} here, {symbol!r} on the other side")
            for symbol in others
        ]
    if debate.mode == "exclusive" and sum(each.plausibility for each in debate.hypotheses.values()) > 1 + 1e-9:
        debate, more = _shared_out(debate, ours)
        conflicts += more
    if debate.convention and debate.convention not in debate.conventions:
        told = f"the convention: {debate.convention!r}, of which no reading is left"
        debate = replace(debate, convention=next(iter(debate.conventions), ""))
        conflicts.append(Undecided((), told))
    return debate, conflicts


def _shared_out(debate: Debate, ours: Debate) -> tuple[Debate, list[Undecided]]:
    """Return an exclusive debate with the plausibilities of ours; what is new in theirs shares what they leave."""
    shares = {slug: ours.hypotheses[slug].plausibility for slug in debate.hypotheses if slug in ours.hypotheses}
    asked = sum(each.plausibility for slug, each in debate.hypotheses.items() if slug not in shares)
    room = max(0.0, 1 - sum(shares.values()))
    scale = min(1.0, room / asked) if asked else 0.0
    conflicts = []
    hypotheses = dict(debate.hypotheses)
    for slug, each in debate.hypotheses.items():
        share = shares.get(slug, each.plausibility * scale)
        if share != each.plausibility:
            hypotheses[slug] = replace(each, plausibility=share)
            here, there = _percent(share), _percent(each.plausibility)
            told = f"plausibility of the explanation {slug!r}: {here} here, {there} on the other side; all sum to 100%"
            conflicts.append(Undecided(("hypotheses", slug, "plausibility"), told))
    return replace(debate, hypotheses=hypotheses), conflicts


def _told(clash: Clash) -> str:
    name = part_named(clash.place)
    if ABSENT in (clash.mine, clash.theirs):
        side, other = ("this", "the other") if clash.mine is ABSENT else ("the other", "this")
        return f"{name}: removed on {side} side, changed on {other} side"
    return f"{name}: {_said(clash, 'mine')} here, {_said(clash, 'theirs')} on the other side"


def _said(clash: Clash, side: Side) -> str:
    """Say what a side has, in full where a screen would round it."""
    value = clash.mine if side == "mine" else clash.theirs
    if isinstance(value, tuple) and clash.place[-1] in TOGETHER and isinstance(value[0], float):
        shown, rest = _percent(value[0]), [str(part) for part in value[1:] if part not in ("", False)]
        return ", ".join([shown, *("a starting figure" if part == "True" else f"held {part}" for part in rest)])
    if isinstance(value, CellView):
        rating = value.given or format_ratio(value.ratio)
        return f"{rating} ({value.why})" if value.why else rating
    return clash_said(clash, side)


def _percent(share: float) -> str:
    return f"{100 * share:.12g}%"


def _marked(debate: Debate, conflicts: Sequence[Undecided]) -> Debate:
    """Write every conflict into the note of what it is about, or of the debate."""
    for conflict in conflicts:
        text = conflict.told.replace("]]", "] ]")
        mark = f"[[merge: {text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}]]"
        field, *names = conflict.place or ("",)
        value = getattr(debate, str(field)).get(names[0]) if field in _WITH_NOTES and names else None
        if value is not None and len(value.note) + len(mark) < TEXT_LENGTH:
            debate = _with_entry(debate, str(field), names[0], replace(value, note=_noted(value.note, mark)))
        elif len(debate.note) + len(mark) < TEXT_LENGTH:
            debate = replace(debate, note=_noted(debate.note, mark))
    return debate


def _with_entry(debate: Debate, field: str, name: str | int, value: object) -> Debate:
    entries: dict[str, Any] = {field: {**getattr(debate, field), name: value}}
    return replace(debate, **entries)


def _noted(note: str, mark: str) -> str:
    return "\n\n".join(filter(None, (note, mark)))
