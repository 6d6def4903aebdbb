"""The real program, spoken to by the SDK's own client over standard streams, and by one that keeps to no rules."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.message import SessionMessage
from mcp_types import CallToolResult, Implementation, TextContent

from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.assistants.conftest import SLUG, tuners
from tui.__main__ import main
from tui.assistants import transport

ROOT = Path(__file__).parents[3]
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "A Client", "version": "1"}},
}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}


@pytest.fixture
def database(home: Path) -> Path:
    path = home / "abduce.db"
    DebateStore.open(str(path), first=tuners, creator="ana").close()
    return path


@asynccontextmanager
async def speaking(database: Path) -> AsyncIterator[ClientSession]:
    """Start the program as a client would, and shake hands."""
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "tui", "mcp"], env=dict(os.environ), cwd=str(ROOT)
    )
    client = Implementation(name="A Client", version="1")
    async with stdio_client(server) as (read, write), ClientSession(read, write, client_info=client) as session:
        await session.initialize()
        yield session


def text_of(result: CallToolResult) -> str:
    (block,) = result.content
    assert isinstance(block, TextContent)
    return block.text


async def test_a_client_reads_estimates_sends_an_idea_and_learns_what_became_of_it(database: Path) -> None:
    async with speaking(database) as session:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert len(tools) == 8
        assert all(tool.input_schema["additionalProperties"] is False for tool in tools.values())
        writing = [name for name, tool in tools.items() if tool.annotations and not tool.annotations.read_only_hint]
        assert writing == ["submit_idea"]
        # What is structured is checked by the client against the schema of the answer, and is the text too.
        read = await session.call_tool("read_debate", {})
        assert json.loads(text_of(read)) == read.structured_content
        assert read.structured_content["explanations"][0]["slug"] == "uncounted"
        for name, given in (
            ("read_explanation", {"explanation": "uncounted"}),
            ("list_evidence", {}),
            ("list_quantities", {}),
            ("search", {"words": "tuners"}),
            ("estimate", {"with": ["uncounted"], "set": {"people": "1M"}}),
        ):
            assert not (await session.call_tool(name, given)).is_error
        idea = {"title": "They share", "text": "Two to a piano.", "kind": "evidence", "source": "10.1000/xyz"}
        sent = (await session.call_tool("submit_idea", idea)).structured_content
        with DebateStore.open(str(database), actor="ana") as owner:
            (waiting,) = [one for one in owner.load(SLUG).ideas.values() if one.reference == sent["reference"]]
            assert (waiting.sender, waiting.via, waiting.status) == ("A Client", "assistant", "new")
            owner.accept_idea(SLUG, waiting.number, expected=ANYTHING)
        asked = (await session.call_tool("idea_status", {"reference": sent["reference"]})).structured_content
        assert (asked["state"], asked["became"]) == ("accepted", ["evidence:they-share"])


async def test_a_refusal_is_an_error_of_the_tool_and_the_debate_is_a_page_too(database: Path) -> None:
    async with speaking(database) as session:
        wrong = await session.call_tool("submit_idea", {"title": "\x1b[1m", "text": "B", "kind": "\u202evil"})
        assert wrong.is_error
        assert text_of(wrong) == "kind: found '\\u202evil'; expected hypothesis, evidence, estimate, comment"
        pages = [page.uri for page in (await session.list_resources()).resources]
        assert pages == ["abduce://debate/post.md", "abduce://debate/report.md"]
        (page,) = (await session.read_resource(pages[0])).contents
        assert "How many piano tuners?" in page.model_dump()["text"]
        with pytest.raises(Exception, match="there is no resource 'abduce://debate/secrets'"):
            await session.read_resource("abduce://debate/secrets")
        with pytest.raises(Exception, match="there is no tool 'rank'"):
            await session.call_tool("rank", {})


def started(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tui", "mcp", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)


def fill(descriptor: int, line: bytes) -> None:
    """Say a line until nobody takes any more for a second."""
    os.set_blocking(descriptor, False)
    latest = time.monotonic()
    while time.monotonic() - latest < 1:
        try:
            os.write(descriptor, line)
            latest = time.monotonic()
        except BlockingIOError:
            time.sleep(0.01)


def spoken(*messages: bytes | dict[str, Any]) -> tuple[int, list[dict[str, Any]], str]:
    """Say all of it at once and end the input; return the exit code, the answers, and what was told beside them."""
    lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in messages]
    process = started()
    out, err = process.communicate(b"\n".join(lines), timeout=60)
    assert b"Traceback" not in err
    return process.returncode, [json.loads(line) for line in out.splitlines()], err.decode()


def call(number: int, tool: str, **given: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": {"name": tool, "arguments": given}}


@pytest.mark.usefixtures("database")
def test_what_was_asked_is_answered_when_the_input_ends_and_the_exit_code_is_0() -> None:
    calls = [call(number, "estimate", set={"people": f"{number}M"}) for number in range(2, 42)]
    code, answers, err = spoken(INITIALIZE, INITIALIZED, *calls)
    assert (code, err) == (0, "")
    assert sorted(one["id"] for one in answers) == list(range(1, 42))
    assert all("result" in one for one in answers)
    assert spoken()[:2] == (0, [])


@pytest.mark.usefixtures("database")
def test_what_is_no_protocol_neither_ends_nor_hangs_it_and_nothing_else_is_written() -> None:
    code, answers, err = spoken(
        b"garbage",
        b"",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'{"jsonrpc": "2.0"}',
        b'{"jsonrpc": "1.0", "id": 7, "method": "ping"}',
        b"[" * 100_000,
        b"x" * 20_000_000,
        b'{"jsonrpc": "2.0", "id": null, "method": "tools/list"}',
        call(90, "read_debate"),  # before hands were shaken
        INITIALIZE,
        INITIALIZED,
        {"jsonrpc": "2.0", "id": 2, "method": "no/such"},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": 5}},
        {"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": {"name": "read_debate", "arguments": []}},
        json.dumps(call(5, "search", words="half")).replace("half", "\\ud800").encode(),
        call(6, "submit_idea", title="A" * 200_000, text="B", kind="comment"),
        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 999}},
        call(8, "read_debate"),
    )
    assert code == 0
    assert not err
    told = {one["id"]: one for one in answers}
    assert {2, 3, 4, 90} <= {number for number, one in told.items() if "error" in one}
    assert told[6]["result"]["isError"]
    assert told[8]["result"]["structuredContent"]["debate"] == SLUG


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_ends_it_at_once_and_quietly(name: str, code: int) -> None:
    process = started()
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(INITIALIZE).encode() + b"\n")
    process.stdin.flush()
    assert b"serverInfo" in process.stdout.readline()
    begun = time.monotonic()
    process.send_signal(getattr(signal, name))
    assert process.wait(timeout=20) == code
    assert time.monotonic() - begun < 10
    _, err = process.communicate()
    assert err in (b"", b"abduce: interrupted\n")


@pytest.mark.usefixtures("database")
def test_a_client_that_reads_no_answers_is_not_waited_for_after_a_signal() -> None:
    process = started()
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"".join(json.dumps(one).encode() + b"\n" for one in (INITIALIZE, INITIALIZED)))
    process.stdin.flush()
    assert b"serverInfo" in process.stdout.readline()
    fill(process.stdin.fileno(), json.dumps(call(2, "list_evidence")).encode() + b"\n")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 143
    assert process.stderr
    told = process.stderr.read()
    for stream in (process.stdin, process.stdout, process.stderr):
        with suppress(OSError):
            stream.close()
    assert (process.wait(timeout=20), told) == (143, b"")


async def test_a_server_that_goes_first_is_no_error() -> None:
    read_in, read = anyio.create_memory_object_stream[SessionMessage | Exception](1)
    to_server, incoming = anyio.create_memory_object_stream[SessionMessage | Exception](0)
    await read_in.send(ValueError("garbage"))
    incoming.close()
    await transport._pass_in(read, to_server, transport.Unanswered())
    read_in.close()
    read.close()


@pytest.mark.usefixtures("database")
def test_a_client_that_goes_away_ends_it_without_a_word_of_its_own() -> None:
    process = started()
    assert process.stdin
    assert process.stdout
    process.stdout.close()
    process.stdin.write(b"".join(json.dumps(one).encode() + b"\n" for one in (INITIALIZE, INITIALIZED)))
    process.stdin.close()
    assert process.stderr
    told = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=30), told) == (141, b"")


@pytest.mark.usefixtures("database")
def test_a_debate_or_a_database_that_is_not_there_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.db").write_bytes(b"no database at all, but words" * 100)
    for arguments, told in (
        (["--debate", "nope"], f"abduce: there is no debate 'nope'; there is {SLUG}\n"),
        (["--db", str(tmp_path / "no.db")], "no.db is not a database; it was not touched\n"),
        (["--db", str(tmp_path / "none" / "x.db")], "for the database\n"),
    ):
        assert main(["mcp", *arguments]) == 1
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert err.endswith(told)


@pytest.mark.usefixtures("database")
def test_without_the_extra_one_line_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith("tui.assistants.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "anyio", None)
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    assert main(["mcp"]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "pipx install '.[mcp]'" in err


@pytest.mark.usefixtures("database")
def test_a_person_at_a_terminal_is_told_what_it_waits_for() -> None:
    if shutil.which("script") is None:
        pytest.skip("there is no `script` to make a terminal with")
    done = subprocess.run(
        ["script", "-qec", f"{shlex.quote(sys.executable)} -m tui mcp", "/dev/null"],
        input=b"\x04",
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert f"waiting for an assistant to speak on standard input, about {SLUG}".encode() in done.stdout
