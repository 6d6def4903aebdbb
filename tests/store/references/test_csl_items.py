"""CSL as JSON and YAML, and what Zotero answers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from store.lookup.source import Source
from tests.store.references.reading import contents, notes, one, references, refused

NO_ITEM = "found no CSL item; expected fields such as title and author"


def test_a_list_of_csl_items() -> None:
    items = [
        {"id": "song2023", "title": "A", "author": [{"family": "Song", "given": "Yang"}]},
        {"id": "http://zotero.org/users/1/items/ABC", "citation-key": "lee2019", "title": "B"},
        {"id": 17, "title": "C", "author": [{"family": "Núñez", "given": "Ana"}], "issued": {"date-parts": [[2001]]}},
    ]
    found = references(json.dumps(items, indent=1), "refs.json")
    assert [(each.key, each.source.title) for each in found] == [("song2023", "A"), ("lee2019", "B"), ("", "C")]
    assert [each.line for each in found] == [2, 12, 17]
    alone = references(json.dumps(items[0]), "refs.json")
    assert alone == (replace(found[0], line=1),)
    inside = references(json.dumps({"references": items}), "REFS.JSON")
    assert [each.key for each in inside] == [each.key for each in found]
    lines = references(json.dumps({"items": items}, indent=1), "refs.json")
    assert [each.line for each in lines] == [3, 13, 18]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("[", ["refs.json:1: this is not JSON: found the end; expected value"]),
        ("[]", ["refs.json: there are no references in the file"]),
        (
            "[\n{},\n3]",
            ["refs.json:2: an entry: it has no title; left out", f"refs.json:3: an item: {NO_ITEM}; left out"],
        ),
        ("[" * 100_000, ["refs.json:1: values are nested more than 100 deep"]),
    ],
)
def test_a_file_of_which_nothing_can_be_taken_is_refused(text: str, problems: list[str]) -> None:
    assert refused(text, "refs.json") == problems


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("{}", "2: an entry: it has no title; left out"),
        ("3", f"2: an item: {NO_ITEM}; left out"),
        ('{"id": "k", "title": NaN}', "2: found NaN; expected a number within bounds; left out"),
        ('{"title": "a", "title": "b"}', "2: 'title' stands here again; line 2 has it already; left out"),
        ('{"title": ' + "[" * 150 + "]" * 150 + "}", "2: values are nested more than 100 deep; left out"),
    ],
)
def test_an_item_that_is_none_costs_no_other(item: str, told: str) -> None:
    text = f'[{{"title": "First"}},\n{item},\n{{"title": "Last"}}]'
    assert [reference.source.title for reference in references(text, "refs.json")] == ["First", "Last"]
    assert notes(text, "refs.json") == [told]


def test_what_is_no_json_ends_the_file_and_keeps_what_came_before() -> None:
    text = '[{"title": "First"}\n{"title": "Last"}]'
    assert [reference.source.title for reference in references(text, "refs.json")] == ["First"]
    (note,) = notes(text, "refs.json")
    assert note.startswith("2: this is not JSON: found")


@pytest.mark.parametrize(
    ("issued", "date", "why"),
    [
        ({"date-parts": [["2016", "02", "09"]]}, "2016-02-09", ""),
        ({"date-parts": [["2016", 2, 9]]}, "2016-02-09", ""),
        ({"raw": "2014-05-06"}, "2014-05-06", ""),
        ({"literal": "1991_1999"}, "1991", "is kept as 1991"),
        ({"date-parts": [[2011]], "season": "2"}, "2011", ""),
        ({"date-parts": [[1400]], "circa": True}, "1400", "is kept as 1400"),
        ({"date-parts": [[-44, 3, 15]]}, "", "is before Christ, which a date here cannot be; left out"),
        ({"date-parts": [[1987, 8, 3], [2003, 10, 23]]}, "1987-08-03", "is kept as 1987-08-03"),
        ([{"year": "2009", "month": "1", "day": "1"}], "2009-01-01", ""),
        ("2011-05~/2012-06", "2011-05", "is kept as 2011-05"),
        ({"date-parts": [[2012, 4, None]]}, "2012-04", ""),
        ({"date-parts": [["2015-3"]]}, "2015-03", ""),
        ({"date-parts": [[None]]}, "", ""),
        ({"date-parts": [[2017, 24]]}, "2017", "is kept as 2017"),
        ({"date-parts": [[2017.0, 3.0]]}, "2017-03", ""),
        ({"year": 2016}, "2016", ""),
    ],
)
def test_dates_of_items(issued: Any, date: str, why: str) -> None:
    text = json.dumps([{"id": "k", "title": "T", "issued": issued}])
    assert one(text, "refs.json").date == date
    told = [note.partition("' ")[2] for note in notes(text, "refs.json")]
    assert told == ([why] if why else [])


def test_names_of_items_have_their_parts_in_spoken_order() -> None:
    people: Any = [
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"family": "King", "given": "M. L.", "suffix": "Jr."},
        {"literal": "Fathom Games Co., Ltd."},
        "Marlow, Ines",
    ]
    found = one(json.dumps([{"title": "T", "author": people}]), "refs.json")
    assert found.authors == ("Ludwig van Beethoven", "M. L. King Jr.", "Fathom Games Co., Ltd.", "Ines Marlow")


def test_the_arxiv_id_in_a_note_of_zotero() -> None:
    assert one('[{"title": "T", "note": "arXiv: 1706.03762 [cs]\\nComment: words"}]', "refs.json").arxiv == "1706.03762"


def test_fields_that_nothing_is_made_of_are_counted() -> None:
    items = [{"title": "A", "abstract": "x", "page": "1"}, {"title": "B", "abstract": "y"}]
    assert contents(json.dumps(items), "refs.json").unused == {"abstract": 2, "page": 1}


YAML = """---
references:
- id: marlow2016
  type: article-journal
  title: Tide curves
  author:
  - {family: Marlow, given: Ines}
  issued: {year: 2016}
  DOI: 10.5555/tides
