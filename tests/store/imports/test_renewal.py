"""A debate that was made of a file is brought up to it: what was changed in one place only stays changed."""

from __future__ import annotations

from dataclasses import replace

from hypotheses.admission import admit
from hypotheses.debate import Debate
from hypotheses.versions import part_named
from store.imports.renewal import Renewal, renewed
from store.maps.matrix import read_matrix

BEFORE = "Evidence,A,B\nx,CC,I\ny,N,C\n"


def read(text: str) -> Debate:
    return read_matrix(text.encode(), "pier.csv").value.debates[0]


def told(renewal: Renewal) -> list[tuple[str, str]]:
    return [(change.kind, part_named(change.place)) for change in renewal.changes]


def test_what_is_new_changed_or_gone_in_the_file_is_taken_over() -> None:
    base = read(BEFORE)
    renewal = renewed(base, base, read("Evidence,A,B\nx,CC,II\nz,C,C\n"))
    assert told(renewal) == [
        ("changed", "rating of the evidence 'x' for 'b'"),
        ("new", "evidence 'z'"),
        ("removed", "evidence 'y'"),
    ]
    assert not renewal.conflicts


def test_what_was_changed_here_stays() -> None:
    base = read(BEFORE)
    here = {**base.evidence, "x": replace(base.evidence["x"], title="Mine", note="and more")}
    kept = replace(base, question="Why?", evidence=here)
    renewal = renewed(kept, base, read(BEFORE.replace("y,N", "y,CC")))
    assert told(renewal) == [("changed", "rating of the evidence 'y' for 'a'")]
    assert renewal.debate.evidence["x"].title == "Mine"
    assert renewal.debate.question == "Why?"


def test_what_both_have_changed_is_conflicting_and_the_file_counts() -> None:
    base = read(BEFORE)
    x = base.evidence["x"]
    mine = {**x.assessments, "b": replace(x.assessments["b"], ratio=7.0)}
    kept = replace(base, evidence={**base.evidence, "x": replace(x, assessments=mine)})
    renewal = renewed(kept, base, read(BEFORE.replace("CC,I", "CC,II")))
    assert [part_named(clash.place) for clash in renewal.conflicts] == ["rating of the evidence 'x' for 'b'"]
    assert renewal.debate.evidence["x"].assessments["b"].ratio == 0.1


def test_a_starting_figure_never_takes_the_place_of_one_that_somebody_has_set() -> None:
    """With a third explanation each would begin at 30%: here 60% are set and 40% left, nine tenths of it for one."""
    base = read(BEFORE)
    a, b = base.hypotheses.values()
    mine = {"a": replace(a, plausibility=0.6, placeholder=False), "b": replace(b, plausibility=0.4, placeholder=False)}
    kept = replace(base, hypotheses=mine)
    renewal = renewed(kept, base, read("Evidence,A,B,C\nx,CC,I,N\ny,N,C,N\n"))
    assert [h.plausibility for h in renewal.debate.hypotheses.values()] == [0.6, 0.4, 0.0]
    admit(kept, renewal.debate)
    kept = replace(base, hypotheses={**mine, "b": replace(mine["b"], plausibility=0.2)})
    renewal = renewed(kept, base, read("Evidence,A,B,C\nx,CC,I,N\ny,N,C,N\n"))
    assert [h.plausibility for h in renewal.debate.hypotheses.values()] == [0.6, 0.2, 0.18]
    assert not renewal.conflicts


def test_the_same_file_changes_nothing_whatever_was_done_here() -> None:
    base = read(BEFORE)
    kept = replace(base, title="Mine", evidence={"x": base.evidence["x"]})
    renewal = renewed(kept, base, base)
    assert (renewal.changes, renewal.conflicts, renewal.debate) == ((), (), kept)
