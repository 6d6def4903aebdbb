"""What is removed, merged and edited by command: `hypothesis`, `evidence`, `cluster`, `comment`, `debate`."""

from __future__ import annotations

from tests.tui.cli.conftest import Abduce


def test_an_explanation_is_removed_with_what_hangs_on_it_and_comes_back(abduce: Abduce) -> None:
    before = abduce.done("export", "--format", "yaml").out
    refused = abduce.refused("hypothesis", "remove", "5")
    assert "removing the hypothesis 'wasteful-llms' would take along" in refused
    assert "ratings" in refused
    assert "say so (--with)" in refused
    assert "removed wasteful-llms: " in abduce.done("hypothesis", "remove", "5", "--with").err
    assert len(abduce.done("show", "--json").json["hypotheses"]) == 4
    abduce.done("undo")
    assert abduce.done("export", "--format", "yaml").out == before


def test_an_explanation_is_merged_by_whoever_works_on_the_debate(abduce: Abduce) -> None:
    before = abduce.done("export", "--format", "yaml").out
    abduce.done("hypothesis", "merge", "superhuman", "wasteful", "--as", "ana")
    shown = abduce.done("show", "--json").json["hypotheses"]
    assert [h["slug"] for h in shown].count("superhuman-llms") == 0
    assert "nothing to undo" in abduce.refused("undo")
    abduce.done("undo", "--as", "ana")
    assert abduce.done("export", "--format", "yaml").out == before
    assert "expected two explanations" in abduce.refused("hypothesis", "merge", "1", "1")


def test_evidence_that_others_rated_is_not_removed_unasked(abduce: Abduce) -> None:
    abduce.done("evidence", "assess", "felleman91", "1", "4", "--as", "ana")
    assert "the ratings of ana" in abduce.refused("evidence", "remove", "felleman91")
    abduce.done("evidence", "remove", "felleman91", "--with")
    assert "there is no evidence 'felleman91'" in abduce.refused("evidence", "show", "felleman91")
    abduce.done("undo")
    abduce.done("evidence", "remove", "vit")
    assert "there is no evidence 'vit'" in abduce.refused("evidence", "remove", "vit")


def test_clusters_are_renamed_and_joined(abduce: Abduce) -> None:
    for key, cluster in (("vit", "one"), ("felleman91", "two")):
        abduce.done("evidence", "edit", key, "--cluster", cluster)
    assert "two is called three now: felleman91" in abduce.done("cluster", "rename", "two", "three").err
    assert "one has " in abduce.done("cluster", "join", "three", "one").err
    assert abduce.done("evidence", "show", "felleman91", "--json").json["cluster"] == "one"
    assert "there is no cluster 'three'" in abduce.refused("cluster", "rename", "three", "four")


def test_comments_of_ones_own_are_changed_and_removed(abduce: Abduce) -> None:
    abduce.done("comment", "add", "One.", "--hypothesis", "1")
    abduce.done("comment", "edit", "1", "-", stdin=b"Another.\n")
    assert abduce.done("comment", "list", "--json").json["comments"][0]["text"] == "Another."
    assert "expected one of your own" in abduce.refused("comment", "remove", "1", "--as", "ana")
    abduce.done("comment", "remove", "1")
    assert abduce.done("comment", "list").out == ""
    assert "there is no comment '1'" in abduce.refused("comment", "edit", "1", "x")


def test_the_debate_itself_is_edited(abduce: Abduce) -> None:
    fields = ("--title", "Why?", "--correlation", "0.25", "--author", "Ola", "--source", "a post", "--note", "n")
    abduce.done("debate", "edit", *fields, "--question", "-", stdin=b"All *of* it.\n")
    debate = abduce.done("export", "--format", "json").json["debate"]
    assert (debate["title"], debate["question"], debate["correlation"]) == ("Why?", "All *of* it.", 0.25)
    assert (debate["author"], debate["source"], debate["note"]) == ("Ola", "a post", "n")
    assert "sum to 100% at most" in abduce.refused("debate", "edit", "--mode", "exclusive")
    assert "nothing to change" in abduce.refused("debate", "edit", code=2)


