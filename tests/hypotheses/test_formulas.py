"""Formulas: what is read, and what is refused where."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.estimates import estimate
from hypotheses.formulas import Name, Number, Operation, names, parse_formula
from hypotheses.problems import Malformed
from tests.hypotheses.estimates.debates import debate


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 ** 3 ** 2", 512),
        ("-2 ** 2", -4),
        ("+5 - -2", 7),
        ("10 / 4", 2.5),
        ("log10(1000)", 3),
        ("log(exp(2))", 2),
        ("sqrt(16)", 4),
        ("abs(-3)", 3),
        ("min(3, 1, 2)", 1),
        ("max(3, 1, 2)", 3),
        ("(-2) ** 3", -8),
        ("(-2) ** -2", 0.25),
        ("0 * 5", 0),
        ("a * b - b ** 2 / a", 6 - 4.5),
    ],
)
def test_a_formula_of_numbers_is_arithmetic(formula: str, result: float) -> None:
    numbers = debate({"a": "2", "b": "3", "c": f"= {formula}"}, {"sum": "c + 1000"})
    # In OOM the gap is log10(c + 1000).
    assert 10 ** estimate(numbers).gaps["sum"].now.median == pytest.approx(result + 1000)


def test_a_formula_is_a_tree_that_names_what_it_needs() -> None:
    tree = parse_formula("a * 10 ** ooms + a")
    power = Operation("**", (Number(10), Name("ooms")))
    assert tree == Operation("+", (Operation("*", (Name("a"), power)), Name("a")))
    assert names(tree) == ("a", "ooms")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("", "found no formula"),
        ("a +", "cannot read"),
        ("(a", "cannot read"),
        ("a b", "column 3: cannot read 'b'"),
        ("a ^ b", "expected **"),
        ("a // b", "expected /"),
        ("a % b", "'%' is not an operator"),
        ("a @ b", "unknown operator"),
        ("mn(a, b)", "did you mean min?"),
        ("foo(a)", "expected one of log10"),
        ("min(a)", "min has 1 argument; expected 2 arguments or more"),
        ("log10(a, b)", "log10 has 2 arguments; expected 1 argument"),
        ("sqrt()", "sqrt has 0 arguments"),
        ("a.b", "column 1: 'a.b' is not part of a formula"),
        ("b + a[0]", "column 5: 'a[0]' is not part of a formula"),
        ("'a'", "not part of a formula"),
        ("True", "not part of a formula"),
        ("1j", "not part of a formula"),
        ("a if b else c", "not part of a formula"),
        ("(lambda: 1)()", "not part of a formula"),
        ("min(*a, b)", "not part of a formula"),
        ("min(a, key=b)", "not part of a formula"),
        ("__import__('os').system('true')", "not part of a formula"),
        ("a := 3", "cannot read"),
        ("890M * a", "expected 890e6"),
        ("1e999", "too large"),
        ("9" * 400, "too large"),
        ("a" * 5000, "too long"),
        ("-" * 300 + "a", "nested too deeply"),
        ("(" * 1000 + "a" + ")" * 1000, "cannot read"),
        ("a\x00b", "column 2: cannot read the character U+0000"),
    ],
)
def test_what_is_no_formula_is_refused_with_what_was_expected(formula: str, expected: str) -> None:
    with pytest.raises(Malformed) as refused:
        parse_formula(formula)
    assert expected in str(refused.value)


@given(st.text(max_size=60) | st.text("ab()+-*/,. 0123log", max_size=60))
def test_no_text_does_anything_but_parse_or_be_refused(text: str) -> None:
    with suppress(Malformed):
        parse_formula(text)


def test_a_sum_of_many_terms_is_read() -> None:
    assert len(names(parse_formula(" + ".join(f"q{n}" for n in range(150))))) == 150
