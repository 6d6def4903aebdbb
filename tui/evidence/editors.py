"""How a filled-in form of evidence, or of one rating, becomes a change of what it says else than was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, cast

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.edits import EvidenceFields, assessed, evidence_edited
from tui.dialogs.form_field import FormField, Texts
from tui.evidence.fields import evidence_fields, rating_fields, read_assessments, read_evidence
from tui.session import StoreCall

SET = tuple(each.name for each in fields(Evidence) if each.name not in ("key", "retracted", "assessments"))
"""What a form of evidence sets, the ratings aside."""


class EvidenceEditor:
    """Edits evidence, its ratings among the rest, in a form."""

    moves_figures = True

    def __init__(self, debate: Debate, evidence: Evidence) -> None:
        self._debate = debate
        self._now = evidence

    def fields(self) -> list[FormField]:
        """Return all that is known of it, and a rating per explanation."""
        return evidence_fields(self._debate, self._now)

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set what says something else than was seen; what is not touched keeps its exact value."""
        slug, key = self._debate.slug, self._now.key
        was, changed = self._changed(texts, seen)
        return lambda store, expected: store.edit_evidence(slug, key, expected=expected, **changed), was

    def would(self, debate: Debate, texts: Texts, seen: Texts) -> Debate:
        """Return a debate with the change in it."""
        return evidence_edited(debate, self._now.key, self._changed(texts, seen)[1])

    def _changed(self, texts: Texts, seen: Texts) -> tuple[Evidence, EvidenceFields]:
        """Return the evidence as it was seen, and what says something else."""
        # What the form makes of what stands there itself: an author's name with a comma in it reads as two.
        stands, before, after = (read_evidence(self._debate, each, self._now) for each in (self._texts(), seen, texts))
        was = replace(
            self._now,
            **_different(before, stands),
            assessments=_cells(self._now.assessments, stands.assessments, before.assessments),
        )
        changed = cast("EvidenceFields", _different(after, before))
        if after.assessments != before.assessments:
            changed["assessments"] = _cells(was.assessments, before.assessments, after.assessments)
        return was, changed

    def moved_to(self, theirs: Evidence) -> Texts:
        """Go on with theirs."""
        self._now = theirs
        return self._texts()

    def _texts(self) -> dict[str, str]:
        return {one.name: one.value for one in self.fields()}


def _different(one: Evidence, other: Evidence) -> dict[str, Any]:
    return {name: getattr(one, name) for name in SET if getattr(one, name) != getattr(other, name)}


def _cells(
    stand: Mapping[str, Assessment], before: Mapping[str, Assessment], after: Mapping[str, Assessment]
) -> dict[str, Assessment]:
    """Change of the cells that stand there only those that differ between two readings of the form."""
    cells = {slug: cell for slug, cell in stand.items() if slug in after or slug not in before}
    return cells | {slug: cell for slug, cell in after.items() if cell != before.get(slug)}


class RatingEditor:
    """Edits one cell of the matrix, the rating with its reason, in a form."""

    moves_figures = True

    def __init__(self, debate: Debate, key: str, hypothesis: Hypothesis, cell: Assessment | None) -> None:
        self._debate = debate
        self._key = key
        self._hypothesis = hypothesis
        self._now = cell

    def fields(self) -> list[FormField]:
        """Return the rating, and its reason."""
        rating, why = rating_fields(self._hypothesis, self._now)
        return [replace(rating, label="Rating"), replace(why, label="Why")]

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set the cell; an empty rating makes it blank."""
        slug, key, name = self._debate.slug, self._key, self._hypothesis.slug
        stands = {one.name: one.value for one in self.fields()}
        was = self._now if seen == stands else self._read(seen)
        cell = self._read(texts)
        return lambda store, expected: store.assess(slug, key, name, cell, expected=expected), was

    def would(self, debate: Debate, texts: Texts, seen: Texts) -> Debate:
        """Return a debate with the cell set."""
        return assessed(debate, self._key, self._hypothesis.slug, self._read(texts))

    def _read(self, texts: Texts) -> Assessment | None:
        return read_assessments([self._hypothesis], texts).get(self._hypothesis.slug)

    def moved_to(self, theirs: Assessment | None) -> Texts:
        """Go on with theirs."""
        self._now = theirs
        return {one.name: one.value for one in self.fields()}
