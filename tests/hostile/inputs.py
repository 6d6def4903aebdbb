"""What is sent to the doors: what they take, taken apart, put together otherwise, stretched, with the corpus in it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.hostile.corpus import CORPUS, NEVER_KEPT
from tests.hostile.doors import Door
from tests.hypotheses.estimates.test_any_formula import FORMULAS

T = TypeVar("T")
MARKS = (
    *(
        "\n",
        "\n\n",
        "\r\n",
        ",",
        ";",
        "\t",
        '"',
        "'",
        " ",
        "  ",
        ".",
        ":",
        "\\",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
    ),
    *("&", "#", "@", "$", "%", "=", "|", "-", "--", "---", "/", "*", "~", "^", "_", "`", "!", "?", "0", "1", "\0", "é"),
    *(
        "\u2028",
        "\ufeff",
        "1e999",
        "9" * 400,
        "-0",
        "nan",
        "inf",
        "null",
        "true",
        "\\u0000",
        "\\ud800",
        "&amp;",
        "&#0;",
    ),
)
"""Short things that mean something somewhere."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def inputs(door: Door) -> st.SearchStrategy[bytes]:
    """Draw what is sent to a door."""
    shapes = [pieces(door.shape), mutated(door.shape), stretched(door.shape, door.longest)]
    if door.name.endswith(("(JSON)", "answer")) or door.name in ("zotero", "issue"):
        shapes.append(trees(door.shape).map(lambda tree: json.dumps(tree, ensure_ascii=False)))
    if door.name.endswith("(YAML)"):
        shapes.append(trees(door.shape).map(as_yaml))
    if door.name in ("value", "number"):
        shapes.append(typed_values())
    if door.name == "formula":
        shapes.append(typed_formulas())
    texts = st.one_of(shapes)
    if door.name in ("value", "number", "formula"):
        return st.one_of(shapes[-1], shapes[-1], texts).map(encoded)
    return st.one_of(texts.map(encoded), texts.map(encoded), st.tuples(texts, forms).map(lambda two: two[1](two[0])))


def send_each(drawn: st.SearchStrategy[T], count: int, number: int, send: Callable[[T], None]) -> None:
    """Draw so many inputs, the same for the same number, and send each."""
    drawing = settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    seed(number)(drawing(given(drawn)(send)))()


def files_for(doors: Sequence[Door]) -> st.SearchStrategy[tuple[Door, bytes]]:
    """Draw a door, and what is sent to it."""
    return st.sampled_from(doors).flatmap(lambda door: st.tuples(st.just(door), inputs(door)))


def encoded(text: str) -> bytes:
    """Write a text as UTF-8, halves of characters included, which is what hostile bytes look like."""
    return text.encode("utf-8", "surrogatepass")


def _cut(text: str) -> bytes:
    return encoded(text)[:-1]


forms = st.sampled_from(
    [
        lambda text: text.encode("utf-16", "surrogatepass"),
        lambda text: b"\xef\xbb\xbf" + encoded(text),
        lambda text: text.encode("cp1252", "replace"),
        lambda text: gzip.compress(encoded(text)),
        lambda text: gzip.compress(encoded(text))[:-5],
        lambda text: encoded(text).replace(b"\n", b"\r"),
        _cut,
    ]
)
"""Other ways to write a text down."""


def pieces(shape: str) -> st.SearchStrategy[str]:
    """Draw a text of pieces of a file, in any order and often, with other characters between."""
    cut = st.tuples(st.integers(0, len(shape)), st.integers(1, 60)).map(lambda at: shape[at[0] : at[0] + at[1]])
    lines = st.sampled_from(shape.splitlines(keepends=True) or [shape])
    odd = st.sampled_from([*MARKS, *CORPUS.values(), *NEVER_KEPT])
    return st.lists(st.one_of(lines, cut, odd, st.text(max_size=5)), max_size=30).map("".join)


@st.composite
def mutated(draw: st.DrawFn, shape: str) -> str:
    """Change a file in a few places: what stands there goes, comes twice, or is something else."""
    tokens = _TOKEN.findall(shape)
    odd = st.sampled_from([*MARKS, *CORPUS.values(), *NEVER_KEPT, *tokens])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(tokens) - 1, 0)))
        width = draw(st.sampled_from([1, 1, 1, 2, 5, 30]))
        change = draw(st.sampled_from(["replace", "insert", "drop", "double", "move"]))
        part = tokens[at : at + width]
        if change in ("replace", "insert"):
            tokens[at : at + (width if change == "replace" else 0)] = [draw(odd)]
        elif change == "drop":
            del tokens[at : at + width]
        elif change == "double":
            tokens[at:at] = part * draw(st.integers(1, 4))
        else:
            del tokens[at : at + width]
            to = draw(st.integers(0, len(tokens)))
            tokens[to:to] = part
    return "".join(tokens)


