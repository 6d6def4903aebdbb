"""`matrix`, `cruxes`, `timeline`, `adopt`, `check`, and `--as-of`."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Abduce

SLUGS = ["unfair-comparison", "copied-filters", "diffusion-steps", "superhuman-llms", "wasteful-llms"]
SCHEMES = ["bayes", "heuer", "parc", "burton", "open-synthesis"]


def test_the_matrix_has_every_scheme_and_every_cell(abduce: Abduce) -> None:
    found = abduce.done("matrix", "--json").json
    assert list(found["schemes"]) == SCHEMES
    for scheme in found["schemes"].values():
        assert set(scheme["scores"]) == set(scheme["order"]) == set(SLUGS)
    implied = {h["slug"]: h["implied"] for h in abduce.done("show", "--json").json["hypotheses"]}
    assert found["schemes"]["bayes"]["scores"] == pytest.approx(implied)
    assert (found["fragile"], found["untested"]) == (True, [])
    assert len(found["evidence"]) == 85
    for item in found["evidence"]:
        assert list(item["assessments"]) == SLUGS
        assert 0 <= item["weight"] <= 1


def test_a_rating_changes_scores_diagnosticity_and_blank_is_not_na(abduce: Abduce) -> None:
    abduce.done("evidence", "add", "New", "--key", "new", "--rate", "1=II", "--rate", "2=n/a")
    found = abduce.done("matrix", "--json").json
    new = found["evidence"][-1]
    assert new["assessments"] == dict(zip(SLUGS, [pytest.approx(0.1), "n/a", None, None, None], strict=True))
    # ln 0.1 for one of five: ln 10 sqrt(1/5 · 4/5)
    assert new["diagnosticity"] == pytest.approx(math.log(10) * 0.4)
    assert found["schemes"]["heuer"]["scores"]["unfair-comparison"] == 1 + 2


def test_the_matrix_for_people(abduce: Abduce) -> None:
    out = abduce.done("matrix", "--sort", "date").out
    rows = out.partition("\n\n")[0].splitlines()
    assert (rows[1].split()[0], rows[-1].split()[0]) == ("sd-unet-audit", "felleman91")  # the newest and the oldest
    assert "open-synthesis" in out
    one = abduce.done("matrix", "--scheme", "parc").out
    assert "√2" in one
    assert "burton" not in one
    for order in ("diagnosticity", "cluster", "weight", "title", "logged"):
        assert abduce.done("matrix", "--sort", order).out.count("\n") > 90
    abduce.done("new", "Empty")
    abduce.done("hypothesis", "add", "Nobody rates it")
    assert "untested" in abduce.done("matrix").out


def test_cruxes_come_smallest_first(abduce: Abduce) -> None:
    found = abduce.done("cruxes", "--json").json
    assert (found["first"], found["second"]) == ("unfair-comparison", "wasteful-llms")
    sizes = [crux["size"] for crux in found["cruxes"]]
    assert sizes == sorted(sizes)
    assert {crux["kind"] for crux in found["cruxes"]} == {"ratio", "prior", "quantity", "credibility", "relevance"}
    assert {crux["flips"] for crux in found["cruxes"]} == {"order", "gap"}
    assert len(found["leave_one_out"]) == 85 - sum(
        all(value in (None, "n/a") for value in item["assessments"].values())
        for item in abduce.done("matrix", "--json").json["evidence"]
    )
    out = abduce.done("cruxes", "--limit", "3").out
    assert "By the evidence 1 The comparison is not fair is first." in out
    assert "(0.6 dB) those of 5 Language models waste parameters" in out
    assert "prior of 5: 8% → 9.1%" in out
    assert out.count(" dB") == 1 + 3


def test_a_prior_at_its_crux_flips_the_first_two(abduce: Abduce) -> None:
    crux = next(c for c in abduce.done("cruxes", "--json").json["cruxes"] if c["hypothesis"] == "wasteful-llms")
    assert crux["kind"] == "prior"
    abduce.done("hypothesis", "edit", "wasteful-llms", "--prior", f"{crux['needed'] * 1.01:.6f}")
    assert abduce.done("cruxes", "--json").json["first"] == "wasteful-llms"


def test_the_timeline_shows_the_fifth_rise_from_last_to_second(abduce: Abduce) -> None:
    abduce.done("plausibility", "5", "20%")
    found = abduce.done("timeline", "--json").json
    first, last = found["by_evidence"][0], found["by_evidence"][-1]
    assert min(first["implied"], key=first["implied"].get) == "wasteful-llms"
    assert sorted(last["implied"], key=last["implied"].get)[-2] == "wasteful-llms"
    assert [entry["plausibility"]["wasteful-llms"] for entry in found["by_journal"]] == [0.08, 0.2]
    assert "1991" in abduce.done("timeline").out


def test_adopting_is_one_change_that_undo_takes_back(abduce: Abduce) -> None:
    implied = abduce.done("show", "5", "--json").json["hypotheses"][0]["implied"]
    assert "8% → 76%" in abduce.done("adopt", "5").err
    now = abduce.done("show", "1", "--json").json["hypotheses"][0]
    assert (now["slug"], now["plausibility"], now["implied"]) == ("wasteful-llms", implied, implied)
    abduce.done("undo")
    assert abduce.done("show", "5", "--json").json["hypotheses"][0]["plausibility"] == 0.08
    assert "there is no hypothesis 'x'" in abduce.refused("adopt", "x")


def test_as_of_a_date_later_evidence_is_not_there(abduce: Abduce) -> None:
    then = {h["slug"]: h["implied"] for h in abduce.done("show", "--as-of", "2019", "--json").json["hypotheses"]}
    line = [one for one in abduce.done("timeline", "--json").json["by_evidence"] if one["date"] <= "2019-12-31"][-1]
    assert then == pytest.approx(line["implied"])
    keys = [item["key"] for item in abduce.done("matrix", "--as-of", "1991", "--json").json["evidence"]]
    assert keys == ["felleman91"]
    assert "felleman91:" in abduce.done("export", "--format", "yaml", "--as-of", "1991").out
    assert "movie-gen:" not in abduce.done("export", "--format", "yaml", "--as-of", "1991").out
    for command in (("show",), ("matrix",), ("export", "--format", "md")):
        assert "expected a date such as 2023" in abduce.refused(*command, "--as-of", "yesterday")


def test_as_of_a_date_texts_that_know_of_later_are_told(abduce: Abduce) -> None:
    told = "texts are those of today; of what came after 2023-04 know hypotheses."
    for command in (("show",), ("show", "5", "--json"), ("matrix",), ("doubts",), ("export", "--format", "yaml")):
        said = abduce.done(*command, "--as-of", "2023-04").err
        assert told in said
        assert "hypotheses.wasteful-llms.statement (2024)" in said  # "In March 2024 he came round"
    page = abduce.done("export", "--format", "md", "--as-of", "2023-04").out
    assert "*As it stood in 2023-04; the texts are those of today, and some tell of what came later.*" in page
    assert abduce.done("show").err == abduce.done("show", "--as-of", "2027").err == ""


def test_undo_to_an_entry(abduce: Abduce) -> None:
    abduce.done("plausibility", "5", "20%")
    entry = abduce.done("history", "--limit", "1", "--json").json["entries"][0]["id"]
    abduce.done("plausibility", "5", "30%")
    abduce.done("adopt", "4")
    abduce.done("undo", "--to", str(entry))
    found = {h["slug"]: h["plausibility"] for h in abduce.done("show", "--json").json["hypotheses"]}
    assert (found["wasteful-llms"], found["superhuman-llms"]) == (0.2, 0.1)
    assert "there is no entry '999'" in abduce.refused("undo", "--to", "999")


def test_check_lists_what_the_matrix_lacks(abduce: Abduce) -> None:
    assert {problem["code"] for problem in abduce.done("check", "--json").json["problems"]} == {"claim"}
    abduce.done("plausibility", "5", "8%")
    far = [p["place"] for p in abduce.done("check", "--json").json["problems"] if p["code"] == "far-apart"]
    assert far == ["hypotheses.wasteful-llms.plausibility"]
    abduce.done("evidence", "add", "No source", "--key", "bare", "--rate", "1=+")
    places = {p["code"]: p["place"] for p in abduce.done("check", "--json").json["problems"] if "bare" in p["place"]}
    assert places["no-source"] == "evidence.bare"
    assert places["no-date"] == "evidence.bare.date"


def test_a_debate_can_have_a_scheme_of_its_own(abduce: Abduce, tmp_path: Path) -> None:
    path = tmp_path / "own.debate.yaml"
    path.write_text(
        "abduce: 1\ndebate: {slug: own, title: Own}\n"
        "schemes:\n  ours: {points: {CC: -1, C: -1, N: 0, I: 2, II: 2}, source: A paper}\n"
        "hypotheses:\n  one: {title: One}\n"
        "evidence:\n  e: {title: E, assessments: {one: II}}\n  f: {title: F, assessments: {one: C}}\n",
        encoding="utf-8",
    )
    abduce.done("new", str(path))
    assert abduce.done("matrix", "--json").json["schemes"]["ours"]["scores"] == {"one": 1}
    out = abduce.done("matrix", "--scheme", "ours").out
    assert "Σ points; CC -1, C -1, N 0, I 2, II 2; lowest first" in out
    assert "A paper" in out
    assert "II: 2" in abduce.done("export", "--format", "yaml").out
    assert abduce("matrix", "--scheme", "theirs").err.startswith("abduce: there is no scheme 'theirs'")
    for old, new, told in (
        ("ours:", "heuer:", "scheme 'heuer' has the name of one that every debate has"),
        ("N: 0, ", "", "points of scheme 'ours': found CC, C, I, II; expected II, I, N, C, CC"),
        ("II: 2", "II: 1e9", "found 1e+09; expected a number from -1000 to 1000"),
    ):
        broken = tmp_path / "broken.debate.yaml"
        broken.write_text(path.read_text(encoding="utf-8").replace(old, new, 1).replace("own", "broken"), "utf-8")
        assert told in abduce("new", str(broken)).err
