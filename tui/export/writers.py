"""What writes each format. Imported late: each needs what the others, and the app as it opens, do not."""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hypotheses.debate import Debate
    from tui.export.asked import Asked


def markdown_of(debate: Debate, asked: Asked) -> str:
    """Write Markdown, in the form and style that is asked for."""
    from hypotheses.reports.markdown import markdown

    return markdown(debate, asked.style, remark=asked.remark, reasons=asked.reasons)


def html_of(debate: Debate, asked: Asked) -> str:
    """Write one page in HTML."""
    from hypotheses.reports.html.page import page

    return page(debate, remark=asked.remark, reasons=asked.reasons)


def json_of(debate: Debate, _: Asked) -> str:
    """Write the whole debate as JSON."""
    from hypotheses.reports.debate_json import debate_json

    return debate_json(debate)


def yaml_of(debate: Debate, _: Asked) -> str:
    """Write the whole debate as YAML, with the shape of what it has not got yet on top."""
    from store.file.debate_file import export_debate

    return export_debate(debate)
