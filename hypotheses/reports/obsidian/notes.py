"""The notes: one of the debate, one of each explanation, one of each item of evidence, with links between them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote

from hypotheses.belief import implied
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.ranking import format_plausibility, ranked
from hypotheses.ratios import format_rating
from hypotheses.reports.links import link_of, source_links
from hypotheses.reports.obsidian.file_names import safe_names
from hypotheses.reports.text import one_line, published, words

_FENCE: Final = re.compile(r"^([ \t>]*(?:```+|~~~+))[^\n`]*$", re.MULTILINE)
"""The beginning of a block of code, with the language that a plugin would run it by."""
_RUN_INLINE: Final = re.compile(r"`(?=\$?=)")


def obsidian(debate: Debate) -> dict[str, str]:
    """Return the notes by their places in the folder: `DEBATE.md`, `explanations/SLUG.md`, `evidence/KEY.md`."""
    return _Vault(debate).notes()


class _Vault:
    """The folder, and what everything is called in it."""

    def __init__(self, debate: Debate) -> None:
        self._debate = debate
        self._explanations = safe_names(debate.hypotheses)
        self._evidence = safe_names(debate.evidence)
        self._implied = implied(debate)
        self._root = next(iter(safe_names([debate.slug]).values()))

    def notes(self) -> dict[str, str]:
        notes = {f"{self._root}.md": self._index()}
        rated: dict[str, list[tuple[Evidence, Assessment]]] = {slug: [] for slug in self._debate.hypotheses}
        for item in self._debate.evidence.values():
            for slug, cell in item.assessments.items():
                rated[slug].append((item, cell))
        for rank, h in enumerate(ranked(self._debate), 1):
            notes[f"explanations/{self._explanations[h.slug]}.md"] = self._explanation(rank, h, rated[h.slug])
        for key, item in self._debate.evidence.items():
            notes[f"evidence/{self._evidence[key]}.md"] = self._item(item)
        return notes

    def _index(self) -> str:
        debate = self._debate
        lines = [
            f"{rank}. {self._to_explanation(h.slug, '')}: {format_plausibility(h.plausibility)}, "
            f"the evidence says {format_plausibility(self._implied[h.slug])}"
            for rank, h in enumerate(ranked(debate), 1)
        ]
        gaps = [f"- {words(gap.label or symbol)} = `{one_line(gap.formula)}`" for symbol, gap in debate.gaps.items()]
        findings = [f"- {self._to_evidence(key, '')}" for key in debate.evidence]
        parts = [_shown(debate.question), "## Explanations", "\n".join(lines)]
        parts += ["## Gaps", "\n".join(gaps)] if gaps else []
        parts += ["## Evidence", "\n".join(findings)] if findings else []
        return _note({"title": debate.title, "tags": ["debate"]}, debate.title, parts)

    def _explanation(self, rank: int, h: Hypothesis, rated: list[tuple[Evidence, Assessment]]) -> str:
        facts = {
            "title": h.title,
            "aliases": [h.title],
            "tags": ["explanation"],
            "rank": rank,
            "plausibility": h.plausibility,
            "prior": h.prior,
            "implied": round(self._implied[h.slug], 6),
            "status": h.status,
            **({"settled": h.settled} if h.settled else {}),
            "debate": f"[[{self._root}]]",
        }
        lines = [f"- {_rating(cell)} {self._to_evidence(item.key)}{_why(cell)}" for item, cell in rated]
        rivals = [f"- {self._to_explanation(slug)}" for slug in h.rivals if slug in self._explanations]
        parts = [_shown(h.statement), *(["## Evidence", "\n".join(lines)] if lines else [])]
        parts += ["## Rivals", "\n".join(rivals)] if rivals else []
        return _note(facts, h.title, [*parts, _shown(h.note)])

    def _item(self, item: Evidence) -> str:
        facts: dict[str, object] = {
            "title": item.title,
            "aliases": [item.title],
            "tags": ["evidence"],
            "authors": list(item.authors),
            "date": item.date,
            "source": item.source,
            "doi": item.doi,
            "arxiv": item.arxiv,
            "url": item.url,
            "cluster": item.cluster,
            "credibility": item.credibility,
            "relevance": item.relevance,
            "retracted": item.retracted or None,
            "debate": f"[[{self._root}]]",
        }
        links = [f"- <{link}>" for link in source_links(item)]
        links += [f"- {words(source)}" for source in item.also if not link_of(source)]
        lines = [
            f"- {_rating(cell)} {self._to_explanation(slug)}{_why(cell)}" for slug, cell in item.assessments.items()
        ]
        parts = [_shown(item.finding)]
        parts += ["## Ratings", "\n".join(lines)] if lines else []
        parts += ["## Sources", "\n".join(links)] if links else []
        return _note({name: fact for name, fact in facts.items() if fact not in ("", [], None)}, item.title, parts)

    def _to_explanation(self, slug: str, above: str = "../") -> str:
        title = self._debate.hypotheses[slug].title
        return f"[{words(title)}]({above}explanations/{quote(self._explanations[slug])}.md)"

    def _to_evidence(self, key: str, above: str = "../") -> str:
        return f"[{words(self._debate.evidence[key].title)}]({above}evidence/{quote(self._evidence[key])}.md)"


def _note(facts: Mapping[str, object], title: str, parts: list[str]) -> str:
    header = "\n".join(f"{name}: {json.dumps(_plain(fact), ensure_ascii=False)}" for name, fact in facts.items())
    body: Iterator[str] = (part for part in (f"# {words(title)}", *parts) if part)
    return f"---\n{header}\n---\n\n" + "\n\n".join(body) + "\n"


def _plain(fact: object) -> object:
    if isinstance(fact, list):
        return [one_line(each) if isinstance(each, str) else each for each in fact]
    return one_line(fact) if isinstance(fact, str) else fact


def _rating(cell: Assessment) -> str:
    return f"`{format_rating(cell)}`"


def _why(cell: Assessment) -> str:
    return f": {words(cell.why)}" if cell.why else ""


def _shown(markdown: str) -> str:
    """Write the owner's Markdown, in which no plugin runs anything: blocks of code are text."""
    return _RUN_INLINE.sub("` ", _FENCE.sub(r"\1", published(markdown)))
