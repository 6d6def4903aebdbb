r"""BibTeX and CSL-JSON files, well and badly written."""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hypotheses import rules
from hypotheses.debate import Evidence
from store.errors import BadFile
from store.lookup import references
from store.lookup.latex import address_of, text_of
from store.lookup.references import Reference, already_there, is_debate, plan, read_references
from store.lookup.source import Source
from tests.store.conftest import small_debate
from tests.store.lookup.conftest import can_be_kept


def bib(text: str | bytes) -> tuple[Reference, ...]:
    return read_references(text.encode() if isinstance(text, str) else text, "refs.bib")


def one(text: str) -> Source:
    (reference,) = bib(text)
    return reference.source


def told(text: str | bytes, path: str = "refs.bib") -> list[str]:
    with pytest.raises(BadFile) as problems:
        read_references(text.encode() if isinstance(text, str) else text, path)
    return str(problems.value).splitlines()


UNCLOSED = "a brace or quote is opened here and not closed before the next entry"
NO_ITEM = "found no CSL item; expected fields such as title and author"
AGAIN = "'k' stands here again; line {} has it already"

LIBRARY = r"""
This file was written by hand; me@example.org keeps it.
@string{jip = "Journal of Imaginary " # {Pianos}}
@String(house = {Imaginary Press})
@preamble{ "\newcommand{\x}{y}" # {z} }
@comment{ @article{not-this, title = {Commented out}} }

@Article{song2023,
  author    = "Mar{\'\i}a de la Cruz and {The Guild of Tuners, Makers and Movers} and M{\"u}ller, Jr., Hans and others",
  title     = {The {DNA} of $\alpha$ \& pi\~nas --- \textit{in vivo}},
  JOURNAL   = jip # ", Ser.~B",
  month     = mar, year = 2023,
  doi       = {10.5555/a\_b},
  url       = {https://example.org/a\%20b?c=d\&e},
  file      = {:C\:\\x.pdf:PDF},
}
% a comment
@inproceedings(lee:2019, title={No braces}, author={Bo Lee}, booktitle={Proc. "Pianos"}, publisher=house, year={2019})
@misc{2303.01469, title = "A quote {"} in it", eprint = {2303.01469v2}, archivePrefix = {arXiv}, primaryClass = {cs.LG}}
@book{DBLP:books/x/Y, title = {A book}, subtitle = {And more}, editor = {Ana N{\'u}{\~n}ez}, publisher = house,
      date = {1999-05-07/1999-05-09} }
@control{REVTEX41Control}
"""


def test_a_library() -> None:
    found = {reference.key: reference for reference in bib(LIBRARY)}
    assert [(key, each.line) for key, each in found.items()] == [
        ("song2023", 8),
        ("lee:2019", 18),
        ("2303.01469", 19),
        ("DBLP:books-x-Y", 20),
    ]
    assert found["song2023"].source == Source(
        "The DNA of α & piñas — in vivo",
        ("María de la Cruz", "The Guild of Tuners, Makers and Movers", "Hans Müller Jr.", "others"),
        "2023-03",
        "Journal of Imaginary Pianos, Ser. B",
        doi="10.5555/a_b",
        url="https://example.org/a%20b?c=d&e",
    )
    assert found["lee:2019"].source == Source("No braces", ("Bo Lee",), "2019", 'Proc. "Pianos"')
    assert found["2303.01469"].source == Source('A quote " in it', (), "", "arXiv", arxiv="2303.01469v2")
    book = found["DBLP:books-x-Y"].source
    assert (book.title, book.authors, book.date, book.source) == (
        "A book: And more",
        ("Ana Núñez",),
        "1999-05-07",
        "Imaginary Press",
    )


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2023", "2023"),
        ("year = {2023}, month = {March}", "2023-03"),
        ("year = 2023, month = 3, day = 21", "2023-03-21"),
        ('year = 2023, month = "21~" # mar', "2023-03-21"),
        ('year = 2023, month = mar # "/" # apr', "2023-03"),
        ("date = {2023-03}", "2023-03"),
        ("year = {in press}", ""),
        ("year = {2023/2024}", "2023"),
        ("", ""),
    ],
)
def test_dates_of_entries(fields: str, date: str) -> None:
    assert one(f"@misc{{k, title = {{T}}, {fields}}}").date == date


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("Song, Yang", ("Yang Song",)),
        ("Yang Song AND Bo Lee", ("Yang Song", "Bo Lee")),
        ("Yang Song\n  and\n\tBo Lee", ("Yang Song", "Bo Lee")),
        ("van Beethoven, Ludwig", ("Ludwig van Beethoven",)),
        ("{Barnes and Noble}", ("Barnes and Noble",)),
        ("{Tuners, Inc.} and B. Lee", ("Tuners, Inc.", "B. Lee")),
        ("{\\O}verb{\\o}, {\\AA}se", ("Åse Øverbø",)),
        ("Bo Lee and ", ("Bo Lee",)),
        ("", ()),
    ],
)
def test_names_of_authors(names: str, authors: tuple[str, ...]) -> None:
    assert one(f"@misc{{k, title = {{T}}, author = {{{names}}}}}").authors == authors


