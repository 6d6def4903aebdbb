"""What the client sends, to whom."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from store.network.client import connected
from store.network.requests import JSON, Answer, Request
from tests.store.network.server import Server, redirect, reply, running


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def fetched(server: Server, request: Request) -> Answer:
    async def fetch() -> Answer:
        async with connected(server.services(), "ana@example.org", 20) as client:
            return await client.fetch(request)

    return asyncio.run(fetch())


@pytest.mark.parametrize(("host", "sent"), [("server.test", [True, True]), ("other.test", [True, False])])
def test_a_token_is_sent_to_the_host_it_is_for_and_no_other(server: Server, host: str, sent: list[bool]) -> None:
    server.on("/a", redirect(f"http://{host}:{server.port}/b"))
    server.on("/b", reply(body="{}"))
    request = Request(f"{server.base}/a", JSON, token="secret")
    assert "secret" not in repr(request)
    fetched(server, request)
    assert ["Authorization: Bearer secret" in head for head in server.heads] == sent


def test_what_is_written_is_sent_once_whatever_the_server_says(server: Server) -> None:
    server.on("/a", reply(503, Retry_After="0"), reply(body="{}"))
    answer = fetched(server, Request(f"{server.base}/a", JSON, method="POST", body=b'{"x": 1}', reads=(503,)))
    assert (answer.found, answer.code) == (False, 503)
    assert server.bodies == ['{"x": 1}']
