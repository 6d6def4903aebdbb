"""What each command does with what the cursor is on; mostly a dialog, whose saving is one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Debate, Evidence, Hypothesis
from tui import clipboard, program_actions
from tui.beginning.debates import open_debate
from tui.command_keys import with_keys
from tui.comments import actions as comments
from tui.conventions.actions import choose_convention
from tui.cruxes import actions as cruxes
from tui.debate import actions as debate_actions
from tui.debate import partings
from tui.debate.debate_form import edit_debate
from tui.debate.whole_debate import edit_whole
from tui.evidence import actions as evidence_actions
from tui.evidence import clusters
from tui.finding import find_anything
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
    """Edit the evidence, or else the explanation, in a form; of a cluster, its name."""
    if target.idea:
        app.refuse(with_keys("An idea stays as its reader sent it; {edit} edits an explanation or evidence"))
    elif target.cluster:
        clusters.rename_cluster(app, debate, target.cluster)
    elif target.evidence:
        evidence_actions.edit_evidence(app, debate, debate.evidence[target.evidence])
    else:
        debate_actions.edit_hypothesis(app, debate, debate.hypotheses[target.hypothesis])


def remove(app: Host, debate: Debate, target: Target) -> None:
    """Remove the evidence, or else the explanation, once it is seen what goes with it."""
    if target.idea:
        app.refuse(with_keys("An idea stays in the inbox; {remove} removes an explanation or evidence"))
    elif target.cluster:
        told = "A cluster goes with its findings; {remove} removes one of them, {merge} joins the cluster with another"
        app.refuse(with_keys(told))
    elif target.evidence:
        evidence_actions.remove(app, debate, debate.evidence[target.evidence])
    else:
        partings.remove_hypothesis(app, debate, debate.hypotheses[target.hypothesis])


def merge(app: Host, debate: Debate, target: Target) -> None:
    """Join the cluster with another, or else merge the explanation into another."""
    if target.cluster:
        clusters.join_cluster(app, debate, target.cluster)
    else:
        partings.merge_hypothesis(app, debate, debate.hypotheses[target.hypothesis])


ACTIONS: Final[Mapping[str, Action]] = {
    "plausibility": on_explanation(debate_actions.set_plausibility),
    "move_up": on_explanation(lambda app, debate, hypothesis: debate_actions.move(app, debate, hypothesis, -1)),
    "move_down": on_explanation(lambda app, debate, hypothesis: debate_actions.move(app, debate, hypothesis, 1)),
    "adopt": on_explanation(debate_actions.adopt),
    "differences": on_app(debate_actions.show_differences),
    "add": on_debate(debate_actions.add_hypothesis),
    "edit": edit,
    "remove": remove,
    "merge": merge,
    "edit_debate": on_debate(edit_debate),
    "edit_statement": on_explanation(debate_actions.edit_statement),
    "edit_whole": on_debate(edit_whole),
    "add_evidence": on_debate(evidence_actions.add_evidence),
    "attach_evidence": on_explanation(evidence_actions.attach_evidence),
    "view_evidence": lambda app, debate, target: evidence_actions.view_evidence(app, debate, target.evidence),
    "weigh": on_evidence(evidence_actions.weigh),
    "comment": on_target(comments.comment),
    "comment_rating": on_target(comments.comment_rating),
    "people": on_app(people.show_people),
    "settle": on_explanation(people.settle),
    "reckoning": on_app(people.show_reckoning),
    "submit_idea": inbox.submit_idea,
    "view_idea": inbox.view_idea,
    "cruxes": on_app(cruxes.show_cruxes),
    "convention": on_debate(choose_convention),
    "export": on_debate(program_actions.export),
    "picture": on_debate(program_actions.picture),
    "copy": clipboard.copy,
}
"""Command id -> what it does. Those that need a debate."""

PROGRAM: Final[Mapping[str, Callable[[Host], None]]] = {
    "help": program_actions.show_help,
    "palette": find_anything,
    "open_debate": open_debate,
    "theme": program_actions.theme,
}
"""Command id -> what it does. Those that need none."""
