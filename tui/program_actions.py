"""What the keys of the whole program open: palette, help, export, and choices of a debate, a convention, a theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hypotheses.debate import Debate
from hypotheses.problems import AbduceError
from store import remembered
from store.expected import ANYTHING
from tui.commands import APP, TRYING, Command, commands_on
from tui.dialogs.help import Help
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.prompt import Prompt
from tui.export import read_target, write

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.entries import DebateSummary
    from tui.host import Host
    from tui.session import StoreCall


def commands_now(app: Host) -> tuple[Command, ...]:
    """Return every command that works now."""
    if app.debate is None:
        return APP
    return (*commands_on(app.showing), *(TRYING if app.trial else ()), *APP)


def show_help(app: Host) -> None:
    """Show every key that works now."""
    app.push_screen(Help(commands_now(app)))


def palette(app: Host) -> None:
    """Find a command by its name."""
    screen, focused = app.screen, app.focused
    by_id = {command.id: command for command in commands_now(app) if command.id != "palette"}

    def take(chosen: str | None) -> None:
        if chosen is not None:
            place = focused if focused and by_id[chosen].done_by == "focused" else screen
            app.call_later(app.run_action, by_id[chosen].action, place)

    choices = [Choice(c.id, c.name, c.help, c.shown_key) for c in by_id.values()]
    app.push_screen(Picker("Commands", choices), take)


def open_debate(app: Host) -> None:
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


def convention(app: Host, debate: Debate) -> None:
    """Choose which readings count."""

    def take(chosen: str | None) -> None:
        if chosen is not None and chosen != debate.convention:
            app.changes.ask(
                lambda store, seen: store.edit_debate(debate.slug, convention=chosen, expected=seen), debate
            )

    choices = [Choice(name, name, about_convention(debate, name)) for name in debate.conventions]
    app.push_screen(Picker("Which readings count", choices, debate.convention), take)


def about_convention(debate: Debate, name: str) -> str:
    """Say how many quantities and assumptions have a reading of this convention."""
    assumed = [assumption for hypothesis in debate.hypotheses.values() for assumption in hypothesis.assumes.values()]
    quantities = sum(name in quantity.readings for quantity in debate.quantities.values())
    assumptions = sum(name in assumption.readings for assumption in assumed)
    read = f"{quantities} of {len(debate.quantities)} quantities"
    return f"read: {read}, {assumptions} of {len(assumed)} assumptions" if assumed else f"read: {read}"


def theme(app: Host) -> None:
    """Choose the colours; the choice is kept."""

    def take(chosen: str | None) -> None:
        if chosen is not None:
            app.theme = chosen
            remembered.remember("theme", chosen)

    choices = [Choice(name, name) for name in sorted(app.available_themes)]
    app.push_screen(Picker("Themes", choices, app.theme), take)


def export(app: Host, debate: Debate) -> None:
    """Write the debate to a file; the ending of its name says the format."""
    session = app.session
    if session is None:
        return

    def edit(text: str) -> StoreCall:
        def written(store: DebateStore, _: object) -> None:
            reasons = {slug: entry.why for slug, entry in store.reasons(debate.slug).items()}
            app.notify(write(debate, text, reasons, sparing=store.own_files), markup=False)

        return written

    about = "A file ending in .md, .json or .yaml; an existing one is replaced only with a ! after its name"
    app.push_screen(Prompt("Export", about, f"{debate.slug}.md", read=read_target, edit=edit, seen=ANYTHING))
