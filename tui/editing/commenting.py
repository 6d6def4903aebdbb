"""What the keys open about comments: the thread on what is under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.debate import Evidence, Hypothesis, Idea

if TYPE_CHECKING:
    from tui.app import AbduceApp


def open_thread(app: AbduceApp, *, hypothesis: str = "", evidence: str = "", idea: int = 0) -> None:
    """Open the comments on a hypothesis, evidence, a cell (give both) or an idea."""
    from tui.dialogs.thread import Thread  # noqa: PLC0415 - dialogs are loaded when the first is opened

    if app.debate is not None:
        app.push_screen(Thread(app.debate, (hypothesis, evidence, idea)))


def comment(app: AbduceApp, hypothesis: Hypothesis | None) -> None:
    """Open the comments on what is under the cursor: evidence or an idea, else the explanation."""
    chosen = chosen_on(app)
    if isinstance(chosen, Evidence):
        open_thread(app, evidence=chosen.key)
    elif isinstance(chosen, Idea):
        open_thread(app, idea=chosen.number)
    elif hypothesis is not None:
        open_thread(app, hypothesis=hypothesis.slug)


def comment_rating(app: AbduceApp, hypothesis: Hypothesis | None) -> None:
    """Open the comments on what the evidence under the cursor says of the open explanation."""
    evidence = chosen_on(app)
    if isinstance(evidence, Evidence) and hypothesis is not None:
        open_thread(app, hypothesis=hypothesis.slug, evidence=evidence.key)
    else:
        app.notify("Choose a piece of evidence in the Evidence tab first: W is about its rating.", markup=False)


def chosen_on(app: AbduceApp) -> Evidence | Idea | None:
    """Return what is under the cursor of the open tab."""
    from tui.screens.debate import DebateScreen  # noqa: PLC0415 - which opens what is here

    return app.screen.chosen if isinstance(app.screen, DebateScreen) else None
