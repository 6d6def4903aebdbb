"""Names as BibTeX and biblatex write them: `Song, Yang and {The Guild} and family=Dam, given=Chantal`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from hypotheses.authors import OTHERS, read_authors, spoken
from store.references.latex import text_of

_AND: Final = re.compile(r"[{}]|\s+and\s+", re.IGNORECASE)
_LAST_AND: Final = re.compile(r"(?:^|\s)and\s*$", re.IGNORECASE)
_COMMA: Final = re.compile(r"[{},]")
_PART: Final = re.compile(r"\s*\"?([a-z]+(?:-i)?)\s*=\s*(.*?)\"?\s*", re.DOTALL | re.IGNORECASE)
_FAMILY: Final = re.compile(r"\s*\{?\s*\"?(?:family|given)\s*=", re.IGNORECASE)
_ET_AL: Final = re.compile(r"[\s,;]+(?:et\.?\s+al\.?|and\s+others)\s*$|^et\.?\s+al\.?$", re.IGNORECASE)
_HARD: Final = re.compile(r"[\\{}$~`;&=\"]|--|''|\bet\b|\band\s*$|^\s*and\b|\b(?:AND|And|aNd|anD|ANd|aND|AnD)\b|\t")
_KEPT_COMMA: Final = "\ue000"
_PERSON: Final = re.compile(r"[^\s,;&]+(?:\s[^\s,;&]+|\s*,\s*[^\s,;&]).*", re.DOTALL)
"""A name of several words."""


def people(names: str) -> tuple[str, ...]:
    """Return the names of a field in spoken order."""
    if not _HARD.search(names):
        # Most lists: names in one of the two orders, and nothing else.
        listed = names.split(" and ") if "\n" not in names else re.split(r"\s+and\s+", names)
        if all(name.count(",") < 2 for name in listed):
            return tuple(OTHERS if name.strip() == OTHERS else spoken(name) for name in listed if name.strip(" ,"))
    return tuple(name for name in _people(names) if name)


def _people(names: str) -> Iterator[str]:
    listed = _split(names, _AND) if re.search(r"\sand\s", names, re.IGNORECASE) else [names]
    for number, name in enumerate(listed):
        whole = name.strip()
        if number == len(listed) - 1:
            whole = _LAST_AND.sub("", whole)
        if whole.lower() == "others" or _ET_AL.fullmatch(whole):
            yield OTHERS
        elif whole:
            yield from _persons(whole, alone=len(listed) == 1)


def _persons(whole: str, *, alone: bool) -> Iterator[str]:
    """Yield the people in what stands between two `and`: one, unless it is a list that nobody wrote as BibTeX does."""
    if _FAMILY.match(whole):
        yield _extended(whole)
        return
    cut = _ET_AL.sub("", whole)
    if _is_list(cut, alone=alone):
        yield from read_authors(text_of(cut))
    else:
        # A comma inside of braces is no comma between the parts of a name.
        parts = [text_of(part).replace(",", _KEPT_COMMA) for part in _split(cut, _COMMA)]
        yield spoken(",".join(parts)).replace(_KEPT_COMMA, ",")
    if cut != whole:
        yield OTHERS


def _is_list(text: str, *, alone: bool) -> bool:
    outside = "".join(_outside(text))
    if ";" in outside:
        return True
    ends = re.split(r"\s*\\?&\s*", outside)
    if len(ends) > 1 and all(_PERSON.fullmatch(each) for each in ends):
        return True
    parts = outside.split(",")
    # `A. Smith, B. Jones, C. Wu`, where BibTeX has one name of three parts at most.
    return (alone and len(parts) > 3) or (len(parts) > 2 and all(" " in part.strip() for part in parts))


def _extended(whole: str) -> str:
    """Read a name whose parts are named, as biblatex has them."""
    inside = whole[1:-1] if whole.startswith("{") and whole.endswith("}") else whole
    parts: dict[str, str] = {}
    for piece in _split(inside, _COMMA):
        if match := _PART.fullmatch(piece):
            parts[match[1].lower()] = text_of(match[2]).strip(' "')
    return name_of(parts)


def name_of(parts: Mapping[str, str]) -> str:
    """Put the parts of a name in spoken order."""
    words = (parts.get(part, "") for part in ("given", "prefix", "family", "suffix"))
    return " ".join(word for word in words if word)


def _split(text: str, between: re.Pattern[str]) -> list[str]:
    """Split a text where no brace is open."""
    parts, start, depth = [], 0, 0
    for match in between.finditer(text):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _outside(text: str) -> Iterator[str]:
    """Yield what stands outside of braces; a letter with its accent does, whatever is around it."""
    depth = 0
    for sign in text:
        if sign in "{}":
            depth += 1 if sign == "{" else -1
        elif depth <= 0 or sign not in ",;&":
            yield sign
