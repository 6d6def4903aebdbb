"""`quantity`, `reading`, `convention`, `gap`, `effect`, `assume`: a model made and changed by commands alone."""

from __future__ import annotations

import math

import pytest

from tests.tui.cli.conftest import Abduce


@pytest.fixture
def tuners(abduce: Abduce) -> Abduce:
    """How many piano tuners, from blank: the guess of a well-known problem of Fermi's."""
    abduce.done("new", "How many piano tuners?", "--slug", "tuners")
    abduce.done("quantity", "add", "people", "9M", "--unit", "person", "--label", "People in the city")
    abduce.done("quantity", "add", "owners", "2%", "--reading", "post", "--source", "the post")
    abduce.done("quantity", "add", "pianos", "= people * owners", "--unit", "piano", "--group", "Pianos")
    abduce.done("quantity", "add", "known", "300")
    told = abduce.done(
        "gap", "add", "shortage", "pianos / known", "--headline", "--closed", "0.5", "--label", "Gap"
    ).err
    # log10(9M * 2% / 300) = log10(600)
    assert f"; Gap: {math.log10(600):.2f} OOM" in told
    abduce.done("hypothesis", "add", "Most are not listed", "--slug", "unlisted")
    abduce.done("effect", "set", "unlisted", "known", "known * 10 ** more", "--assume", "more=1")
    return abduce


def median(abduce: Abduce, *arguments: str, symbol: str = "shortage", under: str = "") -> float:
    gaps = abduce.done("estimate", "--json", *arguments).json["gaps"]
    (found,) = (gap for gap in gaps if gap["symbol"] == symbol)
    return float((found["under"][under] if under else found["now"])["median"])


def test_a_model_is_made_by_commands_alone(tuners: Abduce) -> None:
    assert median(tuners) == pytest.approx(math.log10(600))
    assert median(tuners, under="unlisted") == pytest.approx(math.log10(60))
    listed = {each["symbol"]: each for each in tuners.done("quantities", "--json").json["quantities"]}
    assert list(listed) == ["people", "owners", "pianos", "known"]
    assert (listed["pianos"]["formula"], listed["pianos"]["group"]) == ("people * owners", "Pianos")
    assert listed["owners"]["readings"]["post"]["source"] == "the post"


def test_readings_are_added_chosen_changed_and_removed(tuners: Abduce) -> None:
    tuners.done("reading", "add", "owners", "survey", "4%", "--source", "a survey", "--correlated", "people=0.5")
    tuners.done("reading", "choose", "owners", "survey")
    assert median(tuners) == pytest.approx(math.log10(1200))
    tuners.done("reading", "edit", "owners", "survey", "--value", "8%", "--correlated", "")
    assert median(tuners) == pytest.approx(math.log10(2400))
    tuners.done("reading", "remove", "owners", "survey")
    assert median(tuners) == pytest.approx(math.log10(600))
    assert "'post' is the only reading of owners" in tuners.refused("reading", "remove", "owners", "post")
    # An assumption by the rank of its explanation.
    told = tuners.done("reading", "add", "1.more", "survey", "2").err
    assert "unlisted.more is 2 in survey" in told
    tuners.done("reading", "choose", "unl.more", "survey")
    assert median(tuners, under="unlisted") == pytest.approx(math.log10(6))
    assert "there is no assumption 'les'" in tuners.refused("reading", "choose", "1.les", "survey")
    assert "has no =" in tuners.refused("reading", "edit", "owners", "post", "--correlated", "people", code=2)
    assert "--correlated" in tuners.refused("reading", "edit", "owners", "post", "--correlated", "people=2")
    assert "nothing to change" in tuners.refused("reading", "edit", "owners", "post", code=2)


def test_a_convention_is_added_renamed_chosen_and_removed(tuners: Abduce) -> None:
    tuners.done("convention", "add", "high", "owners=20%", "1.more=0", "--source", "a guess")
    tuners.done("convention", "choose", "high")
    assert tuners.done("convention", "list").out == "  post\n* high\n"
    assert median(tuners, under="unlisted") == pytest.approx(math.log10(6000))
    tuners.done("convention", "rename", "high", "upper")
    assert median(tuners) == pytest.approx(math.log10(6000))
    tuners.done("convention", "remove", "upper")
    assert tuners.done("convention", "list").out == "* post\n"
    refused = tuners.refused("convention", "remove", "post")
    assert "'owners', which has no other reading" in refused
    assert "--with" in refused
    told = tuners.done("convention", "remove", "post", "--with").err
    assert "with owners, pianos, shortage" in told
    tuners.done("undo")
    assert median(tuners) == pytest.approx(math.log10(600))


