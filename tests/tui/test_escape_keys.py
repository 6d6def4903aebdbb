"""What a terminal sends as one write: the escape key before others, sequences, pastes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from tui.terminal.escape_keys import EscapeParser, WordKey


def told(message: Message) -> str:
    if isinstance(message, WordKey):
        return f"{message.key} or {' '.join(each.key for each in message.keys(in_text=False))}"
    return message.key if isinstance(message, events.Key) else f"paste {getattr(message, 'text', message)!r}"


def read(*writes: str) -> list[str]:
    parser = EscapeParser(False)
    return [told(message) for write in writes for message in parser.feed(write)]


@pytest.mark.parametrize(
    ("writes", "keys"),
    [
        (["\x1bj"], ["escape", "j"]),
        (["\x1b1"], ["escape", "1"]),
        (["\x1b\x1bq"], ["escape", "escape", "q"]),
        (["\x1b\r"], ["escape", "enter"]),
        (["\x1b\t"], ["escape", "tab"]),
        (["\x1b]"], ["escape", "right_square_bracket"]),
        (["ab\x1b", "jk"], ["a", "b", "escape", "j", "k"]),
        # Sequences stay what they are, whole or in pieces.
        (["\x1b[A"], ["up"]),
        (["\x1b", "[", "B"], ["down"]),
        (["\x1bOA"], ["up"]),
        (["\x1b[1;5C"], ["ctrl+right"]),
        (["\x1b\x1b[A"], ["escape", "up"]),
        # Where alt moves by words, the two cannot be told apart here.
        (["\x1bf"], ["ctrl+right or escape f"]),
        (["\x1bb"], ["ctrl+left or escape b"]),
    ],
)
def test_the_escape_key_is_told_apart_from_a_sequence(writes: list[str], keys: list[str]) -> None:
    assert read(*writes) == keys


def test_an_escape_with_nothing_after_it_comes_when_the_time_has_run_out() -> None:
    parser = EscapeParser(False)
    assert not list(parser.feed("\x1b"))
    time.sleep(0.15)
    assert [told(each) for each in parser.tick()] == ["escape"]
    assert [told(each) for each in parser.feed("j")] == ["j"]


@pytest.mark.parametrize(
    ("writes", "keys"),
    [
        (["\x1b[200~words\x1b[201~q"], ["paste 'words'", "q"]),
        (["a\x1b[20", "0~ab", "c\x1b[20", "1~\x1bj"], ["a", "paste 'abc'", "escape", "j"]),
        # An escape in it is no key, and begins no sequence.
        (["\x1b[200~a\x1bq\x1b[Ab\x1b[201~"], ["paste 'aq[Ab'"]),
    ],
)
def test_what_is_pasted_is_text(writes: list[str], keys: list[str]) -> None:
    assert read(*writes) == keys


@given(
    st.lists(st.sampled_from(["j", "\x1b", "\x13", "5", "%", "\x1b[A", "\x1bOB", "é", "\x1b[200~p\x1bq\x1b[201~"])),
    st.data(),
)
def test_no_split_of_what_is_sent_changes_what_it_says(keys: list[str], data: st.DataObject) -> None:
    sent = "".join(keys)
    places = sorted(data.draw(st.sets(st.integers(0, len(sent)))))
    writes = [sent[begin:end] for begin, end in zip([0, *places], [*places, len(sent)], strict=True)]
    assert read(*filter(None, writes)) == read(*filter(None, [sent]))
