"""Every field of a value once: what may come in, how people type and read it, what files and forms call it.

Admission, the reader and the writer of files, the forms of the app and the options of the command line come from here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from typing import Any, Final, get_args

from hypotheses import rules
from hypotheses.debate import (
    Assessment,
    Claim,
    Comment,
    Counts,
    Debate,
    Evidence,
    Gap,
    Hypothesis,
    Mode,
    Quantity,
    Shelf,
    Stated,
    Status,
    Verdict,
)
from hypotheses.idea import Idea, IdeaKind, IdeaStatus
from hypotheses.notations import (
    AUTHORS,
    FLAG,
    LINES,
    LIST,
    NUMBER,
    PLAUSIBILITY,
    RATIO,
    TEXT,
    WEIGHT,
    WHOLE,
    WORD,
    Notation,
)
from hypotheses.reading import Assumption, Correlation, Reading


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a value."""

    name: str
    """The value's own."""
    rule: Callable[[Any], object]
    """Returns what may come in; raises Malformed for anything else."""
    notation: Notation = TEXT
    key: str = ""
    """What files call it, if that is not its name; `-` where a file has it as the name of the entry."""
    label: str = ""
    """What a form calls it."""
    hint: str = ""
    """What is expected: shown in an empty field, and in the help of the command line."""
    required: bool = False
    long: bool = False
    """Whether it has several lines."""
    always: bool = False
    """Whether a file says it also where it is as usual: nobody would guess what is usual."""
    words: tuple[str, ...] = ()
    """All that it can be, if it is one of a few words."""

    def read(self, text: str) -> object:
        """Read what was typed.

        Raises:
            Malformed: it cannot be read, or may not come in.
        """
        value: object = self.notation.read(text)
        self.rule(value)
        return value

    @property
    def file_key(self) -> str:
        """What files call it."""
        return self.key or self.name


def _word(name: str, kind: object, label: str = "", *, always: bool = False) -> Field:
    words = tuple(word for word in get_args(kind) if word)
    return Field(name, rules.one_of(kind), WORD, label=label, hint=", ".join(words), always=always, words=words)


WEIGHT_HINT: Final = "low, medium, high, or 0 to 1"
PLAUSIBILITY_HINT: Final = "60%, 0.6, 3:2 or 1 in 5"
CORRELATION_HINT: Final = "0 to 1: how much evidence of one cluster depends on the rest of it"
_NOTE: Final = Field("note", rules.text, label="Note", hint="anything else worth keeping")
_UNIT: Final = Field("unit", rules.line, label="Unit", hint="what it is counted in, such as parameter or img/yr")
_LABEL: Final = Field("label", rules.line, label="Label", hint="what it is, in words")
_SYMBOL: Final = Field(
    "symbol", rules.symbol, key="-", label="Symbol", hint="what formulas call it: letters, digits and _"
)

