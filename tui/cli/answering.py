"""`inbox answer`: whoever sent an idea as an issue on GitHub is told there what became of it."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import click

from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.problems import Malformed, Refused
from hypotheses.reports.answers import answer_to
from tui.cli.failures import say
from tui.cli.invocation import CliCommand, Invocation, pass_invocation
from tui.cli.look_up import settings_told
from tui.cli.output import write

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.intake.github import Asking

_DONE: Final = ("accepted", "merged")
"""What an idea is whose issue is closed as completed; others are closed as not planned."""
_AT_IT: Final = timedelta(minutes=5)
"""How long whoever claims an answer may be at it: longer than to look for a comment and to write one can take."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A decided idea, and the issue that it was sent as."""

    idea: Idea
    repository: str
    issue: int

    @property
    def place(self) -> str:
        """What is noted of it is noted under this name."""
        return f"github:{self.repository.casefold()}#{self.issue}"

    def closes(self, *, wanted: bool) -> bool:
        """Say whether the issue is to be closed; the parts of one that was split are still looked at."""
        return wanted and self.idea.status != "split"


@click.command("answer", cls=CliCommand)
@click.argument("repositories", metavar="[github:OWNER/NAME]...", nargs=-1)
@click.option("--close", is_flag=True, help="Close the issues as well.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@pass_invocation
def answer(invocation: Invocation, *, repositories: tuple[str, ...], close: bool, dry_run: bool) -> None:
    """Tell senders on GitHub what became of their ideas: one comment on each issue, once it is decided.

    Needs a token that may write there, in ABDUCE_GITHUB_TOKEN. Without a repository, the ideas of all are answered.
    """
    store, debate = invocation.open()
    due = [each for each in _decided(debate, repositories) if _is_due(store, debate, each, close=close)]
    if dry_run:
        for each in due:
            told = "" if _known(store, debate, each).get("answered") else f": {answer_to(debate, each.idea)}"
            closing = " would be closed" if each.closes(wanted=close) else ""
            write(f"{each.repository}#{each.issue}{closing}{told}")
        say(f"{len(due)} would be answered")
        return
    _answer_all(store, debate, due, close=close)


def _answer_all(store: DebateStore, debate: Debate, due: Collection[_Sent], *, close: bool) -> None:
    """Answer each; what one issue does not allow stops none of the others."""
    from store.intake.github import NAMED_IN, asking  # noqa: PLC0415 - only this command needs it

    settings, failed = settings_told(), 0
    for count, each in enumerate(due):
        if not _is_due(store, debate, each, close=close):
            say(f"{each.repository}#{each.issue}: it was answered meanwhile")
            continue
        about = asking(each.repository, settings)
        if not about.token:
            raise Refused(f"found no token in {NAMED_IN}; expected one that may write to issues")
        if count:
            time.sleep(about.services.pause_seconds)
        if objection := _answer(store, debate, each, about, close=close):
            say(f"{each.repository}#{each.issue}: {objection}")
            failed += 1
        else:
            say(f"answered {each.repository}#{each.issue}{' and closed it' if each.closes(wanted=close) else ''}")
    if failed:
        raise Refused(f"{len(due) - failed} answered, {failed} not; the next time they are tried again")
    say(f"{len(due)} answered")


def _answer(store: DebateStore, debate: Debate, sent: _Sent, about: Asking, *, close: bool) -> str:
    """Answer one, and note each step as it is done; return why that cannot be, if it cannot."""
    from store.intake import answering  # noqa: PLC0415 - only this command needs it

    if not _known(store, debate, sent).get("answered") and (objection := _comment(store, debate, sent, about)):
        return objection
    known = _known(store, debate, sent)
    if sent.closes(wanted=close) and not known.get("closed"):
        how: answering.How = "completed" if sent.idea.status in _DONE else "not_planned"
        if objection := answering.close(about, sent.issue, how):
            return objection
        store.note_of(debate.slug, sent.place, {**known, "closed": store.now()})
    return ""


def _comment(store: DebateStore, debate: Debate, sent: _Sent, about: Asking) -> str:
    """Write the one comment; return why that cannot be, if it cannot.

    Whoever writes it claims it before, in one transaction with the look at whether somebody else is at it. That it was
    begun is noted as well: if nobody was told whether it arrived, it is looked for before it is written again.
    """
    from store.intake import answering  # noqa: PLC0415 - only this command needs it

    seen, now = _known(store, debate, sent), store.now()
    if _is_claimed(seen, now):
        return f"another program has been at it since {seen['at_it']}; it is left to that for 5 minutes"
    claimed = {**seen, "at_it": now}
    if not store.note_of(debate.slug, sent.place, claimed, seen=seen):
        return "another program began to answer it at this moment; it is left to that"
    begun, mark = str(seen.get("begun", "")), answering.mark_of(debate.slug, sent.idea.number)
    try:
        if not (begun and answering.has_comment(about, sent.issue, mark, begun)):
            if not store.note_of(debate.slug, sent.place, {**claimed, "begun": store.now()}, seen=claimed):
                return "another program took it over, since this one was held up"
            if objection := answering.comment(about, sent.issue, f"{answer_to(debate, sent.idea)}\n\n{mark}"):
                return objection
        store.note_of(debate.slug, sent.place, {**_known(store, debate, sent), "answered": store.now()})
        return ""
    finally:
        left = _known(store, debate, sent)
        if left.pop("at_it", "") == now:
            store.note_of(debate.slug, sent.place, left)


def _is_claimed(known: Mapping[str, object], now: str) -> bool:
    """Say whether somebody is at an answer who may still be alive."""
    try:
        since = datetime.fromisoformat(str(known.get("at_it", "")))
    except ValueError:
        return False
    return abs(datetime.fromisoformat(now) - since) < _AT_IT


def _decided(debate: Debate, named: Collection[str]) -> Iterator[_Sent]:
    """Yield the decided ideas of repositories; of an issue that was split, the whole."""
    from store.intake.arriving import issue_of  # noqa: PLC0415 - only this command needs it

    wanted, seen = _repositories(named), set[tuple[str, int]]()
    for idea in debate.ideas.values():
        sent = issue_of(idea)
        if sent is None or idea.example or (wanted and sent[0].casefold() not in wanted):
            continue
        if sent not in seen and not idea.is_open:
            yield _Sent(idea, *sent)
        seen.add(sent)


def _repositories(named: Collection[str]) -> set[str]:
    from store.intake.github import repository_of  # noqa: PLC0415 - only this command needs it

    repositories = set()
    for text in named:
        if (repository := repository_of(text)) is None:
            raise Malformed(f"found {text!r}; expected a repository such as github:owner/name")
        repositories.add(repository.casefold())
    return repositories


def _known(store: DebateStore, debate: Debate, sent: _Sent) -> dict[str, object]:
    return dict(store.known_of(debate.slug, sent.place))


def _is_due(store: DebateStore, debate: Debate, sent: _Sent, *, close: bool) -> bool:
    known = _known(store, debate, sent)
    return not known.get("answered") or (sent.closes(wanted=close) and not known.get("closed"))
