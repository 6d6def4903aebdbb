"""The table of fields: each once, and what is typed, shown, written to files and let in comes from it."""

from __future__ import annotations

import dataclasses
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Evidence, Hypothesis, Status
from hypotheses.edits import DebateFields, EvidenceFields, HypothesisFields
from hypotheses.fields import FIELDS, USUAL, field_of, typed
from hypotheses.idea import Idea, IdeaKind, IdeaStatus
from hypotheses.notations import FLAG, LIST, NUMBER, PLAUSIBILITY, RATIO, WEIGHT, WHOLE
from hypotheses.problems import Malformed
from store.file.debate_file import read_debate, write_debate
from tests.store.conftest import small_debate


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_the_table_has_fields_of_the_value_each_once_and_no_other(kind: type) -> None:
    own = [one.name for one in dataclasses.fields(kind)]
    names = [field.name for field in FIELDS[kind]]
    assert len(set(names)) == len(names)
    assert set(names) <= set(own)
    keys = [field.file_key for field in FIELDS[kind] if field.key != "-"]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_only_what_is_made_of_other_values_is_missing(kind: type) -> None:
    named = {field.name for field in FIELDS[kind]}
    missing = {one.name: str(one.type) for one in dataclasses.fields(kind) if one.name not in named}
    # `by` is the person of the view that is open: admission and files have it beside the value.
    assert all("Mapping" in about or "|" in about or name == "by" for name, about in missing.items()), missing


def test_what_can_be_edited_is_in_it() -> None:
    assert set(EvidenceFields.__annotations__) - {"assessments"} <= {field.name for field in FIELDS[Evidence]}
    assert set(HypothesisFields.__annotations__) - {"effects", "assumes"} <= {
        field.name for field in FIELDS[Hypothesis]
    }
    assert set(DebateFields.__annotations__) <= {field.name for each in FIELDS for field in FIELDS[each]}


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [(Hypothesis, "status", Status), (Idea, "kind", IdeaKind), (Idea, "status", IdeaStatus)],
)
def test_the_words_of_a_field_are_those_of_its_type(kind: type, name: str, words: object) -> None:
    assert field_of(kind, name).words == get_args(words)


@pytest.mark.parametrize(
    ("kind", "name", "text", "value"),
    [
        (Evidence, "title", "  A paper ", "A paper"),
        (Evidence, "authors", "Ada Lovelace; Alan Turing, ", ("Ada Lovelace", "Alan Turing")),
        (Evidence, "credibility", "medium", 0.75),
        (Evidence, "credibility", " ", None),
        (Hypothesis, "plausibility", "3:2", 0.6),
        (Hypothesis, "status", "", "open"),
        (Idea, "sender", "", ""),
    ],
)
def test_what_is_typed_is_read_and_what_is_left_empty_is_as_usual(
    kind: type, name: str, text: str, value: object
) -> None:
    assert typed(kind, name, text) == value


@pytest.mark.parametrize(
    ("kind", "name", "text", "told"),
    [
        (Evidence, "date", "last spring", "expected a date such as 2023"),
        (Evidence, "url", "ssh://host", "expected an address that begins with https://"),
        (Evidence, "title", "x" * 301, "found 301 characters; expected at most 300"),
        (Hypothesis, "plausibility", "130%", "more than certain"),
        (Idea, "kind", "rant", "found 'rant'; expected hypothesis, evidence, estimate, comment"),
    ],
)
def test_what_may_not_come_in_is_refused_where_it_is_typed(kind: type, name: str, text: str, told: str) -> None:
    with pytest.raises(Malformed, match=told):
        typed(kind, name, text)


SHOWN = {
    # What is shown may be rounded (a plausibility to a percent); what is exact is read back as it was.
    WHOLE: st.integers(0, 999_999_999),
    FLAG: st.booleans(),
    WEIGHT: st.floats(0, 1),
    RATIO: st.one_of(st.none(), st.floats(1e-9, 1e9)),
    LIST: st.lists(st.text("abcde ", min_size=1).map(str.strip).filter(bool)).map(tuple),
}


@pytest.mark.parametrize("notation", SHOWN, ids=range(len(SHOWN)))
@given(data=st.data())
def test_what_a_notation_shows_it_reads_again(notation: object, data: st.DataObject) -> None:
    assert notation in SHOWN
    value = data.draw(SHOWN[notation])
    assert notation.read(notation.show(value)) == value


@given(st.floats(0, 1))
def test_a_plausibility_is_read_again_to_half_a_percent(plausibility: float) -> None:
    shown = PLAUSIBILITY.show(plausibility)
    if shown[0] in "<>":
        return  # no figure: next to impossible, or to certain
    assert abs(PLAUSIBILITY.read(shown) - plausibility) <= 0.005 + 1e-12


def test_a_number_that_is_none_says_so() -> None:
    with pytest.raises(Malformed, match="expected a number"):
        NUMBER.read("a half")


def test_a_file_says_what_is_not_as_usual_and_nothing_else() -> None:
    debate = small_debate()
    item = Evidence("plain", "A plain item")
    text = write_debate(dataclasses.replace(debate, evidence={"plain": item}))
    assert "  plain:\n    title: A plain item\n" in text
    part = text.partition("  plain:\n")[2]
    assert "credibility" not in part.partition("\nideas:")[0]
    assert read_debate(text).evidence == {"plain": item}


def test_what_is_usual_are_the_defaults_of_the_values() -> None:
    assert USUAL[Evidence]["credibility"] is None
    assert USUAL[Hypothesis]["effects"] == {}
    assert "title" not in USUAL[Evidence]
