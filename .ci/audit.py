"""Ask what is known against pinned packages, and say how many could be asked about: `audit.py REQUIREMENTS...`.

pip-audit ends well, too, where the service knows none of the packages, as where only a mirror of the index is reached.
Nothing is audited then, and that is told. Ends with 1 if something is known against one of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

_UNREACHED = ("Connection", "Could not connect", "ProxyError", "Timeout", "Max retries", "Name or service")
"""What stands in the last words of pip-audit if nobody could be asked."""


def asked(path: str) -> tuple[list[dict[str, Any]], str]:
    """Return what is known of each package of a list, or why nobody could be asked."""
    command = ["pip_audit", "--require-hashes", "--no-deps", "--disable-pip", "--progress-spinner", "off"]
    ran = subprocess.run(
        [sys.executable, "-m", *command, "--format", "json", "-r", path], capture_output=True, text=True, check=False
    )
    try:
        return json.loads(ran.stdout)["dependencies"], ""
    except (ValueError, KeyError):
        last = (ran.stderr.strip().splitlines() or ["it said nothing"])[-1]
        if not any(words in last for words in _UNREACHED):
            sys.exit(f"{path}: pip-audit failed: {last}")
        return [], last[:200]


def told(path: str, packages: Sequence[dict[str, Any]], why: str) -> bool:
    """Say what is known of a list; return whether something is known against it."""
    known = [each for each in packages if "skip_reason" not in each]
    bad = [each for each in known if each["vulns"]]
    if not known:
        why = why or f"the advisory service knows none of the {len(packages)} packages"
        print(f"{path}: SKIPPED, nothing was audited: {why}")
    else:
        unknown = f", {len(packages) - len(known)} not known there" if len(known) < len(packages) else ""
        print(f"{path}: {len(known)} packages audited{unknown}; something is known against {len(bad)}")
    for each in bad:
        for one in each["vulns"]:
            mended = ", ".join(one["fix_versions"]) or "no version yet"
            print(f"  {each['name']} {each['version']}: {one['id']}, mended in {mended}")
    return bool(bad)


def _told_of(path: str) -> bool:
    return told(path, *asked(path))


def main() -> None:
    """Go through the lists."""
    sys.exit(any(list(map(_told_of, sys.argv[1:]))))


if __name__ == "__main__":
    main()
