"""What answers each request: the page, what is sent from its form, receipts, and the style sheet."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from hypotheses.problems import Malformed, NotFound, Refused
from store.errors import DatabaseProblem
from tui.web.address import Address
from tui.web.desk import DayIsFull, Desk
from tui.web.form import EMPTY, FIELDS, TOKEN, TYPE, Complaint, decoded, idea_in, sentence
from tui.web.form_token import FormTokens, is_visitor, new_visitor
from tui.web.limits import Limits, Turnstile
from tui.web.pages import FORM_REFERRER, Filled, Pages, style
from tui.web.shown import ShownDebate

Given = TypeVar("Given")

COOKIE: Final = "abduce_form"
_REFERENCE_LENGTH: Final = 100
"""Of what is looked up; a longer one is none."""
_FRESH: Final[Mapping[str, str]] = {"kind": "comment"}
TOO_LONG: Final = 413
DAY_IS_FULL: Final = "As many ideas have come in today as can be read, so nothing was kept."
BUSY: Final = "The debate cannot be read or saved just now, so nothing was kept. Send it again in a minute."
"""Of a database that is locked or fails; why, the owner is told."""
_REFUSALS: Final = {
    404: ("There is nothing here", "Look at the link again: it may have been cut off."),
    405: ("This cannot be done here", "Ideas are sent from the form on the page."),
}


@dataclass(frozen=True, slots=True)
class Reception:
    """What the answers share."""

    desk: Desk
    pages: Pages
    address: Address
    limits: Limits
    tokens: FormTokens
    turnstile: Turnstile
    threads: Executor
    tell: Callable[[str], None]

    async def in_thread(self, work: Callable[..., Given], *arguments: object) -> Given:
        """Do what waits for the database beside the other requests."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, work, *arguments)


async def body_of(request: Request, most: int) -> bytes:
    """Return what was sent, as long as it is not too long by what it says or by what comes.

    Raises:
        HTTPException: it is.
    """
    said = request.headers.get("content-length", "0")
    if len(said) > 12 or int(said) > most:
        raise HTTPException(TOO_LONG)
    whole = bytearray()
    async for part in request.stream():
        whole += part
        if len(whole) > most:
            raise HTTPException(TOO_LONG)
    return bytes(whole)


def application(reception: Reception, more: list[Route]) -> Starlette:
    """Return what answers the requests that the gate lets in, and more routes."""

    async def page(request: Request) -> Response:
        return await (_sent if request.method == "POST" else _page)(reception, request)

    async def receipt(request: Request) -> Response:
        return await _receipt(reception, request, request.path_params["reference"])

    async def look_up(request: Request) -> Response:
        return _looked_up(reception, request)

    async def style_sheet(_: Request) -> Response:
        return Response(style(), media_type="text/css")

    async def refused(_: Request, error: Exception) -> Response:
        return _refused(reception, error)

    inside = Starlette(
        routes=[
            Route("/", page, methods=["GET", "POST"]),
            Route("/idea", look_up, methods=["GET"]),
            Route("/idea/{reference}", receipt, methods=["GET"]),
            Route("/style.css", style_sheet, methods=["GET"]),
            *more,
        ],
        exception_handlers={
            HTTPException: refused,
            NotFound: refused,
            DatabaseProblem: refused,
            Malformed: refused,
        },
    )
    inside.router.redirect_slashes = False  # a redirect would repeat what was asked for
    return inside


# The page


async def _page(reception: Reception, request: Request) -> Response:
    visitor = _visitor(request)
    seen = await reception.in_thread(_shown, reception.desk)
    filled = Filled(_FRESH, (), reception.tokens.made(visitor))
    return _with_form(reception, seen, filled, visitor)


def _shown(desk: Desk) -> ShownDebate:
    return desk.shown(desk.debate())


def _visitor(request: Request) -> str:
    cookie = request.cookies.get(COOKIE, "")
    return cookie if is_visitor(cookie) else new_visitor()


def _with_form(reception: Reception, seen: ShownDebate, filled: Filled, visitor: str) -> Response:
    answer = HTMLResponse(reception.pages.debate(seen, filled))
    answer.set_cookie(COOKIE, visitor, httponly=True, samesite="strict", secure=reception.address.secure)
    answer.headers["referrer-policy"] = FORM_REFERRER
    return answer


