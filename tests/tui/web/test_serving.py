"""`abduce inbox serve` as a process: its start, its end, and its memory."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.tui.cli.conftest import Abduce
from tests.tui.web.site import FORM

ROOT = Path(__file__).parents[3]
TOKEN = "k7" * 12
UNTIL = 60


@pytest.fixture
def served_home(first_database: Path, home: Path) -> Path:
    shutil.copy(first_database, home / "abduce.db")
    return home


@contextmanager
def serving(home: Path, *options: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command, and give the process with the address that it says."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "inbox", "serve", "--port", "0", *options],
        cwd=ROOT,
        env={**os.environ, "ABDUCE_HOME": str(home), **environment},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        match = re.search(r"at (http://\S+) until", said)
        assert match, said
        yield process, match[1]
    finally:
        process.kill()
        process.stderr.close()
        process.wait()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_asked_to_and_says_so(served_home: Path, asked: signal.Signals) -> None:
    with serving(served_home) as (process, link):
        assert urlopen(link).status == 200
        with socket.create_connection(("127.0.0.1", int(link.rstrip("/").rpartition(":")[2]))) as idle:
            idle.sendall(b"GET / HTTP/1.1\r\n")
            process.send_signal(asked)
            assert process.wait(UNTIL) == 0
        assert process.stderr is not None
        told = process.stderr.read().splitlines()
    assert told[-1] == "abduce: the page is closed"
    assert all(line.startswith("abduce: ") for line in told)
    with closing(socket.socket()) as again:
        assert again.connect_ex(("127.0.0.1", int(link.rstrip("/").rpartition(":")[2]))) != 0


def test_a_link_with_a_token_is_what_the_owner_is_told(served_home: Path) -> None:
    with serving(served_home, "--host", "0.0.0.0", "--public", "--url", "http://127.0.0.1:1",
                 ABDUCE_INBOX_TOKEN=TOKEN) as (_, link):  # fmt: skip
        assert link == f"http://127.0.0.1:1/{TOKEN}/"


def test_a_port_that_is_taken_is_told_in_one_sentence(abduce: Abduce) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        said = abduce.refused("inbox", "serve", "--port", str(port))
    assert said == f"abduce: port {port} of 127.0.0.1 is in use; choose another with --port\n"


def test_what_would_open_the_page_unseen_is_refused(abduce: Abduce, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "add --public" in abduce.refused("inbox", "serve", "--host", "0.0.0.0")
    assert "ABDUCE_INBOX_TOKEN" in abduce.refused("inbox", "serve", "--host", "0.0.0.0", "--public")
    assert "ABDUCE_INBOX_KEY" in abduce.refused("inbox", "serve", "--json")
    assert "expected --json" in abduce.refused("inbox", "serve", "--origin", "https://blog.example.org")
    assert "expected an address" in abduce.refused("inbox", "serve", "--host", "example.org")
    monkeypatch.setenv("ABDUCE_INBOX_KEY", "short")
    assert "20 to 200" in abduce.refused("inbox", "serve", "--json")
    assert "no debate 'no-such'" in abduce.refused("inbox", "serve", "--debate", "no-such", "--port", "0")
    assert "--port" in abduce.refused("inbox", "serve", "--port", "70000", code=2)


def test_without_what_only_the_page_needs_it_says_how_to_get_it(
    abduce: Abduce,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.cli.serving.find_spec", lambda name: None if name == "uvicorn" else object())
    said = abduce.refused("inbox", "serve")
    assert "the page needs uvicorn" in said
    assert "pip install 'abduce[web]'" in said
    assert "pipx inject abduce" in said


def memory_of(process: subprocess.Popen[str]) -> int:
    """Bytes of memory that a process has now."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="there is no /proc to read a process's memory from")
def test_thousands_of_hostile_requests_leave_its_memory_as_it_is(served_home: Path, tmp_path: Path) -> None:
    with serving(served_home) as (process, link):
        port = int(link.rstrip("/").rpartition(":")[2])
        host = f"Host: 127.0.0.1:{port}\r\n".encode()
        head = b"POST / HTTP/1.1\r\n" + host + f"Content-Type: {FORM}\r\n".encode()
        form = b"title=" + b"%41" * 2_000
        kinds = [
            b"GET / HTTP/1.1\r\n" + host + b"\r\n",
            b"GET /idea/%d HTTP/1.1\r\n" + host + b"Cookie: abduce_form=%d\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            head + b"Content-Length: 200000\r\n\r\n" + b"x" * 200_000,
            head + b"Content-Length: %d\r\n\r\n" % len(form) + form,
            head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"GET / HTTP/1.1\r\n" + b"A: %d\r\n" * 300 + b"\r\n",
            b"\x16\x03\x01" + b"\xff" * 5000,
        ]

        def attack(number: int) -> None:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as sock:
                try:
                    sock.sendall(kinds[number % len(kinds)].replace(b"%d", b"%d" % number))
                    while sock.recv(65536):
                        pass
                except ConnectionError:
                    pass

        def read_on() -> None:
            assert process.stderr is not None
            for _ in process.stderr:
                pass

        with ThreadPoolExecutor(9) as threads:
            threads.submit(read_on)
            list(threads.map(attack, range(400)))
            before = memory_of(process)
            list(threads.map(attack, range(400, 2400)))
            after = memory_of(process)
            assert urlopen(link).status == 200
            process.terminate()
            process.wait(UNTIL)
    assert after - before < 8_000_000, f"{before:,} bytes before, {after:,} after"
