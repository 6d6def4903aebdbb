"""Kialo's export as text: theses become explanations, what is said of them evidence."""

from __future__ import annotations

import pytest

from store.errors import BadFile
from store.maps.kialo import read_kialo
from tests.store.maps.maps import contents_of, debate_of, noted, ratings

PIER = """\
Discussion Title: Should the pier be rebuilt?

1. The pier should be rebuilt.
1.1. Con: It costs too much.
1.1.1. Con: Costs were lower than feared \\(see the audit\\).
1.2. Pro: Visitors want it. [survey](http://example.org/s)
1.2.1. Pro: -> See 1.1.1.
"""


def test_a_discussion_becomes_a_debate() -> None:
    debate = debate_of(read_kialo, PIER)
    assert (debate.slug, debate.title) == ("should-the-pier-be-rebuilt", "Should the pier be rebuilt?")
    assert [h.title for h in debate.hypotheses.values()] == ["The pier should be rebuilt."]
    costs, visitors = debate.evidence.values()
    assert (costs.title, visitors.title) == ("It costs too much.", "Visitors want it.")
    assert ratings(debate) == {
        "it-costs-too-much": {"the-pier-should-be-rebuilt": "-"},
        "visitors-want-it": {"the-pier-should-be-rebuilt": "+"},
    }


def test_links_are_sources_and_what_is_said_of_evidence_stands_in_its_finding() -> None:
    costs, visitors = debate_of(read_kialo, PIER).evidence.values()
    assert visitors.url == "http://example.org/s"
    assert costs.finding == r"- **Con** Costs were lower than feared \(see the audit\)."
    assert visitors.finding == r"- **Pro** Costs were lower than feared \(see the audit\)."


def test_how_pro_and_con_were_rated_is_told_once() -> None:
    told = "a Pro was taken for + (3) and a Con for - (1/3), since the file does not say how strong they are"
    assert noted(read_kialo, PIER) == [(4, told)]


def test_a_reference_under_another_thesis_is_the_same_evidence() -> None:
    debate = debate_of(
        read_kialo,
        "1. Rebuild it.\n1.1. Pro: Fish came back.\n2. Leave it.\n2.1. Con: -> See 1.1.\n2.1.1. Pro: They did.\n",
    )
    assert ratings(debate) == {"fish-came-back": {"rebuild-it": "+", "leave-it": "-"}}
    assert debate.evidence["fish-came-back"].finding == "- **Pro** They did."


def test_escapes_and_emphasis_read_as_they_are_meant() -> None:
    debate = debate_of(read_kialo, "1. A.\n1.1. Con: Not **one** \\(1\\) of [them](https://example.org/a) came.\n")
    (item,) = debate.evidence.values()
    assert (item.title, item.url) == ("Not one (1) of them came.", "https://example.org/a")


def test_lines_that_go_on_belong_to_their_claim() -> None:
    debate = debate_of(read_kialo, "Discussion Title: T\nBackground.\n\n1. A\nwith more.\n\nAnd more.\n1.1. Pro: B\n")
    assert [h.title for h in debate.hypotheses.values()] == ["A with more. And more."]
    assert debate.question == "Background."


def test_what_hangs_on_nothing_is_kept_and_told() -> None:
    text = "1. A.\n1.2.1. Pro: Lost.\n1.3. Pro: -> See 9.9.\n1.4. Neither.\n1. B.\n"
    debate = debate_of(read_kialo, text)
    assert [h.title for h in debate.hypotheses.values()] == ["A.", "B."]
    assert [item.title for item in debate.evidence.values()] == ["-> See 9.9.", "Neither.", "Lost."]
    assert [line for line, _ in noted(read_kialo, text)] == [2, 3, 3, 4, 5]


def test_references_that_go_round_are_kept_as_they_stand() -> None:
    text = "1. A.\n1.1. Pro: -> See 1.2.\n1.2. Pro: -> See 1.1.\n"
    assert [item.title for item in debate_of(read_kialo, text).evidence.values()] == ["-> See 1.2.", "-> See 1.1."]
    assert (2, "this reference leads to no claim; it is kept as it stands") in noted(read_kialo, text)


@pytest.mark.parametrize("text", ["", "Discussion Title: Nothing\n", "Some words.\n"])
def test_a_text_without_claims_is_refused(text: str) -> None:
    with pytest.raises(BadFile, match="there is no claim in the file; expected lines such as `1"):
        contents_of(read_kialo, text)
