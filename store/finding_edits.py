"""The part of the door for evidence, its ratings and its clusters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Unpack

from hypotheses import edits
from hypotheses.debate import Assessment, Debate, Evidence
from hypotheses.edits import EvidenceFields
from store.conflicts import expecting, expecting_all
from store.door import Door, how_removed, names_of
from store.entries import Change
from store.expected import Anything


class FindingEdits(Door):
    """Changes of evidence, each one entry."""

    # Evidence

    def add_evidence(self, slug: str, evidence: Evidence) -> Change:
        """Add evidence, with its assessments."""
        return self._ledger.change(
            slug, lambda debate: (edits.evidence_added(debate, evidence), f"added the evidence {evidence.key!r}"), ()
        )

    def add_evidence_items(
        self,
        slug: str,
        items: Iterable[Evidence],
        label: str,
        lacking: Mapping[str, EvidenceFields] | None = None,
    ) -> Change:
        """Add many items of evidence as one change, and fill in what others lack; all of them or none.

        What is not empty stays, so that nobody's words are lost.
        """
        return self._ledger.change(
            slug, lambda debate: (edits.evidence_items_added(debate, items, lacking or {}), label), ()
        )

    def renew_evidence(
        self,
        slug: str,
        fresh: Iterable[Evidence],
        changed: Mapping[str, EvidenceFields],
        label: str,
        *,
        expected: Debate | Anything,
    ) -> Change:
        """Add evidence and set fields of other evidence, as where it comes from says now: one change."""

        def edit(debate: Debate) -> Debate:
            after = edits.evidence_items_added(debate, fresh)
            for key, fields in changed.items():
                after = edits.evidence_edited(after, key, fields)
            return after

        return self._change(slug, edit, label, expecting_all("evidence", expected))

    def edit_evidence(
        self, slug: str, key: str, why: str = "", *, expected: Evidence | Anything, **fields: Unpack[EvidenceFields]
    ) -> Change:
        """Set fields of evidence, for a reason."""
        return self._change(
            slug,
            lambda debate: edits.evidence_edited(debate, key, fields),
            f"edited the {names_of(fields)} of {key!r}",
            expecting(("evidence", key), expected),
            why.strip(),
        )

    def assess(
        self,
        slug: str,
        key: str,
        hypothesis: str,
        assessment: Assessment | None,
        *,
        expected: Assessment | Anything | None,
    ) -> Change:
        """Fill one cell of the matrix; None clears it, and an `expected` of None means that it was blank."""
        did = "cleared" if assessment is None else "set"
        return self._ledger.change(
            slug,
            lambda debate: (
                edits.assessed(debate, key, hypothesis, assessment),
                f"{did} the assessment of {key!r} under {hypothesis!r}",
            ),
            expecting(("evidence", key), expected, hypothesis),
        )

    def retract_evidence(
        self, slug: str, key: str, *, expected: Evidence | Anything, retracted: bool = True, note: str = ""
    ) -> Change:
        """Mark evidence as retracted, or take that back; the note is added to the one it has."""
        did = "retracted" if retracted else "reinstated"
        return self._ledger.change(
            slug,
            lambda debate: (
                edits.evidence_retracted(debate, key, retracted=retracted, note=note),
                f"{did} the evidence {key!r}",
            ),
            expecting(("evidence", key), expected),
        )

    def rename_evidence(self, slug: str, key: str, new: str, *, expected: Evidence | Anything) -> Change:
        """Give evidence another key, wherever it is named."""
        return self._rename(slug, ("evidence", key), new, edits.evidence_renamed, expected)

    def remove_evidence(self, slug: str, key: str, *, expected: Evidence | Anything, along: bool = False) -> Change:
        """Remove evidence; what hangs on it goes along, or all is refused."""
        return self._change(
            slug,
            lambda debate: edits.evidence_removed(debate, key, along=along),
            f"removed the evidence {key!r}{how_removed(along=along)}",
            expecting(("evidence", key), expected),
            whole=True,
        )

    def rename_cluster(self, slug: str, name: str, new: str, *, expected: Debate | Anything) -> Change:
        """Call a cluster otherwise."""
        return self._change(
            slug,
            lambda debate: edits.cluster_renamed(debate, name, new),
            f"renamed the cluster {name!r} to {new!r}",
            expecting_all("evidence", expected),
        )

    def join_clusters(self, slug: str, names: Collection[str], into: str, *, expected: Debate | Anything) -> Change:
        """Put the evidence of some clusters into another one."""
        return self._change(
            slug,
            lambda debate: edits.clusters_joined(debate, names, into),
            f"joined the cluster {' and '.join(map(repr, names))} with {into!r}",
            expecting_all("evidence", expected),
        )
