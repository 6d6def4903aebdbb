"""The app: opens the store, holds the debate as it is now, and brings every change to the screens."""

from __future__ import annotations

import sys
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter

from hypotheses.debate import Debate
from hypotheses.estimates import Estimates
from hypotheses.problems import Malformed
from store import remembered
from store.errors import AbduceError
from tui import crash, external, terminal
from tui.commands import APP, DEBATE, Command, bindings
from tui.dialogs.base import Dialog
from tui.dialogs.help import Help, show_key
from tui.dialogs.message import Confirm
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.values import Values
from tui.messages import DebateChanged, DebateLoaded, HistoryRead
from tui.plain import clean_text
from tui.screens.debate import DebateScreen
from tui.session import Edit, Session, State

POLL_SECONDS = 0.7
"""How often other processes' changes are looked for; DESIGN promises a second."""


class AbduceApp(App[int]):
    """The terminal app."""

    CSS_PATH = "app.tcss"
    TITLE = "Abduce"
    ENABLE_COMMAND_PALETTE = False  # our own: Textual's ends the app under fast keys
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(APP),
        Binding("ctrl+c", "leave_hint", "Quit", show=False, id="leave_hint"),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, id="suspend"),
    ]

    def __init__(self, location: str | None = None, slug: str | None = None) -> None:
        """Open the database at `location` (None: the default) on the debate `slug` (None: the one opened last)."""
        super().__init__()
        self._location = location
        self._slug = slug
        self._filters_of_ours = terminal.ControlFilter()
        self.session: Session | None = None
        self.debate: Debate | None = None
        self.estimates: Estimates | None = None
        self.parting_words = ""
        """What to say on stderr after the screen is gone."""

    # Starting and ending

    def on_mount(self) -> None:
        """Paint first, then open the store."""
        terminal.end_on_signals(self.end)
        theme = remembered.recall("theme")
        if theme in self.available_themes:
            self.theme = theme
        self.push_screen(DebateScreen())
        self.call_after_refresh(self.open_store)

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's filters, then ours as the last."""
        return [*super().get_line_filters(), self._filters_of_ours]

    @work(thread=True, group="open")
    def open_store(self) -> None:
        """Open the database in a thread, and say so."""
        from store.debate_store import DebateStore  # noqa: PLC0415 - 0.3 s that the first paint does not wait for

        try:
            session = Session(DebateStore.open(self._location), self._told)
            debate = session.open(self._slug)
        except AbduceError as refused:
            self.parting_words = str(refused)
            self.call_from_thread(self.exit, refused.exit_code, refused.exit_code)
            return
        self.post_message(DebateLoaded(session, debate))
        session.tell(debate)

    def _told(self, state: State) -> None:
        self.post_message(DebateChanged(state))

    @on(DebateLoaded)
    def loaded(self, event: DebateLoaded) -> None:
        """Show the debate, and look for other processes' changes from now on."""
        self.session = event.session
        self._take(event.debate, None)
        self.set_interval(POLL_SECONDS, self.look)

    def end(self, code: int = 0) -> None:
        """Leave, keeping unsaved text."""
        crash.keep_drafts(self.screen_stack)
        self.exit(code, return_code=code)

    def action_leave(self) -> None:
        """Quit."""
        self.end()

    def action_leave_hint(self) -> None:
        """Say how to quit: ctrl+c copies in most programs."""
        self.notify("Press q to quit (esc first, inside a dialog).", markup=False)

    def _handle_exception(self, error: Exception) -> None:
        # Textual's own crash screen prints local variables and the script still ends with 0.
        sentence = crash.report(error, self.screen_stack)
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.panic(Text(clean_text(sentence)))

    # The one way of a change

    def commit(self, edit: Edit) -> None:
        """Make a change; the screens follow. Call it in a thread.

        Raises:
            AbduceError: the change was refused.
        """
        if self.session is not None:
            self.session.commit(edit)

    @work(thread=True, group="change")
    def change(self, edit: Edit) -> None:
        """Make a change in a thread; a refusal is told."""
        try:
            self.commit(edit)
        except (AbduceError, Malformed) as refused:
            self.call_from_thread(self.refuse, str(refused))

    def look(self) -> None:
        """Look for other processes' changes, unless the last look has not ended."""
        if not any(worker.group == "look" and worker.is_running for worker in self.workers):
            self._look()

    @work(thread=True, group="look")
    def _look(self) -> None:
        if self.session is None:
            return
        try:
            self.session.look()
        except AbduceError as refused:
            self.call_from_thread(self.refuse, str(refused))

    @on(DebateChanged)
    def changed(self, event: DebateChanged) -> None:
        """Show a new state, and say what was done."""
        state = event.state
        self._take(state.debate, state.estimates)
        if state.entry is not None:
            who = "" if state.ours else f"{state.entry.actor}: "
            self.notify(clean_text(f"{who}{state.entry.label}"), timeout=2.5, markup=False)

    def _take(self, debate: Debate, estimates: Estimates | None) -> None:
        self.debate, self.estimates = debate, estimates
        for screen in self.screen_stack:
            if isinstance(screen, DebateScreen | Values):
                screen.show(debate, estimates)
            if isinstance(screen, DebateScreen):
                self.read_history(screen.open_slug)
        self.refresh_bindings()

    @work(thread=True, group="history", exclusive=True)
    def read_history(self, hypothesis: str) -> None:
        """Read the journal of one explanation."""
        if self.session is not None and hypothesis:
            self.post_message(HistoryRead(hypothesis, self.session.history(hypothesis)))

    @on(HistoryRead)
    def history_read(self, event: HistoryRead) -> None:
        """Show it."""
        for screen in self.screen_stack:
            if isinstance(screen, DebateScreen):
                screen.show_history(event.hypothesis, event.entries)

    def refuse(self, sentence: str) -> None:
        """Tell that something was not done, and why."""
        self.notify(sentence, severity="error", timeout=8, markup=False)

    def action_undo(self) -> None:
        """Take back the last change."""
        self.change(lambda store, slug: store.undo(slug))

    def action_redo(self) -> None:
        """Make it again."""
        self.change(lambda store, slug: store.redo(slug))

    def action_convention(self) -> None:
        """Choose which readings count."""
        debate = self.debate
        if debate is None or isinstance(self.screen, Picker):
            return

        def take(chosen: str | None) -> None:
            if chosen is not None and chosen != debate.convention:
                self.change(lambda store, slug: store.edit_debate(slug, convention=chosen))

        choices = [Choice(name, name, convention_about(debate, name)) for name in debate.conventions]
        self.push_screen(Picker("Which readings count", choices, debate.convention), take)

    # Finding things

    def commands(self) -> tuple[Command, ...]:
        """Every command that works on the screen below any dialog."""
        return (*DEBATE, *APP) if self.debate is not None else APP

    def action_help(self) -> None:
        """Show every key."""
        if not isinstance(self.screen, Help):
            self.push_screen(Help(self.commands()))

    def action_palette(self) -> None:
        """Find a command by its name."""
        if isinstance(self.screen, Dialog):
            return
        screen = self.screen
        found = {command.id: command for command in self.commands() if command.id != "palette"}

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self.call_later(self.run_action, found[chosen].action, screen)

        choices = [Choice(c.id, c.name, c.help, show_key(c)) for c in found.values()]
        self.push_screen(Picker("Commands", choices), take)

    def action_open_debate(self) -> None:
        """Switch to another debate."""
        if self.session is None or isinstance(self.screen, Dialog):
            return
        current = self.debate.slug if self.debate else ""

        def take(chosen: str | None) -> None:
            if chosen is not None and chosen != current:
                self.switch_to(chosen)

        choices = [
            Choice(d.slug, d.title, f"{d.hypotheses} explanations, {d.evidence} pieces of evidence")
            for d in self.session.store.debates()
        ]
        self.push_screen(Picker("Debates", choices, current), take)

    @work(thread=True, group="open", exclusive=True)
    def switch_to(self, slug: str) -> None:
        """Take up another debate, in a thread."""
        if self.session is None:
            return
        try:
            self.session.tell(self.session.open(slug))
        except AbduceError as refused:
            self.call_from_thread(self.refuse, str(refused))

    def action_theme(self) -> None:
        """Choose the colours."""
        if isinstance(self.screen, Dialog):
            return

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self.theme = chosen
                remembered.remember("theme", chosen)

        choices = [Choice(name, name) for name in sorted(self.available_themes)]
        self.push_screen(Picker("Themes", choices, self.theme), take)

    # Reading

    def ask_to_browse(self, url: str) -> None:
        """Follow an http(s) link once the person has seen where it goes."""
        host = external.host_of(url)
        if not host:
            self.refuse(f"{clean_text(url)} is not a web address; it is not opened")
            return

        def take(agreed: bool | None) -> None:
            if agreed and not external.browse(url):
                self.refuse("There is no browser to open the link with")

        self.push_screen(Confirm(f"Open {host}?", url), take)


def convention_about(debate: Debate, name: str) -> str:
    """Say how many quantities have a reading of this convention."""
    count = sum(name in quantity.readings for quantity in debate.quantities.values())
    return f"{count} of {len(debate.quantities)} quantities have such a reading"


def run_app(location: str | None = None, slug: str | None = None) -> int:
    """Run the app on a terminal; return the exit code.

    `location` is a database path or URL (None: the default), `slug` a debate (None: the one opened last).
    """
    terminal.accept_any_bytes()
    app = AbduceApp(location, slug)
    result = app.run()
    if app.parting_words:
        print(f"abduce: {clean_text(app.parting_words)}", file=sys.stderr)  # noqa: T201 - the screen is gone
    return app.return_code or result or 0
