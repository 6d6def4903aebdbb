"""`evidence add --from`, and references that `import` takes in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.lookup import ladder
from store.references import plan
from tests.store.lookup import answers
from tests.store.network.server import Server, reply, running
from tests.tui.cli.conftest import Abduce

WORK = "/crossref/works/10.5555%2Fpianos.2023.7"
BIB = """\
@article{lee2019, title = {Where the tuners are}, author = {Lee, Bo}, year = 2019, doi = {10.5555/tuners}}
@misc{harp, title = {The harp}, url = {https://example.org/harp}}
@misc{vit-again, title = {An image is worth}, eprint = {2010.11929}, archiveprefix = {arXiv}}
"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with running() as server:
        monkeypatch.setattr(ladder, "PUBLIC", server.services())
        yield server


def shown(abduce: Abduce, key: str) -> Any:
    return abduce.done("evidence", "show", key, "--json").json


def keys(abduce: Abduce, *options: str) -> list[str]:
    return [each["key"] for each in abduce.done("evidence", "list", "--json", *options).json["evidence"]]


def test_evidence_is_looked_up(abduce: Abduce, server: Server) -> None:
    server.on(WORK, reply(body=answers.crossref()))
    done = abduce.done("evidence", "add", "--from", "https://doi.org/10.5555/pianos.2023.7", "--rate", "1=+")
    assert done.err.splitlines() == [
        "abduce: found Tuning Clavichordium pianos at 440 Hz: loss < 3 & gain; "
        "Yang Song, María de la Cruz, The Guild of Tuners; 2023-03-21; Journal of Imaginary Pianos",
        "abduce: logged song2023: Tuning Clavichordium pianos at 440 Hz: loss < 3 & gain",
    ]
    found = shown(abduce, "song2023")
    assert (found["doi"], found["date"]) == ("10.5555/pianos.2023.7", "2023-03-21")
    assert found["assessments"]["unfair-comparison"] == {"ratio": 3}


def test_what_is_given_goes_before_what_is_found(abduce: Abduce, server: Server) -> None:
    server.on(WORK, reply(body=answers.crossref()))
    abduce.done("evidence", "add", "My title", "--from", "10.5555/pianos.2023.7", "--date", "2022", "--key", "mine")
    found = shown(abduce, "mine")
    assert (found["title"], found["date"], found["authors"][0]) == ("My title", "2022", "Yang Song")


def test_what_was_looked_up_before_is_found_offline(abduce: Abduce, server: Server) -> None:
    server.on(WORK, reply(body=answers.crossref()))
    abduce.done("evidence", "add", "--from", "10.5555/pianos.2023.7")
    abduce.done("evidence", "add", "--from", "doi:10.5555/PIANOS.2023.7", "--offline")
    assert server.asked == [WORK]
    assert keys(abduce)[-2:] == ["song2023", "song2023b"]


def test_a_source_that_is_there_already_is_told(abduce: Abduce, server: Server) -> None:
    server.on(
        "/arxiv/api/query?id_list=2010.11929&max_results=1",
        reply(body=answers.feed(answers.ENTRY.replace("2303.01469", "2010.11929")), kind="application/atom+xml"),
    )
    done = abduce.done("evidence", "add", "--from", "arXiv:2010.11929")
    assert "abduce: the debate has it already: its arXiv id is that of 'vit'\n" in done.err


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("10.5555/none", (), "there is no DOI 10.5555/none"),
        ("10.5555/none", ("--offline",), "look-ups are switched off (offline); its fields can be typed all the same"),
        ("https://nowhere.invalid/", (), "there is no host nowhere.invalid, or no network"),
        ("http://169.254.169.254/", (), "169.254.169.254 is 169.254.169.254, which is not on the public internet"),
        ("song2023", (), "found 'song2023'; expected a DOI such as 10.1038/nature14539, an arXiv id such as"),
    ],
)
def test_a_look_up_that_fails_logs_nothing(
    abduce: Abduce, server: Server, text: str, options: tuple[str, ...], sentence: str
) -> None:
    before = keys(abduce)
    assert sentence in abduce.refused("evidence", "add", "--from", text, *options)
    assert keys(abduce) == before


