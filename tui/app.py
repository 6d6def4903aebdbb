"""The app: opens the store, holds the debate as it is now, and brings every change to the screens."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter

from hypotheses.debate import Debate, Idea
from hypotheses.problems import Malformed
from store import remembered
from store.errors import AbduceError
from tui import crash, external, terminal
from tui.commands import APP, DEBATE, Command, bindings
from tui.dialogs.base import Dialog
from tui.dialogs.help import Help, show_key
from tui.dialogs.message import Confirm, Page
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.values import Values
from tui.messages import DebateChanged, DebateLoaded, EstimatesReady
from tui.plain import clean_text
from tui.screens.debate import DebateScreen

if TYPE_CHECKING:
    from hypotheses.estimates import Engine, Estimates
    from store.debate_store import DebateStore
    from store.entries import Change, Entry

Edit = Callable[["DebateStore", str], "Change | None"]
"""One call of one store method; None if there is nothing to do."""

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
        self._estimating = threading.Lock()
        self._engine: Engine | None = None
        self._trying: Engine | None = None
        self.store: DebateStore | None = None
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
            store = DebateStore.open(self._location)
            debate = store.load(self._slug)
        except AbduceError as refused:
            self.parting_words = str(refused)
            self.call_from_thread(self.exit, refused.exit_code, refused.exit_code)
            return
        self.post_message(DebateLoaded(store, debate))
        self.post_message(EstimatesReady(debate, self.estimate(debate)))

    @on(DebateLoaded)
    def loaded(self, event: DebateLoaded) -> None:
        """Show the debate, and look for other processes' changes from now on."""
        self.store = event.store
        self._take(event.debate, None)
        self.set_interval(POLL_SECONDS, self.look_for_changes)

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
        self.panic(Text(sentence))

    # The one way of a change

    def estimate(self, debate: Debate) -> Estimates:
        """Compute the numbers of a debate; only what differs from the last time. Call it in a thread."""
        from hypotheses.estimates import Engine  # noqa: PLC0415 - not needed for the first paint

        with self._estimating:
            if self._engine is None:
                self._engine = Engine(debate)
            return _worked_out(self._engine.estimates(debate))

    def what_if(self, debate: Debate) -> Estimates:
        """Compute the numbers of a debate that is only tried. Call it in a thread."""
        from hypotheses.estimates import Engine  # noqa: PLC0415

        with self._estimating:
            if self._trying is None:
                self._trying = Engine(debate)
            return _worked_out(self._trying.estimates(debate))

    def commit(self, edit: Edit) -> Change | None:
        """Make a change and bring it to the screens. Call it in a thread.

        Raises:
            AbduceError: the change was refused.
        """
        if self.store is None or self.debate is None:
            return None
        change = edit(self.store, self.debate.slug)
        if change is not None:
            self.post_message(DebateChanged(change.debate, self.estimate(change.debate), change.entry))
        return change

    @work(thread=True, group="change")
    def change(self, edit: Edit) -> None:
        """Make a change in a thread; a refusal is told."""
        try:
            self.commit(edit)
        except (AbduceError, Malformed) as refused:
            self.call_from_thread(self.refuse, str(refused))

    @work(thread=True, group="look", exclusive=True)
    def look_for_changes(self) -> None:
        """Take in what other processes wrote."""
        if self.store is None or self.debate is None:
            return
        try:
            change = self.store.refresh(self.debate.slug)
        except AbduceError as refused:
            self.call_from_thread(self.refuse, str(refused))
            return
        if change is not None:
            self.post_message(DebateChanged(change.debate, self.estimate(change.debate), change.entry, ours=False))

    @on(DebateChanged)
    def changed(self, event: DebateChanged) -> None:
        """Show a change, and say what was done."""
        if self.debate is None or event.debate.slug != self.debate.slug:
            return
        self._take(event.debate, event.estimates)
        if event.entry is not None:
            who = "" if event.ours else f"{event.entry.actor}: "
            self.notify(f"{who}{event.entry.label}", timeout=2.5, markup=False)

    @on(EstimatesReady)
    def estimated(self, event: EstimatesReady) -> None:
        """Show the first numbers."""
        if event.debate is self.debate:
            self._take(event.debate, event.estimates)

    def _take(self, debate: Debate, estimates: Estimates | None) -> None:
        self.debate, self.estimates = debate, estimates or self.estimates
        for screen in self.screen_stack:
            if isinstance(screen, DebateScreen | Values):
                screen.show(debate, self.estimates)
            if isinstance(screen, DebateScreen):
                self.fetch_history(screen.open_slug)
        self.refresh_bindings()

    @work(thread=True, group="history", exclusive=True)
    def fetch_history(self, hypothesis: str) -> None:
        """Read the journal of one explanation."""
        if self.store is None or self.debate is None or not hypothesis:
            return
        entries = self.store.history(self.debate.slug, hypothesis=hypothesis)
        self.call_from_thread(self._history_ready, hypothesis, entries)

    def _history_ready(self, hypothesis: str, entries: tuple[Entry, ...]) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, DebateScreen):
                screen.show_history(hypothesis, entries)

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
        if self.store is None or isinstance(self.screen, Dialog):
            return
        current = self.debate.slug if self.debate else ""

        def take(chosen: str | None) -> None:
            if chosen is not None and chosen != current:
                self.switch_to(chosen)

        choices = [
            Choice(d.slug, d.title, f"{d.hypotheses} explanations, {d.evidence} pieces of evidence")
            for d in self.store.debates()
        ]
        self.push_screen(Picker("Debates", choices, current), take)

    @work(thread=True, group="open", exclusive=True)
    def switch_to(self, slug: str) -> None:
        """Load another debate, in a thread."""
        if self.store is None:
            return
        try:
            debate = self.store.load(slug)
        except AbduceError as refused:
            self.call_from_thread(self.refuse, str(refused))
        else:
            self.call_from_thread(self._take, debate, self.estimate(debate))

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

    def show_idea(self, idea: Idea) -> None:
        """Show a reader's idea, as text."""
        about = [f"{idea.kind}, {idea.status}", f"from {idea.sender}" if idea.sender else "", idea.received[:10]]
        related = f"\n\nRelated: {', '.join(idea.related)}" if idea.related else ""
        example = "\n\nAn example that came with the debate; nobody sent it." if idea.example else ""
        told = " · ".join(part for part in about if part)
        self.push_screen(Page(f"Idea {idea.number}", f"{idea.title}\n{told}\n\n{idea.text}{related}{example}"))

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


def _worked_out(estimates: Estimates) -> Estimates:
    """Have every figure that is on screen computed here, in a thread; they are worked out when first read."""
    for known in estimates.gaps.values():
        for outcome in (known.now, known.expected, *known.under.values()):
            if outcome is not None:
                _ = outcome.p5, outcome.median, outcome.p95
    return estimates


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
