"""What becomes of readers' ideas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from hypotheses import edits
from hypotheses.admission import admit
from hypotheses.debate import Comment, Debate, Evidence, Hypothesis
from hypotheses.edits import Made, NewReading, parts_of
from hypotheses.idea import Idea, IdeaStatus
from hypotheses.problems import Malformed, NotFound, Refused
from hypotheses.reading import Reading
from tests.store.conftest import small_debate

SENT = {
    1: Idea(1, "They share", "Tuners share pianos.", "hypothesis", "Ana R.", "2024-01-01T00:00:00Z", reference="abc"),
    2: Idea(2, "A count", "I counted 12.", "evidence", "ben", url="https://example.org/count"),
    3: Idea(3, "More owners", "2% own one.", "estimate", "ben", unnamed=True),
    4: Idea(4, "Well said", "", "comment", hypothesis="moved"),
    5: Idea(5, "Two things", "One. And another."),
}
DEBATE = replace(small_debate(), ideas=SENT, comments={})
SHARED = Hypothesis("shared", "They share", statement="Tuners share pianos.", placeholder=True)
COUNT = Evidence("count", "A count", finding="I counted 12.")
OWN = NewReading("owners", "ben", Reading("2%", "idea 3"), counts=True)
SAID = Comment(0, "Well said", "ana", "2024-01-02T00:00:00Z", hypothesis="moved")


@pytest.mark.parametrize(
    ("number", "made", "became"),
    [
        (1, SHARED, "hypothesis:shared"),
        (2, COUNT, "evidence:count"),
        (3, OWN, "reading:owners/ben"),
        (4, SAID, "comment:1"),
    ],
)
def test_it_is_taken_up_by_what_adds_that_and_stays_with_its_sender(number: int, made: Made, became: str) -> None:
    after = edits.idea_accepted(DEBATE, number, made)
    assert after.ideas[number] == replace(SENT[number], status="accepted", became=(became,))
    without = replace(after, ideas=SENT)
    added = {
        1: lambda: edits.hypothesis_added(DEBATE, SHARED),
        2: lambda: edits.evidence_added(DEBATE, COUNT),
        3: lambda: edits.reading_chosen(edits.reading_added(DEBATE, "owners", "ben", OWN.reading), "owners", "ben"),
        4: lambda: edits.commented(DEBATE, SAID),
    }
    assert without == added[number]()
    admit(DEBATE, after)


def test_what_was_decided_is_not_decided_again() -> None:
    after = edits.idea_accepted(DEBATE, 1, SHARED)
    decisions: Sequence[Callable[[], object]] = (
        lambda: edits.idea_accepted(after, 1, COUNT),
        lambda: edits.idea_merged(after, 1, "hypothesis:moved"),
        lambda: edits.ideas_declined(after, [2, 1], "No."),
        lambda: edits.ideas_marked(after, [1], "later"),
        lambda: edits.ideas_marked(after, [1], "new"),
        lambda: edits.idea_split(after, 1, [("a", ""), ("b", "")]),
    )
    for decide in decisions:
        with pytest.raises(Refused, match="idea 1 is accepted already"):
            decide()


@pytest.mark.parametrize("mark", ["later", "unclear", "duplicate", "off-topic"])
def test_what_is_marked_can_be_new_again(mark: IdeaStatus) -> None:
    marked = edits.ideas_marked(DEBATE, [1, 2], mark, "Why.")
    assert [marked.ideas[each].status for each in (1, 2, 3)] == [mark, mark, "new"]
    assert marked.ideas[1].is_open == (mark in ("later", "unclear"))
    assert edits.ideas_marked(marked, [1, 2], "new").ideas == SENT
    declined = edits.ideas_declined(DEBATE, [1], "No.")
    assert edits.ideas_marked(declined, [1], "new").ideas == SENT


def test_it_becomes_part_of_what_is_there() -> None:
    for into in ("hypothesis:moved", "evidence:ads", "idea:2"):
        merged = edits.idea_merged(DEBATE, 1, into, "The same.")
        assert merged.ideas[1].became == (into,)
        assert replace(merged, ideas=SENT) == DEBATE
    for into, told in (
        ("hypothesis:gone", "no hypothesis 'gone'"),
        ("evidence:gone", "no evidence 'gone'"),
        ("idea:9", "no idea '9'"),
        ("idea:1", "cannot become part of itself"),
        ("reading:x", "expected hypothesis:SLUG"),
    ):
        with pytest.raises((Refused, NotFound), match=told):
            edits.idea_merged(DEBATE, 1, into)
        with pytest.raises((Refused, NotFound), match=told):
            edits.ideas_marked(DEBATE, [1], "duplicate", of=into)


def test_parts_are_ideas_of_the_same_sender_and_the_whole_knows_them() -> None:
    after = edits.idea_split(DEBATE, 1, [("One", "It is."), ("Another", "")])
    assert (after.ideas[1].status, after.ideas[1].became) == ("split", ("idea:6", "idea:7"))
    assert [after.ideas[each].title for each in (6, 7)] == ["One", "Another"]
    assert all(after.ideas[each].sender == "Ana R." and after.ideas[each].status == "new" for each in (6, 7))
    assert [idea.number for idea in after.ideas.values() if idea.reference == "abc"] == [1]
    with pytest.raises(Refused, match="expected two or more"):
        edits.idea_split(DEBATE, 1, [("One", "")])


def test_without_a_word_it_is_taken_up_as_what_it_says_it_is() -> None:
    made = {number: edits.made_of(DEBATE, SENT[number], "ana", "2024-01-02T00:00:00Z") for number in (1, 2, 4)}
    assert made[1] == Hypothesis("they-share", "They share", statement="Tuners share pianos.", placeholder=True)
    assert made[2] == Evidence("a-count", "A count", url="https://example.org/count", finding="I counted 12.")
    assert made[4] == replace(SAID, text="Well said\n\n(idea 4)")
    with pytest.raises(Refused, match="expected the quantity it is a reading of"):
        edits.made_of(DEBATE, SENT[3], "ana", "")
    with pytest.raises(Refused, match="expected one that it is a comment on"):
        edits.made_of(DEBATE, SENT[5], "ana", "")


def test_thanks_go_to_those_who_gave_a_name_and_did_not_ask_otherwise() -> None:
    after = edits.idea_merged(edits.idea_accepted(DEBATE, 1, SHARED), 2, "hypothesis:shared")
    after = edits.idea_merged(after, 3, "hypothesis:shared")
    assert edits.thanks(edits.thanked(after, "hypothesis:shared")) == "Ana R., ben"
    alone = edits.idea_merged(DEBATE, 3, "hypothesis:moved")
    assert edits.thanks(edits.thanked(alone, "hypothesis:moved")) == ""
    assert edits.thanked(edits.ideas_marked(DEBATE, [1], "duplicate", of="idea:2"), "idea:2") == []


def test_what_it_became_goes_by_its_new_name() -> None:
    after = edits.hypothesis_renamed(edits.idea_accepted(DEBATE, 1, SHARED), "shared", "common")
    assert after.ideas[1].became == ("hypothesis:common",)
    after = edits.evidence_renamed(edits.idea_accepted(DEBATE, 2, COUNT), "count", "census")
    assert after.ideas[2].became == ("evidence:census",)


def test_reasons_are_offered_again_the_usual_one_first() -> None:
    after = edits.ideas_declined(DEBATE, [1], "Off the point.")
    after = edits.ideas_declined(after, [2, 3], "Said already.")
    assert edits.reasons_given(after) == ["Said already.", "Off the point."]
    with pytest.raises(Refused, match="found no reason"):
        edits.ideas_declined(DEBATE, [1], "  ")


def test_nothing_is_decided_of_what_is_not_there() -> None:
    empty: Debate = replace(DEBATE, ideas={})
    with pytest.raises(NotFound, match="idea '1'"):
        edits.ideas_declined(empty, [1], "No.")


def test_parts_lie_between_lines_of_dashes_and_begin_with_a_title_of_the_length_of_one() -> None:
    assert parts_of("One\nIt is.\n\n ---\n---\nTwo\r\n---x\n") == [("One", "It is."), ("Two", "---x")]
    assert parts_of("") == []
    with pytest.raises(Malformed, match="301 characters"):
        parts_of(f"One\n---\n{'x' * 301}")
