"""The app: opens the store, holds the debate as it is now, and brings every change to the screens."""

from __future__ import annotations

import gc
import sys
from collections import deque
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ScreenStackError
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.filter import LineFilter, Monochrome
from textual.screen import Screen

from hypotheses.debate import Debate
from hypotheses.people import people
from hypotheses.problems import AbduceError
from store import remembered
from store.drafts import Drafts
from store.errors import Conflict, DatabaseProblem
from store.paths import database_location
from tui import crash
from tui.changes import Asked, Changes
from tui.commands import APP, COMMON, TRYING, bindings, explaining, why_not
from tui.debate.screen import DebateScreen
from tui.dialogs.dialog import Dialog
from tui.host import Host, Target
from tui.keyboard import Keyboard
from tui.screens import Showing, Typing
from tui.terminal import escape_keys, guards
from tui.terminal.clean import clean_text
from tui.terminal.no_colour import NoColours
from tui.terminal.palette import palette
from tui.trying import Trying

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from store.debate_store import DebateStore
    from store.entries import Entry
    from tui.session import Session, State

WHOLE_SCREENS = {
    "matrix": ("tui.matrix.screen", "MatrixScreen"),
    "numbers": ("tui.numbers.screen", "NumbersScreen"),
    "timeline": ("tui.timeline.screen", "TimelineScreen"),
}
"""Name -> module and class of each screen beside the Debate screen; loaded when it is first shown."""
POLL_SECONDS = 0.7
"""How often other processes' changes are looked for; DESIGN promises a second."""
NEEDS = {command.id: command.needs for command in (*COMMON, *APP)}
"""Command -> what the cursor has to be on, of those that the app carries out."""


