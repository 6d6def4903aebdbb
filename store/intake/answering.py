"""Whoever sent an idea as an issue is answered there: one comment, once, and the issue closed if that is wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Final, Literal, TypeVar
from urllib.parse import urlencode

from store.intake.github import PAGE, Asking, ask, value_of
from store.network.opening import connected
from store.network.requests import Answer

if TYPE_CHECKING:
    from store.network.client import Client

T = TypeVar("T")

_CREATED: Final = 201
_NOT_THIS: Final[Mapping[int, str]] = {
    403: "it is locked, or the token may not write to it",
    404: "it is not there, or the token may not write to it",
    410: "it was deleted",
    422: "GitHub does not take a comment there",
}
"""What concerns one issue only."""
How = Literal["completed", "not_planned"]
"""How an issue is closed, in GitHub's words."""


def mark_of(debate: str, number: int) -> str:
    """Return what a comment of ours is known again by; a page does not show it."""
    return f"<!-- abduce: idea {number} of {debate} -->"


def comment(about: Asking, issue: int, text: str) -> str:
    """Write a comment, and return why the issue does not allow it, if it does not. It blocks.

    Raises:
        LookupProblem: GitHub does not answer, or not us; nobody may know whether it was taken.
    """
    return _write(about, f"{about.base}/issues/{issue}/comments", "POST", {"body": text})


def has_comment(about: Asking, issue: int, mark: str, since: str) -> bool:
    """Say whether a comment of ours is there that was begun on that day: whoever wrote it may not have been told so.

    Raises:
        LookupProblem: nobody knows.
    """

    async def look(client: Client) -> bool:
        query = urlencode({"per_page": PAGE, "since": f"{since[:10]}T00:00:00Z"})
        comments = value_of(await ask(client, about, f"{about.base}/issues/{issue}/comments?{query}"))
        there = comments if isinstance(comments, list) else []
        return any(mark in str(each.get("body", "")) for each in there if isinstance(each, dict))

    return _with_client(about, look)


def close(about: Asking, issue: int, how: How) -> str:
    """Close an issue, and return why it does not allow it, if it does not. It blocks.

    Raises:
        LookupProblem: GitHub does not answer, or not us.
    """
    return _write(about, f"{about.base}/issues/{issue}", "PATCH", {"state": "closed", "state_reason": how})


def _write(about: Asking, url: str, method: Literal["POST", "PATCH"], body: Mapping[str, str]) -> str:
    async def write(client: Client) -> Answer:
        return await ask(client, about, url, method=method, body=body, also=(_CREATED, *_NOT_THIS))

    answer = _with_client(about, write)
    return _NOT_THIS.get(answer.code, "")


def _with_client(about: Asking, act: Callable[[Client], Awaitable[T]]) -> T:
    async def acting() -> T:
        async with connected(about.services, "", about.settings.lookup_seconds) as client:
            return await act(client)

    return asyncio.run(acting())
