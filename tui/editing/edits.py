"""What the editing keys open: each a dialog whose saving is one call of one store method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Debate, Hypothesis
from tui.editing import commenting, comparing, evidence, exporting, hypotheses, ideas

if TYPE_CHECKING:
    from tui.app import AbduceApp

OnDebate = Callable[["AbduceApp", Debate, "Hypothesis | None"], None]


def on_open(edit: Callable[[AbduceApp, Debate, Hypothesis], None]) -> OnDebate:
    """Return an edit that does nothing where no explanation is open."""

    def guarded(app: AbduceApp, debate: Debate, hypothesis: Hypothesis | None) -> None:
        if hypothesis is not None:
            edit(app, debate, hypothesis)

    return guarded


EDITS: Final[Mapping[str, OnDebate]] = {
    "plausibility": on_open(hypotheses.set_plausibility),
    "move_up": on_open(lambda app, debate, hypothesis: hypotheses.move(app, debate, hypothesis, -1)),
    "move_down": on_open(lambda app, debate, hypothesis: hypotheses.move(app, debate, hypothesis, 1)),
    "add_hypothesis": lambda app, debate, _: hypotheses.add_hypothesis(app, debate),
    "edit_hypothesis": on_open(hypotheses.edit_hypothesis),
    "edit_statement": on_open(hypotheses.edit_statement),
    "add_evidence": lambda app, debate, _: evidence.add_evidence(app, debate),
    "attach_evidence": on_open(evidence.attach_evidence),
    "submit_idea": ideas.submit_idea,
    "adopt": on_open(comparing.adopt),
    "differences": lambda app, *_: comparing.show_differences(app),
    "comment": lambda app, _, hypothesis: commenting.comment(app, hypothesis),
    "comment_rating": lambda app, _, hypothesis: commenting.comment_rating(app, hypothesis),
    "people": lambda app, *_: comparing.show_people(app),
    "settle": on_open(comparing.settle),
    "reckoning": lambda app, *_: comparing.show_reckoning(app),
    "export": lambda app, debate, _: exporting.export(app, debate),
}
"""Command id -> what it opens, given the debate as it is stored and the open explanation."""
