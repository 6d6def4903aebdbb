"""What the evidence says under stated doubts. Expected figures are worked out beside each test."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.belief import Nats, added, implied, nats_by_cluster, prior_odds
from hypotheses.clusters import together
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis, Mode
from hypotheses.doubt_cases import DECIMALS, FewCases
from hypotheses.doubted import Doubted, FollowedDoubts, doubted, how_firmly
from hypotheses.doubts import DOUBTS
from hypotheses.ranking import format_span
from hypotheses.schemes import untested
from tests.exploring import explored
from tests.hypotheses.test_sums import versions

SPAN = ("looser", "tighter", "between", "halved", "after-prior", "without-one")


def item(key: str, ratios: Mapping[str, float], cluster: str = "", date: str = "") -> Evidence:
    return Evidence(key, key, date=date, cluster=cluster, assessments={s: Assessment(r) for s, r in ratios.items()})


def debate_of(*items: Evidence, mode: Mode = "independent", prior_on: str = "2023", **priors: float) -> Debate:
    hypotheses = {slug: Hypothesis(slug, slug, prior=p, prior_on=prior_on) for slug, p in priors.items()}
    return Debate("d", "D", mode=mode, hypotheses=hypotheses, evidence={e.key: e for e in items})


DEBATE = debate_of(
    item("x", {"a": 3, "b": 1}, "lab", "2022"),
    item("y", {"a": 3}, "lab", "2024"),
    item("z", {"a": 10, "b": 10}, "", "2024"),
    a=0.5,
    b=0.5,
)


def odds_under(says: Doubted, name: str, slug: str, case: str = "") -> float:
    under = next(under for under in says.under if under.doubt.name == name)
    p = under.cases[case].implied[slug]
    return p / (1 - p)


@pytest.mark.parametrize(
    ("name", "case", "odds"),
    [
        ("looser", "", 3 ** (2 / 1.25) * 10),
        ("tighter", "", 3 ** (2 / 1.75) * 10),
        # Ten alone is the strongest; the cluster, ln 3 ** (4/3), is second and counts 2 / 1.1 - 1 = 9/11.
        ("between", "", 10 * 3 ** (4 / 3 * 9 / 11)),
        ("halved", "", (3 ** (4 / 3) * 10) ** 0.5),
        # What is of 2022 was known in 2023: y is alone in its cluster.
        ("after-prior", "", 3 * 10),
        ("without-one", "lab", 10),
        ("even-priors", "", 3 ** (4 / 3) * 10),
        ("independent", "", 9 * 10),
        ("one-per-cluster", "", 3 * 10),
    ],
)
def test_each_doubt_has_its_formula(name: str, case: str, odds: float) -> None:
    assert odds_under(doubted(DEBATE), name, "a", case) == pytest.approx(odds)


def test_the_span_is_over_six_doubts_and_not_over_what_the_owner_chooses() -> None:
    says = doubted(DEBATE)
    assert tuple(under.doubt.name for under in says.counted) == SPAN
    # From without the cluster, odds 10, or halved, (3 ** (4/3) * 10) ** 0.5 = 6.58, to looser, 3 ** 1.6 * 10 = 57.98.
    low, high = says.span("a")
    assert low == pytest.approx(1 - 1 / (1 + (3 ** (4 / 3) * 10) ** 0.5))
    assert high == pytest.approx(1 - 1 / (1 + 3**1.6 * 10))
    assert format_span((low, high)) == "87–98"


def test_how_firmly_one_stands_before_another() -> None:
    says = doubted(DEBATE)
    # Without the cluster, a and b have odds of 10 both; in all other cases a has more.
    assert (says.first, says.firmness("a"), says.firmness("a", "b")) == ("a", (5, 6), (5, 6))
    assert how_firmly(says, "a") == " under 5 of 6 doubts: not firm"
    assert says.first_under("a") == SPAN  # of two that are equal, the one that was entered first
    assert says.first_under("b") == ()
    sure = doubted(debate_of(item("x", {"a": 3, "b": 1 / 3}), a=0.5, b=0.5, prior_on=""))
    assert how_firmly(sure, "a", "b") == " under 1 of 1 doubt: firm"


def test_one_that_no_evidence_rates_has_a_place_by_its_prior_but_cannot_come_first() -> None:
    says = doubted(debate_of(item("x", {"a": 3}), a=0.1, b=0.6, prior_on=""))
    assert (says.first, says.rated.order) == ("a", ("a",))
    # Odds of 1/9 times 3 or its root are below 3/2.
    assert says.firmness("b", "a") == (1, 1)


def test_a_doubt_that_has_nothing_to_doubt_is_not_counted() -> None:
    says = doubted(debate_of(item("x", {"a": 3}), a=0.5, prior_on=""))
    assert [under.doubt.name for under in says.counted] == ["halved"]
    nothing = doubted(debate_of(a=0.5))
    assert (nothing.first, nothing.span("a"), format_span(nothing.span("a"))) == ("", (0.5, 0.5), "")
    assert nothing.counted[0].doubt.name == "after-prior"
    assert doubted(debate_of()).counted == ()
    # What the debate leaves out already, no doubt can take away.
    after = replace(DEBATE, counts="after-prior")
    assert "after-prior" not in [under.doubt.name for under in doubted(after).counted]
    assert implied(after)["a"] == pytest.approx(30 / 31)


def test_of_the_clusters_left_out_the_worst_for_the_first_stands_for_all() -> None:
    debate = debate_of(
        item("x", {"a": 10}, "p"), item("y", {"a": 3}, "q"), item("z", {"b": 10}), a=0.5, b=0.5, prior_on=""
    )
    under = next(under for under in doubted(debate).under if under.doubt.name == "without-one")
    assert list(under.cases) == ["p", "q"]
    name, worst = under.worst("a")
    # Without p, a has odds of 3 and b of 10; without q both have 10.
    assert (name, worst.order) == ("p", ("b", "a"))
    assert doubted(debate).first_under("b") == ("without-one",)


def test_even_priors_leave_none_of_these_its_share() -> None:
    debate = debate_of(item("x", {"a": 3}), mode="exclusive", a=0.8, b=0.1)
    under = next(under for under in doubted(debate).under if under.doubt.name == "even-priors")
    # A third each, a three times: 3 / (3 + 1 + 1).
    assert under.cases[""].implied == pytest.approx({"a": 0.6, "b": 0.2})


RATIOS = st.sampled_from([0.1, 0.5, 1.0, 2.0, 10.0])


@st.composite
def debates(draw: st.DrawFn) -> Debate:
    items = [
        item(
            f"k{number}",
            draw(st.dictionaries(st.sampled_from("ab"), RATIOS)),
            draw(st.sampled_from(["", "c", "e"])),
            draw(st.sampled_from(["", "2022", "2024"])),
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    return debate_of(*items, mode=draw(st.sampled_from(["independent", "exclusive"])), a=0.4, b=0.3)


@given(debates(), st.integers(0, 4), st.floats(1.01, 20))
def test_more_support_never_lowers_belief_under_any_doubt(debate: Debate, which: int, factor: float) -> None:
    rated = [(e, cell) for e in debate.evidence.values() if (cell := e.assessments.get("a"))]
    if not rated:
        return
    one, cell = rated[which % len(rated)]
    stronger = replace(one, assessments={**one.assessments, "a": Assessment((cell.ratio or 1) * factor)})
    before, after = doubted(debate), doubted(replace(debate, evidence={**debate.evidence, one.key: stronger}))
    for was, now in zip(before.under, after.under, strict=True):
        for name, case in was.cases.items():
            assert now.cases[name].implied["a"] >= case.implied["a"] - 1e-12, was.doubt.name


@given(debates())
def test_a_span_holds_what_is_rated_and_a_neutral_item_widens_no_span(debate: Debate) -> None:
    says = doubted(debate)
    for slug, p in implied(debate).items():
        low, high = says.span(slug)
        assert low <= p <= high
        assert says.rated.implied[slug] == p
    beside = replace(debate, evidence={**debate.evidence, "new": item("new", {"a": 1, "b": 1})})
    if len(says.counted) == len(doubted(beside).counted):
        for slug in "ab":
            assert doubted(beside).span(slug) == pytest.approx(says.span(slug))


def test_every_doubt_has_a_name_a_formula_and_a_reason() -> None:
    assert tuple(name for name, doubt in DOUBTS.items() if not doubt.owners) == SPAN
    for doubt in DOUBTS.values():
        assert doubt.label
        assert doubt.formula
        assert doubt.reason.endswith(".")


def everything(says: Doubted, slugs: Iterable[str]) -> list[object]:
    """Return all that is asked of what the evidence says."""
    pairs = [(one, other) for one in slugs for other in ["", *slugs] if one != other]
    return [
        says.rated,
        [(under.doubt.name, dict(under.cases), under.cases and under.worst(says.first)) for under in says.under],
        [(says.span(slug), says.first_under(slug)) for slug in slugs],
        [says.firmness(one, other) for one, other in pairs],
    ]


@explored(50)
@given(versions(), st.sampled_from(["independent", "exclusive"]))
def test_what_follows_edits_is_what_is_worked_out_anew_and_looked_for_in_every_case(
    debates: list[Debate], mode: Mode
) -> None:
    followed = FollowedDoubts()
    for each in debates:
        debate = replace(
            each, mode=mode, hypotheses={s: replace(h, prior=h.prior / 4) for s, h in each.hypotheses.items()}
        )
        says, anew = followed.of(debate, untested(debate)), doubted(debate)
        assert everything(says, debate.hypotheses) == everything(anew, debate.hypotheses)
        all_cases = tuple(under._replace(cases=FewCases(under.cases)) for under in anew.under)
        assert everything(Doubted(anew.rated, all_cases), debate.hypotheses) == everything(anew, debate.hypotheses)


def _apart(nats: Nats, correlation: float) -> list[float]:
    """Return what each lone item adds, and each cluster in each direction."""
    both = [part for cluster, each in nats.items() if cluster for part in together(each, correlation)]
    return [*nats.get("", ()), *both] or [0.0]


@explored(50)
@given(versions())
def test_each_doubt_is_its_formula(debates: list[Debate]) -> None:
    debate = debates[-1]
    nats, start = nats_by_cluster(debate), prior_odds(debate)
    formulas: dict[str, Callable[[Nats], float]] = {
        "looser": lambda each: added(each, 0.25),
        "tighter": lambda each: added(each, 0.75),
        "between": lambda each: math.fsum(together(_apart(each, debate.correlation), 0.1)),
        "halved": lambda each: 0.5 * added(each, debate.correlation),
        "independent": lambda each: added(each, 0.0),
        "one-per-cluster": lambda each: added(each, 1.0),
    }
    for under in doubted(debate).under:
        if under.cases and under.doubt.name in formulas:
            right = {slug: start[slug] + formulas[under.doubt.name](nats[slug]) for slug in debate.hypotheses}
            assert under.cases[""].odds == {slug: round(odds, DECIMALS) for slug, odds in right.items()}
        if under.doubt.name == "without-one":
            assert set(under.cases) == {cluster for each in nats.values() for cluster in each if cluster}
            for cluster, case in under.cases.items():
                left = {s: {name: items for name, items in each.items() if name != cluster} for s, each in nats.items()}
                right = {slug: start[slug] + added(left[slug], debate.correlation) for slug in debate.hypotheses}
                assert case.odds == pytest.approx(right, abs=1e-8)
