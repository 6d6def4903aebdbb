"""What names a work, wherever it stands in an entry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses import rules
from store.references.identified import identified


@pytest.mark.parametrize(
    ("doi", "url", "expected"),
    [
        ("10.5555/a", "https://example.org/a", ("10.5555/a", "https://example.org/a", [])),
        ("https://doi.org/10.5555/a", "", ("10.5555/a", "", [])),
        ("http://doi.acm.org/10.1145/1168987.1169002", "", ("10.1145/1168987.1169002", "", [])),
        ("10/gfzxgh", "", ("", "https://doi.org/10/gfzxgh", [])),
        ("http://example.org/a.pdf", "", ("", "http://example.org/a.pdf", [])),
        (
            "http://example.org/a.pdf",
            "https://example.org/b",
            ("", "https://example.org/b", ["http://example.org/a.pdf"]),
        ),
        ("fg6.rf9", "", ("", "", ["fg6.rf9"])),
        ("n/a", "", ("", "", [])),
        ("", "http://a.example/1 http://b.example/2", ("", "http://a.example/1", ["http://b.example/2"])),
        ("", "http://a.example/1;http://b.example/2", ("", "http://a.example/1", ["http://b.example/2"])),
        ("", "https://example.org/Volume 9/Issue 2", ("", "https://example.org/Volume%209/Issue%202", [])),
        ("", "www.example.org/a", ("", "https://www.example.org/a", [])),
        ("", "ftp://ftp.example.org/a.ps", ("", "", ["ftp://ftp.example.org/a.ps"])),
        ("", "the url", ("", "", [])),
        ("", "https://[bad/1", ("", "", ["https://[bad/1"])),
    ],
)
def test_an_address_or_a_number_is_kept_somewhere(doi: str, url: str, expected: tuple[str, str, list[str]]) -> None:
    made = identified(doi, "", url, ())
    assert (made.doi, made.url, made.also) == expected
    given_up = [text for text, kind in made.told if kind == "left out"]
    assert bool(given_up) == (doi == "n/a" or url == "the url")


TEXT = st.text("10./abc:htps wftw;,[n", max_size=60)


@given(TEXT, TEXT, TEXT, TEXT)
def test_whatever_stands_there_is_kept_or_told(doi: str, arxiv: str, url: str, other: str) -> None:
    made = identified(doi, arxiv, url, (other,))
    rules.url(made.url)
    rules.lines(tuple(made.also))
    for given_text in (doi, url):
        if len(given_text.strip(" ,;")) and not (made.doi or made.arxiv or made.url or made.also):
            assert made.told
