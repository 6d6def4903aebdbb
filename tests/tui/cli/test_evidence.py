"""`evidence add|list|show|edit|assess|retract` and `idea submit|list|show`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.conftest import Abduce


def shown(abduce: Abduce, key: str) -> Any:
    return abduce.done("evidence", "show", key, "--json").json


def test_evidence_is_logged_with_a_rating_per_explanation(abduce: Abduce) -> None:
    abduce.done(
        *["evidence", "add", "A survey of models", "--author", "Song, A.", "--author", "Li", "--date", "2023-03"],
        *["--credibility", "medium", "--relevance", "60%", "--cluster", "surveys", "--finding", "-"],
        *["--rate", "1=++", "--rate", "copied=--", "--why", "1=It fits."],
        stdin=b"Found *much*.\n",
    )
    evidence = shown(abduce, "song2023")
    assert evidence["authors"] == ["Song, A.", "Li"]
    assert (evidence["credibility"], evidence["relevance"], evidence["finding"]) == (0.75, 0.6, "Found *much*.")
    assert evidence["assessments"] == {
        "unfair-comparison": {"ratio": 10, "why": "It fits."},
        "copied-filters": {"ratio": 0.1},
    }
    listed = abduce.done("evidence", "list", "--hypothesis", "1", "--json").json["evidence"]
    assert listed[-1]["key"] == "song2023"


def test_the_next_of_an_author_and_year_gets_a_letter(abduce: Abduce) -> None:
    for _ in range(2):
        abduce.done("evidence", "add", "T", "--author", "Ada Song", "--date", "2023")
    assert shown(abduce, "song2023b")["title"] == "T"
    abduce.done("evidence", "add", "Untitled work")
    assert shown(abduce, "untitled")["title"] == "Untitled work"


@pytest.mark.parametrize(
    ("arguments", "reason", "code"),
    [
        (("T", "--date", "last year"), "expected a date such as", 1),
        (("T", "--credibility", "huge"), "expected low, medium, high", 1),
        (("T", "--rate", "1=maybe"), "is not a likelihood ratio", 1),
        (("T", "--rate", "nobody=++"), "there is no hypothesis 'nobody'", 1),
        (("T", "--rate", "1"), "has no =", 2),
        (("T", "--why", "1=because"), "no rating", 1),
        (("T", "--key", "vit"), "'vit'", 1),
        (("T", "--url", "javascript:alert(1)"), "https://", 1),
        (("",), "title", 1),
    ],
)
def test_evidence_that_cannot_be_is_refused(abduce: Abduce, arguments: tuple[str, ...], reason: str, code: int) -> None:
    assert reason in abduce.refused("evidence", "add", *arguments, code=code)
    assert len(abduce.done("evidence", "list", "--json").json["evidence"]) == 85


@pytest.mark.parametrize(
    ("arguments", "ratio"),
    [
        (("++",), 10),
        (("--",), 0.1),
        (("-",), pytest.approx(1 / 3)),
        (("--", "--why", "x"), 0.1),
        (("--why", "x", "--"), 0.1),
        (("--", "--"), 0.1),
        (("--ratio=--",), 0.1),
        (("--ratio", "--"), 0.1),
        (("II",), 0.1),
        (("1/10",), 0.1),
        (("2.5",), 2.5),
        (("n/a",), "n/a"),
    ],
)
def test_a_ratio_is_typed_as_it_is_written(abduce: Abduce, arguments: tuple[str, ...], ratio: object) -> None:
    abduce.done("evidence", "assess", "vit", "unfair-comparison", *arguments)
    assert shown(abduce, "vit")["assessments"]["unfair-comparison"]["ratio"] == ratio


@pytest.mark.parametrize(
    ("arguments", "reason", "code"),
    [
        ((), "which ratio?", 2),
        (("maybe",), "is not a likelihood ratio", 1),
        (("-3",), "likelihood ratio", 1),
        (("0.0",), "not a positive likelihood ratio", 1),
        (("+", "--clear"), "give one of", 2),
        (("--why", "because"), "does not rate unfair-comparison yet", 1),
    ],
)
def test_what_is_no_ratio_is_refused(abduce: Abduce, arguments: tuple[str, ...], reason: str, code: int) -> None:
    assert reason in abduce.refused("evidence", "assess", "vit", "1", *arguments, code=code)


def test_a_rating_keeps_its_reason_until_another_is_given_and_can_be_cleared(abduce: Abduce) -> None:
    abduce.done("evidence", "assess", "vit", "1", "+", "--why", "First.")
    abduce.done("evidence", "assess", "vit", "1", "++")
    assert shown(abduce, "vit")["assessments"]["unfair-comparison"] == {"ratio": 10, "why": "First."}
    abduce.done("evidence", "assess", "vit", "1", "--why", "Second.")
    assert shown(abduce, "vit")["assessments"]["unfair-comparison"] == {"ratio": 10, "why": "Second."}
    abduce.done("evidence", "assess", "vit", "1", "--clear")
    assert "unfair-comparison" not in shown(abduce, "vit")["assessments"]


def test_editing_changes_what_is_given_and_keeps_the_rest(abduce: Abduce) -> None:
    before = shown(abduce, "vit")
    abduce.done("evidence", "edit", "vit", "--title", "New title", "--credibility", "low")
    assert shown(abduce, "vit") == {**before, "title": "New title", "credibility": 0.5}
    assert "nothing to change" in abduce.refused("evidence", "edit", "vit", code=2)


def test_retracted_evidence_counts_nothing_and_stays(abduce: Abduce) -> None:
    before = abduce.done("show", "2", "--json").json["hypotheses"][0]
    abduce.done("evidence", "retract", "vit", "--note", "withdrawn")
    after = abduce.done("show", "copied-filters", "--json").json["hypotheses"][0]
    assert after["evidence_for"] == before["evidence_for"] - 1
    assert after["implied"] < before["implied"]
    assert shown(abduce, "vit")["retracted"] is True
    assert "RETRACTED" in abduce.done("evidence", "show", "vit").out
    abduce.done("evidence", "retract", "vit", "--restore")
    assert abduce.done("show", "copied-filters", "--json").json["hypotheses"][0] == before


@pytest.mark.parametrize("command", [("show",), ("edit", "--title", "x"), ("retract",), ("assess", "1", "+")])
def test_unknown_evidence_is_refused_with_the_nearest(abduce: Abduce, command: tuple[str, ...]) -> None:
    line = abduce.refused("evidence", command[0], "movie-gem", *command[1:])
    assert "there is no evidence 'movie-gem'; did you mean 'movie-gen'?" in line


def test_evidence_for_people(abduce: Abduce) -> None:
    assert len(abduce.done("evidence", "list").out.splitlines()) == 86
    text = abduce.done("evidence", "show", "movie-gen").out
    assert text.startswith("Movie Gen: A Cast of Media Foundation Models [movie-gen]")
    assert "https://arxiv.org/abs/2410.13720" in text


def test_an_idea_is_submitted_by_its_fields_or_on_standard_input(abduce: Abduce) -> None:
    abduce.done("idea", "submit", "Count spikes", "--text", "Not weights.", "--kind", "estimate", "--from", "A reader")
    abduce.done("idea", "submit", "--hypothesis", "1", stdin=b"First line\nand the rest\n")
    ideas = abduce.done("idea", "list", "--json").json["ideas"][-2:]
    assert {name: ideas[0][name] for name in ("number", "title", "text", "kind", "from", "status")} == {
        "number": 11,
        "title": "Count spikes",
        "text": "Not weights.",
        "kind": "estimate",
        "from": "A reader",
        "status": "new",
    }
    assert (ideas[1]["title"], ideas[1]["text"]) == ("First line", "and the rest")
    assert ideas[1]["hypothesis"] == "unfair-comparison"
    assert abduce.done("idea", "show", "11", "--json").json == ideas[0]
    assert "A reader" in abduce.done("idea", "show", "11").out


def test_an_idea_that_says_nothing_is_refused(abduce: Abduce) -> None:
    assert "the idea is empty" in abduce.refused("idea", "submit")
    assert "there is no idea '99'" in abduce.refused("idea", "show", "99")
    assert "there is no idea 'one'" in abduce.refused("idea", "show", "one")


def test_standard_input_that_never_ends_is_refused(abduce: Abduce) -> None:
    assert "standard input is too long" in abduce.refused("idea", "submit", "T", stdin=b"x" * 1_000_000)


def test_example_ideas_are_marked(abduce: Abduce) -> None:
    lines = abduce.done("idea", "list").out.splitlines()[1:]
    assert len(lines) == 10
    assert all(line.endswith("(an example)") for line in lines)
    assert abduce.done("idea", "list", "--status", "accepted", "--json").json["ideas"] == []


def test_a_readers_escape_codes_are_shown_and_not_sent(abduce: Abduce) -> None:
    abduce.done("idea", "submit", "evil \x1b[31mred", "--text", "a\x1b]52;c;x\x07\u202eb", "--from", "\x9bme")
    for command in (("list",), ("show", "11")):
        out = abduce.done("idea", *command).out
        assert not set(out) & set("\x1b\x07\x9b\u202e")
        assert r"evil \x1b[31mred" in out
    as_json = abduce.done("idea", "show", "11", "--json")
    assert as_json.out.isascii()
    assert as_json.json["text"] == "a\x1b]52;c;x\x07\u202eb"


def test_a_rating_by_two_probabilities_is_kept_as_typed_everywhere(abduce: Abduce) -> None:
    told = abduce.done("evidence", "assess", "felleman91", "2", "0.8 vs 0.096").err
    assert "felleman91 now rates copied-filters 0.8 vs 0.096" in told
    shown = abduce.done("evidence", "show", "felleman91", "--json").json["assessments"]["copied-filters"]
    assert (shown["given"], shown["ratio"]) == ("0.8 vs 0.096", pytest.approx(0.8 / 0.096))
    assert "0.8 vs 0.096" in abduce.done("evidence", "show", "felleman91").out
    assert "copied-filters: 0.8 vs 0.096" in abduce.done("export", "--format", "yaml").out
    # As likely another way is another rating all the same.
    assert "0.4 vs 0.048" in abduce.done("evidence", "assess", "felleman91", "2", "0.4 vs 0.048").err
    assert abduce.done("history", "--limit", "1").out.count("felleman91") == 1
    zero = abduce.done("evidence", "assess", "felleman91", "2", "0 vs 0.3").err
    assert "0 if true rules it out: it counts as a ratio of 1e-12" in zero
    assert "could not have been found at all" in abduce("evidence", "assess", "felleman91", "2", "0 vs 0").err


def test_what_a_program_gives_twice_has_to_agree(abduce: Abduce, tmp_path: Path) -> None:
    whole = abduce.done("export", "--format", "json").json
    whole["debate"]["slug"] = "copy"
    whole["evidence"]["felleman91"]["assessments"]["copied-filters"] = {"ratio": 8, "given": "0.8 vs 0.1"}
    path = tmp_path / "copy.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    abduce.done("import", str(path))
    whole["evidence"]["felleman91"]["assessments"]["copied-filters"]["ratio"] = 3
    path.write_text(json.dumps(whole), encoding="utf-8")
    refused = abduce("import", "--replace", str(path))
    assert "'0.8 vs 0.1' is another ratio than '3'; expected one of both" in refused.err


def test_ideas_are_listed_by_their_words(abduce: Abduce) -> None:
    abduce.done("idea", "submit", "Count naïve spikes", "--text", "Not weights: 10.1000/x.", "--from", "Zoë")
    for words in ("naive spi", "SPIKES count", "10.1000/x", "zoe"):
        assert [each["number"] for each in abduce.done("idea", "list", "--search", words, "--json").json["ideas"]] == [
            11
        ]
    for words in ("naiv spikes", "10.1000/y", 'spikes" OR "count'):
        assert abduce.done("idea", "list", "--search", words, "--json").json["ideas"] == []
    assert abduce.done("idea", "list", "--search", "zoe", "--status", "declined", "--json").json["ideas"] == []
    assert len(abduce.done("idea", "list", "--search", "", "--json").json["ideas"]) == 11
