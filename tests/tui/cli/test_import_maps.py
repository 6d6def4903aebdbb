"""Matrices, maps and forecasts by command: `import`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.maps.test_argdown import PIER as ARGDOWN
from tests.store.maps.test_forecasts import FATEBOOK, METACULUS, QUESTIONS
from tests.store.maps.test_kialo import PIER as KIALO
from tests.store.maps.test_matrix import LETTERS
from tests.tui.cli.conftest import Abduce
from tui.cli import import_maps


@pytest.fixture
def matrix(tmp_path: Path) -> Path:
    path = tmp_path / "pier.csv"
    path.write_text(LETTERS, encoding="utf-8")
    return path


def said(text: str) -> list[str]:
    return [line.removeprefix("abduce: ") for line in text.splitlines()]


def slugs(abduce: Abduce) -> list[str]:
    return [debate["slug"] for debate in abduce.done("debates", "--json").json["debates"]]


@pytest.mark.parametrize(
    ("name", "text", "slug", "kind"),
    [
        ("pier.csv", LETTERS, "pier", "matrix"),
        ("x.txt", KIALO, "should-the-pier-be-rebuilt", "kialo"),
        ("x.argdown", ARGDOWN, "pier", "argdown"),
        ("mine.csv", FATEBOOK, "mine", "forecasts"),
    ],
)
def test_each_kind_makes_a_debate_and_the_same_file_adds_nothing(
    abduce: Abduce, tmp_path: Path, name: str, text: str, slug: str, kind: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    first = abduce.done("import", str(path), "--json").json["files"][0]
    assert (first["debate"], first["kind"]) == (slug, kind)
    before = abduce.done("--debate", slug, "export", "--format", "json").out
    again = abduce.done("import", str(path))
    assert said(again.err) == [f"imported nothing: {path} has nothing new for {slug}"]
    assert abduce.done("--debate", slug, "export", "--format", "json").out == before
    assert len(abduce.done("--debate", slug, "history", "--json").json["entries"]) == 1


def test_a_dry_run_tells_all_and_takes_in_nothing(abduce: Abduce, matrix: Path) -> None:
    before = slugs(abduce)
    told = said(abduce.done("import", str(matrix), "--dry-run").err)
    assert told == [
        f"{matrix}: one explanation is taken to be true, as in ACH, or none; each begins at 30.0%",
        f"would import {matrix} as pier: 3 explanations, 2 items of evidence",
    ]
    assert slugs(abduce) == before


def test_what_has_changed_in_a_file_is_listed_and_taken_over_on_purpose(abduce: Abduce, matrix: Path) -> None:
    abduce.done("import", str(matrix))
    abduce.done("--debate", "pier", "evidence", "edit", "log-shows-no-traffic", "--title", "No traffic")
    abduce.done("--debate", "pier", "evidence", "assess", "piles-broken-at-waterline", "h1-storm", "5")
    matrix.write_text(LETTERS.replace("I,CC,N", "II,CC,N") + "New,C,C,C,\n", encoding="utf-8")
    refused = abduce("import", str(matrix))
    assert (refused.code, said(refused.err)) == (
        1,
        [
            f"{matrix} is another than 'pier' was made of: 1 conflicting, 1 new; `--replace` takes that over",
            "conflicting rating of the evidence 'piles-broken-at-waterline' for 'h1-storm': -- in the file, 5 here",
            "new      evidence 'new': New, with 3 ratings",
        ],
    )
    preview = abduce.done("import", str(matrix), "--replace", "--dry-run", "--json").json
    assert [line.split()[0] for line in preview["files"][0]["changes"]] == ["conflicting", "new"]
    assert "new" not in abduce.done("--debate", "pier", "export", "--format", "json").json["evidence"]
    abduce.done("import", str(matrix), "--replace")
    evidence = abduce.done("--debate", "pier", "export", "--format", "json").json["evidence"]
    assert evidence["piles-broken-at-waterline"]["assessments"]["h1-storm"] == {"ratio": 0.1}
    assert evidence["log-shows-no-traffic"]["title"] == "No traffic"
    abduce.done("--debate", "pier", "undo")
    evidence = abduce.done("--debate", "pier", "export", "--format", "json").json["evidence"]
    assert evidence["piles-broken-at-waterline"]["assessments"]["h1-storm"] == {"ratio": 5}
    assert "new" not in evidence


def test_a_file_that_is_too_long_to_compare_is_known_again_and_replaced_whole(
    abduce: Abduce, matrix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_maps, "MOST_COMPARED", 1)
    abduce.done("import", str(matrix))
    assert "imported nothing" in abduce.done("import", str(matrix)).err
    matrix.write_text(f"{LETTERS}New,C,C,C,\n", encoding="utf-8")
    assert "too long to say in what; `--replace` puts it in" in abduce.refused("import", str(matrix))
    abduce.done("import", str(matrix), "--replace")
    assert "new" in abduce.done("--debate", "pier", "export", "--format", "json").json["evidence"]


def test_a_debate_that_was_not_made_of_the_file_is_left_alone(abduce: Abduce, matrix: Path) -> None:
    abduce.done("new", "Pier")
    told = abduce.refused("import", str(matrix))
    assert "there is a debate 'pier' already, and it was not made of this file" in told
    abduce.done("import", str(matrix), "--slug", "pier-matrix")
    assert "pier-matrix" in slugs(abduce)
    abduce.done("import", str(matrix), "--replace")
    assert len(abduce.done("--debate", "pier", "show", "--json").json["hypotheses"]) == 3


def test_what_would_be_left_out_is_refused_where_that_is_asked_for(abduce: Abduce, matrix: Path) -> None:
    abduce.done("import", str(matrix), "--strict", "--dry-run")
    matrix.write_text(LETTERS.replace("I,CC", "perhaps,CC"), encoding="utf-8")
    told = abduce.refused("import", str(matrix), "--strict")
    assert f"{matrix}:2: found 'perhaps' under 'H1 Storm', which is no rating; it is in the note" in told


def test_a_slug_is_for_one_matrix_or_map(abduce: Abduce, tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text("@misc{a, title = {T}}", encoding="utf-8")
    told = abduce.refused("import", "x.bib", "--slug", "y", code=2)
    assert "--slug names the debate that a matrix, a map or forecasts make; x.bib is none" in told
    many = "question,forecast\n" + "".join(f"Q {n}?,50%\n" for n in range(101))
    (tmp_path / "many.csv").write_text(many, encoding="utf-8")
    assert "--slug names one debate; many.csv makes 2" in abduce.refused("import", "many.csv", "--slug", "y", code=2)


def test_whose_forecasts_they_are_is_said_before_the_command(abduce: Abduce, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(FATEBOOK, encoding="utf-8")
    abduce.done("--as", "Bo", "import", "mine.csv")
    shown = abduce.done("--as", "Bo", "--debate", "mine", "show", "will-the-pier-be-open", "--json").json
    assert shown["hypotheses"][0]["plausibility"] == 0.4


def test_both_files_of_metaculus_make_one_debate(abduce: Abduce, tmp_path: Path) -> None:
    (tmp_path / "question_data.csv").write_text(QUESTIONS, encoding="utf-8")
    (tmp_path / "forecast_data.csv").write_text(METACULUS, encoding="utf-8")
    files = abduce.done("import", "forecast_data.csv", "question_data.csv", "--json").json["files"]
    assert [(each["file"], each["debate"]) for each in files] == [
        ("forecast_data.csv and question_data.csv", "question-data")
    ]
    titles = [h["title"] for h in abduce.done("--debate", "question-data", "show", "--json").json["hypotheses"]]
    assert titles == ["Will it rain?", "Will it snow? (in May)"]


def test_a_matrix_comes_from_standard_input(abduce: Abduce) -> None:
    told = abduce.done("import", "-", stdin=LETTERS.encode()).err
    assert "imported standard input as imported-debate: 3 explanations" in told


def test_a_kind_can_be_said_where_it_is_not_found(abduce: Abduce, tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text("what,a,b\nx y,1,2\n", encoding="utf-8")
    told = abduce.refused("import", "n.csv")
    assert "this kind of file is not known; known are " in told
    assert "a matrix (CSV or a table of Markdown)" in told
    abduce.done("import", "n.csv", "--as", "matrix")


def test_where_one_of_several_files_is_refused_none_is_taken_in(abduce: Abduce, matrix: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.argdown").write_text("nothing", encoding="utf-8")
    before = slugs(abduce)
    assert "there is nothing in the file that a map is made of" in abduce.refused("import", str(matrix), "bad.argdown")
    assert slugs(abduce) == before


def test_hostile_text_in_a_file_is_shown_and_not_obeyed(abduce: Abduce, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Evidence,\x1b]52;c;x\x07[/b],B\n\x1b[31mred,CC,\x1b[2J\n", encoding="utf-8")
    result = abduce.done("import", "x.csv")
    shown = abduce.done("--debate", "x", "show").out
    assert "\x1b" not in result.err + result.out + shown
