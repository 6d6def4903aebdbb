"""What the evidence of a cluster adds up to."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.belief import log_odds, prior_odds
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.matrix import Order, Workings, in_order
from hypotheses.summed import Cluster, clustered, summed
from tests.exploring import explored

HYPOTHESES = {slug: Hypothesis(slug, slug, position=n) for n, slug in enumerate("xyz")}


def item(key: str, cluster: str = "lab", **ratios: float | None) -> Evidence:
    return Evidence(key, key, cluster=cluster, assessments={slug: Assessment(each) for slug, each in ratios.items()})


def debate(*items: Evidence) -> Debate:
    return Debate("m", "M", hypotheses=HYPOTHESES, evidence={each.key: each for each in items})


def test_two_equal_findings_count_as_a_third_more_than_one() -> None:
    items = (item("a", x=4.0, y=10.0), item("b", x=4.0, y=0.1), item("c", z=None))
    lab = summed(debate(*items), items)
    # n_eff(2) = 2 / 1.5 = 4/3 of ln 4; ten times likelier and less likely cancel out; nothing says anything of z.
    assert lab.sums["x"].ratio == pytest.approx(4 ** (4 / 3))
    assert lab.sums["y"].ratio == pytest.approx(1.0)
    assert {slug: each.findings for slug, each in lab.sums.items()} == {"x": 2, "y": 2, "z": 1}
    assert lab.sums["z"].ratio is None
    # Of 4/3 ln 4, 0 and 0 the mean is a third, so the standard deviation is √2/3 of it.
    assert lab.diagnosticity == pytest.approx(4 / 3 * math.log(4) * math.sqrt(2) / 3)


def test_what_does_not_count_is_not_in_it() -> None:
    told = (item("a", x=3.0), replace(item("b", x=10.0), retracted=True), replace(item("c", x=3.0), credibility=0.0))
    lab = summed(debate(*told), told)
    assert lab.sums["x"].findings == 2
    assert lab.sums["x"].ratio == pytest.approx(3.0)
    gone = tuple(replace(each, retracted=True) for each in told)
    assert summed(debate(*gone), gone).sums == {}
    assert summed(debate(*gone), gone).diagnosticity == 0


def test_a_cluster_is_as_new_as_its_newest_item() -> None:
    items = [replace(item(key), date=date) for key, date in zip("abc", ("2021-05", "", "1999"), strict=True)]
    lab = summed(debate(*items), items)
    assert (lab.dates, lab.date) == (("1999", "2021-05"), "2021-05")
    assert summed(debate(*items), items[1:2]).date == ""


def test_one_item_is_no_cluster() -> None:
    assert list(clustered(debate(item("a"), item("b", "other"), item("c"), item("d", ""), item("e", "")))) == ["lab"]


def test_a_sum_beyond_all_numbers_is_still_a_ratio() -> None:
    many = debate(*(item(f"e{n}", x=1e9, y=1e-9) for n in range(60)))
    lab = Workings().figures(replace(many, correlation=0.0)).clusters["lab"]
    assert lab.sums["x"].nats == pytest.approx(60 * 9 * math.log(10))
    assert (lab.sums["x"].ratio or 0) > 1e100
    assert 0 < (lab.sums["y"].ratio or 0) < 1e-100


RATIOS = st.dictionaries(st.sampled_from("xyz"), st.sampled_from([0.1, 1 / 3, 1.0, 2.5, 10.0, None]))
ITEMS = st.lists(
    st.tuples(st.sampled_from(["", "lab", "trick"]), RATIOS, st.booleans(), st.sampled_from([None, 0.0, 0.5])),
    max_size=8,
)


def drawn(items: list[tuple[str, dict[str, float | None], bool, float | None]]) -> Debate:
    return debate(
        *(
            replace(item(f"e{n}", cluster, **ratios), retracted=retracted, credibility=credibility)
            for n, (cluster, ratios, retracted, credibility) in enumerate(items)
        )
    )


@given(ITEMS, st.sampled_from([0.0, 0.5, 1.0]))
def test_clusters_and_what_stands_alone_add_up_to_what_the_evidence_implies(
    items: list[tuple[str, dict[str, float | None], bool, float | None]], correlation: float
) -> None:
    whole = replace(drawn(items), correlation=correlation)
    clusters = Workings().figures(whole).clusters
    before, implied = prior_odds(whole), log_odds(whole)
    for slug in HYPOTHESES:
        together = [each.sums[slug].nats or 0.0 for each in clusters.values() if slug in each.sums]
        alone = [
            each.weight * math.log(cell.ratio)
            for each in whole.evidence.values()
            if each.cluster not in clusters and not each.retracted
            if (cell := each.assessments.get(slug)) and cell.ratio
        ]
        assert before[slug] + math.fsum([*together, *alone]) == pytest.approx(implied[slug])


@explored(12)
@given(ITEMS, ITEMS)
def test_what_is_kept_of_a_cluster_is_what_would_be_worked_out(
    items: list[tuple[str, dict[str, float | None], bool, float | None]],
    others: list[tuple[str, dict[str, float | None], bool, float | None]],
) -> None:
    workings = Workings()
    one, other = drawn(items), drawn(others)
    mixed = replace(other, evidence={**other.evidence, **dict(list(one.evidence.items())[:3])}, correlation=1.0)
    for each in (one, replace(one, counts="after-prior"), other, mixed):
        assert workings.figures(each) == Workings().figures(each)


def test_clusters_stand_in_order_among_items() -> None:
    items = (
        replace(item("alone", "", x=3.0), date="2022", title="Mimosa"),
        replace(item("a", x=3.0, y=3.0, z=0.1), date="2020", title="Zebra"),
        replace(item("b", z=0.1), date="2024", title="Yak"),
    )
    whole = debate(*items)
    figures = Workings().figures(whole)
    rows: list[Evidence | Cluster] = [whole.evidence["alone"], figures.clusters["lab"]]

    def order(by: Order, slug: str = "x") -> list[str]:
        return [row.title for row in in_order(rows, figures, by, slug)]

    assert order("diagnosticity") == ["lab", "Mimosa"]
    assert order("date") == ["lab", "Mimosa"]
    assert order("cluster") == ["lab", "Mimosa"]
    assert order("title") == ["lab", "Mimosa"]
    assert order("logged") == ["Mimosa", "lab"]
    # a counts 1 for x, y and z; b 1/3 for z: 2 × (1 + 1 + 1/2 × 4/3) / 3 more than one.
    assert figures.weight(rows[1]) == pytest.approx((1 + 1 + 2 / 3) / 3 + 2 / 3)
    assert order("weight") == ["lab", "Mimosa"]
    # Both are 3 for x; of y only the cluster says something.
    assert order("rating") == ["Mimosa", "lab"]
    assert order("rating", "y") == ["lab", "Mimosa"]
