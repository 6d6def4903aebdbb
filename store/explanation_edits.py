"""The part of the door for explanations: added, edited, ranked, settled, merged, removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Unpack

from hypotheses import edits
from hypotheses.debate import Debate, Hypothesis, Verdict
from hypotheses.edits import HypothesisFields
from hypotheses.problems import Refused
from hypotheses.ranking import format_plausibility
from hypotheses.reading import Assumption
from store.conflicts import expecting, expecting_all
from store.door import Door, how_removed, names_of
from store.entries import Change
from store.errors import Conflict
from store.expected import ANYTHING, Anything


class ExplanationEdits(Door):
    """Changes of explanations, each one entry."""

    def add_hypothesis(
        self,
        slug: str,
        *,
        title: str,
        statement: str = "",
        plausibility: float | None = None,
        prior: float | None = None,
        slug_hint: str | None = None,
        rivals: Sequence[str] = (),
        effects: Mapping[str, str] | None = None,
        assumes: Mapping[str, Assumption] | None = None,
    ) -> Change:
        """Add a hypothesis. Its prior, without one its plausibility, is held today; a slug is made if none is given.

        Without a plausibility it has a starting figure of 50%.
        """

        def edit(debate: Debate) -> tuple[Debate, str]:
            own_slug = edits.slug_for(slug_hint or title, debate.hypotheses, "hypothesis")
            stated = 0.5 if plausibility is None else plausibility
            first = stated if prior is None else prior
            held = f"{self._clock():%Y-%m-%d}"
            hypothesis = Hypothesis(
                own_slug,
                title.strip(),
                statement,
                stated,
                first,
                held,
                plausibility is None,
                effects=effects or {},
                assumes=assumes or {},
                rivals=tuple(rivals),
            )
            return edits.hypothesis_added(debate, hypothesis), f"added the hypothesis {own_slug!r}"

        return self._ledger.change(slug, edit, ())

    def edit_hypothesis(
        self, slug: str, hypothesis: str, *, expected: Hypothesis | Anything, **fields: Unpack[HypothesisFields]
    ) -> Change:
        """Set fields of a hypothesis."""
        return self._ledger.change(
            slug,
            lambda debate: (
                edits.hypothesis_edited(debate, hypothesis, fields),
                f"edited the {names_of(fields)} of {hypothesis!r}",
            ),
            expecting(("hypothesis", hypothesis), expected),
        )

    def set_plausibility(
        self, slug: str, hypothesis: str, plausibility: float, why: str = "", *, expected: Hypothesis | Anything
    ) -> Change:
        """Set a plausibility, for a reason; in an exclusive debate the others make room."""
        return self._ledger.change(
            slug,
            lambda debate: (
                edits.plausibility_set(debate, hypothesis, plausibility),
                f"set the plausibility of {hypothesis!r} to {format_plausibility(plausibility)}",
            ),
            expecting(("hypothesis", hypothesis), expected),
            why=why.strip(),
            about=hypothesis,
        )

    def move(self, slug: str, hypothesis: str, rank: int, *, expected: Debate | Anything) -> Change:
        """Move a hypothesis to a rank; 1 is the top. `expected` has the hypotheses as their order was seen."""
        return self._ledger.change(
            slug,
            lambda debate: (
                edits.hypothesis_moved(debate, hypothesis, rank),
                f"moved {hypothesis!r} to rank {rank}",
            ),
            expecting_all("hypothesis", expected),
        )

    def adopt(
        self, slug: str, hypothesis: str, *, expected: Hypothesis | Anything, implied: float | Anything
    ) -> Change:
        """Take what the evidence implies for a hypothesis as its plausibility; `implied` is the figure agreed to.

        Raises:
            Conflict: that figure is another one now, or the hypothesis has moved.
        """

        def edit(debate: Debate) -> tuple[Debate, str]:
            after = edits.implied_adopted(debate, hypothesis)
            now = after.hypotheses[hypothesis].plausibility
            if implied is not ANYTHING and format_plausibility(now) != format_plausibility(implied):
                raise Conflict(f"hypothesis {hypothesis!r}", ("implied plausibility",), implied, now, "somebody")
            return after, f"adopted what the evidence implies for {hypothesis!r}: {format_plausibility(now)}"

        return self._ledger.change(slug, edit, expecting(("hypothesis", hypothesis), expected))

    def settle(
        self,
        slug: str,
        hypothesis: str,
        verdict: Verdict,
        on: str | None = None,
        why: str = "",
        *,
        expected: Hypothesis | Anything,
    ) -> Change:
        """Write down how a hypothesis turned out, and why; empty opens it again. Without a day it was today.

        Raises:
            Refused: the day is still to come.
        """
        now = self._clock()
        day = now.strftime("%Y-%m-%d") if on is None else on
        # Tomorrow in UTC has begun already where clocks are ahead.
        if verdict and len(day) == len("2024-02-29") and day > (now + timedelta(days=1)).strftime("%Y-%m-%d"):
            raise Refused(f"{day} is still to come; expected the day on which it turned out, today at the latest")
        label = f"settled {hypothesis!r} as {verdict}" if verdict else f"opened {hypothesis!r} again"

        def edit(debate: Debate) -> tuple[Debate, str]:
            others = edits.made_false(debate, hypothesis) if verdict == "true" else ()
            also = f" and {', '.join(map(repr, others))} as false" if others else ""
            return edits.hypothesis_settled(debate, hypothesis, verdict, day), label + also

        seen = expecting(("hypothesis", hypothesis), expected)
        return self._ledger.change(slug, edit, seen, why=why.strip(), about=hypothesis)

    def rename_hypothesis(self, slug: str, hypothesis: str, new: str, *, expected: Hypothesis | Anything) -> Change:
        """Give a hypothesis another slug, wherever it is named."""
        return self._rename(slug, ("hypothesis", hypothesis), new, edits.hypothesis_renamed, expected)

    def remove_hypothesis(
        self, slug: str, hypothesis: str, *, expected: Hypothesis | Anything, along: bool = False
    ) -> Change:
        """Remove a hypothesis; what hangs on it goes along, or all is refused."""
        return self._change(
            slug,
            lambda debate: edits.hypothesis_removed(debate, hypothesis, along=along),
            f"removed the hypothesis {hypothesis!r}{how_removed(along=along)}",
            expecting(("hypothesis", hypothesis), expected),
            whole=True,
        )

    def merge_hypothesis(self, slug: str, hypothesis: str, into: str, *, expected: Hypothesis | Anything) -> Change:
        """Make one hypothesis part of another, which takes over what it lacks; `expected` is the one that goes."""
        return self._change(
            slug,
            lambda debate: edits.hypothesis_merged(debate, hypothesis, into),
            f"merged {hypothesis!r} into {into!r}",
            expecting(("hypothesis", hypothesis), expected),
            whole=True,
        )
