"""The app: opens the store, holds the debate as it is now, and brings every change to the screens."""

from __future__ import annotations

import gc
import sys
from collections import deque
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.binding import Binding, BindingType
from textual.filter import LineFilter, Monochrome

from hypotheses.debate import Debate
from hypotheses.problems import AbduceError
from store import remembered
from store.drafts import Drafts
from store.errors import Conflict
from store.paths import database_location
from store.settings import load_settings
from tui.acting import Acting
from tui.changes import Asked, Changes
from tui.command_keys import bindings, explaining
from tui.commands import APP, COMMANDS, TRYING, give_keys
from tui.dialogs.dialog import Dialog
from tui.ending import Ending
from tui.key_map import key_map
from tui.keyboard import Keyboard
from tui.navigation import Navigation
from tui.says import Says
from tui.screens import Showing
from tui.terminal import escape_keys, guards
from tui.terminal.clean import clean_text
from tui.terminal.no_colour import NoColours
from tui.terminal.painting import SOON
from tui.terminal.palette import palette
from tui.trying import Trying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypotheses.estimates import Estimates
    from store.at_once import Early
    from store.entries import Entry
    from tui.beginning.first_steps_card import FirstSteps
    from tui.session import Session, State

EARLY = 10_000_000
"""Bytes of a file that is read twice, so that the debate is there before the store is; of a larger one, the ranking."""
POLL_SECONDS = 0.7
"""How often other processes' changes are looked for, where the database does not tell; DESIGN promises a second."""


