"""What the keys of the whole program open: the palette, help, and choices of a debate, a convention, a theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Debate
from hypotheses.problems import AbduceError
from store import remembered
from tui import external
from tui.commands import APP, DEBATE, MATRIX, NUMBERS, TIMELINE, TRYING, Command
from tui.dialogs.help import Help, show_key
from tui.dialogs.message import Confirm
from tui.dialogs.picker import Choice, Picker
from tui.plain import clean_text

if TYPE_CHECKING:
    from store.entries import DebateSummary
    from tui.app import AbduceApp
    from tui.trying import Trial


OF_SCREEN: Final[Mapping[str, tuple[Command, ...]]] = {
    "debate": DEBATE,
    "matrix": MATRIX,
    "numbers": NUMBERS,
    "timeline": TIMELINE,
}
"""Name of a whole screen -> its commands."""


def commands(app: AbduceApp) -> tuple[Command, ...]:
    """Return every command that works now."""
    if app.debate is None:
        return APP
    return (*OF_SCREEN[app.showing], *(TRYING if app.trying.trial else ()), *APP)


def show_help(app: AbduceApp) -> None:
    """Show every key."""
    app.push_screen(Help(commands(app)))


def palette(app: AbduceApp) -> None:
    """Find a command by its name."""
    screen = app.screen
    found = {command.id: command for command in commands(app) if command.id != "palette"}

    def take(chosen: str | None) -> None:
        if chosen is not None:
            app.call_later(app.run_action, found[chosen].action, screen)

    choices = [Choice(c.id, c.name, c.help, show_key(c)) for c in found.values()]
    app.push_screen(Picker("Commands", choices), take)


def open_debate(app: AbduceApp) -> None:
    """Switch to another debate."""
    current = app.debate.slug if app.debate else ""

    def take(chosen: str | None) -> None:
        if chosen is not None and chosen != current:
            app.changes.open(chosen)

    def show(debates: Sequence[DebateSummary]) -> None:
        choices = [
            Choice(d.slug, d.title, f"{d.hypotheses} explanations, {d.evidence} pieces of evidence") for d in debates
        ]
        app.push_screen(Picker("Debates", choices, current), take)

    def read() -> None:
        if app.session is not None:
            try:
                app.call_from_thread(show, app.session.store.debates())
            except AbduceError as problem:
                app.call_from_thread(app.refuse, str(problem))

    app.run_worker(read, thread=True, group="debates", exclusive=True)


def convention(app: AbduceApp) -> None:
    """Choose which readings count."""
    debate = app.trying.real
    if debate is None:
        return

    def take(chosen: str | None) -> None:
        if chosen is not None and chosen != debate.convention:
            app.changes.ask(
                lambda store, seen: store.edit_debate(debate.slug, convention=chosen, expected=seen), debate
            )

    choices = [Choice(name, name, about_convention(debate, name)) for name in debate.conventions]
    app.push_screen(Picker("Which readings count", choices, debate.convention), take)


def cruxes(app: AbduceApp) -> None:
    """Look at what would change the conclusion, and try it."""
    from tui.dialogs.cruxes import Cruxes  # noqa: PLC0415 - few look at it

    def take(trial: Trial | None) -> None:
        if trial is not None:
            app.trying.start(trial)

    if app.debate is not None:
        app.push_screen(Cruxes(), take)


def about_convention(debate: Debate, name: str) -> str:
    """Say how many quantities have a reading of this convention."""
    count = sum(name in quantity.readings for quantity in debate.quantities.values())
    return f"{count} of {len(debate.quantities)} quantities have such a reading"


def theme(app: AbduceApp) -> None:
    """Choose the colours; the choice is kept."""

    def take(chosen: str | None) -> None:
        if chosen is not None:
            app.theme = chosen
            remembered.remember("theme", chosen)

    choices = [Choice(name, name) for name in sorted(app.available_themes)]
    app.push_screen(Picker("Themes", choices, app.theme), take)


def browse(app: AbduceApp, url: str) -> None:
    """Follow an http(s) link once the person has seen where it goes."""
    host = external.host_of(url)
    if not host:
        app.refuse(f"{clean_text(url)} is not a web address; it is not opened")
        return

    def take(agreed: bool | None) -> None:
        if agreed and not external.browse(url):
            app.refuse("There is no browser to open the link with")

    app.push_screen(Confirm(f"Open {host}?", url), take)


CHOICES: Final[Mapping[str, Callable[[AbduceApp], None]]] = {
    "help": show_help,
    "palette": palette,
    "open_debate": open_debate,
    "convention": convention,
    "theme": theme,
    "cruxes": cruxes,
}
"""Command id -> what it opens."""
