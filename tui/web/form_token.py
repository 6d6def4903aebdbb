"""What proves that a form is one of ours: signed, bound to the cookie of whoever got it, and with its time in it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from typing import Final

_VISITOR: Final = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
_TOKEN: Final = re.compile(r"([0-9]{1,15})-([0-9a-f]{64})", re.ASCII)


def new_visitor() -> str:
    """Return the cookie of somebody who has none."""
    return secrets.token_urlsafe(16)


def is_visitor(cookie: str) -> bool:
    """Say whether a cookie could be one of ours."""
    return _VISITOR.fullmatch(cookie) is not None


class FormTokens:
    """Signs forms with a key that nobody has but this run of the program."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._key = secrets.token_bytes(32)
        self._seconds = seconds
        self._clock = clock

    def made(self, visitor: str, age: float = 0.0) -> str:
        """Return the token of a form that this visitor got so many seconds ago."""
        return self._signed(visitor, max(0, round((self._clock() - age) * 1000)))

    def age(self, token: str, visitor: str) -> float | None:
        """Return how many seconds ago a form was given to a visitor; None if it was not, or too long ago."""
        match = _TOKEN.fullmatch(token)
        if match is None or not is_visitor(visitor):
            return None
        if not hmac.compare_digest(self._signed(visitor, int(match[1])), token):
            return None
        age = self._clock() - int(match[1]) / 1000
        return max(0.0, age) if age <= self._seconds else None

    def _signed(self, visitor: str, issued: int) -> str:
        mark = hmac.new(self._key, f"{issued} {visitor}".encode(), hashlib.sha256).hexdigest()
        return f"{issued}-{mark}"
