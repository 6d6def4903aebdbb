"""Units multiply and divide; what a formula comes out in is held against what is declared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hypotheses.debate import OOM, Debate, Gap, Quantity
from hypotheses.estimates import unit_warnings
from hypotheses.estimates.units import parse_unit, unit_of, write_unit
from hypotheses.formulas import parse_formula
from hypotheses.reading import Reading
from tests.hypotheses.estimates.debates import debate

GIVEN = {"mass": "kg", "people": "person", "rate": "person/day", "days": "day", "side": "m", "other": "kilogram"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("kg", "kg"),
        ("Kilograms", "kg"),
        ("person/day", "person/day"),
        ("people per day", "person/day"),
        ("images a year", "image/yr"),
        ("m2", "m2"),
        ("m²", "m2"),
        ("kg m^2/s^2", "kg m2/s2"),
        ("1/day", "1/day"),
        ("tokens per GPU hour", "token/(gpu h)"),
        ("deaths per person-year", "death/(person yr)"),
        ("galaxies", "galaxy"),
        ("boxes", "box"),
        ("glasses/box", "glass/box"),
        ("women", "woman"),
        ("analyses", "analysis"),
        ("analysis", "analysis"),
        ("gases", "gas"),
        ("gas", "gas"),
        ("MW", "MW"),
        ("mW", "mW"),
        ("USD", "$"),
        ("percent", "a plain number"),
        ("m/s/s", "m/s2"),
        ("%", "a plain number"),
        (OOM, "a plain number"),
        ("word & more", "word&more"),
    ],
)
def test_a_unit_is_read_as_people_write_it(text: str, written: str) -> None:
    assert write_unit(parse_unit(text)) == written


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("rate * days", "person"),
        ("mass / people", "kg/person"),
        ("mass / other", "a plain number"),
        ("rate / people", "1/day"),
        ("sqrt(side ** 2)", "m"),
        ("side ** 3 * 2", "m3"),
        ("2 * mass + other", "kg"),
        ("max(mass, other) * 10 ** unknown", "kg"),
        ("exp(mass)", "a plain number"),
        ("mass * unknown", "unknown"),
        # So many seconds are an hour: numbers that turn one unit into another leave it open.
        ("rate * 365", "unknown"),
        ("mass / 1000", "unknown"),
        ("mass + people", "unknown"),
        ("mass ** people", "unknown"),
    ],
)
def test_a_formula_comes_out_in_a_unit(formula: str, unit: str) -> None:
    found = unit_of(parse_formula(formula), {name: parse_unit(given) for name, given in GIVEN.items()})
    assert ("unknown" if found is None else write_unit(found)) == unit


def units(gaps: dict[str, Gap], **formulas: tuple[str, str]) -> Debate:
    quantities = {name: Quantity(name, unit=unit, readings={"v": Reading("1 to 2")}) for name, unit in GIVEN.items()}
    quantities |= {name: Quantity(name, unit=unit, formula=text) for name, (text, unit) in formulas.items()}
    return replace(debate({}, {}), quantities=quantities, gaps=gaps)


def test_another_unit_than_the_declared_one_is_told_with_the_one_that_comes_out() -> None:
    gaps = {
        "per_head": Gap("per_head", "mass / total"),
        "in_kg": Gap("in_kg", "mass * 2", unit="kg"),
        "in_miles": Gap("in_miles", "mass * 2", unit="mile"),
        "ratio": Gap("ratio", "mass / other"),
    }
    numbers = units(gaps, total=("rate * days", ""), wrong=("rate * days", "litre"))
    told = {problem.place: problem.text.removeprefix("its formula comes out in ") for problem in unit_warnings(numbers)}
    assert told == {
        "quantities.wrong.formula": "person; expected litre, as its unit says",
        "gaps.per_head.formula": "kg/person; expected a ratio of like to like, as orders of magnitude are of ratios",
        "gaps.in_miles.formula": "kg; expected mile, as its unit says",
    }


def test_broken_formulas_and_circles_have_no_unit() -> None:
    gaps = {"bad": Gap("bad", "mass +", unit="kg"), "round": Gap("round", "one", unit="kg")}
    assert list(unit_warnings(units(gaps, one=("two", ""), two=("one", "")))) == []
