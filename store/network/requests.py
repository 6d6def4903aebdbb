"""What is asked for, and what came back: all that services and the client say to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from hypotheses.problems import Malformed

LARGEST: Final = 2_000_000
"""How many bytes of an answer are taken, packed and unpacked, unless its kind says otherwise."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer."""

    words: str
    """What it is, for a sentence."""
    accept: str
    """What the request says it takes."""
    types: tuple[str, ...]
    """The media types that are taken; anything else is refused before it is read."""
    may_be_cut: bool = False
    """Whether the beginning of what is too large is worth having."""
    largest: int = LARGEST
    """How many bytes of an answer are taken, packed and unpacked."""


JSON: Final = Kind(
    "JSON",
    "application/json",
    ("application/json", "application/vnd.citationstyles.csl+json", "application/vnd.crossref-api-message+json"),
)
FEED: Final = Kind("a feed", "application/atom+xml", ("application/atom+xml", "application/xml", "text/xml"))
PAGE: Final = Kind(
    "a web page", "text/html,application/xhtml+xml", ("text/html", "application/xhtml+xml"), may_be_cut=True
)


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to fetch."""

    url: str
    kind: Kind
    is_service: bool = True
    """Whether it goes to one of the services, which are told the user's mail address; nobody else is."""
    method: Literal["GET", "POST", "PATCH"] = "GET"
    body: bytes = b""
    """JSON that is sent along."""
    headers: Mapping[str, str] = field(default_factory=dict)
    stays: bool = False
    """Whether it goes to this host and port only, and is never sent on by a redirect."""
    follows: bool = True
    """Whether redirects are followed at all."""
    token: str = field(default="", repr=False)
    """Who asks; sent to this host and port only, whatever redirects say."""
    reads: tuple[int, ...] = ()
    """Codes other than 200 of which whoever asks is told; with any other of a fault there is no answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent."""

    url: str
    """Where it came from, after all redirects."""
    found: bool
    """False if there is nothing at that address: 404 or 410."""
    body: bytes = b""
    media_type: str = ""
    charset: str = ""
    """The encoding the server names, if any."""
    code: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in lower case."""

    def text(self) -> str:
        """Return the body as text.

        Raises:
            Malformed: it is not UTF-8.
        """
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Malformed("it is not UTF-8 text") from None
