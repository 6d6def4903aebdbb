"""`abduce export`: every format to standard output, to files and to a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.bundled import bundled_debate
from tests.tui.cli.conftest import Abduce
from tui.export.formats import FORMATS, Format

TEXTS = [one for one in FORMATS if not one.is_folder and one.kind not in ("svg", "png")]


def asked_for(one: Format) -> list[str]:
    option = {"md": "--form", "csv": "--table"}.get(one.kind)
    return ["--format", one.kind, *([option, one.variant] if option else [])]


@pytest.mark.parametrize("one", TEXTS, ids=lambda one: one.title)
def test_each_format_goes_out_and_into_the_file_whose_name_says_it(abduce: Abduce, one: Format) -> None:
    text = abduce.done("export", *asked_for(one)).out
    assert text.endswith("\n")
    for ending in one.endings:
        name = f"vision-efficiency{ending}"
        abduce.done("export", "-o", name)
        assert Path(name).read_text(encoding="utf-8") == text
        if one.beside:
            assert Path("vision-efficiency.bib").read_text(encoding="utf-8").startswith("@")
            Path("vision-efficiency.bib").unlink()


def test_what_goes_beside_a_file_is_not_replaced_without_force_and_then_nothing_is_written(abduce: Abduce) -> None:
    Path("x.bib").write_text("mine", encoding="utf-8")
    assert "x.bib exists already" in abduce.refused("export", "-o", "x.qmd")
    assert not Path("x.qmd").exists()
    assert "to x.qmd" in abduce.done("export", "-o", "x.qmd", "--force").err
    assert Path("x.bib").read_text(encoding="utf-8").startswith("@misc{")


def test_a_folder_is_written_as_one(abduce: Abduce) -> None:
    assert "a folder of files; give -o FOLDER" in abduce.refused("export", "--format", "obsidian", code=2)
    abduce.done("export", "-o", "notes/")
    assert len(list(Path("notes").rglob("*.md"))) == 91
    assert "exists already" in abduce.refused("export", "-o", "notes/")
    abduce.done("export", "--format", "obsidian", "-o", "notes", "--force")


def test_an_option_goes_with_its_formats_only(abduce: Abduce) -> None:
    assert "--table goes with CSV matrix" in abduce.refused("export", "--table", "gaps", "-o", "x.json", code=2)
    assert "--sources goes with Post, Report" in abduce.refused("export", "--sources", "none", "-o", "x.qmd", code=2)
    assert abduce.done("export", "--table", "ranking").out.startswith("rank,slug,")
    assert abduce.done("export", "--form", "list", "--format", "pandoc").out.startswith('---\ntitle: "Why')


def test_the_schema_needs_no_debate_of_its_own_and_fits_the_json(abduce: Abduce) -> None:
    schema = json.loads(abduce.done("export", "--format", "schema").out)
    assert set(json.loads(abduce.done("export", "--format", "json").out)) <= set(schema["properties"])


def test_what_somebody_stated_over_time_goes_out_as_forecasts(abduce: Abduce) -> None:
    abduce.done("plausibility", "unfair-comparison", "70%")
    abduce.done("--as", "ana", "plausibility", "unfair-comparison", "20%")
    head, *rows = abduce.done("export", "--format", "csv", "--table", "forecasts").out.splitlines()
    assert head == "question,forecast,resolution,created,resolved,by,slug"
    title = bundled_debate().hypotheses["unfair-comparison"].title
    assert [row.split(",")[:2] for row in rows] == [[title, "70%"], [title, "20%"]]


@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_what_would_not_be_read_again_is_not_written(
    abduce: Abduce, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    abduce.done("export", "-o", f"whole.{ending}")
    size = Path(f"whole.{ending}").stat().st_size
    monkeypatch.setattr("store.file.debate_file.LARGEST", size)
    abduce.done("export", "-o", f"again.{ending}")
    abduce.done("import", "--replace", f"again.{ending}")
    monkeypatch.setattr("store.file.debate_file.LARGEST", size - 1)
    said = f"the file would have {size:,} bytes; an import takes {size - 1:,} at most"
    assert said in abduce.refused("export", "-o", f"third.{ending}")
    assert not Path(f"third.{ending}").exists()
    assert f"the file has {size:,} bytes" in abduce.refused("import", "--replace", f"again.{ending}")
