"""What the text of a whole debate leaves open, taken as it is meant."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from hypotheses.debate import Debate, Stated
from hypotheses.versions import as_meant, changes_between
from tests.exploring import explored
from tests.store.conftest import small_debate
from tests.store.debates import debates


def numbered(debate: Debate, *slugs: str) -> Debate:
    """Return the debate as a text has it: with these explanations, their places counted."""
    base = small_debate().hypotheses
    return replace(
        debate,
        hypotheses={
            slug: replace(base.get(slug, replace(base["moved"], slug=slug)), position=place)
            for place, slug in enumerate(slugs)
        },
    )


@explored(10)
@given(debates())
def test_what_was_not_touched_stays(debate: Debate) -> None:
    assert changes_between(debate, as_meant(debate, debate)) == ()


def places(debate: Debate) -> dict[str, int]:
    return {slug: each.position for slug, each in debate.hypotheses.items()}


def test_an_explanation_that_is_removed_moves_nobody() -> None:
    base = small_debate()
    assert places(as_meant(base, numbered(base, "uncounted", "moved"))) == {"uncounted": 0, "moved": 2}


def test_one_that_is_new_at_the_end_comes_last() -> None:
    base = small_debate()
    mine = numbered(base, "uncounted", "moved", "new")
    assert places(as_meant(base, mine)) == {"uncounted": 0, "moved": 2, "new": 3}


def test_those_that_were_moved_stand_as_the_text_has_them() -> None:
    base = small_debate()
    mine = numbered(base, "fewer", "uncounted", "moved")
    assert places(as_meant(base, mine)) == {"fewer": 0, "uncounted": 1, "moved": 2}


def test_the_place_that_somebody_else_gave_an_explanation_stays_when_its_owner_moves_it() -> None:
    base = small_debate()
    said = replace(base.hypotheses["fewer"], others={"ben": Stated(0.8, 1)})
    base = replace(base, hypotheses={**base.hypotheses, "fewer": said})
    moved = replace(said, position=0, others={"ben": Stated(0.8, 0)})
    mine = replace(numbered(base, "fewer", "uncounted", "moved"))
    mine = replace(mine, hypotheses={**mine.hypotheses, "fewer": moved})
    assert as_meant(base, mine).hypotheses["fewer"].others == {"ben": Stated(0.8, 1)}


def test_a_figure_over_a_starting_figure_is_one_that_somebody_has_set() -> None:
    base = small_debate()
    assert base.hypotheses["moved"].placeholder
    figure = replace(base.hypotheses["moved"], plausibility=0.25)
    mine = replace(base, hypotheses={**base.hypotheses, "moved": figure})
    assert not as_meant(base, mine).hypotheses["moved"].placeholder
