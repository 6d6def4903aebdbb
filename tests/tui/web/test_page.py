"""The page as a reader uses it: the debate, the form, the receipt."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial

import pytest

from hypotheses.debate import Comment, Debate, Evidence, Hypothesis
from hypotheses.edits import NewReading
from hypotheses.fields import field_of
from hypotheses.idea import Idea
from hypotheses.problems import Malformed
from hypotheses.ranking import format_plausibility, ranked
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.web.conftest import MakeSite
from tests.tui.web.site import Answer, Site, Visit, token_in
from tests.tui.web.test_limits import Now
from tui.web.form_token import FormTokens
from tui.web.shown import ShownDebate, shown

FILLED = {
    "kind": "evidence",
    "hypothesis": "copied-filters",
    "title": "A retina in silicon",
    "text": "It *shares* its filters.\n\n- and <b>more</b>",
    "url": "https://example.org/retina",
    "sender": "Ida",
    "contact": "ida@example.org",
    "unnamed": "1",
}


def owner_of(site: Site) -> DebateStore:
    """The owner's program, beside the page."""
    return DebateStore.open(str(site.database), actor="tester")


def ideas_of(site: Site) -> list[Idea]:
    """What came in by the page."""
    with owner_of(site) as store:
        return [idea for idea in store.load().ideas.values() if idea.via == "web"]


def receipt_of(site: Site, sent: Answer) -> Answer:
    assert sent.status == 303, sent.text
    return site.get(sent.headers["location"])


def reference_of(sent: Answer) -> str:
    return sent.headers["location"].rpartition("/")[2]


def described_by(answer: Answer, name: str) -> str:
    """What a field says of itself, by the ids that it names."""
    (tag,) = re.findall(rf'<(?:input|textarea|select)[^>]* name="{name}"[^>]*>', answer.body)
    ids = re.search(r'aria-describedby="([^"]*)"', tag)
    texts = [
        re.search(rf'id="{each}"[^>]*>(.*?)</p>', answer.body, re.DOTALL) for each in (ids[1].split() if ids else [])
    ]
    return " ".join(re.sub("<[^>]*>", "", text[1]) for text in texts if text)


# The debate


def test_readers_see_the_question_the_explanations_by_rank_and_the_puzzle(site: Site) -> None:
    page = site.get()
    with owner_of(site) as store:
        debate = store.load()
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f"<h1>{debate.title}</h1>" in page.body
    assert re.findall("<h3>(.*?)</h3>", page.body) == [h.title for h in ranked(debate)]
    assert all(format_plausibility(h.plausibility) in page.text for h in ranked(debate))
    # 10 ** 2.05 = 112
    assert "2.05 orders of magnitude (a factor of 112)" in page.text


def test_readers_see_nothing_of_what_others_sent(site: Site) -> None:
    secret = Idea(0, "Sealed title", "sealed text", sender="Sealed Sender", contact="sealed@example.org")
    with owner_of(site) as store:
        reference = max(store.submit_idea(site.slug, secret).debate.ideas.values(), key=lambda i: i.number).reference
        examples = [idea.title for idea in store.load().ideas.values() if idea.example]
    body = site.get().body.lower()
    assert examples
    assert not [words for words in ("sealed", reference, *map(str.lower, examples)) if words in body]


def test_the_page_follows_the_debate_and_is_worked_out_anew_only_if_that_changed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Debate] = []

    def counted(debate: Debate) -> ShownDebate:
        made.append(debate)
        return shown(debate)

    monkeypatch.setattr("tui.web.desk.shown", counted)
    for _ in range(3):
        assert site.get().status == 200
    site.send(title="No news for readers")
    site.get()
    assert len(made) == 1
    with owner_of(site) as store:
        store.set_plausibility(site.slug, "copied-filters", 0.97, expected=ANYTHING)
    assert "97%, almost certain" in site.get().text
    assert len(made) == 2


# From the form to the receipt