# What is sent


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why a form is not taken: what is wrong with it, and how that is answered."""

    wrong: list[Complaint]
    status: int
    wait: float = 0.0


async def _sent(reception: Reception, request: Request) -> Response:
    """Take in an idea and send the reader on to its receipt; or show the form again, with all that was typed."""
    if request.headers.get("content-type", "").lower().replace(" ", "") not in (TYPE, f"{TYPE};charset=utf-8"):
        page = reception.pages.refusal("This cannot be read", "Ideas are sent from the form on this page, as a form.")
        return HTMLResponse(page, 415)
    typed = decoded(await body_of(request, reception.limits.body))
    visitor = _visitor(request)
    age = reception.tokens.age(typed.get(TOKEN, ""), visitor)
    if wait := reception.turnstile.wait(request.state.sender):
        refusal = _Refusal([Complaint("", f"Too many came from your address. Wait {_seconds(wait)}.")], 429, wait)
    else:
        outcome = await reception.in_thread(_taken, reception, typed, age)
        if isinstance(outcome, str):
            return RedirectResponse(f"{reception.address.prefix}/idea/{outcome}", 303)
        refusal = outcome
    seen = await reception.in_thread(_shown_or_latest, reception.desk)
    # One that was refused for its age may be sent again at once; one that came too soon, when it is old enough.
    token = reception.tokens.made(visitor, reception.limits.fill_seconds if age is None else age)
    filled = Filled({name: typed.get(name, "") for name in (*FIELDS, EMPTY)}, refusal.wrong, token)
    answer = _with_form(reception, seen, filled, visitor)
    answer.status_code = refusal.status
    if refusal.wait:
        answer.headers["retry-after"] = str(math.ceil(refusal.wait))
    return answer


def _taken(reception: Reception, typed: Mapping[str, str], age: float | None) -> str | _Refusal:
    """Put an idea into the inbox and return its reference, or why not."""
    desk = reception.desk
    try:
        debate = desk.debate()
    except DatabaseProblem as problem:
        return _busy(reception, problem)
    idea, wrong = idea_in(typed, debate)
    doubts = _doubts(typed, age, reception.limits)
    if doubts or idea is None:
        return _Refusal(doubts + wrong, 403 if age is None else 422)
    try:
        taken = desk.take(idea)
    except Refused as refused:
        return _Refusal([Complaint("", sentence(str(refused)))], 409)
    except DatabaseProblem as problem:
        return _busy(reception, problem)
    if isinstance(taken, DayIsFull):
        return _Refusal([Complaint("", DAY_IS_FULL)], 429, taken.seconds)
    return taken


def _busy(reception: Reception, problem: DatabaseProblem) -> _Refusal:
    reception.tell(str(problem))
    return _Refusal([Complaint("", BUSY)], 503, 60)


def _doubts(typed: Mapping[str, str], age: float | None, limits: Limits) -> list[Complaint]:
    """Return why a form may not be a person's who is on the page."""
    doubts = []
    if age is None:
        doubts.append(
            "This form was too old, or your browser did not send its cookie back. All that you typed is still here: "
            "look through it and send it again."
        )
    elif age < limits.fill_seconds:
        doubts.append(f"That was quick. Look through it, and send it again after {limits.fill_seconds:g} seconds.")
    if typed.get(EMPTY):
        doubts.append(
            "A field that is to stay empty was filled in, perhaps by your browser, so nothing was kept. "
            "It is shown below: empty it and send the form again."
        )
    return [Complaint("", text) for text in doubts]


def _shown_or_latest(desk: Desk) -> ShownDebate:
    """Return what readers see, or saw last where nothing can be read."""
    try:
        return desk.shown(desk.debate())
    except DatabaseProblem:
        if desk.latest is None:
            raise
        return desk.latest[1]


# Receipts


async def _receipt(reception: Reception, request: Request, reference: str) -> Response:
    if len(reference) <= _REFERENCE_LENGTH:
        receipt = await reception.in_thread(reception.desk.receipt, reference)
        if receipt is not None:
            return HTMLResponse(reception.pages.receipt(receipt, f"{reception.address.link}idea/{reference}"))
    if wait := reception.turnstile.wait(request.state.sender):
        page = reception.pages.refusal("Too many at once", f"Wait {_seconds(wait)}, then look it up again.")
        return HTMLResponse(page, 429, {"retry-after": str(math.ceil(wait))})
    page = reception.pages.refusal(
        "There is no idea with this reference", "Look at the reference again, sign by sign.", look_up=True
    )
    return HTMLResponse(page, 404)


def _looked_up(reception: Reception, request: Request) -> Response:
    """Send the reader on to the receipt of a reference that was typed."""
    typed = "".join(request.query_params.get("reference", "").split()).lower()
    if typed.isascii() and typed.isalnum() and len(typed) <= _REFERENCE_LENGTH:
        return RedirectResponse(f"{reception.address.prefix}/idea/{typed}", 303)
    page = reception.pages.refusal(
        "This is no reference", "A reference has letters and digits only, such as the receipt shows.", look_up=True
    )
    return HTMLResponse(page, 400)


# What is refused


def _refused(reception: Reception, error: Exception) -> Response:
    """Say why there is no page."""
    headers: dict[str, str] = {}
    match error:
        case HTTPException(status_code=413 as status):
            heading = "This is too long"
            text = (
                f"The form takes {reception.limits.body // 1024} kB. Go back: your browser has kept what you typed. "
                "Send it shorter, or in parts."
            )
        case HTTPException(status_code=status):
            heading, text = _REFUSALS.get(status, ("This cannot be done", "The request makes no sense here."))
            headers = {name: value for name, value in (error.headers or {}).items() if name.lower() == "allow"}
        case NotFound():
            status, heading, text = 404, "This debate is not here any more", "Its owner has taken it away."
        case DatabaseProblem():
            reception.tell(str(error))
            status, heading, text = 503, "Just a moment", "The debate cannot be read just now. Try again in a minute."
            headers = {"retry-after": "60"}
        case _:
            status, heading, text = 400, "This cannot be read", sentence(str(error))
    return HTMLResponse(reception.pages.refusal(heading, text), status, headers)


def _seconds(wait: float) -> str:
    count = math.ceil(wait)
    if count > 7200:
        return f"{math.ceil(count / 3600)} hours"
    return f"{count} second{'' if count == 1 else 's'}"
