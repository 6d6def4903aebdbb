"""The rows of a file of forecasts: questions, who forecast what of them and when, and how they turned out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from hypotheses import rules
from hypotheses.debate import Verdict
from store.file.file_tree import Problems
from store.lookup.dates import read_date
from store.maps.building import is_address, short
from store.maps.tables import Row
from store.maps.taken import MapNotes, one_line

Role = Literal[
    "question",
    "id",
    "option",
    "label",
    "by",
    "chance",
    "at",
    "created",
    "verdict",
    "on",
    "deadline",
    "text",
    "url",
    "kind",
    "count",
    "kept",
]
NAMES: Final[Mapping[Role, tuple[str, ...]]] = {
    "question": ("question title", "question", "title", "prediction", "description", "statement", "claim", "event"),
    "id": ("question id", "prediction id", "id", "uuid"),
    "option": ("multiple choice option", "option", "answer option"),
    "label": ("label",),
    "by": ("forecast created by", "forecaster username", "forecaster", "user", "by", "predictor", "creator"),
    "chance": (
        "forecast (scale = 0-1)",
        "forecast",
        "probability yes",
        "probability",
        "confidence",
        "credence",
        "estimate",
        "my forecast",
        "my prediction",
        "p",
    ),
    "at": ("forecast created at", "forecast date", "start time", "forecast at", "date", "time"),
    "created": ("question created at", "created at", "created", "open time"),
    "verdict": ("resolution", "outcome", "judgement", "judgment", "result", "resolved", "answer"),
    "on": ("resolved at", "resolution known time", "resolution date", "resolved on", "judged at", "known on"),
    "deadline": ("question resolve by", "scheduled close time", "deadline", "resolve by", "due"),
    "text": ("question notes", "notes", "note", "background"),
    "url": ("question url", "url", "link"),
    "kind": ("question type", "type"),
    "count": ("forecaster count",),
    "kept": ("question comments", "comments", "comment"),
}
"""Role -> what such a column is called, the surest first."""
_TRUE: Final = frozenset({"yes", "true", "right", "correct", "happened", "1", "1.0", "y", "t"})
_FALSE: Final = frozenset({"no", "false", "wrong", "incorrect", "did not happen", "0", "0.0", "n", "f"})
_OPEN: Final = frozenset({"", "none", "null", "nan", "unknown", "unresolved", "open", "pending", "n/a"})
_CHANCE: Final = re.compile(r"(\d{1,3}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:[eE]-(\d{1,3}))?\s*(%?)", re.ASCII)
_BINARY: Final = ("", "binary")
_OPTIONS: Final = "multiple choice"


@dataclass(frozen=True, slots=True)
class Forecast:
    """What somebody held at a time."""

    by: str
    """May be empty."""
    chance: float
    """0..1."""
    at: str
    """As it stands in the file; may be empty."""
    on: str
    """The date of it; may be empty."""
    is_aggregate: bool = False
    """Whether it is made of those of many people."""


@dataclass(slots=True)
class AskedQuestion:
    """One question, or one possible answer to it."""

    line: int
    question: str
    option: str = ""
    text: str = ""
    url: str = ""
    verdict: str = ""
    """As it stands in the file."""
    on: str = ""
    kept: list[str] = field(default_factory=list)
    """What else there is to say of it."""
    forecasts: list[Forecast] = field(default_factory=list)

    def settled(self) -> Verdict:
        """Return how it turned out; empty if it has not, or otherwise than by yes or no."""
        word = self.verdict.strip().lower()
        if self.option and word == self.option.strip().lower():
            return "true"
        return "true" if word in _TRUE else "false" if word in _FALSE else ""

    @property
    def is_open(self) -> bool:
        """Whether it has not turned out in any way."""
        return self.verdict.strip().lower() in _OPEN


def roles_of(head: Row) -> dict[Role, int]:
    """Return which column holds what, by the names in the head."""
    names = [re.sub(r"[\s_]+", " ", cell.strip(" :*").lower()) for cell in head.cells]
    return {role: names.index(name) for role, each in NAMES.items() for name in [_first(each, names)] if name}


def _first(wanted: Sequence[str], names: Sequence[str]) -> str:
    return next((name for name in wanted if name in names), "")


def is_forecasts(head: Row) -> bool:
    """Say whether the head of a table is that of forecasts."""
    roles = roles_of(head)
    return ("question" in roles and ("chance" in roles or {"verdict", "kind"} <= roles.keys())) or {
        "id",
        "chance",
        "by",
    } <= roles.keys()


def is_of_numbers(head: Row) -> bool:
    """Say whether the forecasts in a table have only the numbers of their questions."""
    roles = roles_of(head)
    return "question" not in roles and {"id", "chance"} <= roles.keys()


def is_of_titles(head: Row) -> bool:
    """Say whether a table has the titles of questions by their numbers."""
    return {"question", "id"} <= roles_of(head).keys()


def questions_in(tables: Sequence[Sequence[Row]], notes: MapNotes, problems: Problems) -> list[AskedQuestion]:
    """Return the questions in tables that belong together, each with its forecasts, in the order of the file."""
    reading = _Reading(notes)
    for rows in tables:
        head = rows[0] if rows else Row(1, ())
        if not is_forecasts(head):
            found = ", ".join(map(repr, head.cells[:8]))
            problems.stop(head.line, f"found the columns {found}; expected question and forecast, or probability")
        reading.begin(rows)
        for row in rows[1:]:
            reading.add(row)
    return list(reading.asked.values())


def unused_columns(rows: Sequence[Row]) -> dict[str, int]:
    """Return the columns that nothing is made of, each with the number of its cells in which something stands."""
    used = set(roles_of(rows[0]).values())
    counts = {name: sum(bool(row[n]) for row in rows[1:]) for n, name in enumerate(rows[0].cells) if n not in used}
    return {name: count for name, count in counts.items() if count}


def _is_percent(rows: Sequence[Row], roles: Mapping[Role, int], notes: MapNotes) -> bool:
    """Say whether plain numbers are per cent: if one of them is greater than 1, all are."""
    place = roles.get("chance", -1)
    if place < 0 or "0-1" in rows[0][place]:
        return False
    plain = (match for row in rows[1:] if (match := _CHANCE.fullmatch(row[place])) and not match[3])
    above = any(_number(match) > 1 for match in plain)
    if above:
        notes.add(
            rows[0].line,
            f"the numbers under {rows[0][place]!r} were taken for per cent, since some are above 1",
            "told",
        )
    return above


def _number(match: re.Match[str]) -> float:
    return float(match[1].replace(",", ".")) / 10.0 ** int(match[2] or 0)


class _Reading:
    """The rows as far as they were read."""

    def __init__(self, notes: MapNotes) -> None:
        self._notes = notes
        self._roles: Mapping[Role, int] = {}
        self._is_percent = False
        self._left_out: set[str] = set()
        """The numbers of questions that were."""
        self.asked: dict[tuple[str, str], AskedQuestion] = {}

    def begin(self, rows: Sequence[Row]) -> None:
        """Begin with a table."""
        self._roles = roles_of(rows[0])
        self._is_percent = _is_percent(rows, self._roles, self._notes)

    def _cell(self, row: Row, role: Role) -> str:
        place = self._roles.get(role)
        return "" if place is None else row[place]

    def add(self, row: Row) -> None:
        """Take in one row."""
        title, number = one_line(self._cell(row, "question")), self._cell(row, "id")
        if not (title or number):
            self._notes.add(row.line, "the row has no question; it was left out")
            return
        kind = self._cell(row, "kind").lower().replace("_", " ")
        if number in self._left_out:
            return
        if kind not in (*_BINARY, *([_OPTIONS] if "option" in self._roles else [])):
            self._left_out.add(number)
            told = f"{short(title)} is a {kind} question, whose answer is not yes or no; it was left out"
            self._notes.add(row.line, told)
            return
        if label := self._cell(row, "label"):
            title = f"{title} ({label})"
        option = one_line(self._cell(row, "option"))
        asked = self.asked.get((number or title, option))
        if asked is None:
            asked = self.asked[number or title, option] = self._new(row, title or f"Question {number}", option)
        if (forecast := self._forecast(row)) is not None:
            asked.forecasts.append(forecast)

    def _new(self, row: Row, title: str, option: str) -> AskedQuestion:
        if not self._cell(row, "question"):
            told = "the questions have numbers only; their titles are in another file, which can be given beside this"
            self._notes.once(row.line, told)
        url, on = self._cell(row, "url"), read_date(self._cell(row, "on"))
        text = self._notes.fitted(row.line, "the text of a question", self._cell(row, "text"))
        asked = AskedQuestion(
            row.line, title, option, text, url if is_address(url) else "", self._cell(row, "verdict"), on
        )
        deadline = self._cell(row, "deadline")
        asked.kept += [f"To be known by: {deadline}"] if deadline else []
        asked.kept += [url] if url and not asked.url else []
        asked.kept += [kept] if (kept := self._cell(row, "kept")) else []
        return asked

    def _forecast(self, row: Row) -> Forecast | None:
        typed = self._cell(row, "chance")
        if not typed:
            return None
        match = _CHANCE.fullmatch(typed)
        chance = _number(match) / (100 if match[3] or self._is_percent else 1) if match else 2.0
        if chance > 1:
            self._notes.add(
                row.line, f"found the forecast {short(typed)}; expected 0 to 1, or 0% to 100%; it was left out"
            )
            return None
        by = one_line(self._cell(row, "by"))
        by = self._notes.fitted(row.line, "the name of a forecaster", by, rules.TITLE_LENGTH)
        is_aggregate = bool(self._cell(row, "count"))
        at = self._cell(row, "at") or (self._cell(row, "created") if "at" not in self._roles else "")
        name = f"{by} (of many)" if is_aggregate and by else "many" if is_aggregate else by
        return Forecast(name, chance, at, read_date(at), is_aggregate)
