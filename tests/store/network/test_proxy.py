"""What goes out by a proxy, to whom; and whose certificates are trusted."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hypotheses.problems import Malformed
from store.errors import LookupProblem
from store.lookup.ladder import look_up
from store.lookup.source import Source
from store.network.addresses import is_inner
from store.proxy import Proxy, proxy_of
from store.settings import Settings
from tests.store.lookup import answers
from tests.store.lookup.memory_cache import MemoryCache
from tests.store.network.proxy import StandInProxy, running_proxy
from tests.store.network.server import Server, redirect, reply, running

PAGE = reply(body=answers.page(answers.OPEN_GRAPH), kind="text/html")
SECRET = "s3cr3t"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        server.on("/page", PAGE)
        yield server


@pytest.fixture
def proxy(server: Server) -> Iterator[StandInProxy]:
    with running_proxy(server.port) as proxy:
        yield proxy


def looked_up(
    server: Server, proxy: StandInProxy | None, address: str, *, user: str = "", certificates: str = ""
) -> Source:
    by = f"http://{user}127.0.0.1:{proxy.port}" if proxy else ""
    settings = Settings(lookup_seconds=10, proxy=by, certificates=certificates)
    return look_up(address, settings, MemoryCache(), services=server.services())


def refused(server: Server, proxy: StandInProxy | None, address: str, **options: str) -> str:
    with pytest.raises(LookupProblem) as problem:
        looked_up(server, proxy, address, **options)
    assert SECRET not in str(problem.value)
    return str(problem.value)


# How it is named


@pytest.mark.parametrize(
    ("address", "proxy"),
    [
        ("http://proxy.example.org:3128", Proxy("http", "proxy.example.org", 3128)),
        ("http://10.0.0.1:8080/", Proxy("http", "10.0.0.1", 8080)),
        ("https://proxy.example.org", Proxy("https", "proxy.example.org", 443)),
        ("http://ana:p%40ss@proxy:3128", Proxy("http", "proxy", 3128, ("ana", "p@ss"))),
        ("http://[::1]:3128", Proxy("http", "::1", 3128)),
    ],
)
def test_the_address_of_a_proxy(address: str, proxy: Proxy) -> None:
    assert proxy_of(address) == proxy
    assert "p@ss" not in repr(proxy)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "proxy:3128",
        "socks5://proxy:1080",
        "http://",
        "http://proxy:x",
        "http://proxy:0",
        "http://a/b",
        "http://a?b",
        "http://a\n",
        "http://a b",
    ],
)
def test_what_is_no_address_of_a_proxy_is_not_told_as_it_may_be_a_password(address: str) -> None:
    with pytest.raises(Malformed, match=r"^expected the address of a proxy, such as "):
        proxy_of(address)


@pytest.mark.parametrize(
    "host", ["localhost", "printer", "nas.local", "a.internal", "x.home.arpa", "PRINTER.LAN", "a.corp"]
)
def test_names_of_the_neighbourhood(host: str) -> None:
    assert is_inner(host)


@pytest.mark.parametrize("host", ["example.org", "local.example.org", "lan.de", "2606:4700::1111"])
def test_names_of_the_internet(host: str) -> None:
    assert not is_inner(host)


# What goes by it


def test_a_page_is_asked_for_by_the_proxy(server: Server, proxy: StandInProxy) -> None:
    assert looked_up(server, proxy, "http://other.test/page").title == "A piano falls"
    assert proxy.asked == ["GET http://other.test/page HTTP/1.1"]


def test_who_asks_is_told_to_the_proxy_and_to_nobody_else(server: Server, proxy: StandInProxy) -> None:
    looked_up(server, proxy, "http://other.test/page", user=f"ana:{SECRET}@")
    assert "proxy-authorization: basic yw5honmzy3izda==" in proxy.heads[0].lower()  # base64 of ana:s3cr3t
    server.on("/page", redirect("http://10.0.0.1/"))
    assert "ana" not in refused(server, proxy, "http://other.test/page", user=f"ana:{SECRET}@")


def test_a_name_that_is_not_known_here_is_left_to_the_proxy(server: Server, proxy: StandInProxy) -> None:
    assert looked_up(server, proxy, "http://elsewhere.org/page").title == "A piano falls"
    assert proxy.asked == ["GET http://elsewhere.org/page HTTP/1.1"]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://10.1.2.3/page", "10.1.2.3 is 10.1.2.3, which is not on the public internet; it is not asked"),
        (
            "http://169.254.169.254/page",
            "169.254.169.254 is 169.254.169.254, which is not on the public internet; it is not asked",
        ),
        ("http://[::1]/page", "::1 is ::1, which is not on the public internet; it is not asked"),
        ("http://inner.test/page", "inner.test is 192.168.1.1, which is not on the public internet; it is not asked"),
        ("http://two.test/page", "two.test is 10.0.0.1, which is not on the public internet; it is not asked"),
        ("http://printer/page", "printer is no name of the public internet; it is not asked"),
        ("http://nas.local/page", "nas.local is no name of the public internet; it is not asked"),
        ("http://2130706434/page", "2130706434 is no name of the public internet; it is not asked"),
        ("http://10.1.2.3./page", "10.1.2.3 is 10.1.2.3, which is not on the public internet; it is not asked"),
        ("http://nas.local./page", "nas.local is no name of the public internet; it is not asked"),
    ],
)
def test_the_neighbourhood_is_not_asked_for_by_a_proxy_either(
    server: Server, proxy: StandInProxy, address: str, sentence: str
) -> None:
    server.on("/start", redirect(address))
    assert refused(server, proxy, "http://other.test/start") == sentence
    assert proxy.asked == ["GET http://other.test/start HTTP/1.1"]  # and not what it redirects to


def test_a_proxy_that_says_no_or_is_not_there_is_told(server: Server, proxy: StandInProxy) -> None:
    proxy.refuses = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    assert refused(server, proxy, "https://other.test/page") == "the proxy does not let other.test be asked"
    assert refused(server, proxy, "http://other.test/page") == "other.test answered 407"
    gone = StandInProxy(1, port=1)
    sentence = "the proxy 127.0.0.1 at port 1 cannot be reached"
    assert refused(server, gone, "http://other.test/page", user=f"ana:{SECRET}@") == sentence


def test_what_is_no_proxy_is_refused_before_anybody_is_asked(server: Server) -> None:
    settings = Settings(proxy=f"ftp://ana:{SECRET}@proxy")
    with pytest.raises(LookupProblem, match=r"^the proxy of the settings is none; expected the address of a proxy"):
        look_up("http://other.test/page", settings, MemoryCache(), services=server.services())
    assert SECRET not in repr(settings)
    assert server.asked == []


# Whose certificates are trusted


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("makes a certificate with openssl")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key -out cert.pem"
    command += " -days 2 -subj /CN=other.test -addext subjectAltName=DNS:other.test"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / "cert.pem"


def test_a_certificate_of_ones_own_authority_is_trusted_if_it_is_named(certificate: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, certificate.with_name("key"))
    with running(context) as server, running_proxy(server.port) as proxy:
        server.on("/page", PAGE)
        address = f"https://other.test:{server.port}/page"
        assert refused(server, None, address).startswith(
            "there is no safe connection to other.test: its certificate is"
        )
        assert looked_up(server, None, address, certificates=str(certificate)).title == "A piano falls"
        assert looked_up(server, proxy, address, certificates=str(certificate)).title == "A piano falls"
        assert proxy.asked == [f"CONNECT other.test:{server.port} HTTP/1.1"]
        assert refused(server, proxy, address).startswith(
            "there is no safe connection to other.test: its certificate is"
        )


def test_certificates_that_cannot_be_read_are_told(server: Server, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("nothing\n")
    for name, why in (("none.pem", "No such file or directory"), ("empty.pem", "it has none")):
        place = str(tmp_path / name)
        sentence = refused(server, None, "http://other.test/page", certificates=place)
        assert sentence == f"the certificates in {place} cannot be read: {why}"
