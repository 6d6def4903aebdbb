"""Every command once: its name, key, help and action. Bindings, footer, palette and help screen come from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do here."""

    id: str
    """Stable name, which a key map uses."""
    keys: str
    """Comma-separated keys, the one to show first."""
    name: str
    help: str
    group: str
    footer: str = ""
    """What the footer calls it; empty to keep it out of the footer."""
    shown_key: str = ""
    """How the key is written, if not as Textual would."""
    footer_key: str = ""
    """How the footer writes it, if not like that."""
    done_by: str = "edit"
    """Who carries it out: `edit` (tui/editing/edits.py), `choose` (tui/choosing.py), the `screen` or the `app` itself.

    `show` goes to the whole screen that the id names.
    """

    first: bool = False
    """Whether its keys do this before anything else that they would do."""

    @property
    def action(self) -> str:
        """The Textual action it runs."""
        return {
            "edit": f"edit('{self.id}')",
            "choose": f"app.choose('{self.id}')",
            "app": f"app.{self.id}",
            "show": f"app.show('{self.id.removeprefix('show_')}')",
            "screen": self.id,
        }[self.done_by]

    def binding(self) -> Binding:
        """Return the key binding of this command."""
        return Binding(
            self.keys,
            self.action,
            self.footer or self.name,
            show=bool(self.footer),
            key_display=self.footer_key or self.shown_key or None,
            tooltip=self.help,
            priority=self.first,
            id=self.id,
        )


APP: Final = (
    Command(
        "show_debate", "1", "Debate", "The ranking and the open explanation", "Screens", "Debate", "1", done_by="app"
    ),
    Command(
        "show_matrix",
        "2",
        "Matrix",
        "Every piece of evidence under every explanation",
        "Screens",
        "Matrix",
        done_by="show",
    ),
    Command(
        "show_estimates",
        "3,v",
        "Estimates",
        "The numbers: change them, see what they do",
        "Screens",
        "Numbers",
        done_by="show",
    ),
    Command(
        "show_timeline",
        "5",
        "Timeline",
        "How it came to stand so: by date, by journal",
        "Screens",
        "Timeline",
        done_by="show",
    ),
    Command(
        "help", "question_mark,f1", "Help", "Show every key that works here", "Program", "Help", "?", done_by="choose"
    ),
    Command(
        "palette",
        "ctrl+p",
        "Find a command",
        "Find any command by its name",
        "Program",
        shown_key="ctrl+p",
        done_by="choose",
    ),
    Command(
        "open_debate", "o", "Open a debate", "Switch to another debate of this database", "Program", done_by="choose"
    ),
    Command("theme", "f9", "Theme", "Choose the colours; the choice is kept", "Program", done_by="choose"),
    Command("leave", "q,ctrl+q", "Quit", "Leave; everything is saved already", "Program", shown_key="q", done_by="app"),
)

COMMON: Final = (
    Command("convention", "c", "Switch convention", "Choose which readings count", "Numbers", done_by="choose"),
    Command("undo", "u", "Undo", "Take back your last change, also after a restart", "Changes", done_by="app"),
    Command("redo", "U", "Redo", "Make the change again", "Changes", shown_key="U", done_by="app"),
    Command(
        "cruxes",
        "X",
        "What would change it",
        "The smallest changes that would turn the conclusion round; try one without saving it",
        "What if",
        shown_key="X",
        done_by="choose",
    ),
)
"""What all whole screens share."""

TRYING: Final = (
    Command(
        "put_back", "escape", "Put it back", "End what is tried", "What if", shown_key="esc", done_by="app", first=True
    ),
    Command(
        "keep_tried", "ctrl+s,f2", "Keep it", "Make what is tried for good", "What if", "Keep", "ctrl+s", done_by="app"
    ),
)
"""What works while something is tried."""

