"""What the name of a file that is exported to says."""

from __future__ import annotations

from pathlib import Path

import pytest

from hypotheses.problems import Malformed
from store.bundled import bundled_debate
from tui.export.formats import FORMATS, format_named
from tui.export.targets import named, read_target, write


@pytest.mark.parametrize(
    ("name", "what", "begins"),
    [
        ("x.md", "Markdown post", "# Why are"),
        ("x.post.markdown", "Markdown post", "# Why are"),
        ("x.report.md", "Markdown report", "# Why are"),
        ("x.LIST.md", "Markdown list", "# Why are"),
        ("report.md", "Markdown post", "# Why are"),
        ("x.html", "HTML", "<!DOCTYPE html>"),
        ("x.HTM", "HTML", "<!DOCTYPE html>"),
        ("x.json", "JSON", "{"),
        ("x.report.yml", "YAML", "# What this debate has not got yet"),
    ],
)
def test_the_name_says_the_format_and_the_form(
    name: str, what: str, begins: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_target(name) == f"{what} to {tmp_path / name}"
    assert write(bundled_debate(), name, {}, sparing=()) == f"Exported to {tmp_path / name}"
    assert read_target(name) == f"{what} to {tmp_path / name}, in the place of what is there"
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize("title", [one.title for one in FORMATS])
@pytest.mark.parametrize(
    "name", ["x.md", "x.report.md", "x.list.markdown", "x.html", "x.json", "x.yml", "x", "x.y", "x.y.md"]
)
def test_choosing_what_is_written_changes_the_ending_alone(name: str, title: str) -> None:
    chosen, ending = named(name, title), next(one.ending for one in FORMATS if one.title == title)
    asked = format_named(chosen)
    assert asked is not None
    assert asked.title == title
    stem = name if name in ("x", "x.y") else name[:3] if ".y." in name else "x"
    assert chosen == stem + ending


@pytest.mark.parametrize("name", ["", "x", "x.txt", "md", "x.md!", ".md"])
def test_a_name_that_says_no_format_is_refused(name: str) -> None:
    assert format_named(name) is None
    with pytest.raises(Malformed, match="expected a name ending in"):
        read_target(name)


def test_the_forms_differ_in_what_they_hold(tmp_path: Path) -> None:
    sizes = []
    for name in ("x.list.md", "x.md", "x.report.md"):
        write(bundled_debate(), str(tmp_path / name), {}, sparing=())
        sizes.append(len((tmp_path / name).read_text(encoding="utf-8").split()))
    assert sizes[0] < 200 < sizes[1] < 2000 < sizes[2]
