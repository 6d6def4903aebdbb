"""Sends generated inputs to one door, in a process of its own: `python -m benchmarks.hostile.sending DOOR COUNT SEED`.

Prints one line of JSON: how many were sent and taken, the worst time and memory, and what was wrong.
"""

from __future__ import annotations

import base64
import faulthandler
import json
import resource
import signal
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field

from tests.hostile.doors import BY_NAME, Door, refused_or_taken
from tests.hostile.inputs import inputs, send_each

SECONDS = 2
"""What one input may take, of the processor."""
MEGABYTES = 200
"""What it may take above what the process had before."""
_HANGS = 60
"""After so many seconds inside one call of C, which no signal reaches, the process ends and says where it is."""


@dataclass
class Sent:
    """What became of the inputs of one door."""

    door: str
    sent: int = 0
    taken: int = 0
    longest: int = 0
    """Bytes."""
    seconds: float = 0
    """The worst, and how much more memory the process has at the end than after the first input."""
    megabytes: float = 0
    wrong: list[str] = field(default_factory=list)


class TooSlow(BaseException):
    """An input took too long."""


def _too_slow(*_: object) -> None:
    raise TooSlow


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def sent_to(door: Door, count: int, number: int) -> Sent:
    """Send so many inputs to a door."""
    found, base = Sent(door.name), 0.0

    def send(data: bytes) -> None:
        nonlocal base
        base = base or _memory()
        before, began, wrong = _memory(), time.process_time(), ""
        faulthandler.dump_traceback_later(_HANGS, exit=True)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            found.taken += not refused_or_taken(door, data)
        except TooSlow:
            wrong = f"took more than {SECONDS} s\n{''.join(traceback.format_exc(limit=-6))}"
        except Exception as fault:
            wrong = "".join(traceback.format_exception(fault, limit=-6))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            faulthandler.cancel_dump_traceback_later()
        took, more = time.process_time() - began, _memory() - before
        if more > MEGABYTES:
            wrong += f"took {more:.0f} MB more"
        found.sent, found.longest = found.sent + 1, max(found.longest, len(data))
        found.seconds, found.megabytes = max(found.seconds, took), max(found.megabytes, _memory() - base)
        if wrong:
            found.wrong.append(f"{base64.b64encode(data[:3_000]).decode()} ({len(data):,} bytes)\n{wrong}")

    send_each(inputs(door), count, number, send)
    return found


def main() -> None:
    """Send, and print what became of it."""
    name, count, number = sys.argv[1:]
    signal.signal(signal.SIGPROF, _too_slow)
    print(json.dumps(asdict(sent_to(BY_NAME[name], int(count), int(number)))))


if __name__ == "__main__":
    main()
