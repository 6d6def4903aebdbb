"""Texts that act on a terminal, a page, a table or their reader, and debates that are full of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Final, cast

from hypotheses.debate import (
    Assessment,
    Claim,
    Comment,
    Debate,
    Evidence,
    Gap,
    Hypothesis,
    Quantity,
    SchemeTable,
    Stated,
)
from hypotheses.idea import Idea
from hypotheses.letters import LETTERS
from hypotheses.ratios import WEIGHT_WORDS
from hypotheses.reading import Assumption, Reading
from hypotheses.rules import TITLE_LENGTH

ACTS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""What acts on a terminal or misleads its reader, ends of lines and tabs apart; written here once more, so as not to
trust the program's own list."""
CORPUS: Final[Mapping[str, str]] = {
    "escapes": "\x1b[2J\x1b[31mred \x1b]0;title\x07 \x1bPq#0\x1b\\ \x1bc \x1b[6n \x1b[?1049h \x1b^pm\x1b\\ "
    "\x1b_apc\x1b\\",
    "clipboard and links": "\x1b]52;c;ZXZpbA==\x07 \x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "c1": "\x9b31mred \x9d52;c;ZXZpbA==\x9c \x90q\x9c \x85 \x8d \x84",
    "controls": "a\x08\x08b \x07 \x0b \x0c \x0e\x0f \x7f \x18 \x1a \x01 tab\there",
    "directions": "\u202egpj.exe \u2066isolated\u2069 \u200fright \u061c \u202a \u202d",
    "invisible": "hi\U000e0041\U000e0042\U000e007f \ufeff \u200b \ufff9a\ufffab\ufffb \u2028 \u2029 \ufffe \uffff",
    "markup": "[@click=app.quit]quit[/] [@click=screen.dismiss(True)]yes[/] [/foo] [/ [a=b: c] [bold [$x] \\[ [[]]",
    "variables": "$text ${HOME} {x} {0} %s %(x)s {{ 7*7 }} {% raw %} {: onclick='x'} #{x} `id` $(id)",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)> <svg onload=alert(1)> </title></style><!-- "
    "<base href=//evil.example> <meta http-equiv=refresh content=0> &lt;b> &#27;[31m &#x202e; <?php ?> ]]>",
    "markdown": "# h [x](javascript:alert(1)) ![x](https://evil.example/p.png) <https://evil.example> [^1] | a | b | "
    "$$x$$ *[HTML]: x `code` ~~no~~ @ana #1 :tada: [x]: https://evil.example",
    "formula": "=cmd|' /C calc'!A0",
    "sum": "@SUM(1+1)*cmd|' /C calc'!A0",
    "plus": "+HYPERLINK(\"https://evil.example\")",
    "minus": "-2+3+cmd|' /C calc'!D2",
    "tab formula": "\t=1+1",
    "wide formula": "＝1＋1",
    "yaml": "no: {a: 1} - [b] # c & * ! | > ' \" % @ ` ? : ~ <<: *x --- ... 010 1e6 12:30:45 !!python/object:x",
    "json": "\"}], \\u0000 \\ud800 {\"a\": NaN} // /* */ \\\"",
    "latex": "\\input{/etc/passwd} \\write18{id} $x$ {\\bf a} @article{x, % & # _ ~ ^ \\",
    "sql": "'; DROP TABLE hypothesis; -- \" OR 1=1 % _ \\ NEAR( AND NOT *",
    "paths": "../../etc/passwd /etc/passwd C:\\con\\nul -rf --help ~/x file:///etc/passwd",
    "zalgo": "Z" + "\u0351\u036b\u0343\u036a\u0302\u032b" * 30 + "algo",
    "wide": "日本語 " * 20 + "👩\u200d🔬👍🏽 \u1100\u1161\u11a8 \u0e33",
    "long": "x" * TITLE_LENGTH,
    "blank": "\u2800\u3164\u00a0\u2003\u180e\u200d",
}  # fmt: skip
"""What it is -> the text: at most as long as a title may be, on one line, and such as the database can keep."""
NEVER_KEPT: Final = ("a\0b", "half \ud800 a character", "\udcff")
"""What no field takes: NUL and halves of characters."""
MARK: Final = "Zq"
"""Stands before each text in a debate, so that a screen or a file shows that it holds some."""


