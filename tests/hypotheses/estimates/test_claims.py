"""Claims that do and do not follow from the numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import hypotheses
from hypotheses.debate import Claim, Gap
from hypotheses.estimates import check_claims, check_model, read_models
from hypotheses.problems import Malformed, NotFound
from hypotheses.whatif import gap_by_reading
from tests.hypotheses.estimates.debates import debate, vision


@pytest.mark.parametrize(
    ("computed", "unit", "claim", "agrees"),
    [
        ("236.52M", "images", "230M", False),
        ("234M", "images", "230M", True),
        ("236.52M", "images", "236.5M", True),
        ("236.52M", "images", "236,520,000 images", True),
        ("236.52M", "images", "2.4e8", True),
        ("236.52M", "images", "200M to 300M", True),
        ("236.52M", "images", "240M to 300M", True),
        ("236.52M", "images", "250M to 300M", False),
        ("8.456", "yr", "10", False),
        ("8.456", "yr", "8.5 yr", True),
        ("8.456", "yr", "8", True),
        ("0", "yr", "0", True),
        ("112.36", "OOM", "100x", True),
        ("18.75", "OOM", "100x", False),
        ("18.75", "OOM", "20x", False),
        ("18.75", "OOM", "19 times", True),
        ("18.75", "OOM", "15x", False),
        ("18.75", "OOM", "2 OOM", False),
        ("112.36", "OOM", "2 OOM", True),
        ("112.36", "OOM", "2 orders of magnitude", True),
        ("112.36", "OOM", "2.0 OOM", False),
        ("112.36", "OOM", "2.05", True),
        ("18.75", "OOM", "1 to 2 OOM", True),
        ("5000", "OOM", "1 to 2 OOM", False),
        ("1", "OOM", "1x", True),
    ],
)
def test_a_claim_agrees_if_the_numbers_round_to_it(computed: str, unit: str, claim: str, agrees: bool) -> None:
    numbers = debate({"a": computed}, {})
    numbers = replace(numbers, gaps={"gap": Gap("gap", "a", unit=unit, claim=Claim(claim))})
    assert check_model(numbers) == ()
    ((check,)) = check_claims(numbers)
    assert check.agrees is agrees


def test_both_numbers_are_given_in_the_unit_that_is_shown() -> None:
    numbers = vision()
    gaps = {**numbers.gaps}
    gaps["vision"] = replace(gaps["vision"], claim=Claim("100x", "P4", "two orders of magnitude larger"))
    gaps["years"] = replace(gaps["years"], claim=Claim("10", "P2", "after 10 years"))
    first, second = check_claims(replace(numbers, gaps=gaps))
    assert (first.symbol, first.stated, first.agrees) == ("vision", 2, True)
    assert first.computed == pytest.approx(2.0506, abs=5e-5)
    assert (second.symbol, second.stated, second.unit, second.agrees) == ("years", 10, "yr", False)
    assert second.computed == pytest.approx(8.456, abs=5e-4)


@pytest.mark.parametrize("claim", ["about 100", "-3x", "uniform 1 to 2", "5 (4 to 6)", ""])
def test_a_claim_that_cannot_be_read_is_a_problem(claim: str) -> None:
    numbers = replace(debate({"a": "5"}, {}), gaps={"gap": Gap("gap", "a", claim=Claim(claim))})
    assert [(problem.code, problem.place) for problem in check_model(numbers)] == [
        ("bad-claim", "gaps.gap.claim.value")
    ]
    assert check_claims(numbers) == ()


def test_each_reading_of_a_quantity_with_the_gap_it_gives() -> None:
    found = gap_by_reading(vision(), "visual_cortex", "vision")
    medians = {name: outcome.median for name, outcome in found.items() if outcome is not None}
    assert medians == pytest.approx({"post": 2.0506, "author-2022": 3.6527, "literature": 4.6581}, abs=1e-4)
    with pytest.raises(NotFound, match="there is no quantity"):
        gap_by_reading(vision(), "cortex", "vision")


def test_the_bundled_table_of_models_is_read() -> None:
    table = (Path(hypotheses.__file__).parent / "debates" / "models.csv").read_text(encoding="utf-8")
    models = {model.name: model for model in read_models(table)}
    assert models["AlexNet"].parameters == 60e6
    assert models["AlexNet"].train_data == 1.2e6
    assert models["Swin Transformer V2-G"].train_data is None
    assert {model.modality for model in models.values()} == {"vision", "image generation", "video", "audio", "language"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1: the column 'name' is missing"),
        ("name,modality\n", "line 1: the column 'parameters' is missing"),
        (
            "name,modality,parameters,train_data,train_unit,year,source,verified\na,b,many,,,2012,,yes\n",
            "line 2: 'many'",
        ),
        ("name,modality,parameters,train_data,train_unit,year,source,verified\na,b,5,,,soon,,yes\n", "line 2"),
    ],
)
def test_a_broken_table_is_refused_with_the_line(text: str, sentence: str) -> None:
    with pytest.raises(Malformed, match=sentence):
        read_models(text)
