"""One idea in words: what was sent, what it looks like, what taking it up would do, what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from hypotheses.alike import Likeness
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.edits import evidence_added, hypothesis_added, slug_for
from hypotheses.idea import Idea
from hypotheses.ranking import ranked
from tui.dialogs.if_saved import moves
from tui.inbox.inbox_list import age, kind_of, whose
from tui.says import Says
from tui.terminal.clean import content
from tui.widgets.preview import preview

Preview = tuple[str, Content]
"""As what an idea can be taken up, and what that would do."""


def previews(debate: Debate, idea: Idea, says: Says) -> list[Preview]:
    """Say for each way to take an idea up what it would do, by the functions that do it."""
    about = debate.hypotheses.get(idea.hypothesis)
    order = [each.slug for each in ranked(debate)]
    slug = slug_for(idea.title, debate.hypotheses, "explanation")
    added = hypothesis_added(debate, Hypothesis(slug, idea.title, placeholder=True))
    as_explanation = Content.assemble(_told(debate, added, says), ("; it acts on no number yet", "$label"))
    if about is not None:
        key = slug_for(idea.title, debate.evidence, "evidence")
        rated = evidence_added(debate, Evidence(key, idea.title, assessments={about.slug: Assessment(3.0)}))
        rank = order.index(about.slug) + 1
        as_evidence = Content.assemble((f"with ×3 for {rank}: ", "$label"), _told(debate, rated, says))
        on = Content.styled(f"on {rank}; changes no figure", "$label")
    else:
        as_evidence = Content.styled("unrated it moves nothing: its form asks for ratings", "$label")
        on = Content.styled("asks what it is on; changes no figure", "$label")
    return [
        ("explanation", as_explanation),
        ("evidence", as_evidence),
        ("reading", Content.styled("asks of which quantity, and its value", "$label")),
        ("comment", on),
    ]


def _told(before: Debate, after: Debate, says: Says) -> Content:
    return next(iter(moves(before, after, says).lines()))


def idea_title(idea: Idea) -> Content:
    """Name an idea for its head."""
    return Content.assemble((f"Idea {idea.number}", "bold $foreground"), (f" {kind_of(idea)}", "$label"))


def idea_legend(idea: Idea) -> Content:
    """Say whom it is from, as they say, how and when it came."""
    return content(" · ".join(filter(None, (whose(idea), idea.via, age(idea.received)))), "$label")


def idea_lines(debate: Debate, idea: Idea) -> Iterator[Content]:
    """Write what was sent, and what became of it."""
    yield content(idea.title, "bold")
    if idea.text:
        yield content(preview(idea.text), multiline=True)
    if idea.url:
        yield content(idea.url, "$label")
    if idea.related:
        yield content(f"Names {', '.join(idea.related)}", "$label")
    if idea.contact:
        yield content(f"Contact {idea.contact}", "$label")
    if idea.reference:
        yield content(f"Reference {idea.reference}", "$label")
    if idea.hypothesis in debate.hypotheses:
        yield content(f"About {debate.hypotheses[idea.hypothesis].title}", "$label")
    if idea.status != "new":
        yield Content("")
        became = ", ".join(_became(debate, ref) for ref in idea.became)
        yield Content.assemble((idea.status, "bold $you"), content(f"  {became}" if became else ""))
    if idea.reason:
        yield content(f"Because: {preview(idea.reason)}", multiline=True)


def _became(debate: Debate, ref: str) -> str:
    """Name what an idea became, or that it is not there any more."""
    kind, _, name = ref.partition(":")
    there = {
        "hypothesis": name in debate.hypotheses and debate.hypotheses[name].title,
        "evidence": name in debate.evidence and debate.evidence[name].title,
        "idea": name.isdecimal() and int(name) in debate.ideas and f"idea {name}",
        "comment": name.isdecimal() and int(name) in debate.comments and f"comment {name}",
        "reading": name,
    }.get(kind)
    return str(there) if there else f"{kind} {name}, which is gone"


def likeness_lines(alike: Sequence[Likeness]) -> Iterator[Content]:
    """Write what an idea looks like, a line each."""
    for one in alike:
        why = "the same source" if one.same_source else f"{one.shared} words shared"
        sign = "=" if one.same_source else "≈"
        kind, _, name = one.ref.partition(":")
        what = {"hypothesis": "explanation", "evidence": name, "idea": f"idea {name}"}[kind]
        yield Content.assemble((f"{sign} ", "bold $today"), content(one.title), content(f"  {what} · {why}", "$label"))
