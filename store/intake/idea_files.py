"""Files of ideas, YAML or JSON, and folders of any that can be taken in.

A reader's file says what a reader may say: title, text, kind, from, url, contact, unnamed, hypothesis. A number, a
state or a date is nobody's to set, and refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from hypotheses.idea import Idea
from hypotheses.problems import Refused
from store.disk import read_whole
from store.errors import BadFile
from store.file.debate_fields import Fields
from store.file.file_tree import Node, Problems
from store.file.json_reader import read_json
from store.file.yaml_reader import read_yaml
from store.intake.arriving import Arrival, Rejected
from store.intake.mail import message, messages

LONGEST: Final = 16_000_000
"""Bytes of a file of ideas, or of a mailbox."""
MOST_FILES: Final = 10_000
ENDINGS: Final = (".yaml", ".yml", ".json", ".eml", ".mbox")
MAIL: Final = (".eml", ".mbox")
_OF_A_DEBATE: Final = re.compile(
    rb"^[\"']?(?:abduce|debate|hypotheses|evidence|quantities|gaps)[\"']?\s*:", re.MULTILINE
)
_OF_IDEAS: Final = re.compile(rb"^(?:- |ideas\s*:|title\s*:)", re.MULTILINE)
_IDEAS_IN_JSON: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"ideas"\s*:')
_NOT_THEIRS: Final = ("number", "received", "status", "example", "reason", "reference", "via", "became", "related")


def is_ideas(data: bytes, name: str) -> bool:
    """Say whether a file is certainly one of ideas, and neither a debate nor a list of references.

    In JSON only ideas under `ideas` are: a list could be one of references as well.
    """
    if name.lower().endswith(".json"):
        return _IDEAS_IN_JSON.match(data) is not None and b'"abduce"' not in data
    return _OF_A_DEBATE.search(data) is None and _OF_IDEAS.search(data) is not None


def arrivals(paths: Iterable[Path]) -> Iterator[Arrival]:
    """Yield what is in files, and in the files of folders: ideas, and what is none, each with its place."""
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if not each.name.startswith("."))
            if len(inside) > MOST_FILES:
                yield Rejected(str(path), f"found {len(inside):,} files; expected at most {MOST_FILES:,}")
            yield from (one for each in inside[:MOST_FILES] for one in _in_file(each))
        else:
            yield from _in_file(path)


def _in_file(path: Path) -> Iterator[Arrival]:
    ending = path.suffix.lower()
    if path.exists() and not path.is_file():
        yield Rejected(str(path), "it is no file")
        return
    if ending not in ENDINGS:
        yield Rejected(str(path), f"expected a name ending in {', '.join(ENDINGS)}")
        return
    try:
        data = read_whole(path, LONGEST + 1)
        if len(data) > LONGEST:
            raise Refused(f"found more than {LONGEST:,} bytes; expected at most that")
        if ending in MAIL:
            yield from mail_in(data, str(path))
        else:
            yield from ideas_in(data, str(path))
    except Refused as refused:
        yield Rejected(str(path), str(refused))


def mail_in(data: bytes, name: str) -> Iterator[Arrival]:
    """Yield the messages of a mailbox, or the one message that a file is, each as an idea."""
    if len(data) > LONGEST:
        yield Rejected(name, f"found more than {LONGEST:,} bytes; expected at most that")
    elif name.lower().endswith(".mbox") or data.startswith(b"From "):
        yield from messages(data, name)
    else:
        yield message(data, name)


def ideas_in(data: bytes, name: str) -> Iterator[Arrival]:
    """Yield the ideas in the text of a file: one mapping, a list of them, or one under `ideas`."""
    try:
        root = read_json(data, Problems(name)) if name.lower().endswith(".json") else read_yaml(data, Problems(name))
    except BadFile as bad:
        yield Rejected(name, str(bad.problems[0]).removeprefix(f"{name}:"))
        return
    if isinstance(root.value, dict) and {"abduce", "debate"} & root.value.keys():
        yield Rejected(name, "this is a debate; `abduce import` takes it in")
        return
    whole = root.value.get("ideas", root) if isinstance(root.value, dict) else root
    for node in whole.value if isinstance(whole.value, list) else [whole]:
        yield _idea(node, name)


def _idea(node: Node, name: str) -> Arrival:
    problems = Problems(name)
    try:
        fields = Fields(node, problems)
        given: dict[str, Any] = fields.given(Idea, without=_NOT_THEIRS)
        fields.close()
    except BadFile as bad:
        problems.found = list(bad.problems)
    if problems.found:
        first = problems.found[0]
        return Rejected(f"{name}:{first.line}", first.text)
    return Idea(0, **given, via="file")
