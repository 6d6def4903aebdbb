"""Charts as files: SVG and PNG, by `export` and by `--plot`."""

from __future__ import annotations

import builtins
import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.tui.cli.conftest import Abduce
from tui.export.formats import variants_of


def size_of(path: str) -> tuple[int, int]:
    """Return the width and height in the header of a PNG (ISO/IEC 15948, 11.2.2)."""
    data = Path(path).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    return width, height


@pytest.mark.parametrize("chart", variants_of("svg"))
def test_every_chart_is_drawn_as_svg_and_as_png_twice_its_size(abduce: Abduce, chart: str) -> None:
    abduce.done("export", "-o", f"x.{chart}.svg")
    picture = ET.parse(f"x.{chart}.svg").getroot()
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    abduce.done("export", "--chart", chart, "-o", "x.png", "--format", "png")
    for pixels, units in zip(size_of("x.png"), (picture.get("width"), picture.get("height")), strict=True):
        assert abs(pixels - 2 * float(units or 0)) <= 1


@pytest.mark.parametrize(
    ("command", "title"),
    [("show", "ranking"), ("matrix", "matrix"), ("timeline", "timeline"), ("estimate", "gaps")],
)
def test_a_command_draws_what_it_shows_beside_it(abduce: Abduce, command: str, title: str) -> None:
    plain = abduce.done(command).out
    result = abduce.done(command, "--plot", "x.svg")
    assert (result.out, result.err) == (plain, "abduce: drew x.svg\n")
    assert f'id="{title}-title"' in Path("x.svg").read_text(encoding="utf-8")
    assert "x.svg exists already" in abduce(command, "--plot", "x.svg").err
    abduce.done(command, "--plot", "x.svg", "--force")


def test_a_chart_of_the_past_is_as_it_stood(abduce: Abduce) -> None:
    abduce.done("show", "--plot", "now.svg")
    abduce.done("show", "--as-of", "2015", "--plot", "then.svg")
    assert Path("now.svg").read_bytes() != Path("then.svg").read_bytes()


def test_what_cannot_be_drawn_is_told(abduce: Abduce, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ends in .svg or .png" in abduce.refused("show", "--plot", "x.md", code=2)
    assert "without what is only tried" in abduce.refused("estimate", "--with", "1", "--plot", "x.svg", code=2)
    abduce.done("new", "An empty one", "--slug", "empty")
    assert "no gap" in abduce.refused("export", "-o", "x.distribution.svg")
    assert not Path("x.distribution.svg").exists()
    load = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "resvg_py":
            raise ModuleNotFoundError("no", name="resvg_py")
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "pipx install '.[png]'" in abduce.refused("--debate", "vision-efficiency", "export", "-o", "x.png")
