"""Ideas as JSON, for other sites and programs that have the key: `POST /ideas.json`."""

from __future__ import annotations

import hmac
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hypotheses.idea import Idea
from hypotheses.problems import AbduceError, NotFound, Refused
from store.errors import DatabaseProblem
from store.intake.arriving import Rejected
from store.intake.idea_files import ideas_in
from tui.web.application import BUSY, DAY_IS_FULL, TOO_LONG, Reception, body_of
from tui.web.desk import DayIsFull
from tui.web.form import sentence

PATH: Final = "/ideas.json"
KEY_VARIABLE: Final = "ABDUCE_INBOX_KEY"
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{20,200}")
_NAME: Final = "ideas.json"
"""What the body is called where it is read."""


@dataclass(frozen=True, slots=True)
class JsonDoor:
    """Who may send ideas as JSON."""

    key: str
    """What each request shows."""
    origins: frozenset[str]
    """The sites whose pages may send them from a browser."""


def door_of(key: str, origins: Iterable[str], *, wanted: bool) -> JsonDoor | None:
    """Return the door for JSON, if it is wanted.

    Raises:
        Refused: there is no key for it, or sites are named and no door is wanted.
    """
    sites = frozenset(origins)
    if not wanted:
        if sites:
            raise Refused("--origin names a site that may send JSON; expected --json beside it")
        return None
    if not _KEY.fullmatch(key):
        raise Refused(
            f"--json needs a key in {KEY_VARIABLE}, which every request shows: 20 to 200 letters, digits, - or _ "
            "that nobody guesses, such as `openssl rand -hex 16` writes"
        )
    return JsonDoor(key, sites)


def json_routes(reception: Reception, door: JsonDoor) -> list[Route]:
    """Return the route of the door."""

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return _asked_first(request, door)
        answer = await _sent(reception, request, door)
        origin = request.headers.get("origin", "")
        if origin in door.origins:
            answer.headers["access-control-allow-origin"] = origin
            answer.headers["vary"] = "origin"
        return answer

    return [Route(PATH, answer, methods=["POST", "OPTIONS"])]


def _asked_first(request: Request, door: JsonDoor) -> Response:
    """Answer a browser that asks whether a page of another site may send something."""
    origin = request.headers.get("origin", "")
    if origin not in door.origins:
        return _error(403, "this site may not send ideas")
    allowed = {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "authorization, content-type",
        "access-control-max-age": "600",
        "vary": "origin",
    }
    return Response(status_code=204, headers=allowed)


async def _sent(reception: Reception, request: Request, door: JsonDoor) -> Response:
    given = request.headers.get("authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {door.key}".encode()):
        return _error(401, "expected the key, as `Authorization: Bearer KEY`", {"www-authenticate": "Bearer"})
    kind = request.headers.get("content-type", "").lower().replace(" ", "")
    if kind not in ("application/json", "application/json;charset=utf-8"):
        return _error(415, "expected application/json")
    try:
        body = await body_of(request, reception.limits.body)
    except HTTPException:
        return _error(TOO_LONG, f"found more than {reception.limits.body:,} bytes; expected at most that")
    if wait := reception.turnstile.wait(request.state.sender):
        return _wait(wait, "too many came from this address")
    return await reception.in_thread(_answer, reception, body)


def _answer(reception: Reception, body: bytes) -> Response:
    try:
        taken = reception.desk.take(_idea_in(body))
    except DatabaseProblem as problem:
        reception.tell(str(problem))
        return _wait(60, BUSY, 503)
    except NotFound:
        return _error(404, "this debate is not here any more")
    except AbduceError as refused:
        return _error(422, str(refused))
    if isinstance(taken, DayIsFull):
        return _wait(taken.seconds, DAY_IS_FULL)
    return JSONResponse({"reference": taken, "receipt": f"{reception.address.link}idea/{taken}"}, 201)


def _idea_in(body: bytes) -> Idea:
    """Read the one idea that was sent, as one in a file is read.

    Raises:
        Refused: it is none, or there are several.
    """
    arrived = list(ideas_in(body, _NAME))
    if len(arrived) != 1:
        raise Refused(f"found {len(arrived)} ideas; expected one")
    (one,) = arrived
    if isinstance(one, Rejected):
        line, _, reason = f"{one.where.removeprefix(_NAME)}:{one.reason}".lstrip(":").partition(":")
        raise Refused(f"line {line}:{reason}" if line.isdecimal() else one.reason)
    return replace(one, via="web")


def _wait(seconds: float, why: str, status: int = 429) -> Response:
    return _error(status, why, {"retry-after": str(math.ceil(seconds))})


def _error(status: int, why: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": sentence(why)}, status, headers)
