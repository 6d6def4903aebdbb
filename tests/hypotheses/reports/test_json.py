"""What programs read."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from hypotheses.debate import Debate, Gap, Quantity
from hypotheses.estimates import estimate
from hypotheses.reading import Reading
from hypotheses.reports.debate_json import debate_json
from hypotheses.reports.json import AskedFigures, estimates_shape, json_text, ranking_shape
from tests.hypotheses.reports.pages import debate_of


def test_json_is_plain_ascii_whatever_is_in_the_debate() -> None:
    text = debate_json(debate_of(title="Σ \x1b[31m 😀 \u202e"))
    assert text.isascii()
    assert "\x1b" not in text
    assert json.loads(text)["debate"]["title"] == "Σ \x1b[31m 😀 \u202e"


def test_json_holds_numbers_as_numbers_and_values_as_typed() -> None:
    found = json.loads(debate_json(debate_of()))
    assert found["quantities"]["known"]["readings"] == {"value": {"value": "10"}}
    assert found["hypotheses"]["uncounted"]["plausibility"] == 0.6
    assert found["evidence"]["song2023"]["assessments"] == {
        "uncounted": {"ratio": 10.0, "why": "It counted them."},
        "idle": {"ratio": 1.0},
    }
    assert found["evidence"]["gone"]["retracted"] is True
    assert found["ideas"][0] == {
        "number": 1,
        "title": "Ask the shops",
        "kind": "comment",
        "from": "A reader",
        "status": "accepted",
    }


def test_what_is_not_finite_cannot_slip_into_json() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        json_text({"x": float("inf")})


def test_the_ranking_of_one_hypothesis_keeps_its_rank() -> None:
    shape = ranking_shape(debate_of(), "idle")
    assert [(h["rank"], h["slug"]) for h in shape["hypotheses"]] == [(2, "idle")]


def test_the_estimates_have_null_where_there_is_no_figure() -> None:
    # A ratio of a quantity to itself never closes another way: no break-even value.
    shape = estimates_shape(
        estimate(debate_of(), scenario=("uncounted",)), AskedFigures([25], below=[1, 1.5], above=[1])
    )
    (gap,) = shape["gaps"]
    assert gap["scenario"] == {
        "hypotheses": ["uncounted"],
        **dict.fromkeys(["median", "mean", "p5", "p95", "p25"], 1.0),
        **dict.fromkeys(["mean_error", "no_mean", "error"]),
        "below": {"1": 0.0, "1.5": 1.0},
        "above": {"1": 0.0},
        "chance": {"overshot": 0.0, "closed": 0.0, "open": 1.0},
    }
    assert gap["now"]["p25"] == 2.0
    json_text(shape)


def test_a_gap_in_its_own_unit_keeps_it() -> None:
    debate = Debate(
        "d",
        "D",
        quantities={"people": Quantity("people", readings={"value": Reading("300")})},
        gaps={"third": Gap("third", "people / 3", unit="person")},
    )
    (gap,) = estimates_shape(estimate(debate))["gaps"]
    assert (gap["unit"], gap["now"]["median"]) == ("person", pytest.approx(100))
    assert estimates_shape(estimate(replace(debate, gaps={})))["gaps"] == []
