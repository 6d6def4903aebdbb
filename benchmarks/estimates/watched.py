"""The app with a clock in it: writes down when a change is on disk and when the screen is told of its numbers."""

from __future__ import annotations

import os
import sys
import time

from store.debate_store import DebateStore
from tui.app import run_app
from tui.numbers.screen import NumbersScreen


def main() -> None:
    """Run the app; `NAME SECONDS` lines go to the file named first, NAME being `METHOD-starts` or `METHOD-ends`."""
    marks = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    _watch(DebateStore, "set_value", marks)
    _watch(NumbersScreen, "show", marks)
    run_app()


def _watch(owner: type, name: str, marks: int) -> None:
    plain = getattr(owner, name)

    def watched(*args: object, **keywords: object) -> object:
        os.write(marks, f"{name}-starts {time.perf_counter()}\n".encode())
        result: object = plain(*args, **keywords)
        os.write(marks, f"{name}-ends {time.perf_counter()}\n".encode())
        return result

    setattr(owner, name, watched)


main()
