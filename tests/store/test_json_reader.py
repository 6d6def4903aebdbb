"""Strict JSON: what JSON says is read as JSON says it, and the rest is refused where it stands."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadFile
from store.file.file_tree import EntryByEntry, Node, Problems
from store.file.json_reader import LONGEST, json_items, json_value, looks_like_json, plain, read_json
from store.file.json_values import DEEPEST, MOST_VALUES, NotJson


def refusal(data: str | bytes) -> str:
    with pytest.raises(BadFile) as caught:
        read_json(data, Problems("f.json"))
    return str(caught.value)


def lines(node: Node) -> Any:
    """Return the tree with the line of each value in its place."""
    if isinstance(node.value, dict):
        return node.line, {name: lines(inner) for name, inner in node.value.items()}
    return (node.line, [lines(inner) for inner in node.value]) if isinstance(node.value, list) else node.line


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=25,
)


@given(anything, st.booleans(), st.sampled_from([None, 0, 2, "\t"]))
def test_what_a_program_writes_is_read_as_the_same(value: object, escaped: bool, indent: int | str | None) -> None:
    assert json_value(json.dumps(value, ensure_ascii=escaped, indent=indent)) == value


@given(st.lists(anything, max_size=5), st.sampled_from([None, 1]))
def test_items_come_one_by_one_each_in_its_line(values: list[object], indent: int | None) -> None:
    text = json.dumps(values, indent=indent)
    found = [item for item in json_items(text) if isinstance(item, Node)]
    assert [plain(item) for item in found] == values
    whole = read_json(text, Problems("f.json"))
    assert isinstance(whole.value, list)
    assert [item.line for item in found] == [item.line for item in whole.value]


def test_numbers_and_words_are_the_text_that_was_written() -> None:
    root = read_json('{"a": 0.10, "b": -1E-7, "c": true, "d": null, "e": "010"}', Problems("f.json"))
    assert isinstance(root.value, dict)
    assert [node.value for node in root.value.values()] == ["0.10", "-1E-7", "true", "", "010"]


def test_values_know_the_line_of_their_key() -> None:
    text = '\n{"a":\n 1, "quoted \\" , : [{": "x,y:[{",\n"c": [{},\n"c:", {"d"\n:\n[]}]}'
    assert lines(read_json(text, Problems("f.json"))) == (
        2,
        {"a": 2, 'quoted " , : [{': 3, "c": (4, [(4, {}), 5, (5, {"d": (5, [])})])},
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", "f.json:1: this is not JSON: found the end; expected value"),
        ('{"a": 1,\n "b": 2 "c": 3}', "f.json:2: this is not JSON: found '\"c\":'; expected ',' delimiter"),
        ("{\n'a': 1}", "f.json:2: this is not JSON: found \"'a':\"; expected property name enclosed in double quotes"),
        ('"a\tb"', "f.json:1: this is not JSON: found a space; invalid control character"),
        ("{}\n\n{}", "f.json:3: this is not JSON: found '{}'; expected the end"),
        ('[1,\nNaN, "b"]', "f.json:2: found NaN; expected a number within bounds"),
        ("[-Infinity]", "f.json:1: found -Infinity; expected a number within bounds"),
        ("[1,\n1e999]", "f.json:2: found 1e999; expected a number within bounds"),
        ("[\n" + "9" * 5000 + "]", f"f.json:2: found {'9' * 20}…; expected a number within bounds"),
        ('{"a": 1,\n"b": {},\n"a": 1}', "f.json:3: 'a' stands here again; line 1 has it already"),
        ('["x",\n"\\ud83d"]', "f.json:2: found \\ud83d, half of a character; expected both halves"),
        ('{"\\ude00\\ud83d": 1}', "f.json:1: found \\ude00, half of a character; expected both halves"),
        (b'{"a":\n"\xe9"}', "f.json:2: found bytes that are not UTF-8 text"),
    ],
)
def test_what_is_not_strict_json_is_refused_in_its_line(data: str | bytes, expected: str) -> None:
    assert refusal(data) == expected


def test_depth_is_bounded() -> None:
    read_json("[" * DEEPEST + "]" * DEEPEST, Problems("f.json"))
    assert refusal("[\n" * (DEEPEST + 1) + "]" * (DEEPEST + 1)) == "f.json:101: values are nested more than 100 deep"
    for deep in ("[" * 100_000, '{"a":' * 100_000):
        assert "values are nested more than 100 deep" in refusal(deep)
        with pytest.raises(NotJson):
            json_value(deep)


def test_size_is_bounded() -> None:
    assert refusal(b" " * (LONGEST + 1)) == "f.json: the file has 48,000,001 bytes; expected at most 48,000,000"
    started = time.process_time()
    assert refusal("[" + "[]," * MOST_VALUES + "0]") == "f.json:1: found more than 1,000,000 values"
    # Commas in a text are no values.
    assert json_value(json.dumps(["," * MOST_VALUES])) == ["," * MOST_VALUES]
    assert time.process_time() - started < 20


def test_a_long_list_is_read_in_a_time_that_grows_with_it() -> None:
    def seconds(items: int) -> float:
        text = json.dumps([{"a": [1, 2, 3]}] * items)
        started = time.process_time()
        assert sum(1 for _ in json_items(text)) == items
        return time.process_time() - started

    small, large = (min(seconds(size) for _ in range(3)) for size in (1000, 16_000))
    assert large / small < 16 * 4


def test_a_number_too_large_to_be_exact_is_the_nearest() -> None:
    assert json_value("123456789012345678901234567890") == 123456789012345678901234567890
    assert json_value("0.1000000000000000055511151231257827") == 0.1


@pytest.mark.parametrize(
    ("text", "is_json"),
    [
        ('{"abduce": 1}', True),
        ('\ufeff\n {\n "abduce": 1}', True),
        ("{}", True),
        ("{abduce: 1}", False),
        ("abduce: 1", False),
        ("[1]", False),
        ("", False),
    ],
)
def test_an_object_of_json_is_told_from_yaml(text: str, is_json: bool) -> None:
    assert looks_like_json(text) is looks_like_json(text.encode()) is is_json


def outcome(text: str, entries: EntryByEntry | None = None) -> Any:
    """Return the tree with its lines and values, or what it is refused for."""
    try:
        root = read_json(text, Problems("f.json"), entries)
    except BadFile as error:
        return str(error)
    return lines(root), plain(root)


def entry_by_entry() -> tuple[EntryByEntry, list[str]]:
    """Return what takes every entry of `e`, and the names of those that it was given."""
    names: list[str] = []

    def take(_: dict[str, Node], name: str, node: Node) -> bool:
        assert node.line
        names.append(name)
        return True

    return EntryByEntry("e", take), names


objects = st.dictionaries(st.sampled_from(["a", "e", "é\n", '"e']) | st.text(max_size=3), anything, max_size=4)


@given(objects, st.booleans(), st.sampled_from([None, 0, 1]))
def test_entry_by_entry_the_same_is_read_as_at_once(value: dict[str, Any], escaped: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=escaped, indent=indent)
    entries, names = entry_by_entry()
    assert outcome(text, entries) == outcome(text)
    assert names == (list(value["e"]) if isinstance(value.get("e"), dict) else [])


@given(objects, st.integers(0, 200), st.sampled_from(["", ",", "}", '"', "\n", ":", "[", '"e":{},', "\\", "1"]))
def test_entry_by_entry_the_same_is_refused_as_at_once(value: dict[str, Any], at: int, put: str) -> None:
    text = json.dumps(value, indent=1)
    text = text[: at % len(text)] + put + text[at % len(text) + 1 :]
    assert outcome(text, entry_by_entry()[0]) == outcome(text)


def test_an_entry_may_be_long_and_no_other_value_too_much() -> None:
    long = {"e": {"x": {"why": "y" * 100_000, "n": list(range(10_000))}, "z": {"n": 12}}, "a": 1}
    text = json.dumps(long)
    assert outcome(text, entry_by_entry()[0]) == outcome(text)
    many = '{"e": {"x": [' + "[]," * MOST_VALUES + '0]}, "a": "' + "z" * 1000 + '"}'
    assert outcome(many, entry_by_entry()[0]) == "f.json:1: found more than 1,000,000 values"


def test_entries_that_are_taken_are_not_counted_together() -> None:
    text = json.dumps({"e": {f"x{number}": {"n": [1, 2, 3]} for number in range(300_000)}})
    assert outcome(text) == "f.json:1: found more than 1,000,000 values"
    entries, names = entry_by_entry()
    read_json(text, Problems("f.json"), entries)
    assert len(names) == 300_000


def test_values_are_counted_in_all_members_together() -> None:
    some = ",".join("1" * (MOST_VALUES // 3))
    text = "{" + ",".join(f'"m{number}":[{some}]' for number in range(4)) + "}"
    assert outcome(text, entry_by_entry()[0]) == outcome(text) == "f.json:1: found more than 1,000,000 values"
    names = "{" + ",".join(f'"m{number}":1' for number in range(MOST_VALUES + 1)) + "}"
    assert outcome(names, entry_by_entry()[0]) == "f.json:1: found more than 1,000,000 values"
