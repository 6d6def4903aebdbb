"""Explanations, evidence and clusters that go, or become one with another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hypotheses import edits
from hypotheses.admission import admit
from hypotheses.debate import Assessment, Comment, Debate, Stated
from hypotheses.edits import InUse
from hypotheses.people import OWNER, cell_among, statements
from hypotheses.problems import NotFound, Refused
from tests.assuming import assumed
from tests.store.conftest import small_debate


def talked_over() -> Debate:
    """Return the small debate with comments, and with what ana holds."""
    debate = small_debate()
    for hypothesis, evidence in (("fewer", ""), ("fewer", "ads"), ("", "ads")):
        debate = edits.commented(debate, Comment(0, "x", "ana", "", hypothesis, evidence))
    fewer = replace(debate.hypotheses["fewer"], others={"ana": Stated(0.2, 1)})
    cell = cell_among({OWNER: Assessment(1 / 3), "ana": Assessment(3.0, by="ana")}, OWNER)
    ads = replace(debate.evidence["ads"], assessments={"fewer": cell})
    return replace(
        debate, hypotheses={**debate.hypotheses, "fewer": fewer}, evidence={**debate.evidence, "ads": ads}, owner="ola"
    )


def test_what_hangs_on_an_explanation_is_named_and_goes_with_it_or_nothing_goes() -> None:
    before = talked_over()
    with pytest.raises(InUse) as met:
        edits.hypothesis_removed(before, "fewer")
    assert met.value.users == (
        *("2 ratings", "comment 1", "comment 2", "what idea 1 is about", "what ana states of it"),
    )
    after = edits.hypothesis_removed(before, "fewer", along=True)
    admit(before, after)
    assert list(after.hypotheses) == ["uncounted", "moved"]
    assert [list(item.assessments) for item in after.evidence.values()] == [["uncounted"], []]
    assert after.ideas[1] == replace(before.ideas[1], hypothesis="")
    assert list(after.comments) == [3]
    with pytest.raises(InUse, match="a rival of 'fewer'"):
        edits.hypothesis_removed(before, "uncounted")
    assert edits.hypothesis_removed(before, "uncounted", along=True).hypotheses["fewer"].rivals == ()
    assert list(edits.hypothesis_removed(before, "moved").hypotheses) == ["uncounted", "fewer"]


def test_a_merged_explanation_gives_what_the_other_lacks() -> None:
    before = talked_over()
    before = edits.assessed(before, "song2023", "moved", Assessment(2.0))
    before = edits.hypothesis_edited(before, "moved", {"rivals": ("fewer",)})
    after = edits.hypothesis_merged(before, "fewer", "moved")
    admit(before, after)
    moved = after.hypotheses["moved"]
    assert list(after.hypotheses) == ["uncounted", "moved"]
    # The rival it has become one with is none any more.
    assert moved.rivals == ("uncounted",)
    assert moved.note == "Merged from: Few pianos are tuned"
    assert (moved.plausibility, moved.prior) == (0.1, 0.1)
    assert after.evidence["song2023"].assessments["moved"].ratio == 2.0
    ads = after.evidence["ads"].assessments["moved"]
    assert (ads.ratio, ads.others["ana"].ratio) == (1 / 3, 3.0)
    assert after.ideas[1].hypothesis == "moved"
    assert [comment.hypothesis for comment in after.comments.values()] == ["moved", "moved", ""]


def test_a_merged_explanation_keeps_its_effects_and_what_they_assume() -> None:
    before = small_debate()
    after = edits.hypothesis_merged(before, "uncounted", "moved")
    assert after.hypotheses["moved"].effects == before.hypotheses["uncounted"].effects
    assert after.hypotheses["moved"].assumes == before.hypotheses["uncounted"].assumes
    assert "*Many* work unlisted." in after.hypotheses["moved"].note
    own = edits.effect_set(before, "moved", "people", "people * unlisted")
    other = replace(own.hypotheses["moved"], assumes=assumed(unlisted="2"))
    clash = replace(own, hypotheses={**own.hypotheses, "moved": other})
    with pytest.raises(Refused, match="unlisted is one thing to uncounted and another to moved"):
        edits.hypothesis_merged(clash, "uncounted", "moved")
    with pytest.raises(Refused, match="expected two explanations"):
        edits.hypothesis_merged(before, "moved", "moved")


def test_where_at_most_one_is_true_the_shares_are_added_up_for_everybody() -> None:
    before = replace(talked_over(), mode="exclusive")
    after = edits.hypothesis_merged(before, "fewer", "moved")
    held = statements(after.hypotheses["moved"])
    # Of "moved" ana has said nothing: she takes over the owner's 10%.
    assert {person: one.plausibility for person, one in held.items()} == pytest.approx({OWNER: 0.4, "ana": 0.3})
    assert after.hypotheses["moved"].prior == pytest.approx(0.5)
    # Without it nobody's figure changes, and its share is none of these.
    gone = edits.hypothesis_removed(before, "fewer", along=True)
    assert gone.hypotheses["uncounted"].plausibility == 0.6


def test_evidence_is_removed_unless_others_said_something_of_it() -> None:
    before = talked_over()
    assert list(edits.evidence_removed(before, "song2023").evidence) == ["ads"]
    with pytest.raises(InUse) as met:
        edits.evidence_removed(before, "ads")
    assert met.value.users == ("comment 2", "comment 3", "the ratings of ana")
    after = edits.evidence_removed(before, "ads", along=True)
    admit(before, after)
    assert (list(after.evidence), list(after.comments)) == (["song2023"], [1])


def test_clusters_are_renamed_and_joined() -> None:
    debate = edits.evidence_edited(small_debate(), "ads", {"cluster": "papers"})
    assert edits.cluster_renamed(debate, "papers", "press").evidence["ads"].cluster == "press"
    with pytest.raises(Refused, match="there is a cluster 'surveys' already; join the two"):
        edits.cluster_renamed(debate, "papers", "surveys")
    joined = edits.clusters_joined(debate, ["papers"], "surveys")
    assert {item.cluster for item in joined.evidence.values()} == {"surveys"}
    with pytest.raises(NotFound, match="did you mean 'surveys'"):
        edits.clusters_joined(debate, ["papers"], "survey")


def test_comments_are_changed_by_who_wrote_them() -> None:
    debate = talked_over()
    assert edits.comment_edited(debate, 2, "y", "ana").comments[2].text == "y"
    assert list(edits.comment_removed(debate, 2, "ana").comments) == [1, 3]
    with pytest.raises(Refused, match="comment 2 is ana's; expected one of your own"):
        edits.comment_edited(debate, 2, "y", "ola")
    with pytest.raises(Refused, match="comment 2 is ana's; expected one of your own"):
        edits.comment_removed(debate, 2, "ola")
