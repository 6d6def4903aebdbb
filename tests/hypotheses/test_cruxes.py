"""What would flip a conclusion: every crux does, and a little less does not."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.belief import implied
from hypotheses.cruxes import Crux, cruxes, moved, tried
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis, Mode
from hypotheses.estimates import estimate
from hypotheses.margin import leave_one_out, margin
from hypotheses.ratios import rated
from store.bundled import bundled_debate
from tests.exploring import explored


def two(mode: Mode = "independent") -> Debate:
    """Return a debate in which a is ahead of b by ln 10 of one item."""
    return Debate(
        "d",
        "D",
        mode=mode,
        hypotheses={slug: Hypothesis(slug, slug, prior=0.3) for slug in "ab"},
        evidence={
            "x": Evidence("x", "X", assessments={"a": Assessment(10.0), "b": Assessment(1.0)}),
            "y": Evidence("y", "Y", credibility=0.5, assessments={"b": Assessment(1.0)}),
        },
    )


def first(debate: Debate) -> str:
    found = implied(debate)
    return max(found, key=lambda slug: found[slug])


def test_the_margin_is_the_difference_of_log_odds() -> None:
    found = margin(two())
    assert found is not None
    assert (found.first, found.second) == ("a", "b")
    assert found.nats == pytest.approx(math.log(10))


def test_the_smallest_changes_in_closed_form() -> None:
    found = {(crux.kind, crux.evidence, crux.hypothesis): crux for crux in cruxes(two())}
    # A margin of one order of magnitude is half of the scale from -- to ++.
    assert found["ratio", "x", "a"].needed == pytest.approx(1.0)
    assert found["ratio", "x", "b"].needed == pytest.approx(10.0)
    assert found["ratio", "x", "b"].size == pytest.approx(0.5)
    # y counts half, so its ratio has to move by two orders.
    assert found["ratio", "y", "b"].needed == pytest.approx(100.0)
    assert found["ratio", "y", "b"].size == pytest.approx(1.0)
    # Odds 3/7 over 10 are 3/70, and times 10 are 30/7.
    assert found["prior", "", "a"].needed == pytest.approx(3 / 73)
    assert found["prior", "", "b"].needed == pytest.approx(30 / 37)
    # Without any credibility, x tells nothing: the two are equal.
    assert found["credibility", "x", ""].needed == pytest.approx(0.0)
    assert [crux.size for crux in cruxes(two())] == sorted(crux.size for crux in cruxes(two()))


def test_an_exclusive_debate_has_no_room_for_every_prior() -> None:
    found = [crux for crux in cruxes(two("exclusive")) if crux.kind == "prior"]
    # a: 0.3 / 10; b would need 3, more than there is.
    assert {crux.hypothesis: crux.needed for crux in found} == pytest.approx({"a": 0.03})


def test_evidence_beyond_all_measure_has_cruxes_that_can_be_tried() -> None:
    """Ten items of 1e300 to one: e to the power of their sum is more than a float can hold."""
    sure = two("exclusive")
    heavy = {f"e{n}": Evidence(f"e{n}", "E", assessments={"a": Assessment(1e300)}) for n in range(10)}
    sure = replace(sure, evidence={**sure.evidence, **heavy})
    assert not any(crux.kind == "prior" and crux.hypothesis == "b" for crux in cruxes(sure))
    for crux in cruxes(sure):
        assert math.isfinite(crux.needed)
        tried(sure, crux)


def test_a_certain_prior_beside_another_can_be_tried_lower() -> None:
    certain = two("exclusive")
    certain = replace(certain, hypotheses={**certain.hypotheses, "a": Hypothesis("a", "a", prior=1.0)})
    (crux,) = [crux for crux in cruxes(certain) if (crux.kind, crux.hypothesis) == ("prior", "a")]
    # The margin is ln 10 + ln (1 / 0.3); what makes both equal is 0.3 / 10.
    assert tried(certain, crux).hypotheses["a"].prior == pytest.approx(0.03)


@pytest.mark.parametrize("mode", ["independent", "exclusive"])
def test_every_crux_flips_the_first_two_and_most_of_it_does_not(mode: Mode) -> None:
    debate = replace(bundled_debate(), mode=mode)
    if mode == "exclusive":
        hypotheses = {slug: replace(h, prior=h.prior / 2) for slug, h in debate.hypotheses.items()}
        debate = replace(debate, hypotheses=hypotheses)
    apart = margin(debate)
    assert apart is not None
    found = cruxes(debate)
    assert {crux.kind for crux in found} >= {"ratio", "prior"}
    for crux in found:
        after = implied(tried(debate, crux))
        assert after[apart.second] > after[apart.first], crux
        less = replace(crux, needed=crux.now + 0.999 * (crux.needed - crux.now))
        before = implied(tried(debate, less))
        assert before[apart.first] > before[apart.second], crux


def test_a_quantity_at_its_crux_closes_the_headline_gap() -> None:
    debate = bundled_debate()
    found = [crux for crux in cruxes(debate, estimate(debate)) if crux.flips == "gap"]
    assert {crux.quantity for crux in found} >= {"stable_diffusion", "visual_cortex"}
    for crux in found:
        assert estimate(tried(debate, crux)).gaps["puzzle"].now.median == pytest.approx(0, abs=1e-6)
    # The gap of 2.051 OOM closes where the model is 10 ** 2.051 times as large: 890M * 112.4 = 100B.
    model = next(crux for crux in found if crux.quantity == "stable_diffusion")
    assert (model.now, model.needed) == pytest.approx((890e6, 1e11), rel=1e-3)
    assert model.size == pytest.approx(2.0506 / 2, abs=1e-3)


def test_a_gap_that_is_closed_has_no_crux() -> None:
    debate = bundled_debate()
    gaps = {symbol: replace(gap, headline=symbol == "language_gap") for symbol, gap in debate.gaps.items()}
    debate = replace(debate, gaps=gaps)
    assert [crux for crux in cruxes(debate, estimate(debate)) if crux.flips == "gap"] == []


def test_nothing_would_change_where_there_are_no_two_that_are_tested() -> None:
    debate = two()
    one = {key: replace(item, assessments={"a": Assessment(3.0)}) for key, item in debate.evidence.items()}
    assert cruxes(replace(debate, evidence=one)) == ()
    assert leave_one_out(replace(debate, evidence=one)) == ()
    rejected = {**debate.hypotheses, "b": replace(debate.hypotheses["b"], status="rejected")}
    assert margin(replace(debate, hypotheses=rejected)) is None
    certain = {**debate.hypotheses, "a": replace(debate.hypotheses["a"], prior=1.0)}
    assert cruxes(replace(debate, hypotheses=certain)) == ()


def test_trying_changes_one_number_only() -> None:
    debate = two()
    crux = Crux("credibility", 1.0, 1.0, 0.25, evidence="x")
    assert tried(debate, crux).evidence["x"].credibility == pytest.approx(0.25)
    assert tried(debate, crux).evidence["y"] is debate.evidence["y"]
    assert debate.evidence["x"].credibility is None


def test_a_ratio_that_is_tried_is_no_longer_what_two_probabilities_made() -> None:
    debate = two()
    item = replace(debate.evidence["x"], assessments={**debate.evidence["x"].assessments, "a": rated("1 vs 0.1")})
    debate = replace(debate, evidence={**debate.evidence, "x": item})
    (crux,) = [one for one in cruxes(debate) if (one.kind, one.evidence, one.hypothesis) == ("ratio", "x", "a")]
    assert tried(debate, crux).evidence["x"].assessments["a"].given == ""


def test_what_moved_comes_largest_first() -> None:
    assert moved({"a": 0.5, "b": 0.5, "c": 0.1}, {"a": 0.4, "b": 0.9, "c": 0.1}) == pytest.approx({"b": 0.4, "a": -0.1})


ratios = st.sampled_from([0.1, 0.5, 1.0, 2.0, 10.0])


@st.composite
def debates(draw: st.DrawFn) -> Debate:
    evidence = {}
    for number in range(draw(st.integers(1, 5))):
        cells = draw(st.dictionaries(st.sampled_from("abc"), ratios))
        evidence[f"k{number}"] = Evidence(
            f"k{number}",
            "K",
            credibility=draw(st.sampled_from([0.5, 1.0])),
            cluster=draw(st.sampled_from(["", "c", "e"])),
            retracted=draw(st.booleans()) and number > 2,
            assessments={slug: Assessment(ratio) for slug, ratio in cells.items()},
        )
    return Debate("d", "D", hypotheses={slug: Hypothesis(slug, slug, prior=0.4) for slug in "abc"}, evidence=evidence)


@explored(50)
@given(debates())
def test_leaving_one_out_is_what_the_debate_without_it_says(debate: Debate) -> None:
    apart = margin(debate)
    for one in leave_one_out(debate):
        rest = {key: item for key, item in debate.evidence.items() if key != one.evidence}
        without = implied(replace(debate, evidence=rest))
        assert apart is not None
        logits = [math.log(without[slug] / (1 - without[slug])) for slug in apart[:2]]
        shift = (logits[0] - logits[1] - apart.nats) * 10 / math.log(10)
        assert one.shift == pytest.approx(shift, abs=1e-6)


@explored(50)
@given(debates())
def test_every_crux_of_any_debate_flips_the_first_two_and_most_of_it_does_not(debate: Debate) -> None:
    apart = margin(debate)
    for crux in cruxes(debate):
        assert apart is not None
        after = implied(tried(debate, crux))
        assert after[apart.second] >= after[apart.first] - 1e-9, crux
        less = replace(crux, needed=crux.now + 0.999 * (crux.needed - crux.now))
        before = implied(tried(debate, less))
        assert before[apart.first] >= before[apart.second] - 1e-9, crux


@explored(50)
@given(debates())
def test_a_weight_that_flips_is_the_nearest_one_that_does(debate: Debate) -> None:
    """Between the weight as it is and the one that is told, none of 40 puts the second before the first."""
    apart = margin(debate)
    for crux in cruxes(debate):
        if apart is None or crux.kind not in ("credibility", "relevance"):
            continue
        for step in range(1, 40):
            nearer = replace(crux, needed=crux.now + (crux.needed - crux.now) * 0.999 * step / 40)
            found = implied(tried(debate, nearer))
            assert found[apart.first] >= found[apart.second] - 1e-9


@explored(50)
@given(debates())
def test_a_weight_that_is_not_told_does_not_flip_anywhere(debate: Debate) -> None:
    apart = margin(debate)
    if apart is None:
        return
    told = {(crux.kind, crux.evidence) for crux in cruxes(debate)}
    for key, item in debate.evidence.items():
        weights = [step / 20 for step in range(21)]
        others = [replace(item, credibility=weight) for weight in weights if ("credibility", key) not in told]
        others += [replace(item, relevance=weight) for weight in weights if ("relevance", key) not in told]
        for other in others:
            found = implied(replace(debate, evidence={**debate.evidence, key: other}))
            assert found[apart.first] >= found[apart.second] - 1e-9


def test_work_on_cruxes_tells_how_far_it_is_and_can_be_ended() -> None:
    debate, parts = bundled_debate(), list[float]()
    assert cruxes(debate, told=parts.append) == cruxes(debate)
    assert leave_one_out(debate, parts.append) == leave_one_out(debate)
    assert all(0 <= part <= 1 for part in parts)

    def end(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cruxes(debate, told=end)


def test_a_rating_beside_a_stronger_one_has_to_overtake_it() -> None:
    items = {
        "x": Evidence("x", "X", cluster="c", assessments={"a": Assessment(10.0), "b": Assessment(3.0)}),
        "y": Evidence("y", "Y", cluster="c", assessments={"b": Assessment(1.5)}),
    }
    hypotheses = {slug: Hypothesis(slug, slug) for slug in "ab"}
    found = cruxes(Debate("d", "D", hypotheses=hypotheses, evidence=items))
    needed = next(one.needed for one in found if (one.kind, one.evidence, one.hypothesis) == ("ratio", "y", "b"))
    # b has ln 3 + ln 1.5 / 3, and needs ln 10: y, then the stronger one, has to be ln 10 - ln 3 / 3.
    assert needed == pytest.approx(10 / 3 ** (1 / 3))