def test_an_idea_is_kept_as_it_was_typed_and_its_receipt_says_that_it_waits(site: Site) -> None:
    sent = site.send(**FILLED)
    (idea,) = ideas_of(site)
    assert receipt_of(site, sent).status == 200
    assert reference_of(sent) == idea.reference
    assert (idea.kind, idea.hypothesis, idea.title) == ("evidence", "copied-filters", "A retina in silicon")
    assert idea.text == FILLED["text"]
    assert (idea.url, idea.sender, idea.contact, idea.unnamed) == (
        "https://example.org/retina",
        "Ida",
        "ida@example.org",
        True,
    )
    assert (idea.status, idea.via) == ("new", "web")
    receipt = receipt_of(site, sent)
    assert "It is waiting." in receipt.text
    assert idea.reference in receipt.text
    assert "A retina in silicon" in receipt.text
    assert "ida@example.org" not in receipt.body


def test_a_title_is_enough(site: Site) -> None:
    assert receipt_of(site, site.send(title="Only this")).status == 200
    assert [(idea.title, idea.text, idea.sender) for idea in ideas_of(site)] == [("Only this", "", "")]


def test_the_same_words_twice_are_one_idea_with_one_receipt(site: Site) -> None:
    first = site.send(title="Said  once", text="In these words.", sender="Ida")
    again = site.send(title="said once", text="in these  words.", sender="ida")
    other = site.send(title="Said once", text="In these words.", sender="Otto")
    assert first.headers["location"] == again.headers["location"] != other.headers["location"]
    assert len(ideas_of(site)) == 2


def test_the_owners_undo_does_not_take_back_what_a_reader_sent(site: Site) -> None:
    with owner_of(site) as store:
        store.set_plausibility(site.slug, "copied-filters", 0.97, expected=ANYTHING)
        site.send(title="Sent meanwhile")
        after = store.undo(site.slug, expected=store.last_entry(site.slug)).debate
        assert after.hypotheses["copied-filters"].plausibility != 0.97
        assert [idea.title for idea in after.ideas.values() if idea.via == "web"] == ["Sent meanwhile"]


Decision = Callable[[DebateStore, str, int], object]


def accepted(made: Hypothesis | Evidence | NewReading | Comment) -> Decision:
    return lambda store, slug, number: store.accept_idea(slug, number, made, expected=ANYTHING)


def marked(mark: str, of: str = "") -> Decision:
    return lambda store, slug, number: store.mark_ideas(slug, [number], mark, of=of, expected=ANYTHING)  # type: ignore[arg-type]


DECISIONS: list[tuple[Decision, str]] = [
    (accepted(Hypothesis("glow", "It glows")), "It was accepted as the explanation “It glows”."),
    (accepted(Evidence("glow1", "It was seen to glow")), "It was accepted as the evidence “It was seen to glow”."),
    (
        accepted(NewReading("whisper", "ida", Reading("2B"))),
        "It was accepted as a reading of",
    ),
    (accepted(Comment(0, "Words", "tester", hypothesis="copied-filters")), "It was accepted as a comment."),
    (
        lambda store, slug, number: store.merge_idea(slug, number, "hypothesis:copied-filters", expected=ANYTHING),
        "It was made part of the explanation “The brain has to copy its filters”.",
    ),
    (
        lambda store, slug, number: store.merge_idea(slug, number, "idea:1", expected=ANYTHING),
        "It was made part of another idea that was sent.",
    ),
    (
        lambda store, slug, number: store.decline_ideas(slug, [number], "It is <old>.", expected=ANYTHING),
        "It was declined. Because: It is <old>.",
    ),
    (marked("later"), "It is waiting. It was put off for now."),
    (marked("unclear"), "It is waiting. It was not understood yet."),
    (marked("off-topic"), "It was set aside: it is about something else."),
    (marked("duplicate", "hypothesis:copied-filters"), "It was there already: the explanation “The brain has to"),
    (
        lambda store, slug, number: store.split_idea(
            slug, number, [("One half", "a"), ("Another half", "b")], expected=ANYTHING
        ),
        "It was parted into 2 ideas, each decided by itself. One half: It has arrived. It is waiting.",
    ),
]


def test_the_receipt_says_what_another_program_decided(site: Site) -> None:
    with owner_of(site) as store:
        first = store.load().ideas[1].title
        for count, (decide, told) in enumerate(DECISIONS):
            sent = site.send(title=f"It could glow {count}", sender="Ida")
            assert "It is waiting." in receipt_of(site, sent).text
            decide(store, site.slug, max(store.load().ideas))
            text = receipt_of(site, sent).text
            assert told in text
            assert first not in text


