"""The command `export`: a debate written to a file, a folder or standard output."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

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
from tui.export.asked import Asked
from tui.export.files import write_files
from tui.export.formats import FORMATS, KINDS, VARIANTS, Format, format_named, format_of


@click.command("export", cls=CliCommand)
@click.option(
    "--format",
    "kind",
    type=click.Choice(KINDS),
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
    """Write the debate in one of many formats, to publish, to edit, or for other programs.

    Markdown is a post to publish as it is, a report of everything, or the ranked list alone.
    """
    if (posted or layout or tags) and not front_matter:
        raise click.UsageError(f"{'--date' if posted else '--layout' if layout else '--tag'} goes with --front-matter")
    header = FrontMatter(posted or "", layout or "post", tags) if front_matter else None
    options = {
        "--form": form,
        "--top": top,
        "--sources": sources,
        "--conventions": conventions,
        "--flavour": flavour,
        "--front-matter": header,
    }
    wanted = _format(kind, path, options)
    style = MarkdownStyle(
        form=cast("Form", wanted.variant) if wanted.kind == "md" else form or form_of(Path(path or "")),
        front_matter=header,
        top=top,
        sources=sources,
        conventions=conventions or "all",
        flavour=flavour,
    )
    store, debate, remark = open_as_of(invocation, date)
    reasons = {} if date else {slug: entry.why for slug, entry in store.reasons(debate.slug).items()}
    asked = Asked(style, reasons, remark)
    if path in (None, "-"):
        _write_out(wanted, wanted.write(debate, replace(asked, name=debate.slug)))
        return
    for written in write_files(Path(path or ""), wanted, debate, asked, sparing=store.own_files, force=force):
        say(f"exported {debate.slug} to {written}")


def _format(kind: str | None, path: str | None, options: Mapping[str, object]) -> Format:
    """Return the format that is asked for, by an option or by a name; refuse options that do not go with it."""
    given = [option for option, value in options.items() if value]
    to_file = path not in (None, "-")
    named = format_named(path or "") if to_file else None
    kind = kind or (named.kind if named else _kind_of(given))
    if kind is None and to_file:
        raise click.UsageError(f"which format? give --format {', '.join(KINDS)}")
    kind = kind or "md"
    variant = str(options.get(VARIANTS[kind].option) or "") if kind in VARIANTS else ""
    wanted = named if named and named.kind == kind and not variant else format_of(kind, variant)
    if odd := next((option for option in given if option not in wanted.options), None):
        going = [one.title for one in FORMATS if odd in one.options]
        raise click.UsageError(f"{odd} goes with {', '.join(going)}")
    return wanted


def _kind_of(given: list[str]) -> str | None:
    """Return the first kind with which all options go that are given; None without any."""
    return next((one.kind for one in FORMATS if given and one.options.issuperset(given)), None)


def _write_out(wanted: Format, written: object) -> None:
    if isinstance(written, str):
        sys.stdout.write(written)
    elif isinstance(written, bytes):
        sys.stdout.flush()
        sys.stdout.buffer.write(written)
    else:
        raise click.UsageError(f"{wanted.title} is a folder of files; give -o FOLDER")
