"""Time each format of an export beside bare writing: `python -m benchmarks.files.export [ITEMS...]`.

Two peers, in the same run: the same bytes written to a file as `write_whole` does it, whole and on disk; and the same
tables or trees, ready made, written by the standard library's own writer of that format. Seconds are of the processor.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import yaml

from benchmarks.matrix.debates import large_debate
from hypotheses.debate import Debate
from store.disk import write_whole
from store.folders import write_folder
from tui.export.formats import FORMATS, Format
from tui.export.wanted import Wanted

SIZES: Final = (10_000, 100_000)
WORKED_OUT: Final = frozenset({"post", "report", "list", "html", "pandoc", "ranking", "gaps", "samples"})
"""Pages and tables, which are small beside the figures that they work out."""
NOTHING: Final = frozenset({"schema", "svg", "png", "squiggle", "quantities", "forecasts"})
"""What has nothing of the evidence."""
SMALL: Final = 10_000
"""Beyond so many items a folder of a note for each is not written, nor YAML by PyYAML: both take minutes."""
ROUNDS: Final = 3


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the least time of the processor that some work takes."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def bare_json(text: str) -> Callable[[], object]:
    """Return the writing of the same tree by `json`."""
    tree = json.loads(text)
    return lambda: json.dumps(tree, ensure_ascii=True, indent=2)


def bare_csv(text: str) -> Callable[[], object]:
    """Return the writing of the same rows by `csv`."""
    rows = list(csv.reader(io.StringIO(text)))

    def write() -> None:
        csv.writer(io.StringIO(), lineterminator="\n").writerows(rows)

    return write


def bare_yaml(text: str) -> Callable[[], object]:
    """Return the writing of the same tree by PyYAML, whose emitter is in C."""
    tree = yaml.load(text, yaml.CSafeLoader)
    return lambda: yaml.dump(tree, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=110)


BARE: Final[Mapping[str, Callable[[str], Callable[[], object]]]] = {
    "json": bare_json,
    "csl": bare_json,
    "csv": bare_csv,
    "yaml": bare_yaml,
}


def measure(one: Format, debate: Debate, folder: Path) -> str:
    """Return a line of figures for one format."""
    asked = Wanted()
    written = one.write(debate, asked)
    is_small = len(debate.evidence) <= SMALL
    made = seconds(lambda: one.write(debate, asked), ROUNDS if is_small else 1)
    if isinstance(written, str | bytes):
        size = len(written.encode() if isinstance(written, str) else written)
        to_disk = seconds(lambda: write_whole(folder / "x", written, sparing=(), force=True))
        has_peer = isinstance(written, str) and one.kind in BARE and (is_small or one.kind != "yaml")
        bare = seconds(BARE[one.kind](str(written)), ROUNDS if is_small else 1) if has_peer else None
    else:
        size = sum(len(text.encode()) for text in written.values())
        to_disk, bare = seconds(lambda: write_folder(folder / "notes", written, sparing=(), force=True), 1), None
    peer = f"bare {bare:7.3f} s {made / bare:5.2f}×" if bare else ""
    return f"{one.title:<16} {size / 1e6:8.1f} MB {made:8.3f} s   bytes {to_disk:7.3f} s   {peer}".rstrip()


def main() -> None:
    """Measure every format that is no page."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    for items in sizes:
        debate = large_debate(items)
        print(f"{items:,} items of evidence, {len(debate.hypotheses)} explanations")
        with tempfile.TemporaryDirectory() as folder:
            for one in FORMATS:
                is_told = {one.variant or one.kind, one.kind}.isdisjoint(WORKED_OUT | NOTHING)
                if is_told and not (one.is_folder and items > SMALL):
                    print(measure(one, debate, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
