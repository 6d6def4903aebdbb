"""Ideas that an assistant sends: what may come in, what is told, and how many."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from hypotheses.idea import Idea
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.conftest import Clock
from tests.store.test_database import powerless
from tests.tui.assistants.conftest import SLUG, Assistant, OpenAssistant, tuners
from tui.assistants import sending
from tui.assistants.sending import MOST, MOST_A_MINUTE, WAITS


def kept(assistant: Assistant, reference: str) -> Idea:
    return next(one for one in assistant.debate.ideas.values() if one.reference == reference)


def test_an_idea_waits_in_the_inbox_with_its_source_and_its_sender_as_a_claim(assistant: Assistant) -> None:
    told = assistant.send("They share", kind="evidence", source="10.1000/xyz123", explanation="fewer", name="Ana R.")
    assert (told["state"], told["said"], told["sent_before"]) == ("new", WAITS, False)
    idea = kept(assistant, told["reference"])
    assert (idea.title, idea.text, idea.kind, idea.sender) == ("They share", "What it says.", "evidence", "Ana R.")
    assert (idea.url, idea.hypothesis, idea.via) == ("https://doi.org/10.1000/xyz123", "fewer", "assistant")
    assert (idea.status, idea.contact, idea.received) == ("new", "", "2024-02-29T12:00:00Z")
    unnamed = kept(assistant, assistant.send("Another")["reference"])
    assert unnamed.sender == "Some Client"


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("arXiv:2301.00001", "https://arxiv.org/abs/2301.00001"),
        ("2301.00001", "https://arxiv.org/abs/2301.00001"),
        (" https://example.org/a b ", "https://example.org/a%20b"),
    ],
)
def test_a_source_is_an_identifier_or_a_link(source: str, link: str, assistant: Assistant) -> None:
    told = assistant.send("A", kind="estimate", source=source)
    assert kept(assistant, told["reference"]).url == link


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kind": "evidence"}, "source: found none; expected where this evidence is from"),
        ({"kind": "estimate", "source": " "}, "source: found none; expected where this estimate is from"),
        ({"kind": "evidence", "source": "a book"}, "source: found 'a book'; expected a DOI, an arXiv id or a link"),
        ({"source": "javascript:alert(1)"}, "source: found 'javascript:alert(1)'; expected a DOI"),
        ({"source": "https://user@example.org/"}, "source: found 'https://user@example.org/'; expected"),
        ({"kind": "decision"}, "kind: found 'decision'; expected hypothesis, evidence, estimate, comment"),
        ({"title": " "}, "title: found nothing; expected a title"),
        ({"title": "a\nb"}, "title: found several lines; expected one"),
        ({"title": "a" * 301}, "title: found 301 characters; expected at most 300"),
        ({"text": " \n"}, "text: found nothing; expected a text"),
        ({"text": "a" * 50_001}, "text: found 50,001 characters; expected at most 50,000"),
        ({"text": "a\0b"}, "text: found the character U+0000; expected text"),
        ({"text": "a\ud800b"}, "text: found the character U+D800; expected text"),
        ({"name": "a" * 301}, "name: found 301 characters"),
        ({"explanation": "fewr"}, "there is no explanation 'fewr'; did you mean 'fewer'?"),
        ({"status": "accepted"}, "there is no argument 'status'"),
        ({"reference": "x"}, "there is no argument 'reference'"),
        ({"received": "2020-01-01T00:00:00Z"}, "there is no argument 'received'"),
        ({"contact": "a@b.c"}, "there is no argument 'contact'"),
        ({"via": "web"}, "there is no argument 'via'"),
    ],
)
def test_what_breaks_a_rule_is_told_in_one_sentence_and_nothing_is_kept(
    given: dict[str, Any], told: str, assistant: Assistant
) -> None:
    before = assistant.debate
    arguments = {"title": "A", "text": "B", "kind": "comment", **given}
    assert assistant.refused("submit_idea", **arguments).startswith(told)
    assert assistant.debate == before


def test_hostile_text_is_kept_as_it_came_and_told_harmless(assistant: Assistant) -> None:
    wild = "\x1b]52;c;x\x07 [@click=app.quit] \u202e <b>"
    told = assistant.send(wild.replace("\x07", ""), text=wild, name="\u202eAna")
    assert kept(assistant, told["reference"]).text == wild
    status = assistant("idea_status", reference=told["reference"])
    assert status["title"] == "\\x1b]52;c;x [@click=app.quit] <U+202E> <b>"


def test_the_same_words_sent_again_are_one_idea_also_after_its_decision(
    assistant: Assistant, owner: DebateStore, open_assistant: OpenAssistant
) -> None:
    first = assistant.send("They share", text="One piano for two.")
    again = assistant.send(" They  share", text="one piano\nfor two.")
    assert (again["reference"], again["sent_before"]) == (first["reference"], True)
    number = kept(assistant, first["reference"]).number
    owner.decline_ideas(SLUG, [number], "Not so.", expected=ANYTHING)
    later = open_assistant().send("They share", text="One piano for two.")
    assert (later["reference"], later["state"], later["sent_before"]) == (first["reference"], "declined", True)
    assert len(assistant.debate.ideas) == 2
    assert assistant.send("They share", text="Another text.")["reference"] != first["reference"]


def test_words_that_came_another_way_give_no_reference_of_somebody_else(
    assistant: Assistant, owner: DebateStore
) -> None:
    after = owner.submit_idea(SLUG, Idea(0, "They share", "Text.", sender="Ana", via="web")).debate
    theirs = after.ideas[max(after.ideas)].reference
    told = assistant.send("They share", text="Text.", name="Ana")
    assert told["reference"] != theirs
    assert not told["sent_before"]


def test_many_calls_at_once_keep_each_idea_once(assistant: Assistant, open_assistant: OpenAssistant) -> None:
    assistants = [assistant, open_assistant(), open_assistant()]
    told: list[str] = []

    def send(one: Assistant, number: int) -> None:
        told.append(one.send(f"Idea {number}")["reference"])

    threads = [threading.Thread(target=send, args=(one, number)) for one in assistants for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 12
    assert len(set(told)) == 4
    assert len(assistant.debate.ideas) == 5


def test_a_session_may_send_so_many_ideas_in_all_and_in_a_minute(assistant: Assistant, clock: Clock) -> None:
    for number in range(MOST):
        if number and number % MOST_A_MINUTE == 0:
            told = assistant.refused("submit_idea", title="One more", text="T", kind="comment")
            assert told == f"found {MOST_A_MINUTE} ideas within a minute; expected at most that: wait a minute"
            clock.advance(seconds=60)
        assistant.send(f"Idea {number}")
    clock.advance(seconds=60)
    assert assistant.send("Idea 3")["sent_before"]  # which is no new one
    told = assistant.refused("submit_idea", title="One more", text="T", kind="comment")
    assert told.startswith(f"found {MOST} ideas of this session; expected at most that")
    assert len(assistant.debate.ideas) == 1 + MOST
    assert "explanations" in assistant("read_debate")


def test_so_many_may_wait_in_the_inbox_whatever_session_they_are_of(
    open_assistant: OpenAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_WAITING", 3)
    references = [open_assistant().send(f"Idea {number}")["reference"] for number in range(3)]
    told = open_assistant().refused("submit_idea", title="One more", text="T", kind="comment")
    assert told == "found 3 ideas of assistants that wait; expected at most that: try again later"
    reader = open_assistant()
    reader.store.decline_ideas(SLUG, [kept(reader, references[0]).number], "No.", expected=ANYTHING)
    assert not reader.send("One more")["sent_before"]


def test_what_looks_like_it_is_told_but_no_idea_of_others(assistant: Assistant, owner: DebateStore) -> None:
    owner.submit_idea(SLUG, Idea(0, "The ads again", "https://example.org/ads"))
    told = assistant.send("The ads", kind="evidence", source="https://example.org/ads")
    assert told["looks_like"] == [{"what": "evidence:ads", "title": "Counting advertisements"}]
    owner.edit_evidence(SLUG, "ads", title="Counting \x1b[2J", expected=ANYTHING)
    told = assistant.send("More ads", kind="evidence", source="https://example.org/ads")
    assert told["looks_like"] == [{"what": "evidence:ads", "title": "Counting \\x1b[2J"}]


def test_a_sender_learns_what_became_of_it(assistant: Assistant, owner: DebateStore) -> None:
    references = [assistant.send(f"Idea {n}", kind="hypothesis")["reference"] for n in range(4)]
    numbers = [kept(assistant, reference).number for reference in references]
    owner.accept_idea(SLUG, numbers[0], expected=ANYTHING)
    owner.decline_ideas(SLUG, [numbers[1]], "Said already \x1b[1m.", expected=ANYTHING)
    owner.split_idea(SLUG, numbers[2], [("One part", "a"), ("Two part", "b")], expected=ANYTHING)
    accepted, declined, split, waiting = (assistant("idea_status", reference=each) for each in references)
    assert (accepted["state"], accepted["became"]) == ("accepted", ["hypothesis:idea-0"])
    assert (declined["state"], declined["reason"]) == ("declined", "Said already \\x1b[1m.")
    assert [(part["title"], part["state"]) for part in split["parts"]] == [("One part", "new"), ("Two part", "new")]
    assert waiting["said"] == WAITS


def test_the_journal_says_that_an_assistant_did_it_and_the_owners_undo_leaves_it(
    assistant: Assistant, owner: DebateStore
) -> None:
    owner.set_plausibility(SLUG, "moved", 0.2, expected=ANYTHING)
    assistant.send("They share")
    entry = owner.history(SLUG)[0]
    assert (entry.actor, entry.label) == ("assistant", "submitted an idea: They share")
    after = owner.undo(SLUG, expected=ANYTHING).debate
    assert after.hypotheses["moved"].plausibility == 0.1
    assert len(after.ideas) == 2


def test_a_database_that_another_program_holds_is_told_in_a_sentence_and_still_read(
    open_assistant: OpenAssistant, assistant: Assistant
) -> None:
    hasty = open_assistant(busy_timeout=0.2)
    with assistant.store.together():
        told = threading_call(lambda: hasty.refused("submit_idea", title="A", text="B", kind="comment"))
        assert "another" in told
        assert threading_call(lambda: hasty("read_debate")["debate"]) == SLUG
    assert len(assistant.debate.ideas) == 1
    assert not hasty.send("A", text="B")["sent_before"]


def threading_call(work: Any) -> Any:
    told: list[Any] = []
    thread = threading.Thread(target=lambda: told.append(work()))
    thread.start()
    thread.join()
    return told[0]


def test_a_database_that_cannot_be_written_is_read_and_says_why_not_sent() -> None:
    with powerless() as folder:
        path = folder / "debates.db"
        DebateStore.open(str(path), first=tuners).close()
        path.chmod(0o400)
        with DebateStore.open(str(path), actor="assistant") as store:
            reader = Assistant(store, Clock())
            assert "read-only; nothing was saved" in reader.refused("submit_idea", title="A", text="B", kind="comment")
            assert reader("read_debate")["debate"] == SLUG
