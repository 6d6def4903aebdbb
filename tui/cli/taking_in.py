"""Readers' ideas on their way into the inbox, whichever command takes them in: what is news, and what is told of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.problems import Refused
from store.disk import write_whole
from store.intake.arriving import is_cut
from store.paths import data_folder, make_private
from tui.cli.failures import say

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.intake.arriving import Arrival, Rejected

ASIDE: Final = "aside"
"""The folder in the data folder where messages are kept that cannot be taken in."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What arrived, put in order."""

    fresh: tuple[Idea, ...]
    """What is not in the inbox yet."""
    known: int
    """How many are."""
    rejected: tuple[Rejected, ...]

    @property
    def is_something(self) -> bool:
        """Whether anything came."""
        return bool(self.fresh or self.known or self.rejected)

    @property
    def is_vain(self) -> bool:
        """Whether something came, and nothing of it is an idea."""
        return bool(self.rejected) and not self.fresh and not self.known

    def summary(self, would: str) -> str:
        """Say how many were taken in, or would be."""
        parts = [f"{len(self.fresh)} {would}taken in"]
        if self.known:
            parts.append(f"{self.known} there already")
        if self.rejected:
            parts.append(f"{len(self.rejected)} not taken in")
        return ", ".join(parts)


def in_order(debate: Debate, arrivals: Iterable[Arrival]) -> Arrived:
    """Part what arrived into news, what is there, and what cannot be taken in."""
    from store.intake.arriving import Rejected, news  # noqa: PLC0415 - only what takes ideas in needs it

    arrived: list[Idea] = []
    rejected: list[Rejected] = []
    for one in arrivals:
        if isinstance(one, Rejected):
            rejected.append(one)
        elif one.hypothesis and one.hypothesis not in debate.hypotheses:
            rejected.append(Rejected(repr(one.title), f"there is no hypothesis {one.hypothesis!r} that it is about"))
        else:
            arrived.append(one)
    fresh = tuple(news(arrived, debate.ideas.values()))
    return Arrived(fresh, len(arrived) - len(fresh), tuple(rejected))


def take_in(store: DebateStore, debate: Debate, fresh: Sequence[Idea]) -> list[Idea]:
    """Put ideas into the inbox as one change; return them as they are there."""
    if not fresh:
        return []
    before = max(debate.ideas, default=0)
    after = store.submit_ideas(debate.slug, fresh).debate
    return [idea for number, idea in after.ideas.items() if number > before]


def tell_rejected(rejected: Iterable[Rejected], *, dry_run: bool) -> None:
    """Say what cannot be taken in and why; unless it is a dry run, keep messages aside."""
    for each in rejected:
        say(f"{each.where}: {each.reason}{'' if dry_run else _kept_aside(each)}")


def tell_taken(ideas: Iterable[Idea], *, dry_run: bool) -> None:
    """Say what is in the inbox now, with its reference, or would be."""
    for idea in ideas:
        cut = "; its text is too long, and was cut" if is_cut(idea) else ""
        if dry_run:
            say(f"would take in: {idea.title}{f', from {idea.sender}' if idea.sender else ''}{cut}")
        else:
            say(f"idea {idea.number} is in the inbox: {idea.title}; its reference is {idea.reference}{cut}")


def _kept_aside(rejected: Rejected) -> str:
    """Keep a message that has no file of its own, with the reason beside it; say where."""
    if not rejected.data:
        return ""
    name = hashlib.sha256(rejected.data).hexdigest()[:16]
    try:
        folder = make_private(data_folder() / ASIDE)
        write_whole(folder / f"{name}.eml", rejected.data, sparing=(), force=True)
        write_whole(folder / f"{name}.txt", f"{rejected.where}: {rejected.reason}\n", sparing=(), force=True)
    except (OSError, Refused) as failed:
        return f" (it could not be kept aside: {failed})"
    return f" (kept aside in {folder / name}.eml)"
