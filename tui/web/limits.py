"""How much, how long and how often: what the page gives each sender."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a sender has to keep to."""

    body: int
    """Bytes of what is sent."""
    head: int
    """Bytes of a request before that."""
    connections: int
    """How many at once."""
    an_address: int
    """How many of them from one address."""
    head_seconds: float
    """For all of a request up to its body, from when the connection was made."""
    body_seconds: float
    """For all of the body."""
    answer_seconds: float
    """For taking the answer."""
    a_minute: int
    """Forms from one address."""
    a_day: int
    """Ideas from all addresses."""
    fill_seconds: float
    """That a person takes at least to fill in the form."""
    form_seconds: float
    """After which a form is too old."""


LIMITS: Final = Limits(
    body=65_536,
    head=16_384,
    connections=64,
    an_address=16,
    head_seconds=10,
    body_seconds=20,
    answer_seconds=30,
    a_minute=10,
    a_day=200,
    fill_seconds=3,
    form_seconds=12 * 3600,
)
MINUTE: Final = 60.0
MOST_ADDRESSES: Final = 4096
"""How many addresses are remembered; the one heard of longest ago is forgotten first."""


class Turnstile:
    """Lets an address through so often a minute. Used from one thread."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_minute = a_minute
        self._clock = clock
        self._passed: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Return 0 and count it if the address may pass; otherwise for how many seconds it has to wait."""
        now = self._clock()
        times = self._passed.setdefault(address, deque(maxlen=self._a_minute))
        self._passed.move_to_end(address)
        if len(self._passed) > MOST_ADDRESSES:
            self._passed.popitem(last=False)
        if len(times) == self._a_minute and (left := times[0] + MINUTE - now) > 0:
            return left
        times.append(now)
        return 0.0

    def __len__(self) -> int:
        """Count the addresses that are remembered."""
        return len(self._passed)


class Crowd:
    """Lets so many be there from one address at once. Used from one thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._there: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Let one more from an address in, if there is room; whoever is in has to `leave`."""
        if self._there[address] >= self._most:
            return False
        self._there[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Let one from an address out."""
        self._there[address] -= 1
        if not self._there[address]:
            del self._there[address]

    def __len__(self) -> int:
        """Count the addresses that somebody is there from."""
        return len(self._there)
