"""References for other programs, read by bibtexparser and by citeproc, which are not ours."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from typing import Any

import pytest
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Debate, Evidence
from hypotheses.reports.references.bibtex import bibtex, latex
from hypotheses.reports.references.citation_keys import citation_keys, name_in_parts
from hypotheses.reports.references.csl import csl_json
from hypotheses.reports.text import one_line
from store.bundled import bundled_debate
from store.imports.kinds import read_content
from store.references.reference import Library
from tests.exploring import explored
from tests.store.debates import debates

ODD = r"50% of A_b & C#1: {x} costs $5 ~ é \ b"
"""What bibtexparser decodes: it does not know \\textless, \\textgreater, \\textbar, and writes another circumflex."""


def parsed(text: str) -> dict[str, dict[str, Any]]:
    """Read BibTeX with bibtexparser: key -> fields, LaTeX decoded, names parted."""
    library = parse_string(
        text,
        append_middleware=[
            middlewares.LatexDecodingMiddleware(keep_math_mode=False),
            middlewares.SeparateCoAuthors(),
        ],
    )
    assert library.failed_blocks == []
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}


def one(**fields: Any) -> Debate:
    return Debate("d", "?", evidence={"key": Evidence("key", **{"title": "T", **fields})})


def test_every_item_of_the_bundled_debate_is_read_whole() -> None:
    debate = bundled_debate()
    entries = parsed(bibtex(debate))
    assert list(entries) == list(citation_keys(debate).values())
    for key, item in zip(entries, debate.evidence.values(), strict=True):
        title = re.sub(r"[{}]", "", entries[key]["title"])
        assert title == item.title
        assert entries[key].get("doi", "") == item.doi
        assert entries[key].get("year", "") == item.date[:4]


def test_an_entry_is_as_bibtex_has_it() -> None:
    item = {
        "title": "Where the Viennese tuners are",
        "authors": ("Bo Lee", "Chantal van der Dam", "The Guild of Tuners", "Polyak et al."),
        "date": "2019-05-07",
        "source": "Journal & Pianos",
        "doi": "10.5555/tuners_2019.1",
    }
    assert bibtex(one(**item)) == (
        "@article{key,\n"
        "  title = {Where the {Viennese} tuners are},\n"
        "  author = {Lee, Bo and van der Dam, Chantal and {The Guild of Tuners} and {Polyak} and others},\n"
        "  year = {2019},\n"
        "  month = may,\n"
        "  day = {7},\n"
        "  journal = {Journal \\& Pianos},\n"
        "  doi = {10.5555/tuners_2019.1},\n"
        "}\n"
    )


def test_latex_shows_the_same_words() -> None:
    (entry,) = parsed(bibtex(one(title=ODD, source=ODD))).values()
    assert entry["journal" if "journal" in entry else "howpublished"] == ODD


@given(st.text(st.sampled_from("\\{}~^<>|&%$#_aé \"'`-"), min_size=1, max_size=12))
def test_every_mark_of_latex_is_escaped(text: str) -> None:
    written = latex(text)
    depth = 0
    for brace in re.findall(r"\\.|[{}]", written):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        assert depth >= 0
    assert depth == 0
    bare = re.sub(r"\\(?:text[a-z]+\{\}|[&%$#_{}])", "", written)
    assert not re.search(r"[\\{}~^<>|&%$#_]", bare)


@explored(8)
@given(debates())
def test_any_evidence_is_read_by_both_with_keys_that_are_its_own(debate: Debate) -> None:
    keys = citation_keys(debate)
    assert len({key.lower() for key in keys.values()}) == len(debate.evidence)
    assert all(re.fullmatch(r"[A-Za-z0-9_.:+-]+", key) for key in keys.values())
    if debate.evidence:
        assert list(parsed(bibtex(debate))) == list(keys.values())
    assert [item["id"] for item in json.loads(csl_json(debate))] == list(keys.values())


def test_keys_that_differ_by_capitals_or_letters_only_stay_apart() -> None:
    evidence = {key: Evidence(key, key) for key in ("Song2023", "song2023", "söng2023", "东京")}
    assert citation_keys(Debate("d", "?", evidence=evidence)) == {
        "Song2023": "Song2023",
        "song2023": "song2023-2",
        "söng2023": "song2023-3",
        "东京": "evidence",
    }


@pytest.mark.parametrize("write", [bibtex, csl_json])
def test_what_goes_out_comes_in_again(write: Any) -> None:
    """By our own reader: title, authors, date, source and identifiers are the same."""
    fields: dict[str, Any] = {
        "title": "Where the {Viennese} 50% are: A_b",
        "authors": ("Bo Lee", "The Guild of Tuners", "Sammy Davis Jr."),
        "date": "2019-05",
        "source": "Journal & Pianos",
        "doi": "10.5555/tuners.2019.1",
        "url": "https://example.org/a_b?c=%20d",
    }
    debate = one(**fields)
    name = "x.bib" if write is bibtex else "x.json"
    _, contents = read_content(write(debate).encode(), name)
    assert isinstance(contents.value, Library)
    (found,) = contents.value.references
    read = {name: getattr(found.source, name) for name in fields}
    # Our reader takes braces in a title for BibTeX's own.
    assert read == fields | {"title": read["title"]}
    assert read["title"].replace("{", "").replace("}", "") == "Where the Viennese 50% are: A_b"


def test_the_types_and_variables_of_csl_items_are_in_its_schema() -> None:
    import citeproc

    schemas = Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles"
    types, variables = (
        set(re.findall(r'"([\w-]+)"', (schemas / f"csl-{name}.rnc").read_text(encoding="utf-8")))
        for name in ("types", "variables")
    )
    assert "article-journal" in types
    for item in json.loads(csl_json(bundled_debate())):
        assert item["type"] in types
        assert set(item) - {"id", "type"} <= variables


def test_citeproc_writes_a_bibliography_of_the_csl_items() -> None:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = json.loads(csl_json(bundled_debate()))
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # it warns of a field that CSL does not have
        source = CiteProcJSON(items)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = CitationStylesBibliography(
            CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain
        )
        bibliography.register(Citation([CitationItem(item["id"]) for item in items]))
        written = "\n".join(str(entry) for entry in bibliography.bibliography())
    for item in bundled_debate().evidence.values():
        assert one_line(item.title)[:20] in written


@pytest.mark.parametrize(
    ("name", "family", "given_name"),
    [
        ("Yang Song", "Song", "Yang"),
        ("Song, Yang", "Song", "Yang"),
        ("Dirk ter Horst", "ter Horst", "Dirk"),
        ("Ter Horst, Dirk", "Ter Horst", "Dirk"),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig"),
        ("Plato", "Plato", ""),
        ("Bureau of Land and Water", "Bureau of Land and Water", ""),
        ("OpenAI Research", "OpenAI Research", ""),
    ],
)
def test_names_are_parted(name: str, family: str, given_name: str) -> None:
    parts = name_in_parts(name)
    assert (parts.family, parts.given) == (family, given_name)