@st.composite
def stretched(draw: st.DrawFn, shape: str, longest: int) -> str:
    """Repeat a piece of a file very often, in the middle of it or alone."""
    tokens = _TOKEN.findall(shape)
    at, width = draw(st.integers(0, max(len(tokens) - 1, 0))), draw(st.integers(1, 8))
    piece = "".join(tokens[at : at + width]) or "x"
    if draw(st.booleans()):
        piece += draw(st.sampled_from(MARKS))
    count = max(1, draw(st.sampled_from([100, 1_000, 10_000, 100_000])) // len(piece))
    start = "".join(tokens[: draw(st.sampled_from([0, at]))])
    end = "".join(tokens[at + width :]) if draw(st.booleans()) else ""
    return f"{start}{piece * count}{end}"[:longest]


def trees(shape: str) -> st.SearchStrategy[object]:
    """Draw a tree of the names that stand in a file."""
    words = sorted(set(re.findall(r"[A-Za-z][\w-]*", shape)))
    leaves = st.one_of(
        st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=8),
        st.sampled_from([*words, *CORPUS.values(), "1 to 2", "2020-01-02", "https://example.org/x", "++"]),
    )  # fmt: skip
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(words), inner, max_size=6),
        max_leaves=25,
    )


def as_yaml(tree: object, depth: int = 0) -> str:
    """Write a tree as YAML, without much care."""
    space = "  " * depth
    if isinstance(tree, dict) and tree:
        return "".join(f"\n{space}{key}: {as_yaml(value, depth + 1)}" for key, value in tree.items())
    if isinstance(tree, list) and tree:
        return "".join(f"\n{space}- {as_yaml(value, depth + 1)}" for value in tree)
    return json.dumps(tree)


def typed_values() -> st.SearchStrategy[str]:
    """Draw a value as somebody may type it, right or wrong."""
    numbers = st.one_of(
        st.floats().map(repr),
        st.integers(-(10**15), 10**15).map(lambda n: f"{n:,}"),
        st.sampled_from(
            ["890M", "45%", "1e308", "-1e308", "1e-308", "0", "1/3", "1 in 4", "$5", "10^300", "5 million"]
        ),
    )
    sizes = st.floats(1e-9, 1e9)
    words = st.sampled_from(["normal", "lognormal", "uniform", "loguniform", "", "mixture", "samples", "pert", "x"])

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        calls = ("triangular", "pert", "beta", "samples", "gamma", "poisson", "normal", "lognormal", "mixture")
        return st.one_of(
            st.builds(lambda word, low, high: f"{word} {low} to {high}".strip(), words, inner, inner),
            st.builds(lambda word, low, by: f"{word} {low} to {low * by}".strip(), words, sizes, st.floats(1, 1e9)),
            st.builds(lambda mid, low, high: f"{mid} ({low} to {high})", inner, inner, inner),
            st.builds(lambda mid, off: f"{mid}±{off}", inner, inner),
            st.builds(lambda value, width: f"{value} @{width}%", inner, inner),
            st.builds(
                lambda call, parts: f"{call}({', '.join(parts)})", st.sampled_from(calls), st.lists(inner, max_size=5)
            ),
            st.lists(st.tuples(inner, inner), max_size=4).map(
                lambda parts: f"mixture({', '.join(f'{weight}: {value}' for weight, value in parts)})"
            ),
        )

    plain = st.one_of(sizes.map("{:.3g}".format), st.integers(0, 10**6).map("{:,}".format), numbers)
    return st.one_of(grown(plain), grown(plain), st.recursive(numbers, grown, max_leaves=8))


def typed_formulas() -> st.SearchStrategy[str]:
    """Draw a formula as somebody may type it, right or wrong."""
    leaves = st.sampled_from(
        ["a", "b", "c", "k", "z", "2", "0", "0.5", "1e300", "10", "1_000", "0x1", "1j", "True", "'a'"]
    )

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        operators = st.sampled_from(["+", "-", "*", "/", "**", "//", "%", "^", "@", "if", "<", ",", " "])
        calls = st.sampled_from(
            ["log10", "log", "exp", "expm1", "log1p", "sqrt", "abs", "min", "max", "eval", "-", "a."]
        )
        return st.one_of(
            st.builds(lambda left, sign, right: f"({left} {sign} {right})", inner, operators, inner),
            st.builds(lambda left, sign, right: f"{left} {sign} {right}", inner, operators, inner),
            st.builds(lambda call, parts: f"{call}({', '.join(parts)})", calls, st.lists(inner, max_size=3)),
        )

    return st.one_of(FORMULAS, FORMULAS, st.recursive(leaves, grown, max_leaves=15))
