"""Evidence that is to count no more: retracted, and so still in sight, or removed for good."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from hypotheses.debate import Debate, Evidence
from hypotheses.edits import evidence_removed
from tui.dialogs.removing import Removing
from tui.session import StoreCall
from tui.widgets.button_row import KeyButton


class RemovingEvidence(Removing):
    """Offers to retract it instead, or to take that back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("r,enter", "retract", "Retract", show=False)]

    def __init__(self, debate: Debate, evidence: Evidence) -> None:
        """Ask what is to become of evidence."""

        def remove(along: bool) -> StoreCall:
            return lambda store, seen: store.remove_evidence(debate.slug, evidence.key, expected=seen, along=along)

        title = "Reinstate or remove?" if evidence.retracted else "Retract or remove?"
        try_it = partial(evidence_removed, debate, evidence.key)
        ratings = len(evidence.assessments)
        about = f"{evidence.key}\n{evidence.title}\nIt has {ratings} rating{'' if ratings == 1 else 's'}."
        super().__init__(title, about, try_it, remove, seen=evidence)
        again = "Reinstate" if evidence.retracted else "Retract"
        self.buttons = (KeyButton(again, "r"), KeyButton("Remove for good", "y"), KeyButton("Back", "escape"))
        self._slug = debate.slug
        self._evidence = evidence

    def action_retract(self) -> None:
        """Retract it, or reinstate it."""
        slug, key, retracted = self._slug, self._evidence.key, not self._evidence.retracted
        self.ask(lambda store, seen: store.retract_evidence(slug, key, retracted=retracted, expected=seen), self._seen)
