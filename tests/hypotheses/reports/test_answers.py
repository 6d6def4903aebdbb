"""What the sender of an idea is answered in public."""

from __future__ import annotations

import re

import pytest

from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.idea import Idea, IdeaStatus
from hypotheses.reports.answers import answer_to

DEBATE = Debate(
    "tuners",
    "How many?",
    hypotheses={"fewer": Hypothesis("fewer", "There are fewer")},
    evidence={"count": Evidence("count", "A count")},
    ideas={2: Idea(2, "A part"), 3: Idea(3, "Another part")},
)
TAKEN = "Thank you! This was taken up: it is now"


@pytest.mark.parametrize(
    ("status", "became", "reason", "told"),
    [
        ("accepted", ("hypothesis:fewer",), "", f"{TAKEN} the explanation *There are fewer*."),
        ("accepted", ("evidence:count",), "", f"{TAKEN} the evidence *A count*."),
        ("accepted", ("reading:pianos/ana",), "", f"{TAKEN} a reading of *pianos*."),
        ("accepted", ("comment:1",), "", f"{TAKEN} a comment."),
        ("accepted", ("evidence:gone",), "", f"{TAKEN} the evidence that is gone since."),
        ("merged", ("evidence:count",), "", "Thank you! This is now part of the evidence *A count*."),
        ("duplicate", ("idea:2",), "", "This is the same as the idea *A part*."),
        ("duplicate", (), "Sent twice.", "This is the same as what is there already. Because: Sent twice\\."),
        ("off-topic", (), "", "This is not about the question of this debate."),
        ("declined", (), "too\nvague", "Thank you! This was not taken up. Because: too vague."),
        (
            "split",
            ("idea:2", "idea:3"),
            "",
            "Thank you! This makes several claims, which are looked at one by one: the idea *A part* and the idea "
            "*Another part*.",
        ),
    ],
)
def test_each_decision_is_told(status: IdeaStatus, became: tuple[str, ...], reason: str, told: str) -> None:
    assert answer_to(DEBATE, Idea(1, "Sent", status=status, became=became, reason=reason)) == told


@pytest.mark.parametrize(
    "words",
    [
        "@everyone",
        "a@b",
        "see #5",
        "o/r#5",
        "GH-5",
        "gh-5",
        "[x](https://evil)",
        "<img src=x>",
        "# big",
        "\x1b[31m\u202e",
    ],
)
def test_nothing_acts_in_titles_and_reasons(words: str) -> None:
    """GitHub looks for calls and links in the text that is shown, so that an escape before them is no help."""
    debate = Debate("tuners", "How many?", hypotheses={"fewer": Hypothesis("fewer", words)})
    told = answer_to(debate, Idea(1, "Sent", status="merged", became=("hypothesis:fewer",), reason=words))
    entities = {"&#64;": "@", "&#47;": "/"}
    shown = re.sub(r"&#64;|&#47;|\\(?=[^\w\s])", lambda match: entities.get(match[0], ""), told)
    assert not re.search(r"@\w|#\d|\bGH-\d", shown, re.IGNORECASE)
    assert not re.search(r"(?<!\\)[\[\]<>#`&]", re.sub(r"&#\d+;", "", told))
    assert not set(told) & set("\x1b\u202e\n")
