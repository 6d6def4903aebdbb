"""Whatever is in a file: readers refuse it in their own words or make sound debates of it, in little time."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from time import process_time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.admission import admit
from hypotheses.debate import Debate
from store.errors import BadFile
from store.file.debate_file import read_debate, write_debate
from store.incoming import Contents
from store.maps.achz import read_achz
from store.maps.argdown import read_argdown
from store.maps.forecasts import read_forecasts
from store.maps.kialo import read_kialo
from store.maps.matrix import read_matrix
from store.maps.taken import Maps
from tests.store.maps.maps import Read
from tests.store.maps.test_achz import PROJECT
from tests.store.maps.test_argdown import PIER as ARGDOWN
from tests.store.maps.test_forecasts import FATEBOOK
from tests.store.maps.test_kialo import PIER as KIALO
from tests.store.maps.test_matrix import LETTERS

SHAPES: Final[Sequence[tuple[Read, str]]] = (
    (read_matrix, f'{LETTERS}|Evidence|A|\n|---|---|\n|x|II (why)|\n-2;+1;0,5;80%;1/3;0.8 vs 0.1;\'--;"q""\n'),
    (read_achz, PROJECT),
    (read_kialo, f"{KIALO}2. B.\n2.1. Pro: -> See 1.2.\n9.9.9. Con: x\n"),
    (
        read_argdown,
        f"{ARGDOWN}(1) a\n--\n(2) [b]\n  >< <c>\n  _> [d]\n# H\n* x {{a: [b]}} @[b] #(t g)\n/* <!-- --> */\n",
    ),
    (read_forecasts, f"{FATEBOOK}x,,y,101,z\n"),
)


def pieces(shape: str) -> st.SearchStrategy[str]:
    """Draw a text of pieces of a file, in any order and often, with other characters between."""
    marks = (
        "\n",
        "\n\n",
        ",",
        ";",
        "\t",
        '"',
        " ",
        "  ",
        ".",
        ":",
        "1.",
        "\\",
        "(",
        ")",
        "\u2028",
        "\r",
        "é",
        "\0",
        "=",
    )
    cut = st.tuples(st.integers(0, len(shape)), st.integers(1, 60)).map(lambda at: shape[at[0] : at[0] + at[1]])
    lines = st.sampled_from(shape.splitlines(keepends=True) or [shape])
    return st.lists(st.one_of(lines, cut, st.sampled_from(marks), st.text(max_size=5)), max_size=30).map("".join)


def taken(read: Read, data: bytes) -> Contents[Maps] | None:
    try:
        return read(data, "any.csv")
    except BadFile as bad:
        problems = bad.problems
    assert problems
    assert "\n" not in problems[0].text
    return None


def check(contents: Contents[Maps] | None) -> None:
    for debate in contents.value.debates if contents else ():
        admit(Debate(debate.slug, debate.title), debate)
        assert read_debate(write_debate(debate)) == debate


@pytest.mark.parametrize(("read", "shape"), SHAPES)
@given(data=st.data())
def test_pieces_of_a_file_in_any_order_make_a_sound_debate_or_are_refused(
    read: Read, shape: str, data: st.DataObject
) -> None:
    check(taken(read, data.draw(pieces(shape)).encode("utf-8", "surrogatepass")))


@pytest.mark.parametrize(("read", "shape"), SHAPES)
@given(end=st.binary(max_size=200), form=st.sampled_from(["", "utf-8", "utf-16", "gzip"]))
def test_any_bytes_are_read_or_refused(read: Read, shape: str, end: bytes, form: str) -> None:
    start = gzip.compress(shape.encode()) if form == "gzip" else shape.encode(form) if form else b""
    check(taken(read, start + end))
    check(taken(read, start[: len(end)] + end))


LONG: Final[Sequence[str]] = (
    "a" * 200_000,
    "\n" * 200_000,
    "[" * 60_000,
    "<a>" * 20_000,
    "(" * 60_000 + ")" * 60_000,
    '"' * 100_001,
    ('"' + "x," * 50) * 1_000,
    "|" * 60_000 + "\n" + "|-" * 30_000,
    "-" * 20_000 + "x",
    " " * 20_000 + "x",
    "Evidence,A\n" + "x,C\n" * 20_000,
    "Evidence,A\n" + ",".join("x" * 900) + "\n" + "y\n" * 10_000,
    "1. T\n" + "1.1. Pro: x\n" * 10_000,
    "1. T\n" + "".join(f"1{'.1' * n}. Pro: x\n" for n in range(1, 500)),
    "1" + ".1" * 40_000 + ". Pro: x\n",
    "[t]\n" + "".join(f"{' ' * n}+ [{n}]\n" for n in range(1, 500)),
    "".join(f"[{n}]\n  + [{(n + 1) % 1_000}]\n  - [{(n + 7) % 1_000}]\n\n" for n in range(1_000)),
    "".join(f"<{n}>\n\n(1) x\n----\n(2) [c]\n\n[c]\n  +> <{n}>\n\n" for n in range(700)),
    "[a]: " + "#t " * 20_000,
    "[a]: " + "{" * 20_000 + "\n  + b\n",
    "[a]: " + "[x](y " * 10_000 + "\n  + b\n",
    "[a]\n  + b\n" + "/*" * 20_000,
    "===\n" * 20_000,
    "1. A [x](http://e.org)" + " [x](http://e.org)" * 10_000,
    "question,forecast\n" + "q,50%\n" * 10_000,
    "question,forecast,user\n" + "".join(f"q,50%,u{n}\n" for n in range(5_000)),
    "<MATRIX>" * 20_000,
    "<a><MATRIX>" + "<HYPOTHESIS/>" * 20_000 + "<EVIDENCE/>" * 10_000 + "</MATRIX></a>",
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(LONG)))
def test_long_files_take_time_in_proportion(number: int) -> None:
    """Two hundred thousand characters take no more than seconds of any reader; most are of another's kind."""
    for read, _ in SHAPES:
        began = process_time()
        taken(read, LONG[number].encode())
        assert process_time() - began < 3, (read.__module__, LONG[number][:30])
