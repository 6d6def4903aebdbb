"""The owner's Markdown taken apart: what is set apart, what leads somewhere, and what stays as it was typed."""

from __future__ import annotations

import pytest

from hypotheses.reports.prose import Block, LinePart, blocks_of, paragraphs_of, set_apart, with_links


def test_emphasis_and_code_are_set_apart() -> None:
    assert list(set_apart("a **b** `c` *d* e")) == [
        LinePart("", "a "),
        LinePart("strong", "b"),
        LinePart("", " "),
        LinePart("code", "c"),
        LinePart("", " "),
        LinePart("em", "d"),
        LinePart("", " e"),
    ]
    assert list(set_apart("2 * 3 * 4, a*b*c")) == [LinePart("", "2 * 3 * 4, a*b*c")]


@pytest.mark.parametrize(
    ("typed", "words", "link"),
    [
        ("[here](https://example.org/a_(b))", "here", "https://example.org/a_(b)"),
        ("[here](<https://example.org/a>)", "here", "https://example.org/a"),
        ("<https://example.org>", "https://example.org", "https://example.org"),
    ],
)
def test_a_link_leads_to_the_web(typed: str, words: str, link: str) -> None:
    assert list(with_links(f"see {typed}.")) == [LinePart("", "see "), LinePart("a", words, link), LinePart("", ".")]


@pytest.mark.parametrize(
    "typed",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<b>)",
        "[x](//evil.example)",
        "[x](https://user@evil.example)",
        "[x](file:///etc/passwd)",
        "<javascript:alert(1)>",
        "[x] (https://example.org)",
    ],
)
def test_what_is_no_link_to_the_web_stays_words(typed: str) -> None:
    assert list(with_links(typed)) == [LinePart("", typed)]


def test_a_text_is_taken_apart_into_its_blocks() -> None:
    text = """# A heading
A paragraph
that goes on.

- one
- two
  goes on
1. first
2) second

> quoted
> words

```
<code>
- no list
```
Last."""
    assert list(blocks_of(text)) == [
        Block("heading", ("A heading",)),
        Block("p", ("A paragraph that goes on.",)),
        Block("ul", ("one", "two goes on")),
        Block("ol", ("first", "second")),
        Block("blockquote", ("quoted words",)),
        Block("pre", ("<code>\n- no list",)),
        Block("p", ("Last.",)),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("\n\n", ()),
        ("   ", ()),
        ("```", ("```",)),
        ("```\n", ("",)),
        ("-", ("-",)),
        ("#", ("#",)),
        (">", ("",)),
    ],
)
def test_hardly_a_text_is_taken_apart_too(text: str, parts: tuple[str, ...]) -> None:
    assert tuple(part for block in blocks_of(text) for part in block.parts) == parts


def test_no_word_is_lost() -> None:
    text = "one\n- two **three**\n    four\n> five\n\n    six\n\n7. eight\nnine\n## ten\neleven"
    found = " ".join(part for block in blocks_of(text) for part in block.parts)
    assert found.replace("**", "").split() == "one two three four five six eight nine ten eleven".split()  # noqa: SIM905


def test_paragraphs_keep_the_lines_of_lists() -> None:
    assert paragraphs_of("one\ntwo\n\n- a\n- b\n") == ("one two", "- a\n- b")
