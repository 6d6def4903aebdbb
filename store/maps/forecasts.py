"""Forecasts that Fatebook, PredictionBook, Metaculus or a spreadsheet keep as CSV, read into debates.

Each question becomes an explanation. Its plausibility is the last forecast of the one whose forecasts they are, its
prior the first one with its day, and what others forecast last stands beside. How it turned out is settled. A debate
holds only what is held now, so the forecasts in between stand in the note, each with its day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import PurePath
from typing import Final

from hypotheses import rules
from hypotheses.debate import Debate, Hypothesis, Stated, Verdict
from hypotheses.ranking import format_plausibility
from store.file.file_tree import Problems
from store.incoming import Contents
from store.maps.building import Building, slug_of
from store.maps.forecast_rows import (
    AskedQuestion,
    Forecast,
    is_of_numbers,
    is_of_titles,
    questions_in,
    unused_columns,
)
from store.maps.matrix import name_of
from store.maps.tables import Row, delimiter_of, rows_of
from store.maps.taken import MapNotes, Maps, text_of

_EACH: Final = rules.MOST["hypotheses"]


def read_forecasts(data: bytes, path: str, owner: str = "") -> Contents[Maps]:
    """Read forecasts; `owner` is the one whose they are, else the one who made most of them.

    More questions than a debate holds become several debates.

    Raises:
        BadFile: there are none in it.
    """
    notes, problems = MapNotes(), Problems(path)
    return _read([_table(data, notes, problems)], path, owner, notes, problems)


def read_together(files: Sequence[tuple[bytes, str]], owner: str = "") -> Contents[Maps] | None:
    """Read files of which some have the titles of questions and others the forecasts, by their numbers, as one.

    None if they are no such files.

    Raises:
        BadFile: there are no forecasts in them.
    """
    notes = MapNotes()
    tables: list[tuple[list[Row], str]] = []
    for data, path in files:
        notes.prefix = f"{PurePath(path).name}: " if tables else ""
        tables.append((_table(data, notes, Problems(path)), path))
    titles = [each for each in tables if each[0] and is_of_titles(each[0][0])]
    numbers = [each for each in tables if each[0] and is_of_numbers(each[0][0])]
    if not titles or not numbers or len(titles) + len(numbers) < len(tables):
        return None
    notes.prefix = ""
    path = titles[0][1]
    return _read([rows for rows, _ in (*titles, *numbers)], path, owner, notes, Problems(path))


def _table(data: bytes, notes: MapNotes, problems: Problems) -> list[Row]:
    text = text_of(data, notes, problems)
    return [row for row in rows_of(text, delimiter_of(text)) if not row.is_blank]


def _read(
    tables: Sequence[Sequence[Row]], path: str, owner: str, notes: MapNotes, problems: Problems
) -> Contents[Maps]:
    asked = questions_in(tables, notes, problems)
    if not asked:
        problems.stop(0, "there is no question in the file; expected rows under a head such as question,forecast")
    whose = _owner(asked, owner, notes)
    title = notes.fitted(0, "the name of the file", name_of(path), rules.TITLE_LENGTH - 20)
    parts = [asked[at : at + _EACH] for at in range(0, len(asked), _EACH)]
    if len(parts) > 1:
        told = f"{len(asked):,} questions are more than the {_EACH} of a debate; they became {len(parts)}"
        notes.add(0, told, "told")
    debates = tuple(_debate(part, _numbered(title, n), whose, notes, problems) for n, part in enumerate(parts, 1))
    unused: Counter[str] = Counter()
    for rows in tables:
        unused.update(unused_columns(rows))
    return Contents(Maps(debates), notes.all(), dict(unused))


def _numbered(title: str, number: int) -> str:
    return title if number == 1 else f"{title} {number}"


def _owner(asked: Iterable[AskedQuestion], owner: str, notes: MapNotes) -> str:
    """Return by which name the forecasts are the owner's that have one."""
    counts: dict[str, int] = {}
    for each in asked:
        for forecast in each.forecasts:
            if not forecast.is_aggregate:
                counts[forecast.by] = counts.get(forecast.by, 0) + 1
    if owner in counts or len(counts) < 2:
        return owner if owner in counts else next(iter(counts), "")
    if "" in counts:
        return ""
    most = max(counts, key=lambda name: counts[name])
    told = f"{most} made most forecasts and was taken for whose they are; `abduce --as NAME import` says whose else"
    notes.add(0, told, "told")
    return most


def _debate(asked: Sequence[AskedQuestion], title: str, whose: str, notes: MapNotes, problems: Problems) -> Debate:
    building = Building(notes, problems)
    slugs: dict[str, list[str]] = {}
    for each in asked:
        slug = building.add_hypothesis(each.line, _explanation(each, whose, notes))
        if each.option:
            slugs.setdefault(each.question, []).append(slug)
    for options in slugs.values():
        # Of the answers to one question one is true.
        for slug in options:
            others = tuple(other for other in options if other != slug)
            building.hypotheses[slug] = replace(building.hypotheses[slug], rivals=others)
    return building.finished(Debate(slug_of(title), title))


def _explanation(asked: AskedQuestion, whose: str, notes: MapNotes) -> Hypothesis:
    by_person = {name: list(each) for name, each in groupby(sorted(asked.forecasts, key=_by), key=_by)}
    own = _in_order(by_person.pop(whose, ()))
    others = {name: Stated(_in_order(each)[-1].chance) for name, each in by_person.items() if name}
    title = f"{asked.question}: {asked.option}" if asked.option else asked.question
    settled, on = _settled(asked, notes)
    told = [(whose, own), *by_person.items()]
    history = [_told(name, each) for name, each in told if len(each) > 1 or (each and name)]
    note = notes.fitted(asked.line, "the history of a question", "\n\n".join([*asked.kept, *history]))
    return Hypothesis(
        "",
        title,
        statement=asked.text,
        plausibility=own[-1].chance if own else 0.5,
        prior=own[0].chance if own else 0.5,
        prior_on=own[0].on if own else "",
        placeholder=not own,
        source=asked.url,
        note=note,
        settled=settled,
        settled_on=on,
        others=dict(sorted(others.items())),
    )


def _by(forecast: Forecast) -> str:
    return forecast.by


def _in_order(forecasts: Iterable[Forecast]) -> list[Forecast]:
    """Return forecasts by their time, where all have one; else as they stand in the file."""
    each = list(forecasts)
    return sorted(each, key=lambda forecast: (forecast.on, forecast.at)) if all(one.on for one in each) else each


def _told(name: str, forecasts: Sequence[Forecast]) -> str:
    """Say what somebody forecast, and when."""
    said = ", ".join(f"{one.on or one.at} {format_plausibility(one.chance)}".strip() for one in forecasts)
    return f"{name or 'Forecasts'}: {said}"


def _settled(asked: AskedQuestion, notes: MapNotes) -> tuple[Verdict, str]:
    """Return how a question turned out and the day of it, if it did by yes or no."""
    verdict = asked.settled()
    if not verdict:
        if not asked.is_open:
            notes.add(
                asked.line, f"the resolution {asked.verdict!r} is neither yes nor no; it is in the note", "changed"
            )
            asked.kept.append(f"Resolution: {asked.verdict}")
        return "", ""
    told = "what turned out is settled, but not scored: the journal here does not know that it was held before"
    notes.once(asked.line, told)
    if asked.on and len(asked.on) < len("2024-01-02"):
        asked.kept.append(f"Known: {asked.on}")
        return verdict, ""
    return verdict, asked.on
