"""Which references are news to a debate: a work is the same by an identifier and its title."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Debate, Evidence
from store.lookup.source import Source
from store.references.plan import already_there, plan
from store.references.reference import Reference
from store.references.sameness import is_same_title
from tests.store.conftest import small_debate
from tests.store.references.reading import references


def reference(key: str, title: str = "T", **fields: str) -> Reference:
    return Reference(key, 1, Source(title, ("Yang Song",), "2023-03", **fields))


def test_a_work_of_the_same_identifier_and_title_is_there_already() -> None:
    debate = small_debate()
    known = replace(debate.evidence["song2023"], title="T", doi="https://doi.org/10.5555/X", arxiv="arXiv:2303.01469v1")
    ads = replace(debate.evidence["ads"], title="T")
    debate = replace(debate, evidence={**debate.evidence, "song2023": known, "ads": ads})
    planned = plan(
        debate,
        [
            reference("new"),
            reference("a", doi="10.5555/x"),
            reference("b", arxiv="2303.01469v3"),
            reference("c", url="http://www.example.org/ads/"),
            reference("d", doi="10.5555/new"),
            reference("e", doi="10.5555/NEW"),
            reference("f", url="https://arxiv.org/abs/2303.01469"),
        ],
    )
    assert [evidence.key for evidence in planned.fresh] == ["new", "d"]
    assert [(known.reference.key, known.why) for known in planned.known] == [
        ("a", "its DOI is that of 'song2023'"),
        ("b", "its arXiv id is that of 'song2023'"),
        ("c", "its address is that of 'ads'"),
        ("e", "its DOI is that of 'd'"),
        ("f", "its arXiv id is that of 'song2023'"),
    ]


def test_a_source_looked_up_may_be_there_whatever_its_title() -> None:
    debate = small_debate()
    known = replace(debate.evidence["song2023"], doi="10.5555/X", also=("https://doi.org/10.5555/Y",))
    debate = replace(debate, evidence={"song2023": known})
    assert already_there(debate, Source("Other words", doi="10.5555/x")) == "its DOI is that of 'song2023'"
    assert already_there(debate, Source("T", doi="10.5555/z")) == ""
    assert already_there(debate, Source("T", doi="10.5555/y")) == "its DOI is that of 'song2023'"


def test_another_work_with_the_same_identifier_is_kept_and_told() -> None:
    chapters = "".join(
        f"@incollection{{{key}, title = {{{title}}}, url = {{https://example.org/goods}}}}\n"
        for key, title in [("wool", "Wool: herds"), ("salt", "Salt: pans"), ("tin", "Tin: mines")]
    )
    planned = plan(Debate("d", "D"), references(chapters))
    assert [evidence.key for evidence in planned.fresh] == ["wool", "salt", "tin"]
    assert [(note.line, note.kind, note.text) for note in planned.notes] == [
        (2, "told", "salt has the address of 'wool' (line 1), and is another work; both are kept"),
        (3, "told", "tin has the address of 'wool' (line 1), and is another work; both are kept"),
    ]


def test_a_key_that_stands_twice_is_that_of_two_works() -> None:
    text = (
        "@misc{roth2017, title = {First of the key}, author = {Roth, C.}, year = 2017, doi = {10.5555/a1}}\n"
        "@misc{roth2017, title = {Second of the key}, author = {Roth, C.}, year = 2017, doi = {10.5555/a2}}\n"
        "@misc{roth2017, title = {First of the key}, author = {Roth, C.}, year = 2017, doi = {10.5555/a1}}\n"
    )
    planned = plan(Debate("d", "D"), references(text))
    assert [(evidence.key, evidence.doi) for evidence in planned.fresh] == [
        ("roth2017", "10.5555/a1"),
        ("roth2017b", "10.5555/a2"),
    ]
    assert [(note.line, note.text) for note in planned.notes] == [
        (2, "'roth2017' is the key of another work already; taken in as 'roth2017b'")
    ]
    assert [known.why for known in planned.known] == ["its DOI is that of 'roth2017'"]


def test_a_key_of_the_debate_is_the_same_work_unless_they_say_otherwise() -> None:
    there = Evidence("k", "My own words for it", ("Yang Song",), "2023-03", doi="10.5555/a")
    debate = Debate("d", "D", evidence={"k": there})
    assert [known.key for known in plan(debate, [reference("k")]).known] == ["k"]  # author and year are the same
    other = plan(debate, [reference("k", doi="10.5555/b")])
    assert [evidence.key for evidence in other.fresh] == ["kb"]
    unlike = Reference("k", 1, Source("Unlike", ("Bo Lee",), "1999"))
    assert [evidence.key for evidence in plan(debate, [unlike]).fresh] == ["kb"]


def test_what_is_lacking_and_what_is_said_otherwise_are_told() -> None:
    debate = Debate("d", "D", evidence={"k": Evidence("k", "T", ("Yang Song",), "2022", doi="10.5555/a")})
    planned = plan(debate, [reference("k", doi="10.5555/A", url="https://example.org/t")])
    assert dict(planned.lacking) == {"k": {"url": "https://example.org/t"}}
    assert [(one.field, one.ours, one.theirs) for one in planned.differences] == [("date", "2022", "2023-03")]


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("Deep Learning", "deep learning.", True),
        ("Über Gezeiten", "Uber gezeiten", True),
        ("Tide curves", "Tide curves: an introduction", True),
        ("Attention is all you need", "Attention Is All You Need (v2 of the preprint)", True),
        ("Scaling laws for neural language models", "Scaling laws of neural language models", True),
        ("Tide tables, part 1: north", "Tide tables, part 2: north", False),
        ("Wool: herds and borders", "Salt: pans and taxes", False),
        ("Introduction", "Conclusion", False),
    ],
)
def test_titles_of_one_work(ours: str, theirs: str, same: bool) -> None:
    assert is_same_title(ours, theirs) is same
    assert is_same_title(theirs, ours) is same


def test_a_chapter_whose_title_begins_another_is_no_other_at_the_same_address() -> None:
    assert is_same_title("Introduction", "Introduction to tides")
    assert not is_same_title("Introduction", "Introduction to tides", strictly=True)


WORDS = st.sampled_from(["", "tides", "wool", "salt pans", "Editorial"])
LIBRARIES = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", "c"]), WORDS, WORDS, st.sampled_from(["", "10.5555/a", "10.5555/b"])),
    max_size=8,
)


@given(LIBRARIES)
def test_the_same_file_twice_adds_nothing_and_loses_nothing(entries: list[tuple[str, str, str, str]]) -> None:
    library = [
        Reference(key, line, Source(f"{title} {more}".strip() or "T", ("Bo Lee",), "2001", doi=doi))
        for line, (key, title, more, doi) in enumerate(entries, 1)
    ]
    once = plan(Debate("d", "D"), library)
    assert len(once.fresh) + len(once.known) == len(library)
    assert len({evidence.key for evidence in once.fresh}) == len(once.fresh)
    debate = Debate("d", "D", evidence={evidence.key: evidence for evidence in once.fresh})
    again = plan(debate, library)
    assert again.fresh == ()
    assert len(again.known) == len(library)


def test_a_reference_without_a_key_gets_one_that_nothing_else_has() -> None:
    planned = plan(small_debate(), [reference(""), reference("", "Other"), reference("song2023c", "Third")])
    assert [evidence.key for evidence in planned.fresh] == ["song2023b", "song2023d", "song2023c"]
    assert planned.fresh[0] == Evidence("song2023b", "T", ("Yang Song",), "2023-03")


def test_what_comes_out_again_at_one_address_is_another_work_each_year() -> None:
    forms = "".join(
        f"@misc{{form{year}, title = {{Membership form}}, year = {year}, url = {{https://example.org/form}}}}\n"
        for year in (1984, 1985, 1985)
    )
    planned = plan(Debate("d", "D"), references(forms.replace("form1985", "again", 1)))
    assert [evidence.key for evidence in planned.fresh] == ["form1984", "again"]
    assert [known.why for known in planned.known] == ["its address is that of 'again'"]


def test_what_stands_on_other_pages_at_one_address_is_another_work() -> None:
    members = "".join(
        f"@article{{{key}, title = {{Members}}, year = 2007, pages = {{{pages}}}, url = {{https://example.org/m}}}}\n"
        for key, pages in [("a", "12--13"), ("b", "99"), ("c", "12-13")]
    )
    assert [evidence.key for evidence in plan(Debate("d", "D"), references(members)).fresh] == ["a", "b"]


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        (("Yang Song", "Bo Lee"), ("Y. Song", "B. Lee"), False),
        (("Yang Song et al.",), ("Yang Song", "Bo Lee"), False),
        (("Yang Song", "others"), ("Song et al.",), False),
        (("Yang Song",), ("Yang Song", "Bo Lee"), True),
        (("Yang Song", "others"), ("Bo Lee", "others"), True),
    ],
)
def test_other_authors_are_told_and_et_al_is_none(ours: tuple[str, ...], theirs: tuple[str, ...], told: bool) -> None:
    debate = Debate("d", "D", evidence={"k": Evidence("k", "T", ours, doi="10.5555/a")})
    planned = plan(debate, [Reference("k", 1, Source("T", theirs, doi="10.5555/a"))])
    assert bool(planned.differences) == told
