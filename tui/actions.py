"""What each command does with what the cursor is on; mostly a dialog, whose saving is one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Debate, Evidence, Hypothesis
from tui import clipboard, program_actions
from tui.comments import actions as comments
from tui.cruxes import actions as cruxes
from tui.debate import actions as debate_actions
from tui.evidence import actions as evidence_actions
from tui.inbox import actions as inbox
from tui.people import actions as people

if TYPE_CHECKING:
    from tui.host import Host, Target

Action = Callable[["Host", Debate, "Target"], None]
"""Given the debate as it is stored, and what the cursor is on: the command says that what it needs is there."""


def on_explanation(do: Callable[[Host, Debate, Hypothesis], None]) -> Action:
    """Return an action on the explanation."""
    return lambda app, debate, target: do(app, debate, debate.hypotheses[target.hypothesis])


def on_evidence(do: Callable[[Host, Debate, Evidence], None]) -> Action:
    """Return an action on the evidence."""
    return lambda app, debate, target: do(app, debate, debate.evidence[target.evidence])


def on_app(do: Callable[[Host], None]) -> Action:
    """Return an action that looks at the debate as it is on screen."""
    return lambda app, *_: do(app)


def on_target(do: Callable[[Host, Target], None]) -> Action:
    """Return an action on what the cursor is on, as it is on screen."""
    return lambda app, _, target: do(app, target)


def on_debate(do: Callable[[Host, Debate], None]) -> Action:
    """Return an action on the debate."""
    return lambda app, debate, _: do(app, debate)


def edit(app: Host, debate: Debate, target: Target) -> None:
    """Edit the evidence, or else the explanation, in a form."""
    if target.idea:
        app.refuse("An idea stays as its reader sent it; e edits an explanation or evidence")
    elif target.evidence:
        evidence_actions.edit_evidence(app, debate, debate.evidence[target.evidence])
    else:
        debate_actions.edit_hypothesis(app, debate, debate.hypotheses[target.hypothesis])


ACTIONS: Final[Mapping[str, Action]] = {
    "plausibility": on_explanation(debate_actions.set_plausibility),
    "move_up": on_explanation(lambda app, debate, hypothesis: debate_actions.move(app, debate, hypothesis, -1)),
    "move_down": on_explanation(lambda app, debate, hypothesis: debate_actions.move(app, debate, hypothesis, 1)),
    "adopt": on_explanation(debate_actions.adopt),
    "differences": on_app(debate_actions.show_differences),
    "add_hypothesis": on_debate(debate_actions.add_hypothesis),
    "edit": edit,
    "edit_statement": on_explanation(debate_actions.edit_statement),
    "add_evidence": on_debate(evidence_actions.add_evidence),
    "attach_evidence": on_explanation(evidence_actions.attach_evidence),
    "view_evidence": lambda app, debate, target: evidence_actions.view_evidence(app, debate, target.evidence),
    "weigh": on_evidence(evidence_actions.weigh),
    "retract": on_evidence(evidence_actions.retract),
    "comment": on_target(comments.comment),
    "comment_rating": on_target(comments.comment_rating),
    "people": on_app(people.show_people),
    "settle": on_explanation(people.settle),
    "reckoning": on_app(people.show_reckoning),
    "submit_idea": inbox.submit_idea,
    "view_idea": inbox.view_idea,
    "cruxes": on_app(cruxes.show_cruxes),
    "convention": on_debate(program_actions.convention),
    "export": on_debate(program_actions.export),
    "copy": clipboard.copy,
}
"""Command id -> what it does. Those that need a debate."""

PROGRAM: Final[Mapping[str, Callable[[Host], None]]] = {
    "help": program_actions.show_help,
    "palette": program_actions.palette,
    "open_debate": program_actions.open_debate,
    "theme": program_actions.theme,
}
"""Command id -> what it does. Those that need none."""
