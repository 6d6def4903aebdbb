"""The first line: which debate this is, under which convention, and what waits in the inbox."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import Debate
from tui.plain import content


class TitleBar(Horizontal):
    """Program, title, convention, inbox. The convention can be clicked."""

    DEFAULT_CSS = """
    TitleBar {
        height: 1; background: $primary-background; color: $text;
        & Static { width: auto; text-wrap: nowrap; padding: 0 1; }
        & #program { color: $text-accent; text-style: bold; }
        & #title { width: 1fr; text-style: bold; text-overflow: ellipsis; }
        & #convention:hover { background: $primary; }
    }
    """

    def compose(self) -> ComposeResult:
        """Four parts."""
        yield Static("Abduce", id="program")
        yield Static("opening …", id="title")
        yield Static(id="convention")
        yield Static(id="inbox")

    def show(self, debate: Debate) -> None:
        """Show what stands for this debate."""
        self.query_one("#title", Static).update(content(debate.title))
        convention = (
            Content.assemble("convention: ", content(debate.convention), " ▾") if debate.convention else Content()
        )
        self.query_one("#convention", Static).update(convention)
        waiting = sum(idea.status == "new" for idea in debate.ideas.values())
        self.query_one("#inbox", Static).update(Content(f"✉ {waiting}"))

    def on_click(self, event: object) -> None:
        """A click on the convention opens the choice."""
        widget = getattr(event, "widget", None)
        if widget is not None and widget.id == "convention":
            self.call_later(self.screen.run_action, "convention")
