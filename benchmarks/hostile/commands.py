"""Sends generated files through the command line, each to a process of its own, and looks at what it says."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from tests.hostile.corpus import ACTS
from tests.hostile.doors import DOORS, Door
from tests.hostile.inputs import files_for, send_each

NAMES = {
    "debate (YAML)": "x.yaml", "debate (JSON)": "x.json", "ideas (YAML)": "x.yaml", "ideas (JSON)": "x.json",
    "mail (eml)": "x.eml", "mail (mbox)": "x.mbox", "bibtex": "x.bib", "ris": "x.ris", "endnote": "x.enw",
    "zotero": "x.json", "csl (YAML)": "x.yaml", "csl (JSON)": "x.json", "matrix (CSV)": "x.csv",
    "matrix (Markdown)": "x.md", "ach": "x.achz", "kialo": "x.txt", "argdown": "x.argdown", "forecasts": "x.csv",
}  # fmt: skip
"""Door -> how a file that is sent there is called."""
SECONDS = 10
"""Of the processor: how long it takes by the clock says more of what else runs."""
_PATIENCE = 300
"""Seconds by the clock, after which it waits for something that never comes."""


def sent_by_command(folder: Path, count: int, number: int) -> list[str]:
    """Import so many files, one after the other into one database, and show it after each; say what is wrong."""
    troubles: list[str] = []
    doors = [door for door in DOORS if door.name in NAMES]

    def send(file: tuple[Door, bytes]) -> None:
        door, data = file
        path = folder / NAMES[door.name]
        path.write_bytes(data)
        for arguments in (("import", str(path)), ("show",)):
            if trouble := _trouble(folder, arguments):
                kept = folder.parent / f"hostile-{len(troubles)}-{path.name}"
                kept.write_bytes(data)
                troubles.append(f"{door.name}, {' '.join(arguments)}: {trouble}; kept as {kept}")

    send_each(files_for(doors), count, number, send)
    return troubles


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))


def _trouble(folder: Path, arguments: tuple[str, ...]) -> str:
    environment = {**os.environ, "ABDUCE_HOME": str(folder / "home"), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "tui", *arguments]
    try:
        ran = subprocess.run(
            command, capture_output=True, env=environment, timeout=_PATIENCE, check=False, preexec_fn=_limited
        )
    except subprocess.TimeoutExpired:
        return f"more than {_PATIENCE} s by the clock"
    if ran.returncode == -signal.SIGXCPU:
        return f"more than {SECONDS} s of the processor"
    if ran.returncode not in (0, 1, 2) or (ran.returncode and not ran.stderr.startswith(b"abduce: ")):
        return f"ended with {ran.returncode}: {ran.stderr[-300:]!r}"
    if b"Traceback" in ran.stderr or b"unexpected error" in ran.stderr:
        return repr(ran.stderr[-600:])
    acts = ACTS.search((ran.stdout + ran.stderr).decode(errors="replace"))
    return f"{acts[0]!r} is printed" if acts else ""
