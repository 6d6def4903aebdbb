"""Every fault of a server in the shape of every service: one sentence, in time, with little memory."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Final

import pytest

from store.errors import LookupProblem
from store.intake.github import asking
from store.intake.pulling import ReadSoFar, pull
from store.lookup.ladder import look_up
from store.settings import Settings
from store.zotero.asking import read_place
from tests.store.conftest import small_debate
from tests.store.intake.test_issues import issue
from tests.store.lookup import answers
from tests.store.lookup.memory_cache import MemoryCache
from tests.store.network.server import Reply, Server, drip, hang, packed, redirect, reply, reset, running
from tests.store.zotero.conftest import Zotero, collection

SECONDS: Final = 0.3
"""What a look-up may take in these tests."""
Ask = Callable[[Server, float], object]


def _memory() -> float:
    """Return the most megabytes that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _look(text: str) -> Ask:
    return lambda server, seconds: look_up(
        text.replace("BASE", server.base), Settings(lookup_seconds=seconds), MemoryCache(), services=server.services()
    )


def _pull(server: Server, seconds: float) -> object:
    about = asking("ana/pianos", Settings(lookup_seconds=seconds), server.services())
    return pull(about, "abduce", small_debate(), ReadSoFar())


def _zotero(server: Server, seconds: float) -> object:
    return read_place("Tides", seconds, server.services())


NOT_FOUND: Final = reply(404, "Resource not found.", "text/plain")
ISSUES: Final = "/github/repos/ana/pianos/issues?labels=abduce&state=all&sort=created&direction=asc&per_page=30"
SERVICES: Final[dict[str, tuple[str, str, str, Ask]]] = {
    "crossref": (
        "/crossref/works/10.5555%2Fpianos.2023.7", "application/json", answers.crossref(),
        _look("10.5555/pianos.2023.7"),
    ),
    "doi.org": ("/doi/10.5555/zenodo.99", "application/json", answers.datacite(), _look("10.5555/zenodo.99")),
    "arXiv": (
        "/arxiv/api/query?id_list=2303.01469&max_results=1", "application/atom+xml", answers.feed(),
        _look("2303.01469"),
    ),
    "a page": ("/page", "text/html", answers.page(answers.HIGHWIRE), _look("BASE/page")),
    "GitHub": (ISSUES, "application/json", json.dumps([issue()]), _pull),
    "Zotero": (
        "/zotero/api/users/0/collections?limit=100&start=0", "application/json",
        json.dumps([collection("TIDES222", "Tides")]), _zotero,
    ),
}  # fmt: skip
"""Service -> where it is asked, the kind and the text of a good answer, and who asks."""


def faults(kind: str, good: str) -> dict[str, Reply]:
    """Return every fault: what is answered instead of a good answer of a kind."""
    whole = good.encode()
    return {
        "cut": reply(body=whole[:-20], kind=kind, Content_Length=str(len(whole))),
        "cut and said to be whole": reply(body=whole[: len(whole) // 3], kind=kind),
        "nothing": reply(body=b"", kind=kind),
        "another kind": reply(body=whole, kind="application/pdf"),
        "no kind that fits": reply(body=b"\x89PNG\r\n", kind="image/png"),
        "another type": reply(body=b"[[1], null, 1e5]" if good[0] == "{" else b'{"a": [1]}', kind=kind),
        "types within": reply(body=whole.replace(b'": "', b'": 3, "x": "').replace(b">", b"><b>"), kind=kind),
        "deep": reply(body=b"[" * 200_000 if "json" in kind else b"<a>" * 100_000, kind=kind),
        "not text": reply(body=b"\xff\xfe\x00\xd8" * 500, kind=kind),
        "another encoding": reply(body=good.encode("utf-16"), kind=f"{kind}; charset=utf-32"),
        "no encoding": reply(body=whole, kind=kind, Content_Encoding="br"),
        "no gzip": reply(body=whole, kind=kind, Content_Encoding="gzip"),
        "a bomb": packed(b" " * 60_000_000, kind),
        "huge": reply(body=b" " * 17_000_000, kind=kind),
        "drip": drip,
        "hang": hang,
        "reset": reset,
        "no HTTP": b"220 mail.test ESMTP\r\n\r\n",
        "into the neighbourhood": redirect("http://10.0.0.1/"),
        "to a name there": redirect("http://inner.test/"),
        "to this machine": redirect("http://127.0.0.2/"),
        "to a file": redirect("file:///etc/passwd"),
        "round and round": redirect("/round"),
        "busy": reply(503, Retry_After="9000"),
        "fault": reply(500, body=b"x" * 100_000),
        "escape codes": reply(500, body=b"\x1b]0;x\x07", kind="\x1b[31m"),
        "many headers": b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 60_000 + b"\r\n",
    }


MAY_BE_READ: Final = {
    "a bomb",
    "huge",
    "types within",
    "another encoding",
    "cut and said to be whole",
    "deep",
    "not text",
    "no kind that fits",
}
"""Of some services there is an answer all the same: a page is cut, and may say its title in its first third."""
CASES: Final = [(service, fault) for service, (_, kind, good, _) in SERVICES.items() for fault in faults(kind, good)]


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        Zotero(server)
        server.on("/round", redirect("/round"))
        yield server


@pytest.mark.parametrize(("service", "fault"), CASES)
def test_a_fault_is_one_sentence_in_time_with_little_memory(server: Server, service: str, fault: str) -> None:
    path, kind, good, ask = SERVICES[service]
    server.on(path, faults(kind, good)[fault])
    began, base = monotonic(), _memory()
    try:
        ask(server, SECONDS if fault in ("drip", "hang") else 20)
    except LookupProblem as problem:
        sentence = str(problem)
    else:
        assert fault in MAY_BE_READ, "taken, though it is a fault"
        sentence = "taken"
    assert sentence.isprintable(), sentence
    assert len(sentence) < 400
    assert _memory() - base < 100
    assert monotonic() - began < 15
    assert set(server.looked_up) <= {"server.test", "10.0.0.1", "inner.test", "127.0.0.2"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_good_answer_is_taken(server: Server, service: str) -> None:
    """Else every fault above would be refused for another reason."""
    path, kind, good, ask = SERVICES[service]
    server.on(path, reply(body=good, kind=kind))
    if service == "Zotero":
        Zotero(server).list("users/0/collections", [collection("TIDES222", "Tides")])
        Zotero(server).items("TIDES222")
        server.on(path, reply(body=good, kind=kind))
    assert ask(server, 20)
