"""Every method of the store, on a real database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.idea import Idea
from hypotheses.problems import AbduceError, NotFound, Refused
from hypotheses.ranking import ranked
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from store.entries import Change
from store.errors import Conflict
from store.expected import ANYTHING
from tests.assuming import assumed
from tests.conftest import Clock
from tests.store.conftest import OpenStore, small_debate

SLUG = "piano-tuners"


def kept(open_store: OpenStore, change: Change) -> Debate:
    """Return the debate of a change, after making sure that another process finds the same on disk."""
    found = open_store("reader").load(SLUG)
    assert found == change.debate
    assert list(found.evidence) == list(change.debate.evidence)
    assert list(found.hypotheses) == list(change.debate.hypotheses)
    return found


def test_a_new_database_holds_its_first_debate(open_store: OpenStore) -> None:
    store = open_store()
    assert store.created
    assert store.load() == small_debate()
    assert [entry.label for entry in store.history(SLUG)] == ["added the debate 'piano-tuners'"]
    again = open_store()
    assert not again.created
    assert again.load() == small_debate()


def test_the_debate_of_the_program_is_the_first(clock: Clock) -> None:
    with DebateStore.open(clock=clock) as store:
        debate = store.load()
    assert debate.slug == "vision-efficiency"
    assert (len(debate.hypotheses), len(debate.evidence), len(debate.ideas), len(debate.gaps)) == (5, 85, 10, 8)


def test_debates_lists_the_one_opened_last_first(store: DebateStore, clock: Clock) -> None:
    store.create_debate("Second?")
    store.create_debate("Third?")
    store.open_debate("second")
    clock.advance(hours=1)
    assert store.open_debate(SLUG) == small_debate()
    store.load("third")
    assert [(line.slug, line.opened_at) for line in store.debates()] == [
        (SLUG, clock.now),
        ("second", clock.now.replace(hour=12)),
        ("third", None),
    ]
    line = store.debates()[0]
    assert (line.title, line.hypotheses, line.evidence, line.new_ideas) == ("How many piano tuners?", 3, 2, 1)


def test_load_without_a_slug_is_the_debate_opened_last(open_store: OpenStore) -> None:
    store = open_store()
    store.create_debate("Second?")
    assert store.load().slug == SLUG
    store.load("second")
    assert open_store().load().slug == SLUG
    store.open_debate("second")
    assert open_store().load().slug == "second"
    assert store.open_debate().slug == "second"


def test_changes_that_belong_together_are_all_saved_or_none(store: DebateStore, open_store: OpenStore) -> None:
    before = store.load(SLUG)

    def twice() -> None:
        with store.together():
            store.create_debate("Second?")
            assert (
                store.set_plausibility(SLUG, "moved", 0.7, expected=ANYTHING).debate.hypotheses["moved"].plausibility
                == 0.7
            )
            assert store.load(SLUG).hypotheses["moved"].plausibility == 0.7
            store.add_debate(before)

    with pytest.raises(Refused, match="there is a debate 'piano-tuners' already"):
        twice()
    assert [line.slug for line in store.debates()] == [SLUG]
    assert store.load(SLUG) == open_store().load(SLUG) == before
    with store.together():
        second = store.create_debate("Second?").debate
        # What is refused inside undoes itself only, where somebody goes on after it.
        with pytest.raises(Refused):
            store.create_debate("Again", "second")
        moved = store.set_plausibility(SLUG, "moved", 0.7, expected=ANYTHING).debate
        assert [line.slug for line in open_store("reader").debates()] == [SLUG]
    for each in (store, open_store("other")):
        assert (each.load("second"), each.load(SLUG)) == (second, moved)
    assert store.undo(SLUG, expected=ANYTHING).debate == before


def test_two_that_work_together_wait_for_each_other(store: DebateStore, open_store: OpenStore) -> None:
    other, order = open_store("bob"), []

    def add() -> None:
        other.comment(SLUG, "Of Bob", hypothesis="fewer")
        order.append("bob")

    thread = threading.Thread(target=add)
    with store.together():
        store.comment(SLUG, "Of Ana", hypothesis="fewer")
        thread.start()
        time.sleep(0.2)
        order.append("ana")
    thread.join()
    assert order == ["ana", "bob"]
    assert [comment.text for comment in store.load(SLUG).comments.values()] == ["Of Ana", "Of Bob"]


def test_an_unknown_name_suggests_the_nearest(store: DebateStore) -> None:
    calls: list[tuple[Callable[[], object], str]] = [
        (lambda: store.load("piano-tuner"), "there is no debate 'piano-tuner'; did you mean 'piano-tuners'?"),
        (
            lambda: store.set_plausibility(SLUG, "fever", 0.5, expected=ANYTHING),
            "there is no hypothesis 'fever'; did you mean 'fewer'?",
        ),
        (
            lambda: store.set_value(SLUG, "peeple", "1", expected=ANYTHING),
            "there is no quantity 'peeple'; did you mean 'people'?",
        ),
        (
            lambda: store.edit_evidence(SLUG, "song", title="x", expected=ANYTHING),
            "there is no evidence 'song'; did you mean 'song2023'?",
        ),
        (
            lambda: store.assess(SLUG, "ads", "xyz", None, expected=ANYTHING),
            "there is no hypothesis 'xyz'; there is uncounted, fewer, moved",
        ),
        (
            lambda: store.choose_reading(SLUG, "owners", "pots", expected=ANYTHING),
            "there is no reading 'pots'; did you mean 'post'?",
        ),
        (lambda: store.history(SLUG, hypothesis="fewr"), "there is no hypothesis 'fewr'; did you mean 'fewer'?"),
        (lambda: store.last_entry("nothing"), "there is no debate 'nothing'; there is piano-tuners"),
    ]
    for call, sentence in calls:
        with pytest.raises(NotFound) as told:
            call()
        assert str(told.value) == sentence


def test_set_plausibility(store: DebateStore, open_store: OpenStore, clock: Clock) -> None:
    change = store.set_plausibility(SLUG, "moved", 0.7, expected=ANYTHING)
    debate = kept(open_store, change)
    assert [h.slug for h in ranked(debate)] == ["moved", "uncounted", "fewer"]
    assert not debate.hypotheses["moved"].placeholder
    assert change.entry is not None
    assert (change.entry.at, change.entry.actor, change.entry.kind) == (clock.now, "ana", "change")
    assert change.entry.label == "set the plausibility of 'moved' to 70%"


def test_move_exchanges_plausibilities(store: DebateStore, open_store: OpenStore) -> None:
    debate = kept(open_store, store.move(SLUG, "moved", 1, expected=ANYTHING))
    assert [(h.slug, h.plausibility) for h in ranked(debate)] == [("moved", 0.6), ("uncounted", 0.3), ("fewer", 0.1)]
    with pytest.raises(Refused, match="there is no rank 4; expected 1 to 3"):
        store.move(SLUG, "moved", 4, expected=ANYTHING)


def test_add_hypothesis_makes_a_slug_and_keeps_the_prior(store: DebateStore, open_store: OpenStore) -> None:
    store.add_hypothesis(SLUG, title="  Ça, it's the Öre!  ", plausibility=0.25)
    debate = kept(open_store, store.add_hypothesis(SLUG, title="Ca its the ore", statement="*x*", prior=0.1))
    first, second = list(debate.hypotheses.values())[3:]
    assert (first.slug, first.title, first.plausibility, first.prior) == (
        "ca-its-the-ore",
        "Ça, it's the Öre!",
        0.25,
        0.25,
    )
    assert (second.slug, second.statement, second.plausibility, second.prior) == ("ca-its-the-ore-2", "*x*", 0.5, 0.1)
    assert second.position > first.position > debate.hypotheses["moved"].position


def test_add_hypothesis_in_an_exclusive_debate_makes_the_others_give_way(store: DebateStore) -> None:
    exclusive = Debate("one-of", "One of these?", mode="exclusive")
    hypotheses = {
        slug: Hypothesis(slug, slug, plausibility=p, position=n) for n, (slug, p) in enumerate([("a", 0.6), ("b", 0.4)])
    }
    store.add_debate(replace(exclusive, hypotheses=hypotheses))
    debate = store.add_hypothesis("one-of", title="c", plausibility=0.5).debate
    # The others keep 6 : 4 in the half that is left.
    assert [h.plausibility for h in debate.hypotheses.values()] == pytest.approx([0.3, 0.2, 0.5])


def test_edit_hypothesis(store: DebateStore, open_store: OpenStore) -> None:
    change = store.edit_hypothesis(
        SLUG,
        "uncounted",
        title="Unlisted",
        status="accepted",
        effects={"people": "people * more", "known": "known * 2"},
        assumes=assumed(more="2"),
        rivals=("moved",),
        expected=ANYTHING,
    )
    hypothesis = kept(open_store, change).hypotheses["uncounted"]
    assert (hypothesis.title, hypothesis.status, hypothesis.rivals) == ("Unlisted", "accepted", ("moved",))
    assert list(hypothesis.effects.items()) == [("people", "people * more"), ("known", "known * 2")]
    assert hypothesis.assumes == assumed(more="2")
    assert hypothesis.plausibility == 0.6


def test_a_short_name_is_an_edit_of_its_own(store: DebateStore, open_store: OpenStore) -> None:
    change = store.edit_hypothesis(SLUG, "uncounted", short="unlisted", expected=ANYTHING)
    assert kept(open_store, change).hypotheses["uncounted"].short_name == "unlisted"
    assert store.history(SLUG)[0].label == "edited the short name of 'uncounted'"
    assert store.undo(SLUG, expected=ANYTHING).debate.hypotheses["uncounted"].short_name == "uncounted"


def test_set_value_of_a_plain_quantity(store: DebateStore, open_store: OpenStore) -> None:
    debate = kept(open_store, store.set_value(SLUG, "known", " 500 ", expected=ANYTHING))
    assert debate.quantities["known"].readings == {"value": Reading("500")}


def test_set_value_over_sourced_readings_keeps_them(store: DebateStore, open_store: OpenStore) -> None:
    quantity = kept(open_store, store.set_value(SLUG, "owners", "2%", expected=ANYTHING)).quantities["owners"]
    assert list(quantity.readings) == ["post", "survey", "mine"]
    assert (quantity.readings["mine"].value, quantity.chosen) == ("2%", "mine")
    quantity = kept(open_store, store.choose_reading(SLUG, "owners", "survey", expected=ANYTHING)).quantities["owners"]
    assert quantity.reading_name("post") == "survey"
    quantity = kept(open_store, store.choose_reading(SLUG, "owners", "", expected=ANYTHING)).quantities["owners"]
    assert quantity.reading_name("post") == "post"


def test_set_value_of_a_formula_makes_it_a_plain_quantity(store: DebateStore, open_store: OpenStore) -> None:
    quantity = kept(open_store, store.set_value(SLUG, "pianos", "30K", expected=ANYTHING)).quantities["pianos"]
    assert (quantity.formula, [reading.value for reading in quantity.readings.values()]) == ("", ["30K"])


def test_add_and_edit_evidence(store: DebateStore, open_store: OpenStore) -> None:
    item = Evidence("lee2024", "Another survey", date="2024", assessments={"moved": Assessment(3.0, "why")})
    debate = kept(open_store, store.add_evidence(SLUG, item))
    assert list(debate.evidence) == ["song2023", "ads", "lee2024"]
    assert debate.evidence["lee2024"] == item
    debate = kept(
        open_store, store.edit_evidence(SLUG, "lee2024", authors=("C. Lee",), credibility=0.5, expected=ANYTHING)
    )
    assert debate.evidence["lee2024"] == replace(item, authors=("C. Lee",), credibility=0.5)
    with pytest.raises(Refused, match="there is evidence 'ads' already"):
        store.add_evidence(SLUG, Evidence("ads", "Again"))


def test_assess_fills_changes_and_clears_a_cell(store: DebateStore, open_store: OpenStore) -> None:
    def cells(change: Change) -> dict[str, Assessment]:
        return dict(kept(open_store, change).evidence["song2023"].assessments)

    before = {"uncounted": Assessment(10.0, "as expected"), "fewer": Assessment(None)}
    assert cells(store.assess(SLUG, "song2023", "moved", Assessment(1 / 3), expected=ANYTHING)) == before | {
        "moved": Assessment(1 / 3)
    }
    assert cells(store.assess(SLUG, "song2023", "moved", Assessment(None, "no"), expected=ANYTHING)) == before | {
        "moved": Assessment(None, "no")
    }
    assert cells(store.assess(SLUG, "song2023", "moved", None, expected=ANYTHING)) == before


def test_retract_evidence_keeps_it_and_its_notes(store: DebateStore, open_store: OpenStore) -> None:
    store.edit_evidence(SLUG, "ads", note="by hand", expected=ANYTHING)
    item = kept(open_store, store.retract_evidence(SLUG, "ads", note="counted twice", expected=ANYTHING)).evidence[
        "ads"
    ]
    assert (item.retracted, item.note) == (True, "by hand\n\ncounted twice")
    item = kept(open_store, store.retract_evidence(SLUG, "ads", retracted=False, expected=ANYTHING)).evidence["ads"]
    assert (item.retracted, item.note) == (False, "by hand\n\ncounted twice")


def test_submit_idea_takes_the_next_number_and_the_time(store: DebateStore, open_store: OpenStore) -> None:
    change = store.submit_idea(SLUG, Idea(0, "An [/idea]", "\x1b[31m as sent", sender="x", hypothesis="moved"))
    idea = kept(open_store, change).ideas[2]
    assert (idea.title, idea.text, idea.received) == ("An [/idea]", "\x1b[31m as sent", "2024-02-29T12:00:00Z")
    assert (idea.kind, idea.status, idea.hypothesis) == ("comment", "new", "moved")


def test_edit_debate(store: DebateStore, open_store: OpenStore) -> None:
    debate = kept(
        open_store,
        store.edit_debate(SLUG, title="How many?", convention="survey", correlation=0.25, expected=ANYTHING),
    )
    assert (debate.title, debate.convention, debate.correlation) == ("How many?", "survey", 0.25)
    with pytest.raises(Refused, match="there is no convention 'surveys'; did you mean 'survey'"):
        store.edit_debate(SLUG, convention="surveys", expected=ANYTHING)


def test_a_reason_for_what_is_so_already_is_refused_and_not_lost_in_silence(store: DebateStore) -> None:
    store.set_plausibility(SLUG, "moved", 0.1, "they left", expected=ANYTHING)  # it was a starting figure
    with pytest.raises(Refused, match="it is so already; the reason was not kept"):
        store.set_plausibility(SLUG, "moved", 0.1, "they moved", expected=ANYTHING)
    assert store.set_plausibility(SLUG, "moved", 0.1, expected=ANYTHING).entry is None
    assert store.history(SLUG)[0].why == "they left"


def test_an_edit_that_changes_nothing_writes_nothing(store: DebateStore) -> None:
    assert store.edit_hypothesis(SLUG, "fewer", title="Few pianos are tuned", expected=ANYTHING).entry is None
    assert store.add_debate(small_debate(), replace=True).entry is None
    assert store.assess(SLUG, "ads", "moved", None, expected=ANYTHING).entry is None
    assert len(store.history(SLUG)) == 1


def test_a_debate_is_replaced_on_purpose_only_and_as_one_entry(store: DebateStore, open_store: OpenStore) -> None:
    before = small_debate()
    hypotheses = {"moved": before.hypotheses["moved"], "new": Hypothesis("new", "New", position=5)}
    evidence = {
        "first": Evidence("first", "Now first", assessments={"new": Assessment(2.0)}),
        "ads": replace(before.evidence["ads"], assessments={"new": Assessment(0.5)}),
    }
    empty = replace(before, title="Other", convention="", ideas={}, quantities={}, gaps={})
    after = replace(empty, hypotheses=hypotheses, evidence=evidence)
    with pytest.raises(Refused, match="there is a debate 'piano-tuners' already; `import --replace`"):
        store.add_debate(after)
    assert kept(open_store, store.add_debate(after, replace=True)) == after
    assert list(store.load(SLUG).evidence) == ["first", "ads"]
    assert len(store.history(SLUG)) == 2
    assert kept(open_store, store.undo(SLUG, expected=ANYTHING)) == before
    assert list(store.load(SLUG).evidence) == ["song2023", "ads"]


def test_create_debate(store: DebateStore) -> None:
    assert store.create_debate(" Why? ").debate == Debate("why", "Why?")
    assert store.create_debate("Why").debate.slug == "why-2"
    assert store.create_debate("なぜ").debate.slug == "debate"
    with pytest.raises(Refused, match="there is a debate 'why' already"):
        store.create_debate("x", slug="why")


def test_history_is_newest_first_limited_and_of_one_hypothesis(store: DebateStore) -> None:
    store.set_plausibility(SLUG, "fewer", 0.4, expected=ANYTHING)
    store.set_value(SLUG, "known", "500", expected=ANYTHING)
    store.assess(SLUG, "ads", "moved", Assessment(2.0), expected=ANYTHING)
    store.edit_hypothesis(SLUG, "moved", assumes=assumed(x="1"), expected=ANYTHING)
    labels = [entry.label for entry in store.history(SLUG, limit=3)]
    assert labels == [
        "edited the assumptions of 'moved'",
        "set the assessment of 'ads' under 'moved'",
        "set known to 500",
    ]
    of_moved = [entry.label for entry in store.history(SLUG, hypothesis="moved")]
    assert of_moved == [*labels[:2], "added the debate 'piano-tuners'"]
    assert store.last_entry(SLUG) == store.history(SLUG)[0].id


def test_many_items_of_evidence_are_one_change_all_or_none(store: DebateStore, open_store: OpenStore) -> None:
    before = store.load(SLUG)
    items = [Evidence("one", "One", doi="10.5555/one"), Evidence("two", "Two")]
    with pytest.raises(Refused, match="there is evidence 'ads' already"):
        store.add_evidence_items(SLUG, [*items, Evidence("ads", "Again")], "imported three")
    with pytest.raises(Refused, match="title of evidence 'three': found nothing; expected a title"):
        store.add_evidence_items(SLUG, [*items, Evidence("three", "")], "imported three")
    assert store.load(SLUG) == before
    change = store.add_evidence_items(SLUG, items, "imported 2 items of evidence from refs.bib")
    assert list(kept(open_store, change).evidence) == ["song2023", "ads", "one", "two"]
    assert [entry.label for entry in store.history(SLUG, limit=1)] == ["imported 2 items of evidence from refs.bib"]
    assert kept(open_store, store.undo(SLUG, expected=ANYTHING)) == before
    assert store.add_evidence_items(SLUG, [], "imported nothing").entry is None


def test_a_conflict_offers_both_and_can_be_settled(store: DebateStore, open_store: OpenStore) -> None:
    seen = store.load(SLUG).hypotheses["fewer"]
    open_store("bob").edit_hypothesis(SLUG, "fewer", statement="Bob's", note="Bob's note", expected=ANYTHING)
    with pytest.raises(Conflict) as told:
        store.edit_hypothesis(SLUG, "fewer", expected=seen, statement="mine", title="mine too")
    conflict = told.value
    assert str(conflict) == "bob changed the statement of hypothesis 'fewer' meanwhile; nothing was saved"
    assert isinstance(conflict.mine, Hypothesis)
    assert isinstance(conflict.theirs, Hypothesis)
    assert (conflict.fields, conflict.who) == (("statement",), "bob")
    assert (conflict.mine.statement, conflict.theirs.statement) == ("mine", "Bob's")
    assert store.load(SLUG).hypotheses["fewer"].title == seen.title
    settled = store.edit_hypothesis(SLUG, "fewer", expected=conflict.theirs, statement="mine", title="mine too")
    hypothesis = settled.debate.hypotheses["fewer"]
    assert (hypothesis.statement, hypothesis.title, hypothesis.note) == ("mine", "mine too", "Bob's note")


def test_edits_of_different_fields_do_not_conflict(store: DebateStore, open_store: OpenStore) -> None:
    seen = store.load(SLUG).evidence["ads"]
    open_store("bob").edit_evidence(SLUG, "ads", note="Bob's", expected=ANYTHING)
    item = store.edit_evidence(SLUG, "ads", expected=seen, title="Mine").debate.evidence["ads"]
    assert (item.title, item.note) == ("Mine", "Bob's")


def test_every_editing_method_notices_what_moved(store: DebateStore, open_store: OpenStore) -> None:
    seen, bob = store.load(SLUG), open_store("bob")
    open_store("ana").set_plausibility(SLUG, "fewer", 0.35, expected=ANYTHING)
    bob.set_value(SLUG, "known", "400", expected=ANYTHING)
    bob.assess(SLUG, "ads", "moved", Assessment(2.0), expected=ANYTHING)
    bob.edit_debate(SLUG, title="Bob's", expected=ANYTHING)
    calls: list[Callable[[Debate], Change]] = [
        lambda expected: store.set_plausibility(SLUG, "fewer", 0.2, expected=expected.hypotheses["fewer"]),
        lambda expected: store.set_value(SLUG, "known", "500", expected=expected.quantities["known"]),
        lambda expected: store.assess(
            SLUG, "ads", "moved", Assessment(5.0), expected=expected.evidence["ads"].assessments.get("moved")
        ),
        lambda expected: store.edit_debate(SLUG, title="Mine", expected=expected),
    ]
    for call in calls[:2] + calls[3:]:
        with pytest.raises(Conflict, match=r"(ana|bob) changed"):
            call(seen)
    with pytest.raises(Conflict, match="bob changed the assessment of evidence 'ads'"):
        store.assess(SLUG, "ads", "moved", Assessment(3.0), expected=None)
    now = store.load(SLUG)
    for call in calls:
        assert call(now).entry is not None


def test_a_refusal_changes_nothing(store: DebateStore, open_store: OpenStore) -> None:
    before = store.load(SLUG)
    bad: list[Callable[[], object]] = [
        lambda: store.set_plausibility(SLUG, "fewer", 1.3, expected=ANYTHING),
        lambda: store.set_value(SLUG, "people", "many", expected=ANYTHING),
        lambda: store.add_evidence(SLUG, Evidence("bad", "Bad", assessments={"fewer": Assessment(-1.0)})),
        # Two probabilities are what they make, and they are two probabilities.
        lambda: store.assess(SLUG, "ads", "fewer", Assessment(3.0, given="0.8 vs 0.1"), expected=ANYTHING),
        lambda: store.assess(SLUG, "ads", "fewer", Assessment(3.0, given="3"), expected=ANYTHING),
        lambda: store.assess(SLUG, "ads", "fewer", Assessment(3.0, given="much"), expected=ANYTHING),
        lambda: store.edit_evidence(
            SLUG, "ads", assessments={"fewer": Assessment(2.0), "nobody": Assessment(2.0)}, expected=ANYTHING
        ),
        lambda: store.create_debate("  "),
        lambda: store.add_hypothesis(SLUG, title="x" * 301),
    ]
    for call in bad:
        with pytest.raises(AbduceError):
            call()
    assert store.load(SLUG) == open_store().load(SLUG) == before
    assert len(store.debates()) == 1
