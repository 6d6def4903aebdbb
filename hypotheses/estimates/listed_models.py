"""The table of trained models, of which a quantity may take its value."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Final

from hypotheses.problems import Malformed
from hypotheses.values.amounts import parse_number

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