def test_what_an_idea_became_may_be_gone_since(site: Site) -> None:
    sent = site.send(title="It could glow")
    with owner_of(site) as store:
        store.accept_idea(site.slug, max(store.load().ideas), Evidence("glow1", "It glows"), expected=ANYTHING)
        store.remove_evidence(site.slug, "glow1", expected=ANYTHING)
    assert "It was accepted as evidence that is gone since." in receipt_of(site, sent).text


def test_a_reference_is_looked_up_as_it_is_typed_and_an_unknown_one_is_not_repeated(site: Site) -> None:
    reference = reference_of(site.send(title="Where is it?"))
    typed = f"%20{reference[:4].upper()}%20{reference[4:]}"
    assert site.get(f"/idea?reference={typed}").headers["location"] == f"/idea/{reference}"
    unknown = site.get("/idea/zzzzzzzzzz")
    assert unknown.status == 404
    assert "zzzzzzzzzz" not in unknown.body
    assert "There is no idea with this reference" in unknown.text
    for odd in ("", "%3Cscript%3E", "../../etc", "a" * 101, "%FF%FE", "%00"):
        refused = site.get(f"/idea?reference={odd}")
        assert refused.status == 400
        assert "script" not in refused.body
    assert site.get(f"/idea/{'z' * 5000}").status == 404


# What is wrong is told at its field, and nothing is lost


def test_all_that_is_wrong_is_told_at_once_at_its_field_and_what_was_typed_is_still_there(site: Site) -> None:
    typed = {
        "kind": "poem",
        "hypothesis": "no-such",
        "title": "",
        "text": "\nAll of this, with <b>&amp;\n\n  its blanks",
        "url": "javascript:alert(1)",
        "sender": 'Ida "I." <ida>',
        "contact": "two\nlines",
        "unnamed": "1",
    }
    again = site.send(**typed)
    assert again.status == 422
    assert "Not sent" in re.findall("<title>(.*?)</title>", again.body)[0]
    wrong = {name: described_by(again, name) for name in ("hypothesis", "title", "url", "contact", "sender", "text")}
    assert "found nothing" in wrong["title"].lower()
    assert "expected an address that begins with https:// or http://" in wrong["url"]
    assert "found several lines" in wrong["contact"].lower()
    assert "not there any more" in wrong["hypothesis"]
    assert "found" not in (wrong["sender"] + wrong["text"]).lower()
    assert re.search(r'<fieldset[^>]*aria-describedby="kind-error', again.body)
    for name in ("title", "url", "contact", "hypothesis", "kind-hypothesis"):
        assert f'<a href="#{name}">' in again.body
    assert 'value="javascript:alert(1)"' in again.body
    assert 'value="Ida &#34;I.&#34; &lt;ida&gt;"' in again.body
    # What HTML takes away from the start of a text area is one line end.
    assert ">\n\nAll of this, with &lt;b&gt;&amp;amp;\n\n  its blanks</textarea>" in again.body
    assert re.search(r'name="unnamed" value="1" checked', again.body)
    assert ideas_of(site) == []


def test_what_the_other_doors_refuse_is_refused_with_the_same_words(site: Site) -> None:
    for name, typed in (
        ("title", "x" * 301),
        ("text", "x" * 50_001),
        ("sender", "x" * 301),
        ("contact", "a\nb"),
        ("url", "ftp://example.org"),
        ("url", "https://exa mple.org"),
        ("kind", "explanation"),
    ):
        with pytest.raises(Malformed) as refused:
            field_of(Idea, name).read(typed)
        again = site.send(**{"title": "Fine", name: typed})
        assert again.status == 422
        assert str(refused.value)[1:] in again.text


def test_what_the_other_doors_take_is_taken(site: Site) -> None:
    assert site.send(title="x" * 300, text="y" * 50_000, sender="z" * 300).status == 303
    assert site.send(title="Жук 🦋 甲虫", text="\t" + "é" * 5_000).status == 303
    assert len(ideas_of(site)[1].text) == 5_000


