"""Programs that are not ours, and read what ours writes: run by node, from where npm has installed them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGES = os.environ.get("ABDUCE_TESTS_NODE", "")
"""The folder `node_modules` with `@argdown/core` and `@quri/squiggle-lang`, which .ci/run installs."""
HERE = Path(__file__).parent

needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not PACKAGES,
    reason="ABDUCE_TESTS_NODE names no folder of npm's, or there is no node",
)


def run_by_node(script: str, text: str, *arguments: str) -> str:
    """Run a script of this folder with a text on its standard input, and return what it says."""
    done = subprocess.run(
        ["node", str(HERE / script), PACKAGES, *arguments],
        input=text,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