@pytest.mark.parametrize(
    ("fields", "doi", "arxiv", "url"),
    [
        ("doi = {https://doi.org/10.5555/x}", "10.5555/x", "", ""),
        ("doi = {10.48550/arXiv.2303.01469}", "", "2303.01469", ""),
        ("eprint = {hep-th/9901001}, eprinttype = {arxiv}", "", "hep-th/9901001", ""),
        ("eprint = {2303.01469}", "", "2303.01469", ""),
        ("eprint = {12345}, eprinttype = {pubmed}", "", "", ""),
        ("journal = {arXiv preprint arXiv:2303.01469}", "", "2303.01469", ""),
        ("url = {https://arxiv.org/abs/2303.01469}", "", "2303.01469", "https://arxiv.org/abs/2303.01469"),
        ("howpublished = {\\url{https://example.org}}, doi = {none}", "", "", ""),
        ("url = {javascript:alert(1)}", "", "", ""),
    ],
)
def test_numbers_of_entries(fields: str, doi: str, arxiv: str, url: str) -> None:
    found = one(f"@misc{{k, title = {{T}}, {fields}}}")
    assert (found.doi, found.arxiv, found.url) == (doi, arxiv, url)


def test_what_an_entry_lacks_is_in_the_one_it_refers_to() -> None:
    text = "@inproceedings{a, title={Part}, crossref={b}}\n@proceedings{b, title={Whole}, year=2001, editor={Bo Lee}}"
    part, whole = bib(text)
    assert part.source == Source("Part", ("Bo Lee",), "2001", "Whole")
    assert whole.source.title == "Whole"
    (alone,) = bib("@misc{a, title={T}, crossref={a}}")
    assert alone.source.title == "T"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\'e} \'e \'{e} {\'{e}} \'\i {\'\i} \'{\i}", "é é é é íí í"),
        (r"\"{u}\`a\^o\~n\=a\.z\u{g}\v{s}\v s\H{o}\c{c}\c c\k{a}\r{a}\d{s}\b{d}", "üàôñāżğššőççąåṣḏ"),
        (r"\ss \ae{} \OE\ \o{}re \L{}\'od\'z \aa", "ßæ Œ øre Łódź å"),
        (r"\& \% \$5 \# a\_b \{x\} a\,b", "& % $5 # a_b {x} a b"),
        ("``a'' -- b --- c-d", "“a” – b — c-d"),
        (r"\emph{a} \textbf{\textit{b}} {\em c} \unknown{d} {\LaTeX}", "a b c d LaTeX"),
        (r"$x^2 + \beta$ \textasciitilde", "x^2 + β ~"),
        ("a~b", "a\u00a0b"),
        (r"\cite \canada \value", "  "),
        ("plain", "plain"),
        (r"\'", "'"),
        ("\\", "\\"),
    ],
)
def test_latex(latex: str, text: str) -> None:
    assert text_of(latex).strip() == text.strip()


