"""The reasons of what is stated: of the figure that stands, by the one who stated it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Debate, Hypothesis
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests import databases
from tests.exploring import explored
from tests.store.conftest import OpenStore, small_debate

SLUG = "piano-tuners"
PRIOR = 0.25
STEPS = st.tuples(
    st.sampled_from(["set", "adopt", "edit", "undo", "redo"]),
    st.sampled_from(["a", "b"]),
    st.sampled_from([0.1, 0.5, 0.9]),
    st.sampled_from(["", "so it is"]),
)


def two() -> Debate:
    """Return a debate of two explanations without evidence: what it implies is the prior."""
    hypotheses = {
        slug: Hypothesis(slug, slug, plausibility=0.5, prior=PRIOR, position=n) for n, slug in enumerate("ab")
    }
    return Debate(SLUG, "Two", hypotheses=hypotheses)


def reasons(store: DebateStore) -> dict[str, str]:
    return {slug: entry.why for slug, entry in store.reasons(SLUG).items()}


@pytest.mark.parametrize("engine", databases.ENGINES)
@explored(20)
@given(st.lists(STEPS, max_size=12))
def test_a_reason_is_that_of_the_latest_revision_that_stands(
    engine: str, steps: list[tuple[str, str, float, str]]
) -> None:
    figures: dict[str, list[tuple[float, str]]] = {slug: [(0.5, "")] for slug in "ab"}
    done: list[tuple[str, float, str] | None] = []
    undone: list[tuple[str, float, str] | None] = []
    with (
        databases.place(engine) as place,
        DebateStore.open(place, actor="ana", first=two) as store,
    ):
        for number, (what, slug, figure, why) in enumerate(steps):
            if what == "undo" and done:
                undone.append(done.pop())
                if step := undone[-1]:
                    figures[step[0]].pop()
                store.undo(SLUG, expected=ANYTHING)
            elif what == "redo" and undone:
                done.append(undone.pop())
                if step := done[-1]:
                    figures[step[0]].append(step[1:])
                store.redo(SLUG, expected=ANYTHING)
            elif what == "edit":
                store.edit_hypothesis(SLUG, slug, title=f"Title {number}", expected=ANYTHING)
                done.append(None)
                undone.clear()
            elif what in ("set", "adopt"):
                to, said = (figure, why) if what == "set" else (PRIOR, "")
                if to == figures[slug][-1][0]:
                    continue
                if what == "set":
                    store.set_plausibility(SLUG, slug, to, said, expected=ANYTHING)
                else:
                    store.adopt(SLUG, slug, expected=ANYTHING, implied=ANYTHING)
                figures[slug].append((to, said))
                done.append((slug, to, said))
                undone.clear()
            assert reasons(store) == {each: held[-1][1] for each, held in figures.items() if held[-1][1]}


def test_a_reason_is_of_the_explanation_it_was_given_for_and_not_of_those_that_made_room(store: DebateStore) -> None:
    store.edit_debate(SLUG, mode="exclusive", expected=ANYTHING)
    store.set_plausibility(SLUG, "moved", 0.3, "they left", expected=ANYTHING)
    assert reasons(store) == {"moved": "they left"}
    # It makes room itself: its figure is another one now than the one the reason was for.
    store.set_plausibility(SLUG, "fewer", 0.9, "few are left", expected=ANYTHING)
    assert reasons(store) == {"fewer": "few are left"}
    store.undo(SLUG, expected=ANYTHING)
    assert reasons(store) == {"moved": "they left"}


def test_everybody_has_reasons_of_their_own_and_sees_the_owners_where_they_have_stated_nothing(
    store: DebateStore, open_store: OpenStore
) -> None:
    bob = open_store("bob")
    store.set_plausibility(SLUG, "moved", 0.8, "as ana says", expected=ANYTHING)
    assert reasons(bob) == {"moved": "as ana says"}
    bob.set_plausibility(SLUG, "moved", 0.2, "as bob says", expected=ANYTHING)
    assert (reasons(store), reasons(bob)) == ({"moved": "as ana says"}, {"moved": "as bob says"})
    bob.set_plausibility(SLUG, "moved", 0.3, expected=ANYTHING)
    assert (reasons(store), reasons(bob)) == ({"moved": "as ana says"}, {})
    bob.undo(SLUG, expected=ANYTHING)
    assert reasons(bob) == {"moved": "as bob says"}


def test_a_figure_from_a_file_has_no_reason(store: DebateStore) -> None:
    store.set_plausibility(SLUG, "moved", 0.8, "they left", expected=ANYTHING)
    store.add_debate(replace(store.load(SLUG), title="Other"), replace=True)
    assert reasons(store) == {"moved": "they left"}
    store.add_debate(small_debate(), replace=True)
    assert reasons(store) == {}
