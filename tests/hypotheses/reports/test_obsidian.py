"""A folder of linked notes: every link leads to a note, every name is one on every system."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import unquote

import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.reports.obsidian import obsidian, safe_names
from store.bundled import bundled_debate
from tests.exploring import explored
from tests.hypotheses.reports.pages import EVIL, debate_of
from tests.store.debates import debates


def header_of(note: str) -> dict[str, object]:
    """Read the header of a note as YAML, by PyYAML."""
    _, header, _ = note.split("---\n", 2)
    read = yaml.safe_load(header)
    assert isinstance(read, dict)
    return read


def links_of(place: str, note: str) -> list[str]:
    """Return the notes that a note links to, read as CommonMark."""
    tokens = MarkdownIt("commonmark").parse(note.split("---\n", 2)[2])
    links = [str(each.attrs["href"]) for token in tokens for each in token.children or () if each.type == "link_open"]
    folder = PurePosixPath(place).parent
    ours = [unquote(link) for link in links if link.endswith(".md") and "://" not in link]
    return [str(_resolved(folder / link)) for link in ours]


def _resolved(path: PurePosixPath) -> PurePosixPath:
    parts: list[str] = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return PurePosixPath(*parts)


def test_the_bundled_debate_is_a_note_for_each_with_links_both_ways() -> None:
    debate = bundled_debate()
    notes = obsidian(debate)
    assert len(notes) == 1 + 5 + 85
    links = {place: links_of(place, note) for place, note in notes.items()}
    assert {target for targets in links.values() for target in targets} <= set(notes)
    assert "evidence/movie-gen.md" in links["explanations/unfair-comparison.md"]
    assert "explanations/unfair-comparison.md" in links["evidence/movie-gen.md"]
    assert set(links["vision-efficiency.md"]) == set(notes) - {"vision-efficiency.md"}
    header = header_of(notes["explanations/unfair-comparison.md"])
    assert header["aliases"] == ["The comparison is not fair"]
    assert (header["plausibility"], header["debate"]) == (0.6, "[[vision-efficiency]]")


@explored(8)
@given(debates())
def test_every_note_of_any_debate_has_a_header_that_yaml_reads_and_links_that_lead_somewhere(debate: Debate) -> None:
    notes = obsidian(debate)
    assert len(notes) == 1 + len(debate.hypotheses) + len(debate.evidence)
    for place, note in notes.items():
        assert "title" in header_of(note)
        assert set(links_of(place, note)) <= set(notes)


@given(
    st.lists(
        st.from_regex(r"\w[\w.:+-]{0,99}", fullmatch=True) | st.sampled_from(["con", "NUL.x", "a.", "é", "e\u0301"]),
        unique=True,
    )
)
def test_names_are_plain_and_apart_on_every_system(names: list[str]) -> None:
    safe = safe_names(names)
    assert len({name.casefold() for name in safe.values()}) == len(names)
    for name in safe.values():
        assert re.fullmatch(r"[\w+][\w.+-]*", name)
        assert not name.endswith(".")
        assert len(name.encode()) <= 140
        assert not PureWindowsPath(f"{name}.md").is_reserved()


def test_a_name_that_can_be_a_file_s_stays() -> None:
    assert safe_names(["song2023", "a.b-c", "x:y"]) == {"song2023": "song2023", "a.b-c": "a.b-c", "x:y": "x-y"}


def test_no_plugin_runs_what_is_in_a_note() -> None:
    code = "```dataviewjs\ndv.pages()\n```\n\n~~~ {js}\nx\n~~~\n\nand `= this.x` and `$= dv.x`"
    notes = obsidian(
        debate_of(question=code, hypotheses={"h": Hypothesis("h", EVIL.replace("\n", " "), code)}, evidence={})
    )
    for note in notes.values():
        assert not re.search(r"^(```|~~~).", note, re.MULTILINE)
        assert not re.search(r"`\$?=", note)
        assert "<script" not in note.split("---\n", 2)[2].replace("\\<script", "")


def test_a_title_cannot_end_the_header_or_a_link() -> None:
    title = 'a]] [b](c) --- "x": y'
    notes = obsidian(Debate("d", title, evidence={"e": Evidence("e", title)}))
    assert [header_of(note)["title"] for note in notes.values()] == [title, title]
    assert links_of("d.md", notes["d.md"]) == ["evidence/e.md"]
