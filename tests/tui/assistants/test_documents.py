"""The page on assistants and the skill file say what is there."""

from __future__ import annotations

import json
import re
import shlex

import click
import pytest

from hypotheses import rules
from tests.test_docs import Shell, blocks, rows, sections, shell, spans, text_of
from tests.test_rooms import loaded_by
from tui.assistants import arguments, bounding, lines, sending, session, transport
from tui.assistants.tools import TOOLS
from tui.cli.root import COMMANDS, root

PAGE, SKILL = text_of("docs/assistants.md"), text_of("docs/skills/abduce/SKILL.md")
READING = {"debates", "show", "evidence", "quantities", "doubts", "cruxes", "estimate"}
"""Commands of the skill file that only read; the one that sends is `idea`."""

__all__ = ["shell"]  # a fixture


def examples() -> list[str]:
    written = [line for block in blocks(SKILL, "sh") for line in block.splitlines()]
    return [line for line in written if line.startswith("abduce ")]


def test_the_page_lists_every_tool_with_what_it_takes() -> None:
    listed = {name.strip("`"): spans(takes) for name, takes, _ in rows(sections(PAGE)["What an assistant can do"])}
    assert listed == {tool.name: {one.name for one in tool.arguments} for tool in TOOLS.values()}
    assert set(session.PAGES) <= spans(sections(PAGE)["What an assistant can do"])


def test_the_limits_are_those_of_the_page() -> None:
    told = [re.match(r"[\d,]+", most)[0] for _, most in rows(sections(PAGE)["Limits"])]  # type: ignore[index]
    ours = (
        sending.MOST,
        sending.MOST_A_MINUTE,
        sending.MOST_WAITING,
        rules.TITLE_LENGTH,
        rules.TEXT_LENGTH,
        bounding.ANSWER,
        session.LONGEST_PAGE,
        arguments.MOST_NAMES,
        lines.LONGEST,
        transport.MOST_AT_ONCE,
    )
    assert told == [f"{limit:,}" for limit in ours]
    assert f"pages of {bounding.ITEMS} items" in PAGE
    assert f"At most {sending.MOST} ideas" in SKILL


def test_the_configuration_is_read_and_names_the_command() -> None:
    (block,) = blocks(PAGE, "json")
    assert json.loads(block)["mcpServers"]["abduce"] == {"command": "abduce", "args": ["mcp"]}
    assert "mcp" in COMMANDS


def test_the_skill_file_has_its_name_and_what_it_is_for_in_front() -> None:
    _, front, _ = SKILL.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in front.splitlines())
    assert set(fields) == {"name", "description"}
    assert fields["name"] == "abduce"
    assert 0 < len(fields["description"]) <= 1024
    assert "Never rank, rate or decide" in SKILL


def test_every_command_of_the_skill_file_runs_in_order_on_a_fresh_database(shell: Shell) -> None:
    assert len(examples()) > 10
    for line in examples():
        told = shell(line)
        if "--json" in line:
            json.loads(told)


@pytest.mark.parametrize("line", examples())
def test_the_skill_file_names_no_command_that_changes_anything_but_the_inbox(line: str) -> None:
    _, command, *rest = shlex.split(line, comments=True)
    assert command in READING or (command, rest[0]) == ("idea", "submit")
    assert command != "evidence" or rest[0] in ("list", "show")


def test_what_the_skill_file_names_in_its_text_is_there() -> None:
    named = [span.split()[1:] for span in spans(SKILL + PAGE) if span.startswith("abduce ")]
    assert ["idea", "show", "REFERENCE"] in named
    for words in named:
        command = root.get_command(click.Context(root), words[0])
        assert command is not None, words
        if isinstance(command, click.Group):
            assert words[1] in command.commands
    (submit,) = [line for line in examples() if " submit " in line]
    group = root.get_command(click.Context(root), "idea")
    assert isinstance(group, click.Group)
    options = {name for each in group.commands["submit"].params for name in each.opts}
    assert {span for span in spans(sections(SKILL)["Send an idea in"]) if span.startswith("--")} <= options
    assert "--url" in submit


def test_only_the_server_loads_the_sdk() -> None:
    late = {"mcp", "mcp_types", "anyio", "textual"}
    assert not loaded_by("import tui.assistants.session, tui.assistants.lines, tui.cli.assistants") & late
