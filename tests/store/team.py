"""Several people, each in a process of their own, who change one debate at the same time."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

from hypotheses.debate import Assessment, Evidence
from hypotheses.idea import Idea
from hypotheses.problems import AbduceError
from store.debate_store import DebateStore
from store.expected import ANYTHING

FORK = get_context("fork")
"""Spares each process the imports. Nothing of the parent has the database open at that point."""
SLUG = "piano-tuners"


@dataclass
class Person:
    """What became of somebody's edits."""

    name: str
    waits: list[float] = field(default_factory=list)
    """Seconds that each edit took."""
    refusals: list[str] = field(default_factory=list)


def edits(store: DebateStore, name: str) -> list[Callable[[int], object]]:
    """Return edits of several kinds, each of which leaves something that can be counted."""
    return [
        lambda number: store.comment(SLUG, f"{name} {number}", hypothesis="fewer"),
        lambda number: store.set_plausibility(SLUG, "fewer", (number % 97 + 1) / 100, expected=ANYTHING),
        lambda number: store.assess(SLUG, "ads", "fewer", Assessment(number % 9 + 1.5), expected=ANYTHING),
        lambda number: store.submit_idea(SLUG, Idea(0, f"{name} {number}", "many words " * 20)),
        lambda number: store.add_evidence(SLUG, Evidence(f"{name}-{number}", f"{name} {number}")),
    ]


def work(location: str, name: str, times: int, begin: Barrier) -> Person:
    """Make edits one after the other, as soon as everybody is there."""
    person = Person(name)
    with DebateStore.open(location, actor=name) as store:
        store.load(SLUG)
        begin.wait()
        for number, edit in zip(range(times), cycle(edits(store, name)), strict=False):
            began = time.monotonic()
            try:
                edit(number)
            except AbduceError as error:
                person.refusals.append(str(error))
            person.waits.append(time.monotonic() - began)
    return person


def _send_work(sender: Connection, *asked: Any) -> None:
    sender.send(work(*asked))


def work_at_once(location: str, people: int, times: int) -> list[Person]:
    """Let many people make edits at once, each in a process."""
    begin = FORK.Barrier(people)
    waiting = []
    for name in (f"person{number}" for number in range(people)):
        receiver, sender = FORK.Pipe(duplex=False)
        process = FORK.Process(target=_send_work, args=(sender, location, name, times, begin))
        process.start()
        sender.close()
        waiting.append((process, receiver))
    found: list[Person] = []
    for process, receiver in waiting:
        found.append(receiver.recv())
        process.join()
    return found


def lost(location: str, people: list[Person]) -> list[str]:
    """Return what of their edits is not there: entries of the journal, comments, ideas and evidence."""
    with DebateStore.open(location, actor="ana") as store:
        debate = store.load(SLUG)
        entries = Counter(entry.actor for entry in store.history(SLUG, limit=1_000_000))
    there = {comment.text for comment in debate.comments.values()}
    there |= {idea.title for idea in debate.ideas.values()} | {item.title for item in debate.evidence.values()}
    missing = []
    for person in people:
        made = len(person.waits)
        # Of five edits the second and the third leave nothing of their own but the entry.
        left = [f"{person.name} {n}" for n in range(made) if n % 5 not in (1, 2)]
        missing += [each for each in left if each not in there]
        missing += [f"{made - entries[person.name]} entries of {person.name}"] * (entries[person.name] != made)
    return missing
