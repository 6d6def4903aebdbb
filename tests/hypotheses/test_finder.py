"""Anything in a debate is found by words, the best first."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Comment, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.finder import KINDS, Findable, Finder, findables, folded
from hypotheses.idea import Idea

ITEMS = [
    Findable("evidence", "garcia21", "Tuning pianos by ear", "garcia21 José García"),
    Findable("evidence", "map20", "A map of tuners", "map20 Ana"),
    Findable("explanation", "few", "Few people tune", "few"),
    Findable("command", "sort", "Sort", "Choose the order of the rows"),
    Findable("comment", "1", "I tune pianos myself", "bo"),
]


def names(typed: str, items: Sequence[Findable] = ITEMS, most: int = 50) -> list[str]:
    return [item.name for item in Finder(items).find(typed, most).items]


def test_every_word_must_be_there_in_any_order_whatever_case_and_accents() -> None:
    assert names("EAR pianos") == names("pianos ear") == ["garcia21"]
    assert names("garcia jose") == names("García") == ["garcia21"]
    assert names("pianos zither") == []


def test_the_beginning_of_a_title_goes_before_a_whole_word_and_that_before_any_other_place() -> None:
    # "tun" begins the title of garcia21 only; "tune" is a word of two others, of which the explanation's kind is first.
    assert names("tun") == ["garcia21", "few", "map20", "1"]
    assert names("tune") == ["few", "1", "map20"]
    assert names("of") == ["map20", "sort"] or names("of") == ["sort", "map20"]


def test_of_what_matches_equally_well_kinds_stand_in_their_order_and_one_kind_as_it_was_given() -> None:
    assert names("of") == ["sort", "map20"]
    same = [Findable("evidence", "b", "One"), Findable("evidence", "a", "One"), Findable("explanation", "c", "One")]
    assert names("one", same) == ["c", "b", "a"]


def test_no_word_finds_nothing_and_a_sign_is_text() -> None:
    assert Finder(ITEMS).find("  ", 50) == ((), 0)
    assert names("(") == names("\\w") == names("[a") == []


def test_only_so_many_are_returned_and_the_rest_is_counted() -> None:
    items = [Findable("evidence", str(n), f"Item {n}") for n in range(7)]
    found = Finder(items).find("item", 3)
    assert [item.name for item in found.items] == ["0", "1", "2"]
    assert found.more == 4


def test_all_that_has_a_name_can_be_found() -> None:
    debate = Debate(
        "small",
        "Small?",
        convention="post",
        hypotheses={"a": Hypothesis("a", "First", plausibility=0.2), "b": Hypothesis("b", "Second", plausibility=0.7)},
        evidence={"k1": Evidence("k1", "Found", authors=("Ana Ito",), cluster="survey")},
        quantities={"people": Quantity("people", "People in the city", formula="1")},
        gaps={"short": Gap("short", "people", label="Shortage")},
        ideas={3: Idea(3, "An idea", "with more words", sender="Bo")},
        comments={5: Comment(5, "The first line\nand another", "cy", evidence="k1")},
    )
    found = [(item.kind, item.name) for item in findables(debate)]
    assert found[:3] == [("explanation", "b"), ("explanation", "a"), ("evidence", "k1")]  # as they are ranked
    assert {("quantity", "people"), ("gap", "short"), ("cluster", "survey"), ("idea", "3"), ("comment", "5")} <= {
        *found
    }
    finder = Finder([*findables(debate)])
    for words, name in [
        ("ito", "k1"),
        ("city", "people"),
        ("more words", "3"),
        ("another cy", "5"),
        ("shortage", "short"),
    ]:
        assert [item.name for item in finder.find(words, 5).items] == [name], words


TEXTS = st.text("abcé Ä-_", max_size=12)


@given(st.lists(st.builds(Findable, st.sampled_from(KINDS), TEXTS, TEXTS, TEXTS), max_size=12), TEXTS)
def test_what_is_found_has_every_word_and_nothing_that_has_them_is_left_out(items: list[Findable], typed: str) -> None:
    found = Finder(items).find(typed, len(items))
    wanted = folded(typed).split()
    having = [each for each in items if wanted and all(w in folded(f"{each.title} {each.also}") for w in wanted)]
    assert sorted(map(id, found.items)) == sorted(map(id, having))
    assert found.more == 0


@given(st.lists(st.builds(Findable, st.sampled_from(KINDS), TEXTS, TEXTS, TEXTS), max_size=12), TEXTS, st.data())
def test_another_order_of_the_words_or_another_case_finds_the_same(
    items: list[Findable], typed: str, data: st.DataObject
) -> None:
    finder = Finder(items)
    words = data.draw(st.permutations(typed.split()))
    found = {id(each) for each in finder.find(typed, 99).items}
    assert found == {id(each) for each in finder.find(" ".join(words).upper(), 99).items}


@pytest.mark.parametrize(
    ("text", "plain"), [("García", "garcia"), ("ÉCOLE", "ecole"), ("Straße", "strasse"), ("ABC", "abc")]
)
def test_case_and_accents_do_not_count(text: str, plain: str) -> None:
    assert folded(text) == plain
