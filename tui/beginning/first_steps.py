"""The six first steps: what each is, which of them a change did, and the card in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from textual.content import Content

from hypotheses.debate import Debate
from hypotheses.ranking import ranked
from tui.commands import APP, COMMON
from tui.terminal.clean import content

CARD_WIDTH: Final = 50
CARD_HEIGHT: Final = 14
"""Cells and rows of the card, its frame among them."""
COMMANDS: Final = {command.id: command for command in (*APP, *COMMON)}
"""What the card names a key of."""


def _key(command: str) -> str:
    return COMMANDS[command].shown_key


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Something to have done once."""

    id: str
    """What is remembered of it."""
    name: str
    commands: tuple[str, ...]
    """What does it; their keys stand beside it."""
    hint: Callable[[Debate], str]
    """What comes of it, or what it still takes in this debate."""

    @property
    def keys(self) -> str:
        """How the keys are written."""
        return " ".join(map(_key, self.commands))


def _set_hint(debate: Debate) -> str:
    return "60%, 0.6, 3:2 or 1 in 5" if debate.hypotheses else f"first {_key('add')} adds an explanation"


def _rank_hint(debate: Debate) -> str:
    enough = len(debate.hypotheses) > 1
    return "the two exchange their plausibilities" if enough else f"it takes two: {_key('add')} adds another"


def _number_hint(debate: Debate) -> str:
    return "enter there changes one, gaps follow" if debate.quantities else f"{_key('add')} there adds the first"


def _crux_hint(debate: Debate) -> str:
    rated = any(one.assessments for one in debate.evidence.values())
    return "enter there tries it, esc puts it back" if rated else "it takes evidence that is rated"


STEPS: Final = (
    FirstStep("set", "Say how likely one is", ("plausibility",), _set_hint),
    FirstStep("rank", "Move one past its neighbour", ("move_up", "move_down"), _rank_hint),
    FirstStep("log", "Log something found out", ("add_evidence",), lambda _: "a DOI or an address fills it in"),
    FirstStep("number", "Look at the numbers", ("show_numbers",), _number_hint),
    FirstStep("crux", "Try what would change it", ("cruxes",), _crux_hint),
    FirstStep("export", "Write the Markdown", ("export",), lambda _: "a post, to publish as it is"),
)
"""In the order in which the card has them; they can be done in any."""
ALL_DONE: Final = "All six done. The next key puts this away."


def done_between(before: Debate, after: Debate) -> frozenset[str]:
    """Return the steps that one change of a debate did, by whatever way it was made."""
    both = [slug for slug in before.hypotheses if slug in after.hypotheses]
    was, now = ([debate.hypotheses[slug] for slug in both] for debate in (before, after))
    orders = [[one.slug for one in ranked(debate) if one.slug in both] for debate in (before, after)]
    done = {"log"} if after.evidence.keys() - before.evidence.keys() else set()
    if sorted(one.plausibility for one in was) == sorted(one.plausibility for one in now) and orders[0] != orders[1]:
        done.add("rank")
    elif any(
        (old.plausibility, old.placeholder) != (new.plausibility, new.placeholder)
        for old, new in zip(was, now, strict=True)
    ):
        done.add("set")
    return frozenset(done)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody has come."""

    done: frozenset[str] = frozenset()
    told: Mapping[str, str] = field(default_factory=dict)
    """The step that was done last -> what was done, in words."""

    @property
    def count(self) -> int:
        """How many steps are done."""
        return sum(step.id in self.done for step in STEPS)

    @property
    def next(self) -> FirstStep | None:
        """The first step that is not done; None once all are."""
        return next((step for step in STEPS if step.id not in self.done), None)

    def but(self, steps: frozenset[str], told: str) -> Progress:
        """Return this with more steps done."""
        return Progress(self.done | steps, dict.fromkeys(steps, told))


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of the card."""

    text: Content
    command: str = ""
    """What a click on it does, if anything."""


def card_lines(progress: Progress, debate: Debate, away: str) -> list[CardLine]:
    """Write what stands in the frame, always as many lines; `away` is the key that puts the card away."""
    width = CARD_WIDTH - 4
    steps = [line for step in STEPS for line in _step_lines(step, progress, debate, width)]
    if progress.next is None:
        told = Content.styled(f" {ALL_DONE}", "bold")
    else:
        told = Content.assemble((" Everything here can be undone with ", "$label"), (_key("undo"), "bold $you"), ".")
    blank = CardLine(Content(""))
    spare = CARD_HEIGHT - 5 - len(steps)
    return [blank, *steps, *[blank] * spare, CardLine(told), CardLine(_foot(away), "first_steps")]


def _step_lines(step: FirstStep, progress: Progress, debate: Debate, width: int) -> Iterator[CardLine]:
    """Write a step; the next one with what comes of it, the last one that was done with what was."""
    done, is_next = step.id in progress.done, step is progress.next
    mark = ("✓ ", "$pro") if done else ("· ", "$label")
    name = content(step.name, "$label" if done else "bold" if is_next else "$foreground")
    name = name.truncate(width - 5 - len(step.keys), ellipsis=True, pad=True)
    lines = [Content.assemble(" ", mark, name, " ", (step.keys, "bold $you"), " ")]
    if told := step.hint(debate) if is_next else progress.told.get(step.id, ""):
        about = content(told, "$label").truncate(width - 4, ellipsis=True, pad=True)
        lines.append(Content.assemble("   ", about, " "))
    for line in lines:
        text = Content.assemble(("▌", "$primary"), line[1:]).stylize("on $row") if is_next else line
        yield CardLine(text, step.commands[0])


def _foot(away: str) -> Content:
    back = Content.assemble((_key("first_steps"), "bold $you"), " or ", (_key("help"), "bold $you"), " brings it back")
    return Content.assemble((f" {away}", "bold $you"), " puts it away   ", back).stylize_before("$label")


def card_row(progress: Progress, away: str, width: int) -> tuple[Content, int]:
    """Write the card as one line; also return the cell from which on a click puts it away."""
    foot = Content.assemble((away, "bold $you"), (" puts it away ", "$label"))
    step = progress.next
    if step is None:
        what = Content(ALL_DONE)
    else:
        place = f"First steps {progress.count} of {len(STEPS)}  "
        what = Content.assemble((place, "$label"), (step.name, "bold"), "  ", (step.keys, "bold $you"))
    room = max(0, width - foot.cell_length - 2)
    return Content.assemble(" ", what.truncate(room, ellipsis=True, pad=True), " ", foot), room + 2
