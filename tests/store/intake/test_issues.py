"""One issue on GitHub, also of a form, as an idea."""

from __future__ import annotations

from typing import Any

import pytest

from hypotheses.debate import Debate, Hypothesis
from hypotheses.idea import Idea
from hypotheses.rules import TEXT_LENGTH, TITLE_LENGTH
from store.intake.arriving import Rejected, issue_of
from store.intake.issues import read_issue

DEBATE = Debate(
    "piano-tuners",
    "How many piano tuners?",
    hypotheses={"fewer-pianos": Hypothesis("fewer-pianos", "There are fewer pianos", short="fewer")},
)
FORM = """\
### Kind

Evidence

### Explanation

there are FEWER pianos

### Title

_No response_

### Text

Ana counted twelve.

- in one street
- twice

### Link

https://example.org/count

### Name

Ana Reyes

### Contact

_No response_

### How sure are you?

Quite
"""


def issue(body: object = "They share.", **more: Any) -> dict[str, Any]:
    """Return an issue with what matters of the fields that the API gives."""
    return {
        "number": 7,
        "title": "Pianos are shared",
        "body": body,
        "user": {"login": "ana-r"},
        "state": "open",
        "created_at": "2024-02-01T08:00:00Z",
        "updated_at": "2024-02-02T08:00:00Z",
        "html_url": "https://github.com/ana/pianos/issues/7",
        **more,
    }


def read(body: object = "They share.", **more: Any) -> Idea:
    found = read_issue(issue(body, **more), "ana/pianos", DEBATE)
    assert isinstance(found, Idea)
    return found


def reason(of: object) -> str:
    found = read_issue(of, "ana/pianos", DEBATE)
    assert isinstance(found, Rejected)
    return f"{found.where}: {found.reason}"


def test_a_plain_issue_is_an_idea_of_its_account() -> None:
    idea = read()
    assert (idea.title, idea.text, idea.kind) == ("Pianos are shared", "They share.", "comment")
    assert (idea.sender, idea.contact) == ("ana-r", "https://github.com/ana-r")
    assert (idea.received, idea.url, idea.hypothesis) == ("2024-02-01T08:00:00Z", "", "")
    assert issue_of(idea) == ("ana/pianos", 7)


def test_a_form_fills_in_the_fields_and_what_it_does_not_say_plainly_stays_in_the_text() -> None:
    idea = read(FORM.replace("\n", "\r\n"))
    assert (idea.title, idea.kind, idea.hypothesis) == ("Pianos are shared", "evidence", "fewer-pianos")
    assert (idea.url, idea.sender, idea.contact) == (
        "https://example.org/count",
        "Ana Reyes",
        "https://github.com/ana-r",
    )
    assert idea.text == "Ana counted twelve.\n\n- in one street\n- twice\n\n### How sure are you?\n\nQuite"


@pytest.mark.parametrize(
    ("heading", "value", "left"),
    [
        ("Kind", "Evidence, Estimate", True),
        ("KIND", "explanation", False),
        ("Explanation", "None of these", True),
        ("Hypothesis:", "fewer", False),
        ("Link", "see the paper", True),
        ("Source", "<https://example.org>", False),
        ("Source", "javascript:alert(1)", True),
        ("Name", "two\nlines", True),
        ("Unnamed", "- [X] Do not name me", False),
        ("Unnamed", "perhaps", True),
        ("Evidence", "Twelve.", True),
    ],
)
def test_a_heading_is_a_field_only_where_its_value_is_one(heading: str, value: str, left: bool) -> None:
    section = f"### {heading}\n\n{value}"
    assert read(f"Before.\n\n{section}").text == (f"Before.\n\n{section}" if left else "Before.")


@pytest.mark.parametrize(("value", "unnamed"), [("- [x] Do not name me", True), ("- [ ] Do not name me", False)])
def test_who_asks_not_to_be_named_is_not(value: str, unnamed: bool) -> None:
    idea = read(f"### Do not name me\n\n{value}\n\n### Text\n\nThey share.")
    assert (idea.unnamed, idea.text) == (unnamed, "They share.")


def test_a_field_that_stands_twice_counts_once_and_code_is_no_form() -> None:
    idea = read("### Kind\n\nestimate\n\n### Kind\n\nevidence\n\n```\n### Name\n\nnobody\n```")
    assert (idea.kind, idea.sender) == ("estimate", "ana-r")
    assert idea.text == "### Kind\n\nevidence\n\n```\n### Name\n\nnobody\n```"


@pytest.mark.parametrize(
    "more", [{"pull_request": {"url": "https://api.github.com/repos/ana/pianos/pulls/7"}}, {"state": "closed"}]
)
def test_pull_requests_and_what_is_closed_are_no_ideas(more: dict[str, Any]) -> None:
    assert read_issue(issue(**more), "ana/pianos", DEBATE) is None


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("text", "an issue of ana/pianos: found no number or no title; expected both"),
        (issue(number="7"), "an issue of ana/pianos: found no number or no title; expected both"),
        (issue(number=True), "an issue of ana/pianos: found no number or no title; expected both"),
        (issue(title=None), "an issue of ana/pianos: found no number or no title; expected both"),
        (issue(["a"]), "ana/pianos#7: found a body that is no text"),
        (issue(None, title=" \n\t"), "ana/pianos#7: found neither a title nor a text; expected one of the two"),
    ],
)
def test_what_is_no_issue_is_told(of: object, told: str) -> None:
    assert reason(of) == told


def test_hostile_issues_fit_the_rules() -> None:
    idea = read("x" * 2_000_000, title="evil \x1b]52;c;x\x07\u202e\0\r\n" + "t" * 500, user=None, created_at="9999")
    assert len(idea.title) == TITLE_LENGTH
    assert "\n" not in idea.title
    assert len(idea.text) <= TEXT_LENGTH
    assert idea.text.endswith("characters more)")
    assert "\0" not in idea.title
    assert (idea.sender, idea.contact, idea.received) == ("", "", "")
    assert read(None, user={"login": "[x](https://evil)"}).contact == ""
    assert read("### " * 100_000 + "\n" + "```" * 100_000).kind == "comment"
