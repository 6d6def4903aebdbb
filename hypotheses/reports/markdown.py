"""A debate in Markdown, in the form that is asked for. The same debate gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from hypotheses.debate import Debate
from hypotheses.reports.full_report import full_report
from hypotheses.reports.pandoc import for_pandoc
from hypotheses.reports.post import post
from hypotheses.reports.ranked_list import ranked_list
from hypotheses.reports.report import Report, worked_out
from hypotheses.reports.style import Form, MarkdownStyle
from hypotheses.reports.text import front_matter, words

_FORMS: Final[dict[Form, Callable[[Report], Iterator[str]]]] = {
    "post": post,
    "report": full_report,
    "list": ranked_list,
}
_POST: Final = MarkdownStyle()


def markdown(
    debate: Debate,
    style: MarkdownStyle = _POST,
    *,
    remark: str = "",
    reasons: Mapping[str, str] | None = None,
) -> str:
    """Write the debate as a page.

    Args:
        debate: As it is, or as it stood on a date.
        style: In which form, for which reader.
        remark: A sentence that stands before everything; of a debate as it stood, when that was.
        reasons: By slug, why its plausibility is what it is, as its owner put it when that was last revised.
    """
    report = worked_out(debate, style, reasons or {})
    header = style.front_matter
    parts = [
        front_matter(debate.title, header) if header else "" if style.bibliography else f"# {words(debate.title)}",
        f"*{words(remark)}*" if remark else "",
        *_FORMS[style.form](report),
        report.notes.written(),
    ]
    page = "\n\n".join(part for part in parts if part) + "\n"
    return for_pandoc(page, debate.title, style.bibliography) if style.bibliography else page
