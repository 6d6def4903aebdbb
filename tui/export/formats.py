"""Every form in which a debate goes out, once: the choices of `export`, of the app and the table in the guide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, NamedTuple

from hypotheses.debate import Debate
from tui.export import writers
from tui.export.wanted import Wanted, Written

FOLDER: Final = "/"
"""The ending of a name that says a folder."""


@dataclass(frozen=True, slots=True)
class Format:
    """One form in which a debate goes out."""

    kind: str
    """What `--format` calls it."""
    title: str
    """What the app calls it."""
    endings: tuple[str, ...]
    """Of the names of files, each of which says it; the first is the one that is given. `/` says a folder."""
    about: str
    write: Callable[[Debate, Wanted], Written]
    variant: str = ""
    """Which of several of its kind it is; the kind alone means the first of them."""
    options: frozenset[str] = frozenset()
    """The options of the command that go with it, beside those that go with all."""
    beside: str = ""
    """The kind of a file that is written beside it, under the same name."""

    @property
    def ending(self) -> str:
        """The ending that a name is given."""
        return self.endings[0]

    @property
    def said(self) -> str:
        """What it is called in a sentence."""
        return f"{VARIANTS[self.kind].name} {self.variant}" if self.variant else self.title

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files."""
        return FOLDER in self.endings


class Variants(NamedTuple):
    """What tells the formats of one kind apart."""

    option: str
    name: str
    """What they are all called."""


VARIANTS: Final[Mapping[str, Variants]] = {
    "md": Variants("--form", "Markdown"),
    "csv": Variants("--table", "CSV"),
    "svg": Variants("--chart", "SVG"),
    "png": Variants("--chart", "PNG"),
}
"""Kind of which there are several -> the option that says which."""
_OF_A_LIST: Final = frozenset({"--form", "--top", "--flavour", "--front-matter"})
_OF_MARKDOWN: Final = _OF_A_LIST | {"--sources", "--conventions"}
_TABLES: Final = {
    "matrix": "a table of the evidence by the explanations",
    "ranking": "what is held and what the evidence says, by rank",
    "evidence": "the evidence with its sources",
    "quantities": "every reading of every quantity",
    "gaps": "the gaps now, under each explanation, all weighed",
    "samples": "100 equally likely values of every gap",
    "forecasts": "what everybody has stated over time",
}
"""What `--table` can say -> what it is."""
_CHARTS: Final = {
    "ranking": "what is held beside what the evidence says",
    "gaps": "every gap now and with all weighed",
    "distribution": "what is left of the puzzle, by how likely",
    "timeline": "what the evidence said by its dates",
    "matrix": "the evidence by the explanations",
}
"""What `--chart` can say -> what it shows."""

FORMATS: Final = (
    Format(
        "md",
        "Post",
        (".md", ".markdown", ".post.md", ".post.markdown"),
        "Markdown to publish as it is, with its figures",
        writers.markdown_of,
        "post",
        _OF_MARKDOWN,
    ),
    Format(
        "md",
        "Report",
        (".report.md", ".report.markdown"),
        "Markdown with everything: sources, formulas, notes",
        writers.markdown_of,
        "report",
        _OF_MARKDOWN,
    ),
    Format(
        "md",
        "List",
        (".list.md", ".list.markdown"),
        "Markdown with the ranking alone, a line for each",
        writers.markdown_of,
        "list",
        _OF_A_LIST,
    ),
    Format("html", "HTML", (".html", ".htm"), "one page to read and to try things on", writers.html_of),
    Format(
        "pandoc",
        "Pandoc",
        (".qmd", ".pandoc.md"),
        "Markdown for Pandoc and Quarto, its .bib beside it",
        writers.pandoc_of,
        options=frozenset({"--form", "--top", "--conventions"}),
        beside="bibtex",
    ),
    Format("obsidian", "Obsidian", (FOLDER,), "a folder of linked notes; its name ends in /", writers.vault_of),
    Format("json", "JSON", (".json",), "the whole debate for programs, and to import again", writers.json_of),
    Format("yaml", "YAML", (".yaml", ".yml"), "the whole debate to edit by hand, and import again", writers.yaml_of),
    Format("bibtex", "BibTeX", (".bib",), "the evidence as references", writers.bibtex_of),
    Format("csl", "CSL-JSON", (".csl.json", ".csljson"), "the evidence as references", writers.csl_of),
    *(
        Format(
            "csv",
            f"CSV {table}",
            (f".{table}.csv", ".csv") if table == "matrix" else (f".{table}.csv",),
            about,
            writers.csv_of(table),
            table,
            frozenset({"--table"}),
        )
        for table, about in _TABLES.items()
    ),
    Format("argdown", "Argdown", (".argdown", ".ad"), "an argument map: evidence for and against", writers.argdown_of),
    Format("squiggle", "Squiggle", (".squiggle",), "the numbers as a program", writers.squiggle_of),
    *(
        Format(
            kind,
            f"{VARIANTS[kind].name} {chart}",
            (f".{chart}.{kind}", f".{kind}") if chart == "ranking" else (f".{chart}.{kind}",),
            f"{about}, drawn",
            draw(chart),
            chart,
            frozenset({"--chart"}),
        )
        for kind, draw in (("svg", writers.svg_of), ("png", writers.png_of))
        for chart, about in _CHARTS.items()
    ),
    Format("schema", "JSON Schema", (".schema.json",), "the shape of the JSON, of any debate", writers.schema_of),
)
"""The formats, in the order in which they are offered."""

KINDS: Final = tuple(dict.fromkeys(one.kind for one in FORMATS))
"""What `--format` can say."""
TITLES: Final[Mapping[str, Format]] = {one.title: one for one in FORMATS}
"""What the app calls each -> the format."""


def variants_of(kind: str) -> tuple[str, ...]:
    """Return which there are of a kind; none where there is only one."""
    return tuple(one.variant for one in FORMATS if one.kind == kind and one.variant)


def format_of(kind: str, variant: str = "") -> Format:
    """Return the format of a kind: the one of several that is asked for, or the first."""
    return next(one for one in FORMATS if one.kind == kind and variant in ("", one.variant))


def format_named(name: str) -> Format | None:
    """Return the format that the name of a file asks for; None if its ending says none."""
    last = name if name.endswith(FOLDER) else PurePath(name).name
    found = ending_of(last)
    return next((one for one in FORMATS if found in one.endings), None) if found else None


def ending_of(name: str) -> str:
    """Return the longest ending of a name that says a format; empty if none does, or if there is nothing before it."""
    lower = name.lower()
    known = (ending for one in FORMATS for ending in one.endings)
    return max((each for each in known if lower.endswith(each) and len(lower) > len(each)), key=len, default="")
