"""Every command while another process writes to the same debate all the time: none is refused, nothing is lost."""

from __future__ import annotations

import time
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import click
import pytest

from hypotheses.debate import Debate
from hypotheses.problems import AbduceError
from store.bundled import bundled_debate
from store.debate_store import DebateStore
from store.expected import ANYTHING
from store.paths import default_database
from tests.store.faults import FORK
from tests.tui.cli.conftest import Abduce
from tui.cli.root import COMMANDS, root

NOT_HERE = {"open", "inbox answer", "inbox serve", "mcp"}
"""They need a terminal, GitHub, or go on until they are ended; what they do to the database, others here do."""
DEBATE = """
abduce: 1
debate: {slug: tuners, title: How many piano tuners?}
hypotheses:
  one: {title: One, plausibility: 60%}
"""

MAIL = """From ana@example.org Mon Jan  1 00:00:00 2024
From: Ana <ana@example.org>
Subject: Ask the shops
Date: Mon, 1 Jan 2024 00:00:00 +0000
Message-ID: <1@example.org>

They know.
"""


def commands(folder: Path) -> list[list[str]]:
    """Return every command with arguments, in an order in which each finds what it is about."""
    file, base = folder / "tuners.debate.yaml", folder / "base.yaml"
    file.write_text(DEBATE)
    base.write_text(DEBATE)
    (folder / "mail.mbox").write_text(MAIL)
    return [
        ["debates"],
        ["new", "A new one", "--slug", "new"],
        ["--debate", "new", "debate", "edit", "--title", "Newer"],
        ["--debate", "new", "debate", "rename", "newest"],
        ["--debate", "newest", "debate", "archive"],
        ["debate", "restore", "newest"],
        ["--debate", "newest", "debate", "remove"],
        ["edit", "--yes"],
        ["show", "1"],
        ["export", "--format", "json"],
        ["import", str(file)],
        ["merge", str(base), str(file), str(base)],
        ["rank", "2", "up"],
        ["plausibility", "1", "35%"],
        ["adopt", "2"],
        ["hypothesis", "add", "Another one", "--slug", "another"],
        ["hypothesis", "edit", "another", "--title", "Still another"],
        ["evidence", "add", "Something", "--key", "some", "--rate", "another=2"],
        ["evidence", "list"],
        ["evidence", "show", "some"],
        ["evidence", "edit", "some", "--cluster", "mine"],
        ["evidence", "assess", "some", "another", "3"],
        ["evidence", "add", "More", "--key", "more", "--cluster", "others"],
        ["cluster", "rename", "mine", "ours"],
        ["cluster", "join", "others", "ours"],
        ["comment", "add", "Mine", "--evidence", "some"],
        ["comment", "list"],
        ["evidence", "retract", "some"],
        ["evidence", "remove", "more"],
        ["settle", "another", "false"],
        ["hypothesis", "add", "To merge", "--slug", "merged"],
        ["hypothesis", "merge", "merged", "another"],
        ["hypothesis", "add", "To remove", "--slug", "gone"],
        ["hypothesis", "remove", "gone"],
        ["idea", "submit", "An idea", "--text", "of mine"],
        ["idea", "list"],
        ["idea", "show", "1"],
        ["idea", "accept", "1", "--kind", "explanation"],
        ["idea", "merge", "2", "another"],
        ["idea", "decline", "3", "--reason", "no"],
        ["idea", "mark", "later", "4"],
        ["idea", "split", "5", "--text", "One\nIt is.\n---\nAnother"],
        ["inbox", "pull", str(folder / "mail.mbox")],
        ["matrix"],
        ["counts", "all"],
        ["doubts"],
        ["cruxes"],
        ["timeline"],
        ["people"],
        ["reckoning"],
        ["estimate"],
        ["quantities"],
        ["quantity", "add", "mine", "10 to 20"],
        ["quantity", "edit", "mine", "--label", "Mine"],
        ["quantity", "move", "mine", "1"],
        ["value", "mine", "30"],
        ["reading", "add", "mine", "book", "40"],
        ["reading", "edit", "mine", "book", "--note", "a book"],
        ["reading", "choose", "mine", "book"],
        ["convention", "list"],
        ["convention", "add", "house", "mine=50"],
        ["convention", "rename", "house", "home"],
        ["convention", "choose", "home"],
        ["convention", "choose", "post"],
        ["convention", "remove", "home", "--with"],
        ["gap", "add", "wide", "mine / 2"],
        ["gap", "edit", "wide", "--label", "Wide"],
        ["gap", "move", "wide", "1"],
        ["gap", "headline", "wide"],
        ["effect", "set", "another", "mine", "mine * grown", "--assume", "grown=2"],
        ["assume", "set", "another", "grown", "3"],
        ["effect", "set", "another", "mine", "mine * 2"],
        ["assume", "clear", "another", "grown"],
        ["effect", "clear", "another", "mine"],
        ["gap", "remove", "wide"],
        ["reading", "remove", "mine", "book"],
        ["quantity", "remove", "mine"],
        ["check"],
        ["copy", "--to", str(folder / "copied.db")],
        ["history"],
        ["undo"],
        ["redo"],
        ["backup", str(folder / "b.db")],
        ["doctor"],
    ]


