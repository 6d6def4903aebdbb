"""What comes with the program: templates that say what to do, and examples that give the published figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hypotheses.estimates import check_model, estimate, unit_warnings
from hypotheses.matrix import Workings
from store.bundled import EXAMPLES, TEMPLATES, example, template
from store.debate_store import DebateStore


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_sound(name: str) -> None:
    debate = example(name)
    assert check_model(debate) == ()
    assert list(unit_warnings(debate)) == []
    assert debate.source
    assert all(gap.now for gap in estimate(debate).gaps.values())


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_part_of_a_template_says_what_to_do(name: str) -> None:
    debate = template(name)
    assert check_model(debate) == ()
    assert debate.note.endswith(".")
    assert all(one.statement.endswith(".") for one in debate.hypotheses.values())
    assert all(one.finding.endswith(".") for one in debate.evidence.values())
    assert not debate.quantities or any(one.note for one in debate.quantities.values())
    assert all(one.note for one in debate.gaps.values())
    assert all(one.placeholder for one in debate.hypotheses.values())
    assert all(gap.now for gap in estimate(debate).gaps.values())


def test_the_tuners_are_those_of_both_answers() -> None:
    debate = example("piano-tuners")
    # 3M people and a piano for 20 of them, tuned once; a tuner tunes 1,000 a year: 150, and 150 / 83 listed = 10^0.257.
    gap = estimate(debate).gaps["shortage"]
    assert gap.now.percentile(50) == pytest.approx(0.257, abs=0.002)
    # 2.5M people, 1% to 3% of them with a piano (as a lognormal in the middle the root of that product, 1.73%), 800 a
    # year: 54.1, and 54.1 / 83 = 10^-0.186.
    other = estimate(replace(debate, convention="tetlock")).gaps["shortage"]
    assert other.now.percentile(50) == pytest.approx(-0.186, abs=0.002)


def test_the_published_case_gives_its_published_order() -> None:
    debate = example("retaliation")
    scores = Workings().figures(debate).scores["heuer"]
    # Inconsistent ratings in figure 15: three for no retaliation, none for a minor one, two for a major one.
    assert list(scores.scores.values()) == [3, 0, 2]
    assert scores.order == ("minor", "major", "none")


def test_a_debate_begins_with_a_template_under_its_own_title() -> None:
    with DebateStore.open() as store:
        debate = store.create_debate("Where did the bees go?", template="rivals").debate
    assert (debate.slug, debate.title, debate.note) == ("where-did-the-bees-go", "Where did the bees go?", "")
    assert debate.hypotheses.keys() == template("rivals").hypotheses.keys()
