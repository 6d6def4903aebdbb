"""What the keys of the whole program open: help, export, and the choice of a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.debate import Debate
from hypotheses.edits.quantities import counts_parameters
from store import remembered
from tui.commands import APP, TRYING, Command, commands_on
from tui.dialogs.exporting import ExportPrompt
from tui.dialogs.help import Help
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.picturing import PicturePrompt
from tui.terminal.clean import clean_text

if TYPE_CHECKING:
    from tui.host import Host


def commands_now(app: Host) -> tuple[Command, ...]:
    """Return every command that works now."""
    if app.debate is None:
        return APP
    has_models = any(map(counts_parameters, app.debate.quantities.values()))
    here = [one for one in commands_on(app.showing) if one.needs != "model" or has_models]
    return (*here, *(TRYING if app.trial else ()), *APP)


def show_help(app: Host) -> None:
    """Show every key that works now."""
    app.push_screen(Help(commands_now(app)))


def theme(app: Host) -> None:
    """Choose the colours; the choice is kept."""

    def take(chosen: str | None) -> None:
        if chosen is not None:
            app.theme = chosen
            remembered.remember("theme", chosen)

    choices = [Choice(name, name) for name in sorted(app.available_themes)]
    app.push_screen(Picker("Themes", choices, app.theme), take)


def export(app: Host, debate: Debate) -> None:
    """Write the debate to a file."""
    if app.session is not None:
        app.push_screen(ExportPrompt(debate))


def picture(app: Host, debate: Debate) -> None:
    """Draw the screen into a file, as it is now."""
    svg = app.export_screenshot(title=clean_text(debate.title))
    app.push_screen(PicturePrompt(svg, f"{debate.slug}-{app.showing}.svg"))
