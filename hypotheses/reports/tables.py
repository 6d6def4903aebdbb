"""Tables in Markdown; where there are none, as lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from hypotheses.reports.style import Flavour

_RULES: Final = {"l": ":---", "r": "---:"}


def table(flavour: Flavour, head: Sequence[str], rows: Iterable[Sequence[str]], align: str) -> str:
    """Write a table; for CommonMark, which has none, a list with the head of each column before its figure.

    Args:
        flavour: Who reads it.
        head: What stands over each column; may be empty.
        rows: Cells that are escaped.
        align: `l` or `r` for each column.
    """
    if flavour == "commonmark":
        return "\n".join(f"- {'; '.join(_named(head, row))}" for row in rows)
    lines = [head, [_RULES[side] for side in align[: len(head)]], *rows]
    return "\n".join("|" + "".join(f" {cell} |" if cell else " |" for cell in line) for line in lines)


def _named(head: Sequence[str], row: Sequence[str]) -> list[str]:
    """Return the cells of a row that say something, all but the first that does with the head of their column."""
    told = [(name, cell) for name, cell in zip(head, row, strict=True) if cell]
    return [cell if number == 0 or not name else f"{name}: {cell}" for number, (name, cell) in enumerate(told)]
