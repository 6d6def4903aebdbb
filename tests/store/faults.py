"""Processes that are killed, refused by the disk or held up at the n-th call that concerns a file.

strace does it from outside: the program and SQLite run as they are.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from multiprocessing import get_context
from pathlib import Path

from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.problems import AbduceError
from store.bundled import bundled_debate
from store.debate_store import DebateStore
from store.expected import ANYTHING

FORK = get_context("fork")
"""Spares each of the many processes the imports. Nothing of the parent has the database open at that point."""
KILL = "signal=KILL"
SUBMITTED = "submitted"
"""How the titles of ideas begin that are put into the inbox here."""
Acknowledge = Callable[[str], None]
Work = Callable[[Path, Acknowledge], None]
"""Works on the database of a path, and acknowledges the title of each idea that was saved."""


@dataclass(frozen=True)
class Fault:
    """What happens at a call that concerns a file."""

    file: Path
    what: str
    """In strace's words: `signal=KILL`, `error=EIO`, `delay_enter=1000` (microseconds)."""
    when: str = "1+"
    """At the how manieth call of each process: `5`; `5+` from there on."""
    call: str = "pwrite64"


@dataclass
class Outcome:
    """What became of work that met a fault."""

    struck: bool = False
    """Whether there were enough calls for the fault to happen."""
    killed: bool = False
    acknowledged: list[str] = field(default_factory=list)
    refusal: str = ""
    """The sentence that a person would read; empty if nothing was wrong."""
    crash: str = ""
    """The traceback of what is told in no sentence."""

    @property
    def is_open(self) -> bool:
        """Whether nobody was told if what was under way is saved: it may be there, or not."""
        return self.killed or (bool(self.refusal) and "nothing was saved" not in self.refusal)


@cache
def why_not() -> str:
    """Return why no fault can be made on this machine; empty if it can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    try:
        meet(lambda _, __: None, Path("/"), Fault(Path("/"), KILL))
    except PermissionError as error:
        return str(error)
    return ""


def meet(work: Work, path: Path, fault: Fault) -> Outcome:
    """Do work in a process of its own that meets a fault."""
    (outcome,) = meet_all([work], path, fault)
    return outcome


def meet_all(works: list[Work], path: Path, fault: Fault) -> list[Outcome]:
    """Do several works at once, each in a process of its own that meets a fault.

    Raises:
        PermissionError: strace may not trace here.
    """
    workers = [_Worker(work, path) for work in works]
    with tempfile.NamedTemporaryFile("r") as log:
        command = ["strace", "-f", "-P", str(fault.file), "-e", f"trace={fault.call}", "-o", log.name]
        command += ["-e", f"inject={fault.call}:{fault.what}:when={fault.when}"]
        command += [f"--attach={worker.process.pid}" for worker in workers]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr
            told = [strace.stderr.readline() for _ in workers]
            for worker in workers:
                worker.go.send(None)
            outcomes = [worker.outcome() for worker in workers]
        if not all("attached" in line for line in told):
            raise PermissionError("".join(told).strip())
        if "(INJECTED)" in (seen := log.read()) or "(DELAYED)" in seen:
            for outcome in outcomes:
                outcome.struck = True
    return outcomes


def meet_each(work: Work, path: Path, fault: Fault, every: int = 1) -> Iterator[Outcome]:
    """Do work again and again from the same start: the fault is at the first call, at later ones, and at none."""
    content = path.read_bytes() if path.exists() else None
    for at in count(1, every):
        outcome = meet(work, path, replace(fault, when=fault.when.replace("1", str(at))))
        yield outcome
        _put_back(path, content)
        if not outcome.struck:
            return


def _put_back(path: Path, content: bytes | None) -> None:
    for file in (path, *path.parent.glob(f"{path.name}-*")):
        file.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)


def troubles(path: Path, *outcomes: Outcome, first: Callable[[], Debate] = bundled_debate) -> list[str]:
    """Return what is wrong with a database after faults. Abduce is asked before another SQLite could heal it."""
    try:
        with DebateStore.open(str(path), first=first) as store:
            debate = store.load()
            store.edit_debate(debate.slug, title=f"{debate.title}!", expected=ANYTHING)
    except AbduceError as error:
        return [f"refused: {error}"]
    kept = {idea.title for idea in debate.ideas.values() if idea.title.startswith(SUBMITTED)}
    acknowledged = {title for outcome in outcomes for title in outcome.acknowledged}
    found = [outcome.crash for outcome in outcomes if outcome.crash]
    found += [f"lost: {title}" for title in acknowledged - kept]
    if len(kept - acknowledged) > sum(outcome.is_open for outcome in outcomes):
        found.append(f"kept, though told that nothing was saved: {kept - acknowledged}")
    with closing(sqlite3.connect(path)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    return [*found, *([] if verdict == "ok" else [verdict])]


def create(path: Path, _: Acknowledge, first: Callable[[], Debate] = bundled_debate) -> None:
    """Make a new database."""
    DebateStore.open(str(path), first=first).close()


def submit(path: Path, acknowledge: Acknowledge, times: int = 1, size: int = 20_000) -> None:
    """Put ideas into the inbox, and close: the log goes into the file, which grows."""
    with DebateStore.open(str(path), actor="ana") as store:
        slug = store.load().slug
        for number in range(times):
            title = f"{SUBMITTED} {number} of {os.getpid()}"
            store.submit_idea(slug, Idea(0, title, "x" * size))
            acknowledge(title)


class _Worker:
    """A process that waits until it is traced, works, and tells what became of it."""

    def __init__(self, work: Work, path: Path) -> None:
        waiting, self.go = FORK.Pipe(duplex=False)
        self._told, telling = FORK.Pipe(duplex=False)

        def run() -> None:
            # Where only a process's own parent may trace it, this lets others do so.
            ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)
            telling.send(("ready", ""))
            waiting.recv()
            try:
                work(path, lambda title: telling.send(("saved", title)))
            except AbduceError as error:
                telling.send(("refused", str(error)))
            except BaseException:
                telling.send(("crashed", traceback.format_exc()))

        self.process = FORK.Process(target=run)
        self.process.start()
        telling.close()
        waiting.close()
        self._told.recv()

    def outcome(self) -> Outcome:
        """Wait for the end; what was sent before a kill is still there."""
        outcome = Outcome()
        with self._told, suppress(EOFError):
            while True:
                kind, text = self._told.recv()
                if kind == "saved":
                    outcome.acknowledged.append(text)
                elif kind == "refused":
                    outcome.refusal = text
                else:
                    outcome.crash = text
        self.process.join()
        self.go.close()
        outcome.struck = outcome.killed = self.process.exitcode == -signal.SIGKILL
        return outcome
