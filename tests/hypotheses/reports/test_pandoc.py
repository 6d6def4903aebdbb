"""Markdown for Pandoc and Quarto: cited by keys that are in the file of references beside it."""

from __future__ import annotations

import re

import pytest
import yaml
from bibtexparser.entrypoint import parse_string

from hypotheses.debate import Debate
from hypotheses.reports.markdown import markdown
from hypotheses.reports.references.bibtex import bibtex
from hypotheses.reports.style import FORMS, Form, MarkdownStyle
from store.bundled import bundled_debate
from tests.hypotheses.reports.pages import debate_of

CITED = re.compile(r" \[(@[\w.:+-]+(?:; @[\w.:+-]+)*)\]")


def keys_in(page: str) -> set[str]:
    return {key.strip(" @") for cited in CITED.findall(page) for key in cited.split(";")}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("debate", [bundled_debate(), debate_of()], ids=["bundled", "small"])
def test_every_key_that_is_cited_is_in_the_references(debate: Debate, form: Form) -> None:
    page = markdown(debate, MarkdownStyle(form, bibliography="x.bib"))
    there = {entry.key for entry in parse_string(bibtex(debate)).entries}
    assert keys_in(page) <= there
    assert form == "list" or keys_in(page)
    assert "[^" not in page
    _, header, body = page.split("---\n", 2)
    assert yaml.safe_load(header) == {"title": debate.title, "bibliography": "x.bib"}
    assert body.endswith("\n\n## Sources\n")
    assert not re.search(r"(?<![\\\[;`] )(?<![\\\[])@(?!\w)", body)


def test_what_nobody_meant_as_a_citation_is_none() -> None:
    words = "Ask @song2023 about H~2~O and x^2^ \ue001song2023\ue002 at <https://example.org/@a> or `@b`"
    page = markdown(debate_of(question=words), MarkdownStyle(bibliography="x.bib"))
    assert "Ask \\@song2023 about H\\~2\\~O and x\\^2\\^" in page
    assert "<https://example.org/@a> or `@b`" in page
