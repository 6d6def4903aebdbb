"""What is recognised in what people paste."""

from __future__ import annotations

import contextlib
import re
import string
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hypotheses import rules
from hypotheses.problems import Malformed
from store.lookup.identifiers import Arxiv, Doi, Url, identify


@pytest.mark.parametrize(
    "text",
    [
        "10.1038/nature14539",
        " 10.1038/nature14539\n",
        "doi:10.1038/nature14539",
        "DOI: 10.1038/nature14539.",
        "doi 10.1038/nature14539",
        "info:doi/10.1038/nature14539",
        "https://doi.org/10.1038/nature14539",
        "http://dx.doi.org/10.1038/nature14539",
        "HTTPS://DOI.ORG/10.1038/nature14539",
        "doi.org/10.1038/nature14539",
        "https://doi.org/10.1038%2Fnature14539",
        "10.1038%2Fnature14539",
        "https://doi.org/10.1038/nature14539?utm_source=x#top",
        "<https://doi.org/10.1038/nature14539>",
        "(doi:10.1038/nature14539).",
        "“10.1038/nature14539”,",
        "10.1038/\u200bnature14539\ufeff",
        "https://publisher.example/doi/10.1038/nature14539",
        "https://publisher.example/doi/full/10.1038/nature14539/",
        "https://publisher.example/journal/doi/pdf/10.1038%2Fnature14539?download=true",
    ],
)
def test_a_doi_in_its_wrappings(text: str) -> None:
    assert identify(text) == Doi("10.1038/nature14539")


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0012345", "10.1371/journal.pone.0012345"),
        (
            "https://journals.plos.org/plosone/article/file?id=10.1371/journal.pone.0012345&type=printable",
            "10.1371/journal.pone.0012345",
        ),
        ("https://link.springer.com/article/10.1007/s00422-019-0812-x", "10.1007/s00422-019-0812-x"),
        ("https://link.springer.com/chapter/10.1007/978-3-030-1_3#Sec2", "10.1007/978-3-030-1_3"),
        ("https://link.springer.com/content/pdf/10.1007/s00422-019-0812-x.pdf", "10.1007/s00422-019-0812-x"),
        ("https://www.frontiersin.org/articles/10.3389/fnins.2019.00095/full", "10.3389/fnins.2019.00095"),
        (
            "https://www.frontiersin.org/journals/neuroscience/articles/10.3389/fnins.2019.00095/pdf",
            "10.3389/fnins.2019.00095",
        ),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full", "10.1101/2020.01.01.123456"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf+html", "10.1101/2020.01.01.123456"),
        ("https://www.biorxiv.org/content/early/2018/01/01/123456", ""),
        ("https://journals.aps.org/prl/abstract/10.1103/PhysRevLett.116.061102", "10.1103/PhysRevLett.116.061102"),
        ("https://iopscience.iop.org/article/10.1088/1748-0221/3/08/S08001/meta", "10.1088/1748-0221/3/08/S08001"),
        ("10.3389/fnins.2019.00095/full", "10.3389/fnins.2019.00095"),
        ("10.1101/2020.01.01.123456v2", "10.1101/2020.01.01.123456"),
        ("https://doi.org/10.1038/nature14539.pdf", "10.1038/nature14539"),
        ("10.1234/pdf", "10.1234/pdf"),
        ("10.1234/v2", "10.1234/v2"),
        ("https://example.org/files/10.1234/abc", ""),
    ],
)
def test_a_doi_inside_the_address_of_a_publisher(text: str, doi: str) -> None:
    assert identify(text) == (Doi(doi) if doi else Url(text))


def test_the_stamp_on_a_paper_of_arxiv() -> None:
    assert identify("arXiv:1706.03762v7 [cs.CL] 2 Aug 2023") == Arxiv("1706.03762", 7)
    assert identify("arXiv:hep-th/9901001v3  [hep-th]  12 Jan 1999") == Arxiv("hep-th/9901001", 3)


@pytest.mark.parametrize(
    "doi",
    [
        "10.1016/S0140-6736(20)30183-5",
        "10.1002/(SICI)1097-4571(1999)50:1<1::AID-ASI1>3.0.CO;2-K",
        "10.1000.10/123",
        "10.12345/a/b[c]_d",
    ],
)
def test_a_doi_with_brackets_of_its_own(doi: str) -> None:
    assert identify(doi) == Doi(doi)
    assert identify(f"({doi})") == Doi(doi)
    assert identify(f"https://doi.org/{quote(doi)}.") == Doi(doi)


