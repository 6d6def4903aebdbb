"""Look-ups over a real connection: the ladder of services, and every way in which they can fail."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from store.errors import LookupProblem
from store.lookup.cache import MemoryCache
from store.lookup.identifiers import identify
from store.lookup.ladder import look_up
from store.lookup.services import Services
from store.lookup.source import Source
from store.settings import Settings
from tests.conftest import Clock
from tests.store.lookup import answers
from tests.store.lookup.conftest import Look
from tests.store.lookup.server import Server, drip, hang, packed, redirect, reply, reset

DOI = "10.5555/pianos.2023.7"
WORK = "/crossref/works/10.5555%2Fpianos.2023.7"
NEGOTIATED = f"/doi/{DOI}"
PAPER = "/arxiv/api/query?id_list=2303.01469&max_results=1"
PAGE = "/page"


def told(look: Look, text: str, **options: float) -> str:
    with pytest.raises(LookupProblem) as problem:
        look(text, **options)
    assert "\n" not in str(problem.value)
    return str(problem.value)


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
def test_whatever_comes_of_crossref_doi_org_is_asked(server: Server, look: Look, bad: bytes) -> None:
    server.on(WORK, bad)
    server.on(NEGOTIATED, reply(body=answers.datacite()))
    assert look(DOI, seconds=0.8).title == "Counts of pianos, by street"


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
    assert "declares a document type" in told(look, "2303.01469")


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


# Where it may go


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("http://127.0.0.2/", "127.0.0.2 is 127.0.0.2"),
        ("http://169.254.169.254/latest/meta-data", "169.254.169.254 is 169.254.169.254"),
        ("http://[::1]/", "::1 is ::1"),
        ("http://2130706434/", "2130706434 is 127.0.0.2"),
        ("http://0x7f.2/", "0x7f.2 is 127.0.0.2"),
        ("http://0/", "0 is 0.0.0.0"),
        ("http://10.1.2.3:8080/", "10.1.2.3 is 10.1.2.3"),
        ("http://[::ffff:127.0.0.2]/", "is ::ffff:"),
        ("http://[64:ff9b::7f00:2]/", "is 64:ff9b::7f00:2"),
        ("http://inner.test/", "inner.test is 192.168.1.1"),
        ("http://two.test/", "two.test is 10.0.0.1"),
    ],
)
def test_a_redirect_into_the_neighbourhood_is_not_followed(server: Server, look: Look, place: str, shown: str) -> None:
    server.on(PAGE, redirect(place))
    sentence = told(look, server.base + PAGE)
    assert shown in sentence
    assert sentence.endswith("which is not on the public internet; it is not asked")


def test_nothing_on_this_machine_is_reached_without_a_tests_leave(server: Server) -> None:
    with pytest.raises(LookupProblem, match=r"127\.0\.0\.1 is 127\.0\.0\.1, which is not on the public internet"):
        look_up(f"http://127.0.0.1:{server.port}/", Settings(), MemoryCache(), services=Services())
    assert server.asked == []


def test_a_name_is_looked_up_once_and_what_was_checked_is_what_is_reached(server: Server, look: Look) -> None:
    server.on(PAGE, reply(body=answers.page(answers.OPEN_GRAPH), kind="text/html"))
    look(server.base + PAGE)
    assert server.looked_up == ["server.test"]


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("ftp://server.test/x", "found an address that begins with ftp:; expected https:// or http://"),
        ("file:///etc/passwd", "found an address that begins with file:; expected https:// or http://"),
        ("http://me:secret@server.test/", "found an address with a user name before server.test; expected one without"),
        ("http://server.test:x/", "server.test broke the connection off, or answered what makes no sense"),
        ("", "server.test redirects nowhere"),
    ],
)
def test_a_redirect_to_what_is_no_page(server: Server, look: Look, place: str, sentence: str) -> None:
    server.on(PAGE, redirect(place))
    assert told(look, server.base + PAGE) == sentence


def test_redirects_end(server: Server, look: Look) -> None:
    server.on(PAGE, redirect(PAGE))
    assert told(look, server.base + PAGE) == "server.test redirects more than 5 times"
    assert len(server.asked) == 6


# How it fails


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (reply(500), "server.test answered 500"),
        (reply(403), "server.test answered 403"),
        (reply(204), "server.test answered 204"),
        (reply(503), "server.test is busy; try again later"),
        (reply(429, Retry_After="soon"), "server.test is busy; try again later"),
        (reply(body=b"%PDF-1.7", kind="application/pdf"), "server.test answered a PDF file; expected a web page"),
        (reply(body=b"x", kind="image/png"), "server.test answered 'image/png'; expected a web page"),
        (
            reply(body=answers.page(""), kind="text/html"),
            "the answer of server.test makes no sense: the page has no title",
        ),
        (
            reply(body=b"x", kind="text/html", Content_Encoding="br"),
            "server.test answered in the encoding 'br'; expected gzip or none",
        ),
        (
            reply(body=b"this is no gzip", kind="text/html", Content_Encoding="gzip"),
            "server.test answered what is not gzip although it says so",
        ),
        (
            reply(body=gzip.compress(b"x" * 99)[:-9], kind="text/html", Content_Encoding="gzip"),
            "the answer of server.test ended too early",
        ),
        (
            reply(body=b"<title>x", kind="text/html", Content_Length="900"),
            "server.test broke the connection off, or answered what makes no sense",
        ),
        (b"what?\r\n\r\n", "server.test broke the connection off, or answered what makes no sense"),
        (b"", "server.test broke the connection off, or answered what makes no sense"),
        (reset, "server.test broke the connection off, or answered what makes no sense"),
    ],
)
def test_a_fault_is_one_sentence(server: Server, look: Look, answer: bytes, sentence: str) -> None:
    server.on(PAGE, answer)
    assert told(look, server.base + PAGE).replace(str(server.port), "PORT") == sentence


@pytest.mark.parametrize("act", [hang, drip])
def test_no_look_up_takes_longer_than_it_may(server: Server, look: Look, act: Callable[..., None]) -> None:
    server.on(PAGE, act)  # type: ignore[arg-type]
    start = time.monotonic()
    assert told(look, server.base + PAGE, seconds=0.3) == "server.test does not answer"
    assert time.monotonic() - start < 2


def test_no_phase_takes_longer_than_it_may(server: Server, look: Look) -> None:
    server.on(PAGE, hang)
    start = time.monotonic()
    assert told(look, server.base + PAGE, seconds=30, phase=0.2) == "server.test does not answer"
    assert time.monotonic() - start < 5


def test_an_answer_that_is_too_large_is_refused_and_a_page_is_cut(server: Server, look: Look) -> None:
    server.on(PAPER, packed(b" " * 30_000_000, "application/atom+xml"))
    assert told(look, "2303.01469") == "the answer of server.test has more than 2,000,000 bytes"
    server.on(PAPER, reply(body=b" " * 3_000_000, kind="application/atom+xml"))
    assert told(look, "2303.01469") == "the answer of server.test has more than 2,000,000 bytes"
    server.on(PAGE, packed(answers.page(answers.OPEN_GRAPH).encode() + b" " * 30_000_000, "text/html"))
    assert look(server.base + PAGE).title == "A piano falls"


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("nowhere.invalid", "there is no host nowhere.invalid, or no network"),
        ("later.invalid", "there is no network: the address of later.invalid cannot be found out"),
    ],
)
def test_a_host_that_cannot_be_found(look: Look, host: str, sentence: str) -> None:
    assert told(look, f"https://{host}/") == sentence


def test_without_a_network_the_services_cannot_be_found(server: Server) -> None:
    services = Services(resolve=server.resolve)
    with pytest.raises(LookupProblem) as problem:
        look_up(DOI, Settings(), MemoryCache(), services=services)
    assert str(problem.value) == "there is no network: the address of api.crossref.org cannot be found out"
    assert server.looked_up == ["api.crossref.org", "doi.org"]


def test_a_host_that_refuses(server: Server, look: Look) -> None:
    assert told(look, "http://server.test:1/") == "server.test refuses the connection"


def test_what_is_no_tls_is_told(server: Server, look: Look) -> None:
    server.greeting = b"220 mail.test ESMTP\r\n"
    sentence = told(look, f"https://server.test:{server.port}{PAGE}")
    assert sentence == "there is no safe connection to server.test: wrong version number"


def test_a_greeting_for_tls_that_nobody_answers_ends_too(server: Server, look: Look) -> None:
    assert told(look, f"https://server.test:{server.port}{PAGE}", seconds=0.2) == "server.test does not answer"


# Waiting and stopping


@pytest.mark.parametrize("after", ["0", "Thu, 01 Jan 1970 00:00:00 GMT"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_asked_once_more_when_it_says(server: Server, look: Look, status: int, after: str) -> None:
    server.on(WORK, reply(status, Retry_After=after), reply(body=answers.crossref()))
    assert look(DOI).doi == DOI
    assert server.asked == [WORK, WORK]


def test_a_busy_service_is_not_asked_a_third_time(server: Server, look: Look) -> None:
    server.on(PAPER, reply(429, Retry_After="0"))
    assert told(look, "2303.01469") == "server.test is busy; try again later"
    assert server.asked == [PAPER, PAPER]


def test_a_service_that_is_busy_for_longer_is_not_waited_for(server: Server, look: Look) -> None:
    server.on(PAPER, reply(429, Retry_After="3600"))
    start = time.monotonic()
    assert told(look, "2303.01469") == "server.test is busy and asks to wait for 3600 seconds; try again later"
    assert time.monotonic() - start < 1.5


def test_a_look_up_can_be_stopped_from_another_thread(server: Server, look: Look) -> None:
    server.on(PAGE, hang)
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    start = time.monotonic()
    with pytest.raises(LookupProblem, match="the look-up was stopped"):
        look(server.base + PAGE, stop=stop, seconds=30, phase=30)
    assert time.monotonic() - start < 5


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
    told(look, DOI, cache=cache)  # type: ignore[arg-type]
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
