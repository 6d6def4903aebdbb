"""Debates full of texts that act, on their way out: every format, every command that lists or shows. Nothing acts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from hypotheses.debate import Debate
from hypotheses.timeline import Stand
from store.debate_store import DebateStore
from store.file.debate_file import read_debate
from tests.hostile.corpus import ACTS, CORPUS, MARK, debate_full_of
from tests.tui.cli.conftest import Abduce, abduce, first_home
from tui.export.formats import FORMATS, Format
from tui.export.wanted import Wanted

__all__ = ["abduce", "first_home"]

texts = pytest.mark.parametrize("text", CORPUS.values(), ids=CORPUS)


def written(form: Format, debate: Debate) -> Iterator[str]:
    """Yield the texts that an export gives; pictures of pixels apart."""
    content = form.write(debate, Wanted(stands=lambda: [Stand(datetime(2024, 1, 1, tzinfo=UTC), {"": {"one": 0.5}})]))
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        yield from content.values()
        yield from content


def _around(text: str) -> str:
    """Return what stands around the first character that acts."""
    return next((text[max(0, found.start() - 60) : found.end() + 20] for found in ACTS.finditer(text)), "")


def exported(kind: str, debate: Debate) -> Iterator[tuple[str, str]]:
    for form in FORMATS:
        if form.kind == kind:
            for content in written(form, debate):
                yield form.title, content


@texts
def test_no_export_holds_a_character_that_acts(text: str) -> None:
    debate = debate_full_of(text)
    for form in FORMATS:
        for content in written(form, debate):
            assert ACTS.search(content) is None, (form.title, _around(content))


class _Tags(HTMLParser):
    """What a page holds that could act."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        if tag in (
            "iframe",
            "object",
            "embed",
            "base",
            "form",
            "img",
            "link",
            "audio",
            "video",
            "frame",
            "foreignobject",
        ):
            self.found.append(tag)
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or (name in ("href", "src", "action") and not address.startswith(("http", "#"))):
                self.found.append(f"{tag} {name}={address[:40]}")
            if tag == "meta" and name == "http-equiv" and address != "content-security-policy":
                self.found.append(f"meta {address}")


@texts
def test_pages_and_pictures_hold_no_tag_and_no_link_of_these_texts(text: str) -> None:
    debate = debate_full_of(text)
    plain = {
        kind: _tags("".join(content for _, content in exported(kind, debate_full_of("plain"))))
        for kind in ("html", "svg")
    }
    for kind, usual in plain.items():
        for title, content in exported(kind, debate):
            tags = _tags(content)
            assert tags.found == [], title
            if kind == "html":
                assert tags.scripts == usual.scripts
            else:
                ET.fromstring(content)


def _tags(page: str) -> _Tags:
    tags = _Tags()
    tags.feed(page)
    return tags


@texts
def test_no_cell_of_a_table_is_a_formula(text: str) -> None:
    cells = 0
    for title, content in exported("csv", debate_full_of(text)):
        for row in csv.reader(io.StringIO(content), strict=True):
            for cell in row:
                cells += MARK in cell
                is_number = re.fullmatch(r"[-+]?[\d.e+-]*|[-+]{1,2}", cell) is not None
                assert is_number or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")), (
                    title,
                    cell,
                )
    assert cells


@texts
def test_what_is_read_back_is_what_went_out(text: str) -> None:
    debate = debate_full_of(text)
    for kind in ("yaml", "json"):
        for _, content in exported(kind, debate):
            if content.lstrip().startswith('{\n  "$') or '"$schema"' in content[:400]:
                continue
            again = read_debate(content, f"x.{kind}")
            assert again.title == debate.title
            assert again.evidence == debate.evidence


LISTS = (
    ("show",), ("show", "one"), ("debates",), ("matrix",), ("doubts",), ("cruxes",), ("timeline",), ("people",),
    ("reckoning",), ("estimate",), ("quantities",), ("check",), ("history",), ("evidence", "list"),
    ("evidence", "show", "e1"), ("idea", "list"), ("idea", "show", "1"), ("comment", "list"), ("convention", "list"),
    ("value", "a", "x"), ("value", "a", "5", "--why", "x"), ("show", "none"), ("cluster", "rename", "none", "x"),
    ("evidence", "remove", "e1"), ("hypothesis", "remove", "one"), ("gap", "remove", "none"), ("undo",),
)  # fmt: skip
"""Every command that lists or shows, and some that change, or refuse and say why."""


@pytest.mark.parametrize("text", [text for text in CORPUS.values() if ACTS.search(text)], ids=repr)
def test_no_command_prints_a_character_that_acts(abduce: Abduce, text: str) -> None:
    with DebateStore.open(actor=text) as store:
        store.add_debate(debate_full_of(text))
        store.load("full")
    shown = 0
    for arguments in LISTS:
        for more in ((), ("--json",)):
            result = abduce("--debate", "full", *arguments, *more)
            said = result.out + result.err
            assert "unexpected error" not in said, (arguments, said)
            assert ACTS.search(said) is None, (arguments, _around(said))
            shown += MARK in said
    assert shown > len(LISTS)
