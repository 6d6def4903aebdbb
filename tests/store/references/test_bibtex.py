r"""BibTeX files, well and badly written: what is good is taken, and the rest is told with its line."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hypotheses import rules
from store.errors import BadFile
from store.lookup.source import Source
from store.references import reference
from tests.store.lookup.conftest import can_be_kept
from tests.store.references.reading import contents, notes, one, references, refused

UNCLOSED = "a brace or quote is opened here and not closed before the next entry"

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
    found = {reference.key: reference for reference in references(LIBRARY)}
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
        ("year = {{2011}}", "2011"),
        ("year = {1829--1830}", "1829"),
        ("year = {1998--99}", "1998"),
        ("year = {2007a}", "2007"),
        ("year = {c. 1400}", "1400"),
        ("year = {[1990] 2002}", "2002"),
        ("year = 2019, month = {März}", "2019-03"),
        ("year = 2019, month = {juin}, day = {7}", "2019-06-07"),
        ("date = {2011-05-25~/2012-06-26}", "2011-05-25"),
        ("date = {/1997}", "1997"),
        ("date = {-0343}", ""),
        ("date = {in press}, year = 2001", "2001"),
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
        ('Nguy\\~{\\^e}n V\\u{a}n and Pa{\\"\\i}s, M.', ("Nguyễn Văn", "M. Païs")),
        ("Pa\u0131\u0308s, M. and {\\relax Ch}arpy", ("M. Païs", "Charpy")),
        (
            "Osei, K. and family=Lima, given=Theodora, given-i=Th and {family=Dam, given=Chantal, prefix=van der}",
            ("K. Osei", "Theodora Lima", "Chantal van der Dam"),
        ),
        ("Marlow, Ines; Ter Horst, Dirk", ("Ines Marlow", "Dirk Ter Horst")),
        ("Smith, J., Jones, B., Wu, C.", ("J. Smith", "B. Jones", "C. Wu")),
        ("A. Smith, B. Jones, C. Wu", ("A. Smith", "B. Jones", "C. Wu")),
        ("A. Smith \\& B. Jones", ("A. Smith", "B. Jones")),
        ("Johnson \\& Johnson", ("Johnson & Johnson",)),
        ("Smith, J. et al.", ("J. Smith", "others")),
        ("Smith, J. and others", ("J. Smith", "others")),
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
        ("howpublished = {\\url{https://example.org/how}}, doi = {none}", "", "", "https://example.org/how"),
        ("note = {See https://example.org/note.}", "", "", "https://example.org/note"),
        ("note = {DOI: 10.5555/x.}", "10.5555/x", "", ""),
        ("note = {Reply to doi:10.5555/x}", "", "", ""),
        ("url = {www.example.org/a}", "", "", "https://www.example.org/a"),
        ("url = {\\url{https://example.org/x\\_y}}", "", "", "https://example.org/x_y"),
        (
            "url = {https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0012345}",
            "10.1371/journal.pone.0012345",
            "",
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0012345",
        ),
        ("url = {javascript:alert(1)}", "", "", ""),
    ],
)
def test_numbers_of_entries(fields: str, doi: str, arxiv: str, url: str) -> None:
    found = one(f"@misc{{k, title = {{T}}, {fields}}}")
    assert (found.doi, found.arxiv, found.url) == (doi, arxiv, url)


def test_what_an_entry_lacks_is_in_the_one_it_refers_to() -> None:
    text = "@inproceedings{a, title={Part}, crossref={b}}\n@proceedings{b, title={Whole}, year=2001, editor={Bo Lee}}"
    part, whole = references(text)
    assert part.source == Source("Part", ("Bo Lee",), "2001", "Whole")
    assert whole.source.title == "Whole"
    (alone,) = references("@misc{a, title={T}, crossref={a}}")
    assert alone.source.title == "T"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["refs.bib: there are no references in the file"]),
        ("no entries, but me@example.org {x}", ["refs.bib: there are no references in the file"]),
        ("\n@misc{k, year = 2001}", ["refs.bib:2: k: it has no title; left out"]),
        (
            "@misc{k,\n title {a}}",
            [
                "refs.bib:1: k: it has no title; left out",
                "refs.bib:2: k: found '{a}}'; expected =; left out up to the next field",
            ],
        ),
        (
            "@misc{k,\n title = }",
            [
                "refs.bib:1: k: it has no title; left out",
                "refs.bib:2: k: found '}'; expected a value in braces or quotes; left out up to the next field",
            ],
        ),
        ('@misc{k,\n title = "a}"}', [f"refs.bib:2: k: {UNCLOSED}; left out"]),
        ("@misc(k, ,,,", ["refs.bib:1: k: it has no title; left out"]),
    ],
)
def test_a_file_of_which_nothing_can_be_taken_is_refused(text: str, problems: list[str]) -> None:
    assert refused(text) == problems


GOOD = "\n@misc{good, title = {Good}}"


@pytest.mark.parametrize(
    ("text", "keys", "told"),
    [
        # an entry without a title costs no other
        ("@misc{dummy,\n}" + GOOD, ["good"], ["1: dummy: it has no title; left out"]),
        # a string that is not defined keeps its name, and is told once
        (
            "@misc{k,\n title = {T}, journal = NoSuch}\n@misc{l, title = nosuch}",
            ["k", "l"],
            [
                "2: there is no @string 'NoSuch'; its name is kept",
                "3: there is no @string 'nosuch'; its name is kept",
            ],
        ),
        # a field that cannot be read costs no other of its entry
        (
            "@misc{k,\n year {2001},\n title = {T}}",
            ["k"],
            ["2: k: found '{2001},'; expected =; left out up to the next field"],
        ),
        (
            "@misc{k,\n = {a},\n title = {T}}",
            ["k"],
            ["2: k: found '= {a},'; expected the name of a field; left out up to the next field"],
        ),
        (
            "@misc{k, year = ,\n title = {T}}",
            ["k"],
            ["1: k: found ','; expected a value in braces or quotes; left out up to the next field"],
        ),
        ("@misc{k, title = {T},\n title = {U}}", ["k"], ["2: k: 'title' stands here again; line 1 has it; left out"]),
        # what every other program reads
        ("@misc{k,\n title = {T}\n year = 2001}", ["k"], ["3: k: a comma is missing before 'year = 2001}'"]),
        ("@misc{k, title = {T},, year = 2001,}", ["k"], []),
        ("@misc{k,\n title = {T}", ["k"], ["1: k: the entry is not closed"]),
        ("@misc{k,\n title = {T},\n year = 2001\n" + GOOD, ["k", "good"], ["1: k: the entry is not closed"]),
        ("@misc{title = {T}}", [""], []),
        ("@misc{a b, title = {T}}", ["a-b"], ["1: the key 'a b' is 'a-b' here"]),
        # a brace that is not closed is told where it is opened, and costs its own entry only
        ("@misc{k,\n title = {a" + GOOD, ["good"], [f"2: k: {UNCLOSED}; left out"]),
        ("@misc{k,\n title = {a {b},\n year = {2001}\n}\n" + GOOD, ["good"], [f"2: k: {UNCLOSED}; left out"]),
        ("@string{a = {b}" + GOOD, ["good"], ["1: a: found the end; expected }; left out"]),
        # what is no entry
        (
            "@article lee,\n title = {x}" + GOOD,
            ["good"],
            ["1: found '@article lee,'; expected an entry such as @article{key, …}"],
        ),
        ("@set{s, entryset = {a, b}}" + GOOD, ["good"], ["1: s: @set is there for typesetting; left out"]),
        (
            b"@misc{k,\n title = {caf\xe9}}",
            ["k"],
            ["2: found bytes that are not UTF-8 text; the file is read as Windows-1252"],
        ),
    ],
)
def test_what_is_good_is_taken_and_the_rest_told(text: str | bytes, keys: list[str], told: list[str]) -> None:
    assert [reference.key for reference in references(text)] == keys
    assert notes(text) == told


def test_strings_that_double_each_other_have_an_end() -> None:
    # 40 doublings of ten characters would be 10 to the 13
    text = "@string{a0 = {0123456789}}\n" + "".join(
        f"@string{{a{number + 1} = a{number} # a{number}}}\n" for number in range(40)
    )
    assert [reference.source.title for reference in references(f"{text}@misc{{k, title = {{T}}, note = a40}}")] == ["T"]
    assert any("is put together" in note for note in notes(f"{text}@misc{{k, title = {{T}}, note = a40}}"))


@given(
    st.lists(
        st.sampled_from(
            [
                "@misc{k%d, title = {T%d}}",
                "@misc{k%d, year = 2001, title = {%d",
                "@misc{k%d}",
                "@misc{k%d,\n title = }%%%d",
                '@misc{k%d, title = "T%d"}',
                "@misc(k%d, title {T}, note = {%d})",
            ]
        ),
        max_size=8,
    )
)
def test_every_entry_is_a_reference_or_told(shapes: list[str]) -> None:
    text = "".join(f"{shape.replace('%d', str(number))}\n" for number, shape in enumerate(shapes))
    try:
        read = contents(text + GOOD)
    except BadFile as bad:
        raise AssertionError("the last one is good") from bad
    taken = {reference.line for reference in read.value.references}
    told = "\n".join(note.text for note in read.notes)
    for number, shape in enumerate(shapes):
        line = 1 + sum(each.count("\n") + 1 for each in shapes[:number])
        assert line in taken or f"k{number}:" in told, (shape, read)


def test_a_file_has_so_many_references_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "MOST", 3)
    text = "@misc{{k{}, title={{T}}}}\n".format
    assert len(references("".join(map(text, range(3))))) == 3
    assert refused("".join(map(text, range(4)))) == ["refs.bib: there are more than 3 references in the file"]


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
        references(text)
    assert time.monotonic() - start < 20


@given(st.text("@aAbstring{}(),=\"#%\\ \n'~$-1and", max_size=200) | st.text(max_size=60))
@example("@a{b,title={\\\ue000}}")
def test_any_text_is_read_or_told_of(text: str) -> None:
    with contextlib.suppress(BadFile):
        for reference in references(text.encode("utf-8", "replace")):
            can_be_kept(reference.source)
            assert not reference.key or rules.name(reference.key)


MANY = 3_000


@pytest.mark.parametrize(
    ("start", "entry"),
    [
        ("@string{a = {" + "word " * 40_000 + "}}\n", "@misc{k%d, title = {T}, note = a}\n"),
        ("@string{a = {" + "Ana Reyes and " * 15_000 + "}}\n", "@misc{k%d, title = {T}, author = a}\n"),
        ("@book{b, title = {" + "word " * 40_000 + "}}\n", "@misc{k%d, title = {T}, crossref = b}\n"),
        ("@xdata{b, " + "".join(f"f{n} = 1, " for n in range(MANY)) + "}\n", "@misc{k%d, title = {T}, xdata = b}\n"),
        (
            "".join(f"@xdata{{b{n}, f{n} = 1}}\n" for n in range(MANY))
            + "@string{a = {"
            + ",".join(f"b{n}" for n in range(MANY))
            + "}}\n",
            "@misc{k%d, title = {T}, xdata = a}\n",
        ),
    ],
    ids=["a string", "authors", "crossref", "fields of xdata", "a list of xdata"],
)
def test_what_stands_once_and_is_meant_everywhere_has_an_end_and_costs_no_entry(start: str, entry: str) -> None:
    text = start + "".join(entry % number for number in range(MANY))
    began = time.process_time()
    read = contents(text)
    assert time.process_time() - began < 10  # without an end half a minute, and up to 300 MB
    assert len(read.value.references) >= MANY
    told = [
        note
        for note in read.notes
        if "found again and again what stands in the file once; expected at most" in note.text
    ]
    assert told
    assert all(note.line > 1 for note in told)


@pytest.mark.parametrize(
    "command", ["up", "enquote", "mkbibquote", "textsubscript", "MakeUppercase", "emph", "textbf", "'"]
)
@pytest.mark.parametrize("depth", [20, 250, 400])
def test_commands_within_commands_have_an_end(command: str, depth: int) -> None:
    title = f"X {f'{chr(92)}{command}{{' * depth}y{'}' * depth}"
    (reference,) = references(f"@misc{{a, title = {{{title}}}}}")
    assert reference.source.title.startswith("X ")
