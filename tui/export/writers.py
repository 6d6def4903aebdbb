"""What writes each format. Imported late: each needs what the others, and the app as it opens, do not."""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypotheses.debate import Debate
    from tui.export.wanted import Wanted


def markdown_of(debate: Debate, asked: Wanted) -> str:
    """Write Markdown, in the form and style that is asked for."""
    from hypotheses.reports.markdown import markdown

    return markdown(debate, asked.style, remark=asked.remark, reasons=asked.reasons)


def html_of(debate: Debate, asked: Wanted) -> str:
    """Write one page in HTML."""
    from hypotheses.reports.html.page import page

    return page(debate, remark=asked.remark, reasons=asked.reasons)


def json_of(debate: Debate, _: Wanted) -> str:
    """Write the whole debate as JSON."""
    from hypotheses.reports.debate_json import debate_json

    return _to_import_again(debate, debate_json(debate))


def yaml_of(debate: Debate, _: Wanted) -> str:
    """Write the whole debate as YAML, with the shape of what it has not got yet on top."""
    from store.file.debate_file import export_debate

    return _to_import_again(debate, export_debate(debate))


def _to_import_again(debate: Debate, text: str) -> str:
    """Return the text of a debate, unless it is more than an import would take."""
    from hypotheses.problems import Refused
    from store.file.debate_file import LARGEST
    from store.file.debate_schema import MOST_EVIDENCE

    size, items = len(text.encode()) if len(text) * 4 > LARGEST else 0, len(debate.evidence)
    kept = "`abduce backup` and `abduce copy` keep it whole"
    if items > MOST_EVIDENCE:
        raise Refused(f"the debate has {items:,} items of evidence; an import takes {MOST_EVIDENCE:,} at most. {kept}")
    if size > LARGEST:
        raise Refused(f"the file would have {size:,} bytes; an import takes {LARGEST:,} at most. {kept}")
    return text


def pandoc_of(debate: Debate, asked: Wanted) -> str:
    """Write Markdown that cites the evidence by the keys of the file of references beside it."""
    from hypotheses.reports.markdown import markdown

    style = replace(asked.style, bibliography=f"{asked.name}.bib")
    return markdown(debate, style, remark=asked.remark, reasons=asked.reasons)


def vault_of(debate: Debate, _: Wanted) -> dict[str, str]:
    """Write the notes of an Obsidian folder."""
    from hypotheses.reports.obsidian import obsidian

    return obsidian(debate)


def bibtex_of(debate: Debate, _: Wanted) -> str:
    """Write the evidence as BibTeX."""
    from hypotheses.reports.references.bibtex import bibtex

    return bibtex(debate)


def csl_of(debate: Debate, _: Wanted) -> str:
    """Write the evidence as CSL-JSON."""
    from hypotheses.reports.references.csl import csl_json

    return csl_json(debate)


def csv_of(table: str) -> Callable[[Debate, Wanted], str]:
    """Return what writes a table."""

    def written(debate: Debate, asked: Wanted) -> str:
        from hypotheses.reports.csv import csv_table

        return csv_table(debate, table, asked.stands() if table == "forecasts" else ())

    return written


def argdown_of(debate: Debate, _: Wanted) -> str:
    """Write an argument map."""
    from hypotheses.reports.argdown import argdown

    return argdown(debate)


def squiggle_of(debate: Debate, _: Wanted) -> str:
    """Write the numbers as a program."""
    from hypotheses.reports.squiggle import squiggle

    return squiggle(debate)


def svg_of(chart: str) -> Callable[[Debate, Wanted], str]:
    """Return what draws a chart as SVG."""

    def drawn(debate: Debate, _: Wanted) -> str:
        from hypotheses.problems import Malformed, Refused
        from hypotheses.reports.charts.plots import PLOTS

        try:
            return PLOTS[chart](debate)
        except Malformed as empty:
            raise Refused(str(empty)) from empty

    return drawn


def png_of(chart: str) -> Callable[[Debate, Wanted], bytes]:
    """Return what draws a chart as PNG."""

    def drawn(debate: Debate, asked: Wanted) -> bytes:
        from tui.export.png import png_of as pixels

        return pixels(svg_of(chart)(debate, asked))

    return drawn


def schema_of(_debate: Debate, _asked: Wanted) -> str:
    """Write the shape of a debate as JSON."""
    from hypotheses.reports.debate_json_schema import debate_json_schema

    return debate_json_schema()