def test_neither_title_nor_source_is_wrong_usage(abduce: Abduce) -> None:
    assert "give a title, or --from" in abduce.refused("evidence", "add", code=2)


def test_settings_are_used_and_their_faults_told(
    abduce: Abduce, server: Server, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "settings.toml").write_text('mail = "ana@example.org"\ncolour = 1\n')
    server.on(f"{WORK}?mailto=ana%40example.org", reply(body=answers.crossref()))
    done = abduce.done("evidence", "add", "--from", "10.5555/pianos.2023.7")
    assert "settings.toml: there is no setting 'colour'" in done.err
    monkeypatch.setenv("ABDUCE_OFFLINE", "1")
    assert "switched off" in abduce("evidence", "add", "--from", "10.5555/other").err


def test_references_become_evidence_in_one_change(abduce: Abduce, tmp_path: Path) -> None:
    before = keys(abduce)
    (tmp_path / "refs.bib").write_text(BIB)
    done = abduce.done("import", "refs.bib")
    assert done.err.splitlines() == [
        "abduce: skipped vit-again: its arXiv id is that of 'vit'",
        "abduce: imported refs.bib into vision-efficiency: 2 items of evidence, 1 skipped",
    ]
    assert keys(abduce) == [*before, "lee2019", "harp"]
    assert shown(abduce, "lee2019")["authors"] == ["Bo Lee"]
    (latest,) = abduce.done("history", "--limit", "1", "--json").json["entries"]
    assert latest["label"] == "imported 2 items of evidence from refs.bib"
    again = abduce.done("import", "refs.bib")
    assert again.err.endswith("imported refs.bib into vision-efficiency: 0 items of evidence, 3 skipped\n")
    abduce.done("undo")
    assert keys(abduce) == before


def test_csl_json_goes_into_the_debate_that_is_named(abduce: Abduce, tmp_path: Path) -> None:
    abduce.done("new", "Other", "--slug", "other")
    abduce.done("new", "Third", "--slug", "third")
    (tmp_path / "refs.json").write_text(json.dumps([{"id": 1, "title": "A", "author": [{"family": "Lee"}]}]))
    abduce.done("import", "refs.json", "--debate", "other")
    assert [e["key"] for e in abduce.done("evidence", "list", "--debate", "other", "--json").json["evidence"]] == [
        "lee"
    ]
    assert abduce.done("evidence", "list", "--debate", "third", "--json").json["evidence"] == []


def test_a_dry_run_lists_and_takes_in_nothing(abduce: Abduce, tmp_path: Path) -> None:
    before = keys(abduce)
    (tmp_path / "refs.bib").write_text(BIB)
    abduce.done("export", "-o", "all.debate.yaml")
    assert "already" in abduce.refused("import", "--dry-run", "refs.bib", "all.debate.yaml")
    done = abduce.done("import", "--dry-run", "--replace", "refs.bib", "all.debate.yaml")
    assert [line.split()[0] for line in done.out.splitlines()][:3] == ["Evidence", "lee2019", "harp"]
    # what a file has not that takes the place of a debate goes
    assert [line.split()[:2] for line in done.out.splitlines()][3:] == [["removed", "evidence"]] * 2
    assert done.err.splitlines()[1:] == [
        "abduce: would import refs.bib into vision-efficiency: 2 items of evidence, 1 skipped",
        "abduce: would import vision-efficiency: 5 explanations, 85 items of evidence",
    ]
    assert keys(abduce) == before


def test_problems_of_all_files_are_told_and_nothing_is_taken_in(abduce: Abduce, tmp_path: Path) -> None:
    before = keys(abduce)
    (tmp_path / "good.bib").write_text(BIB)
    (tmp_path / "bad.bib").write_text("@misc{a,\n year = 2001}")
    (tmp_path / "bad.json").write_text("[")
    result = abduce("import", "good.bib", "bad.bib", "bad.json", "none.bib")
    assert result.code == 1
    assert "none.bib cannot be read: No such file or directory" in result.err
    result = abduce("import", "good.bib", "bad.bib", "bad.json")
    assert result.err.splitlines() == [
        "abduce: bad.bib:1: a: it has no title; left out",
        "abduce: bad.json:1: this is not JSON: found the end; expected value",
    ]
    assert keys(abduce) == before