DEBATE: Final = (
    Command("plausibility", "p", "Set plausibility", "Type how likely you hold it to be", "Ranking", "Plausibility"),
    Command("move_up", "K,shift+up", "Move up", "Exchange places with the one above", "Ranking", "Move", "K", "K/J"),
    Command("move_down", "J,shift+down", "Move down", "Exchange places with the one below", "Ranking", shown_key="J"),
    Command(
        "adopt", "A", "Adopt what the evidence says", "Take the implied plausibility as yours", "Ranking", shown_key="A"
    ),
    Command(
        "differences",
        "equals_sign",
        "Differences",
        "What you say beside what the evidence says, the largest difference first",
        "Ranking",
        shown_key="=",
    ),
    Command("add_hypothesis", "a", "Add an explanation", "Add a rival explanation", "Ranking"),
    Command("edit_hypothesis", "e", "Edit the explanation", "Edit its title, statement, prior and status", "Ranking"),
    Command(
        "edit_statement", "E", "Edit in $EDITOR", "Edit its statement in your own editor", "Ranking", shown_key="E"
    ),
    Command(
        "add_evidence", "n", "Log evidence", "Log new evidence with a rating per explanation", "Evidence", "Evidence"
    ),
    Command("attach_evidence", "t", "Rate logged evidence", "Rate evidence that is already logged for it", "Evidence"),
    Command("comment", "w", "Comment", "Read and write comments on the explanation, evidence or idea chosen", "People"),
    Command(
        "comment_rating",
        "W",
        "Comment on a rating",
        "Of the chosen evidence for the open explanation",
        "People",
        "",
        "W",
    ),
    Command("people", "P", "People", "What everybody states, together and apart", "People", shown_key="P"),
    Command("settle", "S", "Settle", "Write down that it turned out true or false", "Reckoning", shown_key="S"),
    Command(
        "reckoning", "R", "Reckoning", "How good everybody was, and which evidence misled", "Reckoning", shown_key="R"
    ),
    Command("submit_idea", "i", "Submit an idea", "Put a reader's idea into the inbox", "Ideas"),
    Command("export", "x", "Export", "Write Markdown, JSON or YAML to a file", "Files", "Export"),
    Command(
        "next_tab",
        "right_square_bracket",
        "Next tab",
        "Statement, evidence, gap, ideas, history",
        "Moving",
        "",
        "]",
        done_by="screen",
    ),
    Command(
        "previous_tab", "left_square_bracket", "Previous tab", "The tab before", "Moving", "", "[", done_by="screen"
    ),
    Command(
        "search",
        "slash",
        "Search the evidence",
        "Show only evidence that has these words",
        "Moving",
        "",
        "/",
        done_by="screen",
    ),
    *COMMON,
)

ESTIMATES: Final = (
    Command(
        "change_value",
        "e",
        "Change a value",
        "Type another value (or enter on a quantity)",
        "Numbers",
        "Change",
        done_by="screen",
    ),
    Command(
        "reading",
        "r",
        "Choose a reading",
        "Which source's value of a quantity counts",
        "Numbers",
        "Reading",
        done_by="screen",
    ),
    Command(
        "model",
        "m",
        "Take a model's size",
        "Choose another model from the table of models",
        "Numbers",
        "Model",
        done_by="screen",
    ),
    Command("tick", "space", "Tick", "Take an explanation to be true, or not", "Scenarios", "Tick", done_by="screen"),
    Command(
        "next_view",
        "right_square_bracket",
        "Next view",
        "Plot, what matters, formula, sets, sources",
        "Moving",
        "View",
        "]",
        done_by="screen",
    ),
    Command(
        "previous_view", "left_square_bracket", "Previous view", "The view before", "Moving", "", "[", done_by="screen"
    ),
    *COMMON,
)

