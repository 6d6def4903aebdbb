"""Commands on readers' ideas: `idea submit|list|show`; what decides them is in `deciding.py`."""

from __future__ import annotations

import sys

import click

from hypotheses.idea import Idea, IdeaKind
from hypotheses.problems import Refused
from hypotheses.reports.debate_json import idea_shape
from store.paths import database_location
from tui.cli.deciding import DECIDING, find_idea
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
from tui.cli.typed_ideas import send_edited, title_and_text


@click.group("idea", cls=CliGroup)
def idea_command() -> None:
    """Send in an idea, read what came in, or decide what becomes of it."""


@idea_command.command("submit")
@click.argument("title", required=False)
@click.option("--text", callback=text_or_stdin, help="The idea, in Markdown; - reads standard input.")
@field_option(Idea, "kind", help=None, default="comment", show_default=True)
@field_option(Idea, "sender", default="", metavar="NAME")
@field_option(Idea, "url", default="")
@field_option(Idea, "contact", default="")
@click.option("--unnamed", is_flag=True, help="Do not name the sender when the idea is taken up.")
@click.option("--hypothesis", help="The explanation it is about.")
@pass_invocation
def submit(
    invocation: Invocation,
    *,
    title: str | None,
    text: str | None,
    kind: IdeaKind,
    sender: str,
    url: str,
    contact: str,
    unnamed: bool,
    hypothesis: str | None,
) -> None:
    """Put an idea into the inbox.

    Without TITLE, the first line of the text is the title. Without either, it is typed in VISUAL or EDITOR, or read
    from standard input where that is no terminal; - as TITLE always reads that.
    """
    if text is None and (title == "-" or not sys.stdin.isatty()):
        text = read_stdin()
    title = None if title == "-" else title
    store, debate = invocation.open()
    slug = find_hypothesis(debate, hypothesis).slug if hypothesis is not None else ""

    def send(title: str, text: str) -> Idea:
        sent = Idea(
            0,
            title,
            text,
            kind,
            sender,
            hypothesis=slug,
            url=url,
            contact=contact,
            via="command line",
            unnamed=unnamed,
        )
        after = store.submit_idea(debate.slug, sent).debate
        return after.ideas[max(after.ideas)]

    if title is None and text is None:
        idea = send_edited(debate, database_location(invocation.location), send)
    else:
        idea = send(*_given(title, text or ""))
    say(f"idea {idea.number} is in the inbox: {idea.title}; its reference is {idea.reference}")


def _given(title: str | None, text: str) -> tuple[str, str]:
    """Return the title and the text that were given, the first line being the title if there is no other.

    Raises:
        Refused: there is none.
    """
    title, text = title_and_text(text) if title is None else (title, text.strip())
    if not title.strip():
        raise Refused("the idea is empty; give a title, --text, or text on standard input")
    return title, text


@idea_command.command("list")
@field_option(Idea, "status", help="Only these.")
@click.option("--open", "is_open", is_flag=True, help="Only those that nobody has decided yet.")
@field_option(Idea, "kind", help="Only these.")
@click.option("--from", "sender", metavar="NAME", help="Only those of one sender.")
@click.option("--hypothesis", help="Only those about one explanation.")
@click.option("--search", "words", metavar="WORDS", help="Only those that have these words, as the Inbox finds them.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def list_(
    invocation: Invocation,
    *,
    status: str | None,
    is_open: bool,
    kind: str | None,
    sender: str | None,
    hypothesis: str | None,
    words: str | None,
    as_json: bool,
) -> None:
    """List the ideas."""
    store, debate = invocation.open()
    found = store.search_ideas(debate.slug, words) if words is not None else debate.ideas
    slug = find_hypothesis(debate, hypothesis).slug if hypothesis is not None else None
    chosen = [
        idea
        for idea in debate.ideas.values()
        if idea.number in found
        and status in (None, idea.status)
        and kind in (None, idea.kind)
        and sender in (None, idea.sender)
        and slug in (None, idea.hypothesis)
        and (idea.is_open or not is_open)
    ]
    if as_json:
        write_json({"debate": debate.slug, "ideas": [idea_shape(idea, private=True) for idea in chosen]})
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
@click.argument("idea", metavar="IDEA")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def show(invocation: Invocation, idea: str, as_json: bool) -> None:
    """Show one idea, by its number or its reference."""
    debate = invocation.debate()
    shown = find_idea(debate, idea)
    if as_json:
        write_json(idea_shape(shown, private=True))
        return
    example = ", a made-up example" if shown.example else ""
    write(f"{shown.number}. {shown.title} [{shown.kind}, {shown.status}{example}]\n")
    lines = {
        "from": f"{shown.sender}{' (not to be named)' if shown.unnamed else ''}" if shown.sender else "",
        "contact": shown.contact,
        "received": shown.received,
        "via": shown.via,
        "about": shown.hypothesis,
        "link": shown.url,
        "related": ", ".join(shown.related),
        "became": ", ".join(shown.became),
        "reason": shown.reason,
        "reference": shown.reference,
    }
    for name, text in lines.items():
        if text:
            write(f"{name:<9} {text}")
    if shown.text:
        write(f"\n{shown.text}")


for deciding in DECIDING:
    idea_command.add_command(deciding)
