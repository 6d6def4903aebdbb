"""Dates, names, keys and plain text, whatever they were written like."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses import rules
from hypotheses.authors import spoken
from hypotheses.rules import TITLE_LENGTH
from store.lookup.dates import read_date
from store.lookup.source import suggest_key
from store.lookup.titles import plain_line


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023", "2023"),
        ("2023-03", "2023-03"),
        ("2023-03-21", "2023-03-21"),
        ("2023-03-21T18:00:00Z", "2023-03-21"),
        ("2023/3/1", "2023-03-01"),
        ("2023.03.01 18:00", "2023-03-01"),
        ("20230321", "2023-03-21"),
        ("7 May 2019", "2019-05-07"),
        ("7th May, 2019", "2019-05-07"),
        ("Tue, 07 May 2019 10:00:00 GMT", "2019-05-07"),
        ("May 7, 2019", "2019-05-07"),
        ("Sept. 2019", "2019-09"),
        ("December 2019", "2019-12"),
        ("Spring 2019", "2019"),
        ("c. 1998", "1998"),
        ("2023-02-30", "2023-02"),
        ("2023-13-01", "2023"),
        ("05/07/2019", "2019"),
        ("2019 or 2020", ""),
        ("0000", ""),
        ("yesterday", ""),
        ("7. Mai 2019", "2019-05-07"),
        ("März 2019", "2019-03"),
        ("12 de mayo de 2019", "2019-05-12"),
        ("1er mars 2019", "2019-03-01"),
        ("mercredi 3 août 2022", "2022-08-03"),
        ("juillet 2019", "2019-07"),
        ("5 października 2019", "2019-10-05"),
        ("август 2019", "2019-08"),
        ("2019年5月7日", "2019-05-07"),
        ("2019 May 7", "2019-05-07"),
        ("30-31 May 2019", "2019-05-30"),
        ("May-June 2019", "2019-05"),
        ("201905", "2019-05"),
        ("44 BC", ""),
        ("300 v. Chr.", ""),
        ("1990s", ""),
        ("٢٠٢٣", ""),
        ("", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert read_date(text) == date


@given(st.text(max_size=40) | st.text("0123456789-/. TZ:MayJune,", max_size=40))
def test_any_text_is_a_date_or_nothing(text: str) -> None:
    rules.day(read_date(text))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Plain", "Plain"),
        ("  two \n lines\t", "two lines"),
        ("<i>Drosophila</i> &amp; <b>co</b>", "Drosophila & co"),
        ("CO<sub>2</sub>, x<sup>2</sup>", "CO₂, x²"),
        ("10<sup>&minus;3</sup> and 10<jats:sup>3</jats:sup>", "10⁻³ and 10³"),
        ("x<sup><i>n</i></sup>, x<sup>Qq</sup>, x<SUP>Q</SUP>, 4<sup>th</sup>", "xⁿ, x^{Qq}, x^Q, 4ᵗʰ"),
        ("Na<sub>V</sub>1.7 and T<sub>max</sub>", "NaV1.7 and Tₘₐₓ"),
        ("<mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup>", "x²"),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> and <msqrt><mi>s</mi></msqrt>", "(1/2) and √s"),
        ("Pai\u0308s, Pa\u0131\u0308s", "Païs, Païs"),
        ("&amp;lt;i&amp;gt;twice&amp;lt;/i&amp;gt;", "twice"),
        ("<jats:title>JATS <jats:italic toggle='yes'>in vivo</jats:italic></jats:title>", "JATS in vivo"),
        ("<mml:math><mml:mi>x</mml:mi><mml:annotation>\\x</mml:annotation></mml:math> rays", "x rays"),
        ("p &lt; 0.05 and q > 3", "p < 0.05 and q > 3"),
        ("a<b and c>d", "a<b and c>d"),
        ("List<String> considered", "List<String> considered"),
        ("\x1b[31mred\x07\u202eevil\ufeff", "[31mred evil"),
        ("half \ud800 a character, \0", "half a character,"),
        ("&#27;]52;c;x&#7;", "]52;c;x"),
        ("&nbsp;", ""),
    ],
)
def test_plain_text(text: str, line: str) -> None:
    assert plain_line(text) == line


@given(st.text(max_size=400) | st.text("<>/ib&;amplt=\"' ", max_size=200))
def test_any_text_becomes_a_line_that_can_be_kept(text: str) -> None:
    line = plain_line(text)
    assert rules.line(line) == line == line.strip()
    assert not line or line.isprintable() or not line.isascii()


@pytest.mark.parametrize("text", ["<i " * 300_000, "&" * 1_000_000, "<tex-math>" * 100_000, "<" * 500_000 + ">"])
def test_hostile_text_takes_little_time(text: str) -> None:
    start = time.monotonic()
    assert len(plain_line(text)) <= TITLE_LENGTH
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Yang Song", "Yang Song"),
        ("Song, Yang", "Yang Song"),
        ("de la Cruz, María", "María de la Cruz"),
        ("Davis, Jr., Sammy", "Sammy Davis Jr."),
        ("Sammy Davis, Jr.", "Sammy Davis Jr."),
        ("The Guild of Tuners, Makers, and Movers", "The Guild of Tuners, Makers, and Movers"),
        (",", ","),
    ],
)
def test_names_in_spoken_order(name: str, said: str) -> None:
    assert spoken(name) == said


@pytest.mark.parametrize(
    ("authors", "date", "title", "key"),
    [
        (("Yang Song",), "2023-03", "T", "song2023"),
        (("Song, Yang", "B"), "2023", "T", "song2023"),
        (("María de la Cruz",), "", "T", "cruz"),
        (("Ana Núñez-Øverbø",), "1999", "T", "nunezoverbo1999"),
        (("S. Davis Jr.",), "2001", "T", "davis2001"),
        (("G. Weiß",), "2001", "T", "weiss2001"),
        (("宋飏",), "2023", "On the tuning", "tuning2023"),
        ((), "2023", "The Harp", "harp2023"),
        ((), "", "Of the 83 listings many were duplicates", "listings"),
        ((), "", "1984", "1984"),
        ((), "", "なぜ", "evidence"),
    ],
)
def test_keys(authors: tuple[str, ...], date: str, title: str, key: str) -> None:
    assert suggest_key(authors, date, title, ()) == key


def test_keys_are_unlike_any_that_is_taken() -> None:
    taken: set[str] = set()
    for _ in range(300):
        key = suggest_key(["Yang Song"], "2023", "T", taken)
        assert key not in taken
        taken.add(key)
    assert {"song2023", "song2023b", "song2023z", "song2023-27", "song2023-300"} <= taken


@given(st.lists(st.text(max_size=60), max_size=2), st.sampled_from(["", "2023-01"]), st.text(max_size=80))
def test_any_source_gets_a_key_that_can_be_kept(authors: list[str], date: str, title: str) -> None:
    assert rules.name(suggest_key(authors, date, title, ())).isascii()