TIMELINE: Final = (
    Command("date_before", "h,left", "Date before", "Move the cursor of the chart back", "Timeline", done_by="screen"),
    Command("date_after", "l,right", "Date after", "Move the cursor of the chart on", "Timeline", done_by="screen"),
    Command(
        "next_line",
        "right_square_bracket",
        "Other chart",
        "What the evidence implied by its dates, or what you stated by the journal",
        "Timeline",
        "Chart",
        "]",
        done_by="screen",
    ),
    Command(
        "previous_line",
        "left_square_bracket",
        "Chart before",
        "The same, backwards",
        "Timeline",
        "",
        "[",
        done_by="screen",
    ),
    Command("scale", "s", "Scale", "Percentages, or log-odds in decibans", "Timeline", "Scale", done_by="screen"),
    Command("across", "e", "Equal steps", "A step for each date, or true time", "Timeline", "Steps", done_by="screen"),
    Command(
        "undo_to",
        "z",
        "Undo to here",
        "Take back all of your changes after the entry under the cursor",
        "Changes",
        "Undo to",
        done_by="screen",
    ),
    *COMMON,
)

MATRIX: Final = (
    Command(
        "rate_for",
        "plus",
        "Rate for",
        "Likelier if it is true: +, pressed again ++",
        "Rating",
        "",
        "+",
        done_by="screen",
    ),
    Command(
        "rate_against", "minus", "Rate against", "Less likely: -, pressed again --", "Rating", "", "-", done_by="screen"
    ),
    Command("rate_neutral", "0", "Rate neutral", "As likely if it is true as if not", "Rating", done_by="screen"),
    Command(
        "rate_not_applicable",
        "n,asterisk",
        "Not applicable",
        "It has nothing to do with this explanation",
        "Rating",
        shown_key="n *",
        done_by="screen",
    ),
    Command(
        "clear_rating",
        "x,delete,backspace",
        "Clear the rating",
        "Make the cell blank: no view",
        "Rating",
        done_by="screen",
    ),
    Command(
        "rate_number",
        "equals_sign",
        "Type a ratio",
        "3, 1/3 or 2.5; also by its first digit",
        "Rating",
        shown_key="= 1-9 .",
        done_by="screen",
    ),
    Command("reason", "r", "Reason", "Rating and reason of the cell (or enter)", "Rating", "Reason", done_by="screen"),
    Command("step_on", "space", "Step on", "To the next cell across or down", "Rating", done_by="screen"),
    Command(
        "direction", "d", "Across or down", "Where to step on after a rating", "Rating", "Across/down", done_by="screen"
    ),
    Command("talk", "C", "Comments", "Read and write comments on the cell", "Rating", shown_key="C", done_by="screen"),
    Command("new_evidence", "N", "Log evidence", "Log new evidence", "Evidence", shown_key="N", done_by="screen"),
    Command("edit_evidence", "e", "Edit the evidence", "Edit it in a form", "Evidence", done_by="screen"),
    Command("view_evidence", "i", "Show the evidence", "All that is known of it", "Evidence", "Show", done_by="screen"),
    Command(
        "weigh",
        "w",
        "Weigh the evidence",
        "Its credibility, relevance and cluster, and what it then counts",
        "Evidence",
        "Weigh",
        done_by="screen",
    ),
    Command(
        "retract",
        "R",
        "Retract or reinstate",
        "What is retracted counts nothing and stays in sight",
        "Evidence",
        shown_key="R",
        done_by="screen",
    ),
    Command("sort", "s", "Sort", "Choose the order of the rows, or sort anew", "Rows", "Sort", done_by="screen"),
    Command(
        "part",
        "f",
        "Show a part",
        "What needs a rating, what people differ on, or all",
        "Rows",
        "Part",
        done_by="screen",
    ),
    Command(
        "search",
        "slash",
        "Search the evidence",
        "Show only evidence that has these words",
        "Rows",
        "Search",
        "/",
        done_by="screen",
    ),
    Command(
        "schemes", "m", "Methods", "The formula of every score, and its order", "Rows", "Methods", done_by="screen"
    ),
    *COMMON,
)

MOVING: Final = (
    ("j k ↓ ↑", "Move in a list"),
    ("g G", "First, last"),
    ("ctrl+d ctrl+u", "Half a page"),
    ("enter", "Open"),
    ("esc", "Back"),
    ("tab", "To the next part"),
)
"""Keys that every list has, for the help screen."""


def bindings(commands: tuple[Command, ...]) -> list[BindingType]:
    """Return the bindings of these commands, for a `BINDINGS` class variable."""
    return [command.binding() for command in commands]
