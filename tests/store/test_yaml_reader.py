"""Strict YAML: everything is text with a line, and what could do more than hold text is refused."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadFile
from store.file.file_tree import MOST_PROBLEMS, EntryByEntry, Node, Problems
from store.file.yaml_reader import DEEPEST, LONGEST, read_yaml
from store.file.yaml_writer import WIDTH, PlainScalar, Tree, write_yaml
from tests.store.debates import texts


@pytest.fixture(params=["C", "Python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test holds with pyyaml's C parser and without it."""
    if request.param == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader")


def read(data: str | bytes) -> Any:
    """Read YAML to plain collections."""
    problems = Problems("f.yaml")
    tree = plain(read_yaml(data, problems))
    if problems.found:
        problems.give_up()
    return tree


def plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    return [plain(item) for item in node.value] if isinstance(node.value, list) else node.value


def refusal(data: str | bytes) -> str:
    with pytest.raises(BadFile) as caught:
        read(data)
    return str(caught.value)


@pytest.mark.parametrize(
    "scalar", ["no", "010", "1e6", "1.10", "12:30:45", "2023-03", "2024-13-45", "~", "null", "0x1F", "=", "1_000"]
)
def test_every_scalar_is_the_text_that_was_written(scalar: str) -> None:
    assert read(f"a: {scalar}\nb: [{scalar}]") == {"a": scalar, "b": [scalar]}


def test_nodes_know_the_line_of_their_key() -> None:
    root = read_yaml("a: 1\nb:\n  # why\n  c: >-\n    long\n    text\n  d:\n  - x\n  - y: z\n", Problems("f.yaml"))
    assert isinstance(root.value, dict)
    inner = root.value["b"].value
    assert isinstance(inner, dict)
    items = inner["d"].value
    assert isinstance(items, list)
    assert (root.value["b"].line, inner["c"].line, inner["d"].line) == (2, 4, 7)
    assert [item.line for item in items] == [8, 9]


def test_a_key_that_stands_twice_is_told_with_both_lines_and_so_are_all_others() -> None:
    assert refusal("a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\n").splitlines() == [
        "f.yaml:3: 'a' stands here again; line 1 has it already",
        "f.yaml:4: 'd' stands here again; line 4 has it already",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a: 1\nb: &x 2\n", "f.yaml:2: found an anchor or alias (& or *); expected every value written out, or quoted"),
        ("a: &x {b: 1}\n", "f.yaml:1: found an anchor"),
        ("a:\n  - *x\n", "f.yaml:2: found an anchor"),
        ("a: !!python/object/apply:os.system [ls]\n", "f.yaml:1: found the tag tag:yaml.org,2002:python/object"),
        ("a: !x 1\n", "f.yaml:1: found the tag !x; expected plain values"),
        ("a: 1\n---\nb: 2\n", "f.yaml:3: found a second document; expected one"),
        ("? [a, b]\n: 1\n", "f.yaml:1: found a list or mapping as a key; expected text"),
        ("a: 1\nb: \x1b]52;c\n", "f.yaml:2: found the character U+001B; expected printable text"),
        ("a: 1\n\0", "f.yaml:2: found the character U+0000"),
        ("a: \ud800", "f.yaml:1: found the character U+D800"),
        (b"a: 1\nb: caf\xe9\n", "f.yaml:2: found bytes that are not UTF-8 text"),
        ("", "f.yaml: the file is empty; expected a debate"),
        ("# nothing\n", "f.yaml: the file is empty"),
        ("a: b: c\n", "f.yaml:1: this is not YAML: mapping values are not allowed"),
        ("a: [1, 2\nb: 3\n", "f.yaml:2: this is not YAML:"),
        ('a: "\\U99999999"\n', "this is not YAML:"),
        ("%YAML 1." + "9" * 5000 + "\n---\na\n", "this is not YAML:"),
    ],
)
def test_what_is_no_plain_text_is_refused_with_its_line(data: str | bytes, expected: str) -> None:
    assert expected in refusal(data)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read("\ufeffa: 1") == read(b"\xef\xbb\xbfa: 1") == {"a": "1"}


