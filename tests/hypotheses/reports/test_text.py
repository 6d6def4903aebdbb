"""Somebody's words in a report, proved with a real CommonMark reader."""

from __future__ import annotations

import html
import re
import string

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hypotheses.reports.style import FrontMatter
from hypotheses.reports.text import front_matter, inert, one_line, paragraphs, published, words

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- swallowed",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "[click](javascript:alert(1))",
    "[click](https://evil.example)",
    "![pixel](https://evil.example/p.png)",
    "<https://evil.example>",
    "https://evil.example and www.evil.example",
    "[ref]: https://evil.example 'x'",
    "[^1]: a footnote",
    "# heading",
    "title\n=====",
    "title\n---",
    "---\ntitle: taken over\n---",
    "```\ncode",
    "- item\n- item",
    "1. item",
    "| a | b |\n| - | - |",
    "> quote",
    "**bold** *em* `code` ~~gone~~",
    "&lt;script&gt; &amp; &#60;b&#62;",
    "trailing backslash \\",
    "{% include secrets %} {{ site.token }} {: onclick='x'} {::options /}",
    "$$ x $$",
    "@everyone mail me@evil.example",
]


def render(text: str) -> str:
    """Render as the most permissive CommonMark reader would: raw HTML, tables and strikethrough on."""
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def shown(markup: str) -> str:
    """Return the text a reader of the rendered page sees."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(("mark", "place"), [("", "{}"), ("- ", "{}"), ("### ", "{}"), ("", "Idea: {} (end)")])
def test_a_readers_words_do_nothing_wherever_they_stand(text: str, mark: str, place: str) -> None:
    rendered = render(mark + place.format(inert(text)))
    assert set(re.findall(r"<(\w+)", rendered)) <= {"p", "ul", "li", "h3"}
    assert shown(rendered) == place.format(" ".join(text.split()))


@given(st.text(st.characters(codec="utf-8")))
def test_any_readers_text_is_shown_as_it_was_sent(text: str) -> None:
    rendered = render("Idea: " + inert(text))
    assert rendered.count("<") == 2, "one paragraph and nothing in it"
    assert shown(rendered) == ("Idea: " + one_line(text)).strip()


def test_no_template_or_attribute_list_is_left_in_a_readers_text() -> None:
    assert not re.search(r"\{[{%:]", inert("{% raw %} {{ x }} {: .y} {%- z"))


def test_every_punctuation_mark_that_could_act_is_escaped() -> None:
    # The three that are left mean nothing to Markdown in any dialect.
    left = [mark for mark in string.punctuation if inert(mark) == mark]
    assert left == [",", ";", "?"]


@pytest.mark.parametrize("text", HOSTILE)
def test_an_owners_title_is_shown_as_typed(text: str) -> None:
    rendered = render(f"### 1. {words(text)}")
    assert set(re.findall(r"<(\w+)", rendered)) == {"h3"}
    assert shown(rendered) == "1. " + " ".join(text.split())
    assert not re.search(r"\{[{%:]", words(text))


@pytest.mark.parametrize("text", [*HOSTILE, "+ item", "2) item", "= x", ": defined", "-", "--- x"])
@pytest.mark.parametrize("mark", ["", "- ", "> "])
def test_an_owners_words_begin_nothing_at_the_start_of_a_line(text: str, mark: str) -> None:
    rendered = render("term\n\n" + mark + words(text))
    assert set(re.findall(r"<(\w+)", rendered)) <= {"p", "ul", "li", "blockquote"}
    assert len(re.findall("<li>|<blockquote>", rendered)) == bool(mark)
    assert shown(rendered).split() == ["term", *text.split()]


@given(st.text(st.characters(codec="utf-8")))
def test_any_words_of_the_owner_are_shown_as_typed(text: str) -> None:
    rendered = render(words(text))
    assert re.findall(r"<(\w+)", rendered) in (["p"], [])
    assert shown(rendered) == one_line(text)


def test_an_ordinary_title_stays_readable_in_the_source() -> None:
    title = "Movie Gen: A Cast of Media Foundation Models (2024) - it's 1.5× larger!"
    assert words(title) == title


def test_a_title_keeps_its_columns_in_a_table() -> None:
    rendered = render(f"| a | b |\n| - | - |\n| {words('x | y')} | 2 |\n")
    assert re.findall(r"<td>(.*?)</td>", rendered) == ["x | y", "2"]


@pytest.mark.parametrize("text", [text for text in HOSTILE if "<" in text and "https" not in text])
def test_html_of_the_owner_is_shown_and_not_run(text: str) -> None:
    rendered = render(published(text))
    assert set(re.findall(r"<(\w+)", rendered)) <= {"p"}
    assert shown(rendered) == text


def test_the_owners_markdown_is_markdown() -> None:
    rendered = render(
        published("**Why** is 3 < 5, see <https://example.org/a?b=c&d>, [post](https://example.org)\n\n- one")
    )
    assert "<strong>Why</strong> is 3 &lt; 5" in rendered
    assert '<a href="https://example.org/a?b=c&amp;d">' in rendered
    assert '<a href="https://example.org">post</a>' in rendered
    assert "<li>one</li>" in rendered


def test_templates_in_the_owners_markdown_are_shown_and_not_run() -> None:
    text = "{% include x %} {{ y }} {: .z}"
    assert not re.search(r"\{[{%:]", published(text))
    assert shown(render(published(text))) == text


def test_plain_text_keeps_its_paragraphs_and_nothing_in_it_acts() -> None:
    assert paragraphs("1. one\ntwo *three*\n \n- four\n") == "1\\. one two \\*three\\*\n\n\\- four"
    assert paragraphs(" \n") == ""


def test_escape_codes_of_anybody_are_made_visible() -> None:
    for write in (inert, words, published):
        assert "\x1b" not in write("a\x1b[31mb")
    assert published("one\r\n\ttwo") == "one\n\ttwo"


@given(st.text(), st.lists(st.text(min_size=1)))
def test_front_matter_holds_any_title_and_tags_and_nothing_else(title: str, tags: list[str]) -> None:
    header = front_matter(title, FrontMatter("2024-05-31", "page", tuple(tags)))
    assert header.startswith("---\n")
    assert header.endswith("\n---")
    facts = {"title": one_line(title), "date": "2024-05-31", "layout": "page", "tags": [*map(one_line, tags)]}
    read = yaml.safe_load(header.removeprefix("---\n").removesuffix("---"))
    assert read == {name: value for name, value in facts.items() if value or (name == "title" and title)}
