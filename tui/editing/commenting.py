"""Comments: how many there are on a thing, and the thread that a key opens."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from textual.content import Content

from hypotheses.debate import Comment, Debate, Evidence, Hypothesis, Idea

if TYPE_CHECKING:
    from tui.app import AbduceApp

About = tuple[str, str, int]
"""What a comment is on: hypothesis, evidence and idea; the first two together are a cell."""


def about(comment: Comment) -> About:
    """Say what a comment is on."""
    return comment.hypothesis, comment.evidence, comment.idea


def counts(debate: Debate) -> Counter[About]:
    """Count the comments on everything that has some."""
    return Counter(map(about, debate.comments.values()))


def mark(number: int) -> Content:
    """Draw how many comments there are; nothing for none."""
    return Content.styled(f" ✎{number}", "$text-accent") if number else Content("")


def subject(debate: Debate, on: About) -> str:
    """Name what comments are on."""
    slug, key, number = on
    hypothesis, evidence, idea = debate.hypotheses.get(slug), debate.evidence.get(key), debate.ideas.get(number)
    title = hypothesis.title if hypothesis else slug
    if key:
        return f"{key} for: {title}" if slug else f"{key}: {evidence.title}" if evidence else key
    return title or (f"idea {number}: {idea.title}" if idea else f"idea {number}")


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
    from tui.screens.debate import DebateScreen  # noqa: PLC0415 - whose widgets show how many comments there are

    return app.screen.chosen if isinstance(app.screen, DebateScreen) else None
