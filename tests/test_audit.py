"""What is said of an audit of the pins; nothing is called audited that nobody was asked about."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "audit.py"
SKIPPED = "SKIPPED, nothing was audited"
GOOD = {"name": "click", "version": "8.5.1", "vulns": []}
UNKNOWN = {"name": "rich", "skip_reason": "Dependency not found on PyPI and could not be audited: rich (15.0.0)"}
BAD = {"name": "h11", "version": "0.14.0", "vulns": [{"id": "GHSA-vqfr-h8mv-ghfj", "fix_versions": ["0.16.0"]}]}


@pytest.fixture
def audit() -> ModuleType:
    if not SCRIPT.exists():
        pytest.skip("the script of the continuous integration is not part of a package")
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("packages", "why", "is_bad", "said"),
    [
        ([GOOD, GOOD], "", False, "run.txt: 2 packages audited; something is known against 0"),
        ([GOOD, UNKNOWN], "", False, "run.txt: 1 packages audited, 1 not known there; something is known against 0"),
        ([UNKNOWN], "", False, f"run.txt: {SKIPPED}: the advisory service knows none of the 1 packages"),
        ([], "ConnectionError: no way", False, f"run.txt: {SKIPPED}: ConnectionError: no way"),
        (
            [GOOD, BAD], "", True,
            "run.txt: 2 packages audited; something is known against 1\n"
            "  h11 0.14.0: GHSA-vqfr-h8mv-ghfj, mended in 0.16.0",
        ),
    ],
)  # fmt: skip
def test_what_is_known_is_told_and_what_is_not_known_too(
    audit: ModuleType,
    capsys: pytest.CaptureFixture[str],
    packages: list[dict[str, Any]],
    why: str,
    is_bad: bool,
    said: str,
) -> None:
    assert audit.told("run.txt", packages, why) is is_bad
    assert capsys.readouterr().out.rstrip() == said


def test_every_pin_has_a_hash_and_no_address_of_an_index() -> None:
    for name in ("run", "dev", "supply"):
        text = (SCRIPT.parents[1] / "requirements" / f"{name}.txt").read_text()
        pins = [line for line in text.splitlines() if line[:1].isalnum()]
        assert pins
        assert all("==" in pin and pin.endswith("\\") for pin in pins)
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text
