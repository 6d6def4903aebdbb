"""UTF-8 whatever the locale says, and what a terminal gets that has fewer characters."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pexpect
import pytest

from tests.tui.cli.conftest import Abduce

# Without `site`: in a locale of ASCII, Python 3.11 itself does not start where one of its `.pth` files is not ASCII.
ABDUCE = [sys.executable, "-S", "-m", "tui"]
PLACES = os.pathsep.join([str(Path(__file__).parents[3]), sysconfig.get_path("purelib")])
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
SOURCES = Path("/usr/share/i18n/locales/de_DE")


@pytest.fixture(scope="session")
def latin_1(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """A locale whose encoding is ISO 8859-1, compiled for the tests."""
    if shutil.which("localedef") is None or not SOURCES.exists():
        pytest.skip("localedef and the sources of locales are not installed")
    folder = tmp_path_factory.mktemp("locales")
    subprocess.run(["localedef", "-i", "de_DE", "-f", "ISO-8859-1", str(folder / "de_DE.ISO-8859-1")], check=True)
    return {"LOCPATH": str(folder), "LC_ALL": "de_DE.ISO-8859-1"}


def run(
    home: Path, locale: Mapping[str, str], *arguments: str | bytes, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a locale."""
    return subprocess.run(
        [*ABDUCE, *arguments],
        env={**os.environ, "PYTHONPATH": PLACES, "ABDUCE_HOME": str(home), **locale},
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )


def on_a_terminal(home: Path, locale: Mapping[str, str], *arguments: str) -> tuple[bytes, int]:
    """Run a command on a terminal of 80 columns; return what it wrote there and its exit code."""
    environment = {**os.environ, "PYTHONPATH": PLACES, "ABDUCE_HOME": str(home), **locale}
    child = pexpect.spawn(ABDUCE[0], [*ABDUCE[1:], *arguments], env=environment, dimensions=(24, 80), timeout=60)
    written = child.read()
    child.close()
    return written, child.exitstatus


def test_arguments_streams_and_paths_are_utf_8_in_a_locale_of_ascii(abduce: Abduce, tmp_path: Path) -> None:
    assert run(abduce.home, ASCII, "idea", "submit", "naïve ✓", "--text", "−1 Größe").returncode == 0
    assert run(abduce.home, ASCII, "idea", "submit", "From a pipe", stdin="später →".encode()).returncode == 0
    path = tmp_path / "Größe.debate.yaml"
    done = run(abduce.home, ASCII, "export", "--format", "yaml", "-o", str(path))
    assert done.returncode == 0, done.stderr
    exported = path.read_text(encoding="utf-8")
    assert "naïve ✓" in exported
    assert "−1 Größe" in exported
    assert "später →" in exported
    listed = run(abduce.home, ASCII, "idea", "list")
    assert "naïve ✓" in listed.stdout.decode("utf-8")


def test_what_is_not_utf_8_is_refused_in_a_locale_of_ascii(abduce: Abduce) -> None:
    done = run(abduce.home, ASCII, "show", b"na\xefve")
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"abduce: an argument is not valid UTF-8\n")


def test_text_in_the_locales_own_encoding_stays_that_text(abduce: Abduce, latin_1: Mapping[str, str]) -> None:
    assert run(abduce.home, latin_1, "idea", "submit", "naïve in ISO 8859-1".encode("latin-1")).returncode == 0
    assert run(abduce.home, latin_1, "idea", "submit", "naïve in UTF-8 ✓".encode()).returncode == 0
    titles = [idea["title"] for idea in abduce.done("idea", "list", "--json").json["ideas"]][-2:]
    assert titles == ["naïve in ISO 8859-1", "naïve in UTF-8 ✓"]
    assert "naïve in UTF-8 ✓" in run(abduce.home, latin_1, "idea", "list").stdout.decode("utf-8"), "a pipe gets UTF-8"


def test_a_terminal_gets_the_nearest_it_can_show_and_its_lines_stay_whole(
    abduce: Abduce, latin_1: Mapping[str, str]
) -> None:
    abduce.done("idea", "submit", "Größe −1 → 2 ✓ …", "--text", "x")
    written, code = on_a_terminal(abduce.home, latin_1, "idea", "list")
    assert code == 0
    text = written.decode("latin-1")
    assert r"Größe -1 -> 2 \u2713 ..." in text
    assert max(map(len, text.replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines())) <= 80


def test_a_terminal_that_has_no_frames_is_told_what_to_set(abduce: Abduce, latin_1: Mapping[str, str]) -> None:
    written, code = on_a_terminal(abduce.home, latin_1)
    assert (written, code) == (
        b"abduce: found a terminal of the encoding ISO-8859-1, which has no frames to draw with; expected UTF-8, "
        b"e.g. with LC_ALL=C.UTF-8\r\n",
        2,
    )


def test_an_encoding_that_was_asked_for_is_what_the_terminal_is_told_about(abduce: Abduce) -> None:
    written, code = on_a_terminal(abduce.home, {"PYTHONIOENCODING": "ascii"})
    assert code == 2
    assert b"found a terminal of the encoding ascii" in written
    assert written.endswith(b"expected UTF-8, without PYTHONIOENCODING\r\n")


def test_a_locale_that_says_nothing_of_an_encoding_gets_frames(abduce: Abduce) -> None:
    environment = {**os.environ, "PYTHONPATH": PLACES, "ABDUCE_HOME": str(abduce.home), **ASCII}
    child = pexpect.spawn(ABDUCE[0], ABDUCE[1:], env=environment, dimensions=(24, 80), timeout=60)
    child.expect_exact("━".encode())
    child.close(force=True)
