"""What the cursor is on, copied in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis, Idea
from hypotheses.ranking import format_plausibility
from hypotheses.ratios import format_rating
from tui.terminal.clean import clean_text

if TYPE_CHECKING:
    from tui.host import Host, Target


def copy(app: Host, debate: Debate, target: Target) -> None:
    """Send it to the terminal's clipboard; whether that takes it, nobody is told."""
    app.copy_to_clipboard(clean_text(in_words(debate, target), multiline=True))
    app.notify("Sent to the clipboard.", markup=False)


def in_words(debate: Debate, target: Target) -> str:
    """Write out what the cursor is on."""
    if target.idea:
        return _idea(debate.ideas[target.idea])
    if target.is_rating:
        hypothesis, evidence = debate.hypotheses[target.hypothesis], debate.evidence[target.evidence]
        return _rating(hypothesis, evidence, evidence.assessments.get(hypothesis.slug))
    if target.evidence:
        return _evidence(debate.evidence[target.evidence])
    return _hypothesis(debate.hypotheses[target.hypothesis])


def _hypothesis(one: Hypothesis) -> str:
    return _lines(f"{one.title} ({format_plausibility(one.plausibility)})", one.statement)


def _evidence(one: Evidence) -> str:
    names = ", ".join(one.authors)
    link = one.url or (f"https://doi.org/{one.doi}" if one.doi else "")
    about = ". ".join(part for part in (names, one.title, one.source, one.date) if part)
    return _lines(f"{about} [{one.key}]", link, one.finding)


def _rating(hypothesis: Hypothesis, evidence: Evidence, cell: Assessment | None) -> str:
    rating = format_rating(cell) if cell else "no view"
    return _lines(f"{evidence.title} [{evidence.key}], for {hypothesis.title}: {rating}", cell.why if cell else "")


def _idea(one: Idea) -> str:
    return _lines(f"Idea {one.number}: {one.title}", one.text, f"From {one.sender}" if one.sender else "")


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