class AbduceApp(Navigation, Acting, Ending):
    """The terminal app."""

    CSS_PATH = "debate/screen.tcss"
    TITLE = "Abduce"
    ENABLE_COMMAND_PALETTE = False  # our own: Textual's ends the app under fast keys
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(APP),
        *bindings(TRYING),
        *explaining(),
        Binding("escape", "card_away", "Put the first steps away", show=False, id="card_away"),
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
        self.changes = Changes(self, self._offer)
        self.keyboard = Keyboard(self)
        self.says = Says()
        self.database = database_location(location)
        self.drafts = Drafts(self.database)
        self.debate: Debate | None = None
        self.estimates: Estimates | None = None
        self.number = 0
        """Of the last journal entry that is on screen."""
        self.trying = Trying(self, self.changes, self._show)
        self._first_steps: FirstSteps | None = None
        """While their card is on screen."""
        self.warnings = self._take_settings()
        """What is wrong with the settings, a sentence each."""

    @property
    def answering(self) -> bool:
        """Whether a key is still being carried out."""
        return not self.keyboard.idle

    @property
    def seen_as(self) -> str:
        """The name to show for that, where it matters: for a program started as somebody, and among several people."""
        if self.session is None or self.debate is None:
            return ""
        return self.session.store.actor if self._person is not None or len(self.says.people(self.debate)) > 1 else ""

    # Starting

    def _take_settings(self) -> Sequence[str]:
        loaded = load_settings()
        given, warnings = key_map(loaded.settings.keys)
        give_keys(given)
        self.set_keymap({command: ",".join(keys) or COMMANDS[command].press for command, keys in given.items()})
        return [clean_text(each) for each in (*loaded.warnings, *warnings)]

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

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's filters, then ours as the last; with NO_COLOR set, Textual's greys are colours too."""
        theirs = super().get_line_filters()
        if self.no_color:
            theirs = [*(one for one in theirs if not isinstance(one, Monochrome)), NoColours()]
        return [*theirs, self._filters_of_ours]

    @work(thread=True, group="open")
    def open_store(self) -> None:
        """Open the database in a thread, and say so; the debate, or its ranking, is shown before that if it can be."""
        from store.at_once import read_at_once  # noqa: PLC0415 -- with the debate's rows it takes 60 ms, for which the first paint does not wait

        sleep(SOON)  # what was painted first goes out
        early = read_at_once(self._location, self._slug, EARLY) if self._person is None else None
        if early is not None and early.waiting is None:
            self.call_later(self._show, early.debate, None)
        elif early is not None:
            self.call_later(self._show_ranking, early)
        # 0.3 s of imports that the first paint does not wait for.
        from store.debate_store import open_as  # noqa: PLC0415
        from tui.beginning.first_run import due  # noqa: PLC0415
        from tui.session import Session  # noqa: PLC0415

        try:
            self._store = open_as(self._person, self._location)
            if self.leaving:  # too late for `_shutdown` to close it
                self._store.close()
                return
            session = Session(self._store)
            state = session.open(self._slug)
            first_run = due(session, state)
        except AbduceError as refused:
            self.parting_words = str(refused)
            self.call_from_thread(self.exit, refused.exit_code, refused.exit_code)
            return
        self.call_later(self._loaded, session, state, first_run)

    def _show_ranking(self, early: Early) -> None:
        """Show the ranking of a debate whose evidence is still being read; nothing can be done with it yet."""
        from tui.debate.screen import DebateScreen  # noqa: PLC0415 - it is there already, unless another one was opened

        if not self.leaving and self.debate is None and isinstance(self.screen, DebateScreen):
            self.screen.show_early(early)

    def _loaded(self, session: Session, state: State, first_run: bool) -> None:
        """Show the debate, and look for other processes' changes from now on."""
        self.changes.begin(session, state)
        if first_run:
            self.soon(self.action_first_steps)
        self.set_interval(POLL_SECONDS, self.changes.look)
        session.store.listen(lambda: self.call_later(self.changes.hear))  # ends as the store is closed
        for each in self.warnings:
            self.notify(each, severity="warning", timeout=10, markup=False)

    # What is typed

    async def on_event(self, event: events.Event) -> None:
        """Have keys and pastes wait for each other; everything else is Textual's."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.keyboard.take(event)
        else:
            await super().on_event(event)
            if isinstance(event, events.MouseUp):
                self.call_after_refresh(self.at_rest)

    def on_paste(self, event: events.Paste) -> None:
        """Log what was pasted where no field took it, if it can be looked up."""
        if isinstance(self.screen, Dialog):
            self.refuse("No field is here to paste into")
        elif self.real is not None:
            from tui.evidence.actions import log_pasted  # noqa: PLC0415 - dialogs are loaded when the first is opened

            log_pasted(self, self.real, event.text)

    async def carry_out(self, event: events.Key | events.Paste) -> None:
        """Do what a key or a paste is for."""
        await super().on_event(event)

    def at_rest(self) -> None:
        """Go on with what waited until nothing more was typed: a change that met another person's is offered.

        A key that was typed before that was seen could otherwise decide it. The card of the first steps follows.
        """
        if self._offers and self.keyboard.idle and not self.leaving and not isinstance(self.screen, Dialog):
            from tui.dialogs.conflict import offered  # noqa: PLC0415 - dialogs are loaded when the first is opened

            offered(self, *self._offers.popleft())
        if self._first_steps is not None and not self.leaving:
            if self._first_steps.is_over:
                self.action_first_steps()
            else:
                self._first_steps.follow()

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
        if self._first_steps is not None and before is not None:
            self._first_steps.changed(before, state)
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
        self.soon(self.at_rest)

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

    # The first steps

    def did(self, step: str) -> None:
        """Tick one of the first steps."""
        if self._first_steps is not None:
            self._first_steps.did(step)

    def action_first_steps(self) -> None:
        """Put the card of the first steps away for good, or bring it back."""
        if self._first_steps is not None:
            self._first_steps.put_away()
            self._first_steps = None
        elif self.debate is not None and not self.leaving:
            from tui.beginning.first_steps_card import FirstSteps  # noqa: PLC0415 - seldom on screen

            self._first_steps = FirstSteps(self)

    def action_card_away(self) -> None:
        """Put the card away with the key that goes back, where there is nothing to go back from."""
        self.action_first_steps()

    # What is tried

    def action_put_back(self) -> None:
        """End what is tried."""
        self.trying.put_back()

    def action_keep_tried(self) -> None:
        """Make what is tried for good."""
        self.trying.keep()

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the key of the screen one is on, what would end a trial where there is none, and what needs more."""
        if action in ("put_back", "keep_tried"):
            return self.trial is not None and not isinstance(self.screen, Dialog)
        if action == "card_away":
            return self._first_steps is not None and not isinstance(self.screen, Dialog)
        if action == "show":
            return self.showing != parameters[0]
        if action == "act":
            return self.can_act(str(parameters[0]), self.target)
        return action != "show_debate" or self.showing != "debate"


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
    for words in filter(None, (*app.warnings, clean_text(app.parting_words))):
        print(f"abduce: {words}", file=sys.stderr)  # noqa: T201 - the screen is gone
    return app.return_code or result or 0
