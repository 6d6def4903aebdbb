"""The command `export`: a debate written to a file, a folder or standard output."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from hypotheses import rules
from hypotheses.debate import Debate
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
from tui.cli.watching import watch
from tui.cli.weighing import as_of_option, open_as_of
from tui.export.files import write_files
from tui.export.formats import FORMATS, KINDS, VARIANTS, Format, format_named, format_of, variants_of
from tui.export.wanted import Wanted

if TYPE_CHECKING:
    from store.debate_store import DebateStore


@click.command("export", cls=CliCommand)
@click.option(
    "--format",
    "kind",
    type=click.Choice(KINDS),
    help="Otherwise the file's ending says it; without a file it is md.",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write to a file; otherwise to standard output.")
@click.option("--form", type=click.Choice(FORMS), help="Of Markdown: a post (the default), everything, the ranking.")
@click.option("--table", type=click.Choice(variants_of("csv")), help="Of CSV: the matrix (the default) or another one.")
@click.option("--chart", type=click.Choice(variants_of("svg")), help="Of SVG and PNG: which; otherwise the ranking.")
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
@click.option("--watch", "watching", is_flag=True, help="Write it again whenever the debate changes, until ctrl-c.")
@pass_invocation
def export_command(
    invocation: Invocation,
    *,
    kind: str | None,
    path: str | None,
    form: Form | None,
    table: str | None,
    chart: str | None,
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
    watching: bool,
) -> None:
    """Write the debate to publish, to edit, or for other programs.

    Markdown is a post to publish as it is, a report of everything, or the ranked list alone.
    """
    if (posted or layout or tags) and not front_matter:
        raise click.UsageError(f"{'--date' if posted else '--layout' if layout else '--tag'} goes with --front-matter")
    header = FrontMatter(posted or "", layout or "post", tags) if front_matter else None
    options = {
        "--form": form,
        "--table": table,
        "--chart": chart,
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
    if watching and (path in (None, "-") or date):
        raise click.UsageError("--watch goes with -o FILE, and the debate as it is now")
    store, debate, remark = open_as_of(invocation, date)
    export = _Export(
        store,
        wanted,
        style,
        path=Path(path or "-"),
        slug="" if date else debate.slug,
        remark=remark,
        force=force,
    )
    if path in (None, "-"):
        _write_out(wanted, wanted.write(debate, replace(export.asked(), name=debate.slug)))
    elif watching:
        watch(store, debate.slug, export)
    else:
        export(debate)


class _Export:
    """Writes a debate to its files; again over what it wrote itself."""

    def __init__(
        self,
        store: DebateStore,
        wanted: Format,
        style: MarkdownStyle,
        *,
        path: Path,
        slug: str,
        remark: str,
        force: bool,
    ) -> None:
        """`slug` is of the debate as it is now; empty for one of the past, of which no reasons are known."""
        self._store = store
        self._wanted = wanted
        self._style = style
        self._path = path
        self._slug = slug
        self._remark = remark
        self._force = force

    def asked(self) -> Wanted:
        """Return what is asked for, with the reasons as they are now."""
        reasons = {slug: entry.why for slug, entry in self._store.reasons(self._slug).items()} if self._slug else {}
        stands = partial(self._store.stands, self._slug) if self._slug else tuple
        return Wanted(self._style, reasons, stands, self._remark)

    def __call__(self, debate: Debate) -> None:
        self._slug = debate.slug if self._slug else ""
        written = write_files(
            self._path, self._wanted, debate, self.asked(), sparing=self._store.own_files, force=self._force
        )
        self._force = True
        for path in written:
            say(f"exported {debate.slug} to {path}")


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
