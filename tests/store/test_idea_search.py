"""The search through ideas: the index answers as the plain rule does, whatever is typed and whatever was done."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypotheses.debate import Debate, Hypothesis
from hypotheses.idea import Idea, IdeaKind, IdeaStatus
from hypotheses.problems import Refused
from hypotheses.search import searched
from store.database import sqlite_words
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests import databases
from tests.store.conftest import OpenStore

SLUG = "inbox"
TEXTS = [
    "Retinas are dense with receptors",
    "L'été dernier, naïve Übergrößen — STRASSE, straße",
    "视觉模型的参数效率很低",
    "網膜はかなり密です。ガラス",
    "망막은 매우 조밀하다",
    "ตาของมนุษย์มีความละเอียดสูง",
    "See doi:10.1038/s41586-021-03819-2 and https://example.org/a_b?c=d%20",
    "a_b, \"quoted\" 'single' (NEAR) AND OR NOT * ^ : + - {x} \\ % _ ;--",
    "İstanbul ıspanak ﬁne ½ ２０２４ Å K ſ",
    "🙂 emoji 🧠 only",
    "",
    "the end of the world is the end",
]
SENDERS = ["", "Ana R.", "béla", "王芳", "NOT a name"]
TYPED = [
    *("retina", "RETINAS dense", "dens", "dense ", "receptors retinas", "retinas are dense", "ete", "été", "naive"),
    *("ubergrossen", "strasse", "straße", "参数", "数参", "视觉 效率", "密です", "カ", "がらす"),
    *("망막", "망막은", "ความ", "10.1038/s41586-021-03819-2", "doi:10.1038", "10.1038/s415", "s41586 10.1038"),
    *("example.org/a_b", "a_b", '"', "'", "a\0b", "\0", "NEAR", "AND", "NOT", "OR OR", "*", "dense*", "^retinas"),
    *("words:dense", "(", "a -b", "{", "idea_words", "%", "_", "\\", ";--", "istanbul", "fine", "2024", "½"),
    *("angstrom", "å", "k", "🙂", " ", "", "\t\n", "evidence", "evid", "evidence ana", "explanation", "mail"),
    *("declined", "off-topic", "off", "topic off", "eyes", "the end", "end the", "the the", "world end", "th", "t"),
    *("ana r", "r.", "béla", "not a name", "10.1000/x"),
]
KINDS: tuple[IdeaKind, ...] = ("hypothesis", "evidence", "estimate", "comment")
STATES: tuple[IdeaStatus, ...] = ("new", "declined", "off-topic", "later")


def debate() -> Debate:
    ideas = {}
    for number, text in enumerate(TEXTS, 1):
        ideas[number] = Idea(
            number,
            f"Idea {'αβγ ' * (number % 3)}{number}",
            text,
            KINDS[number % 4],
            SENDERS[number % len(SENDERS)],
            f"2024-01-{number:02}T00:00:00Z",
            status=STATES[number % 4],
            hypothesis="eyes" if number % 3 else "",
            related=("10.1000/x",) if number % 5 == 0 else (),
            url="https://example.org/ünï" if number % 4 == 0 else "",
            contact="ana@example.org" if number % 4 == 1 else "",
            via="mail" if number % 2 else "",
        )
    return Debate(SLUG, "Ideas", hypotheses={"eyes": Hypothesis("eyes", "Eyes")}, ideas=ideas)


def begin(location: str | Path) -> DebateStore:
    return DebateStore.open(str(location), actor="ana", first=debate)


@pytest.fixture
def inbox(location: str) -> Iterator[DebateStore]:
    with begin(location) as store:
        yield store


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept_inbox(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DebateStore]:
    file = str(tmp_path_factory.mktemp("ideas") / "debates.db")
    place = databases.schema() if request.param == "postgresql" else nullcontext(file)
    with place as location, begin(location) as store:
        yield store


def agrees(store: DebateStore, typed: str) -> set[int]:
    found = set(store.search_ideas(SLUG, typed))
    assert found == searched(store.load(SLUG).ideas, typed), typed
    return found


def test_words_are_found_whatever_their_case_accents_and_order(inbox: DebateStore) -> None:
    assert agrees(inbox, "RETINAS dense") == {1}
    assert agrees(inbox, "receptors retinas") == {1}
    assert agrees(inbox, "ete naive") == agrees(inbox, "Été") == {2}
    assert agrees(inbox, "10.1038/s41586-021") == {7}
    assert agrees(inbox, "s41586 10.1038") == {7}
    assert agrees(inbox, "ana@example.org") == {1, 5, 9}


def test_only_the_last_word_may_be_a_beginning_and_only_as_long_as_it_is_typed(inbox: DebateStore) -> None:
    assert agrees(inbox, "retin") == {1}
    assert agrees(inbox, "retin ") == set()
    assert agrees(inbox, "retin dense") == set()
    assert agrees(inbox, "dense retin") == {1}


def test_what_is_written_without_blanks_is_found_from_anywhere(inbox: DebateStore) -> None:
    assert agrees(inbox, "参数效率") == {3}
    assert agrees(inbox, "参效") == set()
    assert agrees(inbox, "密です") == {4}
    assert agrees(inbox, "망막") == {5}
    assert agrees(inbox, "มนุษย์") == {6}
    assert agrees(inbox, "王芳") == {3, 8}


def test_words_that_follow_one_another_are_one(inbox: DebateStore) -> None:
    assert agrees(inbox, "10.1038/s41586-021-03819-2") == {7}
    assert agrees(inbox, "s41586/10.1038") == set()


def test_an_idea_is_found_by_its_kind_its_state_its_way_and_what_it_is_about(inbox: DebateStore) -> None:
    ideas = inbox.load(SLUG).ideas
    assert agrees(inbox, "explanation ") == {n for n, each in ideas.items() if each.kind == "hypothesis"}
    assert agrees(inbox, "off-topic") == {n for n, each in ideas.items() if each.status == "off-topic"}
    assert agrees(inbox, "eyes mail") == {n for n, each in ideas.items() if each.hypothesis and each.via}
    assert agrees(inbox, "eyes dense") == {1}


def test_signs_are_passed_over_and_without_a_word_all_are_there(inbox: DebateStore) -> None:
    assert agrees(inbox, "") == agrees(inbox, " ? ") == agrees(inbox, "\0") == set(inbox.load(SLUG).ideas)
    assert agrees(inbox, '"dense" ?') == agrees(inbox, "dense ") == {1}


@pytest.mark.parametrize("typed", TYPED)
def test_the_index_answers_as_the_plain_rule(kept_inbox: DebateStore, typed: str) -> None:
    agrees(kept_inbox, typed)


@pytest.mark.property
@given(
    st.lists(st.one_of(st.sampled_from([*TYPED, *TEXTS]), st.text(max_size=12)), max_size=4).map(" ".join),
    st.integers(0, 20),
)
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_is_answered_as_by_the_plain_rule(kept_inbox: DebateStore, typed: str, cut: int) -> None:
    agrees(kept_inbox, typed)
    agrees(kept_inbox, typed[cut:])


def _act(store: DebateStore, random_: random.Random) -> None:
    ideas = store.load(SLUG).ideas
    some = random_.sample(sorted(ideas), min(2, len(ideas)))
    title = " ".join(random_.sample(["dense", "retinas", "参数", "été", "word", "10.1000/y"], 2))
    sent = Idea(0, title, random_.choice(TEXTS), sender=random_.choice(SENDERS))
    match random_.randrange(8):
        case 0:
            store.submit_idea(SLUG, sent)
        case 1:
            store.submit_ideas(SLUG, [sent, Idea(0, f"{title}!", "other words")])
        case 2:
            store.decline_ideas(SLUG, some, "dense words", expected=ANYTHING)
        case 3:
            store.accept_ideas(SLUG, some[:1], expected=ANYTHING)
        case 4:
            store.split_idea(SLUG, some[0], [("One dense", "claim"), ("Another", "retina claim")], expected=ANYTHING)
        case 5:
            new = "eyes-2" if "eyes" in store.load(SLUG).hypotheses else "eyes"
            old = next(iter(store.load(SLUG).hypotheses))
            store.rename_hypothesis(SLUG, old, new, expected=ANYTHING)
        case 6:
            store.undo(SLUG, expected=ANYTHING)
        case _:
            store.redo(SLUG, expected=ANYTHING)


@pytest.mark.parametrize("seed", range(8))
def test_after_whatever_was_done_and_undone_the_index_answers_as_the_plain_rule(
    inbox: DebateStore, open_store: OpenStore, seed: int
) -> None:
    random_ = random.Random(seed)
    elsewhere = open_store()
    for _ in range(40):
        try:
            _act(inbox, random_)
        except Refused:
            continue
        for typed in random_.sample(TYPED, 4):
            assert agrees(inbox, typed) == agrees(elsewhere, typed)
    for typed in TYPED:
        agrees(inbox, typed)


def test_what_is_undone_is_not_found_and_what_is_redone_is(inbox: DebateStore) -> None:
    inbox.submit_idea(SLUG, Idea(0, "A zebra"))
    assert len(agrees(inbox, "zebra")) == 1
    inbox.undo(SLUG, expected=ANYTHING)
    assert agrees(inbox, "zebra") == set()
    inbox.redo(SLUG, expected=ANYTHING)
    assert len(agrees(inbox, "zebra")) == 1


def test_an_edit_that_fails_leaves_the_index_as_it_was(inbox: DebateStore) -> None:
    def fails() -> None:
        with inbox.together():
            inbox.submit_idea(SLUG, Idea(0, "A zebra"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert agrees(inbox, "zebra") == set()


def test_another_debate_of_the_database_is_not_looked_through(inbox: DebateStore) -> None:
    inbox.add_debate(Debate("other", "Other", ideas={1: Idea(1, "Retinas, dense"), 2: Idea(2, "x")}))
    assert agrees(inbox, "retinas") == {1}
    assert inbox.search_ideas("other", "retinas") == {1}
    assert inbox.search_ideas("other", "receptors") == frozenset()


def test_without_fts5_the_answers_are_the_same_and_with_it_again_too(
    path: Path, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with begin(path) as store:
        with_index = {typed: agrees(store, typed) for typed in TYPED}
    with monkeypatch.context() as without:
        without.setattr(sqlite_words, "can_be_made", lambda: False)
        with open_store() as store:
            assert {typed: agrees(store, typed) for typed in TYPED} == with_index
            store.submit_idea(SLUG, Idea(0, "A zebra"))
            number = max(store.load(SLUG).ideas)
            store.split_idea(SLUG, 4, [("A lion", ""), ("A zebra", "")], expected=ANYTHING)
            store.undo(SLUG, expected=ANYTHING)
            assert agrees(store, "zebra") == {number}
    with open_store() as store:
        assert agrees(store, "zebra") == {number}
        assert agrees(store, "lion") == set()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM idea_unread").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM idea_words WHERE idea_words MATCH 'zebra'").fetchone() == (1,)
    connection.execute("INSERT INTO idea_words(idea_words) VALUES ('integrity-check')")
    connection.close()


def test_a_database_that_was_made_without_fts5_is_indexed_by_whoever_has_it(
    path: Path, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setattr(sqlite_words, "can_be_made", lambda: False)
        with begin(path) as store:
            assert agrees(store, "retinas") == {1}
    with open_store() as store:
        for typed in TYPED:
            agrees(store, typed)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT rowid FROM idea_words WHERE idea_words MATCH 'retinas'").fetchall() == [(1,)]
    connection.close()