def test_references_of_several_files_are_taken_in_together_or_not_at_all(abduce: Abduce, tmp_path: Path) -> None:
    before = keys(abduce)
    (tmp_path / "a.bib").write_text("@misc{one, title = {One}, doi = {10.5555/one}}")
    (tmp_path / "b.bib").write_text("@misc{two, title = {Two}}\n@misc{again, title = {One}, doi = {10.5555/ONE}}")
    abduce.done("export", "-o", "all.yaml")
    refused = abduce.refused("import", "a.bib", "b.bib", "all.yaml")
    assert refused == (
        "abduce: all.yaml: there is a debate 'vision-efficiency' already; `import --replace` puts a file in its place; "
        "nothing was taken in\n"
    )
    assert keys(abduce) == before
    done = abduce.done("import", "a.bib", "b.bib")
    assert "skipped again: its DOI is that of 'one'" in done.err
    assert keys(abduce) == [*before, "one", "two"]
    entries = abduce.done("history", "--limit", "2", "--json").json["entries"]
    assert [entry["label"].partition("from ")[2] for entry in entries] == ["b.bib", "a.bib"]


def test_a_debate_in_json_is_imported_as_a_debate(abduce: Abduce) -> None:
    abduce.done("export", "-o", "all.json")
    done = abduce.done("import", "--replace", "all.json")
    assert "imported vision-efficiency: 5 explanations, 85 items of evidence" in done.err


