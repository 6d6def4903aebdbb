"""What Abduce writes for others comes back from its own readers as it was, whatever its words."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis, Mode
from hypotheses.reports.argdown import argdown
from hypotheses.reports.csv import csv_table
from store.maps.argdown import read_argdown
from store.maps.matrix import read_matrix
from tests.exploring import explored
from tests.store.maps.maps import debate_of

SIGNS = "ab é#*_[]<>{}()@:.,;|/\\'\"=+-~^%$&!?019—"
"""Letters, and what begins something in one of the formats."""
titles = st.text(SIGNS, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
cells = st.sampled_from([10.0, 3.0, 1.0, 1 / 3, 0.1, 7.0, 0.25, None]).map(Assessment)
shares = st.sampled_from([None, 0.2, 0.33, 1.0])


@st.composite
def matrices(draw: st.DrawFn) -> Debate:
    """Return a debate with all that a matrix holds."""
    slugs = [f"h{place}{draw(st.sampled_from(['', '.b', '_e', '-x']))}" for place in range(draw(st.integers(1, 4)))]
    keys = [f"e{place}{draw(st.sampled_from(['', '2019', '-x', ':y']))}" for place in range(draw(st.integers(1, 4)))]
    hypotheses = {
        slug: Hypothesis(slug, draw(titles), plausibility=0.2, position=place) for place, slug in enumerate(slugs)
    }
    evidence = {
        key: Evidence(
            key,
            draw(titles),
            date=draw(st.sampled_from(["", "2019", "2020-03"])),
            cluster=draw(st.sampled_from(["", "lab"])),
            credibility=draw(shares),
            relevance=draw(shares),
            retracted=draw(st.booleans()),
            assessments=draw(st.dictionaries(st.sampled_from(slugs), cells)),
        )
        for key in keys
    }
    return Debate(
        "pier", draw(titles), mode=draw(st.sampled_from(get_args(Mode))), hypotheses=hypotheses, evidence=evidence
    )


@given(matrices())
@explored(100)
def test_a_matrix_written_as_csv_comes_back_with_every_weight_and_ratio(debate: Debate) -> None:
    again = debate_of(read_matrix, csv_table(debate, "matrix"), "pier.csv")
    assert list(again.hypotheses) == list(debate.hypotheses)
    assert again.evidence == debate.evidence


@given(matrices())
@explored(100)
def test_a_map_written_as_argdown_comes_back_with_every_direction(debate: Debate) -> None:
    again = debate_of(read_argdown, argdown(debate), "pier.argdown")
    assert {h.slug: h.title for h in again.hypotheses.values()} == {h.slug: h.title for h in debate.hypotheses.values()}
    assert set(again.evidence) == set(debate.evidence)
    assert directions(again) == directions(debate)


def directions(debate: Debate) -> set[tuple[str, str, bool]]:
    """Return what speaks for (True) or against which explanation; the map says no more of a ratio."""
    return {
        (key, slug, cell.ratio > 1)
        for key, item in debate.evidence.items()
        for slug, cell in item.assessments.items()
        if item.has_weight and cell.ratio is not None and cell.ratio != 1
    }
