"""The idea under the cursor: what was sent, what it looks like, and what each way to take it up would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import sleep
from typing import TYPE_CHECKING, Final

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from hypotheses.alike import Likeness
from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.problems import AbduceError
from tui.inbox.idea_text import Preview, idea_legend, idea_lines, idea_title, likeness_lines, previews
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.button_row import ButtonRow, KeyButton
from tui.widgets.head import Head
from tui.widgets.passage import Passage

if TYPE_CHECKING:
    from tui.host import Host

WAYS: Final = ("explanation", "evidence", "reading", "comment")
"""As what an idea can be taken up."""
MEANT: Final[Mapping[str, str]] = {"hypothesis": "explanation", "estimate": "reading"}
"""As what an idea of a kind is taken up, where that is called otherwise."""
PAINTED: Final = 0.02
"""Seconds in which the idea itself is painted, before more is worked out about it; so long again while a key acts."""
NAME, LEAST = 14, 20
"""Cells of the name of a way, and of what it would do at least."""
BUTTONS: Final = (
    KeyButton("Accept", command="add"),
    KeyButton("Merge", command="merge"),
    KeyButton("Decline", command="remove"),
    KeyButton("Later", command="mark"),
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What was worked out about an idea."""

    alike: Sequence[Likeness] = ()
    problem: str = ""
    """Why it is not known what it looks like."""
    previews: Sequence[Preview] = ()


class IdeaPanel(Vertical):
    """Shows one idea; what takes time to work out follows."""

    DEFAULT_CSS = """
    IdeaPanel {
        & #idea-page { height: 1fr; padding: 0 1; }
        & ButtonRow { margin: 0 0 0 1; }
    }
    """
    app: Host

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._idea: Idea | None = None
        self._debate: Debate | None = None
        self._way = ""
        """As what it is to be taken up; empty for what it says it is."""
        self._told = _Told()

    def compose(self) -> ComposeResult:
        """Its head, its page, and what can be done."""
        yield Head(id="idea-head")
        with Passage(id="idea-page", can_focus=True):
            yield Static(id="idea-text")
        yield ButtonRow(BUTTONS, id="decide")

    def on_resize(self) -> None:
        """Write it for the new width."""
        self.call_after_refresh(self._write)

    @property
    def way(self) -> str:
        """As what the idea is to be taken up."""
        return self._way or (MEANT.get(self._idea.kind, self._idea.kind) if self._idea is not None else WAYS[0])

    def show(self, debate: Debate, idea: Idea | None) -> None:
        """Show another idea, or what has become of this one."""
        if idea is self._idea and debate is self._debate:
            return
        if idea is None or self._idea is None or idea.number != self._idea.number:
            self._way = ""
            self.query_one("#idea-page").scroll_home(animate=False)
        self._idea, self._debate, self._told = idea, debate, _Told()
        self._write()
        if idea is not None:
            self._look(self.app, idea, debate)

    def step(self, step: int) -> None:
        """Go to the next way (1) to take the idea up, or to the one before (-1)."""
        self._way = WAYS[(WAYS.index(self.way) + step) % len(WAYS)]
        self._write()

    # Described in a word: Textual would write out the whole debate.
    @work(thread=True, exclusive=True, group="idea", description="idea")
    def _look(self, app: Host, idea: Idea, debate: Debate) -> None:
        worker = get_current_worker()
        sleep(PAINTED)
        while app.answering and not (worker.is_cancelled or app.leaving):
            sleep(PAINTED)
        if worker.is_cancelled:
            return
        alike, problem = [], ""
        try:
            alike = app.session.looks_like(debate, idea) if app.session is not None else []
        except AbduceError as error:
            problem = str(error)
        if worker.is_cancelled:
            return
        ways = previews(debate, idea, app.says) if idea.is_open else []
        if not worker.is_cancelled:
            app.call_from_thread(self._looked, idea, debate, _Told(alike, problem, ways))

    def _looked(self, idea: Idea, debate: Debate, told: _Told) -> None:
        if self.app.shows(self) and idea is self._idea and debate is self._debate:
            self._told = told
            self._write()

    def _write(self) -> None:
        if not self.app.shows(self):
            return
        idea, debate = self._idea, self._debate
        head, text = self.query_one("#idea-head", Head), self.query_one("#idea-text", Static)
        self.query_one(ButtonRow).display = idea is not None and idea.is_open
        if idea is None or debate is None:
            head.show(Content(""), Content(""))
            put(text, Content(""))
            return
        head.show(idea_title(idea), idea_legend(idea))
        put(text, Content("\n").join(self._lines(debate, idea)))

    def _lines(self, debate: Debate, idea: Idea) -> list[Content]:
        lines = list(idea_lines(debate, idea))
        if self._told.alike:
            lines += [Content(""), Content.styled("Looks like", "bold $foreground"), *likeness_lines(self._told.alike)]
        elif self._told.problem:
            lines += [Content(""), content(f"What it looks like is not known: {self._told.problem}", "$label")]
        if not idea.is_open:
            return lines
        lines += [Content(""), Content.assemble(("Accept as", "bold $foreground"), ("  ← → choose", "$label"))]
        would, room = dict(self._told.previews), max(LEAST, self.query_one("#idea-page").size.width - NAME - 3)
        for way in WAYS:
            name = f"[{way}]" if way == self.way else f" {way} "
            shade = "bold $you" if way == self.way else ""
            told = would.get(way, Content.styled("…", "$label")).wrap(room)
            names = [name, *[""] * (len(told) - 1)]
            lines += [
                Content.assemble((f"{each:<{NAME}}", shade), line) for each, line in zip(names, told, strict=True)
            ]
        if idea.named_sender and not idea.example:
            lines += [Content(""), content(f"Says thanks to {idea.named_sender} there and in Markdown", "$label")]
        return lines
