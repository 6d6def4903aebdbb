"""What the script of a page works with: every shape, formula and convention of the debate."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files

import pytest

from hypotheses.estimates import estimate
from hypotheses.formulas import FUNCTIONS
from hypotheses.reports.html.page_model import page_model, shape_of
from hypotheses.values.typed_shapes import EXAMPLES
from store.bundled import bundled_debate
from tests.hypotheses.reports.pages import with_readings

Z95 = 1.6448536269514722


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("8", 8.0),
        ("1 to 100", ["lognormal", 1.0, 1 / Z95]),
        ("-1 to 1", ["normal", 0.0, 1 / Z95]),
        ("10 (1 to 1000)", ["loghalves", 1.0, 1 / Z95, 2 / Z95]),
        ("normal 2 (1 to 4)", ["halves", 2.0, 1 / Z95, 2 / Z95]),
    ],
)
def test_ranges_are_shapes_of_a_normal_score(text: str, shape: float | list[object]) -> None:
    found = shape_of(text)
    if not isinstance(shape, list):
        assert found == shape
        return
    assert isinstance(found, list)
    assert found[0] == shape[0]
    assert found[1:] == pytest.approx(shape[1:])


def test_other_shapes_are_tables_over_the_score() -> None:
    assert shape_of("nonsense") is None
    assert shape_of("mixture(1: 1 to 1e308, 1: 2 to 3)") is None  # its upper tail is beyond what a float can hold
    for example in ("triangular", "pert", "beta", "samples", "mixture", "gamma", "poisson", "uniform", "loguniform"):
        found = shape_of(EXAMPLES[example])
        assert isinstance(found, list)
        kind, start, step, values = found
        assert kind in ("table", "logtable")
        assert (start, step, len(values)) == (-4.5, 0.05, 181)
        assert values == sorted(values)
    # At the score 0 stands the median: of a uniform 1 to 10 it is 5.5, 0.740 in logarithm.
    found = shape_of("uniform 1 to 10")
    assert isinstance(found, list)
    assert found[3][90] == pytest.approx(0.7403627)


def test_the_model_has_every_gap_and_what_it_hangs_on() -> None:
    debate = bundled_debate()
    model = page_model(debate, estimate(debate))
    assert {gap["symbol"] for gap in model["gaps"]} == set(debate.gaps)
    assert model["gaps"][0]["headline"]
    names = [each["name"] for each in model["inputs"] if each]
    assert "visual_cortex" in names
    assert "unfair-comparison.extra_ooms" in names
    assert [each["slug"] for each in model["explanations"]] == sorted(debate.hypotheses)
    assert json.loads(json.dumps(model, allow_nan=False))


def test_every_convention_says_which_reading_counts() -> None:
    debate = with_readings()
    model = page_model(debate, estimate(debate))
    place = next(place for place, each in enumerate(model["inputs"]) if each["name"] == "known")
    readings = [reading[0] for reading in model["inputs"][place]["readings"]]
    assert [(each["name"], readings[each["counts"][place]]) for each in model["conventions"]] == [
        ("post", "post"),
        ("survey", "survey"),
    ]


def test_what_goes_along_with_another_is_there_under_the_convention_that_says_so() -> None:
    debate = replace(bundled_debate(), convention="author-2022")
    first, *others = page_model(debate, estimate(debate))["conventions"]
    assert first["name"] == "author-2022"
    assert len(first["loadings"]) == 2
    assert next(each for each in others if each["name"] == "post")["loadings"] == {}


def test_the_script_knows_every_operator_of_a_formula() -> None:
    script = files("hypotheses.reports.html").joinpath("forms.js").read_text(encoding="utf-8")
    draws = script.partition("const DRAWS = {")[2].partition("};")[0]
    known = set(re.findall(r'"([^"]+)":|\b(\w+)(?=:|,)', draws))
    names = {quoted or plain for quoted, plain in known}
    assert names >= {*FUNCTIONS, "+", "-", "*", "/", "**", "negative"}


def test_a_broken_gap_is_left_out() -> None:
    debate = bundled_debate()
    broken = replace(debate.gaps["audio_gap"], formula="nothing / known")
    debate = replace(debate, gaps={**debate.gaps, "audio_gap": broken})
    assert "audio_gap" not in {gap["symbol"] for gap in page_model(debate, estimate(debate))["gaps"]}
