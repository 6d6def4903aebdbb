"""How time grows with what is sent: `python -m benchmarks.hostile.growth [CHARACTERS [DOOR]]`, of 100,000 by itself.

Every piece of a few words of what a door takes is repeated, alone and within the rest of it. What takes
long is sent again at half the size: of a reader that looks at everything once, twice the size takes twice the time.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator

from tests.hostile.doors import DOORS, Door, refused_or_taken
from tests.hostile.inputs import MARKS, encoded

LONG = 0.3
"""Seconds from which on growth is looked at: below, a start weighs too much."""
STEEP = 2.8
"""How many times as long twice the size may take: with sorting and caches, a little more than twice."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def main() -> None:
    """Print what takes long, and end with 1 if something grows steeply."""
    characters, steep = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, 0
    only = sys.argv[2] if len(sys.argv) > 2 else ""
    for door in DOORS:
        if only not in door.name:
            continue
        count, worst, slowest = 0, 0.0, ""
        for start, piece, end in _repeated(door):
            took = _seconds(door, start, piece, end, characters)
            count += 1
            if took > worst:
                worst, slowest = took, piece
            if took > LONG and (half := _seconds(door, start, piece, end, characters // 2)) * STEEP < took:
                steep += 1
                print(f"  {door.name}: {took:.2f} s, half of it {half:.2f} s: {start[-40:]!r} + {piece!r} …")
        print(f"{door.name:20} {count:6} repeated, worst {worst:.2f} s: {slowest[:60]!r}", flush=True)
    sys.exit(bool(steep))


def _repeated(door: Door) -> Iterator[tuple[str, str, str]]:
    """Yield what stands before, what is repeated, and what stands after."""
    tokens = _TOKEN.findall(door.shape[:3_000])
    seen = set()
    places = [
        (tokens[at : at + width], at) for width in (1, 2, 3, 5, 8) for at in range(0, len(tokens), max(1, width // 2))
    ]
    for words, at in (
        *places,
        *(([mark], len(tokens) // 2) for mark in MARKS),
        *(([a, b], 0) for a in MARKS for b in "\n a"),
    ):
        piece = "".join(words)
        if piece not in seen:
            seen.add(piece)
            yield "", piece, ""
            yield "".join(tokens[:at]), piece, "".join(tokens[at:])


def _seconds(door: Door, start: str, piece: str, end: str, characters: int) -> float:
    data = encoded(f"{start}{piece * (characters // len(piece))}{end}")
    began = time.process_time()
    refused_or_taken(door, data)
    return time.process_time() - began


if __name__ == "__main__":
    main()
