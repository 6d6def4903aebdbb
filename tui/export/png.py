"""Pictures as PNG, drawn from SVG by resvg, which is installed on demand."""

from __future__ import annotations

from typing import Final

from hypotheses.problems import Refused

SCALE: Final = 2.0
"""Pixels to a unit of the SVG, for screens that have as many."""
MISSING: Final = (
    "found no resvg, which PNG needs; "
    "expected Abduce with its extra: pipx install '.[png]', or a name that ends in .svg"
)


def png_of(svg: str) -> bytes:
    """Draw an SVG as PNG.

    Raises:
        Refused: resvg is not installed, or cannot draw it.
    """
    try:
        from resvg_py import svg_to_bytes  # noqa: PLC0415 - an extra, and 20 ms
    except ModuleNotFoundError as missing:
        if missing.name != "resvg_py":
            raise
        raise Refused(MISSING) from missing
    try:
        return bytes(svg_to_bytes(svg_string=svg, zoom=SCALE))
    except ValueError as error:
        raise Refused(f"the picture cannot be drawn: {error}") from error
