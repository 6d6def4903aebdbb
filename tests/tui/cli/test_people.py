"""`--as`, `people`, `comment`, `settle`, `reckoning`."""

from __future__ import annotations

import getpass
import re
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Abduce


def stated(abduce: Abduce, *options: str) -> float:
    (found,) = abduce.done(*options, "show", "wasteful-llms", "--json").json["hypotheses"]
    return float(found["plausibility"])


def test_everybody_has_a_ranking(abduce: Abduce) -> None:
    abduce.done("--as", "ana", "plausibility", "wasteful-llms", "80%")
    abduce.done("plausibility", "wasteful-llms", "20%", "--as", "bob")
    assert [stated(abduce), stated(abduce, "--as", "ana"), stated(abduce, "--as", "bob")] == [0.08, 0.8, 0.2]
    assert stated(abduce, "--as", "eve") == 0.08
    found = abduce.done("people", "--json").json
    assert found["people"] == [getpass.getuser(), "ana", "bob"]
    fifth = found["hypotheses"]["wasteful-llms"]
    # Nobody has set the 8%. Odds 4 and 1/4: together 1.
    assert fifth["pooled"] == pytest.approx(0.5)
    # +6.02 and -6.02 decibans
    assert fifth["disagreement"] == pytest.approx(6.0206, abs=1e-4)
    out = abduce.done("people").out
    assert "ana" in out
    assert "50%" in out


def test_cells_that_people_rate_differently_are_listed(abduce: Abduce) -> None:
    abduce.done("--as", "ana", "evidence", "assess", "felleman91", "1", "1/4", "--why", "Old.")
    (cell,) = abduce.done("people", "--json").json["cells"]
    assert (cell["evidence"], cell["hypothesis"]) == ("felleman91", "unfair-comparison")
    assert cell["ratios"] == {getpass.getuser(): 2.0, "ana": 0.25}
    assert "ana 0.25" in abduce.done("people").out
    entry = abduce.done("history", "--limit", "1", "--json").json["entries"][0]
    assert entry["actor"] == "ana"


def test_a_person_has_a_name(abduce: Abduce) -> None:
    assert "is no name of a person" in abduce.refused("--as", "", "show")


def test_comments_form_threads(abduce: Abduce) -> None:
    abduce.done("comment", "add", "On one.", "--hypothesis", "1")
    abduce.done("--as", "ana", "comment", "add", "-", "--hypothesis", "1", "--evidence", "vit", stdin=b"On a\ncell.\n")
    abduce.done("comment", "add", "On evidence.", "--evidence", "vit")
    abduce.done("comment", "add", "On an idea.", "--idea", "1")
    everything = abduce.done("comment", "list", "--json").json["comments"]
    assert [comment["text"] for comment in everything] == ["On one.", "On a\ncell.", "On evidence.", "On an idea."]
    (cell,) = abduce.done("comment", "list", "--hypothesis", "1", "--evidence", "vit", "--json").json["comments"]
    assert (cell["by"], cell["number"]) == ("ana", 2)
    assert "on vit under unfair-comparison" in abduce.done("comment", "list").out
    assert len(abduce.done("comment", "list", "--evidence", "vit", "--json").json["comments"]) == 1


@pytest.mark.parametrize(
    ("arguments", "reason", "code"),
    [
        (("x",), "what is it about?", 2),
        (("x", "--idea", "1", "--hypothesis", "1"), "what is it about?", 2),
        (("x", "--idea", "99"), "there is no idea '99'", 1),
        (("x", "--evidence", "vitt"), "there is no evidence 'vitt'; did you mean 'vit'?", 1),
        (("  ", "--idea", "1"), "expected a text", 1),
    ],
)
def test_a_comment_that_cannot_be_is_refused(
    abduce: Abduce, arguments: tuple[str, ...], reason: str, code: int
) -> None:
    assert reason in abduce.refused("comment", "add", *arguments, code=code)


def test_settling_is_reckoned(abduce: Abduce) -> None:
    assert "Nothing is settled yet" in abduce.done("reckoning").out
    abduce.done("plausibility", "5", "20%")
    abduce.done("--as", "ana", "plausibility", "wasteful-llms", "90%")
    abduce.done("settle", "wasteful-llms", "true")
    found = abduce.done("reckoning", "--json").json
    assert found["settled"] == {"wasteful-llms": True}
    assert [(one["person"], one["brier"]) for one in found["people"]] == [
        ("ana", pytest.approx(0.01)),
        (getpass.getuser(), pytest.approx(0.64)),
    ]
    # The 8% of before was a starting figure that nobody had set.
    assert [score["brier"] for score in found["people"][1]["over_time"]] == pytest.approx([0.64])
    assert [one["not_held"] for one in found["people"]] == [[], []]
    assert "kandpal23" in [one["evidence"] for one in found["misleading"]]
    out = abduce.done("reckoning").out
    assert re.search(r"Language models waste parameters: true, \d{4}-\d\d-\d\d", out)
    assert "kandpal23" in out
    abduce.done("settle", "wasteful-llms", "open")
    assert abduce.done("reckoning", "--json").json["people"] == []


