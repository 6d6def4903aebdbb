"""A new debate: its question, and what it begins with, shown with what to do with each part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from hypotheses import rules
from hypotheses.debate import Debate
from hypotheses.edits import slug_for
from hypotheses.problems import AbduceError, Malformed, Refused
from store.bundled import EXAMPLES, TEMPLATES, example, template
from store.expected import ANYTHING
from store.paths import path_of
from tui.beginning.parts_text import parts_text
from tui.dialogs.dialog import Dialog
from tui.host import Host
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.terminal.typed import LineInput
from tui.widgets.button_row import KeyButton
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import LineList

ROOMY: Final = 90
"""Cells of the screen from which on there is room to show what a debate begins with."""
TAKING: Final = frozenset({"up", "down", "enter", "ctrl+s", "f2"})
WIDTHS: Final = [(0, "narrow"), (ROOMY, "roomy")]


@dataclass(frozen=True, slots=True)
class Start:
    """What a debate can begin with."""

    name: str
    title: str
    about: str
    debate: Debate | None
    whole: bool = False
    """Whether it has its question already."""


BLANK: Final = Start("", "Blank", "only the question", None)
NO_PATH: Final = Refused("A file needs its path.")
FILE: Final = Start("", "A file…", "YAML or JSON", None, whole=True)


class StartList(LineList[Start]):
    """Two lines each: what it is called, and what for."""

    bar: ClassVar = True

    @property
    def row_height(self) -> int:
        """A title, and what it is."""
        return 2

    def key_of(self, row: Start) -> object:
        """A start is its name."""
        return row.whole, row.name

    def draw(self, row: Start, width: int) -> list[Content]:
        """Draw one."""
        return [content(f"  {row.title}"), content(f"  {row.about}", "$label")]


class NewDebate(Dialog[str | None]):
    """Returns the slug of the debate that was made."""

    DEFAULT_CSS = """
    NewDebate {
        & > #box { width: 102; max-height: 100%; }
        & .line { height: 1; }
        & .label { width: 12; color: $label; }
        & #title, & #path { width: 1fr; }
        & #file { display: none; }
        &.from-file { & #question { display: none; } & #file { display: block; } }
        & #known { width: 1fr; }
        & .apart { margin-bottom: 1; }
        & #start-from { height: 1; padding-left: 2; text-style: bold; }
        & #choices { height: 22; }
        & #starts { width: 34; height: 1fr; margin-right: 2; }
        & #begins { width: 1fr; height: 1fr; border-left: solid $rule; padding: 0 1; scrollbar-size-vertical: 1; }
        &.narrow { & #begins { display: none; } & #starts { width: 1fr; margin: 0; } }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Template", key_display="↑ ↓", priority=True),
        Binding("up", "step(-1)", "Up", show=False, priority=True),
        Binding("tab", "app.focus_next", "Next field", priority=True),
        Binding("ctrl+s,f2,enter", "create", "Create", key_display="ctrl+s", priority=True),
        Binding("escape", "close", "Back"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    app: Host
    keys = ""
    buttons = (KeyButton("Create", "ctrl+s"), KeyButton("Cancel", "escape"))
    rolling = "#choices"
    most = 22

    def __init__(self, taken: Collection[str]) -> None:
        """Ask for a debate whose slug is unlike any that is taken."""
        super().__init__("New debate")
        self._taken = taken
        self._in_file: Debate | AbduceError = NO_PATH
        """What there is at the path that was typed, or what is wrong with it."""
        self._made_slug = ""

    def compose(self) -> ComposeResult:
        """The box, and the keys in the last line of the screen."""
        yield from super().compose()
        yield KeyLine()

    def body(self) -> ComposeResult:
        """The question; what there is to begin with, and what that is."""
        with Horizontal(id="question", classes="line"):
            yield Static("Question", classes="label")
            yield LineInput(placeholder="Why is it so? How many are there? Which one is it?", id="title", compact=True)
        with Horizontal(id="file", classes="line"):
            yield Static("File", classes="label")
            yield LineInput(placeholder="its path, such as ~/tuners.debate.yaml", id="path", compact=True)
        with Horizontal(classes="line apart"):
            yield Static("Known as", classes="label")
            yield LineInput(placeholder="a short name, made from the question", id="known", compact=True)
        with Horizontal(id="choices"):
            with Vertical(id="starts"):
                yield Static("Start from", id="start-from")
                yield StartList()
            with VerticalScroll(id="begins", can_focus=False):
                yield Static(id="parts")

    def on_mount(self) -> None:
        """Offer an empty debate at once; the others when they are read."""
        self.query_one(StartList).show([BLANK])
        self.call_after_refresh(self._look)
        self._read(self.app)

    def on_resize(self, event: events.Resize) -> None:
        """Write what it would have in the room there is now."""
        super().on_resize(event)
        self.call_after_refresh(self._look)

    def awaits(self, key: str) -> bool:
        """Let the keys that go through what there is to begin with, or take it, wait until it is read."""
        return key in TAKING and len(self.query_one(StartList).rows) == 1

    @work(thread=True, group="templates", description="templates")
    def _read(self, app: Host) -> None:
        begun = [(name, template(name)) for name in TEMPLATES]
        whole = [(name, example(name)) for name in EXAMPLES]
        starts = [BLANK]
        starts += [Start(name, one.title, one.note.rstrip("."), one) for name, one in begun]
        starts += [FILE]
        starts += [Start(name, one.title, f"an example: {_size(one)}", one, whole=True) for name, one in whole]
        app.call_from_thread(self._take_starts, starts)

    def _take_starts(self, starts: list[Start]) -> None:
        if self.is_there:
            self.query_one(StartList).show(starts)

    def action_step(self, step: int) -> None:
        """Go through what it can begin with, while the question is typed."""
        self.query_one(StartList).action_cursor(step)

    @on(Input.Changed, "#path")
    def _look_into_file(self, event: Input.Changed) -> None:
        path = event.value.strip()
        if path:
            self._read_file(self.app, path)
        else:
            self._take_file(path, NO_PATH)

    @work(thread=True, exclusive=True, group="file", description="file")
    def _read_file(self, app: Host, path: str) -> None:
        from store.file.debate_file import debate_at  # noqa: PLC0415 -- YAML and files take 30 ms

        there: Debate | AbduceError
        try:
            there = debate_at(path_of(path))
        except AbduceError as problem:
            there = problem
        app.call_from_thread(self._take_file, path, there)

    def _take_file(self, path: str, there: Debate | AbduceError) -> None:
        if self.is_there and path == self.query_one("#path", Input).value.strip():
            self._in_file = there
            self._look()

    @on(Input.Changed)
    @on(LineList.Highlighted)
    def _look(self) -> None:
        """Say what would be made."""
        if not self.is_there:
            return  # left meanwhile
        start = self._start
        self._ask_for_file(asked=start is FILE)
        self.query_one("#known", LineInput).placeholder = self._slug or "a short name, made from the question"
        if start is FILE and isinstance(self._in_file, AbduceError):
            shown = content(str(self._in_file), "$label", multiline=True)
        else:
            shown = parts_text(self._debate, self.query_one("#begins").size.width - 3)
        put(self.query_one("#parts", Static), shown)

    def _ask_for_file(self, *, asked: bool) -> None:
        """Ask for a path in the place of a question; whoever types one goes on with the other."""
        if asked != self.has_class("from-file"):
            before, now = ("#title", "#path") if asked else ("#path", "#title")
            goes_on = self.query_one(before).has_focus
            self.set_class(asked, "from-file")
            if goes_on:
                self.set_focus(self.query_one(now))

    @property
    def _start(self) -> Start:
        return self.query_one(StartList).current or BLANK

    @property
    def _debate(self) -> Debate | None:
        """What it begins with, if there is more to that than a question."""
        if self._start is not FILE:
            return self._start.debate
        return self._in_file if isinstance(self._in_file, Debate) else None

    @property
    def _title(self) -> str:
        return self.query_one("#title", Input).value.strip()

    @property
    def _slug(self) -> str:
        """What it would be known as: what was typed, else what it is or its question gives; nothing without any."""
        if typed := self.query_one("#known", Input).value.strip():
            return typed
        if self._start.whole:
            return self._debate.slug if self._debate is not None else ""
        return slug_for(self._title, self._taken, "debate") if self._title else ""

    @on(LineList.Opened)
    def action_create(self) -> None:
        """Make it and open it."""
        start, title, slug = self._start, self._title, self._slug
        if start is FILE and isinstance(self._in_file, AbduceError):
            self.tell(str(self._in_file))
            return
        try:
            if not start.whole:
                rules.title(title)
            rules.name(slug)
        except Malformed as refused:
            self.tell(str(refused) if title or start.whole else "A debate needs a question, in a line.")
            return
        self._made_slug = slug
        if slug in self._taken:
            self.tell(f"There is a debate {slug!r} already: give it another name under “Known as”.")
        elif start.whole and self._debate is not None:
            debate = replace(self._debate, slug=slug)
            self.ask(lambda store, _: store.add_debate(debate), ANYTHING)
        else:
            self.ask(lambda store, _: store.create_debate(title, slug, template=start.name), ANYTHING)

    def saved(self) -> None:
        """Leave, and open it."""
        self.close(self._made_slug)


def _size(debate: Debate) -> str:
    counts: Mapping[str, int] = {"explanations": len(debate.hypotheses), "numbers": len(debate.quantities)}
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return f"{told}, {len(debate.evidence)} findings" if debate.evidence else told
