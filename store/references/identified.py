"""What names a work: the DOI, the arXiv id and the address of an entry, wherever they stand in it.

What cannot be any of these and may name the work all the same, a second address or one of another kind, is kept among
its other sources, as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from hypotheses import rules
from hypotheses.problems import Malformed
from hypotheses.reports.text import HARMFUL
from store.incoming import NoteKind
from store.lookup.identifiers import Arxiv, Doi, Url, doi_of, identify

_MAY_BE_ARXIV: Final = re.compile(r"arxiv|xxx\.lanl", re.IGNORECASE)
"""What an address has that may name a paper in arXiv."""
_BETWEEN: Final = re.compile(r"(?<![\s,;])[\s,;]++(?=(?:https?|ftp)://|www\.)", re.IGNORECASE)
_SHORT_DOI: Final = re.compile(r"10/[a-z0-9]{3,12}", re.IGNORECASE)
"""A DOI in short, which `doi.org` knows."""
_TELLING: Final = re.compile(r"\d.*[/.:]|[/.:].*\d|://", re.DOTALL)
"""What may name a work; `n/a` and `none` do not."""
_SHOWN: Final = 60
_PLAIN_ADDRESS: Final = re.compile(r"https?://[a-z0-9.-]+(?:[/?#][!-+\--~]*)?", re.ASCII)
"""One address of a web page and nothing else."""


@dataclass(slots=True)
class Identified:
    """What names a work."""

    doi: str = ""
    arxiv: str = ""
    url: str = ""
    also: list[str] = field(default_factory=list)
    """Other sources."""
    told: list[tuple[str, NoteKind]] = field(default_factory=list)
    """What was changed or left out."""


def identified(doi: str, arxiv: str, url: str, others: tuple[str, ...]) -> Identified:
    """Find out what names a work.

    Args:
        doi: What stands in the field for a DOI.
        arxiv: What stands in the field for an arXiv id.
        url: What stands in the field for an address.
        others: Texts in other fields that may be one of these.
    """
    named = doi_of(doi) if doi.startswith("10.") else None
    if isinstance(named, Doi) and not (arxiv or others) and (not url or _names_nothing_else(url)):
        return Identified(named.name, "", url)  # most entries
    made = Identified()
    addresses = list(_addresses(url, made))
    known = [_known(f"doi:{doi}" if doi.startswith("10.") else doi), _known(arxiv)]
    _take_number(doi, "DOI", known[0], addresses, made)
    _take_number(arxiv, "arXiv id", known[1], addresses, made)
    known += [one for text in (*addresses, *others) if (one := _known(text))]
    made.doi = next((one.name for one in known if isinstance(one, Doi)), "")
    made.arxiv = next((one.name for one in known if isinstance(one, Arxiv)), "")
    _take_addresses([*addresses, *(one.address for one in map(_known, others) if isinstance(one, Url))], made)
    return made


def _names_nothing_else(url: str) -> bool:
    plain = url.count("://") == 1 and _PLAIN_ADDRESS.fullmatch(url)
    return bool(plain) and _MAY_BE_ARXIV.search(url) is None


def _known(text: str) -> Doi | Arxiv | Url | None:
    if not text:
        return None
    try:
        return identify(text)
    except Malformed:
        return None


def _addresses(url: str, made: Identified) -> Iterator[str]:
    """Yield the addresses in a field; a blank in one is written as addresses write it."""
    for text in _BETWEEN.split(url.strip()):
        address = text.strip(" ,;")
        if address[:4].lower() == "www.":
            address = f"https://{address}"
            made.told.append((f"the address is taken as {address}", "changed"))
        elif address.lower().startswith(("http://", "https://")) and re.search(r"\s", address):
            address = re.sub(r"\s+", "%20", address)
            made.told.append((f"the address is taken as {_cut(address)}", "changed"))
        if address:
            yield address


def _take_number(text: str, kind: str, known: Doi | Arxiv | Url | None, addresses: list[str], made: Identified) -> None:
    """Keep elsewhere what stands in the field for a number and is none."""
    if not text.strip() or isinstance(known, Doi | Arxiv):
        return
    if isinstance(known, Url):
        addresses.append(known.address)
        made.told.append((f"{_shown(text)} is no {kind}; taken as an address", "changed"))
    elif kind == "DOI" and _SHORT_DOI.fullmatch(text.strip()):
        addresses.append(f"https://doi.org/{text.strip()}")
        made.told.append((f"the DOI in short {_shown(text)} is taken as an address", "changed"))
    else:
        _keep_among_others(text, f"no {kind}", made)


def _take_addresses(addresses: list[str], made: Identified) -> None:
    for address in dict.fromkeys(addresses):
        if not _is_web(address):
            _keep_among_others(address, "no address of a web page", made)
        elif not made.url:
            made.url = address
        elif address != made.url:
            made.also.append(address)
            made.told.append((f"a second address, {_shown(address)}, is kept among its other sources", "changed"))


def _keep_among_others(text: str, why: str, made: Identified) -> None:
    line = " ".join(HARMFUL.sub(" ", text).split())
    if len(line) <= rules.TITLE_LENGTH and _TELLING.search(line):
        made.also.append(line)
        made.told.append((f"{_shown(text)} is {why}; kept among its other sources", "changed"))
    else:
        made.told.append((f"{_shown(text)} is {why}; left out", "left out"))


def _is_web(address: str) -> bool:
    try:
        return bool(rules.url(address)) and len(address) <= rules.TEXT_LENGTH
    except Malformed:
        return False


def _shown(text: str) -> str:
    return repr(_cut(text))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
