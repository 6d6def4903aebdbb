"""How a page ends: the call for ideas, who asked, and how the figures are meant."""

from __future__ import annotations

from collections.abc import Iterator

from hypotheses.debate import Debate
from hypotheses.edits import thanks
from hypotheses.idea import Idea
from hypotheses.reports.links import safe_url
from hypotheses.reports.report import Report, count
from hypotheses.reports.text import ended, inert, words


def readers_ideas(debate: Debate) -> Iterator[str]:
    """Yield what became of readers' ideas, and the call for more; the made-up examples of a debate are no ideas."""
    ideas = [idea for idea in debate.ideas.values() if not idea.example]
    waiting = sum(idea.is_open for idea in ideas)
    if waiting:
        yield f"{count(waiting, 'idea')} from readers {'waits' if waiting == 1 else 'wait'} to be looked at."
    taken = [idea for idea in ideas if idea.status in ("accepted", "merged")]
    if taken:
        yield "Taken up, with thanks:"
        yield "\n".join(_taken_up(debate, idea) for idea in taken)
    yield "If you have an idea or evidence either way, send it in."


def _taken_up(debate: Debate, idea: Idea) -> str:
    """Write what an idea is called, whom it is from if they gave a name and may be named, and what it became."""
    sender = thanks([idea])
    by = f" (from {inert(sender)})" if sender else ""
    kind, _, name = idea.became[0].partition(":") if idea.became else ("", "", "")
    made = debate.hypotheses.get(name) if kind == "hypothesis" else None
    made_evidence = debate.evidence.get(name) if kind == "evidence" else None
    now = next((one.title for one in (made, made_evidence) if one is not None), "")
    part = "now" if idea.status == "accepted" else "now part of"
    became = f", {part} *{words(now)}*" if now and now != idea.title else ""
    return f"- {inert(idea.title)}{by}{became}"


def attribution(report: Report) -> str:
    """Say who asked the question, where unless sources are left out, and how the evidence was weighed."""
    debate = report.debate
    judged = "How far a finding moves an explanation is a judgement." if debate.evidence else ""
    source = "" if report.style.cites == "none" else debate.source
    return " ".join(filter(None, (_asked(debate.author, source), judged, "Written with Abduce.")))


def _asked(author: str, source: str) -> str:
    by, link = f" by {words(author)}" if author else "", safe_url(source)
    place = f" in <{link}>" if link else ""
    asked = ended(f"The question was asked{by}{place}") if by or place else ""
    named = f"Source: {ended(words(source))}" if source and not link else ""
    return " ".join(filter(None, (asked, named)))
