"""The `abduce` command: its options, its list of commands, and which module each is in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Final, NamedTuple

import click
from click.shell_completion import shell_complete

from tui.cli.invocation import CliGroup, Invocation, pass_invocation
from tui.cli.opening import open_app
from tui.cli.output import write


class HelpLine(NamedTuple):
    """A command on the help page, which loads none."""

    module: str
    """Of this package."""
    about: str
    """The first sentence of its help."""


SECTIONS: Final = {
    "Debates": {
        "open": HelpLine("debates", "Open the app on a debate, or on the one opened last."),
        "debates": HelpLine("debates", "List the debates of the database, the one opened last first."),
        "new": HelpLine("debates", "Start a debate from a file, with a title, or from an example."),
        "debate": HelpLine("debate", "Change the debate itself."),
        "edit": HelpLine("editing", "Edit the whole debate as YAML, in VISUAL or EDITOR."),
        "show": HelpLine("debates", "Show the ranking, or one explanation with its evidence."),
        "export": HelpLine("exporting", "Write the debate to publish, to edit, or for other programs."),
        "import": HelpLine("importing", "Take in debates, matrices, maps, references or readers' ideas."),
        "merge": HelpLine("merging", "Merge two versions of a debate file, key by key."),
    },
    "Explanations": {
        "rank": HelpLine("ranking", "Move an explanation up or down the ranking."),
        "plausibility": HelpLine("ranking", "Say how likely an explanation is; the ranking follows."),
        "adopt": HelpLine("weighing", "Take what the evidence implies as your plausibility."),
        "hypothesis": HelpLine("ranking", "Add, change, merge or remove explanations."),
        "settle": HelpLine("people", "Write down how an explanation turned out, or open it again."),
    },
    "Evidence and ideas": {
        "evidence": HelpLine("evidence", "Log evidence, and rate how it bears on explanations."),
        "cluster": HelpLine("clusters", "Evidence that hangs together, under one name."),
        "idea": HelpLine("ideas", "Send in an idea, read what came in, or decide what becomes of it."),
        "inbox": HelpLine("inbox", "Take in what readers sent, and answer where they sent it."),
        "mcp": HelpLine("assistants", "Let an assistant read the debate, estimate, and send ideas in."),
        "comment": HelpLine("people", "Comment on explanations, evidence, cells of the matrix and ideas."),
    },
    "What follows": {
        "matrix": HelpLine("weighing", "Show how the evidence rates everything, and what follows by scheme."),
        "counts": HelpLine("weighing", "Choose whether evidence that is older than the prior it moves counts."),
        "doubts": HelpLine("weighing", "Show what the evidence implies under each stated doubt, with places."),
        "cruxes": HelpLine("weighing", "Show what would change a conclusion, the smallest change first."),
        "timeline": HelpLine("weighing", "Show what the evidence implied over time, and what you stated."),
        "people": HelpLine("people", "Show what everybody holds, together and apart."),
        "reckoning": HelpLine("people", "Show how good plausibilities were, and which evidence misled."),
    },
    "Numbers": {
        "estimate": HelpLine("numbers", "Work out every gap; what-ifs are not stored."),
        "quantities": HelpLine("numbers", "List the quantities with what counts now."),
        "quantity": HelpLine("quantities", "Add, change, order or remove quantities."),
        "value": HelpLine("quantities", 'Change a quantity, e.g. to 890M or "30B to 300B".'),
        "reading": HelpLine("readings", "What each source says of a quantity or an assumption."),
        "convention": HelpLine("readings", "Which readings count, for the whole debate."),
        "gap": HelpLine("gaps", "Add, change, order or remove gaps, and say which is the puzzle."),
        "effect": HelpLine("effects", "What an explanation does to quantities if it is true."),
        "assume": HelpLine("effects", "What the effects of an explanation assume."),
        "check": HelpLine("checking", "List what is broken, and claims that do not follow from the numbers."),
    },
    "Changes": {
        "history": HelpLine("journal", "List who changed what, and when."),
        "undo": HelpLine("journal", "Take back your last change, or all of yours since an entry."),
        "redo": HelpLine("journal", "Make the change again that was undone last."),
    },
    "Keeping it": {
        "backup": HelpLine("keeping", "Copy the whole database into a file while others go on; verify it."),
        "restore": HelpLine("keeping", "Put a backup in the place of the database, which is kept."),
        "copy": HelpLine("copying", "Copy all debates, with their journals, into another database."),
        "doctor": HelpLine("keeping", "Look whether the database and what it runs on are in order."),
    },
}
"""The commands as the help page groups them, by name."""

COMMANDS: Final = {name: entry for section in SECTIONS.values() for name, entry in section.items()}


class Root(CliGroup):
    """Loads a command when it is called; a word that is no command is the debate to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the module of a command and return it."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"tui.cli.{COMMANDS[cmd_name].module}"), f"{cmd_name}_command")
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
        for title, entries in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, entry.about) for name, entry in entries.items()])


def _tell_version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if not asked:
        return
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - 20 ms that commands do not wait for

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
