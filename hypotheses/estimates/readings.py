"""Sources in conflict: the gap that each reading of a quantity gives; and the table of models to choose from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hypotheses.debate import Debate
from hypotheses.edits import found, reading_chosen
from hypotheses.estimates.estimates import Engine
from hypotheses.estimates.results import Result
from hypotheses.estimates.values import parse_number
from hypotheses.estimates.whatif import with_value
from hypotheses.problems import Malformed


def gap_by_reading(debate: Debate, symbol: str, gap: str) -> dict[str, Result | None]:
    """Return the gap as it would be with each reading of a quantity, all else as it is; None where not available.

    Raises:
        NotFound: there is no such quantity.
    """
    engine = Engine(debate)
    return {
        name: _gap(engine, reading_chosen(debate, symbol, name), gap)
        for name in found("quantity", symbol, debate.quantities).readings
    }


def gap_by_value(debate: Debate, symbol: str, gap: str, values: Iterable[str]) -> dict[str, Result | None]:
    """Return the gap as it would be with each value of a quantity, all else as it is; None where not available.

    Raises:
        Malformed: a value cannot be read.
        NotFound: there is no such quantity.
    """
    engine = Engine(debate)
    return {value: _gap(engine, with_value(debate, symbol, value), gap) for value in values}


def _gap(engine: Engine, debate: Debate, gap: str) -> Result | None:
    estimated = engine.estimates(debate, only=(gap,)).gaps.get(gap)
    return None if estimated is None else estimated.now


COLUMNS: Final = ("name", "modality", "parameters", "train_data", "train_unit", "year", "source", "verified")


@dataclass(frozen=True, slots=True)
class ListedModel:
    """One trained model of the table, to put in the place of a debate's own."""

    name: str
    modality: str
    """`vision`, `image generation`, `video`, `audio` or `language`."""
    parameters: float | None
    """None if not known."""
    train_data: float | None
    """How much it was trained on, in `train_unit`; None if not known."""
    train_unit: str
    year: int
    source: str
    verified: str
    """`yes`, `partly` or `no`."""


def read_models(text: str) -> tuple[ListedModel, ...]:
    """Read a table of models: CSV with a header and the columns of `COLUMNS`.

    Raises:
        Malformed: a column is missing, or a row has something other than a number where one belongs; the sentence names
            the line.
    """
    rows = csv.DictReader(io.StringIO(text))
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise Malformed(f"line 1: the column {missing[0]!r} is missing; expected {', '.join(COLUMNS)}")
    models = []
    for row in rows:
        try:
            models.append(_model({column: (row[column] or "").strip() for column in COLUMNS}))
        except (Malformed, ValueError) as error:
            raise Malformed(f"line {rows.line_num}: {error}") from error
    return tuple(models)


def _model(row: dict[str, str]) -> ListedModel:
    return ListedModel(
        name=row["name"],
        modality=row["modality"],
        parameters=_number(row["parameters"]),
        train_data=_number(row["train_data"]),
        train_unit=row["train_unit"],
        year=int(row["year"]),
        source=row["source"],
        verified=row["verified"],
    )


def _number(text: str) -> float | None:
    return parse_number(text) if text else None