def test_addresses_keep_what_latex_would_change() -> None:
    assert address_of(r"\url{https://a.org/~b--c\_d\%20\#e}") == "https://a.org/~b--c_d%20#e"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["refs.bib: there are no references in the file"]),
        ("no entries, but me@example.org {x}", ["refs.bib: there are no references in the file"]),
        ("\n@misc{k, year = 2001}", ["refs.bib:2: k: 'title' is missing"]),
        ("@misc{k, title = {a}}\n@misc{k, title = {b}}", [f"refs.bib:2: {AGAIN.format(1)}"]),
        ("@misc{k,\n title = nosuch}", ["refs.bib:2: there is no @string 'nosuch'; expected text in braces or quotes"]),
        ("@misc{k,\n title {a}}", ["refs.bib:2: found '{a}}'; expected ="]),
        ("@misc{k,\n title = {a}\n year = 2001}", ["refs.bib:3: found 'year = 2001}'; expected , or }"]),
        ("@misc{k,\n title = }", ["refs.bib:2: found '}'; expected a value in braces or quotes"]),
        ("@misc{k,\n = {a}}", ["refs.bib:2: found '= {a}}'; expected the name of a field"]),
        ("@misc{k,\n title = {a}", ["refs.bib:2: found the end; expected , or }"]),
        (
            "@misc{k,\n title = {a\n@misc{l, title = {b}}",
            [f"refs.bib:2: {UNCLOSED}"],
        ),
        (
            "@misc{k,\n title = {a\n@misc{l, title = {b}}}\n@misc{m, year = 2001}",
            [
                f"refs.bib:2: {UNCLOSED}",
                "refs.bib:4: m: 'title' is missing",
            ],
        ),
        (
            '@misc{k,\n title = "a}"}',
            [f"refs.bib:2: {UNCLOSED}"],
        ),
        (b"@misc{k,\n title = {\xe9}}", ["refs.bib:2: found bytes that are not UTF-8 text"]),
    ],
)
def test_problems_are_told_with_their_lines(text: str | bytes, problems: list[str]) -> None:
    assert told(text) == problems


def test_a_file_has_so_many_references_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "MOST", 3)
    text = "@misc{{k{}, title={{T}}}}\n".format
    assert len(bib("".join(map(text, range(3))))) == 3
    assert told("".join(map(text, range(4)))) == ["refs.bib: there are more than 3 references in the file"]


def test_after_fifty_problems_the_reading_ends() -> None:
    lines = told("@misc{k, year = 2001}\n" * 500)
    assert len(lines) == 51
    assert lines[-1] == "refs.bib: there may be more problems; these are the first 50"


@pytest.mark.parametrize(
    "text",
    [
        "@a{x,t={" * 200_000,
        "\n@a{x,t={" * 20_000,
        "{" * 2_000_000,
        "@a{x,title={" + "{" * 2_000_000,
        "@" * 2_000_000,
        '@a{x,title="' * 200_000,
        "@string{a=a#" * 200_000,
        "@a{x, title={T}, author={" + " and " * 200_000 + "}}",
        "@a{x, title={" + "\\" * 900_000 + "}}",
        "@a{x, title={" + "\\'" * 400_000 + "}}",
        "% \n" * 500_000,
    ],
    ids=range(11),
)
def test_hostile_files_take_little_time(text: str) -> None:
    start = time.monotonic()
    with contextlib.suppress(BadFile):
        bib(text)
    assert time.monotonic() - start < 20


@given(st.text("@aAbstring{}(),=\"#%\\ \n'~$-1and", max_size=200) | st.text(max_size=60))
@example("@a{b,title={\\\ue000}}")
def test_any_text_is_read_or_told_of(text: str) -> None:
    with contextlib.suppress(BadFile):
        for reference in bib(text.encode("utf-8", "replace")):
            can_be_kept(reference.source)
            assert not reference.key or rules.name(reference.key)


# CSL-JSON


