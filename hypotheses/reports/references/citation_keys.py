"""Keys by which other programs cite the evidence, and names as they part them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hypotheses.authors import OTHERS, SUFFIX, spoken
from hypotheses.debate import Debate

_NOT_IN_KEYS: Final = re.compile(r"[^A-Za-z0-9_.:+-]")
_PARTICLES: Final = re.compile(
    r"(?:al|bin|da|das|de|del|della|den|der|des|di|do|dos|du|el|la|le|st|ten|ter|van|von|zu|zum|zur)\.?"
)
"""Words before a family name that belong to it, in small letters as they stand before it."""
_ET_AL: Final = re.compile(r",?\s+et\.?\s+al\.?$", re.IGNORECASE)
_OF_BODIES: Final = re.compile(
    r"(?i:\b(?:and|for|of|the|agency|association|bureau|center|centre|collaboration|commission|committee|company"
    r"|consortium|council|department|foundation|group|guild|inc|institute|laboratory|labs?|ltd|ministry|network|office"
    r"|organi[sz]ation|project|research|service|society|staff|survey|team|union|university)\b)|[\d&/()]"
)
"""What the names of bodies have in them, and those of people have not."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts; of a body, or of somebody with one name, all of it is the family's."""

    family: str
    given: str = ""
    suffix: str = ""
    is_body: bool = False


def citation_keys(debate: Debate) -> dict[str, str]:
    """Return for each item of evidence the key by which it is cited.

    It is its own as far as every program takes it: ASCII letters, digits and `_ . : + -`. No two are the same, also not
    for BibTeX, to which capital letters are no others.
    """
    taken: set[str] = set()
    keys = {}
    plain = {key: _plain(key) for key in debate.evidence}
    # What need not be changed keeps its key, wherever it stands.
    for key in sorted(plain, key=lambda each: plain[each] != each):
        keys[key] = _free(plain[key], taken)
        taken.add(keys[key].lower())
    return {key: keys[key] for key in debate.evidence}


def _plain(key: str) -> str:
    if key.isascii():  # as nearly all are: the rules of keys let no more in than is taken
        return key
    apart = unicodedata.normalize("NFKD", key)
    ascii_key = _NOT_IN_KEYS.sub("", apart)
    return ascii_key if re.search("[A-Za-z0-9]", ascii_key) else "evidence"


def _free(key: str, taken: Iterable[str]) -> str:
    number, free = 1, key
    while free.lower() in taken:
        number += 1
        free = f"{key}-{number}"
    return free


def people_in(authors: Sequence[str]) -> Iterator[PersonName]:
    """Yield the authors in parts; who is not named, as in `Polyak et al.`, is `others`, once and last."""
    others = False
    for author in authors:
        name = _ET_AL.sub("", author)
        others |= name != author or name == OTHERS
        if name not in ("", OTHERS):
            yield name_in_parts(name)
    if others:
        yield PersonName(OTHERS, is_body=True)


def name_in_parts(name: str) -> PersonName:
    """Part a name as it is spoken, `Yang Song`, or turned round, `Song, Yang`.

    What may be a body's is left whole: an index puts it under its first letter, as it stands.
    """
    said = spoken(name)
    words = said.split()
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""
    if len(words) < 2 or _OF_BODIES.search(said):
        return PersonName(said, is_body=True)
    before, comma, _ = name.partition(",")
    first = len(words) - 1
    if comma and said.endswith(before.strip()):
        first = len(words) - len(before.split())
    else:
        while first > 1 and _PARTICLES.fullmatch(words[first - 1]):
            first -= 1
    return PersonName(" ".join(words[first:]), " ".join(words[:first]), suffix)
