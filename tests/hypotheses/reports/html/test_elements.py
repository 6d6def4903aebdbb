"""Elements of HTML: what is put into them is words, unless it is HTML already."""

from __future__ import annotations

from hypotheses.reports.html.elements import Html, joined, line_of, link, prose, table, tag


def test_words_are_escaped_and_html_is_not() -> None:
    assert tag("p", "1 < 2 & ", tag("b", "so")) == "<p>1 &lt; 2 &amp; <b>so</b></p>"
    assert joined("<", Html("<br>"), by="&") == "&lt;&amp;<br>"
    assert tag("p", "a\x1b[31m\u202e") == r"<p>a\x1b[31m&lt;U+202E&gt;</p>"


def test_attributes_are_escaped_and_left_out_where_they_say_nothing() -> None:
    assert tag("a", "x", href='"><script>', class_="", hidden=False, data_of=True) == (
        '<a href="&quot;&gt;&lt;script&gt;" data-of>x</a>'
    )
    assert tag("input", type_="range", min="0", value="", max=1.5) == '<input type="range" min="0" value="" max="1.5">'


def test_a_link_leads_somewhere_or_is_words() -> None:
    assert link("a & b", "https://example.org/?a&b") == (
        '<a href="https://example.org/?a&amp;b" rel="noopener noreferrer">a &amp; b</a>'
    )
    assert link("<a>", "") == "&lt;a&gt;"


def test_the_first_cell_of_a_row_names_it() -> None:
    written = table("What", ["Of", "Is"], [["a", "1"]], "lr")
    assert '<caption>What</caption><thead><tr><th scope="col">Of</th><th scope="col" class="figure">Is</th>' in written
    assert '<tr><th scope="row">a</th><td class="figure">1</td></tr>' in written


def test_the_owners_markdown_is_set_and_its_html_shown() -> None:
    cited = {"song2023": Html('<a href="#e-song2023">A survey</a>')}
    assert prose("See `song2023`, **not** `x<y`.\n\n- <b>\n- [c](https://example.org)", cited) == (
        '<p dir="auto">See <a href="#e-song2023">A survey</a>, <strong>not</strong> <code>x&lt;y</code>.</p>'
        '<ul><li dir="auto">&lt;b&gt;</li>'
        '<li dir="auto"><a href="https://example.org" rel="noopener noreferrer">c</a></li></ul>'
    )
    assert line_of("[x](javascript:alert)") == "[x](javascript:alert)"
