"""What the keys open about comments: the thread on what the cursor is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.comments.thread import Thread

if TYPE_CHECKING:
    from tui.host import Host, Target


def comment(app: Host, target: Target) -> None:
    """Open the comments on an idea, a rating, evidence, or else the explanation."""
    if target.idea:
        _open(app, idea=target.idea)
    elif target.is_rating:
        comment_rating(app, target)
    elif target.evidence:
        _open(app, evidence=target.evidence)
    else:
        _open(app, hypothesis=target.hypothesis)


def comment_rating(app: Host, target: Target) -> None:
    """Open the comments on what the evidence says of the explanation."""
    _open(app, hypothesis=target.hypothesis, evidence=target.evidence)


def _open(app: Host, *, hypothesis: str = "", evidence: str = "", idea: int = 0) -> None:
    if app.debate is not None:
        app.push_screen(Thread(app.debate, (hypothesis, evidence, idea)))
