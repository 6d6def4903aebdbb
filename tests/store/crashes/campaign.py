"""A work that meets a fault at one call after the other, and what is wrong afterwards."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from hypotheses.problems import AbduceError
from store.database.soundness import flaws
from tests.store.crashes.injector import FAULTS, Fault, Injector
from tests.store.crashes.power import images, read_log
from tests.store.crashes.works import LARGE, SMALL, Desk, Work, look, opened, prepared

FORK = get_context("fork")


@dataclass(frozen=True)
class Setting:
    """How a work is done."""

    work: Work
    size: int = SMALL
    """Characters of what is written."""
    stays_open: bool = False
    """Whether one connection does all steps, or each step has its own."""
    beside: bool = False
    """Whether another process has the database open, so that nobody is the last to close it."""

    def __str__(self) -> str:
        said = [self.work.name, "large" if self.size == LARGE else "small"]
        return ", ".join([*said, *["one connection"] * self.stays_open, *["another beside"] * self.beside])


@dataclass
class Became:
    """What became of a work."""

    calls: int = 0
    """That changed a file."""
    acknowledged: int = 0
    """Steps that were said to be done."""
    refusal: str = ""
    crash: str = ""
    killed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nobody was told if the step under way is done."""
        return self.killed or (bool(self.refusal) and "look whether it is there" in self.refusal)


@dataclass
class Tally:
    """How often something struck, and what was wrong."""

    struck: int = 0
    killed: int = 0
    told: int = 0
    wrong: list[str] = field(default_factory=list)


class Campaign:
    """One setting, in a folder of its own."""

    def __init__(self, setting: Setting, folder: Path) -> None:
        self.setting = setting
        self._folder = folder / "work"
        self._first = prepared(setting.work, folder / "first")
        self._injector = Injector()
        self.states = [self._state_after(count) for count in range(len(setting.work.steps) + 1)]
        """How the folder looks after each step."""
        self.calls = self._meet(None, 0).calls
        """How many calls change a file if nothing fails."""

    def run(self, faults: tuple[Fault, ...] = FAULTS, every: int = 1, offset: int = 0) -> Tally:
        """Let each fault happen at every so manieth call."""
        tally = Tally()
        for fault in faults:
            for at in range(1 + offset % every, self.calls + 1, every):
                became = self._meet(fault, at)
                tally.struck += 1
                tally.killed += became.killed
                tally.told += bool(became.refusal)
                tally.wrong += [
                    f"{self.setting}, {fault.name} at {at}: {line}" for line in self.troubles(became, fault)
                ]
        return tally

    def cut_power(self, every: int = 1, offset: int = 0) -> Tally:
        """Let the power go after every so manieth call that changes a file, in each of three ways."""
        tally = Tally()
        log = self._folder.with_name("log")
        self._meet(None, 0, log)
        draw = random.Random(offset)
        for number, disk, how in images(read_log(log), self._first, self._folder, every, offset):
            shutil.rmtree(self._folder)
            self._folder.mkdir(mode=0o700)
            disk.leave(self._folder, draw if how == "some" else None, torn=how.endswith("torn"))
            tally.struck += 1
            left = self.troubles(Became(acknowledged=disk.acknowledged, killed=True))
            tally.wrong += [f"{self.setting}, power cut at {number}, {how}: {line}" for line in left]
        return tally

    def troubles(self, became: Became, fault: Fault | None = None) -> Iterator[str]:
        """Say what is wrong with the folder. Abduce is asked before another SQLite could heal it."""
        if became.crash:
            yield became.crash
        done = became.acknowledged
        allowed = self.states[done : done + 2] if became.is_open else [self.states[done]]
        state = ""
        try:
            state = look(self._folder)
            if state not in allowed:
                other = self.states.index(state) if state in self.states else "none"
                yield f"after {done} steps, told {became.refusal!r}: is as after {other}, and not as it should be"
        except (AbduceError, AssertionError) as error:
            yield f"after {done} steps: {error}"
        if not (self.setting.work.is_damaged and state == self.states[0]):
            yield from (flaw.text for flaw in flaws(self._folder / "abduce.db"))
        with closing(sqlite3.connect(self._folder / "abduce.db")) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                yield "another SQLite finds it damaged"
        if fault and fault.freed and done < len(self.setting.work.steps) and not became.is_open:
            yield f"there was room again, and yet: {became.refusal}"

    def _state_after(self, steps: int) -> str:
        self._put_back()
        desk = Desk(self._folder, stays_open=False)
        process = FORK.Process(target=self._do, args=(desk, steps))
        process.start()
        process.join()
        assert process.exitcode == 0
        return look(self._folder)

    def _do(self, desk: Desk, steps: int) -> None:
        for step in self.setting.work.steps[:steps]:
            step(desk, "x" * self.setting.size)
            desk.rest()

    def _put_back(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(self._first, self._folder)
        self._folder.chmod(0o700)

    def _meet(self, fault: Fault | None, at: int, log: Path | None = None) -> Became:
        """Do the work in a process of its own that meets a fault."""
        self._put_back()
        other = _Other(self._folder / "abduce.db") if self.setting.beside else None
        told, telling = FORK.Pipe(duplex=False)
        process = FORK.Process(target=self._work, args=(fault, at, log, telling))
        process.start()
        telling.close()
        became = Became()
        with told, suppress(EOFError):
            while True:
                kind, said = told.recv()
                if kind == "done":
                    became.acknowledged = said
                else:
                    setattr(became, kind, said)
        process.join()
        became.killed = process.exitcode == -signal.SIGKILL
        if other:
            other.end()
        return became

    def _work(self, fault: Fault | None, at: int, log: Path | None, telling: Connection) -> None:
        desk = Desk(self._folder, stays_open=self.setting.stays_open)
        if fault:
            self._injector.arm(self._folder, fault, at)
        else:
            self._injector.watch(self._folder, log)
        try:
            self._steps(desk, fault, telling)
            desk.leave()
        except BaseException:
            telling.send(("crash", traceback.format_exc()))
        telling.send(("calls", self._injector.count()))
        self._injector.stop()
        os._exit(0)

    def _steps(self, desk: Desk, fault: Fault | None, telling: Connection) -> None:
        """Do one step after the other, up to one that is refused; where room is made then, that one again."""
        steps = self.setting.work.steps
        done = 0
        while done < len(steps):
            try:
                steps[done](desk, "x" * self.setting.size)
            except AbduceError as error:
                telling.send(("refusal", str(error)))
                if not (fault and fault.freed) or "look whether it is there" in str(error):
                    return
                self._injector.stop()
                fault = None
                continue
            done += 1
            self._injector.mark(done)
            telling.send(("done", done))
            with suppress(AbduceError):
                desk.rest()


class _Other:
    """Somebody who has the database open."""

    def __init__(self, path: Path) -> None:
        ready, telling = FORK.Pipe(duplex=False)
        self._process = FORK.Process(target=self._hold, args=(path, telling))
        self._process.start()
        ready.recv()

    @staticmethod
    def _hold(path: Path, telling: Connection) -> None:
        with opened(path) as store:
            store.load()
            telling.send("")
            signal.pause()

    def end(self) -> None:
        """Be killed, so that the log stays where it is."""
        self._process.kill()
        self._process.join()
