"""Links go to the web or nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Evidence
from hypotheses.reports.links import evidence_link, safe_url


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org:8080/?q=1#top", "http://example.org:8080/?q=1#top"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ('https://example.org/a b>c"d{{e}}|f', "https://example.org/a%20b%3Ec%22d%7B%7Be%7D%7D%7Cf"),
        ("https://example.org/%20kept", "https://example.org/%20kept"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("http://[::1]/x", "http://[::1]/x"),
    ],
)
def test_a_web_address_is_written_in_plain_ascii(url: str, link: str) -> None:
    assert safe_url(url) == link


@pytest.mark.parametrize(
    "url",
    [
        *[
            "",
            "example.org",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ssh://host",
            "mailto:a@b.c",
        ],
        *["https://", "https:///path", "https://bank.example@evil.example/", "https://[broken", "https://a:port/"],
        *["https://a<b>.example", "https://a b.example", "https://" + "x" * 70 + ".example"],
    ],
)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert safe_url(url) == ""


@given(st.text())
def test_no_link_can_break_out_of_its_brackets(text: str) -> None:
    for link in (safe_url("https://example.org/" + text), evidence_link(Evidence("k", "t", doi=text, arxiv=text))):
        assert link.isascii()
        assert not set(link) & set('<>"`{}|\\ \n\r\t\x1b')


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({"doi": "10.1126/science.adk4858", "url": "https://example.org"}, "https://doi.org/10.1126/science.adk4858"),
        ({"doi": "https://doi.org/10.1/x"}, "https://doi.org/10.1/x"),
        ({"doi": "doi:10.1/x"}, "https://doi.org/10.1/x"),
        ({"arxiv": "2410.13720", "url": "https://example.org"}, "https://arxiv.org/abs/2410.13720"),
        ({"arxiv": "arXiv:2410.13720"}, "https://arxiv.org/abs/2410.13720"),
        ({"url": "https://example.org"}, "https://example.org"),
        ({"url": "seed.md"}, ""),
        ({}, ""),
    ],
)
def test_evidence_links_to_its_doi_then_arxiv_then_address(fields: dict[str, Any], link: str) -> None:
    assert evidence_link(Evidence("k", "t", **fields)) == link
