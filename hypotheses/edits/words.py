"""Whose words are whose: what somebody stated, rated or said is theirs to change, however it is edited."""

from __future__ import annotations

from hypotheses.debate import Debate
from hypotheses.people import named, statements, views
from hypotheses.problems import Refused


def leave_to_others(before: Debate, after: Debate, person: str, author: str) -> None:
    """Require that an edit of a whole debate changes nobody else's plausibility, rating or comment.

    Args:
        before: The debate.
        after: What it is to be.
        person: Who edits it, by the name under which their words stand in it; empty for its owner.
        author: The name under which they comment.

    Raises:
        Refused: it changes something of somebody else's, or takes it away from where it stands.
    """
    for slug in before.hypotheses.keys() & after.hypotheses.keys():
        then, now = (statements(each.hypotheses[slug]) for each in (before, after))
        for by, stated in then.items():
            if by != person and (by not in now or now[by].plausibility != stated.plausibility):
                raise Refused(f"what the explanation {slug!r} is stated to be is {_whose(before, by)}")
    for key in before.evidence.keys() & after.evidence.keys():
        cells, others = (each.evidence[key].assessments for each in (before, after))
        for slug in cells.keys() & after.hypotheses.keys():
            rated = views(others[slug]) if slug in others else {}
            for by, view in views(cells[slug]).items():
                if by != person and rated.get(by) != view:
                    raise Refused(f"the rating of {key!r} for {slug!r} is {_whose(before, by)}")
    for number, comment in before.comments.items():
        said = after.comments.get(number)
        there = (
            (not comment.hypothesis or comment.hypothesis in after.hypotheses)
            and (not comment.evidence or comment.evidence in after.evidence)
            and (not comment.idea or comment.idea in after.ideas)
        )
        if comment.by != author and said != comment and (said is not None or there):
            raise Refused(f"comment {number} is {_whose(before, comment.by)}")


def _whose(debate: Debate, by: str) -> str:
    return f"{named(debate, by)}'s; expected your own words to be changed only"
