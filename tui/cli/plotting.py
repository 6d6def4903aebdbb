"""`--plot FILE`: the chart of what a command shows, drawn into a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click

from hypotheses.timeline import as_of
from tui.cli.failures import say
from tui.cli.invocation import Invocation
from tui.export.files import write_files
from tui.export.formats import Format, ending_of, format_of
from tui.export.wanted import Wanted

Command = Callable[..., None]
_TRIED: Final = ("values", "scenario", "convention")
"""Options of what is only tried."""


def plots(chart: str) -> Callable[[Command], Command]:
    """Return what gives a command `--plot FILE`, with `--force`, for one of the charts."""

    def given(command: Command) -> Command:
        @click.option("--plot", metavar="FILE", help="Draw the chart of it into a file, too: .svg, or .png.")
        @click.option("--force", is_flag=True, help="Replace the FILE of --plot if it is there.")
        @wraps(command)
        def run(invocation: Invocation, *arguments: Any, plot: str | None, force: bool, **options: Any) -> None:  # noqa: ANN401
            form = _format(chart, plot, options) if plot else None
            command(invocation, *arguments, **options)
            if form is not None:
                _draw(invocation, form, Path(plot or ""), options.get("date") or "", force=force)

        return run

    return given


def _format(chart: str, path: str, options: dict[str, Any]) -> Format:
    kind = ending_of(path).rpartition(".")[2]
    if kind not in ("svg", "png"):
        raise click.UsageError(f"--plot {path}: expected a name that ends in .svg or .png")
    if any(options.get(name) for name in _TRIED):
        raise click.UsageError("--plot draws the debate as it is; it goes without what is only tried")
    return format_of(kind, chart)


def _draw(invocation: Invocation, form: Format, path: Path, date: str, *, force: bool) -> None:
    store, debate = invocation.open()
    stood = as_of(debate, date, store.stands(debate.slug), store.person(debate.slug)) if date else debate
    for written in write_files(path, form, stood, Wanted(), sparing=store.own_files, force=force):
        say(f"drew {written}")
