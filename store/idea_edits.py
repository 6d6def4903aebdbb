"""The part of the door for what people say: readers' ideas, and comments."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hypotheses import edits
from hypotheses.debate import Comment, Debate, Evidence, Hypothesis
from hypotheses.edits import Made, NewReading
from hypotheses.idea import Idea, IdeaStatus
from hypotheses.problems import found
from store.conflicts import expecting, expecting_all
from store.door import Door
from store.entries import Change
from store.expected import Anything
from store.intake.arriving import news

_SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""What a reference is made of: no two of them look alike."""
_REFERENCE_LENGTH: Final = 10


class IdeaEdits(Door):
    """Changes of ideas and comments, each one entry."""

    # Ideas

    def submit_idea(self, slug: str, idea: Idea) -> Change:
        """Put a reader's idea into the inbox; see `submit_ideas`."""
        new = self._arrived(idea)
        return self._ledger.change(
            slug, lambda debate: (edits.idea_submitted(debate, new), f"submitted an idea: {new.title}"), ()
        )

    def submit_ideas(self, slug: str, arrived: Sequence[Idea]) -> Change:
        """Put ideas into the inbox, as one change; those that are there already are left out.

        Each gets a number, a reference to ask by and, if it has no time, that of now; its state is that of a new one.

        Raises:
            Refused: one of them is about a hypothesis that is not there.
        """

        def edit(debate: Debate) -> Debate:
            return edits.ideas_submitted(debate, map(self._arrived, news(arrived, debate.ideas.values())))

        return self._ledger.change(slug, lambda debate: (edit(debate), f"took in ideas: {len(arrived)} arrived"), ())

    def _arrived(self, idea: Idea) -> Idea:
        """Return an idea as it comes in: what becomes of it is not its sender's to say."""
        return replace(
            idea,
            title=idea.title.strip(),
            received=idea.received or self.now(),
            reference="".join(secrets.choice(_SIGNS) for _ in range(_REFERENCE_LENGTH)),
            status="new",
            reason="",
            became=(),
        )

    def accept_idea(
        self, slug: str, number: int, made: Made | None = None, why: str = "", *, expected: Idea | Anything
    ) -> Change:
        """Take an idea up as what was made of it; without anything, as what it is by its kind."""

        def edit(debate: Debate) -> Debate:
            idea = found("idea", number, debate.ideas)
            return edits.idea_accepted(debate, number, made or edits.made_of(debate, idea, self.actor, self.now()))

        return self._change(
            slug, edit, f"accepted idea {number} as {_called(made)}", expecting(("idea", number), expected), why
        )

    def accept_ideas(self, slug: str, numbers: Sequence[int], why: str = "", *, expected: Debate | Anything) -> Change:
        """Take ideas up as what each is by its kind; all of them or none."""

        def edit(debate: Debate) -> Debate:
            for number in numbers:
                idea = found("idea", number, debate.ideas)
                debate = edits.idea_accepted(debate, number, edits.made_of(debate, idea, self.actor, self.now()))
            return debate

        return self._change(slug, edit, f"accepted {_listed(numbers)}", expecting_all("idea", expected), why)

    def merge_idea(self, slug: str, number: int, into: str, reason: str = "", *, expected: Idea | Anything) -> Change:
        """Make an idea part of `hypothesis:slug`, `evidence:key` or `idea:number`."""
        return self._change(
            slug,
            lambda debate: edits.idea_merged(debate, number, into, reason),
            f"merged idea {number} into {into}",
            expecting(("idea", number), expected),
        )

    def decline_ideas(self, slug: str, numbers: Sequence[int], reason: str, *, expected: Debate | Anything) -> Change:
        """Decline ideas for a reason that their senders read; all of them or none."""
        return self._change(
            slug,
            lambda debate: edits.ideas_declined(debate, numbers, reason),
            f"declined {_listed(numbers)}",
            expecting_all("idea", expected),
            reason.strip(),
        )

    def mark_ideas(
        self,
        slug: str,
        numbers: Sequence[int],
        mark: IdeaStatus,
        reason: str = "",
        *,
        of: str = "",
        expected: Debate | Anything,
    ) -> Change:
        """Mark ideas: to come back to later, unclear, a duplicate, off topic; or as new again."""
        return self._change(
            slug,
            lambda debate: edits.ideas_marked(debate, numbers, mark, reason, of),
            f"marked {_listed(numbers)} as {mark}",
            expecting_all("idea", expected),
            reason.strip(),
        )

    def split_idea(
        self, slug: str, number: int, parts: Sequence[tuple[str, str]], *, expected: Idea | Anything
    ) -> Change:
        """Part an idea into several, by the title and the text of each."""
        return self._change(
            slug,
            lambda debate: edits.idea_split(debate, number, parts),
            f"split idea {number} into {len(parts)}",
            expecting(("idea", number), expected),
        )

    def now(self) -> str:
        """Return the time in UTC as ideas and comments have it."""
        return self._clock().strftime("%Y-%m-%dT%H:%M:%SZ")

    # Comments

    def comment(self, slug: str, text: str, *, hypothesis: str = "", evidence: str = "", idea: int = 0) -> Change:
        """Add a comment on a hypothesis, evidence, a cell (give both) or an idea."""
        comment = Comment(0, text.strip(), self.actor, self.now(), hypothesis, evidence, idea)
        about = " under ".join(repr(name) for name in (evidence, hypothesis, f"idea {idea}" if idea else "") if name)
        return self._ledger.change(slug, lambda debate: (edits.commented(debate, comment), f"commented on {about}"), ())

    def edit_comment(self, slug: str, number: int, text: str, *, expected: Comment | Anything) -> Change:
        """Change the text of a comment of this actor's own."""
        return self._change(
            slug,
            lambda debate: edits.comment_edited(debate, number, text.strip(), self.actor),
            f"edited comment {number}",
            expecting(("comment", number), expected),
        )

    def remove_comment(self, slug: str, number: int, *, expected: Comment | Anything) -> Change:
        """Remove a comment of this actor's own."""
        return self._change(
            slug,
            lambda debate: edits.comment_removed(debate, number, self.actor),
            f"removed comment {number}",
            expecting(("comment", number), expected),
        )


def _called(made: Made | None) -> str:
    """Say what an idea became, as the journal has it."""
    match made:
        case Hypothesis(slug=slug):
            return f"the explanation {slug!r}"
        case Evidence(key=key):
            return f"the evidence {key!r}"
        case NewReading(of=of, name=name):
            return f"the reading {name!r} of {of}"
        case Comment():
            return "a comment"
        case _:
            return "what it is"


def _listed(numbers: Sequence[int]) -> str:
    """Name ideas by their numbers."""
    return f"idea{'' if len(numbers) == 1 else 's'} {', '.join(map(str, numbers))}"