@pytest.mark.parametrize(
    "text",
    [
        "2303.01469",
        "arXiv:2303.01469",
        "arxiv: 2303.01469 [cs.LG]",
        "https://arxiv.org/abs/2303.01469",
        "http://www.arxiv.org/pdf/2303.01469.pdf",
        "https://export.arxiv.org/abs/2303.01469",
        "https://arxiv.org/html/2303.01469/",
        "arxiv.org/abs/2303.01469?context=cs",
        "https://www.alphaxiv.org/abs/2303.01469",
        "https://ar5iv.labs.arxiv.org/html/2303.01469",
        "10.48550/arXiv.2303.01469",
        "https://doi.org/10.48550/ARXIV.2303.01469",
    ],
)
def test_an_arxiv_id_in_its_wrappings(text: str) -> None:
    assert identify(text) == Arxiv("2303.01469")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2303.01469v2", Arxiv("2303.01469", 2)),
        ("https://arxiv.org/pdf/2303.01469v12.pdf", Arxiv("2303.01469", 12)),
        ("0704.0001", Arxiv("0704.0001")),
        ("hep-th/9901001", Arxiv("hep-th/9901001")),
        ("hep-th/9901001v3", Arxiv("hep-th/9901001", 3)),
        ("math.GT/0309136", Arxiv("math/0309136")),
        ("https://arxiv.org/abs/math.GT/0309136v1", Arxiv("math/0309136", 1)),
        ("10.48550/arXiv.hep-th/9901001", Arxiv("hep-th/9901001")),
    ],
)
def test_versions_and_old_arxiv_ids(text: str, expected: Arxiv) -> None:
    assert identify(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/",
        "http://example.org:8080/a?b=c#d",
        "https://journals.example/article?page=10.1371/journal.pone.1",
        "https://example.org/about/10.1038",
        "https://arxiv.org/list/cs.LG/recent",
        "https://doi.org/",
        "https://example.org/ä",
    ],
)
def test_any_other_address_is_a_page(text: str) -> None:
    assert identify(text) == Url(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "song2023",
        "10.1038",
        "11.1038/x",
        "2313.01469",
        "2303.014",
        "hep-xx/9901001",
        "ftp://example.org/x",
        "javascript:alert(1)",
        "https://",
        "https://[",
        "https://example.org:99999/",
        "https://me:secret@example.org/",
        "https://a b/",
        "https://example.org/\x1b",
        "10.1038/a\x07b",
        "example.org/page",
        "10.1038/" + "x" * 300,
        "https://example.org/" + "x" * 2000,
    ],
)
def test_anything_else_is_told_with_what_was_expected(text: str) -> None:
    with pytest.raises(
        Malformed, match=r"^found '.*'; expected a DOI such as 10\.1038/nature14539, an arXiv id"
    ) as told:
        identify(text)
    assert len(str(told.value)) < 250


def test_one_doi_is_filed_under_one_key() -> None:
    assert identify("10.1038/ABC").key == identify("https://doi.org/10.1038/abc").key == "doi:10.1038/abc"
    assert identify("2303.01469v2").key != identify("2303.01469").key


suffixes = st.text(string.ascii_letters + string.digits + "-_./:;()<>", min_size=1, max_size=30).filter(
    lambda text: text[-1].isalnum() and text[0].isalnum()
)
dois = st.builds("10.{}/{}".format, st.integers(1000, 999_999_999), suffixes)


@given(dois, st.sampled_from(["{}", "doi:{}", " {} ", "“{}”", "{}.", "({})"]))
def test_any_doi_is_found_in_any_wrapping(doi: str, wrapping: str) -> None:
    balanced = all(doi.count(opens) == doi.count(closes) for opens, closes in ("()", "<>"))
    if balanced or wrapping != "({})":
        assert identify(wrapping.format(doi)) == Doi(doi)


@given(dois)
def test_any_doi_is_found_in_its_address(doi: str) -> None:
    assert identify(f"https://doi.org/{quote(doi, safe='/')}") == Doi(doi)


@given(st.from_regex(re.compile(r"\d\d(0[1-9]|1[0-2])\.\d{4,5}(v[1-9]\d?)?", re.ASCII), fullmatch=True))
def test_any_arxiv_id_is_found(number: str) -> None:
    found = identify(f"https://arxiv.org/abs/{number}")
    assert isinstance(found, Arxiv)
    assert found.name == number
    assert identify(found.name) == found


@given(st.text() | st.text("htps:/.@[]doi10%()<>arxv#?\x00\u202e", max_size=40))
@example("https://\u2100/")
@example("http://[::1%25eth0]:0/")
@example("(((")
def test_whatever_is_pasted_is_recognised_or_malformed(text: str) -> None:
    with contextlib.suppress(Malformed):
        match identify(text):
            case Doi(name):
                assert re.fullmatch(r"10\.\d{4,9}(\.\d+)*/\S+", name)
                assert rules.line(name).isprintable()
            case Arxiv(number):
                assert number.isascii()
            case Url(address):
                assert rules.url(address).startswith(("http", "HTTP"))
