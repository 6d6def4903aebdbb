r"""What people of this trade complained of elsewhere, or have on their disks, as whole files with the right values."""

from __future__ import annotations

import pytest

from hypotheses.debate import Debate, Evidence
from store.references.plan import plan
from tests.store.references.reading import references


def taken(text: str, name: str = "refs.bib") -> list[Evidence]:
    return list(plan(Debate("d", "D"), references(text, name)).fresh)


CHAPTERS = """
@inbook{lowtide_registration,
  crossref = {lowtide_book}, title = {Aligning tide curves}, pages = {73--123},
}
@inbook{lowtide_modelling,
  crossref = {LowTide_Book}, title = {Modelling tide curves}, pages = {269--303},
}
@book{lowtide_book,
  title = {Tides as Functions}, booktitle = {Tides as Functions}, author = {Marlow, Ines and Ter Horst, Dirk},
  year = {2016}, publisher = {Fathom Press}, doi = {10.5555/tides-2016}, url = {https://example.org/tides},
  eprint = {1602.01234}, archiveprefix = {arXiv}
}
"""


def test_chapters_have_of_their_book_what_they_lack_but_nothing_that_names_it() -> None:
    one, two, book = taken(CHAPTERS)
    for chapter in (one, two):
        assert (chapter.source, chapter.date, chapter.authors) == (
            "Tides as Functions",
            "2016",
            ("Ines Marlow", "Dirk Ter Horst"),
        )
        assert (chapter.doi, chapter.url, chapter.arxiv) == ("", "", "")
    assert (book.doi, book.url, book.arxiv) == ("10.5555/tides-2016", "https://example.org/tides", "1602.01234")


DATES = {
    "1829--1830": "1829",
    "1944/1945": "1944",
    "[1990] 2002": "2002",
    "1998--99": "1998",
    "2019–2020": "2019",
    "2019/20": "2019",
    "{2011}": "2011",
    "in press": "",
    "2007a": "2007",
    "c. 1400": "1400",
    "1487": "1487",
    "2011-05?": "2011-05",
    "2011-05~": "2011-05",
    "2011-05-25~/2012-06-26": "2011-05-25",
    "-0343": "",
    "-2011-21/-2012-22": "",
    "/1997": "1997",
    "1997/": "1997",
    "../1997": "1997",
    "2017-24": "2017",
    "199X": "",
    "1999-XX": "1999",
    "2004-01-01T10:10:10+05:00": "2004-01-01",
    "Y17000": "",
    "44 BC": "",
    "1990s": "",
}


@pytest.mark.parametrize(("written", "date"), DATES.items())
def test_dates_as_libraries_have_them(written: str, date: str) -> None:
    for field in ("year", "date"):
        (found,) = taken(f"@misc{{k, title = {{T}}, {field} = {{{written}}}}}")
        assert found.date == date


TITLES = {
    r"Pairs of heavy quarks at $\sqrt{s}=13$ TeV": "Pairs of heavy quarks at √s=13 TeV",
    r"Search for $H\to b\bar{b}$ and $B^0_s\to\mu^+\mu^-$": "Search for H→b b̄ and B⁰ₛ→μ⁺μ⁻",
    r"Growth of In$_{x}$Ga$_{1-x}$N on LiAlO$_2$": "Growth of InₓGa₁₋ₓN on LiAlO₂",
    r"Oxide Cu\textsubscript{2}O at 10\textsuperscript{-3} mbar": "Oxide Cu₂O at 10⁻³ mbar",
    r"$\nu_e$ yields: $5\,\sigma$, $\frac{1}{2}$ of $\mathcal{O}(10^{-3})$": "νₑ yields: 5 σ, ½ of 𝒪(10⁻³)",
    r"A limit $m<\SI{5}{\kilo\gram}$ or \num{1e5}": r"A limit $m<\SI{5}{\kilo\gram}$ or \num{1e5}",
    r"A price of \$5 \& 50\% of \#1 in foo\_bar": "A price of $5 & 50% of #1 in foo_bar",
    r"Not equal: $x\neq y$, $x \ll y$, $\hat{\theta}$, $\overline{AB}$": "Not equal: x≠y, x≪y, θ̂, A̅B̅",
    r"Halves $\frac12$": "Halves ½",
}


@pytest.mark.parametrize(("latex", "title"), TITLES.items())
def test_a_title_never_says_something_else(latex: str, title: str) -> None:
    (found,) = taken(f"@article{{m, title = {{{latex}}}}}")
    assert found.title == title


def test_accents_and_names() -> None:
    (found,) = taken(
        r"""@article{acc1, author={{\L}uk{\'a}{\v s} {\c C}elik and Nguy\~{\^e}n V\u{a}n and Mu\~noz, Jos\'{e} and
        Pa{\"\i}s, M. and \AA str\"om, K. and Bj{\o}rn, {\AE} and Paı̈s, N. and {\relax Ch}arpy and O'Neil, Se{\'a}n},
        title={Accents \textgreek{abc} {\textcopyright} na\"{\i}ve \v{C}apek \k{a} \H{o} \d{h} \t{oo} \={a} \.{z}}}"""
    )
    assert found.title == r"Accents \textgreek{abc} © naïve Čapek ą ő ḥ o͡o ā ż"
    assert found.authors == (
        *("Łukáš Çelik", "Nguyễn Văn", "José Muñoz", "M. Païs", "K. Åström", "Æ Bjørn", "N. Païs", "Charpy"),
        "Seán O'Neil",
    )


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ("url={https://example.org/a_b~c%20d#frag}", "https://example.org/a_b~c%20d#frag"),
        (r"url={\url{https://example.org/x\_y}}", "https://example.org/x_y"),
        (r"howpublished={\url{https://example.org/how}}", "https://example.org/how"),
        ("url={www.example.org/nohttp}", "https://www.example.org/nohttp"),
    ],
)
def test_addresses_are_kept_wherever_they_stand(fields: str, url: str) -> None:
    (found,) = taken(f"@article{{i, title={{T}}, year=2017, {fields}}}")
    assert found.url == url


def test_of_a_library_with_unclosed_braces_all_other_entries_are_taken() -> None:
    entries = [
        f"@misc{{k{n}, title = {{Title {n}}}, year = 2001,\n  abstract = {{words {'{' * (n % 10 == 3)}}}\n}}"
        for n in range(200)
    ]
    found = taken("\n\n".join(entries))
    assert len(found) == 180
    assert {item.key for item in found} == {f"k{number}" for number in range(200) if number % 10 != 3}