def name_like(text: str) -> str:
    """Return what of a text can be the name of a reading or a key: names take no signs that act."""
    return "".join(sign for sign in text if sign.isalnum())[:20] or "n"


def debate_full_of(text: str) -> Debate:
    """Return a debate of which every field that takes words holds this text."""
    line, many = f"{MARK}{text}"[:TITLE_LENGTH], f"{text}\n{MARK}{text}\n\n{text}"
    names = (name_like(text), "other")
    readings = {name: Reading(value, many, "", many) for name, value in zip(names, ("1 to 2", "3"), strict=True)}
    slugs = ("one", "two", "three")
    table = dict.fromkeys(WEIGHT_WORDS, 1.0)
    about: tuple[dict[str, str | int], ...] = (
        {"hypothesis": "one"},
        {"hypothesis": "one", "evidence": "e1"},
        {"evidence": "e1"},
        {"idea": 1},
    )
    other = f"p{line}"[:TITLE_LENGTH]
    return Debate(
        "full",
        line,
        many,
        convention=names[0],
        author=line,
        source=many,
        note=many,
        quantities={
            symbol: Quantity(symbol, line, line, readings, note=many, claim=Claim("3", many, many), group=line)
            for symbol in ("a", "b")
        },
        gaps={
            "puzzle": Gap("puzzle", "a / b", line, "OOM", True, 0.5, Claim("3", many, many), many),
            "other": Gap("other", "a + b", line, line, note=many),
        },
        hypotheses={
            slug: Hypothesis(
                slug, line, many, 0.5, 0.5, position=place, effects={"a": "a / extra"},
                assumes={"extra": Assumption({"value": Reading("2 to 4", many, "", many)})},
                source=many, note=many, short=MARK, others={other: Stated(0.9 - place / 10)},
                settled="true" if slug == "two" else "", settled_on="2024-01-02" if slug == "two" else "",
            )
            for place, slug in enumerate(slugs)
        },
        evidence={
            key: Evidence(
                key, line, (line, line), "2023", many, line, line, "https://example.org/x", many, cluster=line,
                note=many, retracted=key == "e3", also=(line,),
                assessments={
                    slug: Assessment(ratio, many, others={other: Assessment(0.1, many, other)})
                    for slug, ratio in zip(slugs, (3.0, 1 / 3, None), strict=True)
                },
            )
            for key in ("e1", "e2", "e3")
        },
        ideas={
            n: Idea(n, line, many, sender=line, hypothesis="one", related=(line,), reason=many, contact=line, via=line)
            for n in (1, 2)
        },
        comments={
            number: Comment(number, many, by, "2024-01-01T00:00:00Z", **where)  # type: ignore[arg-type] # one or two of the three
            for number, (by, where) in enumerate(
                ((by, where) for by in (line, other) for where in about), 1
            )
        },
        owner=line,
        schemes={"own": SchemeTable(dict.fromkeys(LETTERS, 1.0), table, table, many)},
    )  # fmt: skip


_PEOPLE: Final = ("by", "owner")
"""Fields that name people, who are the same wherever they are named."""


def mixed_debate(first: int) -> Debate:
    """Return a debate whose fields hold the texts of the corpus in turn, from this one on, which is that of people."""
    texts = list(CORPUS.values())
    debate = debate_full_of(texts[first % len(texts)])
    return cast("Debate", _with(debate, cycle(texts[first + 1 :] + texts[: first + 1])))


def _with(value: object, texts: Iterator[str]) -> object:
    if isinstance(value, str) and MARK in value:
        line = f"{MARK}{next(texts)}"[:TITLE_LENGTH]
        return f"{line}\n{next(texts)}\n\n{next(texts)}" if "\n" in value else line
    if isinstance(value, tuple):
        return tuple(_with(each, texts) for each in value)
    if isinstance(value, Mapping):
        return {key: _with(each, texts) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        kept = (each for each in fields(value) if each.init and each.name not in (*_PEOPLE, "short", "unit"))
        return replace(value, **{each.name: _with(getattr(value, each.name), texts) for each in kept})
    return value
