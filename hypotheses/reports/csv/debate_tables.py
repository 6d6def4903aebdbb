"""The tables of a debate, each with its columns; what `--table` calls them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from hypotheses.debate import Assessment, Debate
from hypotheses.estimates import estimate
from hypotheses.people import named
from hypotheses.ranking import ranked
from hypotheses.ratios import NOT_APPLICABLE, RATIO_SIGNS, format_weight
from hypotheses.reports.csv.cells import csv_text
from hypotheses.reports.json import estimates_shape, ranking_shape
from hypotheses.schemes import diagnosticity
from hypotheses.timeline import Stand
from hypotheses.values import parse_value

if TYPE_CHECKING:
    from hypotheses.estimates import Result

SAMPLES: Final = 100
"""How many equally likely values stand for a distribution."""
_SIGNS: Final = {ratio: sign for sign, ratio in RATIO_SIGNS.items()}
Rows = Iterable[Sequence[object]]


class CsvTable(NamedTuple):
    """The head of a table, and its rows."""

    head: Sequence[str]
    rows: Rows


def csv_table(debate: Debate, name: str, stands: Sequence[Stand] = ()) -> str:
    """Write one of `TABLES`; `stands` is what everybody had stated over time, for the forecasts."""
    table = TABLES[name](debate, stands)
    return csv_text(table.head, table.rows)


def _matrix(debate: Debate, _: Sequence[Stand]) -> CsvTable:
    slugs = [h.slug for h in ranked(debate)]
    head = ["key", "title", "date", "cluster", "credibility", "relevance", "retracted", "diagnosticity", *slugs]

    def rows() -> Iterator[Sequence[object]]:
        for item in debate.evidence.values():
            weights = ["" if each is None else format_weight(each) for each in (item.credibility, item.relevance)]
            told = [item.key, item.title, item.date, item.cluster, *weights, item.retracted]
            cells = [_rating(cell) for cell in map(item.assessments.get, slugs)]
            yield [*told, diagnosticity(item, debate.hypotheses), *cells]

    return CsvTable(head, rows())


def _rating(cell: Assessment | None) -> object:
    """Return a rating by its sign, or as a number: a spreadsheet would take `1/7` for a day."""
    if cell is None:
        return ""
    if cell.ratio is None:
        return NOT_APPLICABLE
    return _SIGNS.get(cell.ratio, cell.ratio)


def _ranking(debate: Debate, _: Sequence[Stand]) -> CsvTable:
    head = [
        *("rank", "slug", "title", "status", "settled", "plausibility", "word", "prior", "prior_on"),
        *("implied", "implied_low", "implied_high", "evidence_for", "evidence_against"),
    ]
    rows = ranking_shape(debate)["hypotheses"]
    return CsvTable(head, ([row[name] for name in head] for row in rows))


def _evidence(debate: Debate, _: Sequence[Stand]) -> CsvTable:
    head = [
        *("key", "title", "authors", "date", "source", "doi", "arxiv", "url", "also"),
        *("finding", "credibility", "relevance", "cluster", "retracted", "note"),
    ]
    cells, authors, also = attrgetter(*head), head.index("authors"), head.index("also")

    def rows() -> Iterator[Sequence[object]]:
        for item in debate.evidence.values():
            row = list(cells(item))
            row[authors], row[also] = "; ".join(item.authors), "\n".join(item.also)
            yield row

    return CsvTable(head, rows())


def _quantities(debate: Debate, _: Sequence[Stand]) -> CsvTable:
    head = [
        *("symbol", "label", "unit", "group", "reading", "counts", "value", "formula"),
        *("p5", "median", "p95", "source", "url", "note"),
    ]

    def rows() -> Iterator[Sequence[object]]:
        for quantity in debate.quantities.values():
            own = [quantity.symbol, quantity.label, quantity.unit, quantity.group]
            if quantity.formula:
                yield [*own, "", True, "", quantity.formula, None, None, None, "", "", quantity.note]
            counting = quantity.reading_name(debate.convention)
            for name, reading in quantity.readings.items():
                value = parse_value(reading.value)
                spread = [value.quantile(p) for p in (0.05, 0.5, 0.95)]
                note = reading.note or quantity.note
                yield [
                    *(*own, name, name == counting, reading.value, "", *spread),
                    *(reading.source, reading.url, note),
                ]

    return CsvTable(head, rows())


def _gaps(debate: Debate, _: Sequence[Stand]) -> CsvTable:
    head = ["gap", "label", "unit", "case", "median", "mean", "p5", "p95", "overshot", "closed", "open", "not_known"]

    def rows() -> Iterator[Sequence[object]]:
        shape = estimates_shape(estimate(debate))
        for gap in shape["gaps"]:
            cases = {"now": gap["now"], **gap["under"], "weighed": gap["weighed"]}
            for case, figures in cases.items():
                chance = figures["chance"] or {}
                told = [figures[name] for name in ("median", "mean", "p5", "p95")]
                chances = [chance.get(name) for name in ("overshot", "closed", "open")]
                yield [gap["symbol"], gap["label"], gap["unit"], case, *told, *chances, gap["unknown"].get(case, "")]
        for symbol, why in shape["problems"].items():
            yield [symbol, debate.gaps[symbol].label, debate.gaps[symbol].unit, "now", *[None] * 7, why]

    return CsvTable(head, rows())


def _samples(debate: Debate, _: Sequence[Stand]) -> CsvTable:
    columns: dict[str, Result] = {}
    for symbol, gap in estimate(debate).gaps.items():
        columns[symbol] = gap.now
        columns |= {f"{symbol} under {slug}": result for slug, result in gap.under.items()}
        if gap.weighed is not None:
            columns[f"{symbol} weighed"] = gap.weighed
    percents = [100 * (place + 0.5) / SAMPLES for place in range(SAMPLES)]
    values = [result.percentiles(percents) for result in columns.values()]
    return CsvTable(["percentile", *columns], zip(percents, *values, strict=True))


def _forecasts(debate: Debate, stands: Sequence[Stand]) -> CsvTable:
    """Return what each person has stated of each explanation, whenever it was another figure, oldest first."""

    def rows() -> Iterator[Sequence[object]]:
        said: dict[tuple[str, str], float] = {}
        for stand in stands:
            for person in stand.stated:
                for slug, plausibility in stand.said(person).items():
                    if slug in debate.hypotheses and said.get((person, slug)) != plausibility:
                        said[person, slug] = plausibility
                        yield _forecast(debate, slug, person, plausibility, f"{stand.at:%Y-%m-%d}")
        for slug, h in debate.hypotheses.items():
            if not h.placeholder and (h.by, slug) not in said and not stands:
                yield _forecast(debate, slug, h.by, h.plausibility, "")

    return CsvTable(["question", "forecast", "resolution", "created", "resolved", "by", "slug"], rows())


def _forecast(debate: Debate, slug: str, person: str, plausibility: float, day: str) -> Sequence[object]:
    h = debate.hypotheses[slug]
    resolution = {"true": "YES", "false": "NO"}.get(h.settled, "")
    return [h.title, f"{100 * plausibility:.12g}%", resolution, day, h.settled_on, named(debate, person), slug]


TABLES: Final[dict[str, Callable[[Debate, Sequence[Stand]], CsvTable]]] = {
    "matrix": _matrix,
    "ranking": _ranking,
    "evidence": _evidence,
    "quantities": _quantities,
    "gaps": _gaps,
    "samples": _samples,
    "forecasts": _forecasts,
}
"""What `--table` calls a table -> the table of a debate."""