def test_words_of_readers_act_nowhere(site: Site) -> None:
    for count, words in enumerate(
        (
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "{{ 7 * 191 }}{% include 'x' %}",
            "</textarea><script>",
            "**<b>x</b>** `<i>`",
        )
    ):
        receipt = receipt_of(site, site.send(title=words, text=words, sender=words))
        again = site.send(title=words, text=words, sender=words, url=words)
        with owner_of(site) as store:
            made = Hypothesis(f"theirs-{count}", words, statement=f"{words}\n\n{words}")
            store.accept_idea(site.slug, max(store.load().ideas), made, expected=ANYTHING)
        for page in (receipt, again, site.get()):
            assert not re.search(r"<(script|img|b>|i>)", page.body)
            assert "1337" not in page.body  # 7 * 191


def test_what_acts_on_a_screen_unseen_is_made_visible(site: Site) -> None:
    sent = site.send(title="Read \u202edlrow\u202c this\x1b[2J")
    assert "Read <U+202E>dlrow<U+202C> this\\x1b[2J" in receipt_of(site, sent).text
    assert ideas_of(site)[0].title == "Read \u202edlrow\u202c this\x1b[2J"


# Who is a person


def test_a_form_that_was_filled_in_too_fast_is_told_so_and_taken_a_little_later(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Now()
    monkeypatch.setattr("tui.web.serving.FormTokens", partial(FormTokens, clock=now))
    site = make_site(fill_seconds=3.0)
    visit = site.visit()
    now.seconds += 2.9
    again = visit.send(title="Quick", text="Words to keep")
    assert again.status == 422
    assert "That was quick" in again.text
    assert "Words to keep" in again.body
    assert ideas_of(site) == []
    now.seconds += 0.2
    assert Visit(site, visit.cookie, token_in(again)).send(title="Quick", text="Words to keep").status == 303


def test_a_form_of_yesterday_is_told_so_and_taken_when_it_is_sent_again(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Now()
    monkeypatch.setattr("tui.web.serving.FormTokens", partial(FormTokens, clock=now))
    site = make_site(fill_seconds=3.0)
    visit = site.visit()
    now.seconds += 13 * 3600
    again = visit.send(title="Late", text="Words to keep")
    assert again.status == 403
    assert "too old" in again.text
    assert "Words to keep" in again.body
    assert Visit(site, visit.cookie, token_in(again)).send(title="Late", text="Words to keep").status == 303


def test_a_form_is_taken_from_whom_it_was_given_to_only(site: Site) -> None:
    mine, theirs = site.visit(), site.visit()
    for forged in (
        {"token": theirs.token},
        {"token": ""},
        {"token": mine.token[:-1] + ("0" if mine.token[-1] != "0" else "1")},
        {"token": "9" * 40},
        {"token": "é"},
    ):
        assert mine.send(title="Forged", **forged).status == 403
    assert mine.with_headers({"Cookie": ""}, title="Forged").status == 403
    assert mine.with_headers({"Cookie": "abduce_form=x"}, title="Forged").status == 403
    assert ideas_of(site) == []
    refused = mine.with_headers({"Cookie": ""}, title="Mine")
    cookie = refused.headers["set-cookie"].partition(";")[0]
    assert Visit(site, cookie, token_in(refused)).send(title="Mine").status == 303


def test_the_cookie_is_for_this_page_only(make_site: MakeSite) -> None:
    said = make_site().get().headers["set-cookie"]
    assert "HttpOnly" in said
    assert "SameSite=strict" in said
    assert "Secure" not in said
    proxied = make_site(url="https://ideas.example.org")
    assert "Secure" in proxied.get(Host="ideas.example.org").headers["set-cookie"]


def test_a_field_that_nobody_sees_keeps_programs_out_and_says_so_to_people(site: Site) -> None:
    page = site.get()
    assert re.search(r'<div class="field unseen">\s*<label for="homepage">Leave this empty', page.body)
    again = site.send(title="Mine", text="Words to keep", homepage="https://example.com")
    assert again.status == 422
    assert "field that is to stay empty was filled in" in again.text
    assert "Words to keep" in again.body
    assert '<div class="field wrong">' in again.body
    assert ideas_of(site) == []


# When it cannot be done now


def test_a_database_that_is_busy_is_told_so_and_what_was_typed_is_still_there(site: Site) -> None:
    visit = site.visit()
    with closing(sqlite3.connect(site.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        again = visit.send(title="Kept", text="Words to keep")
        assert again.status == 503
        assert again.headers["retry-after"] == "60"
        assert "cannot be read or saved just now" in again.text
        assert "Words to keep" in again.body
        assert str(site.database) not in again.body
        other.execute("ROLLBACK")
    site.heard("locked by another program")
    assert visit.send(title="Kept", text="Words to keep").status == 303


def test_a_database_that_cannot_be_read_is_told_so_and_what_was_typed_is_still_there(site: Site) -> None:
    visit = site.visit()
    with closing(sqlite3.connect(site.database, isolation_level=None)) as other:
        other.execute("ALTER TABLE journal_entry RENAME TO away")
        again = visit.send(title="Kept", text="Words to keep")
        assert again.status == 503
        assert "Words to keep" in again.body
        assert "The brain has to copy its filters" in again.body
        assert site.get().status == 503
        assert site.get("/idea/abc").status == 503
        other.execute("ALTER TABLE away RENAME TO journal_entry")
    assert visit.send(title="Kept", text="Words to keep").status == 303


def test_a_debate_that_is_put_away_takes_no_ideas_and_one_that_is_removed_is_not_shown(site: Site) -> None:
    visit, sent = site.visit(), site.send(title="Before")
    with owner_of(site) as store:
        store.add_debate(Debate("other", "Another?"))
        store.shelve_debate(site.slug, "archived", expected=ANYTHING)
    assert "takes no ideas any more" in site.get().text
    assert 'method="post"' not in site.get().body
    assert visit.send(title="After").status == 409
    assert receipt_of(site, sent).status == 200
    with owner_of(site) as store:
        store.shelve_debate(site.slug, "removed", expected=ANYTHING)
    assert site.get().status == 404
    assert visit.send(title="After").status == 404
    assert [idea.title for idea in ideas_of_all(site)] == ["Before"]


def ideas_of_all(site: Site) -> list[Idea]:
    with owner_of(site) as store:
        return [idea for idea in store.load(site.slug).ideas.values() if idea.via == "web"]


def test_what_fails_inside_is_told_to_the_owner_and_not_to_readers(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> ShownDebate:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("tui.web.desk.shown", fail)
    failed = site.get()
    assert failed.status == 500
    assert failed.is_strict()
    assert "secret" not in failed.body
    site.heard("secret of the house")
    site.heard("GET page 500")
    site.told.clear()


def test_so_many_a_minute_come_from_one_address_and_what_was_typed_is_still_there(make_site: MakeSite) -> None:
    site = make_site(a_minute=3)
    visit = site.visit()
    for number in range(3):
        assert visit.send(title=f"Number {number}").status == 303
    again = visit.send(title="Number 3", text="Words to keep")
    assert again.status == 429
    assert 1 <= int(again.headers["retry-after"]) <= 60
    assert "Words to keep" in again.body
    assert site.get().status == 200
    assert len(ideas_of(site)) == 3


def test_guessing_references_is_slow(make_site: MakeSite) -> None:
    site = make_site(a_minute=3)
    known = reference_of(site.send(title="Mine"))
    assert [site.get(f"/idea/zzzzzzzzz{number}").status for number in range(4)] == [404, 404, 429, 429]
    assert site.get(f"/idea/{known}").status == 200


def test_so_many_a_day_come_in_all_however_often_the_page_is_served_anew(make_site: MakeSite) -> None:
    site = make_site(a_day=3)
    for number in range(3):
        assert site.send(title=f"Number {number}").status == 303
    for page in (site, make_site(a_day=3)):
        again = page.send(title="Number 3", text="Words to keep")
        assert again.status == 429
        assert 86_000 < int(again.headers["retry-after"]) <= 86_401
        assert "Words to keep" in again.body
    assert site.send(title="Number 0").status == 303  # it is there already
    assert len(ideas_of(site)) == 3


def test_what_is_told_to_the_owner_names_nobody(site: Site) -> None:
    reference = reference_of(site.send(**FILLED))
    site.get(f"/idea/{reference}")
    site.get("/idea/zzz")
    site.get("/%1b]0;x")
    for line in ("POST page 303", "GET receipt 200", "GET receipt 404", "GET nothing 404"):
        site.heard(line)
    told = " ".join(site.told)
    assert not [words for words in (reference, "zzz", "127.0.0.1", "Ida", "retina", "]0;x") if words in told]
