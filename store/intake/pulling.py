"""A repository's issues, page by page: those with a label that are new since the last time, as ideas.

They are asked for in the order in which they were made: that one stays what it is while somebody writes, so that no
issue slips from a page that is still to come to one that was read.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from hypotheses import rules
from hypotheses.debate import Debate
from hypotheses.problems import Malformed
from store.errors import LookupProblem
from store.intake.arriving import Arrival
from store.intake.github import PAGE, Asking, ask, value_of
from store.intake.issues import read_issue
from store.network.opening import connected
from store.network.requests import Answer

if TYPE_CHECKING:
    from store.network.client import Client

MOST_PAGES: Final = 100
"""How many pages are read at once; the next time goes on behind them."""
_EARLIER: Final = timedelta(minutes=1)
"""By how much the next time begins before this one: clocks differ, and what is known already is left out."""
_LINK: Final = re.compile(r'<([^<>]{1,2000})>\s*;[^,<>]{0,200}?\brel="?next\b')
_STALE: Final = (404, 410, 422)
"""How a page is answered that was kept for too long."""


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """How far a repository was read."""

    since: str = ""
    """Everything that happened before this time, in UTC, was read."""
    next: str = ""
    """The page to go on with, where it was not read to its end."""
    began: str = ""
    """When that reading began: what `since` is once it is at its end."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came of one reading."""

    arrivals: tuple[Arrival, ...]
    so_far: ReadSoFar
    problem: LookupProblem | None = None
    """Why it stopped early."""
    is_cut: bool = False
    """Whether there are more pages than are read at once."""


def read_so_far(state: Mapping[str, Any]) -> ReadSoFar:
    """Return the progress that was noted; what makes no sense counts as nothing read yet."""
    texts = {name: state.get(name, "") for name in ("since", "next", "began")}
    try:
        if all(isinstance(text, str) for text in texts.values()):
            return ReadSoFar(rules.moment(texts["since"]), texts["next"], rules.moment(texts["began"]))
    except Malformed:
        pass
    return ReadSoFar()


def state_of(so_far: ReadSoFar) -> dict[str, str]:
    """Return a progress as it is noted."""
    return asdict(so_far)


def pull(about: Asking, label: str, debate: Debate, so_far: ReadSoFar) -> Pulled:
    """Read the issues with a label from where the last time ended. It blocks.

    What was read before a fault is returned with the fault.

    Raises:
        LookupProblem: nothing could be read.
    """
    return asyncio.run(_Pulling(about, label, debate, so_far).carry_out())


class _Pulling:
    """One reading, and how far it is."""

    def __init__(self, about: Asking, label: str, debate: Debate, so_far: ReadSoFar) -> None:
        self._about = about
        self._debate = debate
        query = {"labels": label} if label else {}
        query |= {"state": "all", "sort": "created", "direction": "asc", "per_page": str(PAGE)}
        query |= {"since": so_far.since} if so_far.since else {}
        self._first = f"{about.base}/issues?{urlencode(query)}"
        self._so_far = so_far
        self._arrivals: list[Arrival] = []
        self._read = 0
        """How many pages."""

    async def carry_out(self) -> Pulled:
        """Read page by page, to the end or until something is in the way."""
        about = self._about
        async with connected(about.services, "", about.settings.lookup_seconds) as client:
            for _ in range(MOST_PAGES):
                try:
                    self._take(await self._page(client))
                except LookupProblem as problem:
                    if not self._read:
                        raise
                    return Pulled(tuple(self._arrivals), self._so_far, problem)
                if not self._so_far.next:
                    return Pulled(tuple(self._arrivals), self._so_far)
        return Pulled(tuple(self._arrivals), self._so_far, is_cut=True)

    async def _page(self, client: Client) -> Answer:
        """Ask for the page to go on with; if GitHub knows that no more, for the first."""
        if not self._read and self._so_far.next and _is_of(kept := self._so_far.next, self._about):
            answer = await ask(client, self._about, kept, also=_STALE)
            if answer.code not in _STALE:
                return answer
        if not self._read:
            self._so_far = replace(self._so_far, next="", began="")
        return await ask(client, self._about, self._so_far.next or self._first)

    def _take(self, answer: Answer) -> None:
        """Take in one page, and note how far that is.

        Raises:
            LookupProblem: it is no page of issues, or the next one is somewhere else.
        """
        issues = value_of(answer)
        if not isinstance(issues, list):
            raise LookupProblem(f"the answer about {self._about.repository} makes no sense: found no list of issues")
        for issue in issues:
            if (arrival := read_issue(issue, self._about.repository, self._debate)) is not None:
                self._arrivals.append(arrival)
        self._read += 1
        began = self._so_far.began or _time_of(answer) or self._so_far.since
        link = _LINK.search(answer.headers.get("link", ""))
        if link is None:
            self._so_far = ReadSoFar(since=began)
            return
        if not _is_of(link[1], self._about):
            raise LookupProblem(f"the next page of {self._about.repository} is said to be elsewhere; it is not asked")
        self._so_far = replace(self._so_far, next=link[1], began=began)


def _is_of(url: str, about: Asking) -> bool:
    """Say whether an address is that of a page of this repository's issues, by its name or GitHub's number for it."""
    api, named = urlsplit(about.services.github), f"{urlsplit(about.base).path}/issues"
    try:
        scheme, host, path, _, _ = urlsplit(url)
    except ValueError:
        return False
    by_number = re.fullmatch(rf"{re.escape(api.path)}/repositories/[0-9]{{1,15}}/issues", path)
    return (scheme, host) == api[:2] and (path.casefold() == named.casefold() or by_number is not None)


def _time_of(answer: Answer) -> str:
    """Return the time by the server's own clock, a little earlier; nothing if it does not say."""
    try:
        at = parsedate_to_datetime(answer.headers.get("date", "")).astimezone(UTC) - _EARLIER
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
