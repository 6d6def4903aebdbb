"""Names of authors: a list of them as people type and paste it, and the order in which a name is spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_OTHERS: Final = re.compile(
    r"[\s,;&]*(?:\bet\.?\s+al\b\.?|\b(?:and|&)\s+others\b|&\s*others\b)[\s,;.]*$", re.IGNORECASE
)
_AND: Final = re.compile(r"\s+and\s+|\s*&\s*", re.IGNORECASE)
_FIRST_AND: Final = re.compile(r"^(?:and|&)\s+", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:(?:[^\W\d_]{1,2}\.|[^\W\d_](?![^\W\d_]))[\s-]*){1,4}|[A-Z]{2,3}")
"""`Y.`, `J. R. R.`, `J.-P.`, `Ch.`, `JRR`; not `Bo Li` or `NASA`."""
_PARTICLES: Final = re.compile(
    r"(?:al|bin|da|das|de|del|della|den|der|des|di|do|dos|du|el|la|le|st|ten|ter|van|von|zu|zum|zur)\.?", re.IGNORECASE
)
"""Words that a family name begins with, so that it has several."""
_FAMILY_INITIALS: Final = re.compile(r"([^\W\d_][^\d\s,.]+) ([A-Z]{1,3})\.?")
"""`Song Y`, as medical journals have it."""
OTHERS: Final = "others"
"""What stands for those who are not named."""
_LONGEST_END: Final = 200
"""How many characters of a list are looked at for those who are not named: they stand at its end."""


def spoken(name: str) -> str:
    """Turn `Song, Yang` and `Davis, Jr., Sammy` round; leave a name that is in spoken order already."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) == 2 and SUFFIX.fullmatch(parts[1]):
        return f"{parts[0]} {parts[1]}"
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and SUFFIX.fullmatch(parts[1]):
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return " ".join(name.split())


def read_authors(text: str) -> tuple[str, ...]:
    """Read a list of authors, however it is separated, as names in spoken order.

    With semicolons or `and` between, a comma parts a family name from what comes before it when spoken, if it looks
    so; between initials and names it does in any case: `Song, Y., Dhariwal, P.`. Else commas part names.
    """
    text = text.rstrip()
    others = _OTHERS.search(text, max(0, len(text) - _LONGEST_END))
    listed = text[: others.start()] if others else text
    names = [name for part in _parts(listed) for name in part if name.strip(" .,")]
    return tuple(names + [OTHERS] * (others is not None and bool(names)))


def show_authors(names: Sequence[str]) -> str:
    """Write a list of authors with commas between where it reads back as these, else with semicolons.

    Only a name with a comma in it may be read otherwise.
    """
    listed = ", ".join(names)
    return listed if not names or read_authors(listed) == tuple(names) else "; ".join(names) + ";" * (len(names) == 1)


def authors_in_lines(text: str) -> str:
    """Join the lines of a list of authors: a line for each, or a list that is wrapped."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    alone = all(_is_inverted(line) or not re.search(r"[,;&]|\sand\s", f" {line} ") for line in lines)
    return ("; " if alone else " ").join(lines)


def _parts(text: str) -> Iterator[list[str]]:
    """Yield the names of each part between semicolons; without one, of all of it."""
    # With one blank between words: a long run of them would be tried from each of its characters.
    parts = [_FIRST_AND.sub("", " ".join(part.split())) for part in re.split(r"[;\n]", text)]
    for part in parts:
        between = [_FIRST_AND.sub("", name.strip(" ,")) for name in _AND.split(part)]
        if len(parts) > 1 and not all(map(_is_inverted, between)):
            between = [part]  # `Bureau of Land and Water` is one
        if (len(parts) > 1 or len(between) > 1) and all(map(_is_inverted, between)):
            yield [spoken(name) for name in between]
        elif len(parts) > 1 and "," not in part:
            yield [" ".join(part.split())]
        else:
            yield list(_between_commas([name for each in between for name in each.split(",")]))


def _between_commas(pieces: Sequence[str]) -> Iterator[str]:
    """Yield names that stand between commas; initials and `Jr.` belong to what is before them."""
    pieces = [" ".join(piece.split()) for piece in pieces if piece.strip()]
    if len(pieces) > 1 and all(map(_FAMILY_INITIALS.fullmatch, pieces)):
        yield from (_FAMILY_INITIALS.sub(r"\2 \1", piece) for piece in pieces)
        return
    at = 0
    while at < len(pieces):
        end = at + 1
        while end < len(pieces) and end < at + 3 and _belongs(pieces[at], pieces[end]):
            end += 1
        yield spoken(", ".join(_suffix_second(pieces[at:end])))
        at = end


def _suffix_second(parts: Sequence[str]) -> Sequence[str]:
    """Put `Jr.` between family name and initials: `Davis, S., Jr.` is `Davis, Jr., S.`."""
    return [parts[0], parts[2], parts[1]] if len(parts) == 3 and SUFFIX.fullmatch(parts[2]) else parts


def _belongs(name: str, piece: str) -> bool:
    """Say whether a piece goes with the name before it: `Jr.`, or initials after one word with its particles."""
    if SUFFIX.fullmatch(piece):
        return True
    *particles, _ = name.split()
    return bool(_INITIALS.fullmatch(piece) and not _INITIALS.fullmatch(name)) and all(
        map(_PARTICLES.fullmatch, particles)
    )


def _is_inverted(name: str) -> bool:
    """Say whether a name looks like `Song, Yang` or `ter Horst, Dirk J.`: one word and its particles, then others."""
    family, comma, given = name.strip(" ").partition(",")
    words = family.split()
    if not comma or not given.strip() or not words or "," in given.strip(" ,."):
        parts = [part.strip() for part in name.split(",")]
        return len(parts) == 3 and any(map(SUFFIX.fullmatch, parts[1:])) and _is_inverted(f"{parts[0]}, X.")
    return all(map(_PARTICLES.fullmatch, words[:-1])) and len(given.split()) <= 4
