"""Any debate in any style: nothing in it acts that is not Markdown, and each option does what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hypotheses.debate import Debate
from hypotheses.reports.markdown import markdown
from hypotheses.reports.style import CONVENTIONS, FLAVOURS, FORMS, SOURCES, FrontMatter, MarkdownStyle
from tests.exploring import explored
from tests.hypotheses.estimates.any_debate import debates as any_numbers
from tests.hypotheses.reports.pages import with_readings
from tests.hypotheses.reports.test_readers import in_kramdown, needs_kramdown
from tests.store.debates import debates as any_words

FOLDED = {'<details markdown="1"><summary>More</summary>', "</details>"}
"""The only HTML of a page."""
STYLES = st.builds(
    MarkdownStyle,
    st.sampled_from(FORMS),
    st.none() | st.builds(FrontMatter),
    st.none() | st.integers(1, 5),
    st.none() | st.sampled_from(SOURCES),
    st.sampled_from(CONVENTIONS),
    st.none() | st.sampled_from(FLAVOURS),
)
ACTING = (
    "<script>alert(1)</script>", "</details>", "<details>", "<!--", "-->", "<b onclick=x>", "<?php", "<![CDATA[",
    "&lt;b>", "{% raw %}", "{{ x }}", "{: onclick='x'}", "{::options /}", "\n\n", "\n", "Words. ", "a | b", "\n- | -\n",
    "`", "```\n", "\n[^1]: x", "[a](https://example.org)", "[^1]", "\\", "$$", "*[HTML]: x\n", "\x1b[31m",
)  # fmt: skip
"""What some reader of Markdown acts upon."""
TAG = re.compile(
    "p|h[1-6]|ul|ol|li|dl|dt|dd|strong|em|code|pre|blockquote|hr|br|a|img|table|thead|tbody|tr|th|td|sup|div|del|span"
    "|abbr|details|summary"
)
"""What Markdown makes of text."""
ALL_STYLES = [
    MarkdownStyle(form, top=top, sources=sources, conventions=conventions, flavour=flavour)
    for form, top, sources, conventions, flavour in product(FORMS, (None, 1), SOURCES, CONVENTIONS, FLAVOURS)
]


def html_of(page: str) -> set[str]:
    """Return the HTML that a reader of CommonMark passes on."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(page)
    inside = [inner for token in tokens for inner in token.children or ()]
    return {token.content.strip() for token in (*tokens, *inside) if token.type.startswith("html")}


@st.composite
def hostile(draw: st.DrawFn) -> Debate:
    """Draw a debate whose owner's Markdown has in it what must not act."""
    debate: Debate = draw(any_words() | any_numbers())
    acts = st.lists(st.sampled_from(ACTING), max_size=4).map("".join)
    hypotheses = {
        slug: replace(h, statement=draw(acts) + h.statement, title=f"{h.title} {draw(acts)}")
        for slug, h in debate.hypotheses.items()
    }
    evidence = {key: replace(e, finding=draw(acts) + e.finding) for key, e in debate.evidence.items()}
    return replace(debate, question=draw(acts), hypotheses=hypotheses, evidence=evidence)


@explored(12)
@given(hostile(), STYLES)
def test_any_debate_gives_a_page_without_html_or_templates_and_the_same_again(
    debate: Debate, style: MarkdownStyle
) -> None:
    page = markdown(debate, style)
    assert html_of(page) <= FOLDED
    assert not re.search(r"\{[%{:]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2028]", page)
    assert markdown(debate, style) == page
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


@needs_kramdown
@explored(12)
@given(hostile(), STYLES)
def test_kramdown_makes_nothing_but_markdown_of_it(debate: Debate, style: MarkdownStyle) -> None:
    read = in_kramdown(markdown(debate, style))
    assert [tag for tag in re.findall(r"<([A-Za-z]\w*)", read) if not TAG.fullmatch(tag)] == []
    assert not re.search(r"<[^>]*\sonclick", read)


@pytest.fixture(scope="module")
def pages() -> dict[MarkdownStyle, str]:
    """The small debate, of two explanations under two conventions, in every style."""
    return {style: markdown(with_readings(), style) for style in ALL_STYLES}


@pytest.mark.parametrize("style", ALL_STYLES, ids=str)
def test_each_option_does_what_it_says(style: MarkdownStyle, pages: dict[MarkdownStyle, str]) -> None:
    page, has_sources = pages[style], style.form != "list"
    marks, notes = re.findall(r"\[\^([\w-]+)\](?!:)", page), re.findall(r"^\[\^([\w-]+)\]: ", page, re.MULTILINE)
    footnotes = style.sources == "footnotes" and has_sources
    assert ("http" in page) == (style.sources != "none" and has_sources)
    assert bool(marks) == (footnotes and style.flavour != "commonmark")
    assert (set(marks), len(notes)) == (set(notes), len(set(notes)))
    assert ("\nSources:\n" in page) == (footnotes and style.flavour == "commonmark")
    assert ("](https://doi.org/10.1000/182)" in page) == (style.sources == "inline" and has_sources)
    tables = style.flavour != "commonmark" and (style.form == "report" or (has_sources and style.conventions == "all"))
    assert bool(re.search(r"^\|", page, re.MULTILINE)) == tables
    compared = "The gaps by each convention on whose figures count; those above are by *post*."
    assert (compared in page) == (style.conventions == "all" and has_sources)
    assert ("The most plausible of 2." in page) == (style.top == 1)
    assert len(re.findall(r"^(?:\d\.\)|\d\. \*\*|### \d\.)", page, re.MULTILINE)) == (style.top or 2)


@pytest.mark.parametrize("style", ALL_STYLES, ids=str)
def test_what_is_said_on_top_is_said_in_every_style(style: MarkdownStyle) -> None:
    page = markdown(replace(with_readings(), gaps={}, evidence={}), style, remark="As it stood on 2023-04.")
    assert page.startswith("# How many piano tuners?\n\n*As it stood on 2023-04.*\n\n")
