"""Links: only to the web, written so that they cannot end early or hide where they go."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from hypotheses.debate import Evidence

_DOI_PREFIX: Final = re.compile(r"(https?://(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ARXIV_PREFIX: Final = re.compile(r"(https?://arxiv\.org/abs/|arxiv:\s*)", re.IGNORECASE)
_IN_LINKS: Final = "!$&'()*+,/:;=?@~%"
"""Punctuation that stays as it is in the path, query and fragment; the rest is percent-encoded."""


def safe_url(url: str) -> str:
    """Return a web address in plain ASCII, its host as it is looked up; empty if it is no http(s) address.

    An address with a user name before its host is refused: it is there to look like another host.
    """
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


def _encoded(part: str) -> str:
    return quote(part, safe=_IN_LINKS, errors="replace")
