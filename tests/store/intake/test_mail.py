"""Mail on its way into the inbox."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.idea import Idea
from hypotheses.rules import TEXT_LENGTH, TITLE_LENGTH
from store.intake import mail
from store.intake.arriving import Rejected, is_cut
from store.intake.mail import message, messages
from tests.exploring import explored

PLAIN = b"From: Ana R. <ana@example.org>\nSubject: Re: Fact stores\n\nThey store facts.\n"


def taken(raw: bytes) -> Idea:
    arrived = message(raw, "x.eml")
    assert isinstance(arrived, Idea), arrived
    return arrived


def test_a_message_is_an_idea_of_whom_it_says_to_be_from() -> None:
    assert taken(PLAIN) == Idea(
        0, "Fact stores", "They store facts.", sender="Ana R.", contact="ana@example.org", via="mail"
    )
    assert taken(b"From: ana@example.org\n\nFirst line\nand more").title == "First line"


@pytest.mark.parametrize(
    ("raw", "title", "text"),
    [
        (b"Subject: =?utf-8?q?Sch=C3=B6n?=\nContent-Type: text/plain; charset=latin-1\n\ngr\xfcn", "Schön", "grün"),
        (b"Subject: A\nContent-Type: text/html\n\n<style>x{}</style><p>One</p><b>two</b> &amp; <script>3</script>", "A",
         "One\ntwo &"),
        (b"Subject: A\nContent-Type: text/plain; charset=nobody-knows\n\nhm", "A", "hm"),
        (b"Subject: two\n lines\n\n", "two lines", ""),
        (b'Subject: A\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n'
         b"Content-Disposition: attachment; filename=../../x\n\nnot this\n--b\nContent-Type: text/html\n\n<i>this</i>\n"
         b"--b\nContent-Type: text/plain\n\nor rather this\n--b--\n", "A", "or rather this"),
        (b"Subject: A\nContent-Transfer-Encoding: base64\n\n!!not base64!!", "A", None),
    ],
)  # fmt: skip
def test_it_is_read_whatever_it_is_written_in(raw: bytes, title: str, text: str | None) -> None:
    arrived = taken(raw)
    assert arrived.title == title
    assert text is None or arrived.text == text


def test_escape_sequences_in_a_subject_stay_one_line_of_text() -> None:
    arrived = taken(b"Subject: =?utf-8?b?G1szMW1yZWQbWzBtDQpYOiB5?=\n\nx\0y")
    assert "\n" not in arrived.title
    assert "\0" not in arrived.text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\n\n", "found neither a subject nor a text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "found neither a sender nor a subject nor a date"),
        (b"Only words.", "found neither a sender nor a subject nor a date"),
        (b"Subject: A\n\n" + b"x" * mail.LONGEST, "expected at most 1,000,000"),
        (
            b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\nContent-Type: text/plain\n\nx\n" * 200,
            "100 parts",
        ),
    ],
)
def test_what_is_none_is_set_aside_with_its_reason(raw: bytes, reason: str) -> None:
    rejected = message(raw, "x.eml")
    assert isinstance(rejected, Rejected)
    assert reason in rejected.reason
    assert rejected.data == raw[: mail.LONGEST]


def test_what_is_too_long_is_cut_and_says_so() -> None:
    arrived = taken(b"Subject: " + b"a " * 400 + b"\n\n" + b"x" * 60_000)
    assert len(arrived.title) <= TITLE_LENGTH
    assert len(arrived.text) <= TEXT_LENGTH
    assert arrived.text.endswith("characters more)")


MBOX = (
    b"From ana@example.org Mon Jan  1 10:00:00 2024\nSubject: One\n\nIt is so.\nFrom here on it is otherwise.\n"
    b">From a quoted line\n\nFrom ben@example.org Tue Jan  2 10:00:00 2024\nSubject: Two\n\nAnd so.\n"
)


def test_a_mailbox_has_a_message_after_each_line_that_begins_one() -> None:
    first, second = messages(MBOX, "box.mbox")
    assert isinstance(first, Idea)
    assert isinstance(second, Idea)
    assert (first.title, second.title) == ("One", "Two")
    assert first.text == "It is so.\nFrom here on it is otherwise.\nFrom a quoted line"


def test_a_bad_message_does_not_stop_the_rest() -> None:
    bad = b"From x@example.org Mon Jan  1 10:00:00 2024\n\n\n\n"
    kinds = [type(one) for one in messages(bad + MBOX, "box.mbox")]
    assert kinds == [Rejected, Idea, Idea]
    (none,) = messages(b"no mailbox", "box.mbox")
    assert isinstance(none, Rejected)


def test_what_a_page_does_not_show_is_left_out() -> None:
    html = b"<p>One<!-- not <script> -->two<SCRIPT x>if (a < b) <!-- </script >three<style>p {}</style>four<script>five"
    assert taken(b"Subject: x\nContent-Type: text/html\n\n" + html).text == "Onetwothreefour"


@pytest.mark.parametrize("begun", ["<script ", "<script>", "<!--", "<br ", "<", "</p "])
def test_what_is_begun_again_and_again_and_never_closed_is_read_once(begun: str) -> None:
    # Read from each beginning to the end, a megabyte of these took eight minutes.
    html = begun.encode() * (900_000 // len(begun))
    assert isinstance(message(b"Subject: x\nContent-Type: text/html\n\n" + html, "x.eml"), Idea)


def test_a_mailbox_of_long_lines_or_of_many_is_read_once() -> None:
    # Copied up to each line, or read on from each time of day in it, ten megabytes took hours.
    assert len(list(messages(b"From x 12:00 2024\n\n" * 30_000, "x.mbox"))) == 30_000
    (none,) = messages(b"From x " + b"00:00 " * 1_500_000, "x.mbox")
    assert isinstance(none, Rejected)


@explored(100)
@given(st.binary(max_size=400))
def test_whatever_comes_is_an_idea_or_set_aside(raw: bytes) -> None:
    for data in (raw, b"Subject: " + raw, b"From: " + raw + b"\n\nx", b"Content-Type: " + raw + b"\n\nx"):
        arrived = message(data, "x.eml")
        if isinstance(arrived, Idea):
            assert 0 < len(arrived.title) <= TITLE_LENGTH
            assert "\n" not in arrived.title
        else:
            assert arrived.reason
    list(messages(b"From a@b Mon Jan  1 10:00:00 2024\n" + raw, "x.mbox"))


LONG = 60_000
PARTED = 'Subject: a\nContent-Type: multipart/mixed; boundary="b"\n\n'
NESTED = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(40))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (f"From: a{'.' * LONG}@example.org\n\nx", "2,000 characters for From; expected at most that"),
        (f"Subject: {'=?utf-8?q?a?= ' * LONG}\n\nx", "2,000 characters for Subject; expected at most that"),
        (
            f"Subject: a\nContent-Type: multipart/mixed{';' * LONG}\n\nx",
            "2,000 characters for the kind of a part; expected at most that",
        ),
        (
            f"Subject: a\r\ncontent-type:\r\n text/plain;\r\n a=b;\r\n {'x=y; ' * LONG}\r\n\r\nx",
            "2,000 characters for the kind of a part; expected at most that",
        ),
        (
            f"{PARTED}--b\nContent-Disposition: x{';' * LONG}\n\nx\n--b--",
            "2,000 characters for Content-Disposition; expected at most that",
        ),
        (f"Subject: a\n{NESTED}{'a' * LONG}", "30 parts with parts of their own; expected fewer"),
        (f"{PARTED}{('--b' + chr(10) * 2 + 'x' + chr(10)) * LONG}", "100 parts; expected fewer"),
    ],
    ids=["from", "subject", "kind", "folded kind", "disposition", "nested", "parts"],
)
def test_what_the_parser_of_mail_would_take_minutes_for_is_refused(raw: str, reason: str) -> None:
    began = process_time()
    arrived = message(raw.encode(), "x.eml")
    assert isinstance(arrived, Rejected)
    assert arrived.reason == f"found more than {reason}"
    assert process_time() - began < 3


def test_long_lines_of_a_text_are_no_headers() -> None:
    arrived = taken(b"Subject: A\n\nFrom: " + b"words " * 1_000 + b"\nSubject: " + b"words " * 1_000)
    assert arrived.text.startswith("From: words")


def test_what_is_too_long_for_a_line_stands_whole_in_the_text() -> None:
    subject, name = "word " * 100, "n" * 400
    arrived = taken(f"Subject: {subject}\nFrom: {name} <ana@example.org>\n\nThe text.".encode())
    assert arrived.title == ("word " * 60).strip()  # 300 characters, of which the last is a blank
    assert arrived.text == f"Subject: {subject.strip()}\n\nSender: {name}\n\nThe text."
    assert not is_cut(arrived)


def test_a_text_that_is_cut_says_so_at_its_end() -> None:
    arrived = taken(b"Subject: a\n\n" + b"x" * 60_000)
    assert arrived.text.endswith("x\n… (cut: 10,100 characters more)")  # of 60,000 the first 50,000 - 100 are kept
    assert is_cut(arrived)
    assert len(arrived.text) <= TEXT_LENGTH