@pytest.mark.parametrize(
    ("arguments", "reason", "code"),
    [
        (("5", "maybe"), "'maybe' is not one of", 2),
        (("nobody", "true"), "there is no hypothesis 'nobody'", 1),
        (("5", "true", "--on", "2024-05"), "expected a day such as", 1),
        (("5", "true", "--on", ""), "found no day", 1),
        (
            ("5", "true", "--on", "2199-12-31"),
            "2199-12-31 is still to come; expected the day on which it turned out",
            1,
        ),
    ],
)
def test_what_cannot_be_settled_is_refused(abduce: Abduce, arguments: tuple[str, ...], reason: str, code: int) -> None:
    assert reason in abduce.refused("settle", *arguments, code=code)


def test_everything_travels_in_the_file(abduce: Abduce) -> None:
    abduce.done("--as", "ana", "plausibility", "wasteful-llms", "80%")
    abduce.done("--as", "ana", "evidence", "assess", "felleman91", "1", "1/4")
    abduce.done("comment", "add", "On one.", "--hypothesis", "1")
    abduce.done("settle", "5", "false", "--on", "2024-05-31")
    text = abduce.done("export", "--format", "yaml").out
    assert text == abduce.done("--as", "ana", "export", "--format", "yaml").out
    abduce.done("undo")
    abduce.done("undo")
    abduce.done("import", "--replace", "-", stdin=text.encode())
    assert abduce.done("export", "--format", "yaml").out == text
    whole = abduce.done("export", "--format", "json").json
    assert whole["hypotheses"]["wasteful-llms"]["others"]["ana"]["plausibility"] == 0.8
    assert whole["comments"][0]["text"] == "On one."


def test_where_one_is_true_the_others_are_false_only_if_that_is_said(abduce: Abduce, tmp_path: Path) -> None:
    path = tmp_path / "either.debate.yaml"
    path.write_text(
        "abduce: 1\ndebate: {slug: either, title: Either, mode: exclusive}\n"
        "hypotheses:\n  one: {title: One, plausibility: 60%}\n  two: {title: Two, plausibility: 30%}\n",
        encoding="utf-8",
    )
    abduce.done("new", str(path))
    refused = abduce("settle", "one", "true")
    assert refused.code == 1
    assert "two would be settled as false; expected --yes" in refused.err
    assert "settled 'one' as true and 'two' as false" in abduce.done("settle", "one", "true", "--yes").err
    shown = abduce.done("show", "--json").json["hypotheses"]
    assert [h["settled"] for h in shown] == ["true", "false"]
    assert "One (turned out true)" in abduce.done("show").out
    assert "1.) **One.** (turned out true)" in abduce.done("export", "--format", "md").out


def test_a_starting_figure_is_marked_and_a_move_states_what_changes_places(abduce: Abduce) -> None:
    assert "8%?" in abduce.done("people").out
    abduce.done("--as", "ana", "plausibility", "1", "90%")
    abduce.done("--as", "ana", "rank", "2", "1")
    found = abduce.done("people", "--json").json["hypotheses"]
    # Ana put the second at her 90%, and the first at the 45% that the second began with.
    assert (found["copied-filters"]["stated"]["ana"], found["unfair-comparison"]["stated"]["ana"]) == (0.9, 0.45)
    assert "ana" not in found["unfair-comparison"]["starting"]
    assert found["unfair-comparison"]["pooled"] == pytest.approx(0.45)


def test_an_explanation_added_without_a_plausibility_has_a_starting_figure(abduce: Abduce) -> None:
    abduce.done("new", "Empty")
    assert "no evidence yet" in abduce.done("doubts").out
    abduce.done("hypothesis", "add", "One")
    abduce.done("hypothesis", "add", "Two", "--plausibility", "50%")
    assert abduce.done("people").out.count("50%?") == 1
    abduce.done("settle", "one", "true")
    assert abduce.done("reckoning", "--json").json["people"] == []
