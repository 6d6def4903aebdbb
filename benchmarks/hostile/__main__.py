"""Send generated inputs to every door, and a sample through the command line.

`python -m benchmarks.hostile [COUNT [BY COMMAND [SEED]]]`: 10,000 and 200 unless it says otherwise.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.hostile.commands import sent_by_command
from tests.hostile.doors import DOORS


def main() -> None:
    """Print, for each door, what became of what was sent; end with 1 if anything was wrong."""
    count, by_command, seed = (int(given) for given in [*sys.argv[1:], *("10000", "200", "1")[len(sys.argv) - 1 :]])
    began, wrong, sent = time.monotonic(), 0, 0
    each = -(-count // len(DOORS))
    print(f"{'door':20} {'sent':>6} {'taken':>6} {'longest':>9} {'worst s':>8} {'worst MB':>9} wrong")
    for door in DOORS:
        command = [sys.executable, "-m", "benchmarks.hostile.sending", door.name, str(each), str(seed)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            wrong += 1
            print(f"{door.name}: ended with {ran.returncode}\n{ran.stderr[-3000:]}")
            continue
        found = json.loads(ran.stdout)
        sent, wrong = sent + found["sent"], wrong + len(found["wrong"])
        print(
            f"{door.name:20} {found['sent']:6} {found['taken']:6} {found['longest']:9,} {found['seconds']:8.2f}"
            f" {found['megabytes']:9.0f} {len(found['wrong'])}",
            flush=True,
        )
        print("".join(f"    {line}\n" for line in "\n".join(found["wrong"][:5]).splitlines()), end="")
    with tempfile.TemporaryDirectory() as folder:
        troubles = sent_by_command(Path(folder), by_command, seed)
    print(f"{by_command} by command: {len(troubles)} wrong\n" + "".join(f"    {line}\n" for line in troubles), end="")
    print(f"{sent} sent, {wrong + len(troubles)} wrong, {time.monotonic() - began:.0f} s")
    sys.exit(bool(wrong or troubles))


if __name__ == "__main__":
    main()