class AbduceApp(Host):
    """The terminal app."""

    CSS_PATH = "debate/screen.tcss"
    TITLE = "Abduce"
    ENABLE_COMMAND_PALETTE = False  # our own: Textual's ends the app under fast keys
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(APP),
        *bindings(TRYING),
        *explaining(),
        Binding("ctrl+c", "leave_hint", "Quit", show=False, id="leave_hint"),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, id="suspend"),
    ]

    def __init__(self, location: str | None = None, slug: str | None = None, person: str | None = None) -> None:
        """Open a database (None: the default) on a debate (None: the one opened last) as somebody (None: the user)."""
        super().__init__(guards.driver_class())
        guards.let_go_of_lines()
        self._disable_notifications = True  # Textual's toasts, that is: ours are in `terminal.toast`
        self._person = person
        self._location = location
        self._slug = slug
        self._filters_of_ours = guards.ControlFilter()
        self._offers: deque[tuple[Asked, Conflict]] = deque()
        self._store: DebateStore | None = None
        """Closed when the app ends, whether or not a debate was found in it."""
        self.changes = Changes(self, self._offer)
        self.keyboard = Keyboard(self)
        self.drafts = Drafts(database_location(location))
        self.debate: Debate | None = None
        self.estimates: Estimates | None = None
        self.number = 0
        """Of the last journal entry that is on screen."""
        self.trying = Trying(self, self.changes, self._show)
        self.parting_words = ""
        """What to say on stderr after the screen is gone."""

    @property
    def seen_as(self) -> str:
        """The name to show for that, where it matters: for a program started as somebody, and among several people."""
        if self.session is None or self.debate is None:
            return ""
        return self.session.store.actor if self._person is not None or len(people(self.debate)) > 1 else ""

    # Starting and ending

    def on_mount(self) -> None:
        """Paint first, then open the store."""
        guards.end_on_signals(self.end)
        theme = remembered.recall("theme")
        if theme in self.available_themes:
            self.theme = theme
        self.call_after_refresh(self.open_store)

    def get_css_variables(self) -> dict[str, str]:
        """Return Textual's variables and our own colours, once per theme."""
        variables = super().get_css_variables()
        theme = self.current_theme
        self.theme_variables = variables | palette(variables, dark=theme.dark, ansi=theme.ansi)
        return self.theme_variables

    def get_default_screen(self) -> Screen[None]:
        """The Debate screen is the first and lowest one."""
        return DebateScreen()

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's filters, then ours as the last; with NO_COLOR set, Textual's greys are colours too."""
        theirs = super().get_line_filters()
        if self.no_color:
            theirs = [*(one for one in theirs if not isinstance(one, Monochrome)), NoColours()]
        return [*theirs, self._filters_of_ours]

    @work(thread=True, group="open")
    def open_store(self) -> None:
        """Open the database in a thread, and say so."""
        # 0.3 s of imports that the first paint does not wait for.
        from store.debate_store import open_as  # noqa: PLC0415
        from tui.session import Session  # noqa: PLC0415

        try:
            self._store = open_as(self._person, self._location)
            if self.leaving:  # too late for `_shutdown` to close it
                self._store.close()
                return
            session = Session(self._store)
            state = session.open(self._slug)
        except AbduceError as refused:
            self.parting_words = str(refused)
            self.call_from_thread(self.exit, refused.exit_code, refused.exit_code)
            return
        self.call_later(self._loaded, session, state)

    def _loaded(self, session: Session, state: State) -> None:
        """Show the debate, and look for other processes' changes from now on."""
        self.changes.begin(session, state)
        self.set_interval(POLL_SECONDS, self.changes.look)

    def end(self, code: int = 0) -> None:
        """Leave, keeping unsaved text."""
        self.leaving = True
        self._keep_drafts()
        self.exit(code, return_code=code)

    def _keep_drafts(self) -> str:
        """Keep what stands unsaved in open forms; return what became of it, in words."""
        try:
            for screen in self.screen_stack:
                if isinstance(screen, Dialog):
                    screen.keep_draft()
        except Exception as failed:  # the screen may be half gone, and what ends the program counts more
            return f"; unsaved text could not be kept ({failed})"
        return ", and unsaved text of an open form is kept"

    def action_leave(self) -> None:
        """Quit."""
        self.end()

    def action_leave_hint(self) -> None:
        """Say how to quit: ctrl+c copies in most programs."""
        self.notify("Press q to quit (esc first, inside a dialog).", markup=False)

    async def _shutdown(self) -> None:
        # Every way out comes here, also one that did not ask `end`.
        self.leaving = True
        await super()._shutdown()
        self.drafts.close()
        if self._store is not None:
            self._store.close()

    def unexpected(self, error: Exception) -> None:
        """End the program because of its own fault, told in one sentence."""
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        if self.leaving and isinstance(error, NoMatches | ScreenStackError):
            # A message that was still under way asked for a widget or screen that is gone already.
            return
        # Textual's own crash screen prints local variables and the script still ends with 0.
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self.parting_words = f"{crash.told_of(error)}. Everything saved is safe{self._keep_drafts()}."
        self.panic()

    # What is typed

    async def on_event(self, event: events.Event) -> None:
        """Have keys and pastes wait for each other; everything else is Textual's."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.keyboard.take(event)
        else:
            await super().on_event(event)

    async def carry_out(self, event: events.Key | events.Paste) -> None:
        """Do what a key or a paste is for."""
        await super().on_event(event)

    def at_rest(self) -> None:
        """Go on with what waited until nothing more was typed: a change that met another person's is offered.

        A key that was typed before that was seen could otherwise decide it.
        """
        if self._offers and self.keyboard.idle and not self.leaving and not isinstance(self.screen, Dialog):
            from tui.dialogs.conflict import offered  # noqa: PLC0415 - dialogs are loaded when the first is opened

            offered(self, *self._offers.popleft())

    def _offer(self, asked: Asked, conflict: Conflict) -> None:
        """Offer both what was asked for and what another person did meanwhile, once nobody types."""
        self._offers.append((asked, conflict))
        self.call_later(self.at_rest)

    # What changes

    def take(self, state: State) -> None:
        """Show a new state, and say what was done."""
        if state.estimates is not None and not gc.isenabled():
            gc.freeze()
            gc.enable()
        before, self.number = self.real, state.number
        self.trying.overtaken(state)
        self._show(state.debate, state.estimates)
        if state.entry is not None and not self._is_plain(before, state):
            tell = partial(self.notify, clean_text(_told_of(state.entry, ours=state.ours)), timeout=2.5, markup=False)
            if state.ours:
                self.soon(tell)
            else:
                tell()  # before a change of ours is refused because of it

    def _is_plain(self, before: Debate | None, state: State) -> bool:
        """Say whether a change of ours is plain on the screen one is on."""
        if before is None or state.entry is None or not state.ours or state.entry.kind != "change":
            return False
        return isinstance(self.screen, Showing) and self.screen.makes_plain(before, state.debate)

    def _show(self, debate: Debate, estimates: Estimates | None) -> None:
        if self.leaving:
            return
        self.debate, self.estimates = debate, estimates
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Showing):
                screen.follow(debate, estimates)
            if not screen.is_modal:
                break  # those below are out of sight
        self.soon(self.refresh_bindings)

    def read_history(self, hypothesis: str) -> None:
        """Have the journal of one explanation read and shown."""
        self._read_history(hypothesis)

    @work(thread=True, group="history", exclusive=True)
    def _read_history(self, hypothesis: str) -> None:
        if self.session is None or self.debate is None or not hypothesis:
            return
        try:
            entries = self.session.history(self.debate.slug, hypothesis)
        except DatabaseProblem as problem:
            self.call_from_thread(self.changes.cannot_read, problem)
        else:
            self.call_later(self._show_history, hypothesis, entries)

    def _show_history(self, hypothesis: str, entries: tuple[Entry, ...]) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, DebateScreen):
                screen.show_history(hypothesis, entries)

    def action_undo(self) -> None:
        """Take back the last change that is on screen."""
        if self.debate is not None:
            slug = self.debate.slug
            self.changes.ask(lambda store, seen: store.undo(slug, expected=seen), self.number)

    def action_redo(self) -> None:
        """Make the change that was taken back again."""
        if self.debate is not None:
            slug = self.debate.slug
            self.changes.ask(lambda store, seen: store.redo(slug, expected=seen), self.number)

    def action_put_back(self) -> None:
        """End what is tried."""
        self.trying.put_back()

    def action_keep_tried(self) -> None:
        """Make what is tried for good."""
        self.trying.keep()

    # Screens

    def action_show_debate(self) -> None:
        """Go to the Debate screen, which is under every other one."""
        self.go_back()

    def go_back(self) -> None:
        """Leave a whole screen for the Debate screen under it."""
        if not isinstance(self.screen, Dialog | DebateScreen):
            self.pop_screen()

    def go_to(self, hypothesis: str) -> None:
        """Open an explanation, on the Debate screen."""
        self.go_back()
        if isinstance(self.screen, DebateScreen):
            self.screen.go_to(hypothesis)

    def action_show(self, name: str) -> None:
        """Go to another of the whole screens; it stands over the Debate screen, in the place of any other."""
        if self.debate is None or isinstance(self.screen, Dialog) or self.showing == name:
            return
        module, screen = WHOLE_SCREENS[name]
        made: Screen[None] = getattr(import_module(module), screen)()
        if isinstance(self.screen, DebateScreen):
            self.push_screen(made)
        else:
            self.switch_screen(made)

    @property
    def showing(self) -> str:
        """The name of the whole screen that is shown, under its dialogs if there are any."""
        shown = {type(screen).__name__ for screen in self.screen_stack}
        return next((name for name, (_, screen) in WHOLE_SCREENS.items() if screen in shown), "debate")

    # Commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the key of the screen one is on, what would end a trial where there is none, and what needs more."""
        if action in ("put_back", "keep_tried"):
            return self.trial is not None and not isinstance(self.screen, Dialog)
        if action == "show":
            return self.showing != parameters[0]
        if action == "act":
            return self._can_act(str(parameters[0]), self.target)
        return action != "show_debate" or self.showing != "debate"

    @property
    def target(self) -> Target:
        """What the cursor is on."""
        return self.screen.target if isinstance(self.screen, Typing) else Target()

    def _can_act(self, command: str, target: Target) -> bool:
        """Say whether what a command needs is there, in the debate as it is stored."""
        debate, needs = self.real, NEEDS.get(command, "debate")
        if debate is None:
            return not needs
        there = {
            "explanation": target.hypothesis in debate.hypotheses,
            "evidence": target.evidence in debate.evidence,
            "idea": target.idea in debate.ideas,
        }
        there["rating"] = there["explanation"] and there["evidence"]
        there["something"] = any(there.values())
        return there.get(needs, True)

    def action_act(self, command: str) -> None:
        """Do what a command is for with what the cursor is on."""
        self.act(command, self.target)

    def act(self, command: str, target: Target) -> None:
        """Do what a command of `tui/actions.py` is for, on this."""
        from tui.actions import ACTIONS, PROGRAM  # noqa: PLC0415 - dialogs are loaded when the first is opened

        if command in PROGRAM:
            PROGRAM[command](self)
        elif self.real is not None and self._can_act(command, target):
            ACTIONS[command](self, self.real, target)

    def action_explain(self, command: str) -> None:
        """Say why a key does nothing here."""
        if self.real is not None:
            self.notify(why_not(command, self.showing), markup=False)


def _told_of(entry: Entry, *, ours: bool) -> str:
    return entry.label if ours else f"{entry.actor}: {entry.label}"


def run_app(location: str | None = None, slug: str | None = None, person: str | None = None) -> int:
    """Run the app on a terminal; return the exit code.

    `location` is a database path or URL (None: the default), `slug` a debate (None: the one opened last), `person`
    who works on it (None: the system's user).
    """
    # Collecting garbage while a thousand modules load costs a tenth of the start; `take` turns it on again.
    gc.disable()
    # A thread that has something to tell the screen or the terminal gets the processor in a fifth of the usual time.
    sys.setswitchinterval(0.001)
    guards.accept_any_bytes()
    escape_keys.install()
    app = AbduceApp(location, slug, person)
    result = app.run()
    if app.parting_words:
        print(f"abduce: {clean_text(app.parting_words)}", file=sys.stderr)  # noqa: T201 - the screen is gone
    return app.return_code or result or 0
