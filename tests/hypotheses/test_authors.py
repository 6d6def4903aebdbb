"""Lists of authors, however they are separated."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.authors import OTHERS, authors_in_lines, read_authors, show_authors

WORD = st.text("abcdéøñ", min_size=2, max_size=8).map(str.capitalize)
SPOKEN = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
INVERTED = st.tuples(WORD, WORD)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Yang Song, Prafulla Dhariwal", ("Yang Song", "Prafulla Dhariwal")),
        ("Yang Song, Prafulla Dhariwal, and Mark Chen", ("Yang Song", "Prafulla Dhariwal", "Mark Chen")),
        ("Yang Song & Mark Chen", ("Yang Song", "Mark Chen")),
        ("Marlow, Ines; Ter Horst, Dirk", ("Ines Marlow", "Dirk Ter Horst")),
        ("Song, Yang and Dhariwal, Prafulla", ("Yang Song", "Prafulla Dhariwal")),
        ("Song, Y., Dhariwal, P., Chen, M., & Sutskever, I.", ("Y. Song", "P. Dhariwal", "M. Chen", "I. Sutskever")),
        ("van der Dam, C.-L.; Lima, Theodora", ("C.-L. van der Dam", "Theodora Lima")),
        ("LeCun Y, Bengio Y, Hinton G.", ("Y LeCun", "Y Bengio", "G Hinton")),
        ("A. B. Smith; C. D. Jones", ("A. B. Smith", "C. D. Jones")),
        ("Davis, S., Jr., Smith, J.", ("S. Davis Jr.", "J. Smith")),
        ("Davis, Jr., Sammy; Doe, Jane", ("Sammy Davis Jr.", "Jane Doe")),
        ("Martin Luther King Jr., Rosa Parks", ("Martin Luther King Jr.", "Rosa Parks")),
        ("OpenAI, DeepMind", ("OpenAI", "DeepMind")),
        ("OpenAI, NASA", ("OpenAI", "NASA")),
        ("World Bank, IMF", ("World Bank", "IMF")),
        ("John Wright, Yi Ma", ("John Wright", "Yi Ma")),
        ("Kaiming He, Bo Li, Jian Sun", ("Kaiming He", "Bo Li", "Jian Sun")),
        ("Tolkien, J. R. R., Lewis, CS", ("J. R. R. Tolkien", "CS Lewis")),
        ("LeCun, Y., et al.", ("Y. LeCun", OTHERS)),
        ("Yann LeCun et al", ("Yann LeCun", OTHERS)),
        ("Bureau of Land and Water;", ("Bureau of Land and Water",)),
        ("Plato", ("Plato",)),
        (" ; , ", ()),
        ("", ()),
    ],
)
def test_a_list_is_read_however_it_is_separated(text: str, names: tuple[str, ...]) -> None:
    assert read_authors(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Yang Song\nPrafulla Dhariwal\r\nMark Chen\n", ("Yang Song", "Prafulla Dhariwal", "Mark Chen")),
        ("Yang Song, Prafulla\nDhariwal, Mark Chen", ("Yang Song", "Prafulla Dhariwal", "Mark Chen")),
        ("Song, Y.\nDhariwal, P.", ("Y. Song", "P. Dhariwal")),
        ("Song, Yang;\nDhariwal, Prafulla", ("Yang Song", "Prafulla Dhariwal")),
        ("Yang Song\nand Mark Chen", ("Yang Song", "Mark Chen")),
    ],
)
def test_lines_are_one_for_each_or_a_list_that_is_wrapped(text: str, names: tuple[str, ...]) -> None:
    assert read_authors(authors_in_lines(text)) == names


@given(st.lists(SPOKEN, max_size=5))
def test_what_is_shown_reads_back_as_the_same_names(names: list[str]) -> None:
    assert read_authors(show_authors(names)) == tuple(names)


@pytest.mark.parametrize("names", [("Bureau of Land and Water",), ("Song", "Y."), (OTHERS,)])
def test_names_that_commas_would_part_are_shown_with_semicolons(names: tuple[str, ...]) -> None:
    assert ";" in show_authors(names) or len(names) == 1
    assert read_authors(show_authors(names)) == names


@given(st.lists(INVERTED, min_size=2, max_size=5), st.sampled_from(["; ", ";", " and ", " & ", ";\n"]))
def test_family_names_first_are_turned_round_between_any_signs(names: list[tuple[str, str]], sign: str) -> None:
    listed = sign.join(f"{family}, {given}" for family, given in names)
    assert read_authors(listed) == tuple(f"{given} {family}" for family, given in names)


@given(st.text(" ,;&.\nABabJr and", max_size=40))
def test_no_letter_of_a_name_is_lost(text: str) -> None:
    def letters(written: str) -> list[str]:
        return sorted(sign for sign in written if sign.isalpha())

    got = letters("".join(read_authors(text)))
    between = letters("and" * text.lower().count("and") + "etal")
    assert all(got.count(sign) + between.count(sign) >= letters(text).count(sign) for sign in set("ABabJr"))


@pytest.mark.parametrize(
    "text", ["," * 100_000 + "x", "a" + " " * 100_000 + "b", ", \t" * 30_000 + "x", "a," * 40_000, "a & " * 30_000]
)
def test_a_very_long_list_is_read_in_little_time(text: str) -> None:
    began = process_time()
    read_authors(text)
    assert process_time() - began < 2


def test_others_stand_at_the_end_whatever_blanks_follow() -> None:
    assert read_authors("Ana Reyes, Bo Lee et al." + " " * 1_000) == ("Ana Reyes", "Bo Lee", "others")
