"""The command `export`: a debate written to a file or to standard output."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from hypotheses import rules
from hypotheses.reports.style import (
    CONVENTIONS,
    FLAVOURS,
    FORMS,
    SOURCES,
    Conventions,
    Flavour,
    Form,
    FrontMatter,
    MarkdownStyle,
    Sources,
    form_of,
)
from tui.cli.failures import say
from tui.cli.invocation import CliCommand, Invocation, pass_invocation, read_with
from tui.cli.weighing import as_of_option, open_as_of
from tui.export import FORMATS, exported


@click.command("export", cls=CliCommand)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["md", "json", "yaml"]),
    help="Otherwise the file's ending says it; without a file it is md.",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write to a file; otherwise to standard output.")
@click.option("--form", type=click.Choice(FORMS), help="Of Markdown: a post (the default), everything, the ranking.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the N most plausible explanations.")
@click.option(
    "--sources", type=click.Choice(SOURCES), help="Linked in place (as in a post), in notes (a report), left out."
)
@click.option(
    "--conventions", type=click.Choice(CONVENTIONS), help="The gaps under every convention (the default), or this one."
)
@click.option("--flavour", type=click.Choice(FLAVOURS), help="Who reads it; kramdown with --front-matter, else gfm.")
@click.option("--front-matter", is_flag=True, help="Start with the header of a Jekyll post.")
@click.option("--date", "posted", metavar="DAY", callback=read_with(rules.whole_day), help="In the header.")
@click.option("--layout", metavar="NAME", callback=read_with(rules.line), help="In the header; otherwise post.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="In the header; may be given several times.")
@as_of_option
@click.option("--force", is_flag=True, help="Replace an existing file.")
@pass_invocation
def export_command(
    invocation: Invocation,
    *,
    kind: str | None,
    path: str | None,
    form: Form | None,
    top: int | None,
    sources: Sources | None,
    conventions: Conventions | None,
    flavour: Flavour | None,
    front_matter: bool,
    posted: str | None,
    layout: str | None,
    tags: tuple[str, ...],
    date: str,
    force: bool,
) -> None:
    """Write the debate as Markdown, JSON or YAML.

    Markdown is a post to publish as it is, a report of everything, or the ranked list alone.
    """
    target = Path(path or "")
    _goes_with({"--date": posted, "--layout": layout, "--tag": tags}, front_matter, "--front-matter")
    header = FrontMatter(posted or "", layout or "post", tags) if front_matter else None
    of_form = {"--sources": sources, "--conventions": conventions}
    of_markdown = {"--form": form, "--top": top, **of_form, "--flavour": flavour, "--front-matter": header}
    kind = kind or _format_of(path, for_markdown=any(of_markdown.values()))
    _goes_with(of_markdown, kind == "md", "Markdown")
    form = form or form_of(target)
    _goes_with(of_form, form != "list", "a post or a report")
    style = MarkdownStyle(
        form=form, front_matter=header, top=top, sources=sources, conventions=conventions or "all", flavour=flavour
    )
    store, debate, remark = open_as_of(invocation, date)
    reasons = {} if date else {slug: entry.why for slug, entry in store.reasons(debate.slug).items()}
    text = exported(debate, kind, style, reasons=reasons, remark=remark)
    if path in (None, "-"):
        sys.stdout.write(text)
        return
    from store.disk import write_whole  # noqa: PLC0415 - only files need it

    write_whole(target, text, sparing=store.own_files, force=force)
    say(f"exported {debate.slug} to {path}")


def _format_of(path: str | None, *, for_markdown: bool) -> str:
    """Return the format that a file's name ends in; Markdown where nothing else can be meant."""
    kind = FORMATS.get(Path(path or "").suffix.lower())
    if kind is None and path not in (None, "-") and not for_markdown:
        raise click.UsageError("which format? give --format md, json or yaml")
    return kind or "md"


def _goes_with(options: Mapping[str, object], there: bool, what: str) -> None:
    """Refuse options that were given without what they go with."""
    if given := [] if there else [name for name, value in options.items() if value]:
        raise click.UsageError(f"{given[0]} goes with {what}")
