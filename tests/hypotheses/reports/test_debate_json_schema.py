"""The published schema of the JSON, read by a validator that is not ours."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given

from hypotheses.debate import Debate
from hypotheses.reports.debate_json import debate_json
from hypotheses.reports.debate_json_schema import debate_json_schema
from store.bundled import bundled_debate
from store.file.debate_file import read_debate
from tests.exploring import explored
from tests.hypotheses.versions.test_merged import sound
from tests.store.debates import debates

SCHEMA = json.loads(debate_json_schema())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema_and_the_one_in_the_docs() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    published = Path(__file__).parents[3] / "docs" / "debate.schema.json"
    assert published.read_text(encoding="utf-8") == debate_json_schema(), "run: python docs/make_tables.py"


def test_the_bundled_debate_is_valid() -> None:
    VALIDATOR.validate(json.loads(debate_json(bundled_debate())))


@explored(10)
@given(debates())
def test_what_is_written_of_any_debate_is_valid(debate: Debate) -> None:
    VALIDATOR.validate(json.loads(debate_json(debate)))


@explored(10)
@given(sound)
def test_what_is_written_of_a_sound_debate_is_read_back_the_same_but_for_what_is_private(debate: Debate) -> None:
    text = debate_json(debate)
    assert debate_json(read_debate(text, "x.json")) == text


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("hypotheses", "unfair-comparison", "plausibility"), 1.5),
        (("hypotheses", "unfair-comparison", "plausibillity"), 0.5),
        (("evidence", "movie-gen", "assessments", "unfair-comparison", "ratio"), 0),
        (("evidence", "movie-gen", "date"), "May 2024"),
        (("debate", "mode"), "both"),
        (("gaps", "vision_gap", "formula"), 3),
        (("abduce",), 2),
    ],
)
def test_what_no_debate_has_is_invalid(place: tuple[str, ...], value: object) -> None:
    whole = json.loads(debate_json(bundled_debate()))
    inside = whole
    for name in place[:-1]:
        inside = inside[name]
    inside[place[-1]] = value
    assert not VALIDATOR.is_valid(whole)
