"""The files of a debate that two people have changed, made into one: what a merge driver of git does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hypotheses.debate import Debate
from hypotheses.reports.debate_json import debate_json
from hypotheses.versions import merged
from store.disk import read_whole
from store.errors import BadFile
from store.file.debate_file import LARGEST, export_debate, is_json, read_debate, write_debate
from store.file.examples import HEAD


@dataclass(frozen=True, slots=True)
class MergedFile:
    """What two files make together."""

    text: str
    """YAML, or JSON if ours is; reading it gives a debate, whatever was in conflict."""
    conflicts: tuple[str, ...]
    """A sentence for each part that both have changed, and not to the same."""


def merge_files(base: Path, ours: Path, theirs: Path) -> MergedFile:
    """Merge two files that come of one; that one is empty where both have begun it.

    Raises:
        BadFile: one of them is no sound debate.
        Refused: one of them cannot be read.
    """
    problems: list[BadFile] = []
    texts = [read_whole(path, LARGEST + 1) for path in (base, ours, theirs)]
    own, others = (_read(data, path, problems) for data, path in zip(texts[1:], (ours, theirs)))
    began = _read(texts[0], base, problems) if texts[0].strip() else None
    if own is None or others is None or problems:
        raise BadFile(problem for bad in problems for problem in bad.problems)
    both = merged(began or Debate(own.slug, own.title), own, others)
    return MergedFile(_written(both.debate, texts[1], str(ours)), tuple(each.told for each in both.conflicts))


def _read(data: bytes, path: Path, problems: list[BadFile]) -> Debate | None:
    try:
        return read_debate(data, str(path))
    except BadFile as bad:
        problems.append(bad)
        return None


def _written(debate: Debate, ours: bytes, path: str) -> str:
    """Write it as ours is written."""
    if is_json(ours, path):
        return debate_json(debate)
    return export_debate(debate) if ours.startswith(f"# {HEAD}".encode()) else write_debate(debate)
