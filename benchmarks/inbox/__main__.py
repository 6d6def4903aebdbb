"""Time the inbox with few and with very many ideas: `python -m benchmarks.inbox [RUNS]`."""

from __future__ import annotations

import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.inbox.debates import inbox_debate
from benchmarks.terminal import Terminal
from hypotheses.idea import Idea
from store import remembered
from store.debate_store import DebateStore
from store.expected import ANYTHING
from store.intake.arriving import news
from tui.session import Session

EMPTY, FEW, MANY = SIZES = (0, 1_000, 100_000)
"""How many ideas there are."""
SIZE: Final = (120, 40)
SEARCHES: Final = {"a word in one idea of seven": "bace", "a rare word": "zebra", "one letter": "t", "a DOI": "10.1100"}
CODES: Final = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")
PAUSE: Final = 0.02
"""Parts of one answer follow one another faster than this."""
REST: Final = 0.4
CPU: Final = ", CPU"
"""What was used of the processor stands under such a name; of a key, with what follows it in the background."""
PATIENCE: Final = 60.0
PARTS: Final = 4
"""Parts that `f` goes through: new, later, decided, all."""

Times = dict[str, list[float]]
"""What was timed -> milliseconds, run by run."""


@contextmanager
def timed(times: Times, name: str) -> Iterator[None]:
    """Take a time, by the clock and of the processor."""
    start, used = time.perf_counter(), time.process_time()
    yield
    times[name].append(1000 * (time.perf_counter() - start))
    times[f"{name}{CPU}"].append(1000 * (time.process_time() - used))


def in_store(runs: int) -> Times:
    """Time the store and the functions, without any screen."""
    times: Times = defaultdict(list)
    with DebateStore.open() as store:
        with timed(times, "load"):
            debate = store.load()
        slug, number = debate.slug, iter(range(1, 10_000))
        for _ in range(runs):
            for name, typed in SEARCHES.items():
                with timed(times, f"search: {name}"):
                    store.search_ideas(slug, typed)
            if not debate.ideas:
                continue
            seen = store.load()
            with timed(times, "decline one"):
                store.decline_ideas(slug, [next(number)], "It is said already.", expected=seen)
            with timed(times, "undo"):
                store.undo(slug, expected=ANYTHING)
            with timed(times, "submit one"):
                store.submit_idea(slug, Idea(0, "An idea", "that came last"))
            with timed(times, "news of one that came"):
                list(news([Idea(0, "Another")], debate.ideas.values()))
        alike(times, store, runs)
    return times


