"""The page in HTML: complete by itself, in order, and with nothing in it that acts but its own script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.idea import Idea
from hypotheses.reports.html.page import page
from store.bundled import bundled_debate
from tests.hypotheses.reports.pages import EVIL, debate_of, with_readings
from tests.hypotheses.reports.test_readers import hostile

VOID = {"meta", "input", "br", "hr", "link", "rect", "line", "path", "circle"}
ATTACKS = (
    EVIL,
    "</script><script>alert(1)</script>",
    "</title></style></textarea></svg><img src=x onerror=alert(1)>",
    "]]><script>alert(1)</script><![CDATA[",
    "<!--><script>alert(1)</script>--!>",
    '" autofocus onfocus="alert(1)" x="',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "[x](javascript:alert(1)) [y](data:text/html;base64,PHNjcmlwdD4=) ![z](https://evil.example/pixel.png)",
    "line\u2028separator\u2029and\x00null\x1b[31m\u202ereversed\ufeff",
    "&lt;script&gt; &#60;script&#62; &amp;",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} `${alert(1)}`",
    "<svg onload=alert(1)><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "\ud800 half a pair",
)


class Outline(HTMLParser):
    """What a parser of HTML finds on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), (tag, attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.words.append(data)

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]

    def values(self, name: str) -> list[str]:
        return [value or "" for _, attributes in self.tags if (value := attributes.get(name)) is not None]


@cache
def bundled_page() -> str:
    return page(bundled_debate())


def debates() -> dict[str, Debate]:
    return {
        "bundled": bundled_debate(),
        "small": debate_of(),
        "empty": Debate("d", "Why?"),
        "readings": with_readings(),
    }


@pytest.mark.parametrize("name", debates())
def test_the_page_is_in_order(name: str) -> None:
    read = Outline(page(debates()[name]))
    assert read.open == []
    ids = Counter(read.values("id"))
    assert [each for each, count in ids.items() if count > 1] == []
    assert all(link in ids or not link for link in (href[1:] for href in read.values("href") if href.startswith("#")))
    for key in ("for", "aria-labelledby", "aria-describedby", "list"):
        assert {each for value in read.values(key) for each in value.split()} <= set(ids), key
    assert Counter(tag for tag, _ in read.tags if tag in ("main", "header", "nav", "footer", "h1")) == dict.fromkeys(
        ("main", "header", "nav", "footer", "h1"), 1
    )
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(read.all("caption")) == len(read.all("table"))
    assert all(each.get("scope") in ("row", "col") for each in read.all("th"))
    assert read.tags[[tag for tag, _ in read.tags].index("body") + 1][1]["class"] == "skip"


@pytest.mark.parametrize("name", debates())
def test_the_page_asks_nothing_of_any_other_place(name: str) -> None:
    text = page(debates()[name])
    read = Outline(text)
    assert {tag for tag, _ in read.tags} & {
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "image",
        "use",
    } == set()
    assert read.values("src") == read.values("srcset") == read.values("style") == read.values("action") == []
    assert all(href.startswith(("#", "https://", "http://")) for href in read.values("href"))
    assert all(each.get("rel") == "noopener noreferrer" for each in read.all("a") if (each["href"] or "")[:1] != "#")
    assert not [key for _, attributes in read.tags for key in attributes if key.startswith("on")]
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"url\(|@import|@font-face|expression", style)


def test_its_policy_lets_in_its_own_style_and_script_alone() -> None:
    text = bundled_page()
    (policy,) = [each["content"] for each in Outline(text).all("meta") if each.get("http-equiv")]
    found = re.findall(r"<style>(.*?)</style>|<script>(.*?)</script>", text, re.DOTALL)
    hashes = [
        "'sha256-" + base64.b64encode(hashlib.sha256((style or script).encode()).digest()).decode() + "'"
        for style, script in found
    ]
    assert policy == (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; base-uri 'none'; form-action 'none'"
    )


def test_the_same_debate_gives_the_same_bytes() -> None:
    assert page(bundled_debate()) == bundled_page()
    assert not re.search(r"\d\d:\d\d:\d\d", bundled_page().partition("<body>")[2].partition("<script type=")[0])


