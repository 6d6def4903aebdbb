"""Argdown: theses become explanations, what bears on them evidence.

The relations expected here are those that @argdown/core 2.0.1 finds in the same texts.
"""

from __future__ import annotations

import pytest

from store.errors import BadFile
from store.maps.argdown import read_argdown
from store.maps.argdown_text import ElementName, read_graph
from store.maps.taken import MapNotes
from tests.store.maps.maps import contents_of, debate_of, noted, ratings

PIER = """\
===
title: Pier
author: Ines
color: red
===

[Rebuild]: The pier should be rebuilt.
    + <Visitors>: Visitors want it. #pro
        - <Survey>: The survey was *small*.
            - It was not.
    - <Cost>: It costs too much. #con {source: "the audit"}
    - [Fish]

[Fish]: Fish came back,
  as [divers](https://example.org/d) say. // and anglers
"""


def relations(text: str) -> set[tuple[str, str, str]]:
    def shown(name: ElementName) -> str:
        title = "…" if name.title.startswith("\0") else name.title
        return f"<{title}>" if name.is_argument else f"[{title}]"

    graph = read_graph(text, MapNotes())
    return {(one.kind, shown(one.source), shown(one.target)) for one in graph.relations}


def test_a_map_becomes_a_debate() -> None:
    debate = debate_of(read_argdown, PIER)
    assert (debate.slug, debate.title, debate.author) == ("pier", "Pier", "Ines")
    (rebuild,) = debate.hypotheses.values()
    assert (rebuild.title, rebuild.statement) == ("Rebuild", "The pier should be rebuilt.")
    assert ratings(debate) == {"visitors": {"rebuild": "+"}, "cost": {"rebuild": "-"}, "fish": {"rebuild": "-"}}


def test_what_is_said_of_evidence_stands_in_its_finding_and_the_rest_in_its_note() -> None:
    visitors, cost, fish = debate_of(read_argdown, PIER).evidence.values()
    assert visitors.finding == (
        "Visitors want it.\n\n- **Con** Survey: The survey was *small*.\n  - **Con** It was not."
    )
    assert (visitors.note, cost.note) == ("#pro", '#con\n{source: "the audit"}')
    assert (fish.finding, fish.url) == (
        "Fish came back, as [divers](https://example.org/d) say.",
        "https://example.org/d",
    )


