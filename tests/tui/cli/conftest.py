"""Runs commands in this process, on a temporary home with the bundled debate in it."""

from __future__ import annotations

import io
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from store.debate_store import DebateStore
from tui.__main__ import main


@dataclass(frozen=True)
class Result:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)


class Abduce:
    """The program, for a test."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.home = home

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Result:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        self._capsys.readouterr()
        code = main(arguments)
        captured = self._capsys.readouterr()
        assert "Traceback" not in captured.err
        assert all(line.startswith("abduce: ") for line in captured.err.splitlines()), captured.err
        return Result(code, captured.out, captured.err)

    def done(self, *arguments: str, stdin: bytes = b"") -> Result:
        """Run a command that must succeed."""
        result = self(*arguments, stdin=stdin)
        assert result.code == 0, result.err
        return result

    def refused(self, *arguments: str, stdin: bytes = b"", code: int = 1) -> str:
        """Run a command that must fail with one line on stderr and nothing on stdout; return the line."""
        result = self(*arguments, stdin=stdin)
        assert (result.code, result.out) == (code, ""), result
        assert len(result.err.splitlines()) == 1
        return result.err


@pytest.fixture(scope="session")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after the first run; copied, since creating one takes longer than a test."""
    home = tmp_path_factory.mktemp("first-home")
    DebateStore.open(str(home / "abduce.db")).close()
    return home


@pytest.fixture
def abduce(
    first_home: Path, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Abduce:
    shutil.copytree(first_home, home, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Abduce(capsys, monkeypatch, home)
