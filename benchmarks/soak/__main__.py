"""Edit for hours, or look on while another program does: `python -m benchmarks.soak [EDITS]` or `--beside SECONDS`."""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.terminal import Terminal
from store.debate_store import DebateStore
from store.expected import ANYTHING

BLOCK: Final = 500
"""Edits, or changes, to a line of figures."""
SIZE: Final = (120, 40)
ROUND: Final = 20
"""Edits of a round of `steps`."""
QUIET: Final = 0.12
"""Seconds without a byte after which an edit has been answered."""
CALM: Final = 0.5
"""The same for another screen, which comes in several pieces."""
PATIENCE: Final = 5.0
"""Seconds that an answer may take; after that the key was one that had nothing to do."""
DEBATE: Final = "vision-efficiency"


@dataclass(frozen=True, slots=True)
class Step:
    """Keys that are typed at once."""

    keys: bytes
    shows: bytes = b""
    """A word of what they lead to, if that is another screen or dialog."""
    is_edit: bool = True


def opens(keys: bytes, shows: bytes) -> Step:
    """Return a step that changes nothing."""
    return Step(keys, shows, is_edit=False)


BACK: Final = opens(b"\x1b", b"Explanations")
MATRIX_SCREEN: Final = opens(b"2Fj", b"diagnosticity")
PROMPT: Final = opens(b"p", b"saves")
LOOKS: Final = [
    opens(b"3", b"these"),
    opens(b"5", b"Journal"),
    BACK,
    opens(b"?", b"Moving"),
    BACK,
]
"""Every other screen, and a dialog; once in a hundred edits."""


def steps() -> Iterator[Step]:
    """Give steps without an end; twenty edits make a round."""
    move = [Step(b"J"), Step(b"K")]
    for turn in itertools.count():
        yield from LOOKS if turn % 5 == 0 else []
        yield from move * 4
        for share in (10 + 2 * turn % 80, 11 + 2 * turn % 80):
            yield from (PROMPT, Step(b"%d%%\r" % share, b"Explanations"))
        yield from (MATRIX_SCREEN, *[Step(b"+-"[turn % 2 :][:1])] * 4, BACK)  # the cursor steps on by itself
        yield from [Step(b"u"), Step(b"U")] * 2
        yield from move


def answer(terminal: Terminal, step: Step) -> tuple[float, float] | None:
    """Type the keys of a step; return milliseconds to the first and to the last byte of the answer, if there is one.

    Raises:
        TimeoutError: what it should lead to did not come.
    """
    start = time.perf_counter()
    terminal.send(step.keys)
    quiet = CALM if step.shows else QUIET
    parts = terminal.read_until_quiet(quiet, seconds=60, first=PATIENCE)
    while step.shows not in b"".join(part for _, part in parts):
        more = terminal.read_until_quiet(quiet, seconds=60, first=PATIENCE)
        if not more:
            raise TimeoutError(f"{step.keys!r} did not lead to {step.shows!r}")
        parts += more
    return (1000 * (parts[0][0] - start), 1000 * (parts[-1][0] - start)) if parts else None


def hurry(terminal: Terminal, every: Iterator[Step]) -> None:
    """Make a block of edits, each round of them in one write."""
    for _ in range(BLOCK // ROUND):
        keys, edits = b"", 0
        while edits < ROUND:
            step = next(every)
            keys, edits = keys + step.keys, edits + step.is_edit
        terminal.send(keys)
        terminal.read_until_quiet(CALM, seconds=120, first=PATIENCE)


def edit(terminal: Terminal, count: int, *, quick: bool) -> list[tuple[float, ...]]:
    """Make edits; return medians to the first and to the last byte, processor a step, and megabytes, block by block."""
    found: list[tuple[float, ...]] = []
    every, spent = steps(), terminal.processor_seconds
    for done in range(BLOCK, count + 1, BLOCK):
        if quick and BLOCK < done < count:
            hurry(terminal, every)
            spent = terminal.processor_seconds
            print(f"{done:>7} {'in writes of a round':>35} {terminal.megabytes:8.1f}", flush=True)
            continue
        times: list[tuple[float, float]] = []
        edits = 0
        while edits < BLOCK:
            step = next(every)
            took = answer(terminal, step)
            edits += step.is_edit
            if took is not None and step.is_edit and not step.shows:
                times.append(took)
        before, spent = spent, terminal.processor_seconds
        first, last = (statistics.median(each) for each in zip(*times, strict=True))
        found.append((first, last, 1000 * (spent - before) / BLOCK, terminal.megabytes))
        print(f"{done:>7} {first:11.1f} {last:11.1f} {found[-1][2]:11.1f} {found[-1][3]:8.1f}", flush=True)
    return found


def beside(terminal: Terminal, seconds: float, every: float) -> list[tuple[float, ...]]:
    """Change something in this process; return what the app's processor had to do, and megabytes, block by block."""
    found: list[tuple[float, ...]] = []
    with DebateStore.open(actor="somebody") as store:
        slugs = list(store.load(DEBATE).hypotheses)
        due, spent = time.monotonic(), terminal.processor_seconds
        for done in range(1, int(seconds / every) + 1):
            store.set_plausibility(DEBATE, slugs[done % len(slugs)], 0.05 + done % 90 / 100, expected=ANYTHING)
            due += every
            while (left := due - time.monotonic()) > 0:
                terminal.read_until_quiet(left, seconds=left + 60)
            if done % BLOCK == 0:
                before, spent = spent, terminal.processor_seconds
                found.append((1000 * (spent - before) / BLOCK, terminal.megabytes))
                print(f"{done:>7} {found[-1][0]:11.1f} {found[-1][1]:8.1f}", flush=True)
    return found


def main() -> None:
    """Print a line of figures for every block, and the last against the first."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    options.add_argument("edits", nargs="?", type=int, default=5000)
    options.add_argument("--beside", type=float, metavar="SECONDS", help="look on while another program makes changes")
    options.add_argument("--every", type=float, default=1.0, metavar="SECONDS", help="how often it does (1)")
    options.add_argument("--quick", action="store_true", help="measure the first and the last block of edits only")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["ABDUCE_HOME"] = home
        with Terminal([sys.executable, "-m", "tui"], os.environ, SIZE) as terminal:
            terminal.wait_for(b"weighed", 60)
            terminal.read_until_quiet(1.0)
            print(f"at the start: {terminal.megabytes:.1f} MB; milliseconds, and the processor's of the app for each")
            if asked.beside:
                print(f"{'changes':>7} {'processor':>11} {'MB':>8}")
                found = beside(terminal, asked.beside, asked.every)
            else:
                print(f"{'edits':>7} {'first byte':>11} {'last byte':>11} {'processor':>11} {'MB':>8}")
                found = edit(terminal, asked.edits, quick=asked.quick)
        with DebateStore.open() as store:
            print(f"{store.last_entry(DEBATE)} entries in the journal")
    if len(found) > 1:
        *times, memory = zip(found[0], found[-1], strict=True)
        ratios = ", ".join(f"{last / first:.2f}" for first, last in times)
        print(f"last / first: {ratios}; {memory[1] - memory[0]:+.1f} MB between the ends of both")


if __name__ == "__main__":
    main()
