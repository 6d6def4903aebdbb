"""A debate as one page in HTML. The same debate gives the same bytes.

The page asks nothing of any other place, and its policy forbids it to: what it draws and does is in it, and only the
style and the script whose hashes the policy names are taken. Somebody's words are text in it, whatever is in them.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from hypotheses.debate import Debate
from hypotheses.reports.charts.colours import classes, variables
from hypotheses.reports.html.closing_section import about, footer, readers, what_would_change_it
from hypotheses.reports.html.elements import Html, tag
from hypotheses.reports.html.evidence_section import evidence, matrix, over_time
from hypotheses.reports.html.explanation_section import explanations
from hypotheses.reports.html.number_section import numbers, sources
from hypotheses.reports.html.page_model import page_model
from hypotheses.reports.html.page_report import page_report
from hypotheses.reports.html.standing_section import masthead, strip
from hypotheses.reports.html.trying_section import trying
from hypotheses.reports.report import worked_out
from hypotheses.reports.style import MarkdownStyle

WORKINGS: Final = ("points.js", "forms.js", "engine.js", "typed.js")
"""The parts of the script that know no page."""
_CONTENTS: Final[Mapping[str, str]] = {
    "explanations": "Explanations",
    "numbers": "Numbers",
    "trying": "Try it yourself",
    "matrix": "Matrix",
    "timeline": "Over time",
    "change": "What would change it",
    "evidence": "Evidence",
    "figures": "Figures",
    "readers": "Readers",
    "about": "About",
}
"""The id of a section -> what it is called in the contents."""


def page(debate: Debate, *, remark: str = "", reasons: Mapping[str, str] | None = None) -> str:
    """Write the debate as a page.

    Args:
        debate: As it is, or as it stood on a date.
        remark: A sentence that stands before everything; of a debate as it stood, when that was.
        reasons: By slug, why its plausibility is what it is, as its owner put it when that was last revised.
    """
    read = page_report(worked_out(debate, MarkdownStyle("report"), reasons or {}))
    model = page_model(debate, read.report.estimates)
    sections = {
        "explanations": explanations(read),
        "numbers": numbers(read),
        "trying": trying(read, model),
        "matrix": matrix(read),
        "timeline": over_time(read),
        "change": what_would_change_it(read),
        "evidence": evidence(read),
        "figures": sources(read),
        "readers": readers(read),
        "about": about(read),
    }
    script = _script() if sections["trying"] else ""
    body = tag(
        "body",
        tag("a", "To the explanations", href="#explanations", class_="skip"),
        masthead(read, remark),
        _contents(sections),
        tag("main", strip(read), *sections.values()),
        footer(read),
        Html(f'<script type="application/json" id="model">{_as_json(model)}</script>') if script else Html(""),
        Html(f"<script>{script}</script>") if script else Html(""),
    )
    return f'<!DOCTYPE html>\n<html lang="en">{_head(debate, script)}{body}</html>\n'


def _contents(sections: Mapping[str, str]) -> Html:
    items = [
        tag(
            "li",
            tag("a", _CONTENTS[name], href=f"#{name}"),
            data_needs_script=name == "trying",
            hidden=name == "trying",
        )
        for name, written in sections.items()
        if written
    ]
    return tag("nav", tag("ul", *items), aria_label="On this page")


def _head(debate: Debate, script: str) -> Html:
    style = _style()
    policy = f"default-src 'none'; style-src '{_hash(style)}'"
    policy += f"; script-src '{_hash(script)}'" if script else ""
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=f"{policy}; base-uri 'none'; form-action 'none'"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="generator", content="Abduce"),
        tag("title", debate.title),
        Html(f"<style>{style}</style>"),
    )


def _hash(content: str) -> str:
    """Return what a policy of content calls a style or a script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _as_json(model: dict[str, Any]) -> str:
    """Write what the script works with so that nothing in it ends an element or is read as anything else."""
    written = json.dumps(model, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


@cache
def _style() -> str:
    colours = f":root{{{variables(dark=False)}}}@media (prefers-color-scheme:dark){{:root{{{variables(dark=True)}}}}}"
    printed = f"@media print{{:root{{{variables(dark=False)}}}}}"
    return f"{colours}{printed}{classes(lambda name: f'var(--{name})', '.chart ')}\n{_part('page.css')}"


@cache
def _script() -> str:
    parts = "\n".join(map(_part, (*WORKINGS, "page.js")))
    return f'"use strict";(() => {{\n{parts}}})();'


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
