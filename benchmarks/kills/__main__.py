"""Kill Abduce, and let the disk fail it, at every write: `python -m benchmarks.kills [EVERY]`; 1 is every write."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.store.conftest import small_debate
from tests.store.faults import KILL, Acknowledge, Fault, Outcome, Work, create, meet_each, submit, troubles, why_not
from tests.store.test_migrating import as_of_version_1

FAULTS = (KILL, "error=EIO", "error=ENOSPC")
CALLS = ("pwrite64", "fdatasync", "ftruncate", "unlink")
SIDES = ("", "-wal", "-journal")


def undo_and_redo(path: Path, _: Acknowledge) -> None:
    """Change something, take it back and bring it again."""
    with DebateStore.open(str(path), actor="ana") as store:
        slug = store.load().slug
        store.edit_debate(slug, question="x" * 20_000, expected=ANYTHING)
        store.undo(slug, expected=ANYTHING)
        store.redo(slug, expected=ANYTHING)


def works(folder: Path) -> Iterator[tuple[str, Path, Work, int]]:
    """Yield what is done, each on a database of its own, and the step between the calls that meet a fault."""
    yield "create", folder / "create.db", create, 1
    for name, work, step in (
        ("submit", submit, 1),
        ("undo, redo", undo_and_redo, 1),
        # 40 of these are more than the thousand pages after which the log goes into a file that stays open.
        ("submit 40", partial(submit, times=40, size=45_000), 30),
    ):
        path = folder / f"{name}.db"
        create(path, print)
        yield name, path, work, step
    small, old = folder / "small.db", folder / "old.db"
    create(small, print, small_debate)
    as_of_version_1(small, old)
    yield "migrate", old, submit, 1


def meet_all_faults(what: str, work: Work, path: Path, every: int) -> tuple[list[Outcome], list[str]]:
    """Let work meet a fault at every call of every kind; return what became of it, and what was wrong afterwards."""
    struck, wrong = [], []
    for side in SIDES:
        for call in CALLS:
            fault = Fault(path.with_name(f"{path.name}{side}"), what, "1", call)
            for outcome in meet_each(work, path, fault, every):
                wrong += [f"{side} {call}: {line[:200]}" for line in troubles(path, outcome)]
                struck += [outcome] * outcome.struck
    return struck, wrong


def main() -> None:
    """Print, for each kind of work and fault, how often it struck and what was wrong afterwards."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    if reason := why_not():
        sys.exit(reason)
    began, faults, failures = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for name, path, work, step in works(Path(folder)):
            for what in FAULTS:
                struck, wrong = meet_all_faults(what, work, path, every * step)
                saved = sum(len(outcome.acknowledged) for outcome in struck)
                told = sum(bool(outcome.refusal) for outcome in struck)
                print(f"{name:11} {what:13} {len(struck):5} times, {saved:5} acknowledged, {told:4} told", flush=True)
                print("".join(f"    {line}\n" for line in wrong), end="", flush=True)
                faults, failures = faults + len(struck), failures + len(wrong)
    print(f"{faults} faults, {failures} wrong, {time.monotonic() - began:.0f} s")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
