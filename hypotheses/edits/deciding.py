"""What becomes of a reader's idea: taken up as something, made part of something, declined, marked, parted.

What it became is written on it, so that it keeps its sender, and its sender can be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hypotheses.changed import Version
from hypotheses.debate import Comment, Debate, Evidence, Hypothesis
from hypotheses.edits.explanations import hypothesis_added, slug_for
from hypotheses.edits.findings import commented, evidence_added
from hypotheses.edits.readings import reading_added, reading_chosen
from hypotheses.idea import Idea, IdeaStatus
from hypotheses.problems import Refused, found
from hypotheses.reading import Reading
from hypotheses.rules import line as line_of_text

MARKS: Final[Sequence[IdeaStatus]] = ("new", "later", "unclear", "duplicate", "off-topic")
"""What an idea can be marked as; the first three are open."""

BETWEEN: Final = "---"
"""The line between two parts of an idea, where they are written one after the other."""


@dataclass(frozen=True, slots=True)
class NewReading:
    """A reading that an idea becomes."""

    of: str
    """The quantity's symbol, or an assumption's `SLUG.NAME`."""
    name: str
    reading: Reading
    counts: bool = False
    """Whether it counts from now on, whatever the convention."""


Made = Hypothesis | Evidence | NewReading | Comment
"""What an idea can be taken up as."""


def idea_accepted(debate: Debate, number: int, made: Made) -> Debate:
    """Take an idea up as an explanation, as evidence, as a reading or as a comment, by the functions that add those.

    Raises:
        NotFound: there is no such idea, or what it is to go with is not there.
        Refused: it is decided already, or what it is to become cannot be added.
    """
    idea = _open(debate, number)
    match made:
        case Hypothesis(slug=slug):
            if slug in debate.hypotheses:
                raise Refused(f"there is a hypothesis {slug!r} already; choose another name, or merge the idea into it")
            after, became = hypothesis_added(debate, made), f"hypothesis:{slug}"
        case Evidence(key=key):
            after, became = evidence_added(debate, made), f"evidence:{key}"
        case NewReading(of=of, name=name):
            after, became = reading_added(debate, of, name, made.reading), f"reading:{of}/{name}"
            if made.counts:
                after = reading_chosen(after, of, name)
        case Comment():
            after = commented(debate, made)
            became = f"comment:{max(after.comments)}"
    return _with(after, replace(idea, status="accepted", became=(became,)))


def idea_merged(debate: Debate, number: int, into: str, reason: str = "") -> Debate:
    """Make an idea part of an explanation, of evidence or of another idea, which change in nothing.

    Args:
        debate: Where it is.
        number: The idea.
        into: What it becomes part of: `hypothesis:slug`, `evidence:key` or `idea:number`.
        reason: Why; its sender reads it.

    Raises:
        NotFound: one of the two is not there.
        Refused: it is decided already, or would become part of itself.
    """
    idea = _open(debate, number)
    _require(debate, into, idea)
    return _with(debate, replace(idea, status="merged", became=(into,), reason=reason))


def ideas_declined(debate: Debate, numbers: Iterable[int], reason: str) -> Debate:
    """Decline ideas for a reason, which their senders read.

    Raises:
        Refused: no reason is given, or one is decided already.
    """
    if not reason.strip():
        raise Refused("found no reason; expected one that the sender can read")
    declined = (replace(_open(debate, number), status="declined", reason=reason) for number in dict.fromkeys(numbers))
    return _with(debate, *declined)


def ideas_marked(debate: Debate, numbers: Iterable[int], mark: IdeaStatus, reason: str = "", of: str = "") -> Debate:
    """Mark ideas as one of `MARKS`; `new` opens one again that was decided without anything being made of it.

    Args:
        debate: Where they are.
        numbers: The ideas.
        mark: As what.
        reason: Why; their senders read it.
        of: What a duplicate is one of: `hypothesis:slug`, `evidence:key` or `idea:number`.

    Raises:
        NotFound: one of them is not there.
        Refused: one is decided already, or it is no mark.
    """
    if mark not in MARKS:
        raise Refused(f"found the mark {mark!r}; expected {', '.join(MARKS)}")
    if of and mark != "duplicate":
        raise Refused(f"found {of!r} beside {mark!r}; only a duplicate is one of something")
    marked = []
    for number in dict.fromkeys(numbers):
        idea = found("idea", number, debate.ideas)
        if not (idea.is_open or (mark == "new" and idea.status not in ("accepted", "merged", "split"))):
            raise _decided(idea)
        if of:
            _require(debate, of, idea)
        marked.append(replace(idea, status=mark, reason=reason, became=(of,) if of else ()))
    return _with(debate, *marked)


def idea_split(debate: Debate, number: int, parts: Sequence[tuple[str, str]]) -> Debate:
    """Part an idea that makes several claims: each, by its title and text, is an idea of the same sender.

    The sender asks by the reference of the whole, which knows its parts.

    Raises:
        Refused: there are fewer than two, or it is decided already.
    """
    idea = _open(debate, number)
    if len(parts) < 2:
        raise Refused(f"found {len(parts)} part; expected two or more")
    first = max(debate.ideas) + 1
    made = {
        first + place: replace(idea, number=first + place, title=title, text=text, status="new", reference="")
        for place, (title, text) in enumerate(parts)
    }
    became = tuple(f"idea:{each}" for each in made)
    return _with(replace(debate, ideas=Version(debate.ideas, made)), replace(idea, status="split", became=became))


def parts_of(text: str) -> list[tuple[str, str]]:
    """Return the title and the text of each part, between lines that say `BETWEEN`; the first line is the title.

    Raises:
        Malformed: a title is longer than one may be.
    """
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip() == BETWEEN:
            parts.append([])
        else:
            parts[-1].append(line)
    found_parts = []
    for part in ("\n".join(lines).strip() for lines in parts):
        title, _, rest = part.partition("\n")
        if part:
            found_parts.append((line_of_text(title.strip()), rest.strip()))
    return found_parts


def made_of(debate: Debate, idea: Idea, author: str, at: str) -> Made:
    """Return what an idea is taken up as where nobody says otherwise, by its kind.

    Args:
        debate: What there is.
        idea: The idea.
        author: Who takes it up, and writes the comment if it becomes one.
        at: When, in UTC.

    Raises:
        Refused: a reading needs a quantity and a value, and a comment something it is about, which nobody has said.
    """
    if idea.kind == "hypothesis":
        return explanation_of(debate, idea)
    if idea.kind == "evidence":
        return evidence_of(debate, idea)
    if idea.kind == "estimate":
        raise Refused(f"idea {idea.number} is an estimate; expected the quantity it is a reading of, and its value")
    return comment_of(idea, author, at)


def explanation_of(debate: Debate, idea: Idea) -> Hypothesis:
    """Return an idea as an explanation of which nobody has said yet how plausible it is."""
    slug = slug_for(idea.title, debate.hypotheses, "explanation")
    return Hypothesis(slug, idea.title, statement=idea.text, source=idea.url, placeholder=True)


def evidence_of(debate: Debate, idea: Idea) -> Evidence:
    """Return an idea as evidence that is not rated yet."""
    key = slug_for(idea.title, debate.evidence, "evidence")
    return Evidence(key, idea.title, url=idea.url, finding=idea.text)


def reading_of(debate: Debate, idea: Idea, of: str, value: str, *, name: str = "", counts: bool = False) -> NewReading:
    """Return an idea as a reading of a quantity or an assumption, called after its sender where no name is given."""
    taken = debate.quantities[of].readings if of in debate.quantities else ()
    name = name or slug_for(idea.named_sender or f"idea-{idea.number}", taken, "reader")
    return NewReading(of, name, Reading(value, source_of(idea), idea.url, idea.text), counts)


def comment_of(idea: Idea, author: str, at: str, *, evidence: str = "") -> Comment:
    """Return an idea as somebody else's comment on evidence, or on the explanation it is about; it says whose it is.

    Raises:
        Refused: it is about neither.
    """
    if not (evidence or idea.hypothesis):
        raise Refused(f"idea {idea.number} is about no explanation; expected one that it is a comment on")
    sender = f", says to be from {idea.named_sender}" if idea.named_sender else ""
    text = f"{idea.text or idea.title}\n\n(idea {idea.number}{sender})"
    return Comment(0, text, author, at, hypothesis="" if evidence else idea.hypothesis, evidence=evidence)


def source_of(idea: Idea) -> str:
    """Name an idea as the source of what was made of it."""
    return ", from ".join(filter(None, (f"idea {idea.number}", idea.named_sender)))


def thanked(debate: Debate, ref: str) -> list[Idea]:
    """Return the ideas that something was made of or that are part of it, by its `hypothesis:slug` or the like."""
    return [idea for idea in debate.ideas.values() if idea.status in ("accepted", "merged") and ref in idea.became]


def thanks(ideas: Iterable[Idea]) -> str:
    """Name the senders of ideas who gave a name and did not ask otherwise, each once."""
    names = dict.fromkeys(idea.named_sender for idea in ideas if idea.named_sender and not idea.example)
    return ", ".join(names)


def reasons_given(debate: Debate) -> list[str]:
    """Return the reasons for which ideas were declined, the one that was given most often first."""
    counts: dict[str, int] = {}
    for idea in debate.ideas.values():
        if idea.reason:
            counts[idea.reason] = counts.get(idea.reason, 0) + 1
    return sorted(counts, key=lambda reason: -counts[reason])


def _open(debate: Debate, number: int) -> Idea:
    idea = found("idea", number, debate.ideas)
    if not idea.is_open:
        raise _decided(idea)
    return idea


def _decided(idea: Idea) -> Refused:
    return Refused(f"idea {idea.number} is {idea.status} already; undo brings it back")


def _require(debate: Debate, ref: str, idea: Idea) -> None:
    """Require that what an idea becomes part of is there, and is not the idea itself."""
    kind, _, name = ref.partition(":")
    if kind == "hypothesis":
        found("hypothesis", name, debate.hypotheses)
    elif kind == "evidence":
        found("evidence", name, debate.evidence)
    elif kind == "idea" and name.isdecimal():
        found("idea", int(name), debate.ideas)
        if int(name) == idea.number:
            raise Refused(f"idea {name} cannot become part of itself")
    else:
        raise Refused(f"found {ref!r}; expected hypothesis:SLUG, evidence:KEY or idea:NUMBER")


def _with(debate: Debate, *ideas: Idea) -> Debate:
    return replace(debate, ideas=Version(debate.ideas, {idea.number: idea for idea in ideas}))
