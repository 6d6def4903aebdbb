"""Standard input line by line, whatever comes by it."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterable

import pytest

from tui.assistants.lines import WAITING, Lines, lines_of


def piped(parts: Iterable[bytes]) -> int:
    """Return a descriptor by which these parts come, one after the other."""
    out, into = os.pipe()

    def write() -> None:
        for part in parts:
            os.write(into, part)
        os.close(into)

    threading.Thread(target=write, daemon=True).start()
    return out


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        ([], []),
        ([b"a\nb\n"], ["a", "b"]),
        ([b"a\nb"], ["a", "b"]),
        ([b"one", b" line", b"\n", b"\n"], ["one line", ""]),
        ([b"a\xff\n", "ä\n".encode()], ["a\ufffd", "ä"]),
        ([b"long" * 9, b"er\n", b"b\n"], ["b"]),
        ([b"b\n", b"long" * 9], ["b"]),
        ([b"x" * 20 + b"\nb\n"], ["x" * 20, "b"]),
        ([b"x" * 21 + b"\nb\n"], ["b"]),
    ],
)
def test_lines_come_as_they_are_and_one_without_end_is_passed_over(parts: list[bytes], lines: list[str]) -> None:
    out = piped(parts)
    try:
        assert list(lines_of(out, longest=20)) == lines
    finally:
        os.close(out)


def test_no_more_is_read_than_is_asked_for() -> None:
    out, into = os.pipe()
    os.set_blocking(into, False)
    line = b"x" * 60_000 + b"\n"

    async def read() -> int:
        lines, written = Lines(out), 0
        for _ in range(1000):
            try:
                written += os.write(into, line)
            except BlockingIOError:
                break
            await asyncio.sleep(0.001)
        os.close(into)
        assert 0 < written < 60_001 * (WAITING + 20)
        return sum([len(one) async for one in lines])

    assert asyncio.run(read()) > 60_000
    os.close(out)


def test_a_read_that_never_ends_does_not_keep_the_loop_up() -> None:
    out, into = os.pipe()

    async def read() -> None:
        lines = Lines(out)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await anext(lines)

    asyncio.run(read())
    os.close(into)
    os.close(out)
