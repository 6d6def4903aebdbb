"""The app with a clock in it: writes down when a change is on disk and when its numbers reach the screens."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

from store.debate_store import DebateStore
from tui.app import AbduceApp, run_app


def main() -> None:
    """Run the app; `NAME SECONDS` lines go to the file named first."""
    marks = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    _watch(DebateStore, "set_value", "commit", marks)
    _watch(AbduceApp, "changed", "show", marks)
    run_app()


def _watch(owner: type, method: str, name: str, marks: int) -> None:
    plain: Callable[..., Any] = getattr(owner, method)

    def watched(*args: Any, **keywords: Any) -> Any:  # noqa: ANN401 - stands in for any method
        os.write(marks, f"{name}-starts {time.perf_counter()}\n".encode())
        try:
            return plain(*args, **keywords)
        finally:
            os.write(marks, f"{name}-ends {time.perf_counter()}\n".encode())

    # Textual finds a message handler by what `@on` wrote on it.
    watched.__dict__.update(plain.__dict__)
    setattr(owner, method, watched)


main()
