"""Web pages, read by what they say about themselves."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.problems import Malformed
from store.lookup.page import read_page
from store.lookup.source import Source
from store.network.requests import Answer
from tests.store.lookup import answers
from tests.store.lookup.conftest import can_be_kept

HERE = "https://www.example.org/pianos"


def page(head: str | bytes, charset: str = "") -> Source:
    body = answers.page(head).encode() if isinstance(head, str) else head
    return read_page(Answer(HERE, found=True, body=body, charset=charset), HERE)


def test_a_page_with_tags_of_highwire() -> None:
    assert page(answers.HIGHWIRE) == Source(
        "Where the tuners are",
        ("Yang Song", "Bo Lee"),
        "2019-05-07",
        "Journal of Imaginary Pianos",
        doi="10.5555/pianos.2019.1",
        url=HERE,
    )


def test_a_page_with_dublin_core() -> None:
    assert page(answers.DUBLIN_CORE) == Source(
        "The harp in the attic",
        ("Ana Núñez", "Bo Lee"),
        "2011-11-03",
        "Attic Library",
        doi="10.5555/harp.1",
        url=HERE,
    )


def test_a_page_with_json_ld() -> None:
    expected = Source("Tuners on strike", ("Ada Example", "Bo Lee"), "2022-02-14", "The Daily Piano", url=HERE)
    assert page(answers.LINKED) == expected


def test_a_page_with_open_graph() -> None:
    assert page(answers.OPEN_GRAPH) == Source("A piano falls", (), "2020-08-30", "Piano Weekly", url=HERE)


def test_a_page_with_nothing_but_a_title() -> None:
    assert page("<title>\n  Pianos &mdash; for <b>all</b>\n</title>") == Source(
        "Pianos — for all", source="example.org", url=HERE
    )


@pytest.mark.parametrize(
    "data",
    [
        '[{"@type": "ScholarlyArticle", "name": "T", "author": "Lee, Bo"}]',
        '{"@type": "https://schema.org/Article", "headline": "T", "author": {"name": "Bo Lee"}};',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "name": "T", "creator": ["Bo Lee"]}}',
    ],
)
def test_json_ld_in_its_shapes(data: str) -> None:
    found = page(f'<script type="APPLICATION/LD+JSON">{data}</script><title>Not this</title>')
    assert (found.title, found.authors) == ("T", ("Bo Lee",))


TITLE = "<title>Größe – Ω</title>"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (TITLE.encode(), ""),
        (TITLE.encode(), "utf-8"),
        (TITLE.encode("utf-16"), ""),
        (b"\xef\xbb\xbf" + TITLE.encode(), "iso-8859-1"),
        (TITLE.encode("iso8859-7", "ignore") + b"", "nonsense"),
        (b'<meta charset="utf-8">' + TITLE.encode(), ""),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">' + TITLE.encode(), "hex"),
        (TITLE.encode(), "unicode_escape"),
    ],
)
def test_pages_in_their_encodings(body: bytes, charset: str) -> None:
    assert page(body, charset).title.startswith("Gr") or charset == "nonsense"


@pytest.mark.parametrize(
    ("text", "encoding", "charset"),
    [
        ("Größe – “Ω”".replace("Ω", "x"), "cp1252", "iso-8859-1"),
        ("Größe – x", "cp1252", ""),
        ("日本語", "shift_jis", "Shift_JIS"),
        ("日本語", "euc-jp", "euc-jp"),
        ("Пианино", "koi8-r", "KOI8-R"),
        ("钢琴", "gb18030", "gb2312"),
        ("Größe – Ω", "utf-8", "unicode_escape"),
        ("Größe – Ω", "utf-8", "no such thing"),
    ],
)
def test_a_title_in_an_encoding(text: str, encoding: str, charset: str) -> None:
    assert page(f"<title>{text}</title>".encode(encoding), charset).title == text
    said = f'<meta charset="{charset}"><title>{text}</title>'.encode(encoding)
    assert page(said).title == text


def test_a_page_that_was_cut_in_a_character_is_still_what_it_was() -> None:
    assert page((TITLE + "é" * 10).encode()[:-1]).title == "Größe – Ω"


@pytest.mark.parametrize("head", ["", "<title> </title>", '<meta name="citation_title" content="">', "\0\0", "<title>"])
def test_a_page_without_a_title_is_malformed(head: str) -> None:
    with pytest.raises(Malformed, match="the page has no title"):
        page(head)


def test_text_of_a_page_is_one_plain_line() -> None:
    found = page(
        '<meta property="og:title" content="a\x1b]52;x\x07 [/foo]\u202e\n<script>x</script>&lt;i&gt;b&lt;/i&gt;">'
    )
    assert found.title == "a ]52;x [/foo] <script>x</script>b"


@pytest.mark.parametrize(
    "body",
    [
        "<" * 2_000_000,
        "<!--" * 500_000,
        "<a " + "b " * 900_000,
        '<script type="application/ld+json">' + "[" * 900_000 + "</script><title>x</title>",
        '<script type="application/ld+json">' + "</" * 900_000,
        "<title>" + "&amp;x" * 300_000,
        "<meta name=a content=b>" * 90_000,
        "<meta name=citation_author content=b>" * 90_000 + "<title>x</title>",
        "<title>" + "<b " * 6000 + "</title>",
    ],
    ids=range(9),
)
def test_a_hostile_page_takes_little_time(body: str) -> None:
    start = time.monotonic()
    with contextlib.suppress(Malformed):
        can_be_kept(page(body.encode()))
    assert time.monotonic() - start < 20


@given(st.binary(max_size=200) | st.text("<>/=\"' metanmcoit_lshrpxg!-&;[]{}", max_size=120).map(str.encode))
def test_any_bytes_are_a_source_or_malformed(body: bytes) -> None:
    with contextlib.suppress(Malformed):
        can_be_kept(page(body))