def test_nesting_is_bounded_before_it_can_hurt() -> None:
    # 50,000 brackets end a program that builds trees with the C parser's own composer.
    assert refusal("[" * 50_000) == f"f.yaml:1: values are nested more than {DEEPEST} deep"
    assert read("[" * DEEPEST + "]" * DEEPEST) is not None


def test_a_file_too_long_is_not_even_looked_at() -> None:
    start = time.perf_counter()
    assert refusal("[" * (LONGEST + 1)).startswith("f.yaml: the file has 16,000,001 bytes; expected at most")
    assert time.perf_counter() - start < 1


def test_only_so_many_problems_are_told() -> None:
    told = refusal("a: 1\n" * 10_000).splitlines()
    assert len(told) == MOST_PROBLEMS + 1
    assert told[-1] == f"f.yaml: there may be more problems; these are the first {MOST_PROBLEMS}"


@given(data=st.lists(st.sampled_from([*"&*!?-[]{}:|>#\"'%\n \t\r\x85\u2028\\xU9a", "---", "!!", "\\u"])).map("".join))
def test_any_text_is_read_or_refused(data: str) -> None:
    with suppress(BadFile):
        read(data)


def test_the_number_of_values_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.file.yaml_reader.MOST_NODES", 1000)
    assert read("- a\n" * 999) == ["a"] * 999
    assert refusal("- a\n" * 1000) == "f.yaml:1000: the file has more than 1,000 values"


def test_entries_are_taken_one_by_one_and_are_not_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.file.yaml_reader.MOST_NODES", 1000)
    names: list[str] = []

    def take(root: dict[str, Node], name: str, node: Node) -> bool:
        assert plain(root["a"]) == ["1", {"b": "2"}]
        assert plain(node) == {"n": ["1", "2", {"x": "y"}], "m": {"k": "v"}}
        names.append(name)
        return True

    entry = "{n: [1, 2, {x: y}], m: {k: v}}\n"
    text = "a: [1, {b: 2}]\nc: {d: {f: g}}\ne:\n" + "".join(f"  x{number}: {entry}" for number in range(400))
    problems = Problems("f.yaml")
    root = read_yaml(text, problems, EntryByEntry("e", take))
    assert names == [f"x{number}" for number in range(400)]
    assert isinstance(root.value, dict)
    assert isinstance(root.value["e"].value, dict)
    assert [node.line for node in root.value["e"].value.values()] == list(range(4, 404))
    assert "more than 1,000 values" in refusal(text)
    with pytest.raises(BadFile, match=r"f\.yaml:4: the file has more than 1,000 values"):
        read_yaml(f"a: [1, {{b: 2}}]\ne:\n\n  x: [{'1, ' * 1000}]\n", problems, EntryByEntry("e", take))


def test_what_is_written_is_read_back() -> None:
    tree: dict[str, Tree] = {
        "a": "no",
        "b": {"c": ["x", "y, z"], "d": []},
        "e": [{"f": "line\n\nline\n", "g": {}}],
        "h": PlainScalar("1e6"),
    }
    assert read(write_yaml(tree)) == tree


@given(tree=st.recursive(texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)))
def test_any_text_is_written_and_read_back(tree: Any) -> None:
    assert read(write_yaml({"tree": tree})) == {"tree": tree}


def test_long_text_is_folded_and_a_paragraph_is_kept_as_it_is() -> None:
    words = "seventeen letters " * 20
    written = write_yaml({"one": words.strip(), "two": "first\n\nsecond: #2\n"})
    assert max(map(len, written.splitlines())) <= WIDTH
    assert written.endswith("two: |\n  first\n\n  second: #2\n")


@pytest.mark.parametrize("text", ["no", "1991", "12:30:45", "", " a", "a ", "a: b", "a #b", "*a", "null", "- a"])
def test_text_that_other_programs_would_misread_is_quoted(text: str) -> None:
    assert write_yaml({"k": text}) == f'k: "{text}"\n'
    assert yaml.safe_load(write_yaml({"k": text})) == {"k": text}
