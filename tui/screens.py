"""What the app asks of its screens: which keys wait there, what the cursor is on, and to show every new state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import events
from textual.geometry import Size

from hypotheses.debate import Debate
from tui.host import Host, Target
from tui.terminal import guards
from tui.terminal.painting import PaintedDirectly

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates

WIDE: Final = 110
"""From this many columns on, a screen's parts stand beside each other; below, one under the other."""


ROOMY: Final = 30
"""From this many rows on, there is room for empty lines between the parts."""


class Typing:
    """A mixin of screens that are typed on."""

    def awaits(self, key: str) -> bool:
        """Say whether this key has to wait for something that is under way here."""
        return False

    def goes_ahead(self, key: str) -> bool:
        """Say whether this key need not wait for changes that are under way."""
        return False

    def only_moves(self, key: str) -> bool:
        """Say whether this key only moves the cursor of the widget that has the focus: it may be held."""
        return False

    @property
    def target(self) -> Target:
        """What the cursor is on."""
        return Target()

    @property
    def copied(self) -> str:
        """What the cursor is on, to be copied, where `target` does not name it; else nothing."""
        return ""


class Showing(Typing):
    """A mixin of screens. The app lets those in sight `follow`; one below follows when it is returned to."""

    app: Host
    _followed: tuple[Debate, Estimates | None] | None = None

    def follow(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show a state, unless it is the one that is shown."""
        if self._followed is None or self._followed[0] is not debate or self._followed[1] is not estimates:
            self._followed = (debate, estimates)
            self.show(debate, estimates)

    def makes_plain(self, before: Debate, after: Debate) -> bool:
        """Say whether a person sees here at once what they changed, so that no message needs to say so."""
        return False

    def on_screen_resume(self) -> None:
        """Take up what has changed while another screen was in sight."""
        if self.app.debate is not None and not self.app.leaving:
            self.follow(self.app.debate, self.app.estimates)
        self.app.call_after_refresh(self.app.at_rest)

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the debate as it is now; without numbers while they are being worked out.

        What a key was pressed for comes first, and is painted with `painting.paint_now`. Then the rest.
        """


class WholeScreen(PaintedDirectly, Showing):
    """One that is opened over the Debate screen. What takes time, and keys, may reach it when it is not there."""

    app: Host
    _composed = False
    """Whether its widgets have come."""

    @property
    def is_there(self) -> bool:
        """Whether its widgets can be asked: they have come, and are not going because the screen was left."""
        return self._composed and self.app.shows(self)

    def on_mount(self) -> None:
        """Show what there is, unless the screen was left before it came."""
        self._composed = True
        if not self.is_there:
            return
        if self.app.debate is not None:
            self._followed = None  # what it was told before its widgets came
            self.follow(self.app.debate, self.app.estimates)
        self.begin()

    def begin(self) -> None:
        """Put the keys where a person begins; what there is, is shown by now."""

    def on_resize(self, event: events.Resize) -> None:
        """Arrange for the size there is."""
        if guards.overtaken(self, event):
            return
        self.set_class(event.size.width >= WIDE, "wide")
        self.set_class(event.size.height >= ROOMY, "roomy")
        self.resized(event.size)

    def resized(self, size: Size) -> None:
        """Do what else another size asks for."""

    def go_to(self, kind: str, name: str) -> None:
        """Put the cursor on something that stands here, once it is shown; `kind` is what the finder calls it."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no key act while it is not there."""
        return self.is_there
