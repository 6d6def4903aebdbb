"""`rank`, `plausibility`, `hypothesis add|edit`, and their undo."""

from __future__ import annotations

import pytest

from tests.tui.cli.conftest import Abduce


def order(abduce: Abduce) -> list[tuple[str, float]]:
    return [(h["slug"], h["plausibility"]) for h in abduce.done("show", "--json").json["hypotheses"]]


@pytest.mark.parametrize("how", [("2", "up"), ("copied", "1"), ("1", "down")])
def test_moving_past_a_neighbour_exchanges_the_plausibilities(abduce: Abduce, how: tuple[str, str]) -> None:
    result = abduce.done("rank", *how)
    assert order(abduce)[:3] == [("copied-filters", 0.6), ("unfair-comparison", 0.45), ("diffusion-steps", 0.4)]
    assert (result.out, result.err.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("1", "up"), "first already"),
        (("5", "down"), "last already"),
        (("1", "0"), "expected 1 to 5"),
        (("1", "6"), "expected 1 to 5"),
        (("1", "top"), "expected up, down or a place such as 2"),
        (("1", "9" * 5000), "expected up, down or a place such as 2"),
        (("9" * 5000, "up"), "there is no hypothesis"),
        (("nobody", "up"), "there is no hypothesis 'nobody'"),
    ],
)
def test_an_impossible_move_is_refused(abduce: Abduce, arguments: tuple[str, str], reason: str) -> None:
    before = order(abduce)
    assert reason in abduce.refused("rank", *arguments)
    assert order(abduce) == before


@pytest.mark.parametrize(("text", "value"), [("95%", 0.95), ("0.95", 0.95), ("19:1", 0.95), ("19 in 20", 0.95)])
def test_setting_a_plausibility_sorts_anew(abduce: Abduce, text: str, value: float) -> None:
    assert abduce.done("plausibility", "wasteful-llms", text).err == (
        "abduce: 1 of 5: Language models waste parameters (95%, almost certain)\n"
    )
    slug, plausibility = order(abduce)[0]
    assert (slug, round(plausibility, 9)) == ("wasteful-llms", value)


def test_the_reason_for_a_plausibility_is_kept_and_published(abduce: Abduce) -> None:
    abduce.done("plausibility", "5", "20%", "--why", "Pruning *works*, see Minitron")
    entry = abduce.done("history", "--limit", "1", "--json").json["entries"][0]
    assert entry["why"] == "Pruning *works*, see Minitron"
    assert "to 20%: Pruning *works*, see Minitron" in " ".join(abduce.done("history", "--limit", "1").out.split())
    report = ("export", "--format", "md", "--form", "report")
    assert r"*Last revised because:* Pruning \*works\*, see Minitron" in abduce.done(*report).out
    assert r"20%, was 8%; " in abduce.done("export", "--format", "md").out
    assert r"Pruning \*works\*, see Minitron" in abduce.done("export", "--format", "md").out
    # The reason goes with the figure it was for, and with its undoing.
    abduce.done("plausibility", "wasteful-llms", "30%")
    assert "Last revised because" not in abduce.done(*report).out
    abduce.done("undo")
    assert "*Last revised because:*" in abduce.done(*report).out
    abduce.done("undo")
    assert "Last revised because" not in abduce.done(*report).out
    assert "expected at most 50,000" in abduce.refused("plausibility", "5", "30%", "--why", "x" * 50_001)


def test_a_reason_for_the_figure_that_stands_is_refused(abduce: Abduce) -> None:
    abduce.done("plausibility", "5", "20%")
    told = abduce.refused("plausibility", "wasteful-llms", "1 in 5", "--why", "Pruning works")
    assert "it is so already; the reason was not kept" in told
    assert abduce.done("plausibility", "wasteful-llms", "1 in 5").code == 0


@pytest.mark.parametrize("text", ["130%", "-5%", "likely", ""])
def test_what_is_no_plausibility_is_refused(abduce: Abduce, text: str) -> None:
    assert "expected a plausibility such as 60%" in abduce.refused("plausibility", "1", text)


def test_undo_and_redo_survive_the_end_of_the_program(abduce: Abduce) -> None:
    before = order(abduce)
    abduce.done("rank", "5", "1")
    after = order(abduce)
    assert after != before
    abduce.done("undo")
    assert order(abduce) == before
    abduce.done("redo")
    assert order(abduce) == after
    assert "nothing to redo" in abduce.refused("redo")


def test_history_says_who_changed_what_newest_first(abduce: Abduce) -> None:
    abduce.done("plausibility", "1", "70%")
    abduce.done("undo")
    history = abduce.done("history", "--json").json
    assert [entry["kind"] for entry in history["entries"]] == ["undo", "change", "change"]
    assert set(history["entries"][0]) == {"id", "at", "actor", "kind", "label", "why"}
    assert len(abduce.done("history", "--limit", "1").out.splitlines()) == 2
    assert len(abduce.done("history", "--hypothesis", "1", "--json").json["entries"]) == 3
    assert len(abduce.done("history", "--hypothesis", "2", "--json").json["entries"]) == 1


def test_a_hypothesis_is_added(abduce: Abduce) -> None:
    abduce.done(
        "hypothesis", "add", "Evolution paid", "--statement", "-", "--prior", "1 in 5", stdin="Früher\n".encode()
    )
    shown = abduce.done("show", "evolution-paid", "--json").json["hypotheses"][0]
    assert (shown["plausibility"], shown["prior"], shown["rank"]) == (0.5, 0.2, 2)
    assert "\nFrüher\n" in abduce.done("show", "evolution-paid").out


def test_a_hypothesis_is_edited(abduce: Abduce) -> None:
    abduce.done("hypothesis", "edit", "2", "--title", "Copies", "--status", "rejected", "--prior", "10%")
    shown = abduce.done("show", "copied-filters", "--json").json["hypotheses"][0]
    assert (shown["title"], shown["status"], shown["prior"]) == ("Copies", "rejected", 0.1)
    abduce.done("hypothesis", "edit", "2", "--short", "copies")
    assert abduce.done("export", "--format", "json").json["hypotheses"]["copied-filters"]["short"] == "copies"
    assert "--short: found 26 cells" in abduce.refused(
        "hypothesis", "edit", "2", "--short", "copies, copies and copies."
    )
    assert "nothing to change" in abduce.refused("hypothesis", "edit", "2", code=2)
    assert "title" in abduce.refused("hypothesis", "edit", "2", "--title", "")


def test_bytes_on_standard_input_that_are_no_text_are_refused(abduce: Abduce) -> None:
    assert "not UTF-8 text (byte 2)" in abduce.refused("hypothesis", "add", "x", "--statement", "-", stdin=b"a\xff")
