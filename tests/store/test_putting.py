"""A debate that was edited as a whole is put in its place, joined with what others did meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from hypotheses import edits
from hypotheses.debate import Hypothesis
from hypotheses.people import OWNER, seen_by
from hypotheses.problems import Refused
from hypotheses.versions import Decision, as_meant
from hypotheses.versions.compared import order_of_explanations
from store.errors import Parted
from store.expected import ANYTHING
from store.file.debate_file import read_debate, write_debate
from tests.store.conftest import OpenStore

TUNERS = "piano-tuners"


def test_it_is_one_entry_that_undo_takes_back(open_store: OpenStore) -> None:
    store = open_store()
    base = store.load()
    mine = edits.plausibility_set(replace(base, title="Another title", evidence={}), "uncounted", 0.7)
    change = store.put_debate(TUNERS, mine, expected=base)
    assert change.debate == mine
    assert change.entry is not None
    assert change.entry.label == "edited the whole debate: 2 changed, 2 removed"
    assert store.undo(TUNERS, expected=ANYTHING).debate == base


def test_another_order_of_readings_is_a_change_since_the_first_may_count(
    open_store: OpenStore,
) -> None:
    store = open_store()
    base = store.load()
    owners = base.quantities["owners"]
    turned = replace(owners, readings=dict(reversed(list(owners.readings.items()))))
    mine = replace(base, quantities={**base.quantities, "owners": turned})
    change = store.put_debate(TUNERS, mine, expected=base)
    assert change.entry is not None
    assert list(change.debate.quantities["owners"].readings) == ["survey", "post"]
    assert list(open_store().load().quantities["owners"].readings) == ["survey", "post"]
    assert list(store.undo(TUNERS, expected=ANYTHING).debate.quantities["owners"].readings) == ["post", "survey"]


def test_what_is_as_it_was_makes_no_entry(open_store: OpenStore) -> None:
    store = open_store()
    base = store.load()
    assert store.put_debate(TUNERS, base, expected=base).entry is None


def test_what_somebody_else_did_meanwhile_stays(open_store: OpenStore) -> None:
    store, other = open_store(), open_store("ben")
    base = store.load()
    mine = replace(base, title="Another title")
    other.set_plausibility(TUNERS, "uncounted", 0.9, expected=ANYTHING)
    other.comment(TUNERS, "No.", hypothesis="fewer")
    # Ben's words are his own, the owner is named from now on, and neither is a change of the one who edits.
    after = store.put_debate(TUNERS, mine, expected=base).debate
    assert after.title == "Another title"
    assert after.hypotheses["uncounted"].plausibility == 0.6
    assert after.hypotheses["uncounted"].others["ben"].plausibility == 0.9
    assert [each.text for each in after.comments.values()] == ["No."]


def test_where_several_state_something_nothing_is_changed_by_putting_it_back(open_store: OpenStore) -> None:
    store, other = open_store(), open_store("ben")
    other.set_plausibility(TUNERS, "uncounted", 0.9, expected=ANYTHING)
    base = seen_by(other.load(), OWNER)
    assert other.put_debate(TUNERS, base, expected=base).entry is None
    assert store.load().hypotheses["uncounted"].plausibility == 0.6


def test_a_part_that_both_changed_is_not_saved_until_it_is_decided_whose_counts(open_store: OpenStore) -> None:
    store, other = open_store(), open_store()
    base = store.load()
    mine = replace(base, title="Mine", question="Mine too")
    other.edit_debate(TUNERS, expected=ANYTHING, title="Theirs")
    with pytest.raises(Parted, match="title of the debate") as parted:
        store.put_debate(TUNERS, mine, expected=base)
    (clash,) = parted.value.clashes
    assert store.load().question == base.question
    after = store.put_debate(TUNERS, mine, expected=base, decided=[Decision(clash, "theirs")]).debate
    assert (after.title, after.question) == ("Theirs", "Mine too")


def test_what_does_not_fit_together_is_refused(open_store: OpenStore) -> None:
    store, other = open_store(), open_store()
    base = store.load()
    mine = edits.effect_set(base, "moved", "known", "known / 2")
    other.remove_hypothesis(TUNERS, "fewer", expected=ANYTHING, along=True)
    broken = replace(
        mine, hypotheses={**mine.hypotheses, "moved": replace(mine.hypotheses["moved"], rivals=("fewer",))}
    )
    with pytest.raises(Refused, match="there is no hypothesis 'fewer'"):
        store.put_debate(TUNERS, broken, expected=base)


def test_its_slug_is_not_changed(open_store: OpenStore) -> None:
    store = open_store()
    base = store.load()
    with pytest.raises(Refused, match="found the slug 'other'; expected 'piano-tuners'"):
        store.put_debate(TUNERS, replace(base, slug="other"), expected=base)


def test_what_others_stated_rated_or_said_stays_as_they_left_it(open_store: OpenStore) -> None:
    owner, ben = open_store(), open_store(actor="ben")
    owner.comment(TUNERS, "Hm.", hypothesis="uncounted")
    ben.load()
    ben.set_plausibility(TUNERS, "uncounted", 0.9, expected=ANYTHING)
    ben.comment(TUNERS, "Well.", hypothesis="uncounted")
    base = seen_by(ben.load(), OWNER)
    theirs = replace(base, comments={**base.comments, 1: replace(base.comments[1], text="Hm?")})
    figure = edits.plausibility_set(base, "uncounted", 0.11)
    gone = replace(base, comments={2: base.comments[2]})
    for mine, told in ((theirs, "comment 1 is"), (gone, "comment 1 is"), (figure, "'uncounted' is stated to be is")):
        with pytest.raises(Refused, match=told):
            ben.put_debate(TUNERS, mine, expected=base)
    own = replace(base, comments={**base.comments, 2: replace(base.comments[2], text="Well?")})
    assert ben.put_debate(TUNERS, own, expected=base).debate.comments[2].text == "Well?"
    with pytest.raises(Refused, match="comment 2 is ben's; expected your own words"):
        owner.put_debate(TUNERS, base, expected=seen_by(owner.load(), OWNER))


def test_blocks_are_put_in_another_order_also_where_one_was_removed(open_store: OpenStore) -> None:
    store = open_store()
    store.remove_hypothesis(TUNERS, "moved", expected=ANYTHING, along=True)
    base = store.load()
    text = write_debate(base, to_edit=True)
    slugs = order_of_explanations(base.hypotheses)
    assert len(slugs) > 1
    assert as_meant(base, read_debate(text)) == base
    turned = replace(base, hypotheses={slug: base.hypotheses[slug] for slug in reversed(slugs)})
    blocks = write_debate(replace(turned, hypotheses=_counted(turned.hypotheses)), to_edit=True)
    mine = as_meant(base, read_debate(blocks))
    after = store.put_debate(TUNERS, mine, expected=base).debate
    assert order_of_explanations(after.hypotheses) == tuple(reversed(slugs))


def _counted(hypotheses: Mapping[str, Hypothesis]) -> dict[str, Hypothesis]:
    return {slug: replace(each, position=place) for place, (slug, each) in enumerate(hypotheses.items())}
