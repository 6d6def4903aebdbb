"""The kinds of matrices, maps and forecasts, and how each is recognised."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from store.incoming import SAMPLE, FileKind, Sample
from store.maps.achz import GZIP, read_achz
from store.maps.argdown import read_argdown
from store.maps.columns import is_matrix, is_transposed
from store.maps.forecast_rows import is_forecasts
from store.maps.forecasts import read_forecasts
from store.maps.kialo import TITLE, read_kialo
from store.maps.matrix import read_matrix
from store.maps.tables import Row, delimiter_of, markdown_tables, rows_of, turned
from store.maps.taken import Maps

FORECASTS: Final = "forecasts"
_ACH: Final = re.compile(
    r"\s*<(?:\?xml\b[^>]{0,200}>\s*<)?[^>]{0,2000}>.{0,20000}?<(?:PROJECT-TITLE|MATRIX)\b", re.DOTALL
)
_CLAIM: Final = re.compile(r"^\s{0,20}\d+(?:\.\d+)+\.\s+(?:Pro|Con)\s?:", re.MULTILINE | re.ASCII)
_FRONTMATTER: Final = re.compile(r"\s*={3,}[ \t]*\n")
_ELEMENT: Final = re.compile(r"^(?:\[[^\]\n]{1,300}\]|<[^>\n]{1,300}>):[ \t]", re.MULTILINE)
_RELATION: Final = re.compile(
    r"^(?:\[[^\]\n]{1,300}\]|<[^>\n]{1,300}>)[^\n]*\n[ \t]+(?:[+_-]>?|<[+_-]|><)[ \t]*[\[<\w]", re.MULTILINE
)
_LOOKED_AT: Final = 200
"""How many rows of a table are looked at."""


def _is_ach(sample: Sample) -> bool:
    text = sample.text.replace("\0", "")
    return sample.data.startswith(GZIP) or _ACH.match(text) is not None


def _is_kialo(sample: Sample) -> bool:
    return (TITLE.match(sample.text) or len(_CLAIM.findall(sample.text)) > 1) and _has_claim(sample.text)


def _has_claim(text: str) -> bool:
    return re.search(r"^\s{0,20}\d+(?:\.\d+)*\.\s+\S", text, re.MULTILINE | re.ASCII) is not None


def _is_argdown(sample: Sample) -> bool:
    text = _lines(sample)
    return bool(_FRONTMATTER.match(text) or _ELEMENT.search(text) or _RELATION.search(text))


def _is_forecasts(sample: Sample) -> bool:
    rows = _rows(sample)
    return len(rows) > 1 and is_forecasts(rows[0])


def _is_matrix(sample: Sample) -> bool:
    rows = _rows(sample)
    tables = [*markdown_tables(_lines(sample)), *([rows] if _is_even(rows) else [])]
    return any(_has_ratings(table) for table in tables if len(table) > 1)


def _is_even(rows: tuple[Row, ...]) -> bool:
    """Say whether nearly all rows are as wide as the head, as those of prose with commas in it are not."""
    as_wide = sum(len(row.cells) == len(rows[0].cells) for row in rows)
    return 5 * as_wide >= 4 * len(rows)


def _has_ratings(rows: tuple[Row, ...]) -> bool:
    table = turned(rows) if is_transposed(rows[0]) else rows
    return is_matrix(table[0], table[1:])


def _rows(sample: Sample) -> tuple[Row, ...]:
    """Return the first rows of a table, without those in which one cell stands alone before it."""
    text = _lines(sample)
    rows = [row for row in islice(rows_of(text, delimiter_of(text)), _LOOKED_AT) if not row.is_blank]
    first = next((n for n, row in enumerate(rows) if sum(map(bool, row.cells)) > 1), len(rows))
    return tuple(rows[first:])


def _lines(sample: Sample) -> str:
    """Return the whole lines of a sample."""
    text = sample.text.replace("\r\n", "\n").replace("\r", "\n")
    return text if len(sample.data) <= SAMPLE else text[: text.rfind("\n") + 1]


MAPS: Final[tuple[FileKind[Maps], ...]] = (
    FileKind("ach", "a project of PARC's ACH", (".achz",), _is_ach, read_achz),
    FileKind("kialo", "a discussion of Kialo", (), _is_kialo, read_kialo),
    FileKind("argdown", "Argdown", (".argdown", ".ad"), _is_argdown, read_argdown),
    FileKind(FORECASTS, "forecasts (CSV)", (), _is_forecasts, read_forecasts),
    FileKind("matrix", "a matrix (CSV or a table of Markdown)", (), _is_matrix, read_matrix),
)
"""In the order in which a file is looked at: what can only be one of them goes first."""
