"""Links: only to the web, written so that they cannot end early or hide where they go."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from hypotheses.debate import Evidence

_DOI_PREFIX: Final = re.compile(r"(https?://(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ARXIV_PREFIX: Final = re.compile(r"(https?://arxiv\.org/abs/|arxiv:\s*)", re.IGNORECASE)
_DOI: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE | re.ASCII)
_ARXIV: Final = re.compile(r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}(?:v\d+)?)", re.IGNORECASE | re.ASCII)
_IN_LINKS: Final = "!$&'()*+,/:;=?@~%"
"""Punctuation that stays as it is in the path, query and fragment; the rest is percent-encoded."""


def safe_url(url: str) -> str:
    """Return a web address in plain ASCII, its host as it is looked up; empty if it is no http(s) address.

    An address with a user name before its host is refused: it is there to look like another host.
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        plain = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w.:-]+", plain) or "@" in parts.netloc:
        return ""
    place = (f"[{plain}]" if ":" in plain else plain) + (f":{port}" if port else "")
    rest = (_encoded(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, place, *rest))


def evidence_link(evidence: Evidence) -> str:
    """Return where this evidence can be read: its DOI, else its arXiv page, else its address; empty if nowhere."""
    if doi := _DOI_PREFIX.sub("", evidence.doi.strip()):
        return "https://doi.org/" + _encoded(doi)
    if arxiv := _ARXIV_PREFIX.sub("", evidence.arxiv.strip()):
        return "https://arxiv.org/abs/" + _encoded(arxiv)
    return safe_url(evidence.url)


def source_links(evidence: Evidence) -> tuple[str, ...]:
    """Return every address at which this evidence can be read, the one of `evidence_link` first."""
    links = (evidence_link(evidence), safe_url(evidence.url), *map(link_of, evidence.also))
    return tuple(dict.fromkeys(filter(None, links)))


def link_of(source: str) -> str:
    """Return the address of a source that is a DOI, an arXiv id or an address; empty if it is words."""
    plain = source.strip()
    if doi := _DOI.fullmatch(plain):
        return "https://doi.org/" + _encoded(doi[1])
    if arxiv := _ARXIV.fullmatch(plain):
        return "https://arxiv.org/abs/" + _encoded(arxiv[1])
    return safe_url(plain)


def _encoded(part: str) -> str:
    return quote(part, safe=_IN_LINKS, errors="replace")
