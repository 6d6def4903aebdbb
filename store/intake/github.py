"""GitHub's API, as far as ideas need it: whom it is asked about, as whom, and what is told when it does not answer."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING, Final, Literal, NoReturn
from urllib.parse import urlsplit

from hypotheses.problems import Malformed, Refused
from store.errors import LookupProblem
from store.file.json_reader import json_value
from store.file.json_values import Json
from store.network.requests import Answer, Kind, Request
from store.network.services import PUBLIC, Services
from store.settings import Settings

if TYPE_CHECKING:
    from store.network.client import Client

NAMED_IN: Final = "ABDUCE_GITHUB_TOKEN"
"""The variable of the environment that a token is asked for in."""
PAGE: Final = 30
"""How many issues or comments are asked for at once."""
_LONGEST: Final = 16_000_000
"""Bytes of an answer: so many issues of the 65,536 characters that GitHub lets one have, each written in six bytes."""
_JSON: Final = Kind(
    "JSON", "application/vnd.github+json", ("application/json", "application/vnd.github+json"), largest=_LONGEST
)
_VERSION: Final = {"X-GitHub-Api-Version": "2022-11-28"}
_NAMED: Final = re.compile(
    r"(?:github:|https?://(?:www\.)?github\.com/)([A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}?)(?:\.git)?(?:/issues)?/?"
)
_TOKEN: Final = re.compile(r"[!-~]{1,1000}")
_FAULTS: Final = (401, 403, 422, 429)
_LATEST: Final = 31 * 24 * 3600
"""Seconds; whoever says to wait for longer than a month has not said when."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A repository, and how it is asked about."""

    repository: str
    """`owner/name`."""
    settings: Settings
    services: Services
    token: str = field(repr=False)
    """May be empty: what is public is told to everybody."""
    token_in: str
    """The variable that it is in."""

    @property
    def base(self) -> str:
        """Where the repository is, by its name."""
        return f"{self.services.github}/repos/{self.repository}"


def asking(repository: str, settings: Settings, services: Services | None = None) -> Asking:
    """Prepare to ask about a repository, with the token of the environment.

    Raises:
        LookupProblem: nobody may be asked.
        Refused: the token is none.
    """
    if settings.offline:
        raise LookupProblem(f"look-ups are switched off (offline); GitHub is not asked about {repository}")
    name, token = _token()
    ways = replace(services or PUBLIC, proxy=settings.proxy, certificates=settings.certificates)
    return Asking(repository, settings, ways, token, name)


def _token() -> tuple[str, str]:
    """Return the variable that a token is in, and the token; it may be empty.

    Raises:
        Refused: what is there is none; it is not shown.
    """
    ours, others = os.environ.get("ABDUCE_GITHUB_TOKEN"), os.environ.get("GITHUB_TOKEN")
    for name, text in ((NAMED_IN, ours), ("GITHUB_TOKEN", others)):
        token = (text or "").strip()
        if token and not _TOKEN.fullmatch(token):
            raise Refused(f"the token in {name} has characters that no token has")
        if token:
            return name, token
    return NAMED_IN, ""


def repository_of(text: str) -> str | None:
    """Return the repository that `github:OWNER/NAME`, or the address of its page, names; None if it names none."""
    named = _NAMED.fullmatch(text)
    return named[1] if named and named[1].partition("/")[2] not in (".", "..") else None


async def ask(
    client: Client,
    about: Asking,
    url: str,
    *,
    method: Literal["GET", "POST", "PATCH"] = "GET",
    body: Mapping[str, str] | None = None,
    also: tuple[int, ...] = (),
) -> Answer:
    """Ask for one thing, or write one, in the time that one look-up has.

    Args:
        client: Who asks.
        about: The repository, and how it is asked about.
        url: Where.
        method: What is done there.
        body: What is sent along.
        also: Codes beside 200 that are no fault.

    Raises:
        LookupProblem: it does not answer, or says no; tells why.
    """
    client.begin_anew()
    headers = {**_VERSION, **({"Content-Type": "application/json"} if body else {})}
    written = json.dumps(dict(body)).encode() if body else b""
    reads = (*_FAULTS, *also)
    answer = await client.fetch(
        Request(url, _JSON, method=method, body=written, headers=headers, stays=True, token=about.token, reads=reads)
    )
    if answer.code != 200 and (answer.code not in also or _is_spent(answer)):
        _refuse(answer, about)
    return answer


def value_of(answer: Answer) -> Json:
    """Return what an answer says.

    Raises:
        LookupProblem: it is no JSON.
    """
    try:
        return json_value(answer.text())
    except Malformed as error:
        raise LookupProblem(f"the answer of {urlsplit(answer.url).hostname} makes no sense: {error}") from error


def _is_spent(answer: Answer) -> bool:
    """Say whether so much was asked that nothing more is answered for a while."""
    says_so = answer.headers.get("x-ratelimit-remaining", "").strip() == "0" or "retry-after" in answer.headers
    return answer.code == 429 or (answer.code == 403 and says_so)


def _refuse(answer: Answer, about: Asking) -> NoReturn:
    """Say why there is nothing."""
    code, headers, name = answer.code, answer.headers, about.repository
    if _is_spent(answer):
        more = "" if about.token else f"; with a token in {NAMED_IN} it answers more often"
        raise LookupProblem(f"GitHub answers no more {_until(headers)}{more}")
    if code == 401:
        raise LookupProblem(f"GitHub does not accept the token in {about.token_in}; expected one that is valid")
    if code == 403:
        raise LookupProblem(f"GitHub does not allow this for {name}; the token in {NAMED_IN} says what one may")
    if code in (404, 410):
        who = f"the token in {about.token_in} may not read it" if about.token else f"it needs a token in {NAMED_IN}"
        raise LookupProblem(f"there is no repository {name} on GitHub with issues, or it is private and {who}")
    raise LookupProblem(f"{urlsplit(answer.url).hostname} answered {code}")


def _until(headers: Mapping[str, str]) -> str:
    """Say until when it does not answer: `until 14:05 UTC (in 12 minutes)`."""
    now = time.time()
    after, reset = _number(headers.get("retry-after", "")), _number(headers.get("x-ratelimit-reset", ""))
    seconds = after if after is not None else None if reset is None else max(0, reset - now)
    if seconds is None or seconds > _LATEST:
        return "for now; try again in some minutes"
    minutes = max(1, ceil(seconds / 60))
    at = datetime.fromtimestamp(60 * ceil((now + seconds) / 60), UTC)
    day = f"{at:%Y-%m-%d} " if seconds > 12 * 3600 else ""
    return f"until {day}{at:%H:%M} UTC (in {minutes} minute{'s' if minutes > 1 else ''})"


def _number(text: str) -> float | None:
    digits = text.strip()
    return float(digits[:15]) if digits.isascii() and digits.isdigit() else None
