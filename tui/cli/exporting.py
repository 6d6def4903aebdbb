"""The command `export`: a debate written to a file, a folder or standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

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
from store.paths import own_files
from tui.cli.failures import say
from tui.cli.invocation import CliCommand, Invocation, pass_invocation, read_with
from tui.cli.watching import watch
from tui.cli.weighing import as_of_option, open_as_of
from tui.export.files import write_files
from tui.export.formats import FORMATS, KINDS, VARIANTS, Format, format_named, format_of, variants_of
from tui.export.wanted import Wanted

if TYPE_CHECKING:
    from store.at_once import Early
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
    options = {
        "--form": form,
        "--table": table,
        "--chart": chart,
        "--top": top,
        "--sources": sources,
        "--conventions": conventions,
        "--flavour": flavour,
        "--front-matter": _header(posted, layout, tags, wanted=front_matter),
    }
    wanted = _format(kind, path, options)
    source = _read_watchable(invocation, path, date) if watching else _read(invocation, date)
    export = _Export(source, wanted, _style(wanted, path, options), Path(path or "-"), force)
    debate = source.debate
    if path in (None, "-"):
        _write_out(wanted, wanted.write(debate, replace(export.asked(debate.slug), name=debate.slug)))
    elif watching:
        watch(source.store(), debate.slug, export)
    else:
        export(debate)


def _header(posted: str | None, layout: str | None, tags: tuple[str, ...], *, wanted: bool) -> FrontMatter | None:
    if (posted or layout or tags) and not wanted:
        raise click.UsageError(f"{'--date' if posted else '--layout' if layout else '--tag'} goes with --front-matter")
    return FrontMatter(posted or "", layout or "post", tags) if wanted else None


def _style(wanted: Format, path: str | None, options: Mapping[str, Any]) -> MarkdownStyle:
    """Return how Markdown is written, by the options that were given."""
    form = cast("Form", wanted.variant) if wanted.kind == "md" else options["--form"] or form_of(Path(path or ""))
    return MarkdownStyle(
        form=form,
        front_matter=options["--front-matter"],
        top=options["--top"],
        sources=options["--sources"],
        conventions=options["--conventions"] or "all",
        flavour=options["--flavour"],
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """The debate that is written, and where more is asked about it."""

    debate: Debate
    store: Callable[[], DebateStore]
    """Opens the database."""
    early: Early | None = None
    """What was read without opening it."""
    as_it_stood: bool = False
    """Whether it is one of the past, of which no reasons are known."""
    remark: str = ""

    def reasons(self, slug: str) -> Mapping[str, str]:
        """Return why each plausibility was last revised, as far as somebody said."""
        if self.early is not None and not self.early.has_reasons:
            return {}
        return {name: entry.why for name, entry in self.store().reasons(slug).items()}

    @property
    def own_files(self) -> Sequence[Path]:
        """The files that nothing may be written onto."""
        return self.store().own_files if self.early is None else tuple(own_files(self.early.path))


def _read(invocation: Invocation, date: str) -> _Source:
    """Read the debate as it is now, or as it stood on a date."""
    store = cache(invocation.store)
    if date:
        debate, remark = open_as_of(invocation, date)
        return _Source(debate, store, as_it_stood=True, remark=remark)
    early = invocation.at_once()
    return _Source(store().load(invocation.debate_slug) if early is None else early.debate, store, early)


def _read_watchable(invocation: Invocation, path: str | None, date: str) -> _Source:
    """Read a debate that is written again as it changes, which only its store can tell."""
    if path in (None, "-") or date:
        raise click.UsageError("--watch goes with -o FILE, and the debate as it is now")
    store = cache(invocation.store)
    return _Source(store().load(invocation.debate_slug), store)


@dataclass
class _Export:
    """Writes a debate to its files; again over what it wrote itself."""

    source: _Source
    wanted: Format
    style: MarkdownStyle
    path: Path
    force: bool

    def asked(self, slug: str) -> Wanted:
        """Return what is asked for, with the reasons as they are now."""
        source = self.source
        if source.as_it_stood:
            return Wanted(self.style, remark=source.remark)
        return Wanted(self.style, source.reasons(slug), lambda: source.store().stands(slug))

    def __call__(self, debate: Debate) -> None:
        asked, sparing = self.asked(debate.slug), self.source.own_files
        written = write_files(self.path, self.wanted, debate, asked, sparing=sparing, force=self.force)
        self.force = True
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