def test_a_list_of_csl_items() -> None:
    items = [
        {"id": "song2023", "title": "A", "author": [{"family": "Song", "given": "Yang"}]},
        {"id": "http://zotero.org/users/1/items/ABC", "citation-key": "lee2019", "title": "B"},
        {"id": 17, "title": "C", "author": [{"family": "Núñez", "given": "Ana"}], "issued": {"date-parts": [[2001]]}},
    ]
    found = read_references(json.dumps(items, indent=1).encode(), "refs.json")
    assert [(each.key, each.source.title) for each in found] == [("song2023", "A"), ("lee2019", "B"), ("", "C")]
    assert [each.line for each in found] == [2, 12, 17]
    alone = read_references(json.dumps(items[0]).encode(), "refs.json")
    assert alone == (replace(found[0], line=1),)
    inside = read_references(json.dumps({"references": items}).encode(), "REFS.JSON")
    assert [each.key for each in inside] == [each.key for each in found]
    lines = read_references(json.dumps({"items": items}, indent=1).encode(), "refs.json")
    assert [each.line for each in lines] == [3, 13, 18]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["refs.json:1: this is not JSON: found the end; expected value"]),
        ("[]", ["refs.json: there are no references in the file"]),
        (
            "[\n{},\n3]",
            [
                "refs.json:2: an item: found no title",
                f"refs.json:3: an item: {NO_ITEM}",
            ],
        ),
        ('[\n{"id": "k", "title": NaN}]', ["refs.json:2: found NaN; expected a number within bounds"]),
        ('[{"title": "a", "title": "b"}]', ["refs.json:1: 'title' stands here again; line 1 has it already"]),
        ('[\n{"title": "a"}\n{}]', ["refs.json:3: this is not JSON: found '{}]'; expected a comma or ]"]),
        ('[{"title": "a"}] x', ["refs.json:1: this is not JSON: found 'x'; expected the end"]),
        ("[" * 100_000, ["refs.json:1: values are nested more than 100 deep"]),
        ('[{"title": ' + "[" * 150 + "]" * 150 + "}]", ["refs.json:1: values are nested more than 100 deep"]),
        ('[{"volume": ' + "9" * 5000 + "}]", [f"refs.json:1: found {'9' * 20}…; expected a number within bounds"]),
        (
            '[\n{"id": "k", "title": "a"},\n{"id": "k", "title": "b"}]',
            [f"refs.json:3: {AGAIN.format(2)}"],
        ),
        (
            '[{"id": "k", "title": "a"}, {"id": "k", "title": "b"}]',
            [f"refs.json:1: {AGAIN.format(1)}"],
        ),
    ],
)
def test_problems_of_csl_files(text: str, problems: list[str]) -> None:
    assert told(text, "refs.json") == problems


def test_a_debate_in_json_is_told_from_references() -> None:
    assert is_debate(b'\n{ "abduce": 1, "debate": {}}')
    assert is_debate(b'\xef\xbb\xbf{"comments": [], "hypotheses": {},\n"abduce" : 1}')
    assert is_debate(b'{"debate": {"slug": "forgot-the-version"}}')
    assert not is_debate(b'[{"abduce": 1}]')
    assert not is_debate(b'{"title": "abduce"}')
    assert not is_debate(b'{"title": "He wrote \\"abduce\\": 1"}')


# What is news


def reference(key: str, title: str = "T", **fields: str) -> Reference:
    return Reference(key, 1, Source(title, ("Yang Song",), "2023-03", **fields))


def test_what_is_there_already_is_skipped() -> None:
    debate = small_debate()
    known = replace(debate.evidence["song2023"], doi="https://doi.org/10.5555/X", arxiv="arXiv:2303.01469v1")
    debate = replace(debate, evidence={**debate.evidence, "song2023": known})
    planned = plan(
        debate,
        [
            reference("new"),
            reference("a", doi="10.5555/x"),
            reference("b", arxiv="2303.01469v3"),
            reference("c", url="http://www.example.org/ads/"),
            reference("ads", "Other"),
            reference("d", doi="10.5555/new"),
            reference("e", doi="10.5555/NEW"),
            reference("f", url="https://arxiv.org/abs/2303.01469"),
        ],
    )
    assert [evidence.key for evidence in planned.fresh] == ["new", "d"]
    assert [(skipped.reference.key, skipped.why) for skipped in planned.skipped] == [
        ("a", "its DOI is that of 'song2023'"),
        ("b", "its arXiv id is that of 'song2023'"),
        ("c", "its address is that of 'ads'"),
        ("ads", "there is evidence of that key already"),
        ("e", "its DOI is that of 'd'"),
        ("f", "its arXiv id is that of 'song2023'"),
    ]
    assert already_there(debate, Source("T", doi="10.5555/x")) == "its DOI is that of 'song2023'"
    assert already_there(debate, Source("T", doi="10.5555/y")) == ""
    also = replace(debate.evidence["song2023"], also=("https://doi.org/10.5555/Y",))
    debate = replace(debate, evidence={"song2023": also})
    assert already_there(debate, Source("T", doi="10.5555/y")) == "its DOI is that of 'song2023'"


def test_a_reference_without_a_key_gets_one_that_nothing_else_has() -> None:
    planned = plan(small_debate(), [reference(""), reference("", "Other"), reference("song2023c", "Third")])
    assert [evidence.key for evidence in planned.fresh] == ["song2023b", "song2023d", "song2023c"]
    assert planned.fresh[0] == Evidence("song2023b", "T", ("Yang Song",), "2023-03")