FIELDS: Final[Mapping[type, tuple[Field, ...]]] = {
    Debate: (
        Field("slug", rules.name, required=True),
        Field("title", rules.title, label="Title", hint="the question in a line", required=True),
        Field("question", rules.text, label="Question", hint="all of it (Markdown)", long=True),
        _word("mode", Mode, "Mode", always=True),
        Field("convention", rules.line),
        Field("correlation", rules.share, NUMBER, label="Correlation", hint=CORRELATION_HINT, always=True),
        _word("counts", Counts, "Counts"),
        Field("author", rules.line, label="Author", hint="who asks"),
        Field("source", rules.text, label="Source", hint="where it was asked: a title or a link"),
        _NOTE,
        Field("owner", rules.line),
        _word("shelf", Shelf),
    ),
    Quantity: (
        _SYMBOL,
        _LABEL,
        _UNIT,
        Field("group", rules.line, label="Role", hint="those of one role stand together"),
        Field("chosen", rules.line),
        Field("formula", rules.formula),
        _NOTE,
    ),
    Reading: (
        Field("value", rules.value, label="Value", hint="890M, 30B to 300B or 45%", required=True),
        Field("source", rules.text, label="Source", hint="where the value is from"),
        Field("url", rules.url, label="Link", hint="https://…"),
        _NOTE,
    ),
    Assumption: (Field("chosen", rules.line),),
    Correlation: (
        Field("quantity", rules.symbol, key="with", required=True),
        Field("rank", rules.rank_correlation, NUMBER, required=True, always=True),
    ),
    Gap: (
        _SYMBOL,
        _LABEL,
        dataclasses.replace(_UNIT, hint="OOM for a ratio, or what it is counted in", always=True),
        Field("headline", bool, FLAG, label="Headline"),
        Field("formula", rules.required_formula, label="Formula", hint="such as people * share", required=True),
        Field("tolerance", rules.tolerance, NUMBER, key="closed", label="Closed", hint="how near to zero, in its unit"),
        _NOTE,
    ),
    Claim: (
        Field(
            "value",
            rules.line,
            label="Claimed",
            hint="what a source states: 230M, 100x, 2 OOM",
            required=True,
            always=True,
        ),
        Field("source", rules.text, label="Claimed by", hint="which source that is"),
        Field("quote", rules.text, label="Its words"),
    ),
    Hypothesis: (
        Field("slug", rules.name, key="-"),
        Field("title", rules.title, label="Title", hint="the explanation in a few words", required=True),
        Field("short", rules.short, label="Short name", hint="a word or two for where space is small"),
        Field(
            "statement", rules.text, label="Statement", hint="what it says, and what would follow (Markdown)", long=True
        ),
        Field("plausibility", rules.share, PLAUSIBILITY, label="Plausibility", hint=PLAUSIBILITY_HINT, always=True),
        Field("prior", rules.share, PLAUSIBILITY, label="Prior", hint="before any evidence: 50%", always=True),
        Field("prior_on", rules.day, WORD, label="Held on", hint="the day, month or year of the prior"),
        Field("placeholder", bool, FLAG),
        Field("position", int, WHOLE, always=True),
        _word("status", Status, "Status"),
        Field("rivals", rules.lines, LIST),
        Field("source", rules.text, label="Source", hint="where it was stated"),
        _NOTE,
        _word("settled", Verdict),
        Field("settled_on", rules.whole_day, WORD),
    ),
    Stated: (
        Field("plausibility", rules.share, PLAUSIBILITY, required=True, always=True),
        Field("position", int, WHOLE, always=True),
        Field("placeholder", bool, FLAG),
    ),
    Evidence: (
        Field("key", rules.name, key="-", label="Key", hint="made from the authors and the year if left empty"),
        Field("title", rules.title, label="Title", hint="what was found out, or the paper's title", required=True),
        Field(
            "authors", rules.lines, AUTHORS, label="Authors", hint="names, with commas between; or Last, F.; Last, F."
        ),
        Field("date", rules.day, WORD, label="Date", hint="2023, 2023-04 or 2023-04-05"),
        Field("source", rules.text, label="Source", hint="where it appeared: a journal, a report, a conversation"),
        Field("doi", rules.line, label="DOI", hint="10.1038/…"),
        Field("arxiv", rules.line, label="arXiv", hint="2303.01469"),
        Field("url", rules.url, label="Link", hint="https://…"),
        Field(
            "also",
            rules.lines,
            LINES,
            label="Also in",
            hint="other sources of it, a line each: a DOI, an arXiv id, a link",
            long=True,
        ),
        Field("finding", rules.text, label="Finding", hint="in a sentence or two: what it shows (Markdown)", long=True),
        Field("credibility", rules.share_or_none, WEIGHT, label="Credibility", hint=WEIGHT_HINT),
        Field("relevance", rules.share_or_none, WEIGHT, label="Relevance", hint=WEIGHT_HINT),
        Field("cluster", rules.line, label="Cluster", hint="a name shared with evidence it is not independent of"),
        _NOTE,
        Field("retracted", bool, FLAG),
    ),
    Assessment: (
        Field(
            "ratio", rules.ratio, RATIO, label="Rating", hint="++ + 0 - -- or 3, 1/3, 0.8 vs 0.1, n/a", required=True
        ),
        Field("given", rules.line, WORD),
        Field("why", rules.text, label="Why", hint="why you rate it so"),
    ),
    Idea: (
        Field("number", int, WHOLE, always=True),
        Field("title", rules.title, label="Title", hint="the idea in a few words", required=True),
        Field("text", rules.text, label="Text", hint="as the reader put it", long=True),
        _word("kind", IdeaKind, "Kind", always=True),
        Field("sender", rules.line, key="from", label="From", hint="who sent it"),
        Field("received", rules.moment, WORD),
        _word("status", IdeaStatus, always=True),
        Field("hypothesis", rules.line, label="About", hint="an explanation's slug, or empty"),
        Field("related", rules.lines, LIST),
        Field("example", bool, FLAG),
        Field("reason", rules.text, label="Reason", hint="why; its sender reads it"),
        Field("reference", rules.line, WORD),
        Field("url", rules.url, label="Link", hint="https://…"),
        Field("contact", rules.line, label="Contact", hint="how to reach the sender; never published"),
        Field("via", rules.line),
        Field("unnamed", bool, FLAG, label="Unnamed"),
        Field("became", rules.lines, LIST),
    ),
    Comment: (
        Field("number", int, WHOLE, always=True),
        Field("hypothesis", rules.line),
        Field("evidence", rules.line),
        Field("idea", int, WHOLE),
        Field("by", rules.title, required=True),
        Field("at", rules.moment, WORD),
        Field("text", rules.required_text, required=True, long=True),
    ),
}
"""Type of a value -> its fields, in the order in which a file has them."""


def field_of(kind: type, name: str) -> Field:
    """Return one field of a type."""
    return next(one for one in FIELDS[kind] if one.name == name)


def typed(kind: type, name: str, text: str) -> object:
    """Read what was typed into a field; what is usual of one that was left empty.

    Raises:
        Malformed: it cannot be read, or may not come in.
    """
    stripped = text.strip()
    return field_of(kind, name).read(stripped) if stripped else USUAL[kind].get(name, "")


def _usual(kind: type) -> dict[str, object]:
    values: dict[str, object] = {}
    for one in dataclasses.fields(kind):
        if one.default is not MISSING:
            values[one.name] = one.default
        elif one.default_factory is not MISSING:
            values[one.name] = one.default_factory()
    return values


USUAL: Final[Mapping[type, Mapping[str, object]]] = {kind: _usual(kind) for kind in FIELDS}
"""Type of a value -> what its fields are that nobody has set: its defaults."""
FIELDS_IN_FILE: Final[Mapping[type, tuple[tuple[str, Field], ...]]] = {
    kind: tuple((field.file_key, field) for field in fields if field.key != "-") for kind, fields in FIELDS.items()
}
"""Type of a value -> what a file calls each of its fields, and the field; but for the name of the entry."""
