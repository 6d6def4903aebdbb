"""What the cursor is on, copied in words; where it is on nothing, the table of the explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.doubted import Doubted
from hypotheses.idea import Idea
from hypotheses.ranking import format_plausibility, format_span, ranked, word
from hypotheses.ratios import format_rating
from hypotheses.reports.text import words
from tui.number_text import amount
from tui.screens import Typing
from tui.terminal.clean import clean_text

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.host import Host, Target
    from tui.says import Says

MOST_TOLD: Final = 60
"""Characters of what was copied that are told."""


def copy(app: Host, debate: Debate, target: Target) -> None:
    """Send it to the terminal's clipboard; whether that takes it, nobody is told."""
    copied = app.screen.copied if isinstance(app.screen, Typing) else ""
    if not copied and app.trial is not None and app.debate is not None:
        copied = f"{in_words(app.debate, target, app.estimates, app.says)}\nTried, not saved: {app.trial.sentence}"
    send(app, copied or in_words(debate, target, app.estimates, app.says))


def send(app: Host, text: str) -> None:
    """Send a text to the terminal's clipboard, without what acts on a terminal, and say which."""
    text = clean_text(text, multiline=True)
    app.copy_to_clipboard(text)
    first, _, rest = text.partition("\n")
    told = first if len(first) <= MOST_TOLD and not rest else f"{first[:MOST_TOLD].rstrip()} …"
    app.notify(f"Copied: {told} (sent to the terminal)", markup=False)


def in_words(debate: Debate, target: Target, estimates: Estimates | None, kept: Says) -> str:
    """Write out what the cursor is on."""
    if target.idea:
        return _idea(debate.ideas[target.idea])
    if target.is_rating:
        hypothesis, evidence = debate.hypotheses[target.hypothesis], debate.evidence[target.evidence]
        return _rating(hypothesis, evidence, evidence.assessments.get(hypothesis.slug))
    if target.evidence:
        return _evidence(debate.evidence[target.evidence])
    if target.cluster:
        return _cluster(debate, target.cluster)
    says = kept.of(debate)
    if target.hypothesis:
        return _hypothesis(debate, debate.hypotheses[target.hypothesis], says, estimates)
    return _table(debate, says, estimates)


def _hypothesis(debate: Debate, one: Hypothesis, says: Doubted, estimates: Estimates | None) -> str:
    """Write a line of Markdown with the figures, and the statement."""
    said = f"**{words(one.title)}**: {format_plausibility(one.plausibility)}, {word(one.plausibility)}"
    evidence, left = _evidence_says(one, says), _left(debate, one, estimates)
    figures = [said, f"the evidence says {evidence}" if evidence else "", f"leaves {left}" if left else ""]
    return _lines("; ".join(filter(None, figures)), f"\n{one.statement}" if one.statement else "")


def _table(debate: Debate, says: Doubted, estimates: Estimates | None) -> str:
    """Write the explanations as a table of Markdown, as they are ranked."""
    rows = [["", "Explanation", "You say", "The evidence says", "Leaves"], ["---:", "---", "---:", "---:", "---:"]]
    for rank, one in enumerate(ranked(debate), 1):
        figures = [format_plausibility(one.plausibility), _evidence_says(one, says), _left(debate, one, estimates)]
        rows.append([str(rank), words(one.title), *figures])
    return _lines(f"{words(debate.title)}\n", *(f"| {' | '.join(row)} |" for row in rows))


def _evidence_says(one: Hypothesis, says: Doubted) -> str:
    """Write what the evidence implies, with its span."""
    implied = says.rated.implied.get(one.slug)
    if implied is None:
        return ""
    span = format_span(says.span(one.slug))
    return f"{format_plausibility(implied)} ({span})" if span else format_plausibility(implied)


def _left(debate: Debate, one: Hypothesis, estimates: Estimates | None) -> str:
    """Write what would be left of the headline gap."""
    gap = debate.headline
    estimate = estimates.gaps.get(gap.symbol) if estimates and gap else None
    under = estimate.under.get(one.slug) if estimate is not None else None
    if gap is None or estimate is None or under is None or estimate.now is None:
        return ""
    return f"{amount(gap, under.median)} of {amount(gap, estimate.now.median)} {gap.unit}"


def _cluster(debate: Debate, name: str) -> str:
    items = [each for each in debate.evidence.values() if each.cluster == name]
    return _lines(f"{name}: {len(items)} findings", *(f"- {_cited(each)}" for each in items))


def _evidence(one: Evidence) -> str:
    link = one.url or (f"https://doi.org/{one.doi}" if one.doi else "")
    return _lines(_cited(one), link, one.finding)


def _cited(one: Evidence) -> str:
    about = ". ".join(part for part in (", ".join(one.authors), one.title, one.source, one.date) if part)
    return f"{about} [{one.key}]"


def _rating(hypothesis: Hypothesis, evidence: Evidence, cell: Assessment | None) -> str:
    rating = format_rating(cell) if cell else "no view"
    return _lines(f"{evidence.title} [{evidence.key}], for {hypothesis.title}: {rating}", cell.why if cell else "")


def _idea(one: Idea) -> str:
    return _lines(f"Idea {one.number}: {one.title}", one.text, f"From {one.named_sender}" if one.named_sender else "")


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
