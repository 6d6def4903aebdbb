"""What the evidence adds, kept up: to the last bit what it adds worked out anew, whatever came and went before."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses import pulls
from hypotheses.belief import added, beside, evidence_for, log_odds, weighed, weights
from hypotheses.debate import Assessment, Counts, Debate, Evidence, Hypothesis
from hypotheses.people import people
from hypotheses.pulls import FollowedPulls
from hypotheses.schemes import untested
from hypotheses.sums import Followed, KeptSum, plain_sums
from hypotheses.tallies import Tallies, tallied
from tests.exploring import explored

CLUSTERS = st.sampled_from(["", "c", "e"])
NATS = st.one_of(st.sampled_from([-1.0, 0.0, 0.5, 0.1 + 0.2, 0.3, 1.0]), st.floats(-50, 50))


@given(st.lists(st.tuples(CLUSTERS, NATS)), st.lists(st.integers(0, 20)), st.sampled_from([0.0, 0.3, 0.5, 1.0]))
def test_what_came_and_went_leaves_no_trace(items: list[tuple[str, float]], gone: list[int], rho: float) -> None:
    kept, there = KeptSum(rho, 0.25), list[tuple[str, float]]()
    for place, (cluster, nats) in enumerate(items):
        kept.put(cluster, nats)
        there.append((cluster, nats))
        if place in gone:
            kept.total()  # also where it was asked for in between
            kept.take(*there.pop(place % len(there)))
    by_cluster: dict[str, list[float]] = {}
    for cluster, nats in there:
        by_cluster.setdefault(cluster, []).append(nats)
    assert kept.total() == added(by_cluster, rho)
    assert kept.total() == added(by_cluster, rho)
    assert kept.total(1) == added(by_cluster, 0.25)


def test_an_item_that_goes_takes_with_it_just_what_it_brought() -> None:
    # 1e16 + 1 is no float: a sum that was rounded on the way would be 0 here.
    kept = KeptSum(0.5)
    for nats in (1.0, 1e16):
        kept.put("", nats)
    assert kept.total() == 1e16
    kept.take("", 1e16)
    assert kept.total() == 1.0


PEOPLE = st.sampled_from(["", "", "bob", "eve"])
OTHERS = st.sampled_from([{}, {}, {"ada": Assessment(2.0, by="ada")}])


@st.composite
def versions(draw: st.DrawFn) -> list[Debate]:
    """Return a debate and what a few edits of evidence, priors and rules make of it, one after the other."""
    keys = st.sampled_from(["k0", "k1", "k2", "k3"])
    debate = Debate("d", "D", hypotheses={slug: Hypothesis(slug, slug, prior=0.3, prior_on="2022") for slug in "ab"})
    found = [debate]
    for _ in range(draw(st.integers(1, 8))):
        key = draw(keys)
        match draw(
            st.sampled_from(["log", "log", "log", "remove", "prior", "counts", "correlation", "hypothesis", "without"])
        ):
            case "log":
                cells = draw(st.dictionaries(st.sampled_from("abx"), st.sampled_from([None, 0.1, 1.0, 3.0, 10.0])))
                item = Evidence(
                    key,
                    "K",
                    date=draw(st.sampled_from(["", "2021", "2023"])),
                    credibility=draw(st.sampled_from([None, 0.0, 0.3, 1.0])),
                    cluster=draw(CLUSTERS),
                    retracted=draw(st.booleans()),
                    assessments={
                        slug: Assessment(ratio, by=draw(PEOPLE), others=draw(OTHERS)) for slug, ratio in cells.items()
                    },
                )
                debate = replace(debate, evidence={**debate.evidence, key: item})
            case "remove":
                debate = replace(debate, evidence={k: item for k, item in debate.evidence.items() if k != key})
            case "prior":
                a = replace(debate.hypotheses["a"], prior=draw(st.sampled_from([0.0, 0.2, 1.0])))
                debate = replace(debate, hypotheses={**debate.hypotheses, "a": a})
            case "counts":
                counts: list[Counts] = ["all", "after-prior"]
                debate = replace(debate, counts=draw(st.sampled_from(counts)))
            case "correlation":
                debate = replace(debate, correlation=draw(st.sampled_from([0.0, 0.5, 0.9])))
            case "without":
                left = {slug: h for slug, h in debate.hypotheses.items() if slug != "x"}
                debate = replace(debate, hypotheses=left)
            case _:
                debate = replace(debate, hypotheses={**debate.hypotheses, "x": Hypothesis("x", "X", prior=0.1)})
        found.append(debate)
    return found


@explored(50)
@given(versions())
def test_log_odds_that_follow_edits_are_those_worked_out_anew(debates: list[Debate]) -> None:
    followed = Followed(plain_sums)
    for debate in debates:
        assert followed.of(debate).log_odds(debate) == log_odds(debate)
    assert all(not math.isnan(value) for value in followed.of(debates[0]).log_odds(debates[0]).values())


@explored(50)
@given(versions())
def test_tallies_that_follow_edits_are_those_counted_anew(debates: list[Debate]) -> None:
    tallies = Tallies()
    for debate in debates:
        assert tallies.of(debate) == tallied(debate)
        assert tallies.untested(debate) == untested(debate)
        assert tallies.people(debate) == people(debate)


@explored(50)
@given(versions(), st.sampled_from([0, 16]), st.sampled_from([0, 64]))
def test_pulls_that_follow_edits_are_those_worked_out_anew(debates: list[Debate], part: int, few: int) -> None:
    followed = FollowedPulls()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pulls, "_PART", part)  # 0: however many change, only they and their clusters are made anew
        patch.setattr(pulls, "_FEW", few)  # 0: all are put in order
        for debate in debates:
            found = followed.of(debate, "a")
            assert tuple(found) == evidence_for(debate, "a")
            assert followed.of(replace(debate, title="Another"), "a") is found


@explored(50)
@given(versions())
def test_an_item_counts_the_same_among_those_of_its_cluster_alone(debates: list[Debate]) -> None:
    debate = debates[-1]
    for key, item in debate.evidence.items():
        among = beside(debate, item)
        assert weights(among)[key] == weights(debate)[key]
        for slug in debate.hypotheses:
            assert weighed(among, slug).get(key) == weighed(debate, slug).get(key)