def test_what_is_left_out_is_told() -> None:
    assert noted(read_argdown, PIER) == [
        (1, "'color' before the text was left out"),
        (8, "a support was taken for + (3) and an attack for - (1/3), as the file does not say how strong they are"),
        (15, "what stands in comments was left out"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a]\n  + <b>\n", {("support", "<b>", "[a]")}),
        ("[a]\n  <+ <b>\n", {("support", "<b>", "[a]")}),
        ("[a]\n  +> <b>\n", {("support", "[a]", "<b>")}),
        ("[a]\n  - <b>\n", {("attack", "<b>", "[a]")}),
        ("[a]\n  <- <b>\n", {("attack", "<b>", "[a]")}),
        ("[a]\n  -> <b>\n", {("attack", "[a]", "<b>")}),
        ("<a>\n  _ <b>\n", {("undercut", "<b>", "<a>")}),
        ("<a>\n  <_ <b>\n", {("undercut", "<b>", "<a>")}),
        ("<a>\n  _> <b>\n", {("undercut", "<a>", "<b>")}),
        ("[a]\n  >< [b]\n", {("contradiction", "[b]", "[a]")}),
        ("<a>\n    - <b>\n        + <c>\n            - <a>\n", {
            ("attack", "<b>", "<a>"), ("support", "<c>", "<b>"), ("attack", "<a>", "<c>")}),
        ("s\n    + <a>\n        - <b>\n    - <c>\n", {
            ("support", "<a>", "[…]"), ("attack", "<b>", "<a>"), ("attack", "<c>", "[…]")}),
        ("[a]: one\ntwo\n  /* a comment */\n  + <b>: and\n  more\n", {("support", "<b>", "[a]")}),
        ("[a]\n\n\n  \n[c]\n  + [a]\n", {("support", "[a]", "[c]")}),
        ("<a>\n\n(1) [p]: x\n    <- [q]\n(2) y\n--\nRule {uses: [1]}\n--\n    <_ <u>\n(3) [c]\n    +> <b>\n", {
            ("attack", "[q]", "[p]"), ("undercut", "<u>", "<a>"), ("support", "[c]", "<b>")}),
    ],
)  # fmt: skip
def test_relations_are_those_of_argdown(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert relations(text) == expected


def test_theses_that_stand_by_themselves_are_explanations_also_where_they_speak_of_each_other() -> None:
    debate = debate_of(
        read_argdown,
        "[Storm]: A storm.\n\n[Rot]: Rot.\n\n[Storm]\n  >< [Rot]\n  + <Log>\n\n[Rot]\n  + <Worms>\n  -> [Storm]\n",
    )
    storm, rot = debate.hypotheses.values()
    assert (storm.rivals, rot.rivals) == (("rot",), ("storm",))
    assert storm.statement == "A storm.\n\n- **Con** Rot"
    assert ratings(debate) == {"log": {"storm": "+"}, "worms": {"rot": "+"}}


def test_contrary_statements_of_strict_mode_are_rivals() -> None:
    text = "===\nmodel:\n    mode: strict\n===\n\n[A]\n  - [B]\n  + <C>\n\n[B]\n  + <D>\n"
    assert [h.rivals for h in debate_of(read_argdown, text).hypotheses.values()] == [("b",), ("a",)]


def test_an_argument_supports_what_it_concludes_and_is_attacked_in_its_premises() -> None:
    text = (
        "[Rot]: It was rot.\n\n<Worms>: Worms were found.\n\n(1) [Found]: They were found.\n  - <Lab>: The lab erred.\n"
        "(2) Worms rot piles.\n----\n(3) [Rot]\n"
    )
    debate = debate_of(read_argdown, text)
    assert ratings(debate) == {"worms": {"rot": "+"}}
    assert debate.evidence["worms"].finding == (
        "Worms were found.\n\n(1) [Found]: They were found.\n- <Lab>: The lab erred.\n(2) Worms rot piles.\n----\n"
        "(3) [Rot]\n\n- **Con** Lab: The lab erred."
    )


def test_headings_are_groups_and_text_that_nothing_is_said_of_is_the_question() -> None:
    text = "# The pier\n\nWhat became of it?\n\n## Sea\n\n[Storm]\n  + <Log>\n"
    debate = debate_of(read_argdown, text)
    assert (debate.title, debate.question) == ("The pier", "What became of it?")
    assert debate.evidence["log"].note == "Group: The pier / Sea"


def test_slugs_keys_and_plausibilities_of_our_own_maps_are_taken_as_such() -> None:
    text = (
        "===\ntitle: \"Pier\"\n===\n\n[h1-storm]: A storm, 5\\.5 of 6 {plausibility: '60%'}\n  - [rot]\n"
        "  + <log2019>\n\n"
        "[rot]: \\#1: it was \\*rot\\* {plausibility: '30%'}\n  - [h1-storm]\n\n"
        "[ice.2_b]: \\[Ice](b) {plausibility: '1 in 20'}\n\n<log2019>: The \\/* log (2019)\n"
    )
    debate = debate_of(read_argdown, text)
    assert [(h.slug, h.title, h.plausibility, h.placeholder, h.rivals) for h in debate.hypotheses.values()] == [
        ("h1-storm", "A storm, 5.5 of 6", 0.6, False, ("rot",)),
        ("rot", "#1: it was *rot*", 0.3, False, ("h1-storm",)),
        ("ice.2_b", "[Ice](b)", 0.05, False, ()),
    ]
    assert [(item.key, item.title) for item in debate.evidence.values()] == [("log2019", "The /* log (2019)")]
    assert ratings(debate) == {"log2019": {"h1-storm": "+"}}


def test_an_address_is_no_comment() -> None:
    assert debate_of(read_argdown, "[A]: see http://example.org/a\n  + <B>\n").hypotheses["a"].statement == (
        "see http://example.org/a"
    )


@pytest.mark.parametrize("text", ["", "Only a sentence.\n", "===\ntitle: x\n===\n"])
def test_a_text_without_a_map_is_refused(text: str) -> None:
    with pytest.raises(BadFile, match="there is nothing in the file that a map is made of; expected Argdown"):
        contents_of(read_argdown, text)


def test_what_is_said_once_and_stands_under_very_many_claims_has_an_end() -> None:
    many = 1_500
    text = "[t]: T\n" + "".join(f"  + [e{n}]: e\n    + [c]\n" for n in range(many))
    text += "\n[c]: c\n" + "".join(f"  + [d{n}]: {'word ' * 10}\n" for n in range(many))
    with pytest.raises(BadFile, match=r"x\.argdown:\d+: found again and again what stands in the file once; expected"):
        contents_of(read_argdown, text, "x.argdown")  # 130 kB that would make a debate of 82 MB
