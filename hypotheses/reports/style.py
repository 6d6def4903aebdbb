"""How a debate is written in Markdown: which form, for which reader, with which sources."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

Form = Literal["post", "report", "list"]
"""A post that can be published as it is, a report of everything, or the ranked list alone."""
Sources = Literal["inline", "footnotes", "none"]
"""Whether sources are linked where they are cited, stand in notes at the end, or are left out."""
Cites = Sources | Literal["keys"]
"""How sources are given: also by keys, which Pandoc looks up in a file of references."""
Flavour = Literal["commonmark", "gfm", "kramdown"]
"""Who reads it: CommonMark knows neither tables nor footnotes, GitHub knows both, and so does kramdown in Jekyll."""
Conventions = Literal["all", "current"]
"""Whether the gaps are shown under every convention, or only under the one that counts."""

FORMS: Final[tuple[Form, ...]] = get_args(Form)
SOURCES: Final[tuple[Sources, ...]] = get_args(Sources)
FLAVOURS: Final[tuple[Flavour, ...]] = get_args(Flavour)
CONVENTIONS: Final[tuple[Conventions, ...]] = get_args(Conventions)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The header of a Jekyll post, beside the title of the debate."""

    date: str = ""
    """`YYYY-MM-DD`; without it the name of the file says it."""
    layout: str = "post"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkdownStyle:
    """How a debate is written in Markdown."""

    form: Form = "post"
    front_matter: FrontMatter | None = None
    """The header it starts with, whose layout shows the title; None for a heading instead."""
    top: int | None = None
    """How many explanations are told, the most plausible first; None for all."""
    sources: Sources | None = None
    """None for what goes with the form: links in a post, footnotes in a report."""
    conventions: Conventions = "all"
    flavour: Flavour | None = None
    """None for kramdown with a Jekyll header, else GitHub's."""
    bibliography: str = ""
    """The name of a file of references: sources are cited by their keys in it, for Pandoc and Quarto to look up."""

    @property
    def cites(self) -> Cites:
        """How sources are given."""
        if self.bibliography:
            return "keys"
        return self.sources or ("footnotes" if self.form == "report" else "inline")

    @property
    def read_as(self) -> Flavour:
        """Who reads it."""
        return self.flavour or ("kramdown" if self.front_matter else "gfm")


def form_of(name: Path) -> Form:
    """Return the form that the name of a file asks for: `x.report.md` a report, `x.list.md` a list, else a post."""
    before = Path(name.stem).suffix.lower().removeprefix(".")
    return next((form for form in FORMS if form == before), "post")
