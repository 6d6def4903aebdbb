"""Matrices of competing hypotheses, as values with delimiters or as a table of Markdown, read into debates.

The heads of columns become explanations and the rows evidence, each with its ratings. Columns for credibility,
relevance, date, source and the like are known by their names; what stands in any other is kept in the note of its row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import PurePath
from typing import Final

from hypotheses import rules
from hypotheses.authors import read_authors
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from store.file.file_tree import Problems
from store.incoming import Contents
from store.lookup.identifiers import arxiv_id, doi_of
from store.maps.building import Building, is_address, short, slug_of, sources
from store.maps.columns import MatrixColumn, Role, columns_of, is_transposed
from store.maps.markdown import plain
from store.maps.ratings import RatingScale, is_signed, scale_of, seen
from store.maps.reading import Cells
from store.maps.tables import Row, delimiter_of, is_rule, markdown_tables, rows_of, turned
from store.maps.taken import MapNotes, Maps, one_line, text_of

MOST_COLUMNS: Final = 1_000
_AUTHORS: Final = 5_000
"""Characters of a list of authors."""
STANDARD_INPUT: Final = "standard input"
"""What is read of there has no name."""
_EXPECTED: Final = "expected columns of ratings such as CC, C, N, I, II or ++, +, 0, -, -- beside one of evidence"
_SUMMARY: Final = re.compile(
    r"(?:(?:weighted |total )?inconsistency|(?:weighted )?scores?|totals?|sum|diagnosticity)(?: scores?)?:?",
    re.IGNORECASE,
)
"""What a row is called that adds up the others."""


def read_matrix(data: bytes, path: str) -> Contents[Maps]:
    """Read a matrix.

    Raises:
        BadFile: there is no matrix in it; says what was expected.
    """
    notes, problems = MapNotes(), Problems(path)
    text = text_of(data, notes, problems)
    is_markdown = any(is_rule(line) for line in text.split("\n"))
    title, question, rows = _in_markdown(text, notes) if is_markdown else _in_values(text)
    if not rows:
        problems.stop(0, f"there is no table in the file; {_EXPECTED}")
    if max(len(row.cells) for row in rows) > MOST_COLUMNS:
        problems.stop(rows[0].line, f"there are more than {MOST_COLUMNS:,} columns; expected at most that")
    if is_transposed(rows[0]):
        if len(rows) > MOST_COLUMNS:
            problems.stop(rows[0].line, f"there are more than {MOST_COLUMNS:,} explanations; expected them as columns")
        rows = turned(rows)
    matrix = _Matrix(rows[0], rows[1:], notes, problems, is_markdown=is_markdown)
    name = title or name_of(path)
    name = notes.fitted(1, "the title", one_line(name), rules.TITLE_LENGTH)
    debate = Debate(slug_of(name), name, notes.fitted(1, "the text before the table", question))
    return Contents(Maps((matrix.read(debate),)), notes.all())


def name_of(path: str) -> str:
    """Return what a file is called, as a title."""
    stem = PurePath(path).stem if path != STANDARD_INPUT else ""
    return one_line(re.sub(r"[_-]+", " ", stem))[:200] or "Imported debate"


def _in_values(text: str) -> tuple[str, str, tuple[Row, ...]]:
    """Return the title, nothing, and the table; what stands alone in the rows before it is the title."""
    rows = [row for row in rows_of(text, delimiter_of(text)) if not row.is_blank]
    alone = [row.cells[0] for row in takewhile(lambda row: sum(map(bool, row.cells)) == 1 and row.cells[0], rows)]
    return (alone[0] if alone else ""), "\n\n".join(alone[1:]), tuple(rows[len(alone) :])


def _in_markdown(text: str, notes: MapNotes) -> tuple[str, str, tuple[Row, ...]]:
    """Return the first heading, the text around, and the first table that has ratings in it."""
    tables = list(markdown_tables(text))
    rated = [rows for rows in tables if any(each.role == "rating" for each in columns_of(rows[0], rows[1:]))]
    chosen = next(iter(rated or tables), ())
    if not chosen:
        return "", "", ()
    for other in tables:
        if other is not chosen:
            notes.add(other[0].line, "a further table was left out")
    first, last = chosen[0].line, chosen[-1].line
    of_tables = {line for rows in tables for line in range(rows[0].line, rows[-1].line + 1)}
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if n not in of_tables or first <= n <= last]
    before = [line for n, line in lines if n < first]
    heading = next((n for n, line in enumerate(before) if line.startswith("#")), None)
    title = plain(before[heading].lstrip("#").strip()).text if heading is not None else ""
    around = [line for n, line in enumerate(before) if n != heading] + [line for n, line in lines if n > last]
    return title, "\n".join(around).strip(), chosen


class _Matrix:
    """One table, on its way into a debate."""

    def __init__(
        self, head: Row, rows: Sequence[Row], notes: MapNotes, problems: Problems, *, is_markdown: bool
    ) -> None:
        self._head, self._notes, self._problems = head, notes, problems
        self._is_markdown = is_markdown
        self._rows = rows
        self._columns = columns_of(head, rows)
        self._by_role: dict[Role, list[MatrixColumn]] = {}
        for column in self._columns:
            self._by_role.setdefault(column.role, []).append(column)
        self._building = Building(notes, problems)
        self._explanations: list[tuple[MatrixColumn, str]] = []

    def read(self, debate: Debate) -> Debate:
        """Return the debate with the explanations and the evidence."""
        rated = [column for column in self._columns if column.role == "rating"]
        titles = self._of("title")
        if not rated or not titles:
            self._problems.stop(self._head.line, f"found the columns {_named(self._columns)}; {_EXPECTED}")
        for column in rated:
            title = self._text(column.name)[0]
            slug = self._building.add_hypothesis(self._head.line, Hypothesis("", title))
            if slug:
                self._explanations.append((column, slug))
        for column in self._of("number"):
            self._notes.add(self._head.line, f"the column {column.name!r} only counts the rows; it was left out")
        for column in self._of("total"):
            self._notes.add(self._head.line, f"the column {column.name!r} was left out; scores are worked out anew")
        scale = self._scale()
        if scale.told:
            self._notes.add(self._head.line, scale.told, "told")
        for row in self._rows:
            self._add(row, titles[0], scale)
        if not self._building.evidence:
            self._problems.stop(self._head.line, "there is no evidence under the head; expected rows of it")
        return self._building.as_matrix(debate)

    def _of(self, role: Role) -> list[MatrixColumn]:
        return self._by_role.get(role, [])

    def _scale(self) -> RatingScale:
        cells = {row[column.place] for row in self._rows for column, _ in self._explanations}
        numbers = (one for cell in cells if isinstance(one := seen(cell, comma=True), float))
        return scale_of(numbers, signed=any(map(is_signed, cells)))

    def _add(self, row: Row, titled: MatrixColumn, scale: RatingScale) -> None:
        title, links = self._text(row[titled.place])
        if row.is_blank:
            return
        if _SUMMARY.fullmatch(title):
            self._notes.add(row.line, f"the row {short(title)} was left out; scores are worked out anew")
            return
        finding = self._cell(row, "finding")
        if not (title or finding):
            self._notes.add(row.line, "a row names no evidence; it was left out")
            return
        cells = Cells(row.line, self._notes)
        cells.kept.append(self._cell(row, "note"))
        known = self._known(row, title or finding, finding if title else "", links, cells)
        ratings = [(slug, self._rating(row, column, scale, cells)) for column, slug in self._explanations]
        cells.kept += [f"{each.name or 'Beside'}: {row[each.place]}" for each in self._of("unknown") if row[each.place]]
        cells.kept += [text for text in row.cells[len(self._columns) :] if text]
        evidence = replace(known, note=cells.note) if any(cells.kept) else known
        key = self._building.add_evidence(row.line, evidence, self._cell(row, "key"))
        for slug, cell in ratings:
            if cell is not None:
                self._building.rate(row.line, key, slug, cell)

    def _rating(self, row: Row, column: MatrixColumn, scale: RatingScale, cells: Cells) -> Assessment | None:
        """Return the rating in a cell; what is none is kept for the note."""
        text = row[column.place]
        one = seen(text, comma=True)
        if isinstance(one, float):
            ratio = scale.read(one)
            one = text if ratio is None else Assessment(ratio)
        if isinstance(one, str):
            cells.keep(column.name, one, f"found {short(one)} under {column.name!r}, which is no rating")
            return None
        return one

    def _known(self, row: Row, title: str, finding: str, links: Sequence[str], cells: Cells) -> Evidence:
        """Return evidence with what the columns say of it."""
        url, also = sources([*links, *self._cell(row, "url").split()], row.line, self._notes)
        source, source_links = self._text(self._cell(row, "source"))
        if not url and (first := next(filter(is_address, (source, *source_links)), "")):
            url, source = first, "" if source == first else source
        return Evidence(
            "",
            title,
            finding=finding,
            authors=tuple(self._line(row, "an author", name) for name in self._authors(row)),
            date=cells.date(self._cell(row, "date")),
            source=source,
            doi=self._identifier(row, "doi", cells),
            arxiv=self._identifier(row, "arxiv", cells),
            url=url,
            also=also,
            credibility=cells.weight("credibility", self._cell(row, "credibility")),
            relevance=cells.weight("relevance", self._cell(row, "relevance")),
            cluster=self._line(row, "the cluster", one_line(self._cell(row, "cluster"))),
            retracted=self._cell(row, "retracted").lower() in ("yes", "true", "1", "x"),
        )

    def _authors(self, row: Row) -> tuple[str, ...]:
        return read_authors(self._notes.fitted(row.line, "the list of authors", self._cell(row, "authors"), _AUTHORS))

    def _line(self, row: Row, what: str, text: str) -> str:
        return self._notes.fitted(row.line, what, text, rules.TITLE_LENGTH)

    def _identifier(self, row: Row, role: Role, cells: Cells) -> str:
        text = self._cell(row, role)
        one = doi_of(text) if role == "doi" else arxiv_id(text)
        if text and one is None:
            cells.keep(role, text, f"found {short(text)}, which is no {role}")
        return one.name if one else ""

    def _cell(self, row: Row, role: Role) -> str:
        columns = self._of(role)
        return row[columns[0].place] if columns else ""

    def _text(self, cell: str) -> tuple[str, Sequence[str]]:
        """Return what a cell says, and the links in it, which only Markdown has."""
        if not self._is_markdown:
            return cell, ()
        read = plain(cell)
        return read.text, read.links


def _named(columns: Sequence[MatrixColumn]) -> str:
    shown = [column.name or "(blank)" for column in columns[:8]]
    return ", ".join(map(repr, shown)) + (" and others" if len(columns) > 8 else "")
