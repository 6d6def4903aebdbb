"""What kind of file it is, found by looking."""

from __future__ import annotations

import contextlib
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.problems import Malformed
from store.errors import BadFile
from store.imports.kinds import KINDS, kind_named, kind_of, read_content
from tests.store.maps.test_achz import PROJECT
from tests.store.maps.test_argdown import PIER as ARGDOWN
from tests.store.maps.test_forecasts import FATEBOOK
from tests.store.maps.test_kialo import PIER as KIALO
from tests.store.maps.test_matrix import LETTERS

BIB = b"@misc{a, title = {T}}"
RIS = b"TY  - JOUR\nTI  - T\nER  - \n"
CSL_YAML = b"---\nreferences:\n- id: a\n  type: book\n  title: T\n"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        *((name, BIB, "bibtex") for name in ("a.bib", "a.BIBTEX", "a.biblatex", "a.txt", "")),
        ("a.bib", b"% nothing yet", "bibtex"),
        ("a.bib", b"@misc{a, title = {T}, abstract = {\ndebate: none\n}}", "bibtex"),
        *((name, RIS, "ris") for name in ("a.ris", "a.txt", "", "a.bib")),
        *((name, b"\n%0 Book\n%T T\n", "endnote") for name in ("a.enw", "")),
        *((name, b'[{"id": "a", "title": "T"}]', "csl-json") for name in ("a.json", "a.csljson", "")),
        ("a.json", b"[", "csl-json"),
        ("a.json", b'{"items": [{"title": "T"}]}', "csl-json"),
        ("a.json", b'{"title": "He wrote \\"abduce\\": 1"}', "csl-json"),
        ("a.json", b'[{"abduce": 1}]', "csl-json"),
        *((name, b'[{"key": "A", "data": {"itemType": "book", "title": "T"}}]', "zotero") for name in ("a.json", "")),
        *((name, CSL_YAML, "csl-yaml") for name in ("a.yaml", "a.yml", "")),
        *((name, b"abduce: 1\ndebate: {}\n", "debate") for name in ("a.yaml", "a.debate.yaml", "", "a.txt")),
        *((name, b'\n{ "abduce": 1, "debate": {}}', "debate") for name in ("a.json", "")),
        ("a.json", b'\xef\xbb\xbf{"comments": [], "hypotheses": {},\n"abduce" : 1}', "debate"),
        ("a.json", b'{"debate": {"slug": "forgot-the-version"}}', "debate"),
        *((name, LETTERS.encode(), "matrix") for name in ("a.csv", "a.tsv", "a.txt", "")),
        *((name, LETTERS.encode("utf-16"), "matrix") for name in ("a.csv", "")),
        ("a.csv", b"Evidence;A;B\nx;3;0,5\n", "matrix"),
        *((name, b"# T\n\n| Evidence | A |\n|---|---|\n| x | -- |\n", "matrix") for name in ("a.md", "")),
        ("a.achz", b"", "ach"),
        *((name, gzip.compress(PROJECT.encode("utf-16")), "ach") for name in ("a.achz", "a.bin", "")),
        *((name, PROJECT.encode(coding), "ach") for name in ("a.xml", "") for coding in ("utf-8", "utf-16-le")),
        *((name, KIALO.encode(), "kialo") for name in ("a.txt", "")),
        *((name, ARGDOWN.encode(), "argdown") for name in ("a.argdown", "a.ad", "a.txt", "")),
        ("", b"[Storm]: A storm.\n  + <Log>: The log.\n", "argdown"),
        ("a.argdown", b"Just a sentence", "argdown"),
        *((name, FATEBOOK.encode(), "forecasts") for name in ("a.csv", "")),
        ("a.csv", b"question,probability\nRain?,0.7\n", "forecasts"),
        ("a.yaml", b"hello: 1", "debate"),
        ("a.yaml", b"- title: An idea\n", "ideas"),
        ("a.json", b'{"ideas": [{"title": "An idea"}]}', "ideas"),
        ("a.eml", b"Subject: An idea\n\nWords", "mail"),
        ("", b"From x@example.org Mon Jan  1 10:00:00 2024\nSubject: y\n\nWords", "mail"),
    ],
)
def test_the_kind_of_a_file_is_found(name: str, data: bytes, kind: str) -> None:
    found = kind_of(data, name)
    assert found is not None
    assert found.name == kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"name,parameters,year\nAlexNet,60000000,2012\nVGG,138000000,2014\n"),
        ("a.csv", b"name,amount\nx,1\n"),
        ("a.txt", b"I came, I saw, I won.\nThen I left, and C came, too.\n"),
        ("a.md", b"# Title\n\n| Name | Size |\n|---|---|\n| a | 12 |\n"),
        ("a.txt", b"1. First\n2. Second\n"),
        ("", b""),
    ],
)
def test_tables_and_texts_of_other_things_are_no_matrices_or_maps(name: str, data: bytes) -> None:
    assert kind_of(data, name) is None


def test_a_file_of_no_kind_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(BadFile) as refused:
        read_content(b"\x89PNG\r\n", "a.png")
    sentence = str(refused.value)
    assert sentence.startswith("a.png: this kind of file is not known; known are a debate (YAML or JSON)")
    assert "BibTeX or biblatex (.bib .bibtex .biblatex)" in sentence


def test_a_kind_can_be_named() -> None:
    assert [kind_named(kind.name) for kind in KINDS] == list(KINDS)
    assert read_content(RIS, "", kind_named("ris"))[0].name == "ris"
    with pytest.raises(Malformed, match="found the kind 'word'; expected debate, "):
        kind_named("word")


@given(st.binary(max_size=200) | st.text('@{}[]":,-% \nTYERabc', max_size=100).map(str.encode))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    for name in ("", "a.bib", "a.ris", "a.enw", "a.json", "a.yaml", "a.csv", "a.argdown", "a.achz"):
        with contextlib.suppress(BadFile):
            read_content(data, name)
