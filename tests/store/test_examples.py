"""The comment at the beginning of a file: the shape of what the debate has not got yet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from hypotheses.debate import Comment, Debate, SchemeTable
from store import bundled
from store.file.debate_file import export_debate, line_of, read_debate, write_debate
from store.file.examples import examples_for, examples_inside, head_for
from tests.exploring import explored
from tests.store.conftest import small_debate
from tests.store.debates import debates

PARTS = ("quantities", "gaps", "hypotheses", "evidence", "ideas", "schemes", "comments")


def without(*parts: str) -> Debate:
    """Return the small debate without some parts, and without what names them."""
    debate = small_debate()
    bare = {slug: replace(each, effects={}, assumes={}, rivals=()) for slug, each in debate.hypotheses.items()}
    items = {key: replace(each, assessments={}) for key, each in debate.evidence.items()}
    ideas = {number: replace(each, hypothesis="") for number, each in debate.ideas.items()}
    gaps = {symbol: replace(each, formula="2") for symbol, each in debate.gaps.items()}
    debate = replace(debate, convention="", hypotheses=bare, evidence=items, ideas=ideas, gaps=gaps)
    nothing: dict[str, Any] = {part: {} for part in parts}
    return replace(debate, **nothing)


LITTLE = [
    Debate("a", "A"),
    *(without(part) for part in PARTS),
    *(bundled.template(name) for name in bundled.TEMPLATES),
    *(bundled.example(name) for name in bundled.EXAMPLES),
    bundled.bundled_debate(),
]


@pytest.mark.parametrize("debate", LITTLE, ids=lambda debate: f"{debate.slug}-{len(debate.hypotheses)}")
def test_each_part_is_read_without_a_problem_once_it_is_no_comment_any_more(debate: Debate) -> None:
    text = write_debate(debate)
    for part, lines in examples_for(debate).items():
        assert len(getattr(read_debate(text + lines), part)) == 1
    for place, lines in examples_inside(debate).items():
        rows = text.splitlines(keepends=True)
        at = line_of(text, place.split("."))
        read = read_debate("".join([*rows[:at], lines, *rows[at:]]))
        assert read != debate
        assert read.conventions or any(each.effects for each in read.hypotheses.values())


def test_uncommented_all_together_they_are_a_debate() -> None:
    debate = Debate("a", "A")
    read = read_debate(write_debate(debate) + "".join(examples_for(debate).values()))
    assert all(getattr(read, part) for part in PARTS[:6])


def test_an_empty_debate_shows_the_shape_of_everything() -> None:
    head = head_for(Debate("a", "A"))
    assert [part for part in PARTS if f"# {part}:\n" in head] == [
        "quantities",
        "gaps",
        "hypotheses",
        "evidence",
        "ideas",
        "schemes",
    ]
    assert head.endswith("\n\n")


def test_a_debate_with_some_of_everything_has_no_comment() -> None:
    scheme = {"signs": SchemeTable({"C": -1.0, "I": 1.0})}
    everything = replace(small_debate(), comments={1: Comment(1, "No.", "ben", hypothesis="fewer")}, schemes=scheme)
    assert head_for(everything) == ""


def test_effects_are_shown_under_an_explanation_that_is_there() -> None:
    debate = replace(without(), comments={1: Comment(1, "No.", "ben", hypothesis="fewer")})
    assert "# under hypotheses, uncounted:\n#     effects:\n#       people: people / 10 ** extra\n" in head_for(debate)


@explored(15)
@given(debates())
def test_the_comment_changes_nothing_and_is_always_the_same(debate: Debate) -> None:
    text = export_debate(debate)
    read = read_debate(text)
    assert read == read_debate(write_debate(debate))
    assert export_debate(read) == text
