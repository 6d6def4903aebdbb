"""The library that is preloaded: made with the machine's compiler, and told what is to happen."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).with_name("injector.c")
FOR_EVER: Final = 1 << 40
OFF, WATCH, KILL, TEAR, FAIL = range(5)


@dataclass(frozen=True)
class Fault:
    """What happens at a call that changes a file of the folder."""

    name: str
    what: int
    error: int = 0
    for_calls: int = 1
    """From that call on."""
    freed: bool = False
    """Whether it is over as soon as somebody was told, who then tries again."""


FAULTS: Final = (
    Fault("killed", KILL),
    Fault("killed in a write", TEAR),
    Fault("EIO once", FAIL, errno.EIO),
    Fault("EIO from then on", FAIL, errno.EIO, FOR_EVER),
    Fault("ENOSPC once", FAIL, errno.ENOSPC),
    Fault("ENOSPC from then on", FAIL, errno.ENOSPC, FOR_EVER),
    Fault("ENOSPC until room is made", FAIL, errno.ENOSPC, FOR_EVER, freed=True),
)


def why_not() -> str:
    """Return why no fault can be made on this machine; empty if it can."""
    if sys.platform != "linux":
        return "only Linux preloads it"
    return "" if shutil.which("cc") else "there is no C compiler (cc)"


def compiled(folder: Path) -> Path:
    """Make the library in a folder, and return it."""
    made = folder / "injector.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-Wno-nonnull", "-o", str(made), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return made


def environment(library: Path) -> dict[str, str]:
    """Return the environment of a process that preloads it."""
    # By its name: in a path that is to be preloaded, a blank parts one library from the next.
    folders = [str(library.parent), *filter(None, [os.environ.get("LD_LIBRARY_PATH")])]
    return {**os.environ, "LD_PRELOAD": library.name, "LD_LIBRARY_PATH": ":".join(folders)}


class Injector:
    """The library, of the process that asks."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.injector_arm.argtypes = [
            *(ctypes.c_char_p, ctypes.c_int, ctypes.c_int, ctypes.c_long, ctypes.c_long, ctypes.c_char_p)
        ]
        self._library.injector_count.restype = ctypes.c_long
        self._library.injector_mark.argtypes = [ctypes.c_long]

    def arm(self, folder: Path, fault: Fault, at: int) -> None:
        """Let a fault happen at this call, the first being 1, that changes a file in a folder or the folder."""
        last = at + fault.for_calls - 1
        self._library.injector_arm(os.fsencode(folder), fault.what, fault.error, at, last, b"")

    def watch(self, folder: Path, log: Path | None = None) -> None:
        """Count the calls from now on, and write them down."""
        self._library.injector_arm(os.fsencode(folder), WATCH, 0, 0, 0, os.fsencode(log) if log else b"")

    def stop(self) -> None:
        """Let everything be as it is."""
        self._library.injector_arm(b"", OFF, 0, 0, 0, b"")

    def count(self) -> int:
        """Return how many calls there were since it was armed."""
        return int(self._library.injector_count())

    def mark(self, number: int) -> None:
        """Write down between the calls that this was acknowledged."""
        self._library.injector_mark(number)
