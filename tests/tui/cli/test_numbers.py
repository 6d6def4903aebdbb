"""`estimate`, `quantities`, `value`, what is chosen with `reading`, `convention`. Figures: the bundled debate's."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from tests.tui.cli.conftest import Abduce
from tests.tui.wild import store_wild

FIGURES = ["median", "mean", "mean_error", "no_mean", "p5", "p95", "error"]


def gap(estimates: Any, symbol: str) -> Any:
    (found,) = (gap for gap in estimates["gaps"] if gap["symbol"] == symbol)
    return found


def puzzle_now(abduce: Abduce, *arguments: str) -> Any:
    return gap(abduce.done("estimate", "--json", *arguments).json, "puzzle")["now"]["median"]


def test_estimate_json_has_exactly_the_fixed_names(abduce: Abduce) -> None:
    found = abduce.done("estimate", "--json").json
    assert list(found) == ["debate", "convention", "gaps", "problems"]
    assert (found["debate"], found["convention"]) == ("vision-efficiency", "post")
    puzzle = gap(found, "puzzle")
    assert list(puzzle) == [
        *["symbol", "label", "unit", "headline", "closed", "method", "now", "under", "scenario", "weighed"],
        *["smallest_sets", "sensitivity", "unknown", "fell_back"],
    ]
    assert (puzzle["unit"], puzzle["headline"]) == ("OOM", True)
    assert puzzle["method"] in ("exact", "sampled")
    assert list(puzzle["now"]) == list(puzzle["weighed"]) == [*FIGURES, "chance"]
    assert list(puzzle["under"]["unfair-comparison"]) == [*FIGURES, "chance", "explained"]
    assert list(puzzle["under"]["unfair-comparison"]["explained"]) == FIGURES
    assert puzzle["scenario"] == {"hypotheses": [], **puzzle["now"]}
    assert all(list(s) == ["quantity", "variance_share", "break_even"] for s in puzzle["sensitivity"])


def test_every_explanation_moves_the_puzzle_as_the_post_has_it(abduce: Abduce) -> None:
    # log10(100B / 890M) = 2.051; extra OOMs of 1 to 2 remove 1.5 at their middle.
    puzzle = gap(abduce.done("estimate", "--json").json, "puzzle")
    assert puzzle["now"]["median"] == pytest.approx(2.051, abs=0.005)
    assert puzzle["under"]["unfair-comparison"]["median"] == pytest.approx(0.551, abs=0.01)
    assert puzzle["under"]["unfair-comparison"]["explained"]["median"] == pytest.approx(1.5, abs=0.01)


@pytest.mark.parametrize(("convention", "vision"), [("post", 2.051), ("author-2022", 3.653), ("literature", 4.658)])
def test_a_convention_can_be_tried_and_switched(abduce: Abduce, convention: str, vision: float) -> None:
    tried = abduce.done("estimate", "--convention", convention, "--json").json
    assert tried["convention"] == convention
    assert gap(tried, "vision_gap")["now"]["median"] == pytest.approx(vision, abs=0.01)
    abduce.done("convention", "choose", convention)
    assert abduce.done("estimate", "--json").json == tried
    assert f"* {convention}\n" in abduce.done("convention", "list").out


def test_where_a_convention_has_no_reading_it_is_told_what_counts(abduce: Abduce) -> None:
    assert gap(abduce.done("estimate", "--json").json, "token_gap")["fell_back"] == {"lifetime_words": "literature"}
    assert gap(abduce.done("estimate", "--json").json, "puzzle")["fell_back"] == {}
    assert "post has no reading of lifetime_words (literature counts)\n" in abduce.done("estimate").out
    told = "literature has no reading of stable_diffusion, parity_model, "
    assert told in abduce.done("convention", "choose", "literature").err
    page = abduce.done("export", "--format", "md", "--form", "report").out.replace("\\_", "_")
    assert "literature has no reading of stable_diffusion, " in page
    assert "parity_model" in page
    # What is chosen, or is one's own, is missed by no convention.
    abduce.done("value", "stable_diffusion", "860M", "--why", "the UNet alone")
    assert abduce.done("history", "--json").json["entries"][0]["why"] == "the UNet alone"
    abduce.done("reading", "choose", "parity_model", "post")
    fallen = gap(abduce.done("estimate", "--json").json, "language_gap")["fell_back"]
    assert "parity_model" not in fallen
    assert "stable_diffusion" not in gap(abduce.done("estimate", "--json").json, "vision_gap")["fell_back"]


def test_the_readings_of_an_assumption_follow_the_convention(abduce: Abduce) -> None:
    out = abduce.done("show", "5").out
    assert "assuming       shrink_ooms = normal 1 to 2 (post)\nor             shrink_ooms = normal 0.2 to 0.6" in out
    by_post = gap(abduce.done("estimate", "--json").json, "puzzle")["under"]["wasteful-llms"]["explained"]
    abduce.done("convention", "choose", "literature")
    assert "assuming       shrink_ooms = normal 0.2 to 0.6 (literature)\n" in abduce.done("show", "5").out
    by_literature = gap(abduce.done("estimate", "--json").json, "puzzle")["under"]["wasteful-llms"]["explained"]
    assert (by_post["median"], by_literature["median"]) == pytest.approx((1.5, 0.4), abs=0.01)


def test_a_what_if_stores_nothing(abduce: Abduce) -> None:
    # Ten times the model is one OOM less of a gap.
    assert puzzle_now(abduce, "--set", "stable_diffusion=8.9B") == pytest.approx(1.051, abs=0.005)
    assert puzzle_now(abduce) == pytest.approx(2.051, abs=0.005)


def test_a_scenario_adds_up(abduce: Abduce) -> None:
    # Extra OOMs (1.5) and diffusion steps (1.5) both scale the model: 2.051 - 3.0.
    scenario = gap(abduce.done("estimate", "--with", "1,diffusion", "--json").json, "puzzle")["scenario"]
    assert scenario["hypotheses"] == ["unfair-comparison", "diffusion-steps"]
    assert scenario["median"] == pytest.approx(-0.949, abs=0.01)


def test_percentiles_are_added_where_asked_for(abduce: Abduce) -> None:
    found = gap(abduce.done("estimate", "--percentiles", "10,2.5", "--json").json, "token_gap")["now"]
    assert list(found) == [*FIGURES, "p10", "p2.5", "chance"]
    assert found["p2.5"] < found["p5"] < found["p10"] < found["median"]


def test_the_same_seed_gives_the_same_bytes(abduce: Abduce) -> None:
    first = abduce.done("estimate", "--json", "--seed", "3").out
    assert first == abduce.done("estimate", "--json", "--seed", "3").out
    assert first != abduce.done("estimate", "--json", "--seed", "4").out


@pytest.mark.parametrize(
    ("arguments", "reason", "code"),
    [
        (("--set", "stable_diffusion=1,00"), "1,00", 1),
        (("--set", "stable_difusion=1"), "did you mean 'stable_diffusion'?", 1),
        (("--set", "stable_diffusion"), "has no =", 2),
        (("--with", "nobody"), "there is no hypothesis 'nobody'", 1),
        (("--convention", "pots"), "did you mean 'post'?", 1),
        (("--percentiles", "10,x"), "expected numbers between 0 and 100", 1),
        (("--percentiles", "0"), "expected numbers between 0 and 100", 1),
        (("--seed", "x"), "not a valid integer", 2),
    ],
)
def test_what_cannot_be_estimated_is_refused(
    abduce: Abduce, arguments: tuple[str, ...], reason: str, code: int
) -> None:
    assert reason in abduce.refused("estimate", *arguments, code=code)


def test_estimates_for_people(abduce: Abduce) -> None:
    out = abduce.done("estimate", "--with", "1").out
    assert "The puzzle: vision gap minus language gap [puzzle], OOM" in out
    assert "with unfair-comparison" in out
    assert "closed (median within 0.3 OOM of zero) by: superhuman-llms" in out


def test_a_value_is_changed_and_taken_back(abduce: Abduce) -> None:
    assert "stable_diffusion is now 8.9B; The puzzle" in abduce.done("value", "stable_diffusion", "8.9B").err
    assert puzzle_now(abduce) == pytest.approx(1.051, abs=0.005)
    abduce.done("undo")
    assert puzzle_now(abduce) == pytest.approx(2.051, abs=0.005)


def test_a_value_typed_over_a_source_keeps_the_source(abduce: Abduce) -> None:
    abduce.done("value", "visual_cortex", "30B to 300B")
    quantities = {q["symbol"]: q for q in abduce.done("quantities", "--json").json["quantities"]}
    cortex = quantities["visual_cortex"]
    assert cortex["reading"] == "mine"
    assert cortex["readings"]["mine"]["value"] == "30B to 300B"
    assert cortex["readings"]["post"]["value"] == "100B"
    abduce.done("reading", "choose", "visual_cortex", "literature")
    assert "visual_cortex is read as in post" in abduce.done("reading", "choose", "visual_cortex").err


@pytest.mark.parametrize("text", ["-3", "lots", "1,00", ""])
def test_a_value_that_makes_no_sense_is_refused(abduce: Abduce, text: str) -> None:
    abduce.refused("value", "stable_diffusion", text)
    assert puzzle_now(abduce) == pytest.approx(2.051, abs=0.005)


def test_unknown_names_are_refused_with_the_nearest(abduce: Abduce) -> None:
    assert "did you mean 'stable_diffusion'?" in abduce.refused("value", "stable_difusion", "1")
    assert "did you mean 'literature'?" in abduce.refused("reading", "choose", "visual_cortex", "litterature")
    assert "did you mean 'author-2022'?" in abduce.refused("convention", "choose", "author-2021")


def test_a_debate_without_numbers_has_nothing_to_estimate(abduce: Abduce) -> None:
    abduce.done("new", "Why?")
    assert abduce.done("estimate", "--json").json["gaps"] == []
    assert "no conventions" in abduce.refused("convention", "choose", "post")


def test_quantities_for_people(abduce: Abduce) -> None:
    lines = abduce.done("quantities").out.splitlines()
    assert len(lines) == 1 + 29
    assert lines[1].split()[:4] == ["stable_diffusion", "890M", "parameter", "post"]


@pytest.fixture
def wild(abduce: Abduce) -> Abduce:
    (abduce.home / "abduce.db").unlink()
    store_wild(abduce.home / "abduce.db")
    return abduce


def test_a_stored_number_without_a_result_is_told_and_the_rest_is_shown(wild: Abduce) -> None:
    result = wild("estimate")
    assert "wide_gap [wide_gap]: not known, because from -1e+308 to 1e+308 is too wide a range" in result.out
    assert "weighed: not known, because the divisor can be zero" in result.out
    # A half of what is left doubles it: log10 2.
    assert "two 0.30" in " ".join(result.out.split())
    assert "nan" not in result.out
    # What is broken in the model ends with 1, as the guide says; and both are told.
    assert result.code == 1
    assert "quantities.wide.readings.value.value: from -1e+308 to 1e+308" in result.err
    assert "gaps.left_gap.formula: the divisor can be zero" in result.err


def test_the_median_of_a_wild_mixture_is_where_its_parts_say(wild: Abduce) -> None:
    # One of eight is below 1.1 with 1/2 - 0.005 * log(1.1 / 5) / log(1 / 5), seven with 1/2 + 0.005 * log 1.1 / log 2,
    # in all 0.5 to three places: so near the middle a normal is a line.
    wild.done("value", "wide", "1")
    found = gap(wild.done("estimate", "--json").json, "wild_gap")["now"]
    assert found["median"] == pytest.approx(1 + math.log10(1.1), abs=0.002)
    # Below what a float can hold there is no number to tell.
    assert (found["p5"], found["mean"]) == (None, None)


def test_programs_are_told_why_a_number_has_no_result(wild: Abduce) -> None:
    found = json.loads(wild("estimate", "--json").out)
    assert list(found["problems"]) == ["wide_gap"]
    assert found["problems"]["wide_gap"].startswith("not known, because from -1e+308 to 1e+308")
    left = gap(found, "left_gap")
    assert left["weighed"] == dict.fromkeys([*FIGURES, "chance"])
    assert left["unknown"]["weighed"].startswith("not known, because the divisor can be zero")


@pytest.mark.parametrize(
    "arguments",
    [
        ("show",),
        ("check",),
        ("export", "--format", "md"),
        ("export", "--format", "md", "--form", "report"),
        ("export", "--format", "yaml"),
        ("cruxes",),
    ],
)
def test_every_command_works_on_a_stored_number_without_a_result(wild: Abduce, arguments: tuple[str, ...]) -> None:
    out = wild.done(*arguments).out
    assert "nan" not in out
    if arguments[0] == "check" or "report" in arguments:
        assert "from -1e+308 to 1e+308 is too wide a range" in out
        assert "the divisor can be zero" in out


def test_percentiles_at_the_very_ends_have_a_result(abduce: Abduce) -> None:
    found = gap(abduce.done("estimate", "--percentiles", "1e-320,99.99999999999999", "--json").json, "token_gap")["now"]
    *_, lowest, highest, _ = found.values()
    assert lowest < found["p5"] < found["p95"] < highest


def test_the_chances_of_the_puzzle_are_told(abduce: Abduce) -> None:
    weighed = gap(abduce.done("estimate", "--json").json, "puzzle")["weighed"]
    # Too much is explained nearly half of the time: each of four would take 1.5 of the 2.05 away, two of them 3.
    assert weighed["chance"]["overshot"] == pytest.approx(0.46, abs=0.01)
    assert weighed["chance"]["closed"] == pytest.approx(0.13, abs=0.01)
    assert sum(weighed["chance"].values()) == pytest.approx(1)
    told = abduce.done("estimate").out
    assert "overshot  closed  open" in told
    assert "46%     13%   40%" in told


def test_a_chance_below_and_above_any_number_is_told_where_asked_for(abduce: Abduce) -> None:
    asked = ("estimate", "--below", "0", "--below", "-1", "--above", "1")
    now = gap(abduce.done(*asked, "--json").json, "token_gap")["now"]
    assert now["below"] == {"0": pytest.approx(0, abs=1e-4), "-1": pytest.approx(0, abs=1e-9)}
    assert now["above"] == {"1": pytest.approx(0.95, abs=0.01)}
    told = abduce.done(*asked).out
    assert all(head in told for head in ("< 0", "< -1", "> 1"))
    refused = abduce("estimate", "--below", "many")
    assert (refused.code, "--below: 'many' is not a number" in refused.err) == (1, True)


def test_what_widens_a_gap_is_said_to(abduce: Abduce) -> None:
    told = abduce.done("estimate", "--set", "visual_cortex=300M").out
    # log10(0.3 / 0.89) is -0.47: one and a half orders of magnitude off it make it wider.
    (row,) = [line for line in told.splitlines() if line.startswith("unfair-comparison") and "wider by" in line][:1]
    assert "wider by 1.50" in row
    assert "-0%" not in told
    assert "\N{MINUS SIGN}0%" not in told
