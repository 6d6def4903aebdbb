"""`check`: what deserves a second look."""

from __future__ import annotations

from dataclasses import asdict

import click

from hypotheses.checks import check
from tui.cli.failures import say
from tui.cli.invocation import CliCommand, Invocation, pass_invocation
from tui.cli.output import write, write_json


@click.command("check", cls=CliCommand)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def check_command(invocation: Invocation, *, as_json: bool) -> None:
    """List what is broken, and claims that do not follow from the numbers."""
    debate = invocation.debate()
    problems = check(debate)
    if as_json:
        write_json({"debate": debate.slug, "problems": [asdict(problem) for problem in problems]})
        return
    for problem in problems:
        write(str(problem))
    if not problems:
        say("nothing needs a second look")