def test_escape_codes_of_a_reference_are_not_sent(abduce: Abduce, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@misc{a, title = {evil \x1b]52;c;x\x07\u202e}}\n@misc{\x1b[31m, title = {b}}")
    done = abduce.done("import", "--dry-run", "refs.bib")
    assert not set(done.out + done.err) & set("\x1b\x07\u202e")


FAULTY = """\
@misc{good, title = {Good}, year = {1829--1830}, abstract = {Words}}
@misc{dummy,
}
@misc{other, title = {Other}, doi = {10.5555/other}}
"""


def test_what_is_left_out_or_changed_is_told_with_its_line(abduce: Abduce, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(FAULTY)
    done = abduce.done("import", "refs.bib")
    assert done.err.splitlines() == [
        "abduce: refs.bib:1: good: the date '1829–1830' is kept as 1829",
        "abduce: refs.bib:2: dummy: it has no title; left out",
        "abduce: refs.bib: not used: abstract (1)",
        "abduce: imported refs.bib into vision-efficiency: 2 items of evidence, 0 skipped, 2 notes",
    ]


def test_a_preview_in_json_tells_what_is_new_there_said_otherwise_and_left_out(abduce: Abduce, tmp_path: Path) -> None:
    abduce.done("evidence", "add", "Other", "--key", "mine", "--doi", "10.5555/OTHER", "--date", "2001")
    before = keys(abduce)
    (tmp_path / "refs.bib").write_text(
        FAULTY.replace("{Other},", "{Other}, year = 2002, url = {https://example.org/o},")
    )
    shape = abduce.done("import", "--dry-run", "--json", "refs.bib").json
    assert shape["dry_run"] is True
    (file,) = shape["files"]
    assert (file["file"], file["kind"], file["debate"]) == ("refs.bib", "bibtex", "vision-efficiency")
    assert file["new"] == [{"key": "good", "title": "Good"}]
    assert file["there"] == [{"line": 4, "name": "other", "key": "mine", "why": "its DOI is that of 'mine'"}]
    assert file["conflicting"] == [{"line": 4, "key": "mine", "field": "date", "here": "2001", "file": "2002"}]
    assert file["lacking"] == {"mine": ["url"]}
    assert [(note["line"], note["kind"]) for note in file["notes"]] == [(1, "changed"), (2, "left out")]
    assert file["unused"] == {"abstract": 1}
    assert keys(abduce) == before
    abduce.done("import", "--fill", "refs.bib")
    filled = shown(abduce, "mine")
    assert (filled["url"], filled["date"]) == ("https://example.org/o", "2001")
    assert "filled" not in abduce.done("import", "--fill", "refs.bib").err
    abduce.done("undo")
    assert keys(abduce) == before
    assert "url" not in shown(abduce, "mine")


def test_strict_takes_in_nothing_if_anything_is_left_out_or_changed(abduce: Abduce, tmp_path: Path) -> None:
    before = keys(abduce)
    (tmp_path / "refs.bib").write_text(FAULTY)
    result = abduce("import", "--strict", "refs.bib")
    assert (result.code, len(result.err.splitlines())) == (1, 2)
    assert "refs.bib:2: dummy: it has no title; left out" in result.err
    (tmp_path / "twice.bib").write_text("@misc{a, title = {One}}\n@misc{a, title = {Two}}")
    assert "taken in as 'ab'" in abduce.refused("import", "--strict", "twice.bib")
    assert keys(abduce) == before
    (tmp_path / "good.bib").write_text(BIB)
    abduce.done("import", "--strict", "good.bib")


def test_standard_input_is_of_any_kind(abduce: Abduce) -> None:
    before = keys(abduce)
    done = abduce.done("import", "-", stdin=b"TY  - JOUR\nTI  - Tide curves\nAU  - Marlow, Ines\nPY  - 2016\nER  - \n")
    assert "imported standard input into vision-efficiency: 1 item of evidence, 0 skipped" in done.err
    abduce.done("import", "--as", "bibtex", "-", stdin=b"% a comment\n@misc{two, title = {Two}}")
    assert keys(abduce) == [*before, "marlow2016", "two"]
    assert "this kind of file is not known; known are" in abduce.refused("import", "-", stdin=b"hello")


def test_as_names_a_kind_and_before_the_command_a_person(abduce: Abduce, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(BIB)
    assert "found the kind 'ana'; expected debate, " in abduce.refused("import", "--as", "ana", "refs.bib", code=2)
    abduce.done("--as", "ana", "import", "refs.bib")
    (latest,) = abduce.done("history", "--limit", "1", "--json").json["entries"]
    assert latest["actor"] == "ana"


def test_very_many_notes_are_told_in_short(abduce: Abduce, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@misc{good, title = {Good}}\n" + "@misc{dummy,\n}\n" * 30)
    told = abduce.done("import", "refs.bib").err.splitlines()
    assert len([line for line in told if "no title" in line]) == 20
    assert "abduce: … and 10 more like these; --json tells all" in told


def test_an_import_that_is_stopped_leaves_nothing(
    abduce: Abduce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keys(abduce)
    (tmp_path / "a.bib").write_text("@misc{one, title = {One}}")
    (tmp_path / "b.bib").write_text("@misc{two, title = {Two}}")
    plans = iter([plan.plan])

    def stopped(*given: Any) -> plan.Plan:
        for first in plans:
            return first(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(plan, "plan", stopped)
    result = abduce("import", "a.bib", "b.bib")
    assert (result.code, result.err) == (130, "abduce: interrupted\n")
    assert keys(abduce) == before


def test_a_preview_of_a_debate_that_is_replaced_tells_what_would_be_another(abduce: Abduce, tmp_path: Path) -> None:
    abduce.done("export", "-o", "all.debate.yaml")
    text = (tmp_path / "all.debate.yaml").read_text()
    assert abduce.done("import", "--dry-run", "--replace", "all.debate.yaml").out == ""
    (tmp_path / "all.debate.yaml").write_text(
        text.replace("hypotheses:\n", "hypotheses:\n  new: {title: A new one}\n", 1)
    )
    assert abduce.done("import", "--dry-run", "--replace", "all.debate.yaml").out.startswith("new      explanation")
    (file,) = abduce.done("import", "--dry-run", "--json", "--replace", "all.debate.yaml").json["files"]
    assert any("A new one" in line for line in file["changes"])
