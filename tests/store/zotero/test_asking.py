"""What Zotero is asked on this machine, and what comes of its answers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from hypotheses.problems import Refused
from store.errors import LookupProblem
from store.network.client import connected
from store.network.requests import JSON, Request
from store.network.services import LOCAL
from store.zotero.asking import ZoteroItem, ZoteroPlace, read_place
from tests.store.network.server import drip, hang, redirect, reply, reset
from tests.store.zotero.conftest import Zotero, collection, item

COLLECTIONS = "/zotero/api/users/0/collections?limit=100&start=0"


def read(zotero: Zotero, wanted: str, seconds: float = 20) -> tuple[ZoteroPlace, Sequence[ZoteroItem]]:
    return read_place(wanted, seconds, zotero.server.services())


@pytest.fixture
def sea(zotero: Zotero) -> Zotero:
    """A library with `Sea / Tides`, another `Tides`, and a group."""
    zotero.list("users/0/groups", [{"id": 12, "version": 1, "data": {"id": 12, "name": "Pier club"}}])
    zotero.list(
        "users/0/collections",
        [collection("SEA22222", "Sea"), collection("TIDES222", "Tides", "SEA22222"), collection("TIDES333", "Tides")],
    )
    zotero.list("groups/12/collections", [collection("PILES222", "Piles")])
    zotero.items("TIDES222", item("AAAA2222", "Tide curves"), item("BBBB2222", "Tide tables"))
    zotero.items("PILES222", item("CCCC2222", "Rot"), library="groups/12")
    zotero.items("", item("DDDD2222", "All"))
    return zotero


@pytest.mark.parametrize("wanted", ["TIDES222", "Sea / Tides", "sea/tides"])
def test_a_collection_is_meant_by_its_key_or_its_path(sea: Zotero, wanted: str) -> None:
    place, items = read(sea, wanted)
    assert (str(place), place.prefix) == ("Sea / Tides (TIDES222)", "users/0")
    assert [(each.key, each.version, each.link, each.fields["title"]) for each in items] == [
        ("AAAA2222", 5, "zotero://select/library/items/AAAA2222", "Tide curves"),
        ("BBBB2222", 5, "zotero://select/library/items/BBBB2222", "Tide tables"),
    ]


def test_collections_of_groups_and_whole_libraries_are_meant_by_their_names(sea: Zotero) -> None:
    place, items = read(sea, "piles")
    assert (place.path, [each.link for each in items]) == ("Piles", ["zotero://select/groups/12/items/CCCC2222"])
    place, items = read(sea, "My Library")
    assert (str(place), [each.key for each in items]) == ("My Library", ["DDDD2222"])


def test_where_none_or_several_are_called_so_it_is_said_what_there_is(sea: Zotero) -> None:
    with pytest.raises(Refused) as refused:
        read(sea, "Tides 2")
    assert str(refused.value).split("\n") == [
        "Zotero has no collection 'Tides 2'; it has",
        "My Library",
        "Sea (SEA22222)",
        "Sea / Tides (TIDES222)",
        "Tides (TIDES333)",
        "Pier club",
        "Piles (PILES222)",
    ]
    sea.list("users/0/collections", [collection("A2", "Tides", "B2"), collection("B2", "x"), collection("C2", "Tides")])
    sea.list("groups/12/collections", [collection("D2", "TIDES")])
    with pytest.raises(Refused, match=r"could be any of these; expected a path or a key\nTides .C2.\nTIDES .D2."):
        read(sea, "tides")


def test_as_many_pages_are_asked_for_as_there_are(sea: Zotero) -> None:
    sea.items("TIDES222", *(item(f"K{n}", f"Paper {n}") for n in range(250)))
    _, items = read(sea, "TIDES222")
    assert [each.key for each in items] == [f"K{n}" for n in range(250)]
    assert [path.partition("start=")[2] for path in sea.server.asked if "TIDES222" in path] == ["0", "100", "200"]
    assert all("zotero-api-version: 3" in head.lower() for head in sea.server.heads)
    assert not any("mailto" in head for head in sea.server.heads)


def test_what_makes_no_sense_in_a_list_is_passed_over(sea: Zotero) -> None:
    odd: list[dict[str, Any]] = [
        {"key": "../x", "version": 1, "data": {}},
        {"key": "K2", "version": "new"},
        {"version": 3},
    ]
    sea.items("TIDES222", *odd, item("GOOD2222", "Good"))
    assert [each.key for each in read(sea, "TIDES222")[1]] == ["GOOD2222"]
    sea.list("users/0/collections", [collection("A2", "A", "B2"), collection("B2", "B", "A2"), {"data": {"key": 3}}])
    with pytest.raises(Refused, match=r"no collection 'x'; it has\nMy Library\nB / A .A2.\nA / B .B2."):
        read(sea, "x")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            reply(403, "Local API is not enabled", "text/plain"),
            "Zotero lets no other program read; expected that it is",
        ),
        (reply(501, "API version not implemented", "text/plain"), "Zotero answered 501; expected version 7 or later"),
        (reply(404, "No endpoint found", "text/plain"), "Zotero answered 404; expected version 7 or later"),
        (reply(500, "", "text/plain"), "Zotero cannot be asked: server.test answered 500"),
        (redirect("/zotero/api/elsewhere"), "server.test redirects; it is not followed"),
        (redirect("https://example.org/"), "server.test redirects; it is not followed"),
        (redirect("file:///etc/passwd"), "server.test redirects; it is not followed"),
        (
            reply(body="[" * 101 + "]" * 101),
            "the answer of Zotero makes no sense: values are nested more than 100 deep",
        ),
        (reply(body="{}"), "the answer of Zotero makes no sense: found no list"),
        (reply(body="<p>", kind="text/html"), "server.test answered a web page; expected JSON"),
        (reply(body="x" * 17_000_000), "the answer of server.test has more than 16,000,000 bytes"),
        (reset, "Zotero cannot be asked: server.test broke the connection off"),
    ],
)
def test_what_is_no_answer_is_said_in_a_sentence(sea: Zotero, answer: bytes, told: str) -> None:
    sea.server.on(COLLECTIONS, answer)
    with pytest.raises(LookupProblem) as problem:
        read(sea, "Tides")
    assert told in str(problem.value)
    assert "\n" not in str(problem.value)
    assert not any("elsewhere" in path for path in sea.server.asked)


@pytest.mark.parametrize("silence", [hang, drip])
def test_an_answer_that_does_not_come_is_not_waited_for(sea: Zotero, silence: bytes) -> None:
    sea.server.on(COLLECTIONS, silence)
    with pytest.raises(LookupProblem, match=r"does not answer|expected JSON"):
        read(sea, "Tides", 0.2)


# The one exception to the rule that only the public internet is asked


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:80/",
        "http://127.0.0.1:23118/",
        "https://127.0.0.1/",
        "http://localhost:23119/",
        "http://127.0.0.2:23119/",
        "http://127.1:23119/",
        "http://[::1]:23119/",
        "http://0.0.0.0:23119/",
        "http://2130706433:23119/",
        "http://192.168.1.1:23119/",
        "http://example.org:23119/",
        "http://example.org/",
    ],
)
def test_on_the_way_to_zotero_nothing_else_can_be_asked(url: str) -> None:
    async def ask() -> None:
        async with connected(LOCAL, "", 5) as client:
            await client.fetch(Request(url, JSON))

    with pytest.raises(LookupProblem, match="is not asked here"):
        asyncio.run(ask())


def test_the_exception_is_one_machine_and_one_port() -> None:
    assert LOCAL.zotero == "http://127.0.0.1:23119"
    assert LOCAL.resolve("127.0.0.1", 23119) == ["127.0.0.1"]
