"""A debate as text in a format, and written to a file from inside the app: the ending of its name says the format."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hypotheses.debate import Debate
from hypotheses.problems import Malformed
from hypotheses.reports.style import MarkdownStyle, form_of
from store.disk import is_there, write_whole
from store.paths import absolute, path_of

FORMATS: Final = {".md": "md", ".markdown": "md", ".json": "json", ".yaml": "yaml", ".yml": "yaml"}
"""Ending of a file's name -> format."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One of the ways in which a debate is written to a file."""

    name: str
    ending: str
    """Of the file's name, which says it."""
    about: str


SHAPES: Final = {
    "post": Shape("Post", ".md", "Markdown to publish as it is: question, figures, explanations"),
    "report": Shape("Report", ".report.md", "Markdown with everything: sources, formulas, conventions, notes"),
    "list": Shape("List", ".list.md", "Markdown with the ranking alone, a line for each explanation"),
    "json": Shape("JSON", ".json", "the whole debate for programs; can be imported again"),
    "yaml": Shape("YAML", ".yaml", "the whole debate to edit by hand; can be imported again"),
}
"""What is written, by its name."""


def shape_of(text: str) -> str:
    """Return which shape the name of a file asks for; empty if its ending is not known."""
    path = _path(text)
    kind = FORMATS.get(path.suffix.lower(), "")
    return form_of(path) if kind == "md" else kind


def named(text: str, shape: str) -> str:
    """Return the name of a file with the ending of another shape."""
    known, path = shape_of(text), text.strip()
    if known:
        path = path[: path.rindex(".")]
        asked = SHAPES[known].ending.count(".") > 1  # `x.report.md` has two endings
        path = path[: path.rindex(".")] if asked else path
    return path + SHAPES[shape].ending


def read_target(text: str) -> str:
    """Say what would be written; Malformed if the name has no known ending."""
    path, shape = _path(text), shape_of(text)
    if not shape:
        raise Malformed(f"{path.name!r} does not say a format; expected a name ending in .md, .json or .yaml")
    name = SHAPES[shape].name
    what = f"Markdown {name.lower()}" if shape in ("post", "report", "list") else name
    return f"{what} to {absolute(path)}{', in the place of the file that is there' if replaces(text) else ''}"


def replaces(text: str) -> bool:
    """Say whether there is a file of this name already."""
    return is_there(_path(text))


def write(
    debate: Debate, text: str, reasons: Mapping[str, str], *, sparing: Collection[Path], force: bool = False
) -> str:
    """Write the debate, with the reasons of plausibilities, to the named file, but to none of those to spare.

    Returns what was done. With `force` a file that is there is replaced.

    Raises:
        AbduceError: the file cannot be written.
    """
    path = _path(text)
    whole = exported(debate, FORMATS[path.suffix.lower()], MarkdownStyle(form_of(path)), reasons=reasons)
    write_whole(path, whole, sparing=sparing, force=force)
    return f"Exported to {absolute(path)}"


def exported(debate: Debate, kind: str, style: MarkdownStyle, *, reasons: Mapping[str, str], remark: str = "") -> str:
    """Return the debate as text: in Markdown in a style, with the reasons of plausibilities and a remark on top."""
    # Imported late: each format needs what the others, and the app as it opens, do not.
    if kind == "json":
        from hypotheses.reports.debate_json import debate_json  # noqa: PLC0415

        return debate_json(debate)
    if kind == "yaml":
        from store.file.debate_file import export_debate  # noqa: PLC0415

        return export_debate(debate)
    from hypotheses.reports.markdown import markdown  # noqa: PLC0415

    return markdown(debate, style, remark=remark, reasons=reasons)


def _path(text: str) -> Path:
    return path_of(text.strip())
