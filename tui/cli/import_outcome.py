"""What became of a file that was taken in, or would become of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Debate
from hypotheses.idea import Idea
from store.intake.arriving import is_cut
from tui.cli.failures import say
from tui.cli.output import TableColumn, counted, write, write_table
from tui.cli.taking_in import tell_rejected, tell_taken

if TYPE_CHECKING:
    from store.incoming import Note
    from store.intake.arriving import Rejected
    from store.references.plan import Plan

MOST_TOLD: Final = 20
"""So many notes of a file are told one by one; JSON has all of them."""
CONFLICTING: Final = "conflicting"
_FIELDS_TOLD: Final = 8


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    file: str
    kind: str
    debate: str
    told: str
    """The file and the debate, and how many of what were taken in."""
    notes: tuple[Note, ...] = ()
    unused: Mapping[str, int] = field(default_factory=dict)
    """Field of the file that nothing was made of -> how many entries have it."""
    plan: Plan | None = None
    """What its references became."""
    filled: bool = False
    """Whether evidence that was there was given what it lacked."""
    changes: tuple[str, ...] = ()
    """What is another in a debate that was there, a line for each part; `CONFLICTING` if it was changed here, too."""
    warnings: tuple[str, ...] = ()
    """What deserves a second look in a debate that came in."""
    rejected: tuple[Rejected, ...] = ()
    """What is no idea."""
    ideas: tuple[Idea, ...] = ()
    """What is in the inbox now."""
    is_vain: bool = False
    """Whether nothing was news; what there was to tell was told when it came in."""

    def tell(self, *, dry_run: bool, in_json: bool) -> None:
        """Say it, and list the evidence of a dry run."""
        tell_rejected(self.rejected, dry_run=dry_run)
        if not in_json:
            tell_taken(self.ideas, dry_run=dry_run)
            _tell_some([f"{note.problem(self.file)}" for note in self.notes])
            if dry_run and self.changes:
                write("\n".join(self.changes))
            elif not dry_run:
                # What a whole file has changed its giver knows; not what has changed in Zotero.
                _tell_some([line for line in self.changes if self.plan or line.startswith(CONFLICTING)])
            if self.plan:
                self._tell_plan(self.plan, dry_run=dry_run)
            if self.unused:
                say(f"{self.file}: not used: {_counted(self.unused)}")
        say(f"{'would import' if dry_run else 'imported'} {self.told}")
        for warning in self.warnings:
            say(warning)

    def _tell_plan(self, plan: Plan, *, dry_run: bool) -> None:
        _tell_some([f"skipped {each.reference.name}: {each.why}" for each in plan.known])
        _tell_some(
            [
                f"{self.file}:{each.line}: the {each.field} of {each.key!r} is {each.theirs!r} in the file; "
                f"{each.ours!r} stays"
                for each in plan.differences
            ]
        )
        if plan.lacking and not self.filled:
            say(f"--fill would fill in what is empty of {_listed(list(plan.lacking))}")
        if dry_run:
            columns = [TableColumn("Evidence"), TableColumn("Date", roomy=True), TableColumn("Title", fold=True)]
            write_table(columns, [(each.key, each.date, each.title) for each in plan.fresh])


def counts(debate: Debate) -> str:
    """Write how much there is in a debate."""
    explanations, evidence = len(debate.hypotheses), len(debate.evidence)
    return f"{counted(explanations, 'explanation')}, {counted(evidence, 'item', 'evidence')}"


def outcome_json(outcome: Outcome) -> dict[str, object]:
    """Return an outcome as JSON has it."""
    shape: dict[str, object] = {"file": outcome.file, "kind": outcome.kind, "debate": outcome.debate}
    if plan := outcome.plan:
        shape |= {
            "new": [{"key": each.key, "title": each.title} for each in plan.fresh],
            "there": [
                {"line": each.reference.line, "name": each.reference.name, "key": each.key, "why": each.why}
                for each in plan.known
            ],
            "lacking": {key: sorted(fields) for key, fields in plan.lacking.items()},
            "filled": outcome.filled,
            "conflicting": [
                {"line": each.line, "key": each.key, "field": each.field, "here": each.ours, "file": each.theirs}
                for each in plan.differences
            ],
        }
    shape["changes"] = list(outcome.changes)
    shape["notes"] = [{"line": note.line, "kind": note.kind, "text": note.text} for note in outcome.notes]
    shape["unused"] = dict(outcome.unused)
    shape["ideas"] = [{"number": each.number, "title": each.title, "cut": is_cut(each)} for each in outcome.ideas]
    shape["rejected"] = [{"where": each.where, "reason": each.reason} for each in outcome.rejected]
    shape["warnings"] = list(outcome.warnings)
    return shape


def _tell_some(sentences: Sequence[str]) -> None:
    for sentence in sentences[:MOST_TOLD]:
        say(sentence)
    if len(sentences) > MOST_TOLD:
        say(f"… and {len(sentences) - MOST_TOLD:,} more like these; --json tells all")


def _counted(counts: Mapping[str, int]) -> str:
    shown = [f"{name} ({count:,})" for name, count in list(counts.items())[:_FIELDS_TOLD]]
    more = len(counts) - len(shown)
    return ", ".join(shown) + (f" and {more} more fields" if more else "")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name) for name in names[:5])
    return f"{shown} and {len(names) - 5:,} more" if len(names) > 5 else shown
