"""The end of a page: what would change the ranking, readers and their ideas, and how it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import isfinite

from hypotheses.cruxes import Crux
from hypotheses.edits import thanks
from hypotheses.idea import Idea
from hypotheses.ranking import format_plausibility
from hypotheses.reports.html.elements import Html, joined, table, tag
from hypotheses.reports.html.page_report import PageReport, listed, section
from hypotheses.reports.report import count
from hypotheses.reports.what_would_change import (
    MOST_CRUXES,
    MOST_WEIGHT,
    changes,
    crux_figures,
    heaviest,
    partings,
)


def what_would_change_it(page: PageReport) -> Html:
    """Return the section on where the ranking parts from the evidence, and what would turn it."""
    parts = [*_apart(page), *_heaviest(page), *_smallest(page)]
    return section("change", "What would change this ranking", *parts) if parts else Html("")


def _apart(page: PageReport) -> Iterator[Html]:
    rows = [
        [
            h.title,
            format_plausibility(h.plausibility),
            format_plausibility(page.report.implied[h.slug]),
            f"{abs(apart):.0f} decibans {'more' if apart > 0 else 'less'}"
            if isfinite(apart)
            else "no evidence moves that",
        ]
        for apart, h in partings(page.report)
    ]
    if rows:
        yield table(
            "Where what is held and what the evidence says part, furthest first",
            ["Explanation", "Held", "Evidence says", "Apart"],
            rows,
            "lrrr",
        )


def _heaviest(page: PageReport) -> Iterator[Html]:
    rows = [[page.cite(item), h.title, now, then] for item, h, then, now in islice(heaviest(page.report), MOST_WEIGHT)]
    if rows:
        heads = ["Finding", "Explanation", "Evidence says", "Without it"]
        yield table("The single findings that move an explanation most", heads, rows, "llrr")


def _smallest(page: PageReport) -> Iterator[Html]:
    order, closing, apart = changes(page.report)
    titles = page.report.debate.hypotheses
    heads = ["Of", "Now", "Would have to be"]
    if apart and order:
        first, second = (titles[slug].title for slug in (apart.first, apart.second))
        caption = f"The smallest changes that would put {second} before {first} by the evidence"
        yield table(caption, heads, [_crux(page, crux) for crux in order[:MOST_CRUXES]], "lrr")
    if closing and page.report.headline:
        gap = page.report.headline.gap
        caption = f"The smallest changes that would close {gap.label or gap.symbol}"
        yield table(caption, heads, [_crux(page, crux) for crux in closing[:MOST_CRUXES]], "lrr")


def _crux(page: PageReport, crux: Crux) -> list[str]:
    needed, now = crux_figures(crux)
    return [_what(page, crux), now, needed]


def _what(page: PageReport, crux: Crux) -> Html:
    debate = page.report.debate
    match crux.kind:
        case "ratio":
            return joined(page.cite(debate.evidence[crux.evidence]), " for ", debate.hypotheses[crux.hypothesis].title)
        case "prior":
            return joined(debate.hypotheses[crux.hypothesis].title, ", before any evidence")
        case "quantity":
            return joined(debate.quantities[crux.quantity].label or crux.quantity)
        case _:
            return joined(f"{crux.kind.capitalize()} of ", page.cite(debate.evidence[crux.evidence]))


def readers(page: PageReport) -> Html:
    """Return what became of readers' ideas, with thanks; the made-up examples of a debate are no ideas."""
    ideas = [idea for idea in page.report.debate.ideas.values() if not idea.example]
    waiting = sum(idea.is_open for idea in ideas)
    taken = [idea for idea in ideas if idea.status in ("accepted", "merged")]
    told = f"{count(waiting, 'idea')} from readers {'waits' if waiting == 1 else 'wait'} to be looked at."
    return section(
        "readers",
        "Readers’ ideas",
        tag("p", told) if waiting else Html(""),
        tag("p", "Taken up, with thanks:") if taken else Html(""),
        listed([_taken_up(page, idea) for idea in taken]),
        tag("p", "If you have an idea or evidence either way, send it in."),
    )


def _taken_up(page: PageReport, idea: Idea) -> Html:
    debate, sender = page.report.debate, thanks([idea])
    kind, _, name = idea.became[0].partition(":") if idea.became else ("", "", "")
    became: Html | str = ""
    if kind == "hypothesis" and name in debate.hypotheses:
        title = debate.hypotheses[name].title
        became = tag("a", title, href=f"#x-{name}") if title != idea.title else ""
    elif kind == "evidence" and name in debate.evidence:
        became = page.cited[name] if debate.evidence[name].title != idea.title else ""
    part = ", now " if idea.status == "accepted" else ", now part of "
    return joined(
        tag("span", idea.title, dir="auto"), f" (from {sender})" if sender else "", *((part, became) if became else ())
    )


def about(page: PageReport) -> Html:
    """Return the owner's note on the debate; nothing if there is none."""
    note = page.report.debate.note
    return section("about", "About this debate", page.owners(note)) if note.strip() else Html("")


def footer(page: PageReport) -> Html:
    """Say how the evidence was weighed, and what the page was written with."""
    debate = page.report.debate
    weighed = (
        "How far a finding moves an explanation is a judgement. Evidence that is not independent counts less: findings "
        f"in one cluster are taken to be correlated by {debate.correlation:g}. Words of likelihood follow ICD 203. "
        if debate.evidence
        else ""
    )
    return tag("footer", tag("p", f"{weighed}Written with Abduce. This page asks nothing of any other place."))
