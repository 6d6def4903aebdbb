"""Commands that decide readers' ideas: `idea accept|merge|decline|mark|split`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypedDict, Unpack

import click

from hypotheses.debate import Debate, Hypothesis
from hypotheses.edits import (
    BETWEEN,
    MARKS,
    Made,
    NewReading,
    comment_of,
    evidence_of,
    explanation_of,
    parts_of,
    reading_of,
)
from hypotheses.fields import field_of
from hypotheses.idea import Idea, IdeaStatus
from hypotheses.problems import NotFound
from hypotheses.ratios import rated
from hypotheses.reading import Reading
from store.expected import ANYTHING
from tui.cli.changing import OF, find_read, headline_told, named_pair
from tui.cli.failures import say
from tui.cli.invocation import (
    CliCommand,
    Invocation,
    field_option,
    find_hypothesis,
    pass_invocation,
    read_stdin,
    read_with,
    text_or_stdin,
)

if TYPE_CHECKING:
    from store.debate_store import DebateStore

INTO: Final = "HYPOTHESIS|EVIDENCE|IDEA"
"""How a command names what an idea becomes part of."""
_OPTIONS: Final = {
    "explanation": ("--title", "--name", "--plausibility"),
    "evidence": ("--title", "--name", "--rate"),
    "reading": ("--of", "--value", "--name", "--use"),
    "comment": ("--on",),
}
"""What an idea is taken up as, and what can be said of that."""


class Details(TypedDict):
    """What is said of that which an idea becomes: the options of `idea accept`, each under its name."""

    kind: str | None
    title: str | None
    name: str | None
    plausibility: float | None
    rate: tuple[str, ...]
    of: str | None
    value: str | None
    use: bool
    on: str | None


def find_idea(debate: Debate, wanted: str) -> Idea:
    """Return the idea of a number or a reference.

    Raises:
        NotFound: there is none.
    """
    if wanted.isdecimal() and int(wanted) in debate.ideas:
        return debate.ideas[int(wanted)]
    found = next((idea for idea in debate.ideas.values() if idea.reference == wanted), None)
    if found is None or not wanted:
        raise NotFound("idea", wanted)
    return found


def _numbers(debate: Debate, wanted: Iterable[str]) -> list[int]:
    return list(dict.fromkeys(find_idea(debate, each).number for each in wanted))


@click.command("accept", cls=CliCommand)
@click.argument("ideas", metavar="IDEA...", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(tuple(_OPTIONS)), help="What it is taken up as; else what it says it is.")
@field_option(Hypothesis, "title", help="Its title, if not the idea's.")
@click.option("--name", metavar="NAME", help="The slug, the key or the name of the reading.")
@click.option(
    "--plausibility",
    metavar="P",
    callback=read_with(field_of(Hypothesis, "plausibility").read),
    help="Of the explanation: 60%, 0.6, 3:2 or 1 in 5.",
)
@click.option("--rate", multiple=True, metavar="HYPOTHESIS=RATIO", help="Of the evidence; once for each.")
@click.option("--of", metavar=OF, help="What the reading is of.")
@field_option(Reading, "value", help="The reading's: 890M, 30B to 300B or 45%.")
@click.option("--use", is_flag=True, help="Let the reading count from now on.")
@click.option("--on", metavar="HYPOTHESIS|EVIDENCE", help="What the comment is on, if not what the idea is about.")
@click.option("--why", default="", metavar="TEXT", help="Why, for the journal.")
@pass_invocation
def accept(invocation: Invocation, *, ideas: tuple[str, ...], why: str, **details: Unpack[Details]) -> None:
    """Take ideas up. Several at once are taken up as what each says it is, as one change."""
    store, debate = invocation.open()
    numbers = _numbers(debate, ideas)
    if len(numbers) == 1:
        idea = debate.ideas[numbers[0]]
        made = _made(debate, idea, details, store)
        after = store.accept_idea(debate.slug, idea.number, made, why, expected=idea).debate
    elif given := _given(details):
        raise click.UsageError(f"{given[0]} is for one idea; expected one, or none of it")
    else:
        made = None
        after = store.accept_ideas(debate.slug, numbers, why, expected=ANYTHING).debate
    counts = isinstance(made, NewReading) and made.counts
    for number in numbers:
        say(f"{_became(after, number)}{headline_told(after) if counts else ''}")


def _given(details: Details) -> list[str]:
    return [f"--{name}" for name, value in details.items() if value not in (None, (), False)]


def _made(debate: Debate, idea: Idea, details: Details, store: DebateStore) -> Made:
    """Return what an idea becomes with what is said of that."""
    kind = details["kind"] or _kind_meant(idea, details)
    for option in _given(details):
        if option not in ("--kind", *_OPTIONS[kind]):
            raise click.UsageError(f"{option} does not go with --kind {kind}; expected {', '.join(_OPTIONS[kind])}")
    own, name = replace(idea, title=details["title"] or idea.title), details["name"]
    if kind == "explanation":
        explanation, plausibility = explanation_of(debate, own), details["plausibility"]
        if plausibility is not None:
            explanation = replace(explanation, plausibility=plausibility, prior=plausibility, placeholder=False)
        return replace(explanation, slug=name or explanation.slug)
    if kind == "evidence":
        evidence = evidence_of(debate, own)
        pairs = (named_pair("--rate", each, "HYPOTHESIS=RATIO") for each in details["rate"])
        cells = {find_hypothesis(debate, slug).slug: rated(ratio) for slug, ratio in pairs}
        return replace(evidence, key=name or evidence.key, assessments=cells)
    if kind == "reading":
        of, value = details["of"], details["value"]
        if of is None or value is None:
            raise click.UsageError("a reading needs --of with the quantity, and --value")
        return reading_of(debate, idea, find_read(debate, of), value, name=name or "", counts=details["use"])
    on = details["on"]
    if on is not None and on in debate.evidence:
        return comment_of(idea, store.actor, store.now(), evidence=on)
    about = idea if on is None else replace(idea, hypothesis=find_hypothesis(debate, on).slug)
    return comment_of(about, store.actor, store.now())


def _kind_meant(idea: Idea, details: Details) -> str:
    if details["of"] is not None or details["on"] is not None:
        return "reading" if details["of"] is not None else "comment"
    return {"hypothesis": "explanation", "estimate": "reading"}.get(idea.kind, idea.kind)


def _became(debate: Debate, number: int) -> str:
    idea = debate.ideas[number]
    kind, _, name = idea.became[0].partition(":")
    what = {
        "hypothesis": f"the explanation {name!r}, which has no effect on the numbers yet",
        "evidence": f"the evidence {name!r}",
        "reading": f"the reading {name.rpartition('/')[2]!r} of {name.rpartition('/')[0]}",
        "comment": f"comment {name}",
    }[kind]
    return f"idea {number} is {what}"


@click.command("merge", cls=CliCommand)
@click.argument("idea", metavar="IDEA")
@click.argument("into", metavar=INTO)
@field_option(Idea, "reason", default="", metavar="TEXT", help="Why; its sender reads it.")
@pass_invocation
def merge(invocation: Invocation, idea: str, into: str, reason: str) -> None:
    """Make an idea part of an explanation, of evidence or of another idea, which stay as they are."""
    store, debate = invocation.open()
    merged = find_idea(debate, idea)
    ref = _ref(debate, into)
    store.merge_idea(debate.slug, merged.number, ref, reason, expected=merged)
    say(f"idea {merged.number} is part of {ref.partition(':')[2]}")


def _ref(debate: Debate, name: str) -> str:
    """Return what is named: an explanation, evidence or, by `idea 7` or its reference, another idea.

    Raises:
        NotFound: there is none.
    """
    if name in debate.evidence:
        return f"evidence:{name}"
    word, _, number = name.rpartition(" ")
    if word == "idea" or name in {idea.reference for idea in debate.ideas.values() if idea.reference}:
        return f"idea:{find_idea(debate, number).number}"
    return f"hypothesis:{find_hypothesis(debate, name).slug}"


@click.command("decline", cls=CliCommand)
@click.argument("ideas", metavar="IDEA...", nargs=-1, required=True)
@field_option(Idea, "reason", metavar="TEXT", required=True, help="Why; its sender reads it.")
@pass_invocation
def decline(invocation: Invocation, ideas: tuple[str, ...], reason: str) -> None:
    """Decline ideas for a reason."""
    store, debate = invocation.open()
    numbers = _numbers(debate, ideas)
    store.decline_ideas(debate.slug, numbers, reason, expected=ANYTHING)
    say(f"declined {', '.join(map(str, numbers))}: {reason}")


@click.command("mark", cls=CliCommand)
@click.argument("mark", metavar="MARK", type=click.Choice(MARKS))
@click.argument("ideas", metavar="IDEA...", nargs=-1, required=True)
@click.option("--of", metavar=INTO, help="What it is a duplicate of.")
@field_option(Idea, "reason", default="", metavar="TEXT", help="Why; its sender reads it.")
@pass_invocation
def mark(invocation: Invocation, mark: IdeaStatus, ideas: tuple[str, ...], of: str | None, reason: str) -> None:
    """Mark ideas: to come back to later, unclear, a duplicate, off topic; or as new again."""
    store, debate = invocation.open()
    numbers = _numbers(debate, ideas)
    ref = _ref(debate, of) if of is not None else ""
    store.mark_ideas(debate.slug, numbers, mark, reason, of=ref, expected=ANYTHING)
    say(f"marked as {mark}: {', '.join(map(str, numbers))}")


@click.command("split", cls=CliCommand)
@click.argument("idea", metavar="IDEA")
@click.option("--text", callback=text_or_stdin, help=f"The parts, with a line {BETWEEN} between; otherwise from stdin.")
@pass_invocation
def split(invocation: Invocation, idea: str, text: str | None) -> None:
    """Part an idea that makes several claims. The first line of each part is its title."""
    if text is None and not sys.stdin.isatty():
        text = read_stdin()
    store, debate = invocation.open()
    whole = find_idea(debate, idea)
    after = store.split_idea(debate.slug, whole.number, parts_of(text or ""), expected=whole).debate
    for ref in after.ideas[whole.number].became:
        number = int(ref.partition(":")[2])
        say(f"idea {number} is in the inbox: {after.ideas[number].title}")


DECIDING: Final = (accept, merge, decline, mark, split)
"""The commands of the group `idea` that decide."""