- id: dummy
...
"""


def test_csl_as_yaml() -> None:
    (reference,) = references(YAML, "refs.yaml")
    assert (reference.key, reference.line) == ("marlow2016", 3)
    assert reference.source == Source("Tide curves", ("Ines Marlow",), "2016", doi="10.5555/tides")
    assert notes(YAML, "refs.yaml") == ["10: dummy: it has no title; left out"]


ZOTERO = [
    {
        "key": "ABCD",
        "version": 1,
        "data": {
            "itemType": "journalArticle",
            "title": "Tides",
            "creators": [
                {"creatorType": "editor", "name": "The Guild"},
                {"creatorType": "author", "firstName": "Ines", "lastName": "Marlow"},
            ],
            "date": "2016-03",
            "publicationTitle": "Journal of Tides",
            "url": "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full",
            "extra": "Citation Key: marlow2016\narXiv: 1706.03762 [cs.CL]",
            "abstractNote": "Words",
        },
    },
    {"key": "EFGH", "data": {"itemType": "attachment", "title": "x.pdf"}},
    {"itemType": "book", "title": "A book", "creators": [{"creatorType": "editor", "name": "Ana"}], "publisher": "P"},
]


def test_what_zotero_answers() -> None:
    text = json.dumps(ZOTERO)
    tides, book = references(text, "answer.json")
    assert tides.key == "marlow2016"
    assert tides.source == Source(
        "Tides",
        ("Ines Marlow",),
        "2016-03",
        "Journal of Tides",
        doi="10.1101/2020.01.01.123456",
        arxiv="1706.03762",
        url="https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full",
    )
    assert book.source == Source("A book", ("Ana",), "", "P")
    assert contents(text, "answer.json").unused == {"abstractNote": 1, "items that are a attachment": 1}
