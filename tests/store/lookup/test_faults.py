"""Where a look-up may go, and every way in which a server can fail it."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
import time
from pathlib import Path

import pytest

from store.errors import LookupProblem
from store.lookup.ladder import look_up
from store.network.services import Services
from store.settings import Settings
from tests.store.lookup import answers
from tests.store.lookup.conftest import Look, told
from tests.store.lookup.memory_cache import MemoryCache
from tests.store.network.server import Reply, Server, drip, hang, packed, redirect, reply, reset, running

DOI = "10.5555/pianos.2023.7"
WORK = "/crossref/works/10.5555%2Fpianos.2023.7"
NEGOTIATED = f"/doi/{DOI}"
PAPER = "/arxiv/api/query?id_list=2303.01469&max_results=1"
PAGE = "/page"


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
        ("http://server.test:70000/", "found the port 70000 at server.test; expected one from 1 to 65535"),
        (f"http://{'a' * 90}.test/", f"there is no host {'a' * 80}…, or no network"),
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
def test_no_look_up_takes_longer_than_it_may(server: Server, look: Look, act: Reply) -> None:
    server.on(PAGE, act)
    start = time.monotonic()
    assert told(look, server.base + PAGE, seconds=0.3) == "server.test does not answer"
    assert time.monotonic() - start < 10


def test_no_phase_takes_longer_than_it_may(server: Server, look: Look) -> None:
    server.on(PAGE, hang)
    start = time.monotonic()
    assert told(look, server.base + PAGE, seconds=30, phase=0.2) == "server.test does not answer"
    assert time.monotonic() - start < 10


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


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl")
def test_a_certificate_is_asked_for_by_name_and_must_be_good(tmp_path: Path) -> None:
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key -out cert"
    command += " -days 2 -subj /CN=server.test -addext subjectAltName=DNS:server.test"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    names: list[str] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with running(context) as server:
        services = server.services()
        with pytest.raises(
            LookupProblem, match=r"^there is no safe connection to server\.test: its certificate is not"
        ):
            look_up(f"https://server.test:{server.port}/", Settings(), MemoryCache(), services=services)
    assert (names, server.asked) == (["server.test"], [])


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
    assert time.monotonic() - start < 10


def test_a_look_up_can_be_stopped_from_another_thread(server: Server, look: Look) -> None:
    server.on(PAGE, hang)
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    start = time.monotonic()
    with pytest.raises(LookupProblem, match="the look-up was stopped"):
        look(server.base + PAGE, stop=stop, seconds=30, phase=30)
    assert time.monotonic() - start < 10