def test_names_are_changed_everywhere_at_once(abduce: Abduce) -> None:
    before = abduce.done("export", "--format", "yaml").out
    gap = abduce.done("estimate", "--json").json["gaps"]
    abduce.done("hypothesis", "edit", "1", "--slug", "unfair", "--title", "It is not fair")
    abduce.done("quantity", "edit", "stable_diffusion", "--symbol", "image_model")
    abduce.done("gap", "edit", "puzzle", "--symbol", "riddle", "--label", "The riddle")
    abduce.done("evidence", "edit", "vit", "--key", "dosovitskiy2020")
    abduce.done("debate", "rename", "vision")
    after = abduce.done("export", "--format", "yaml").out
    assert "unfair-comparison" not in after
    assert "slug: vision\n" in after
    assert "image_model" in after
    assert "stable_diffusion" not in after
    shown = abduce.done("show", "unfair", "--json").json
    assert (shown["debate"], shown["hypotheses"][0]["title"]) == ("vision", "It is not fair")
    now = {each["symbol"]: each["now"] for each in abduce.done("estimate", "--json").json["gaps"]}
    for each in gap:
        assert now[{"puzzle": "riddle"}.get(each["symbol"], each["symbol"])] == each["now"]
    assert "renamed the hypothesis 'unfair-comparison'" in abduce.done("history", "--hypothesis", "unfair").out
    for _ in range(7):
        abduce.done("undo")
    assert abduce.done("export", "--format", "yaml").out == before
    assert "there is a hypothesis" in abduce.refused(
        "hypothesis", "edit", "1", "--title", "X", "--slug", "copied-filters"
    )
    assert abduce.done("export", "--format", "yaml").out == before


def test_a_debate_is_put_out_of_sight_and_brought_back_with_its_journal(abduce: Abduce) -> None:
    abduce.done("new", "Why is the sky dark?", "--slug", "sky")
    abduce.done("hypothesis", "add", "Dust", "--slug", "dust")
    before = abduce.done("export", "--format", "yaml").out
    assert "`abduce debate restore sky` brings it back" in abduce.done("debate", "remove").err
    assert "sky" not in abduce.done("debates").out
    assert "Why is the sky dark? (removed)" in abduce.done("debates", "--all").out
    # The next command is about what is in use.
    assert abduce.done("show", "--json").json["debate"] == "vision-efficiency"
    assert "there is a debate 'sky' already" in abduce.refused("new", "Sky", "--slug", "sky")
    assert "sky is back: Why is the sky dark?" in abduce.done("debate", "restore", "sky").err
    assert abduce.done("export", "--format", "yaml").out == before
    assert "sky is in use already" in abduce.done("debate", "restore", "sky").err
    abduce.done("debate", "archive", "--debate", "sky")
    shelves = {line["slug"]: line["shelf"] for line in abduce.done("debates", "--all", "--json").json["debates"]}
    assert shelves == {"sky": "archived", "vision-efficiency": ""}
    abduce.done("undo", "--debate", "sky")
    assert abduce.done("export", "--format", "yaml").out == before
    assert "added the hypothesis 'dust'" in abduce.done("history").out
    assert "did you mean 'sky'" in abduce.refused("debate", "restore", "skyy")


def test_the_last_debate_is_removed_as_well(abduce: Abduce) -> None:
    abduce.done("debate", "remove")
    assert abduce.done("debates", "--json").json["debates"] == []
    # There is none in use, so it is about the one that was first.
    assert abduce.done("show", "--json").json["debate"] == "vision-efficiency"


def test_rivals_source_and_note_of_an_explanation_are_set(abduce: Abduce) -> None:
    abduce.done("hypothesis", "edit", "1", "--rival", "2", "--rival", "wasteful", "--source", "P4", "--note", "n")
    found = abduce.done("export", "--format", "json").json["hypotheses"]["unfair-comparison"]
    assert found["rivals"] == ["copied-filters", "wasteful-llms"]
    assert (found["source"], found["note"]) == ("P4", "n")
    abduce.done("hypothesis", "edit", "1", "--rival", "")
    assert "rivals" not in abduce.done("export", "--format", "json").json["hypotheses"]["unfair-comparison"]
