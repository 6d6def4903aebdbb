"""The identifier in what was pasted, wrapped or among words."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hypotheses.problems import Malformed
from store.lookup.identifiers import Arxiv, Doi, Identifier, Url
from store.lookup.spotting import spot

NATURE = Doi("10.1038/nature14539")
CITATION = "LeCun, Y., Bengio, Y. & Hinton, G. Deep learning. Nature 521, 436-444 (2015)."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1038/\nnature14539", NATURE),
        ("10.1038/nature\n14539", NATURE),
        ("https://doi.org/10.1038/\r\n   nature14539\n", NATURE),
        ("https://doi.\norg/10.1038/nature14539", NATURE),
        ("doi: 10.1016/S0140-67\n36(20)30183-5", Doi("10.1016/S0140-6736(20)30183-5")),
        ("https://doi.org/10.1038/s41586-\n021-03819-2", Doi("10.1038/s41586-021-03819-2")),
        ("10.1371/journal.pcbi.10\n04128", Doi("10.1371/journal.pcbi.1004128")),
        ("https://www.example.org/a/pa\nth/of?x=1", Url("https://www.example.org/a/path/of?x=1")),
        ("https://example.org/deeplea\nrning", Url("https://example.org/deeplearning")),
        ("https://arxiv.org/abs/\n2303.01469", Arxiv("2303.01469")),
    ],
)
def test_one_that_is_wrapped_is_joined(text: str, found: Identifier) -> None:
    spotted = spot(text)
    assert spotted.identifier == found
    assert spotted.rest == ""


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        (f"{CITATION} https://doi.org/10.1038/nature14539", NATURE, CITATION),
        ("10.1038/nature14539\n2015", NATURE, "2015"),
        ("10.1038/nature14539\nDeep learning", NATURE, "Deep learning"),
        ("Deep learning\n10.1038/nature14539", NATURE, "Deep learning"),
        ("See 10.1038/nature14539.\nand more", NATURE, "See and more"),
        ("arXiv:1706.03762v7 [cs.CL] 2 Aug 2023", Arxiv("1706.03762", 7), ""),
        ("See https://example.org/x and 10.1038/nature14539", NATURE, "See https://example.org/x and"),
        ("10.1038/nature14539 https://doi.org/10.1038/nature14539", NATURE, ""),
        ("10.1038/nature14539 and 10.1000/other", NATURE, "and 10.1000/other"),
        ("https://arxiv.org/abs/2303.01469\n12 pages, 3 figures", Arxiv("2303.01469"), "12 pages, 3 figures"),
        ("arXiv:2303.01469\n3 figures", Arxiv("2303.01469"), "3 figures"),
        ("arXiv:2303.01469\n12", Arxiv("2303.01469"), "12"),
        ("doi:10.1038/nature14539\n521, 436–444 (2015)", NATURE, "521, 436–444 (2015)"),
        ("10.1038/nature14539\n25 May 2012", NATURE, "25 May 2012"),
        ("see [10.1038/nature14539](https://doi.org/10.1038/nature14539)", NATURE, "see [ ]("),
    ],
)
def test_one_among_words_is_taken_and_the_rest_is_known(text: str, found: Identifier, rest: str) -> None:
    spotted = spot(text)
    assert spotted.identifier == found
    assert " ".join(spotted.rest.split()) == rest


@pytest.mark.parametrize("text", ["", "Deep learning", "10.5 / 2", "version 23.0146"])
def test_where_there_is_none_that_is_said(text: str) -> None:
    with pytest.raises(Malformed, match="expected a DOI"):
        spot(text)


@given(st.integers(9, 21))
def test_a_doi_may_be_wrapped_after_any_of_its_signs_but_before_a_year(at: int) -> None:
    name = "10.1016/j.cell.2018.05.060"
    assume(name[at:] not in ("2018.05.060",))
    assert spot(f"{name[:at]}\n{name[at:]}").identifier == Doi(name)
