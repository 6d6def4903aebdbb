"""Every command once: its name, key, help and action. Bindings, footer, palette and help screen come from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True, kw_only=True)
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
        id="show_debate",
        keys="1",
        name="Debate",
        help="The ranking and the open explanation",
        group="Screens",
        footer="Debate",
        shown_key="1",
        done_by="app",
    ),
    Command(
        id="show_matrix",
        keys="2",
        name="Matrix",
        help="Every piece of evidence under every explanation",
        group="Screens",
        footer="Matrix",
        done_by="show",
    ),
    Command(
        id="show_numbers",
        keys="3,v",
        name="Numbers",
        help="The numbers: change them, see what they do",
        group="Screens",
        footer="Numbers",
        done_by="show",
    ),
    Command(
        id="show_timeline",
        keys="5",
        name="Timeline",
        help="How it came to stand so: by date, by journal",
        group="Screens",
        footer="Timeline",
        done_by="show",
    ),
    Command(
        id="help",
        keys="question_mark,f1",
        name="Help",
        help="Show every key that works here",
        group="Program",
        footer="Help",
        shown_key="?",
        done_by="choose",
    ),
    Command(
        id="palette",
        keys="ctrl+p",
        name="Find a command",
        help="Find any command by its name",
        group="Program",
        shown_key="ctrl+p",
        done_by="choose",
    ),
    Command(
        id="open_debate",
        keys="o",
        name="Open a debate",
        help="Switch to another debate of this database",
        group="Program",
        done_by="choose",
    ),
    Command(
        id="theme",
        keys="f9",
        name="Theme",
        help="Choose the colours; the choice is kept",
        group="Program",
        done_by="choose",
    ),
    Command(
        id="leave",
        keys="q,ctrl+q",
        name="Quit",
        help="Leave; everything is saved already",
        group="Program",
        shown_key="q",
        done_by="app",
    ),
)

COMMON: Final = (
    Command(
        id="convention",
        keys="c",
        name="Switch convention",
        help="Choose which readings count",
        group="Numbers",
        done_by="choose",
    ),
    Command(
        id="undo",
        keys="u",
        name="Undo",
        help="Take back your last change, also after a restart",
        group="Changes",
        done_by="app",
    ),
    Command(
        id="redo",
        keys="U",
        name="Redo",
        help="Make the change again",
        group="Changes",
        shown_key="U",
        done_by="app",
    ),
    Command(
        id="cruxes",
        keys="X",
        name="What would change it",
        help="The smallest changes that would turn the conclusion round; try one without saving it",
        group="What if",
        shown_key="X",
        done_by="choose",
    ),
)
"""What all whole screens share."""

TRYING: Final = (
    Command(
        id="put_back",
        keys="escape",
        name="Put it back",
        help="End what is tried",
        group="What if",
        shown_key="esc",
        done_by="app",
        first=True,
    ),
    Command(
        id="keep_tried",
        keys="ctrl+s,f2",
        name="Keep it",
        help="Make what is tried for good",
        group="What if",
        footer="Keep",
        shown_key="ctrl+s",
        done_by="app",
    ),
)
"""What works while something is tried."""

DEBATE: Final = (
    Command(
        id="plausibility",
        keys="p",
        name="Set plausibility",
        help="Type how likely you hold it to be",
        group="Ranking",
        footer="Plausibility",
    ),
    Command(
        id="move_up",
        keys="K,shift+up",
        name="Move up",
        help="Exchange places with the one above",
        group="Ranking",
        footer="Move",
        shown_key="K",
        footer_key="K/J",
    ),
    Command(
        id="move_down",
        keys="J,shift+down",
        name="Move down",
        help="Exchange places with the one below",
        group="Ranking",
        shown_key="J",
    ),
    Command(
        id="adopt",
        keys="A",
        name="Adopt what the evidence says",
        help="Take the implied plausibility as yours",
        group="Ranking",
        shown_key="A",
    ),
    Command(
        id="differences",
        keys="equals_sign",
        name="Differences",
        help="What you say beside what the evidence says, the largest difference first",
        group="Ranking",
        shown_key="=",
    ),
    Command(
        id="add_hypothesis",
        keys="a",
        name="Add an explanation",
        help="Add a rival explanation",
        group="Ranking",
    ),
    Command(
        id="edit_hypothesis",
        keys="e",
        name="Edit the explanation",
        help="Edit its title, statement, prior and status",
        group="Ranking",
    ),
    Command(
        id="edit_statement",
        keys="E",
        name="Edit in $EDITOR",
        help="Edit its statement in your own editor",
        group="Ranking",
        shown_key="E",
    ),
    Command(
        id="add_evidence",
        keys="n",
        name="Log evidence",
        help="Log new evidence with a rating per explanation",
        group="Evidence",
        footer="Evidence",
    ),
    Command(
        id="attach_evidence",
        keys="t",
        name="Rate logged evidence",
        help="Rate evidence that is already logged for it",
        group="Evidence",
    ),
    Command(
        id="comment",
        keys="w",
        name="Comment",
        help="Read and write comments on the explanation, evidence or idea chosen",
        group="People",
    ),
    Command(
        id="comment_rating",
        keys="W",
        name="Comment on a rating",
        help="Of the chosen evidence for the open explanation",
        group="People",
        footer="",
        shown_key="W",
    ),
    Command(
        id="people",
        keys="P",
        name="People",
        help="What everybody states, together and apart",
        group="People",
        shown_key="P",
    ),
    Command(
        id="settle",
        keys="S",
        name="Settle",
        help="Write down that it turned out true or false",
        group="Reckoning",
        shown_key="S",
    ),
    Command(
        id="reckoning",
        keys="R",
        name="Reckoning",
        help="How good everybody was, and which evidence misled",
        group="Reckoning",
        shown_key="R",
    ),
    Command(
        id="submit_idea",
        keys="i",
        name="Submit an idea",
        help="Put a reader's idea into the inbox",
        group="Ideas",
    ),
    Command(
        id="export",
        keys="x",
        name="Export",
        help="Write Markdown, JSON or YAML to a file",
        group="Files",
        footer="Export",
    ),
    Command(
        id="next_tab",
        keys="right_square_bracket",
        name="Next tab",
        help="Statement, evidence, gap, ideas, history",
        group="Moving",
        footer="",
        shown_key="]",
        done_by="screen",
    ),
    Command(
        id="previous_tab",
        keys="left_square_bracket",
        name="Previous tab",
        help="The tab before",
        group="Moving",
        footer="",
        shown_key="[",
        done_by="screen",
    ),
    Command(
        id="search",
        keys="slash",
        name="Search the evidence",
        help="Show only evidence that has these words",
        group="Moving",
        footer="",
        shown_key="/",
        done_by="screen",
    ),
    *COMMON,
)

NUMBERS: Final = (
    Command(
        id="change_value",
        keys="e",
        name="Change a value",
        help="Type another value (or enter on a quantity)",
        group="Numbers",
        footer="Change",
        done_by="screen",
    ),
    Command(
        id="reading",
        keys="r",
        name="Choose a reading",
        help="Which source's value of a quantity counts",
        group="Numbers",
        footer="Reading",
        done_by="screen",
    ),
    Command(
        id="model",
        keys="m",
        name="Take a model's size",
        help="Choose another model from the table of models",
        group="Numbers",
        footer="Model",
        done_by="screen",
    ),
    Command(
        id="tick",
        keys="space",
        name="Tick",
        help="Take an explanation to be true, or not",
        group="Scenarios",
        footer="Tick",
        done_by="screen",
    ),
    Command(
        id="next_view",
        keys="right_square_bracket",
        name="Next view",
        help="Plot, what matters, formula, sets, sources",
        group="Moving",
        footer="View",
        shown_key="]",
        done_by="screen",
    ),
    Command(
        id="previous_view",
        keys="left_square_bracket",
        name="Previous view",
        help="The view before",
        group="Moving",
        footer="",
        shown_key="[",
        done_by="screen",
    ),
    *COMMON,
)

TIMELINE: Final = (
    Command(
        id="date_before",
        keys="h,left",
        name="Date before",
        help="Move the cursor of the chart back",
        group="Timeline",
        done_by="screen",
    ),
    Command(
        id="date_after",
        keys="l,right",
        name="Date after",
        help="Move the cursor of the chart on",
        group="Timeline",
        done_by="screen",
    ),
    Command(
        id="next_line",
        keys="right_square_bracket",
        name="Other chart",
        help="What the evidence implied by its dates, or what you stated by the journal",
        group="Timeline",
        footer="Chart",
        shown_key="]",
        done_by="screen",
    ),
    Command(
        id="previous_line",
        keys="left_square_bracket",
        name="Chart before",
        help="The same, backwards",
        group="Timeline",
        footer="",
        shown_key="[",
        done_by="screen",
    ),
    Command(
        id="scale",
        keys="s",
        name="Scale",
        help="Percentages, or log-odds in decibans",
        group="Timeline",
        footer="Scale",
        done_by="screen",
    ),
    Command(
        id="across",
        keys="e",
        name="Equal steps",
        help="A step for each date, or true time",
        group="Timeline",
        footer="Steps",
        done_by="screen",
    ),
    Command(
        id="undo_to",
        keys="z",
        name="Undo to here",
        help="Take back all of your changes after the entry under the cursor",
        group="Changes",
        footer="Undo to",
        done_by="screen",
    ),
    *COMMON,
)

MATRIX: Final = (
    Command(
        id="rate_for",
        keys="plus",
        name="Rate for",
        help="Likelier if it is true: +, pressed again ++",
        group="Rating",
        footer="",
        shown_key="+",
        done_by="screen",
    ),
    Command(
        id="rate_against",
        keys="minus",
        name="Rate against",
        help="Less likely: -, pressed again --",
        group="Rating",
        footer="",
        shown_key="-",
        done_by="screen",
    ),
    Command(
        id="rate_neutral",
        keys="0",
        name="Rate neutral",
        help="As likely if it is true as if not",
        group="Rating",
        done_by="screen",
    ),
    Command(
        id="rate_not_applicable",
        keys="n,asterisk",
        name="Not applicable",
        help="It has nothing to do with this explanation",
        group="Rating",
        shown_key="n *",
        done_by="screen",
    ),
    Command(
        id="clear_rating",
        keys="x,delete,backspace",
        name="Clear the rating",
        help="Make the cell blank: no view",
        group="Rating",
        done_by="screen",
    ),
    Command(
        id="rate_number",
        keys="equals_sign",
        name="Type a ratio",
        help="3, 1/3 or 2.5; also by its first digit",
        group="Rating",
        shown_key="= 1-9 .",
        done_by="screen",
    ),
    Command(
        id="reason",
        keys="r",
        name="Reason",
        help="Rating and reason of the cell (or enter)",
        group="Rating",
        footer="Reason",
        done_by="screen",
    ),
    Command(
        id="step_on",
        keys="space",
        name="Step on",
        help="To the next cell across or down",
        group="Rating",
        done_by="screen",
    ),
    Command(
        id="direction",
        keys="d",
        name="Across or down",
        help="Where to step on after a rating",
        group="Rating",
        footer="Across/down",
        done_by="screen",
    ),
    Command(
        id="talk",
        keys="C",
        name="Comments",
        help="Read and write comments on the cell",
        group="Rating",
        shown_key="C",
        done_by="screen",
    ),
    Command(
        id="new_evidence",
        keys="N",
        name="Log evidence",
        help="Log new evidence",
        group="Evidence",
        shown_key="N",
        done_by="screen",
    ),
    Command(
        id="edit_evidence",
        keys="e",
        name="Edit the evidence",
        help="Edit it in a form",
        group="Evidence",
        done_by="screen",
    ),
    Command(
        id="view_evidence",
        keys="i",
        name="Show the evidence",
        help="All that is known of it",
        group="Evidence",
        footer="Show",
        done_by="screen",
    ),
    Command(
        id="weigh",
        keys="w",
        name="Weigh the evidence",
        help="Its credibility, relevance and cluster, and what it then counts",
        group="Evidence",
        footer="Weigh",
        done_by="screen",
    ),
    Command(
        id="retract",
        keys="R",
        name="Retract or reinstate",
        help="What is retracted counts nothing and stays in sight",
        group="Evidence",
        shown_key="R",
        done_by="screen",
    ),
    Command(
        id="sort",
        keys="s",
        name="Sort",
        help="Choose the order of the rows, or sort anew",
        group="Rows",
        footer="Sort",
        done_by="screen",
    ),
    Command(
        id="part",
        keys="f",
        name="Show a part",
        help="What needs a rating, what people differ on, or all",
        group="Rows",
        footer="Part",
        done_by="screen",
    ),
    Command(
        id="search",
        keys="slash",
        name="Search the evidence",
        help="Show only evidence that has these words",
        group="Rows",
        footer="Search",
        shown_key="/",
        done_by="screen",
    ),
    Command(
        id="schemes",
        keys="m",
        name="Methods",
        help="The formula of every score, and its order",
        group="Rows",
        footer="Methods",
        done_by="screen",
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
