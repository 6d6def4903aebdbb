"""What deserves a second look: each check where it should speak, and where it should be silent."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from hypotheses.checks import check
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis


def item(key: str, **fields: Any) -> Evidence:
    plain = Evidence(
        key, key, date="2023", source=f"source of {key}", assessments={"a": Assessment(3.0), "b": Assessment(1.0)}
    )
    return replace(plain, **fields)


def debate(*items: Evidence, **a: Any) -> Debate:
    # Of two items of ratio 3 the log-odds of a are ln 9 above the prior's: 50% becomes 90%.
    first = replace(Hypothesis("a", "A", plausibility=0.8, prior=0.5), **a)
    hypotheses = {"a": first, "b": Hypothesis("b", "B", plausibility=0.4, prior=0.5)}
    return Debate("d", "D", hypotheses=hypotheses, evidence={e.key: e for e in items or (item("x"), item("y"))})


def found(debate: Debate) -> dict[str, tuple[str, str]]:
    return {problem.code: (problem.place, problem.text) for problem in check(debate)}


def test_a_sound_debate_needs_no_second_look() -> None:
    assert check(debate()) == ()


@pytest.mark.parametrize(
    ("changed", "code", "place", "words"),
    [
        (debate(plausibility=0.4, prior=0.4), "missing-prior", "hypotheses.a.prior", "no prior of its own"),
        (debate(prior=1.0), "certain-prior", "hypotheses.a.prior", "a prior of 100% is moved by no evidence"),
        # Stated 1:9 against implied 9:1 is a factor of 81, 19 decibans.
        (debate(plausibility=0.1), "far-apart", "hypotheses.a.plausibility", "stated 10%, the evidence says 90%"),
        (debate(item("x", assessments={"a": Assessment(3.0)})), "unrated", "evidence.x.assessments", "not rated for b"),
        (
            debate(item("x"), item("y"), item("z", assessments=dict.fromkeys("ab", Assessment(0.1)))),
            "equal-everywhere",
            "evidence.z.assessments",
            "rates every explanation alike",
        ),
        (debate(item("x", source="")), "no-source", "evidence.x", "no source, DOI, arXiv id or address"),
        (debate(item("x", date="")), "no-date", "evidence.x.date", "no date"),
        (
            debate(item("x", arxiv="2303.01469v1"), item("y", arxiv="2303.01469V2", cluster="c")),
            "unmarked-cluster",
            "evidence.y.cluster",
            "the same arXiv id as x",
        ),
        (
            debate(item("x", doi="10.1000/A"), item("y", also=("https://example.org/b", "https://doi.org/10.1000/a"))),
            "unmarked-cluster",
            "evidence.y.cluster",
            "the same DOI as x",
        ),
        (
            debate(item("x", url="https://www.example.org/a/"), item("y", url="http://example.org/a#top")),
            "unmarked-cluster",
            "evidence.y.cluster",
            "the same address as x",
        ),
    ],
)
def test_what_deserves_a_second_look(changed: Debate, code: str, place: str, words: str) -> None:
    assert code in found(changed)
    assert found(changed)[code][0] == place
    assert words in found(changed)[code][1]


def test_a_hypothesis_that_nothing_rates_is_untested_and_not_nagged_about_its_prior() -> None:
    untested = debate(item("x", assessments={"a": Assessment(3.0), "b": Assessment(None)}), plausibility=0.7)
    assert found(untested)["untested"][0] == "hypotheses.b"
    assert "missing-prior" not in found(untested)


def test_evidence_of_one_source_in_one_cluster_is_as_it_should_be() -> None:
    assert (
        check(debate(item("x", doi="10.1/a", cluster="c"), item("y", doi="10.1/A", cluster="c"), plausibility=0.7))
        == ()
    )


def test_an_address_of_many_slashes_is_read_at_once() -> None:
    start = time.perf_counter()
    check(debate(item("x", url=f"https://a.b{'/' * 40_000}x")))
    assert time.perf_counter() - start < 2


def test_retracted_evidence_and_rejected_explanations_ask_for_nothing() -> None:
    retracted = item("z", assessments={}, retracted=True)
    assert check(debate(item("x"), item("y"), retracted)) == ()
    rejected = debate(item("x", assessments={"a": Assessment(3.0)}), item("y"), plausibility=0.7)
    b = replace(rejected.hypotheses["b"], status="rejected")
    assert "unrated" not in found(replace(rejected, hypotheses={**rejected.hypotheses, "b": b}))


def test_a_long_list_of_names_is_counted() -> None:
    many = {f"h{n}": Hypothesis(f"h{n}", "H", plausibility=0.5, prior=0.4) for n in range(8)}
    problems = found(Debate("d", "D", hypotheses=many, evidence={"x": item("x", assessments={})}))
    assert "not rated for h0, h1, h2, h3, h4 and 3 more" in problems["unrated"][1]


def test_a_prior_that_bears_a_date_was_stated() -> None:
    assert "missing-prior" not in found(debate(plausibility=0.4, prior=0.4, prior_on="2023"))


def test_a_starting_figure_is_far_from_nothing() -> None:
    assert "far-apart" not in found(debate(plausibility=0.1, placeholder=True))


@pytest.mark.parametrize(("rated", "waits"), [("", True), ("a", False), ("ab", True), ("abc", True), ("abcd", False)])
def test_evidence_that_is_rated_for_few_was_logged_for_these(rated: str, waits: bool) -> None:
    hypotheses = {slug: Hypothesis(slug, slug.upper(), plausibility=0.5, prior=0.4) for slug in "abcd"}
    one = item("x", assessments={slug: Assessment(3.0 if slug == "a" else 1.0) for slug in rated})
    assert ("unrated" in found(Debate("d", "D", hypotheses=hypotheses, evidence={"x": one}))) == waits


def test_a_further_source_is_one() -> None:
    assert "no-source" not in found(debate(item("x", source="", also=("10.1000/a",))))