def names() -> set[str]:
    """Return the names of all commands."""
    context, found = click.Context(root), set()
    for name in COMMANDS:
        command = root.get_command(context, name)
        found |= {f"{name} {inner}" for inner in command.commands} if isinstance(command, click.Group) else {name}
    return found


def write_for_ever(path: Path, telling: Connection) -> None:
    """Comment and think again, all the time; tell of what was saved, and of what was refused."""
    with DebateStore.open(str(path), actor="bob") as store:
        slug = bundled_debate().slug
        hypothesis = next(iter(bundled_debate().hypotheses))
        for number in count():
            try:
                store.comment(slug, f"bob {number}", hypothesis=hypothesis)
                store.set_plausibility(slug, hypothesis, (number % 90 + 5) / 100, expected=ANYTHING)
            except AbduceError as error:
                telling.send(str(error))
            else:
                telling.send(number)
            time.sleep(0.01)


def test_every_command_is_tried(tmp_path: Path) -> None:
    all_of_them = names()
    tried = {" ".join(each[: 2 if " ".join(each[:2]) in all_of_them else 1]) for each in map(own, commands(tmp_path))}
    assert tried | NOT_HERE | {"restore", "comment edit", "comment remove"} == all_of_them


def own(command: list[str]) -> list[str]:
    """Return a command without the debate it is about."""
    return command[2:] if command[0] == "--debate" else command


def test_no_command_is_refused_beside_a_writer_who_loses_nothing(
    abduce: Abduce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    abduce.done("debates")
    folder = tmp_path / "files"
    folder.mkdir()
    receiver, telling = FORK.Pipe(duplex=False)
    writer = FORK.Process(target=write_for_ever, args=(default_database(), telling))
    writer.start()
    telling.close()
    said: list[int | str] = [receiver.recv()]
    try:
        refused = {" ".join(each): result.err for each in commands(folder) if (result := abduce(*each)).code}
        while receiver.poll():
            said.append(receiver.recv())
        assert "another program has" in abduce.refused("restore", str(folder / "b.db"))
        number = next(key for key, each in debate_now().comments.items() if each.text == "Mine")
        abduce.done("comment", "edit", str(number), "Still mine")
        abduce.done("comment", "remove", str(number))
    finally:
        writer.kill()
        writer.join()
    assert refused == {}
    numbers = [each for each in said if isinstance(each, int)]
    assert len(numbers) == len(said), said
    assert {f"bob {each}" for each in numbers} <= {each.text for each in debate_now().comments.values()}
    assert len(numbers) > 5
    assert (folder / "copied.db").exists()


def debate_now() -> Debate:
    with DebateStore.open() as store:
        return store.load(bundled_debate().slug)