def test_a_quantity_that_others_use_is_removed_with_them_or_for_a_number(tuners: Abduce) -> None:
    refused = tuners.refused("quantity", "remove", "people")
    assert "would take along the quantity 'pianos'; say so (--with), or put a value" in refused
    tuners.done("quantity", "remove", "people", "--instead", "9M")
    assert median(tuners) == pytest.approx(math.log10(600))
    tuners.done("undo")
    told = tuners.done("quantity", "remove", "people", "--with").err
    assert "removed people with pianos, shortage" in told
    tuners.done("undo")
    tuners.done("gap", "remove", "shortage")
    assert tuners.done("estimate", "--json").json["gaps"] == []
    tuners.done("undo")
    assert "did you mean 'people'?" in tuners.refused("quantity", "remove", "peeple")
    assert "did you mean 'shortage'?" in tuners.refused("gap", "remove", "shortages")


def test_fields_are_changed_and_the_others_stay(tuners: Abduce) -> None:
    claim = ("--claim", "600x", "--claim-source", "P4", "--claim-quote", "Six hundred.")
    tuners.done("gap", "edit", "shortage", "--label", "The gap", *claim)
    tuners.done("gap", "edit", "shortage", "--claim-source", "P5")
    gap = tuners.done("export", "--format", "json").json["gaps"]["shortage"]
    assert (gap["label"], gap["closed"], gap["formula"]) == ("The gap", 0.5, "pianos / known")
    assert gap["claim"] == {"value": "600x", "source": "P5", "quote": "Six hundred."}
    tuners.done("gap", "edit", "shortage", "--claim", "")
    assert "claim" not in tuners.done("export", "--format", "json").json["gaps"]["shortage"]
    assert "--claim as well" in tuners.refused("gap", "edit", "shortage", "--claim-quote", "x")
    tuners.done("quantity", "edit", "known", "--unit", "person", "--formula", "people / 1000")
    assert median(tuners) == pytest.approx(math.log10(20))
    assert "needs itself" in tuners.refused("quantity", "edit", "known", "--formula", "known * 2")
    assert "nothing to change" in tuners.refused("quantity", "edit", "known", code=2)
    assert "nothing to change" in tuners.refused("gap", "edit", "shortage", code=2)
    tuners.done("value", "known", "= people / 3000")
    assert median(tuners) == pytest.approx(math.log10(60))


def test_quantities_and_gaps_stand_where_they_are_put(tuners: Abduce) -> None:
    tuners.done("quantity", "move", "known", "up")
    tuners.done("quantity", "move", "people", "4")
    order = [each["symbol"] for each in tuners.done("quantities", "--json").json["quantities"]]
    assert order == ["owners", "known", "pianos", "people"]
    assert "it is last already" in tuners.refused("quantity", "move", "people", "down")
    assert "expected up, down or a place" in tuners.refused("quantity", "move", "people", "first")
    tuners.done("gap", "add", "half", "shortage / 2", "--unit", "")
    tuners.done("gap", "move", "half", "1")
    assert [gap["symbol"] for gap in tuners.done("estimate", "--json").json["gaps"]] == ["half", "shortage"]
    tuners.done("gap", "headline", "half")
    gaps = tuners.done("estimate", "--json").json["gaps"]
    assert [gap["headline"] for gap in gaps] == [True, False]


def test_an_assumption_that_an_effect_uses_is_cleared_with_it_or_for_a_number(tuners: Abduce) -> None:
    tuners.done("assume", "set", "1", "more", "-2")
    assert median(tuners, under="unlisted") == pytest.approx(math.log10(60000))
    assert "'more' would take along the effect on 'known'" in tuners.refused("assume", "clear", "1", "more")
    tuners.done("assume", "clear", "1", "more", "--instead", "2")
    assert median(tuners, under="unlisted") == pytest.approx(math.log10(6))
    tuners.done("effect", "clear", "1", "known")
    assert "if true" not in tuners.done("show", "1").out
    assert "there is no effect 'known'" in tuners.refused("effect", "clear", "1", "known")
    refused = tuners.refused("effect", "set", "1", "known", "known * more")
    assert "'more' is not known" in refused


def test_what_is_meant_is_said_where_it_could_be_several(tuners: Abduce) -> None:
    tuners.done("reading", "add", "1.more", "survey", "2")
    assert "more has several readings, value, survey; say with --reading" in tuners.refused(
        "assume", "set", "1", "more", "3"
    )
    tuners.done("assume", "set", "1", "more", "3", "--reading", "survey", "--note", "a guess")
    tuners.done("reading", "choose", "1.more", "survey")
    assert median(tuners, under="unlisted") == pytest.approx(math.log10(0.6))
    assert "which no source gives" in tuners.refused("quantity", "add", "x", "= 2 * people", "--source", "the post")
