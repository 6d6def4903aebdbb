"""Kill Abduce, let the disk fail it and cut its power ten thousand times: `python -m benchmarks.crash [CASES]`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.store.crashes.campaign import Campaign, Setting
from tests.store.crashes.injector import FAULTS, compiled, environment, why_not
from tests.store.crashes.works import LARGE, SMALL, WORKS

WAYS = 3
"""In which the power goes after each call."""


def settings() -> list[Setting]:
    """Return every work with texts small and large: by commands, by an app, and by an app beside another."""
    return [
        Setting(work, size, stays_open=stays_open, beside=beside)
        for work in WORKS
        for size in (SMALL, LARGE)
        for stays_open, beside in (
            (False, False),
            *[(True, False), (False, True), (True, True)][: 3 * work.with_others],
        )
    ]


def main() -> None:
    """Print what was done and what was wrong, for each setting and in all."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    if reason := why_not():
        sys.exit(reason)
    with tempfile.TemporaryDirectory() as name:
        if len(sys.argv) < 3:
            command = [sys.executable, "-m", "benchmarks.crash", str(cases), "preloaded"]
            sys.exit(subprocess.run(command, env=environment(compiled(Path(name))), check=False).returncode)
        os.environ["ABDUCE_HOME"] = name
        sys.exit(bool(run(Path(name), cases)))


def run(folder: Path, cases: int) -> int:
    """Spread so many cases over all settings, half of them power cuts; return how many were wrong."""
    each = cases // 2 // len(settings())
    began, faults, cuts, wrong = time.monotonic(), 0, 0, 0
    for number, setting in enumerate(settings()):
        campaign = Campaign(setting, folder / str(number))
        failed = campaign.run(FAULTS, max(1, campaign.calls * len(FAULTS) // each), number)
        cut = campaign.cut_power(max(1, campaign.calls * WAYS // each), number)
        found = failed.wrong + cut.wrong
        print(
            f"{setting!s:45} {campaign.calls:4} calls, {failed.struck:4} faults ({failed.killed} kills, {failed.told}"
            f" told), {cut.struck:4} power cuts, {len(found)} wrong",
            flush=True,
        )
        print("".join(f"    {line[-300:]}\n" for line in found), end="", flush=True)
        faults, cuts, wrong = faults + failed.struck, cuts + cut.struck, wrong + len(found)
    print(f"{faults} faults and {cuts} power cuts, {wrong} wrong, {time.monotonic() - began:.0f} s")
    return wrong


if __name__ == "__main__":
    main()
