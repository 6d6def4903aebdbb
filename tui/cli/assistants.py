"""What a program that assists talks to: `mcp`."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Final

import click

from hypotheses.problems import Refused
from tui.cli.failures import say
from tui.cli.invocation import CliCommand, Invocation, pass_invocation

MISSING: Final = "found no MCP SDK, which assistants need; expected Abduce with its extra: pipx install '.[mcp]'"
_SDK: Final = ("mcp", "mcp_types", "anyio")
"""What the extra brings."""


@click.command("mcp", cls=CliCommand)
@pass_invocation
def mcp_command(invocation: Invocation) -> None:
    """Let an assistant read the debate, estimate, and send ideas in.

    It speaks the Model Context Protocol on standard input and output; a program that assists starts it. What is sent
    waits in the inbox.
    """
    from tui.assistants.sending import VIA  # noqa: PLC0415 - only this command needs it

    # Reading is done as whoever is meant; what is sent is written down to nobody's name but the assistant's.
    store, debate = replace(invocation, person=invocation.person or VIA).open()
    try:
        from tui.assistants.serving import serve  # noqa: PLC0415 - its SDK takes a second
    except ModuleNotFoundError as missing:
        if missing.name not in _SDK:
            raise
        raise Refused(MISSING) from missing
    if sys.stdin.isatty():
        say(f"waiting for an assistant to speak on standard input, about {debate.slug}; see docs/assistants.md")
    click.get_current_context().exit(serve(store, debate.slug))
