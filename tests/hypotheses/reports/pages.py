"""A small debate, hostile words, and readers of Markdown, for the tests of the pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markdown_it import MarkdownIt

from hypotheses.debate import Assessment, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.idea import Idea
from hypotheses.reading import Reading

EVIL = (
    "<script>alert(1)</script><img src=x onerror=y> [a](https://evil.example) ![b](https://evil.example/p.png) "
    "<https://evil.example> {% include x %} {{ y }} {: onclick='z'}\n\n# Heading\n\n---\nlayout: evil\n---\n\n"
    "```\ncode\n```\n[^song2023]: taken over\n[r]: https://evil.example | x | \x1b[31m\u202e"
)


def debate_of(**changes: Any) -> Debate:
    """Return a small debate whose every figure can be worked out by hand."""
    debate = Debate(
        slug="piano-tuners",
        title="How many piano tuners?",
        question="Why does the register list **so few**?",
        author="A. Person",
        source="https://example.org/question",
        quantities={
            "known": Quantity("known", "Tuners on the register", "tuner", {"value": Reading("10")}),
            "wanted": Quantity("wanted", "Tuners a city needs", "tuner", {"value": Reading("1000")}),
        },
        gaps={"shortage": Gap("shortage", "wanted / known", "Tuners wanted over tuners known", headline=True)},
        hypotheses={
            "uncounted": Hypothesis(
                "uncounted",
                "Most are not listed",
                "The register is *voluntary*.",
                plausibility=0.6,
                prior=0.5,
                effects={"known": "known * 10"},
            ),
            "idle": Hypothesis("idle", "Pianos go untuned", plausibility=0.2, prior=0.2, position=1, placeholder=True),
        },
        evidence={
            "song2023": Evidence(
                "song2023",
                "A survey | of [tuners]",
                authors=("Song, A.", "Li, B."),
                date="2023-03",
                source="Journal of Pianos",
                doi="10.1000/182",
                finding="Nine in ten are *not* listed.",
                assessments={"uncounted": Assessment(10.0, "It counted them."), "idle": Assessment(1.0)},
            ),
            "old": Evidence(
                "old", "An old census", url="https://example.org/a_(b) c", assessments={"uncounted": Assessment(0.5)}
            ),
            "gone": Evidence("gone", "Withdrawn", retracted=True, assessments={"idle": Assessment(3.0)}),
        },
        ideas={1: Idea(1, "Ask the shops", sender="A reader", status="accepted"), 2: Idea(2, "Count pianos")},
    )
    return replace(debate, **changes)


def with_readings() -> Debate:
    """Return the small debate with two conventions: of 10 and of 100 tuners on the register, 1000 wanted."""
    debate = debate_of()
    readings = {"post": Reading("10", "A post", "https://example.org/p"), "survey": Reading("100", "A survey, page 3")}
    known = Quantity("known", "Tuners on the register", "tuner", readings)
    return replace(debate, quantities={**debate.quantities, "known": known}, convention="post")


def render(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next of its level."""
    level = heading.partition(" ")[0]
    return text.partition(f"\n{heading}\n")[2].split(f"\n{level} ")[0]
