"""What an assistant reads, and what it never does."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis, Quantity
from hypotheses.idea import Idea
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.conftest import Clock
from tests.store.conftest import small_debate
from tests.tui.assistants.conftest import SLUG, Assistant, OpenAssistant
from tui.assistants.bounding import ANSWER, ITEMS
from tui.assistants.tools import TOOLS

# People are 8.1M to 8.4M and owners 0.2% to 1% by the post: the medians are their geometric means. 300 are known.
PUZZLE = math.log10(math.sqrt(8.1e6 * 8.4e6) * math.sqrt(0.002 * 0.01) / 300)


def test_the_debate_is_the_question_and_the_explanations_as_they_are_ranked(assistant: Assistant) -> None:
    read = assistant("read_debate")
    assert (read["debate"], read["question"], read["can_several_be_true"]) == (SLUG, "Why so few?", True)
    assert [(one["rank"], one["slug"], one["plausibility"]) for one in read["explanations"]] == [
        (1, "uncounted", 0.6),
        (2, "fewer", 0.3),
        (3, "moved", 0.1),
    ]
    assert [one["nobody_has_set_it"] for one in read["explanations"]] == [False, False, True]
    assert read["puzzle"]["now"]["median"] == pytest.approx(PUZZLE, abs=0.001)
    # If most are not listed there are 0.5 to 1.5 orders of magnitude more: 1 in the middle.
    assert read["explanations"][0]["left"]["median"] == pytest.approx(PUZZLE - 1, abs=0.001)
    assert read["explanations"][1]["left"]["median"] == pytest.approx(PUZZLE, abs=0.001)
    assert read["next_offset"] is None


def test_an_explanation_is_read_with_the_evidence_its_ratio_and_its_source(assistant: Assistant) -> None:
    read = assistant("read_explanation", explanation="uncounted")
    assert (read["statement"], read["prior"]) == ("*Many* work unlisted.", 0.5)
    assert read["effects"] == [{"quantity": "known", "becomes": "known * 10 ** unlisted"}]
    assert read["assumptions"][0]["readings"][0]["value"] == "normal 0.5 to 1.5"
    (item,) = read["evidence"]
    assert (item["key"], item["ratio"], item["why"]) == ("song2023", "++", "as expected")
    # ++ is 10 to 1, which is 10 decibans, of which credibility 0.75 and relevance 0.5 leave 3.75.
    assert item["decibans"] == pytest.approx(3.75)
    assert "did you mean 'uncounted'" in assistant.refused("read_explanation", explanation="uncountd")


def test_evidence_is_listed_in_full_all_of_one_explanation_or_by_key(assistant: Assistant) -> None:
    assert [one["key"] for one in assistant("list_evidence")["evidence"]] == ["song2023", "ads"]
    assert [one["key"] for one in assistant("list_evidence", explanation="uncounted")["evidence"]] == ["song2023"]
    (ads,) = assistant("list_evidence", keys=["ads"])["evidence"]
    assert ads["link"] == "https://example.org/ads"
    assert ads["ratings"] == [{"explanation": "fewer", "ratio": "-", "why": ""}]
    assert "there is no evidence 'ad'" in assistant.refused("list_evidence", keys=["ad"])


def test_quantities_are_listed_with_every_reading_and_which_one_counts(assistant: Assistant) -> None:
    read = assistant("list_quantities", symbols=["owners", "pianos"])
    owners, pianos = read["quantities"]
    assert (owners["counts"], [one["name"] for one in owners["readings"]]) == ("post", ["post", "survey"])
    assert (pianos["formula"], pianos["readings"]) == ("people * owners", [])
    assert pianos["comes_to"]["median"] == pytest.approx(300 * 10**PUZZLE, rel=0.001)
    assert assistant("list_quantities", offset=1.0)["quantities"][0]["symbol"] == "owners"


def test_what_is_searched_for_is_found_by_its_words_and_by_what_it_says(assistant: Assistant) -> None:
    def found(words: str, **more: Any) -> list[tuple[str, str]]:
        return [(one["kind"], one["name"]) for one in assistant("search", words=words, **more)["found"]]

    assert found("tuners survey") == [("evidence", "song2023")]
    assert found("work unlisted") == [("explanation", "uncounted")]
    assert found("few listed") == [("evidence", "song2023")]
    assert found("people", kinds=["quantity"]) == [("quantity", "people")]
    assert found("people", kinds=["evidence"]) == []
    assert found("shops") == []  # which only an idea has


def test_an_estimate_is_what_would_be_left_and_is_not_stored(assistant: Assistant) -> None:
    before = assistant.debate
    (gap,) = assistant("estimate", **{"with": ["uncounted"]})["gaps"]
    assert gap["left"]["median"] == pytest.approx(PUZZLE - 1, abs=0.001)
    assert gap["explained"]["median"] == pytest.approx(1, abs=0.001)
    # A million people, of whom 0.4% own one by the survey, are 4,000 pianos over 300 tuners.
    (gap,) = assistant("estimate", set={"people": "1M"}, convention="survey")["gaps"]
    assert gap["left"]["median"] == pytest.approx(math.log10(4000 / 300), abs=0.001)
    assert gap["as_stored"]["median"] == pytest.approx(PUZZLE, abs=0.001)
    (gap,) = assistant("estimate", set={"people": 1000000}, convention="survey", gaps=["shortage"])["gaps"]
    assert gap["now"]["median"] == pytest.approx(math.log10(4000 / 300), abs=0.001)
    assert assistant.debate == before


@pytest.mark.parametrize(
    ("tool", "given", "told"),
    [
        ("read_explanation", {}, "explanation: found nothing; expected the slug of an explanation, from read_debate"),
        ("read_explanation", {"explanation": 5}, "explanation: found a number; expected a text"),
        ("read_debate", {"offset": -1}, "offset: found -1; expected a whole number from 0 to 1,000,000"),
        ("read_debate", {"offset": True}, "offset: found true or false; expected a whole number"),
        ("read_debate", {"offset": 1.5}, "offset: found 1.5; expected a whole number from 0 to 1,000,000"),
        ("read_debate", {"offset": float("nan")}, "offset: found nan; expected a whole number from 0 to 1,000,000"),
        ("search", {"words": "w" * 301}, "words: found 301 characters; expected at most 300"),
        ("read_explanation", {"explanation": "w" * 900_000}, "explanation: found 900,000 characters; expected at most"),
        ("list_evidence", {"keys": ["k" * 101]}, "keys: found 101 characters; expected at most 100"),
        ("read_debate", {"page": 2}, "there is no argument 'page'; there is offset"),
        ("search", {"words": "x", "kinds": ["idea"]}, "kinds: found 'idea'; expected explanation, evidence"),
        ("search", {"words": "x", "kinds": "gap"}, "kinds: found a text; expected a list of names"),
        ("list_evidence", {"keys": [1]}, "keys: found a number in it; expected a list of names"),
        ("list_evidence", {"keys": ["k"] * 21}, "keys: found 21; expected at most 20"),
        ("estimate", {"set": {"people": "1,00"}}, "set: people: "),
        ("estimate", {"set": {"people": [1]}}, "set: people: found a list; expected a value such as '8M to 9M'"),
        ("estimate", {"set": {"people": "9" * 501}}, "set: people: found 501 characters; expected at most 500"),
        ("estimate", {"set": "people=1"}, "set: found a text; expected an object such as {'people': '8M to 9M'}"),
        ("estimate", {"set": {"peple": "1"}}, "there is no quantity 'peple'; did you mean 'people'?"),
        ("estimate", {"gaps": ["short"]}, "there is no gap 'short'"),
        ("estimate", {"convention": "posted"}, "there is no convention 'posted'; did you mean 'post'?"),
        ("estimate", {"with": ["uncounted", "fewer"]}, "'uncounted' and 'fewer' are rivals; expected one of them"),
        ("read", {}, "there is no tool 'read'"),
    ],
)
def test_a_wrong_argument_is_told_in_one_sentence(
    tool: str, given: dict[str, Any], told: str, assistant: Assistant
) -> None:
    assert assistant.refused(tool, **given).startswith(told)


def test_a_value_that_cannot_be_worked_out_is_a_problem_and_no_crash(assistant: Assistant) -> None:
    read = assistant("estimate", set={"known": "0"})
    assert "known" in json.dumps(read["gaps"][0]["not_known"])
    read = assistant("estimate", set={"known": "=1/0"})
    assert read["gaps"][0]["not_known"]


def test_neither_ideas_of_others_nor_contacts_nor_references_are_ever_told(
    assistant: Assistant, owner: DebateStore
) -> None:
    sent = Idea(
        0, "Secret title", "Secret text", sender="Ana R.", contact="ana@example.org", url="https://e.org/secret"
    )
    after = owner.submit_idea(SLUG, sent).debate
    reference = after.ideas[max(after.ideas)].reference
    asked: dict[str, dict[str, Any]] = {
        "read_explanation": {"explanation": "fewer"},
        "search": {"words": "secret"},
        "submit_idea": {"title": "Secret title", "text": "Secret text", "kind": "comment", "name": "Ana R."},
        "idea_status": {"reference": reference},
    }
    for name in TOOLS:
        told = json.dumps(assistant(name, **asked.get(name, {})))
        assert "ana@example.org" not in told
        assert name == "idea_status" or reference not in told
        assert name in ("idea_status", "submit_idea") or "ecret t" not in told, name
    for address in ("abduce://debate/post.md", "abduce://debate/report.md"):
        page = assistant.session.page(address)
        assert "ana@example.org" not in page
        assert reference not in page
    told = assistant.refused("idea_status", reference=reference[:-1])
    assert told == f"there is no idea of the reference {reference[:-1]!r}"
    assert assistant.refused("idea_status", reference=" ").startswith("there is no idea of the reference ''")
    assert "there is no idea" in assistant.refused("idea_status", reference="1")


def test_every_call_reads_what_others_have_changed_meanwhile(assistant: Assistant, owner: DebateStore) -> None:
    assert assistant("read_debate")["explanations"][0]["slug"] == "uncounted"
    owner.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING)
    assert assistant("read_debate")["explanations"][0]["slug"] == "moved"


def test_of_several_people_it_reads_what_the_owner_says(assistant: Assistant, tmp_path: Path, clock: Clock) -> None:
    with DebateStore.open(str(tmp_path / "debates.db"), actor="ben", clock=clock) as ben:
        ben.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING)
    read = assistant("read_debate")
    assert {one["slug"]: one["plausibility"] for one in read["explanations"]} == {
        "uncounted": 0.6,
        "fewer": 0.3,
        "moved": 0.1,
    }
    sent = assistant.send("They share")
    assert assistant("idea_status", reference=sent["reference"])["state"] == "new"


def test_a_debate_that_was_removed_is_told_so(assistant: Assistant, owner: DebateStore) -> None:
    owner.add_debate(replace(small_debate(), slug="other"))
    owner.shelve_debate(SLUG, "removed", expected=ANYTHING)
    for name, given in (("read_debate", {}), ("submit_idea", {"title": "A", "text": "B", "kind": "comment"})):
        assert assistant.refused(name, **given) == f"the debate {SLUG!r} was removed by its owner"
    owner.shelve_debate(SLUG, "", expected=ANYTHING)
    assert assistant("read_debate")["debate"] == SLUG


def huge_debate() -> Debate:
    """A debate in which everything is as long and as many as it may be, in letters that act unseen."""
    wild = "\x1b]52;c;x\x07\u202e<script>"
    text = wild * 3000
    hypotheses = {f"h{n}": Hypothesis(f"h{n}", f"{n} {wild * 10}", text) for n in range(100)}
    cells = {slug: Assessment(3.0, text[:5000]) for slug in hypotheses}
    return Debate(
        SLUG,
        "Huge",
        text,
        quantities={
            f"q{n}": Quantity(f"q{n}", wild, "", {f"r{m}": Reading("1", text[:300]) for m in range(50)})
            for n in range(60)
        },
        hypotheses=hypotheses,
        evidence={
            f"e{n}": Evidence(f"e{n}", wild, tuple(wild for _ in range(200)), finding=text, assessments=cells)
            for n in range(40)
        },
    )


@pytest.fixture(scope="module")
def huge() -> Debate:
    return huge_debate()


@pytest.mark.parametrize(
    ("name", "given", "part"),
    [
        ("read_debate", {}, "explanations"),
        ("read_explanation", {"explanation": "h7"}, "evidence"),
        ("list_evidence", {}, "evidence"),
        ("list_quantities", {}, "quantities"),
        ("search", {"words": "script"}, "found"),
    ],
)
def test_answers_are_bounded_and_nothing_in_them_acts_and_pages_lose_nothing(
    name: str, given: dict[str, Any], part: str, huge: Debate
) -> None:
    seen, offset = [], 0
    while offset is not None:
        asked = {one.name: one.usual for one in TOOLS[name].arguments} | given | {"offset": offset}
        read = TOOLS[name].read
        assert read is not None
        answer = read(huge, asked)
        told = json.dumps(answer, ensure_ascii=False)
        assert len(told) <= ANSWER
        assert not {"\x1b", "\x07", "\u202e"} & set(told)
        assert 0 < len(answer[part]) <= ITEMS
        seen += [json.dumps(one) for one in answer[part]]
        offset = answer["next_offset"]
    expected = {"explanations": 100, "evidence": 40, "quantities": 60, "found": 100 + 40 + 60}
    assert len(seen) == len(set(seen)) == expected[part]


def test_the_debate_is_one_page_of_markdown_too(assistant: Assistant, open_assistant: OpenAssistant) -> None:
    assert assistant.session.page("abduce://debate/post.md").startswith("# How many piano tuners?")
    assert "Counting advertisements" in assistant.session.page("abduce://debate/report.md")
