"""Comments: what each is on, and how many there are on a thing."""

from __future__ import annotations

from collections import Counter

from textual.content import Content

from hypotheses.debate import Comment, Debate

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
    return Content.styled(f" ✎{number}", "$you") if number else Content("")


def subject(debate: Debate, on: About) -> str:
    """Name what comments are on."""
    slug, key, number = on
    hypothesis, evidence, idea = debate.hypotheses.get(slug), debate.evidence.get(key), debate.ideas.get(number)
    title = hypothesis.title if hypothesis else slug
    if key:
        return f"{key} for: {title}" if slug else f"{key}: {evidence.title}" if evidence else key
    return title or (f"idea {number}: {idea.title}" if idea else f"idea {number}")
