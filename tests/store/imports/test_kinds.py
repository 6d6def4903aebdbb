"""What kind of file it is, found by looking."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.problems import Malformed
from store.errors import BadFile
from store.imports.kinds import KINDS, kind_named, kind_of, read_content

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
    for name in ("", "a.bib", "a.ris", "a.enw", "a.json", "a.yaml"):
        with contextlib.suppress(BadFile):
            read_content(data, name)
