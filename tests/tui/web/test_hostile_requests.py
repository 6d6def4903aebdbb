"""What is sent to the page by somebody who means no good, or by a program that is broken."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack, suppress
from urllib.parse import quote

from tests.tui.web.conftest import MakeSite
from tests.tui.web.site import FORM, Site, Visit, answer_in, everything
from tests.tui.web.test_page import ideas_of

PATHS = {"/": "GET, HEAD, POST", "/idea": "GET, HEAD", "/idea/abc": "GET, HEAD", "/style.css": "GET, HEAD"}


# Methods and paths


def test_other_methods_are_refused_with_those_there_are(site: Site) -> None:
    for path, allowed in PATHS.items():
        for method in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "get", "FOO"):
            answer = site.spoken(f"{method} {path} HTTP/1.1", "Host: HOST")
            assert answer.status == 405, (method, path)
            assert sorted(answer.headers["allow"].split(", ")) == allowed.split(", ")
            assert answer.is_strict()
    assert site.spoken("POST /idea HTTP/1.1", "Host: HOST", "Content-Length: 0").status == 405


def test_head_is_answered_without_a_body(site: Site) -> None:
    answer = site.spoken("HEAD / HTTP/1.1", "Host: HOST")
    assert (answer.status, answer.body) == (200, "")
    assert int(answer.headers["content-length"]) > 1000


def test_what_is_not_there_is_not_there_and_is_not_repeated(site: Site) -> None:
    for path in (
        "/nothing",
        "/..%2f..%2f..%2fetc/passwd",
        "/../pyproject.toml",
        "/style.css/",
        "/templates/debate.html",
        "//evil.example/",
        "/%00",
        "/%1b]0;title",
        "/ideas.json",
        "/favicon.ico",
        "http://evil.example/",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
        "/idea/%3Cscript%3Ealert(1)%3C/script%3E",
        "/idea/..%2f..",
        "/idea/" + "x" * 9000,
        "/\xff",
    ):
        answer = site.spoken(f"GET {path} HTTP/1.1", "Host: HOST")
        assert answer.status == (400 if path == "/\xff" else 404), path
        assert answer.is_strict()
        assert not [words for words in ("script>", "evil", "passwd", "xxxx", "\x1b") if words in answer.body]


# Hosts


def test_a_request_calls_the_page_by_its_name(site: Site) -> None:
    right = (site.host, f"localhost:{site.port}", f"LocalHost:{site.port}")
    wrong = ("evil.example", "127.0.0.1", f"127.0.0.1:{site.port + 1}", f"evil.example:{site.port}", "", "127.0.0.1:",
             f"{site.host}.evil.example", f"user@{site.host}", "[::1]", "0.0.0.0:80")  # fmt: skip
    assert [site.spoken("GET / HTTP/1.1", f"Host: {name}").status for name in right] == [200] * len(right)
    for name in wrong:
        answer = site.spoken("GET / HTTP/1.1", f"Host: {name}", "X-Forwarded-Host: HOST", "Forwarded: host=HOST")
        assert answer.status == 421, name
        assert answer.is_strict()
        assert "evil" not in answer.body
    assert site.spoken("GET / HTTP/1.0").status == 421
    assert site.spoken("GET / HTTP/1.1").status == 400
    assert site.spoken("GET / HTTP/1.1", "Host: HOST", "Host: evil.example").status == 400


# Where a form comes from


def test_a_form_of_another_site_is_refused(site: Site) -> None:
    visit, here = site.visit(), f"http://{site.host}"
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"https://{site.host}"},
        {"Origin": f"http://127.0.0.1:{site.port + 1}"},
        {"Origin": f"{here}.evil.example"},
        {"Origin": f"{here}/"},
        {"Origin": here, "Sec-Fetch-Site": "cross-site"},
        {"Origin": here, "Sec-Fetch-Site": "same-site"},
        {"Origin": "", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "", "Sec-Fetch-Site": "none"},
    ):
        answer = visit.with_headers(headers, title="From elsewhere")
        assert answer.status == 403, headers
        assert answer.is_strict()
    assert ideas_of(site) == []
    assert visit.with_headers({"Sec-Fetch-Site": "same-origin"}, title="From here").status == 303
    assert visit.with_headers({"Origin": ""}, title="From no browser").status == 303


def test_no_other_site_is_let_read_or_frame_the_page(site: Site) -> None:
    answer = site.get(Origin="http://evil.example")
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"


def test_every_answer_but_the_form_says_that_nobody_is_told_where_a_reader_comes_from(site: Site) -> None:
    sent = site.send(title="Mine")
    for path in (sent.headers["location"], "/style.css", "/nothing", "/idea/abc"):
        assert site.get(path).headers["referrer-policy"] == "no-referrer"
    assert sent.headers["referrer-policy"] == "no-referrer"
    # Under `no-referrer` a browser says `Origin: null` with a form.
    assert site.get("/").headers["referrer-policy"] == "same-origin"


# Bodies


def with_body(visit: Visit, body: bytes, **headers: str) -> tuple[int, bool]:
    given = {"Content-Type": FORM, "Cookie": visit.cookie}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    answer = visit.site.ask("POST", "/", body, given)
    return answer.status, answer.is_strict()


def test_a_form_that_is_none_is_refused(site: Site) -> None:
    visit = site.visit()
    start = f"token={visit.token}&title="
    for ending in (
        "%00", "a%00b", "%FF%FE", "%ED%A0%80", "%C0%AF", "%zz", "%", "%4", "x&title=y", "x&colour=red",
        "x&" + "&".join(f"f{n}=1" for n in range(50)),
    ):  # fmt: skip
        assert with_body(visit, f"{start}{ending}".encode()) == (400, True), ending
    assert with_body(visit, f"{start}é".encode()) == (400, True)
    assert with_body(visit, f"{start}x".encode("utf-16")) == (400, True)
    assert with_body(visit, b"\x00\x01\x02") == (400, True)
    assert with_body(visit, b"") == (403, True)
    assert with_body(visit, b"=&=&=") == (400, True)
    assert ideas_of(site) == []


def test_only_a_form_is_taken(site: Site) -> None:
    visit = site.visit()
    body = f"token={visit.token}&kind=comment&title=Fine".encode()
    for kind in ("", "text/plain", "multipart/form-data; boundary=x", "application/json", f"{FORM}; charset=latin-1",
                 f"{FORM}, text/html", "x" * 500):  # fmt: skip
        assert with_body(visit, body, Content_Type=kind) == (415, True), kind
    for packing in ("gzip", "br", "deflate, gzip", "zstd"):
        assert with_body(visit, body, Content_Encoding=packing) == (415, True)
    assert ideas_of(site) == []
    assert with_body(visit, body, Content_Type=f"{FORM.upper()}; Charset=UTF-8") == (303, True)


def test_a_body_is_as_long_as_it_says_once(site: Site) -> None:
    visit = site.visit()
    body = f"token={visit.token}&kind=comment&title=Smuggled".encode()
    size = len(body)
    head = ("POST / HTTP/1.1", "Host: HOST", f"Cookie: {visit.cookie}", f"Content-Type: {FORM}")
    chunked = f"{size:x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    for lines, sent, status in (
        ((f"Content-Length: {size}", "Transfer-Encoding: chunked"), chunked, 400),
        (("Transfer-Encoding: chunked", f"Content-Length: {size}"), chunked, 400),
        ((f"Content-Length: {size}", f"Content-Length: {size + 1}"), body, 400),
        ((f"Content-Length: {size}, {size + 1}",), body, 400),
        (("Content-Length: -1",), body, 400),
        ((f"Content-Length: +{size}",), body, 400),
        (("Content-Length: 0x20",), body, 400),
        (("Content-Length: ten",), body, 400),
        (("Transfer-Encoding: xchunked",), chunked, 400),
        (("Transfer-Encoding: chunked, identity",), chunked, 400),
        (("Transfer-Encoding: gzip, chunked",), chunked, 400),
        (("Transfer-Encoding: chunked",), b"zz\r\n" + body, 400),
        (("Transfer-Encoding: chunked",), b"-5\r\n" + body, 400),
        (("Transfer-Encoding: chunked",), b"5\r\n" + body, 400),
        (("Transfer-Encoding: chunked",), f"{size:x}".encode() + b"x" * 20_000, 400),
        (("Transfer-Encoding: chunked",), b"f" * 30 + b"\r\n" + body, 400),
        ((f"Content-Length : {size}",), body, 400),
        ((" folded: header",), body, 415),
        (("Bad\x00Header: x",), body, 400),
    ):
        answer = site.spoken(*head, *lines, body=sent)
        assert answer.status == status, lines
        assert answer.is_strict()
    assert ideas_of(site) == []
    assert site.spoken(*head, "Transfer-Encoding: chunked", body=chunked).status == 303


def test_a_body_of_64_megabytes_is_refused_before_it_is_here(site: Site) -> None:
    whole = b"title=" + b"x" * 64_000_000
    assert site.ask("POST", "/", whole[:70_000], {"Content-Type": FORM}).status == 413
    head = b"POST / HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\n" % (site.host.encode(), FORM.encode())
    for lines, sent in (
        (b"Content-Length: %d\r\n\r\n" % len(whole), whole),
        (b"Transfer-Encoding: chunked\r\n\r\n", b"%x\r\n" % len(whole) + whole),
        (b"Content-Length: 99999999999999999999999\r\n\r\n", b"title="),
    ):
        began = time.perf_counter()
        answered = site.raw(head + lines + sent)
        # Cut off while it sends, a client may not have seen why.
        assert not answered or answer_in(answered).status in (413, 400)
        assert time.perf_counter() - began < 8
    assert ideas_of(site) == []


def test_a_form_that_is_too_long_says_how_long_it_may_be(site: Site) -> None:
    # Two bytes each in UTF-8, three signs for each byte of those.
    again = site.send(title="Long", text="é" * 12_000)
    assert again.status == 413
    assert "64 kB" in again.text
    assert again.is_strict()


def test_one_connection_has_one_answer(site: Site) -> None:
    one = f"GET / HTTP/1.1\r\nHost: {site.host}\r\nConnection: keep-alive\r\n\r\n".encode()
    answered = site.raw(one * 20)
    assert answered.count(b"HTTP/1.1 200") == 1
    assert answered.count(b"<!doctype html>") == 1


def test_heads_that_are_too_long_or_no_http_are_refused(site: Site) -> None:
    host = f"Host: {site.host}\r\n".encode()
    for sent in (
        b"GET / HTTP/1.1\r\n" + host + b"X: " + b"y" * 40_000 + b"\r\n\r\n",
        b"GET /" + b"y" * 40_000 + b" HTTP/1.1\r\n" + host + b"\r\n",
        b"GET /?" + b"y" * 400_000 + b" HTTP/1.1\r\n" + host + b"\r\n",
        b"GET / HTTP/1.1\r\n" + host + b"A: b\r\n" * 20_000 + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
        b"GET / HTTP/9.9\r\n" + host + b"\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\r\n\r\n\r\n",
        b"SSH-2.0-x\r\n",
    ):
        answered = site.raw(sent + b"\r\n\r\n")
        # Cut off while it sends, a client may not have seen why.
        assert not answered or answer_in(answered).status in (400, 421, 431, 505), sent[:40]
        assert not answered or answer_in(answered).is_strict()
    upgraded = site.spoken("GET / HTTP/1.1", "Host: HOST", "Connection: Upgrade", "Upgrade: websocket",
                           "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==", "Sec-WebSocket-Version: 13")  # fmt: skip
    assert upgraded.status == 200
    assert site.get().status == 200


# Slow senders, and many


def drip(sock: socket.socket, data: bytes, every: float) -> tuple[bytes, float]:
    """Send byte by byte until the other end is gone; return what it said and how long that took."""
    began, done = time.perf_counter(), threading.Event()

    def send() -> None:
        with suppress(OSError):
            for place in range(len(data)):
                sock.sendall(data[place : place + 1])
                if done.wait(every):
                    return

    sender = threading.Thread(target=send)
    sender.start()
    answered = everything(sock)
    done.set()
    sender.join()
    return answered, time.perf_counter() - began


def test_a_head_that_comes_byte_by_byte_is_cut_off(make_site: MakeSite) -> None:
    site = make_site(head_seconds=0.6)
    with site.connect() as sock:
        answered, took = drip(sock, f"GET / HTTP/1.1\r\nHost: {site.host}\r\nX: {'y' * 5000}".encode(), 0.05)
    assert (answer_in(answered).status, answer_in(answered).is_strict()) == (408, True)
    assert 0.5 < took < 5


def test_a_body_that_comes_byte_by_byte_is_cut_off(make_site: MakeSite) -> None:
    site = make_site(body_seconds=0.6)
    for length in ("Content-Length: 5000", "Transfer-Encoding: chunked"):
        head = f"POST / HTTP/1.1\r\nHost: {site.host}\r\nContent-Type: {FORM}\r\n{length}\r\n\r\n"
        with site.connect() as sock:
            sock.sendall(head.encode())
            answered, took = drip(sock, b"1\r\nx\r\n" * 1000 if "chunked" in length else b"x" * 5000, 0.05)
        assert (answer_in(answered).status, answer_in(answered).is_strict()) == (408, True)
        assert 0.5 < took < 5
    assert ideas_of(site) == []


def test_who_says_nothing_is_cut_off(make_site: MakeSite) -> None:
    site = make_site(head_seconds=0.3)
    with site.connect() as sock:
        began = time.perf_counter()
        assert answer_in(everything(sock)).status == 408
        assert time.perf_counter() - began < 5


def test_who_does_not_take_the_answer_is_cut_off(make_site: MakeSite) -> None:
    site = make_site(answer_seconds=0.4, connections=1)
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        sock.connect(("127.0.0.1", site.port))
        sock.sendall(f"GET / HTTP/1.1\r\nHost: {site.host}\r\n\r\n".encode())
        until = time.monotonic() + 8
        while site.spoken("GET /style.css HTTP/1.1", "Host: HOST").status == 503:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_only_so_many_are_let_in_at_once_and_others_when_they_are_gone(make_site: MakeSite) -> None:
    site = make_site(connections=8, head_seconds=1.5)
    with ExitStack() as stack:
        idle = [stack.enter_context(site.connect()) for _ in range(8)]
        time.sleep(0.1)
        refused = [answer_in(site.raw(b"")) for _ in range(30)]
        assert {answer.status for answer in refused} == {503}
        assert all(answer.is_strict() and answer.headers["retry-after"] for answer in refused)
        assert {answer_in(everything(sock)).status for sock in idle} == {408}
        assert site.get().status == 200


def test_one_address_does_not_take_all_the_room(make_site: MakeSite) -> None:
    site = make_site(an_address=3, head_seconds=20)

    def refused(sock: socket.socket) -> bool:
        sock.settimeout(0.3)
        try:
            return b"HTTP/1.1 429 " in everything(sock)
        except TimeoutError:
            return False  # it waits for the request

    with ExitStack() as stack:
        idle = [stack.enter_context(site.connect()) for _ in range(3)]
        answer = answer_in(site.raw(b""))
        assert answer.status == 429
        assert answer.is_strict()
        assert answer.headers["retry-after"] == "60"
        assert not any(map(refused, idle))
        with socket.socket() as other:
            other.bind(("127.0.0.2", 0))
            other.connect(("127.0.0.1", site.port))
            assert not refused(other)
    until = time.monotonic() + 8
    while site.spoken("GET /style.css HTTP/1.1", "Host: HOST").status == 429:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_behind_a_proxy_each_reader_has_that_room(make_site: MakeSite) -> None:
    site = make_site(an_address=2, proxied=True, answer_seconds=20)
    head = f"POST / HTTP/1.1\r\nHost: {site.host}\r\nContent-Type: {FORM}\r\nContent-Length: 500\r\nX-Forwarded-For: "
    with ExitStack() as stack:
        for name in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
            stack.enter_context(site.connect()).sendall(f"{head}{name}\r\n\r\ntitle=".encode())
        until = time.monotonic() + 8
        while (answer := site.get(**{"X-Forwarded-For": "192.0.2.1"})).status != 429:
            assert time.monotonic() < until
            time.sleep(0.02)
        assert answer.is_strict()
        assert answer.headers["retry-after"] == "60"
        assert "Too many requests come from your address" in answer.text
        assert site.get(**{"X-Forwarded-For": "192.0.2.2"}).status == 200
    while site.get(**{"X-Forwarded-For": "192.0.2.1"}).status == 429:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_who_leaves_in_the_middle_costs_nothing(site: Site) -> None:
    visit = site.visit()
    head = f"POST / HTTP/1.1\r\nHost: {site.host}\r\nCookie: {visit.cookie}\r\nContent-Type: {FORM}\r\n"
    for sent in (
        b"",
        b"GET",
        f"{head}Content-Length: 500\r\n\r\ntitle=".encode(),
        f"GET / HTTP/1.1\r\nHost: {site.host}\r\n\r\n".encode(),
    ):
        for _ in range(5):
            with site.connect() as sock:
                sock.sendall(sent)
    assert site.get().status == 200
    assert ideas_of(site) == []


# Links with a token


def test_without_the_token_nothing_is_there(make_site: MakeSite) -> None:
    token = "k7" * 12
    site = make_site(token=token)
    for path in (
        "/",
        "/style.css",
        "/idea/abc",
        f"/{token[:-1]}/",
        f"/{token}x/",
        f"/{token.upper()}/",
        f"/x/{token}/",
    ):
        answer = site.get(path)
        assert answer.status == 404, path
        assert token not in answer.body
    page = site.get(f"/{token}/")
    assert page.status == 200
    assert f'href="/{token}/style.css"' in page.body
    assert site.get(f"/{token}/style.css").status == 200
    sent = site.send(title="Within")
    assert sent.headers["location"].startswith(f"/{token}/idea/")
    assert "It is waiting." in site.get(sent.headers["location"]).text
    assert not [line for line in site.told if token in line]


def test_who_counts_is_whom_the_proxy_names_last_and_only_if_there_is_one(make_site: MakeSite) -> None:
    plain, proxied = make_site(a_minute=1), make_site(a_minute=1, proxied=True)

    def statuses(site: Site, *senders: str) -> list[int]:
        return [site.get("/idea/none", **{"X-Forwarded-For": quote(each, safe=":,. ")}).status for each in senders]

    assert statuses(plain, "192.0.2.1", "192.0.2.2") == [404, 429]
    assert statuses(proxied, "192.0.2.1", "192.0.2.2", "192.0.2.9, 192.0.2.1", "192.0.2.1, 192.0.2.9") == [
        404, 404, 429, 404,
    ]  # fmt: skip
    assert statuses(proxied, "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1", "::ffff:192.0.2.1") == [
        404,
        429,
        404,
        429,
    ]
    assert statuses(proxied, "rubbish", "other rubbish") == [404, 429]
