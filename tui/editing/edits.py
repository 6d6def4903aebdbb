"""What the editing keys open: each a dialog whose saving is one call of one store method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Hypothesis
from tui.editing import commenting, comparing, evidence, exporting, hypotheses, ideas

if TYPE_CHECKING:
    from tui.app import AbduceApp


def on_open(edit: Callable[[AbduceApp, Hypothesis], None]) -> Callable[[AbduceApp, Hypothesis | None], None]:
    """Return an edit that does nothing where no explanation is open."""

    def guarded(app: AbduceApp, hypothesis: Hypothesis | None) -> None:
        if hypothesis is not None:
            edit(app, hypothesis)

    return guarded


EDITS: Final[Mapping[str, Callable[[AbduceApp, Hypothesis | None], None]]] = {
    "plausibility": on_open(hypotheses.set_plausibility),
    "move_up": on_open(lambda app, hypothesis: hypotheses.move(app, hypothesis, -1)),
    "move_down": on_open(lambda app, hypothesis: hypotheses.move(app, hypothesis, 1)),
    "add_hypothesis": lambda app, _: hypotheses.add_hypothesis(app),
    "edit_hypothesis": on_open(hypotheses.edit_hypothesis),
    "edit_statement": on_open(hypotheses.edit_statement),
    "add_evidence": lambda app, _: evidence.add_evidence(app),
    "attach_evidence": on_open(evidence.attach_evidence),
    "submit_idea": ideas.submit_idea,
    "adopt": on_open(comparing.adopt),
    "differences": lambda app, _: comparing.show_differences(app),
    "comment": commenting.comment,
    "comment_rating": commenting.comment_rating,
    "people": lambda app, _: comparing.show_people(app),
    "settle": on_open(comparing.settle),
    "reckoning": lambda app, _: comparing.show_reckoning(app),
    "export": lambda app, _: exporting.export(app),
}
"""Command id -> what it opens, given the open explanation."""
