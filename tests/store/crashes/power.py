"""What a power cut leaves: what was synchronised, and of the rest nothing, some, or pieces.

A file's bytes are safe once it was synchronised, its name once its folder was. Of what is not safe the disk has taken
what it liked: none of it, all with the last write torn, or a part of each.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

_HEAD: Final = struct.Struct("=5Q")
_SECTOR: Final = 512


@dataclass(frozen=True)
class Call:
    """One call that changed a file."""

    kind: str
    """Write, sync, truncate, unlink, rename, link or create, by its first letter; `m` is an acknowledgement."""
    path: str
    other: str = ""
    number: int = 0
    """Where it wrote, to what it cut, or what was acknowledged."""
    data: bytes = b""


def read_log(log: Path) -> list[Call]:
    """Read what the injector wrote down."""
    content, calls, at = log.read_bytes(), [], 0
    while at < len(content):
        kind, path, other, number, size = _HEAD.unpack_from(content, at)
        ends = [at + _HEAD.size]
        # Only a write has its bytes behind it.
        for length in (path, other, size if chr(kind) == "w" else 0):
            ends.append(ends[-1] + length)
        pieces = [content[start:end] for start, end in pairwise(ends)]
        calls.append(Call(chr(kind), pieces[0].decode(), pieces[1].decode(), number, pieces[2]))
        at = ends[-1]
    return calls


@dataclass
class _File:
    safe: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)

    def as_left(self, draw: random.Random | None, *, torn: bool) -> bytes:
        """Return its bytes with some of what is pending: what is drawn, or all with the last write torn, or none."""
        left = bytearray(self.safe)
        for number, call in enumerate(self.pending):
            if draw:
                if draw.random() < 0.5:
                    _apply(left, call, draw.randrange(len(call.data) // _SECTOR + 1) if draw.random() < 0.3 else None)
            elif torn:
                is_last = number == len(self.pending) - 1
                _apply(left, call, len(call.data) // _SECTOR // 2 if is_last else None)
        return bytes(left)


def _apply(content: bytearray, call: Call, sectors: int | None) -> None:
    """Take a write, or so many sectors of it, or a cut."""
    if call.kind == "t":
        del content[call.number :]
        content.extend(bytes(call.number - len(content)))
        return
    data = call.data if sectors is None else call.data[: sectors * _SECTOR]
    content.extend(bytes(max(0, call.number - len(content))))
    content[call.number : call.number + len(data)] = data


class Disk:
    """A folder as the calls leave it, and what of it is safe."""

    def __init__(self, first: Path, folder: Path) -> None:
        """Begin with what is in a folder, which the calls know by the name of another."""
        self._folder = str(folder)
        self._now = {
            f"{folder}/{file.name}": _File(bytearray(file.read_bytes())) for file in first.iterdir() if file.is_file()
        }
        self._names = dict(self._now)
        """The names that are safe."""
        self._renamed: list[tuple[Call, _File]] = []
        """What was done to names and is not safe, each with the file that it was done to."""
        self.acknowledged = 0

    def take(self, call: Call) -> None:
        """Let a call happen."""
        if call.kind == "m":
            self.acknowledged = call.number
        elif call.kind == "s" and call.path == self._folder:
            self._names, self._renamed = dict(self._now), []
        elif call.kind == "s":
            if file := self._now.get(call.path):
                for each in file.pending:
                    _apply(file.safe, each, None)
                file.pending = []
        elif call.kind in "wt":
            self._now.setdefault(call.path, _File()).pending.append(call)
        else:
            file = self._now.get(call.path) or _File()
            _rename(self._now, call, file)
            self._renamed.append((call, file))

    def leave(self, into: Path, draw: random.Random | None, *, torn: bool) -> None:
        """Write what a power cut leaves now."""
        names = dict(self._names)
        some = draw.randrange(len(self._renamed) + 1) if draw else len(self._renamed) * torn
        for call, file in self._renamed[:some]:
            _rename(names, call, file)
        for path, file in names.items():
            target = into / Path(path).name
            target.touch(0o600)
            target.write_bytes(file.as_left(draw, torn=torn))


def _rename(names: dict[str, _File], call: Call, file: _File) -> None:
    if call.kind == "u":
        names.pop(call.path, None)
    elif call.kind == "c":
        names[call.path] = file
    else:
        if call.kind == "r":
            names.pop(call.path, None)
        names[call.other] = file


def images(calls: list[Call], first: Path, folder: Path, every: int, seed: int = 0) -> Iterator[tuple[int, Disk, str]]:
    """Yield, after every so manieth call, its number, the disk then and how the power goes."""
    disk = Disk(first, folder)
    for number, call in enumerate(calls):
        disk.take(call)
        if call.kind != "m" and number % every == seed % every:
            for how in ("nothing more", "all but the last, torn", "some"):
                yield number, disk, how