def test_everything_of_the_debate_is_on_the_page() -> None:
    debate = bundled_debate()
    words = " ".join(" ".join(Outline(bundled_page()).words).split())
    for h in debate.hypotheses.values():
        assert h.title in words
    for item in debate.evidence.values():
        assert " ".join(item.title.split()) in words
        assert all(author in words for author in item.authors)
    for quantity in debate.quantities.values():
        assert quantity.label in words
        assert all(reading.value in words for reading in quantity.readings.values())
    assert "2.05 OOM" in words
    assert "a factor of 112" in words
    assert "Clusters looser, ρ 0.25" in words
    assert "Claims that do not follow from these figures" in words
    assert "236.5M" in words


def test_without_its_script_nothing_is_missing_but_the_place_to_try_things() -> None:
    read = Outline(bundled_page())
    hidden = [attributes for _, attributes in read.tags if "hidden" in attributes]
    assert [each.get("class") or "" for each in hidden] == ["", "trying"]
    assert all("data-needs-script" in each for each in hidden)


def test_a_debate_without_gaps_has_no_script() -> None:
    text = page(replace(debate_of(), gaps={}))
    assert "<script" not in text
    assert "script-src" not in text


def test_a_remark_and_the_reasons_stand_on_the_page() -> None:
    words = " ".join(Outline(page(debate_of(), remark="As of 2023.", reasons={"uncounted": "It was counted."})).words)
    assert "As of 2023." in words
    assert "It was counted." in words


def test_readers_are_thanked_unless_they_asked_not_to_be_named() -> None:
    ideas = {
        1: Idea(1, "Ask the shops", sender="Ida", status="accepted", became=("evidence:song2023",)),
        2: Idea(2, "Count them", sender="Ned", status="merged", unnamed=True),
        3: Idea(3, "Nobody knows", sender="Eva"),
        4: Idea(4, "Made up", status="accepted", example=True),
    }
    words = " ".join(Outline(page(debate_of(ideas=ideas))).words)
    assert "(from Ida)" in words
    assert "1 idea from readers waits" in words
    assert not [each for each in ("Ned", "Eva", "Nobody knows", "Made up") if each in words]


def wild(text: str) -> Debate:
    """Return a debate in which everything that somebody types is this text."""
    debate = hostile(text)
    cell = Assessment(3.0, text)
    evidence = {
        "k": Evidence("k", text, (text,), "2023", text, doi=text, arxiv="", url=text, finding=text, note=text,
                      cluster=text, also=(text,), assessments={"uncounted": cell}),
    }  # fmt: skip
    h = Hypothesis("uncounted", text, text, effects={"known": "known * 10"}, note=text, source=text, short=text)
    return replace(debate, question=text, note=text, hypotheses={"uncounted": h}, evidence=evidence, convention=text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_somebody_types_acts(attack: str) -> None:
    read = Outline(page(wild(attack), remark=attack, reasons={"uncounted": attack}))
    tags = Counter(tag for tag, _ in read.tags)
    known = {tag for tag, _ in Outline(bundled_page()).tags} | {
        "pre",
        "em",
        "strong",
        "code",
        "ol",
        "blockquote",
        "hr",
        "i",
    }
    assert set(tags) <= known - {"i", "hr"}
    assert tags["script"] == 2
    assert tags["title"] == Outline(page(wild("plain"))).tags.count(("title", {})) or tags["title"] >= 1
    assert not [key for _, attributes in read.tags for key in attributes if key.startswith("on") or key == "src"]
    assert all(href.startswith(("#", "https://", "http://")) for href in read.values("href"))
    written = page(wild(attack))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2028\u2029\ufeff\ud800-\udfff]", written)
    written.encode()


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_the_script_works_with_ends_no_element(attack: str) -> None:
    text = page(wild(attack))
    data = text.partition('<script type="application/json" id="model">')[2].partition("</script>")[0]
    assert "<" not in data
    assert data.isascii()
    assert json.loads(data)["explanations"][0]["title"] == attack


@pytest.mark.skipif(
    shutil.which("html-validate") is None, reason="html-validate, which .ci/run installs, is not on the PATH"
)
def test_a_validator_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / ".htmlvalidate.json").write_text(
        json.dumps({"root": True, "extends": ["html-validate:recommended"], "rules": {"long-title": "off"}})
    )
    found = {**debates(), **{f"attack-{number}": wild(attack) for number, attack in enumerate(ATTACKS)}}
    for name, debate in found.items():
        (tmp_path / f"{name}.html").write_text(page(debate), encoding="utf-8")
    done = subprocess.run(
        ["html-validate", "*.html"], cwd=tmp_path, capture_output=True, check=False, encoding="utf-8", timeout=120
    )
    assert (done.returncode, done.stdout) == (0, "")
