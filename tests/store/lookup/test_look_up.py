"""Look-ups over a real connection: the ladder of services, and every way in which they can fail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.errors import LookupProblem
from store.lookup.identifiers import identify
from store.lookup.source import Source
from tests.conftest import Clock
from tests.store.lookup import answers
from tests.store.lookup.conftest import Look, told
from tests.store.lookup.memory_cache import MemoryCache
from tests.store.network.server import Reply, Server, hang, packed, redirect, reply, reset

DOI = "10.5555/pianos.2023.7"
WORK = "/crossref/works/10.5555%2Fpianos.2023.7"
NEGOTIATED = f"/doi/{DOI}"
PAPER = "/arxiv/api/query?id_list=2303.01469&max_results=1"
PAGE = "/page"


# The ladder


def test_a_doi_is_asked_of_crossref(server: Server, look: Look) -> None:
    server.on(WORK, reply(body=answers.crossref()))
    found = look(f"https://doi.org/{DOI}")
    assert (found.doi, found.date, found.source) == (DOI, "2023-03-21", "Journal of Imaginary Pianos")
    assert server.asked == [WORK]


def test_a_doi_unknown_to_crossref_is_asked_of_doi_org(server: Server, look: Look) -> None:
    server.on("/doi/10.5555/ZENODO.99", redirect("/agency/99"))
    server.on(
        "/agency/99", reply(body=answers.datacite(), kind="application/vnd.citationstyles.csl+json; charset=utf-8")
    )
    found = look("doi:10.5555/ZENODO.99")
    assert found.title == "Counts of pianos, by street"
    assert server.asked == ["/crossref/works/10.5555%2FZENODO.99", "/doi/10.5555/ZENODO.99", "/agency/99"]
    assert "accept: application/vnd.citationstyles.csl+json\r\n" in server.heads[-1].lower()


def test_a_doi_that_nobody_knows(look: Look) -> None:
    assert told(look, DOI) == f"there is no DOI {DOI}"


@pytest.mark.parametrize(
    "bad",
    [
        reply(500),
        reply(body="{", kind="application/json"),
        reply(body="<html>", kind="text/html"),
        reply(body='{"status": "ok", "message-type": "work", "message": {"title": []}}'),
        reset,
        hang,
    ],
    ids=["500", "no JSON", "HTML", "no title", "reset", "hang"],
)
def test_whatever_comes_of_crossref_doi_org_is_asked(server: Server, look: Look, bad: Reply) -> None:
    server.on(WORK, bad)
    server.on(NEGOTIATED, reply(body=answers.datacite()))
    assert look(DOI, seconds=2.5 if bad is hang else 20).title == "Counts of pianos, by street"


def test_if_neither_answers_the_first_is_told_of(server: Server, look: Look) -> None:
    server.on(WORK, reply(500))
    server.on(NEGOTIATED, reply(502))
    assert told(look, DOI) == "server.test answered 500"


def test_a_paper_is_asked_of_arxiv(server: Server, look: Look) -> None:
    server.on(PAPER, reply(body=answers.feed(), kind="application/atom+xml; charset=UTF-8"))
    found = look("https://arxiv.org/pdf/2303.01469.pdf")
    assert (found.title, found.arxiv, found.date) == ("Imaginary Models of Pianos & Harps", "2303.01469", "2023-03-02")
    assert server.asked == [PAPER]


@pytest.mark.parametrize("entry", ["", answers.ERROR_ENTRY])
def test_a_paper_that_is_not_there_is_an_answer_without_it(server: Server, look: Look, entry: str) -> None:
    server.on(PAPER, reply(body=answers.feed(entry), kind="application/atom+xml"))
    assert told(look, "2303.01469") == "there is no paper 2303.01469 on arXiv"


def test_a_document_type_is_refused(server: Server, look: Look) -> None:
    bomb = answers.feed(before='<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')
    server.on(PAPER, reply(body=bomb, kind="application/atom+xml"))
    assert "found a declaration of types or entities; expected none" in told(look, "2303.01469")


def test_an_address_is_asked_for_its_page(server: Server, look: Look) -> None:
    server.on(PAGE, packed(answers.page(answers.HIGHWIRE).encode(), "text/html"))
    found = look(server.base + PAGE)
    assert found == Source(
        "Where the tuners are",
        ("Yang Song", "Bo Lee"),
        "2019-05-07",
        "Journal of Imaginary Pianos",
        doi="10.5555/pianos.2019.1",
        url=server.base + PAGE,
    )


def test_a_page_that_is_not_there(server: Server, look: Look) -> None:
    assert told(look, server.base + "/none") == f"there is no page {server.base}/none"


# What a request says


def test_a_request_says_who_asks_and_no_more(server: Server, look: Look) -> None:
    server.on(f"{WORK}?mailto=ana%40example.org", reply(body=answers.crossref()))
    look(DOI, mail="ana@example.org")
    head = server.heads[0].lower()
    assert "user-agent: abduce/" in head
    assert "(mailto:ana@example.org)\r\n" in head
    assert "accept-encoding: gzip\r\n" in head
    assert f"host: server.test:{server.port}\r\n" in head
    assert not {"cookie:", "referer:", "authorization:"} & set(head.split())


def test_a_page_is_not_told_the_mail_address(server: Server, look: Look) -> None:
    server.on(PAGE, reply(body=answers.page(answers.OPEN_GRAPH), kind="text/html"))
    look(server.base + PAGE, mail="ana@example.org")
    assert "ana" not in server.heads[0]


def test_a_doi_whose_agency_knows_no_csl_is_read_from_its_page(server: Server, look: Look) -> None:
    server.on(NEGOTIATED, redirect("/landing"))
    server.on("/landing", reply(body=answers.page(answers.OPEN_GRAPH), kind="text/html; charset=utf-8"))
    assert look(DOI) == Source("A piano falls", (), "2020-08-30", "Piano Weekly", doi=DOI)


def test_a_fault_behind_a_redirect_is_told_of_the_host_that_has_it(server: Server, look: Look) -> None:
    server.on(PAGE, redirect("http://other.test:1/"))
    assert told(look, server.base + PAGE) == "other.test refuses the connection"


def test_proxies_of_the_environment_are_not_used(server: Server, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.on(WORK, reply(body=answers.crossref()))
    assert look(DOI).doi == DOI


# What is kept


def test_what_was_found_is_not_asked_again(server: Server, look: Look) -> None:
    cache = MemoryCache()
    server.on(WORK, reply(body=answers.crossref()))
    first = look(DOI, cache=cache)
    assert look(f"https://dx.doi.org/{DOI.upper()}", cache=cache) == first
    assert look(DOI, cache=cache, offline=True) == first
    assert server.asked == [WORK]


def test_what_was_not_found_is_asked_again(server: Server, look: Look) -> None:
    cache = MemoryCache()
    told(look, DOI, cache=cache)
    server.on(WORK, reply(body=answers.crossref()))
    assert look(DOI, cache=cache).doi == DOI


def test_a_page_is_asked_again_after_a_month_and_a_paper_is_not(clock: Clock) -> None:
    cache = MemoryCache(clock)
    page, paper = identify("https://example.org/").key, identify("2303.01469").key
    cache.put(page, Source("A page"))
    cache.put(paper, Source("A paper"))
    clock.advance(days=30)
    assert cache.get(page) == Source("A page")
    clock.now += timedelta(seconds=1)
    assert cache.get(page) is None
    assert cache.get(paper) == Source("A paper")


def test_without_leave_nothing_is_asked(server: Server, look: Look) -> None:
    with pytest.raises(LookupProblem, match=r"look-ups are switched off \(offline\)"):
        look(DOI, offline=True)
    assert server.looked_up == []
