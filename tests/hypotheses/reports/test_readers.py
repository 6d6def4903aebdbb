"""Every form of the page, read by the readers it is written for: CommonMark, kramdown, and a linter of Markdown."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from hypotheses.debate import Assessment, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.idea import Idea
from hypotheses.reading import Reading
from hypotheses.reports.markdown import markdown
from hypotheses.reports.style import FLAVOURS, FORMS, SOURCES, Form, FrontMatter, MarkdownStyle, Sources
from store.bundled import bundled_debate
from tests.hypotheses.reports.pages import EVIL, debate_of

needs_markdownlint = pytest.mark.skipif(
    shutil.which("markdownlint-cli2") is None, reason="markdownlint-cli2, which .ci/run installs, is not on the PATH"
)
needs_kramdown = pytest.mark.skipif(shutil.which("kramdown") is None, reason="kramdown is not installed")

TAG = re.compile(r"<(\w+)")


def in_commonmark(page: str) -> str:
    """Read a page with nothing beyond CommonMark: no tables, no footnotes."""
    return str(MarkdownIt("commonmark").render(page))


def in_gfm(page: str) -> str:
    """Read a page with tables, as GitHub does."""
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(page))


def in_kramdown(page: str) -> str:
    return subprocess.run(["kramdown"], input=page, capture_output=True, check=True, encoding="utf-8").stdout


def words_of(page: str) -> list[str]:
    """The words a reader sees, whatever marks the reader makes of quotes."""
    return re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", page)))


def links_of(page: str) -> Counter[str]:
    return Counter(html.unescape(href) for href in re.findall(r'href="(https?:[^"]*)"', page))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sources", SOURCES)
def test_commonmark_leaves_no_mark_that_it_does_not_know(form: Form, sources: Sources) -> None:
    for debate in (bundled_debate(), debate_of()):
        page = markdown(debate, MarkdownStyle(form, sources=sources, flavour="commonmark"))
        read = in_commonmark(page)
        assert "[^" not in read
        assert not re.search(r"<p>\|", read)


@needs_kramdown
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sources", ["inline", "none"])
def test_github_and_kramdown_read_the_same(form: Form, sources: Sources) -> None:
    for debate in (bundled_debate(), debate_of()):
        page = markdown(debate, MarkdownStyle(form, sources=sources))
        github, kramdown = in_gfm(page), in_kramdown(page)
        assert words_of(github) == words_of(kramdown)
        assert links_of(github) == links_of(kramdown)
        tags = [Counter(TAG.findall(read)) for read in (github, kramdown)]
        assert {tag: tags[0][tag] for tag in tags[0]} == {tag: tags[1][tag] for tag in tags[0]}


@needs_kramdown
@pytest.mark.parametrize("form", ["post", "report"])
def test_kramdown_makes_a_footnote_of_every_mark(form: Form) -> None:
    page = markdown(bundled_debate(), MarkdownStyle(form, sources="footnotes"))
    marked = set(re.findall(r"\[\^([^\]]+)\](?!:)", page))
    read = in_kramdown(page)
    assert "[^" not in read
    assert set(re.findall(r'<li id="fn:([^"]+)"', read)) == marked
    assert len(marked) > 10


@needs_markdownlint
def test_markdownlint_finds_nothing(tmp_path: Path) -> None:
    header = FrontMatter("2024-05-31", tags=("vision", "scale"))
    for debate, form, flavour in product((bundled_debate(), debate_of(), Debate("d", "Why?")), FORMS, FLAVOURS):
        headed = header if flavour == "kramdown" else None
        for sources in SOURCES if debate.slug == "piano-tuners" else (None,):
            page = markdown(debate, MarkdownStyle(form, headed, sources=sources, flavour=flavour))
            (tmp_path / f"{debate.slug}-{form}-{flavour}-{sources}.md").write_text(page, encoding="utf-8")
    # A paragraph is one line, and what is folded is HTML.
    rules = {"MD013": False, "MD033": {"allowed_elements": ["details", "summary"]}}
    (tmp_path / ".markdownlint.json").write_text(json.dumps(rules), encoding="utf-8")
    done = subprocess.run(
        ["markdownlint-cli2", "*.md"], cwd=tmp_path, capture_output=True, check=False, encoding="utf-8", timeout=300
    )
    assert f"Linting: {9 * (1 + 3 + 1)} file(s)" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


def hostile(text: str) -> Debate:
    """Return a debate in which all that a person types as plain text is this text."""
    return debate_of(
        question="Plain.",
        note=" ".join(text.split()),
        title=text,
        author=text,
        source=text,
        quantities={
            "known": Quantity("known", text, text, {"value": Reading("10", text, note=text)}, note=text),
            "wanted": Quantity("wanted", text, text, {"other": Reading("1000", text, "https://example.org/a(b")}),
        },
        gaps={"shortage": Gap("shortage", "wanted / known", text, unit=text, headline=True, note=text)},
        hypotheses={
            "uncounted": Hypothesis(
                "uncounted", text, "Plain.", effects={"known": "known * 10"}, note=text, source=text
            )
        },
        evidence={
            "k": Evidence("k", text, (text,), "2023", text, note=text, assessments={"uncounted": Assessment(3, text)}),
            "l": Evidence("l", text, assessments={"uncounted": Assessment(0.5)}),
        },
        ideas={1: Idea(1, text, text, sender=text, status="accepted")},
    )


@needs_kramdown
@pytest.mark.parametrize("sources", SOURCES)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_is_typed_acts_for_any_reader(form: Form, sources: Sources) -> None:
    style = MarkdownStyle(form, sources=sources)
    for read in (in_gfm, in_kramdown):
        pages = (
            markdown(hostile(text), style, remark=text, reasons={"uncounted": text}) for text in ("plain words", EVIL)
        )
        tags = [Counter(TAG.findall(read(page))) for page in pages]
        assert tags[0] == tags[1]
