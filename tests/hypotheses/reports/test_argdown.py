"""Argument maps, read by Argdown itself."""

from __future__ import annotations

import json
from typing import Any

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.reports.argdown import argdown
from hypotheses.reports.text import one_line
from store.bundled import bundled_debate
from tests.hypotheses.reports.pages import EVIL, debate_of
from tests.hypotheses.reports.readers import needs_node, run_by_node

ODD = [
    "e.g. this: a::b, 1.5.2 and .x. and :y:",
    "[a](b) [c] <d> @[e] #tag #(two words) *bold* _it_ **x** __y__",
    "// comment /* x */ <!-- y -->",
    "{a: b} === --- -> +> >< \\ \\[ `code`",
    "(1) one 2. two - three + four",
    " ".join(EVIL.split()),
]


def read(*maps: str) -> Any:
    return json.loads(run_by_node("argdown.cjs", json.dumps(maps)))


def test_a_map_is_written_by_rank_with_what_supports_and_attacks() -> None:
    assert argdown(debate_of(title="How many = ?")) == (
        '===\ntitle: "How many \\u003d ?"\n===\n\n'
        "[uncounted]: Most are not listed {plausibility: '60%'}\n  + <song2023>\n  - <old>\n\n"
        "[idle]: Pianos go untuned {plausibility: '20%'}\n\n"
        "<song2023>: A survey | of \\[tuners] (2023)\n\n"
        "<old>: An old census\n\n"
        "<gone>: Withdrawn\n"
    )


@needs_node
def test_argdown_reads_the_bundled_map_whole() -> None:
    debate = bundled_debate()
    (found,) = read(argdown(debate))
    assert (found["errors"], found["title"]) == (0, debate.title)
    for h in debate.hypotheses.values():
        assert [text.strip() for text in found["texts"][f"[{h.slug}]"]] == [h.title]
    expected = {
        ("support" if (cell.ratio or 0) > 1 else "attack", f"<{item.key}>", f"[{slug}]")
        for item in debate.evidence.values()
        for slug, cell in item.assessments.items()
        if cell.ratio not in (None, 1) and item.has_weight
    }
    assert {tuple(relation) for relation in found["relations"]} == expected
    assert len(expected) > 90


@needs_node
def test_no_words_act_in_a_map_or_become_others() -> None:
    debates = [
        Debate("d", text, hypotheses={"h": Hypothesis("h", text)}, evidence={"e": Evidence("e", text)}) for text in ODD
    ]
    for text, found in zip(ODD, read(*map(argdown, debates)), strict=True):
        assert found["errors"] == 0
        assert found["title"] == one_line(text)
        for name in ("[h]", "<e>"):
            (shown,) = found["texts"][name]
            assert shown.split() == one_line(text).split()
        assert found["relations"] == []


@needs_node
def test_rivals_attack_each_other() -> None:
    hypotheses = {slug: Hypothesis(slug, slug, position=place) for place, slug in enumerate("ab")}
    evidence = {"x": Evidence("x", "X", assessments={"a": Assessment(None), "b": Assessment(1.0)})}
    (found,) = read(argdown(Debate("d", "?", mode="exclusive", hypotheses=hypotheses, evidence=evidence)))
    assert sorted(map(tuple, found["relations"])) == [("attack", "[a]", "[b]"), ("attack", "[b]", "[a]")]
