"""The `abduce` command: its options, its list of commands, and which module each is in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import click
from click.shell_completion import shell_complete

from tui.cli.invocation import CliGroup, Invocation, pass_invocation
from tui.cli.opening import open_app
from tui.cli.output import write

SECTIONS: Final = {
    "Debates": {
        "open": "debates",
        "debates": "debates",
        "new": "debates",
        "debate": "debate",
        "edit": "editing",
        "show": "debates",
        "export": "exporting",
        "import": "importing",
        "merge": "merging",
    },
    "Explanations": {
        "rank": "ranking",
        "plausibility": "ranking",
        "adopt": "weighing",
        "hypothesis": "ranking",
        "settle": "people",
    },
    "Evidence and ideas": {
        "evidence": "evidence",
        "cluster": "clusters",
        "idea": "ideas",
        "inbox": "inbox",
        "mcp": "assistants",
        "comment": "people",
    },
    "What follows": {
        "matrix": "weighing",
        "counts": "weighing",
        "doubts": "weighing",
        "cruxes": "weighing",
        "timeline": "weighing",
        "people": "people",
        "reckoning": "people",
    },
    "Numbers": {
        "estimate": "numbers",
        "quantities": "numbers",
        "quantity": "quantities",
        "value": "quantities",
        "reading": "readings",
        "convention": "readings",
        "gap": "gaps",
        "effect": "effects",
        "assume": "effects",
        "check": "checking",
    },
    "Changes": {"history": "journal", "undo": "journal", "redo": "journal"},
}
"""The commands as the help page groups them: name -> module of this package."""

COMMANDS: Final = {name: module for section in SECTIONS.values() for name, module in section.items()}


class Root(CliGroup):
    """Loads a command when it is called; a word that is no command is the debate to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the module of a command and return it."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"tui.cli.{COMMANDS[cmd_name]}"), f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called, and its arguments."""
        name = args[0]
        if name in COMMANDS or name.startswith("-") or len(args) > 1:
            return super().resolve_command(ctx, args)
        if (close := get_close_matches(name, COMMANDS, n=1, cutoff=0.7)) and name not in ctx.ensure_object(
            Invocation
        ).debate_slugs():
            ctx.fail(f"there is no command or debate {name!r}; did you mean {close[0]!r}?")
        return "open", self.get_command(ctx, "open"), args

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in their sections."""
        for title, names in SECTIONS.items():
            with formatter.section(title):
                commands = ((name, self.get_command(ctx, name)) for name in names)
                formatter.write_dl([(name, command.get_short_help_str(70)) for name, command in commands if command])


def _tell_version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if not asked:
        return
    try:
        write(f"abduce {version('abduce')}")
    except PackageNotFoundError:
        write("abduce, run from its sources")
    ctx.exit()


@click.group(
    cls=Root,
    invoke_without_command=True,
    subcommand_metavar="[DEBATE | COMMAND [ARGUMENTS]]",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_tell_version, help="Show the version."
)
@pass_invocation
@click.pass_context
def root(ctx: click.Context, invocation: Invocation) -> None:
    """Rank rival explanations, weigh the evidence, and see how much of the puzzle each would account for.

    Without a command, the app opens: on DEBATE, or on the debate opened last.
    """
    if ctx.invoked_subcommand is None:
        ctx.exit(open_app(invocation.location, invocation.debate_slug, invocation.person))


def run(arguments: Sequence[str]) -> None:
    """Run one command.

    click's own `main` would print errors in its own form and end a broken pipe with 1, so its two steps
    are taken here.

    Raises:
        click.exceptions.Exit: the command ended with this exit code.
        click.ClickException: the arguments are wrong.
        AbduceError: the command was refused.
    """
    if instruction := os.environ.get("_ABDUCE_COMPLETE"):
        raise click.exceptions.Exit(shell_complete(root, {}, "abduce", "_ABDUCE_COMPLETE", instruction))
    with root.make_context("abduce", list(arguments)) as ctx:
        root.invoke(ctx)