def alike(times: Times, store: DebateStore, runs: int) -> None:
    """Time the likely duplicates, the very first ones too: of ideas of all lengths."""
    debate, session = store.load(), Session(store)
    for place, number in enumerate(list(debate.ideas)[:: max(1, len(debate.ideas) // runs)]):
        with timed(times, "likely duplicates of one" if place else "likely duplicates: the first asked"):
            session.looks_like(debate, debate.ideas[number])


def until(terminal: Terminal, keys: bytes, text: bytes) -> float:
    """Press keys; return milliseconds until a text came."""
    start, seen = time.perf_counter(), b""
    terminal.send(keys)
    while text not in CODES.sub(b"", seen):
        for _, part in terminal.read_until_quiet(quiet=0.001, seconds=PATIENCE, first=PATIENCE)[:]:
            seen += part
    return 1000 * (time.perf_counter() - start)


@contextmanager
def used(times: Times, name: str, terminal: Terminal, keys: int) -> Iterator[None]:
    """Take what the program uses of the processor for each of some keys."""
    before = terminal.processor_seconds
    yield
    times[f"{name}{CPU}"].append(1000 * (terminal.processor_seconds - before) / keys)


def answer(terminal: Terminal, key: bytes) -> float:
    """Press a key; return milliseconds to the last byte of its first answer."""
    start = time.perf_counter()
    terminal.send(key)
    parts = [when for when, _ in terminal.read_until_quiet(quiet=REST, seconds=PATIENCE, first=PATIENCE)]
    first = next((a for a, b in itertools.pairwise(parts) if b - a > PAUSE), parts[-1])
    return 1000 * (first - start)


def on_screen(ideas: int, runs: int) -> Times:
    """Time the app, on a pseudo-terminal."""
    times: Times = defaultdict(list)
    with Terminal([sys.executable, "-m", "tui"], os.environ, SIZE) as terminal:
        times["start, to the debate"].append(1000 * terminal.wait_for(b"Explanation number", 300))
        terminal.read_until_quiet(1.5, PATIENCE)
        for _ in range(max(3, runs // 4)):
            with used(times, "open the Inbox", terminal, 1):
                times["open the Inbox"].append(until(terminal, b"4", b"later"))
                terminal.read_until_quiet(REST, PATIENCE)
            terminal.send(b"\x1b")
            terminal.read_until_quiet(REST, PATIENCE)
        terminal.send(b"4")
        if ideas:
            terminal.read_until_quiet(2.0, PATIENCE)
            press(times, terminal, runs)
        times["megabytes"].append(terminal.megabytes)
    return times


def press(times: Times, terminal: Terminal, runs: int) -> None:
    """Time keys in the Inbox."""
    for name, turns in {"down": (b"j",), "last, first": (b"G", b"g"), "tick": (b" ",), "next part": (b"f",)}.items():
        with used(times, name, terminal, runs):
            for key in itertools.islice(itertools.cycle(turns), runs):
                times[name].append(answer(terminal, key))
        terminal.send(b"\x1b")
        terminal.read_until_quiet(REST, PATIENCE)
    terminal.send(b"f" * (-runs % PARTS))
    terminal.read_until_quiet(REST, PATIENCE)
    for _ in range(max(3, runs // 4)):
        terminal.send(b"gD")
        terminal.read_until_quiet(REST, PATIENCE)
        terminal.send(b"no")
        terminal.read_until_quiet(REST, PATIENCE)
        times["decline, to the list"].append(until(terminal, b"\x13", b"declined"))
        terminal.read_until_quiet(REST, PATIENCE)
        times["undo, to the list"].append(until(terminal, b"u", b"undo: declined"))
        terminal.read_until_quiet(REST, PATIENCE)
        terminal.send(b"/")
        terminal.read_until_quiet(REST, PATIENCE)
        for letter in b"bace":
            times["a letter of the search, painted"].append(answer(terminal, bytes([letter])))
        terminal.send(b"\x1b")
        terminal.read_until_quiet(REST, PATIENCE)


def by_command(runs: int) -> Times:
    """Time commands, each a process of its own."""
    times: Times = defaultdict(list)
    commands = {
        "idea list --search zebra": ["idea", "list", "--search", "zebra"],
        "idea list --status declined": ["idea", "list", "--status", "declined"],
    }
    for _ in range(max(2, runs // 8)):
        for name, words in commands.items():
            start, before = time.perf_counter(), os.times()
            subprocess.run([sys.executable, "-m", "tui", *words], check=True, stdout=subprocess.DEVNULL)
            after = os.times()
            used = after.children_user + after.children_system - before.children_user - before.children_system
            times[f"abduce {name}"].append(1000 * (time.perf_counter() - start))
            times[f"abduce {name}{CPU}"].append(1000 * used)
    return times


def measured(ideas: int, runs: int) -> Times:
    """Measure all of it on a database of its own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["ABDUCE_HOME"] = home
        remembered.remember("first_steps", "away")
        times: Times = defaultdict(list)
        with timed(times, "database made"):
            DebateStore.open(first=lambda: inbox_debate(ideas)).close()
        times |= in_store(runs) | on_screen(ideas, runs) | by_command(runs)
        times["megabytes of the database"].append(sum(each.stat().st_size for each in Path(home).iterdir()) / 1e6)
    return times


def main() -> None:
    """Print medians, and the ratio of many to few."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    found = {ideas: measured(ideas, runs) for ideas in SIZES}
    print(f"{'milliseconds, median (90th percentile)':42} {'none':>10} {'1,000':>16} {'100,000':>18} {'ratio':>6}")
    for name in found[MANY]:
        cells = [_told(found[ideas].get(name, [])) for ideas in SIZES]
        few, many = (statistics.median(found[ideas][name]) for ideas in (FEW, MANY))
        print(f"{name:42} {cells[0]:>10} {cells[1]:>16} {cells[2]:>18} {many / few:6.1f}")


def _told(values: list[float]) -> str:
    if not values:
        return ""
    return f"{statistics.median(values):.1f} ({sorted(values)[int(0.9 * len(values))]:.1f})"


if __name__ == "__main__":
    main()
