"""Commands on readers' ideas: `idea submit|list|show`."""

from __future__ import annotations

import sys

import click

from hypotheses.debate import Idea, IdeaKind
from hypotheses.problems import NotFound, Refused
from hypotheses.reports.debate_json import idea_shape
from hypotheses.rules import TITLE_LENGTH
from tui.cli.failures import say
from tui.cli.invocation import (
    CliGroup,
    Invocation,
    field_option,
    find_hypothesis,
    pass_invocation,
    read_stdin,
    text_or_stdin,
)
from tui.cli.output import TableColumn, write, write_json, write_table


@click.group("idea", cls=CliGroup)
def idea_command() -> None:
    """Send in an idea, or read what came in."""


@idea_command.command("submit")
@click.argument("title", required=False)
@click.option("--text", callback=text_or_stdin, help="The idea; without it or with - it is read from standard input.")
@field_option(Idea, "kind", help=None, default="comment", show_default=True)
@field_option(Idea, "sender", default="", metavar="NAME")
@click.option("--hypothesis", help="The explanation it is about.")
@pass_invocation
def submit(
    invocation: Invocation, *, title: str | None, text: str | None, kind: IdeaKind, sender: str, hypothesis: str | None
) -> None:
    """Put an idea into the inbox. Without TITLE, its first line is the title."""
    if text is None and not sys.stdin.isatty():
        text = read_stdin()
    text = (text or "").strip()
    if title is None:
        title = text.partition("\n")[0].strip()[:TITLE_LENGTH]
    if not title:
        raise Refused("the idea is empty; give a title, --text, or text on standard input")
    store, debate = invocation.open()
    slug = find_hypothesis(debate, hypothesis).slug if hypothesis is not None else ""
    change = store.submit_idea(debate.slug, title=title, text=text, kind=kind, sender=sender, hypothesis=slug)
    say(f"idea {max(change.debate.ideas)} is in the inbox: {title}")


@idea_command.command("list")
@field_option(Idea, "status", help="Only these.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def list_(invocation: Invocation, status: str | None, as_json: bool) -> None:
    """List the ideas."""
    _, debate = invocation.open()
    chosen = [idea for idea in debate.ideas.values() if status in (None, idea.status)]
    if as_json:
        write_json({"debate": debate.slug, "ideas": [idea_shape(idea) for idea in chosen]})
        return
    write_table(
        [
            TableColumn("#", right=True),
            TableColumn("Status"),
            TableColumn("Kind"),
            TableColumn("Title", fold=True),
            TableColumn("From", fold=True),
        ],
        [(str(i.number), i.status, i.kind, i.title, "(an example)" if i.example else i.sender) for i in chosen],
    )


@idea_command.command("show")
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def show(invocation: Invocation, number: int, as_json: bool) -> None:
    """Show one idea."""
    _, debate = invocation.open()
    if number not in debate.ideas:
        raise NotFound("idea", str(number))
    idea = debate.ideas[number]
    if as_json:
        write_json(idea_shape(idea))
        return
    example = ", a made-up example" if idea.example else ""
    write(f"{idea.number}. {idea.title} [{idea.kind}, {idea.status}{example}]\n")
    lines = {
        "from": idea.sender,
        "received": idea.received,
        "about": idea.hypothesis,
        "related": ", ".join(idea.related),
        "reason": idea.reason,
    }
    for name, text in lines.items():
        if text:
            write(f"{name:<9} {text}")
    if idea.text:
        write(f"\n{idea.text}")
