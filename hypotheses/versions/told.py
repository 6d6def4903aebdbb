"""The difference between two versions of a debate in words, a line for each part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from hypotheses.debate import (
    Assessment,
    Claim,
    Comment,
    Debate,
    Evidence,
    Gap,
    Hypothesis,
    Quantity,
    SchemeTable,
    Stated,
)
from hypotheses.fields import FIELDS
from hypotheses.idea import Idea
from hypotheses.notations import FLAG
from hypotheses.people import OWNER
from hypotheses.ranking import format_plausibility
from hypotheses.ratios import format_rating
from hypotheses.reading import PLAIN_READING, Assumption, Reading
from hypotheses.versions.compared import Order, PartChange
from hypotheses.versions.joined import Clash, Side
from hypotheses.versions.taken_apart import ABSENT, TOGETHER, CellView, Place

MOST: Final = 40
"""How many lines of a difference are shown before the rest is counted."""
WIDE: Final = 40
"""How many characters of a text are shown on either side of a change."""
LONG: Final = 72
"""How many of a title, or of what is new or removed."""
_KINDS: Final[Mapping[str, tuple[str, type]]] = {
    "quantities": ("quantity", Quantity),
    "gaps": ("gap", Gap),
    "hypotheses": ("explanation", Hypothesis),
    "evidence": ("evidence", Evidence),
    "schemes": ("scheme", SchemeTable),
    "ideas": ("idea", Idea),
    "comments": ("comment", Comment),
    "conventions": ("convention", str),
}
"""Part of a file -> what one of its entries is called, and its type."""
_PLURALS: Final = {"hypotheses": "explanations"}


def told(changes: Sequence[PartChange], most: int = MOST) -> tuple[str, ...]:
    """Tell what differs: first what is new, then what is changed, then what is removed.

    Args:
        changes: The parts that differ.
        most: How many lines there may be; if there is more, the last one counts it.
    """
    lines = [
        f"{kind:<8} {_line(change)}"
        for kind in ("new", "changed", "removed")
        for change in changes
        if change.kind == kind
    ]
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], f"and {len(lines) - most + 1} more")


def _line(change: PartChange) -> str:
    name, before, after = part_named(change.place), change.before, change.after
    if isinstance(before, Order):
        return f"{name}: {_clipped(', '.join(after.names))}" if isinstance(after, Order) else name
    if change.kind == "changed":
        return f"{name}: {_turned(change.place, before, after)}"
    held = after if before is ABSENT else before
    said = "" if change.place[0] == "conventions" else part_said(change.place, held)
    return f"{name}: {_clipped(said, LONG + WIDE)}" if said else name


def part_named(place: Place) -> str:
    """Name a part: `title of the explanation 'llm-waste'`."""
    if not place:
        return "the debate"
    field, *rest = place
    if field not in _KINDS:
        return f"{_label(Debate, str(field))} of the debate"
    kind, type_of = _KINDS[str(field)]
    if not rest:
        return f"order of the {_PLURALS.get(str(field), field)}"
    whole = f"{kind} {rest[0]!r}"
    return _inside(whole, type_of, rest[1:]) if rest[1:] else whole


def _inside(whole: str, kind: type, place: Sequence[str | int]) -> str:
    match place:
        case ["effects", symbol]:
            named = f"effect of the {whole} on {symbol!r}"
        case ["assumes", name, *rest] if rest:
            named = _inside(f"assumption {name!r} of the {whole}", Assumption, rest)
        case ["assumes", name]:
            named = f"assumption {name!r} of the {whole}"
        case ["others", person]:
            named = f"plausibility of the {whole} that {person!r} states"
        case ["assessments", slug, *by]:
            person = f" by {by[0]!r}" if by and by[0] != OWNER else ""
            named = f"rating of the {whole} for {slug!r}{person}"
        case ["value", *rest] if rest:
            named = _inside(whole, Assumption, rest)
        case ["readings"]:
            named = f"order of the readings of the {whole}"
        case ["readings", name]:
            named = f"value of the {whole}" if name == PLAIN_READING else f"reading {name!r} of the {whole}"
        case _:
            named = f"{_label(kind, str(place[-1]))} of the {whole}"
    return named


def _label(kind: type, name: str) -> str:
    """Return what a field is called in the midst of a sentence."""
    called = {"chosen": "reading that counts", "settled": "verdict", "assumes": "assumptions"}
    label = next((field.label for field in FIELDS.get(kind, ()) if field.name == name), "")
    return called.get(name) or (label if label.isupper() else label.lower()) or name


def part_said(place: Place, value: object) -> str:
    """Say what a part is, in a line or, where its text has several, in several."""
    if isinstance(value, tuple) and (together := TOGETHER.get(str(place[-1]))):
        return _of_unit(together, value)
    if isinstance(value, float) and place[-1] in ("credibility", "relevance", "tolerance", "correlation"):
        return f"{value:g}"
    if value is None:
        return ""
    if isinstance(value, str) and place[0] == "quantities" and place[2:] == ("value",):
        return f"= {value}"
    for kind, say in _SAID.items():
        if isinstance(value, kind):
            return say(value)
    return str(value)


def clash_said(clash: Clash, side: Side) -> str:
    """Say what one side has made of a part that both have changed."""
    value = clash.mine if side == "mine" else clash.theirs
    return "removed" if value is ABSENT else part_said(clash.place, value) or "nothing"


def _of_unit(names: Sequence[str], values: Sequence[Any]) -> str:
    said = [_of_field(name, value) for name, value in zip(names, values, strict=True)]
    return ", ".join(filter(None, said)) or "open"


def _of_field(name: str, value: object) -> str:
    if name == "placeholder":
        return "a starting figure" if value else ""
    if name == "prior_on":
        return f"held {value}" if value else ""
    return format_plausibility(value) if isinstance(value, float | int) else str(value)


def _of_hypothesis(value: Hypothesis) -> str:
    return _with(_clipped(value.title, LONG), effect=len(value.effects), assumption=len(value.assumes))


def _of_evidence(value: Evidence) -> str:
    return _with(_clipped(value.title, LONG), rating=len(value.assessments))


def _of_readings(value: Quantity | Assumption) -> str:
    if isinstance(value, Quantity) and value.formula:
        return f"= {value.formula}"
    return ", ".join(
        one.value if name == PLAIN_READING else f"{one.value} ({name})" for name, one in value.readings.items()
    )


def _with(text: str, **counts: int) -> str:
    has = [f"{count} {what}{'s' * (count != 1)}" for what, count in counts.items() if count]
    return f"{text}, with {' and '.join(has)}" if has else text


def _of_reading(value: Reading) -> str:
    further = [value.source, value.url, value.note]
    if value.correlated:
        further.append(f"correlated {value.correlated.rank:g} with {value.correlated.quantity!r}")
    return ", ".join([value.value, *filter(None, further)])


def _of_rating(value: CellView) -> str:
    written = format_rating(Assessment(value.ratio, given=value.given))
    return f"{written}, {value.why}" if value.why else written


def _of_scheme(value: SchemeTable) -> str:
    return ", ".join(f"{letter} {points:g}" for letter, points in value.points.items())


_SAID: Final[Mapping[type, Callable[[Any], str]]] = {
    bool: FLAG.show,
    Order: lambda order: ", ".join(order.names),
    tuple: lambda items: ", ".join(map(str, items)),
    Hypothesis: _of_hypothesis,
    Evidence: _of_evidence,
    Quantity: _of_readings,
    Assumption: _of_readings,
    Gap: lambda gap: f"= {gap.formula}",
    Idea: lambda idea: idea.title,
    Comment: lambda comment: f"{comment.by}: {comment.text}",
    Reading: _of_reading,
    CellView: _of_rating,
    Assessment: lambda cell: _of_rating(CellView(cell.ratio, cell.why, cell.given)),
    Stated: lambda stated: _of_unit(("plausibility", "placeholder"), (stated.plausibility, stated.placeholder)),
    Claim: lambda claim: ", ".join(filter(None, (claim.value, claim.source, claim.quote))),
    SchemeTable: _of_scheme,
}
"""Type of a part -> what is said of it."""


def _turned(place: Place, before: object, after: object) -> str:
    """Say what a part was and is; of long texts, what is another in them."""
    was, now = ("" if each is None else part_said(place, each) for each in (before, after))
    if was == now:
        return f"{before!r} → {after!r}"[: 4 * WIDE]
    if max(len(was), len(now)) > WIDE or "\n" in was + now:
        was, now = _apart(was, now)
    return f"{was or 'nothing'} → {now or 'nothing'}"


def _apart(was: str, now: str) -> tuple[str, str]:
    """Return the words in which two texts differ, without those with which both begin and end."""
    olds, news = was.split(), now.split()
    begin = next((place for place, pair in enumerate(zip(olds, news)) if len(set(pair)) > 1), min(len(olds), len(news)))
    rest = min(len(olds), len(news)) - begin
    backwards = zip(reversed(olds), reversed(news))
    end = next((place for place, pair in enumerate(backwards) if len(set(pair)) > 1), rest)
    end = min(end, rest)
    if olds == news:
        return "the same words", "in other lines"
    texts = (" ".join(words[begin : len(words) - end]) for words in (olds, news))
    opening, closing = "… " * (begin > 0), " …" * (end > 0)
    old, new = (f"{opening}{_clipped(text)}{closing}".strip() for text in texts)
    return old, new


def _clipped(text: str, most: int = WIDE) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
