"""Answers of the services, read: pure functions of what came back."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.problems import Malformed
from store.lookup.arxiv import read_feed
from store.lookup.crossref import read_work
from store.lookup.csl import read_item
from store.lookup.identifiers import Arxiv, Doi
from store.lookup.negotiation import read_answer
from store.lookup.source import MOST_AUTHORS, Source, source_of
from store.network.requests import Answer
from tests.store.lookup import answers
from tests.store.lookup.conftest import can_be_kept

PAPER = Arxiv("2303.01469")
DATASET = Doi("10.5555/zenodo.99")
HERE = "https://www.example.org/pianos"


def answer(text: str, kind: str = "application/json") -> Answer:
    return Answer(HERE, found=True, body=text.encode("utf-8", "replace"), media_type=kind)


# Crossref and CSL


def test_a_work_of_crossref() -> None:
    assert read_work(answer(answers.crossref())) == Source(
        "Tuning Clavichordium pianos at 440 Hz: loss < 3 & gain",
        ("Yang Song", "María de la Cruz", "The Guild of Tuners"),
        "2023-03-21",
        "Journal of Imaginary Pianos",
        doi="10.5555/pianos.2023.7",
    )


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"issued": {"date-parts": [[None]]}, "published": None}, "2023-03-21"),
        ({"issued": {"date-parts": [[2023, 3]]}}, "2023-03"),
        ({"issued": {"date-parts": [[2023]]}}, "2023"),
        ({"issued": {"date-parts": [["2023", "3", "1"]]}}, "2023-03-01"),
        ({"issued": {"date-parts": [[2023, 13, 1]]}}, "2023"),
        ({"issued": {"date-parts": [[2023, 2, 30]]}}, "2023-02"),
        ({"issued": {"date-parts": [[2020, 1, 2], [2021, 3, 4]]}}, "2020-01-02"),
    ],
)
def test_the_dates_of_crossref(fields: dict[str, Any], date: str) -> None:
    assert read_work(answer(answers.crossref(**fields))).date == date


def test_a_preprint_appeared_at_its_server_and_a_book_at_its_publisher() -> None:
    preprint = answers.crossref(container_title=[], institution=[{"name": "bioRxiv", "acronym": ["x"]}])
    assert read_work(answer(preprint)).source == "bioRxiv"
    book = answers.crossref(container_title=None, author=None, editor=[{"given": "Ana", "family": "Núñez"}])
    assert read_work(answer(book)).source == "Imaginary Press"
    assert read_work(answer(book)).authors == ("Ana Núñez",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '"x"',
        "[" * 5000,
        '{"message-type": "work", "message": 1}',
        '{"message-type": "work-list", "message": {"items": []}}',
        answers.crossref(title=[]),
        '{"a": NaN}',
        '{"a": 1, "a": 2}',
        '{"a": 1e999}',
    ],
)
def test_what_is_no_work_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        read_work(answer(text))


def test_an_answer_of_datacite() -> None:
    assert read_answer(answer(answers.datacite()), DATASET) == Source(
        "Counts of pianos, by street",
        ("Bo Lee", "Piano Observatory"),
        "2021-07",
        "Zenodo",
        doi="10.5555/ZENODO.99",
    )


def test_a_doi_of_arxiv_is_an_arxiv_id() -> None:
    found = read_answer(answer(answers.datacite(DOI="10.48550/ARXIV.2303.01469", publisher="arXiv")), DATASET)
    assert (found.doi, found.arxiv, found.source) == ("", "2303.01469", "arXiv")


@pytest.mark.parametrize(
    ("item", "field", "value"),
    [
        (
            {"author": [{"family": "Beethoven", "given": "L.", "non-dropping-particle": "van"}]},
            "authors",
            ("L. van Beethoven",),
        ),
        ({"author": [{"family": "Davis", "given": "S.", "suffix": "Jr."}]}, "authors", ("S. Davis Jr.",)),
        ({"author": [{"literal": "A Guild"}, "Bo Lee", 3, {}]}, "authors", ("A Guild", "Bo Lee")),
        ({"author": "Bo Lee; Song, Yang"}, "authors", ("Bo Lee", "Yang Song")),
        ({"issued": {"raw": "2019-05"}}, "date", "2019-05"),
        ({"issued": {"literal": "Spring 1998"}}, "date", "1998"),
        ({"issued": "7 May 2019"}, "date", "2019-05-07"),
        ({"issued": {"date-parts": [[-44, 3, 15]]}}, "date", ""),
        ({"issued": {"date-parts": []}}, "date", ""),
        ({"number": "arXiv:2303.01469"}, "arxiv", "2303.01469"),
        ({"archive": "arXiv", "archive_location": "2303.01469"}, "arxiv", "2303.01469"),
        ({"DOI": "https://doi.org/10.1000/182"}, "doi", "10.1000/182"),
        ({"DOI": "n/a"}, "doi", ""),
        ({"URL": "https://example.org/a"}, "url", "https://example.org/a"),
        ({"URL": "javascript:alert(1)"}, "url", ""),
        ({"container-title": "A Journal", "publisher": "A House"}, "source", "A Journal"),
    ],
)
def test_fields_of_csl(item: dict[str, Any], field: str, value: object) -> None:
    assert getattr(read_item({"title": "T", **item}), field) == value


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["title", "author", "issued", "date-parts", "family", "given", "literal", "DOI", "URL", "raw"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@given(json_values)
def test_any_json_is_a_source_that_can_be_kept_or_malformed(item: object) -> None:
    with contextlib.suppress(Malformed):
        can_be_kept(read_item(item))
    with contextlib.suppress(Malformed):
        can_be_kept(read_work(answer(json.dumps({"message-type": "work", "message": item}))))


# arXiv


def test_a_feed_of_arxiv() -> None:
    expected = Source(
        "Imaginary Models of Pianos & Harps", ("Yang Song", "Zoë O'Neill"), "2023-03-02", "arXiv", arxiv="2303.01469"
    )
    assert read_feed(answers.feed().encode(), PAPER) == expected
    second = read_feed(answers.feed().encode(), Arxiv("2303.01469", 2))
    assert second is not None
    assert (second.arxiv, second.date) == ("2303.01469v2", "2023-05-31")


def test_a_paper_that_appeared_elsewhere_says_so() -> None:
    further = '<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.5555/x.1</arxiv:doi>'
    further += (
        '<arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">J. Pianos 12 (2023)\n 11</arxiv:journal_ref>'
    )
    found = read_feed(answers.feed(answers.ENTRY.replace("<arxiv:comment", further + "<arxiv:comment")).encode(), PAPER)
    assert found is not None
    assert (found.doi, found.source) == ("10.5555/x.1", "J. Pianos 12 (2023) 11")


@pytest.mark.parametrize("entry", ["", answers.ERROR_ENTRY])
def test_no_entry_is_no_paper(entry: str) -> None:
    assert read_feed(answers.feed(entry).encode(), PAPER) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Rate exceeded.",
        b"<html/>",
        answers.feed().encode()[:-20],
        answers.feed().encode("utf-16"),
        answers.feed(before='<!DOCTYPE feed [<!ENTITY x "y">]>').encode(),
        answers.feed(answers.ENTRY.replace("2303.01469", "2303.00001")).encode(),
        answers.feed(answers.ENTRY.replace("Imaginary Models\n  of Pianos &amp; Harps", " ")).encode(),
        b'<?xml version="1.0" encoding="cp037"?>' + "<!DOCTYPE x><x/>".encode("cp037"),
    ],
)
def test_what_is_no_feed_about_the_paper_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        read_feed(body, PAPER)


# What every source keeps to


def test_a_source_is_cut_to_what_can_be_kept() -> None:
    found = source_of(
        "x" * 400, authors=["y" * 400, " ", "\x1b"], source="z" * 400, date="2023-02-30", url="ftp://x", doi="x"
    )
    assert (len(found.title), found.title[-1], len(found.authors), len(found.authors[0])) == (300, "…", 1, 300)
    assert (found.date, found.url, found.doi) == ("", "", "")
    many = source_of("T", authors=[f"Author {number}" for number in range(3000)])
    assert len(many.authors) == MOST_AUTHORS + 1
    assert many.authors[-1] == "2,900 others"
    can_be_kept(many)


@given(st.text(max_size=400), st.lists(st.text(max_size=50)), st.text(max_size=20), st.text(max_size=60))
def test_any_words_make_a_source_that_can_be_kept(title: str, authors: list[str], date: str, other: str) -> None:
    with contextlib.suppress(Malformed):
        can_be_kept(source_of(title, authors=authors, date=date, source=other, doi=other, arxiv=other, url=other))
