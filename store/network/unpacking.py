"""The body of an answer as it comes in, unpacked if need be, and never more than its limit."""

from __future__ import annotations

import zlib
from typing import Final

from store.errors import LookupProblem

_GZIP: Final = 31
"""What tells zlib to expect the header and the sum of gzip, with its largest window."""


class Unpacker:
    """Collects a body part by part."""

    def __init__(self, encoding: str, host: str, *, largest: int, may_be_cut: bool) -> None:
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip"):
            raise LookupProblem(f"{host} answered in the encoding {name[:40]!r}; expected gzip or none")
        self._gzip = zlib.decompressobj(_GZIP) if name.endswith("gzip") else None
        self._host = host
        self._largest = largest
        self._may_be_cut = may_be_cut
        self._parts: list[bytes] = []
        self._size = 0
        self._raw = 0
        self.is_full = False
        """Whether nothing more is taken."""

    def add(self, part: bytes) -> None:
        """Take the next part.

        Raises:
            LookupProblem: it is not gzip, or the body is larger than any that makes sense.
        """
        self._raw += len(part)
        try:
            # One byte more than allowed is enough to know.
            room = self._largest - self._size + 1
            unpacked = self._gzip.decompress(part, room) if self._gzip else part[:room]
        except zlib.error:
            raise LookupProblem(f"{self._host} answered what is not gzip although it says so") from None
        self._parts.append(unpacked)
        self._size += len(unpacked)
        if self._size > self._largest or self._raw > self._largest:
            self._overflow()

    def finished(self) -> bytes:
        """Return the body.

        Raises:
            LookupProblem: it ended too early.
        """
        if self._gzip and not self._gzip.eof and not self.is_full:
            raise LookupProblem(f"the answer of {self._host} ended too early")
        return b"".join(self._parts)[: self._largest]

    def _overflow(self) -> None:
        if not self._may_be_cut:
            raise LookupProblem(f"the answer of {self._host} has more than {self._largest:,} bytes")
        self.is_full = True
