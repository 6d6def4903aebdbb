"""Every command once: its name, key, help and what it needs. Bindings, footer, palette and help come from here.

A key means the same wherever it works: no key stands for two commands, and where one does nothing, it says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from textual.binding import Binding
from textual.keys import format_key

Needs = Literal["", "debate", "explanation", "evidence", "rating", "something", "model"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something a person can do."""

    id: str
    """Stable name, which a key map uses."""
    keys: str
    """Comma-separated keys that it comes with, the one to show first."""
    name: str
    help: str
    group: str
    footer: str = ""
    """What the footer calls it; empty to keep it out of the footer."""
    footer_on: str = ""
    """The screens in whose footer it stands, with blanks between; empty for all on which it works."""
    footer_keys: str = ""
    """What the footer writes as its key, if not only that; see `with_keys`."""
    needs: Needs = "debate"
    """What the cursor has to be on, if anything: then `TARGETS` has what is missing."""
    done_by: Literal["actions", "app", "show", "screen", "focused"] = "actions"
    """Who carries it out: `tui/actions.py`, the app itself, the screen, or the widget that has the focus.

    `show` goes to the whole screen that the id names.
    """
    first: bool = False
    """Whether its keys do this before anything else that they would do."""

    @property
    def action(self) -> str:
        """The Textual action it runs."""
        return {
            "actions": f"app.act('{self.id}')",
            "app": f"app.{self.id}",
            "show": f"app.show('{self.id.removeprefix('show_')}')",
            "screen": self.id,
            "focused": self.id,
        }[self.done_by]

    @property
    def own_keys(self) -> tuple[str, ...]:
        """The keys it has: those it comes with, or those that its user has given it."""
        return _given.get(self.id, tuple(self.keys.split(",")))

    @property
    def press(self) -> str:
        """The key that a click presses; where it has none, one that no keyboard has."""
        return next(iter(self.own_keys), f"no_key_{self.id}")

    @property
    def shown_key(self) -> str:
        """How its first key is written; nothing if it has none."""
        return format_key(self.own_keys[0]) if self.own_keys else ""

    def binding(self, screen: str = "") -> Binding:
        """Return the key binding of this command on a screen."""
        return Binding(
            self.keys,
            self.action,
            self.footer or self.name,
            show=bool(self.footer) and (not self.footer_on or screen in self.footer_on.split()),
            tooltip=self.help,
            priority=self.first,
            id=self.id,
        )


TARGETS: Final[Mapping[Needs, str]] = {
    "explanation": "an explanation: go to one on the Debate or the Matrix screen, or press {add} to add one",
    "evidence": "a piece of evidence: go to one in the Evidence tab or in the Matrix",
    "rating": "what a piece of evidence says of an explanation: go to one in the Evidence tab or in the Matrix",
    "model": "a quantity that is counted in parameters, as the size of a model is",
    "something": "an explanation, evidence or an idea: go to one on the Debate or the Matrix screen",
}
"""What a command needs, and where that is found; see `with_keys`."""

# A table: a command to two or three lines.
# fmt: off
FIRST_STEPS: Final = Command(id="first_steps", keys="f3", name="First steps", group="Program", done_by="app",
                             help="Six steps that tick themselves off as you do them: bring them back, or put away")
APP: Final = (
    Command(id="show_debate", keys="1", name="Debate", group="Screens", needs="", done_by="app",
            help="The ranking and the open explanation"),
    Command(id="show_matrix", keys="2", name="Matrix", group="Screens", done_by="show",
            help="Every piece of evidence under every explanation"),
    Command(id="show_numbers", keys="3,v", name="Numbers", group="Screens", done_by="show",
            help="The numbers: change them, see what they do"),
    Command(id="show_inbox", keys="4", name="Inbox", group="Screens", done_by="show",
            help="Readers' ideas: decide what becomes of each"),
    Command(id="show_timeline", keys="5", name="Timeline", group="Screens", done_by="show",
            help="How it came to stand so: by date, by journal"),
    Command(id="help", keys="question_mark,f1", name="Help", group="Program", footer="Help", needs="",
            help="Show every key that works here"),
    Command(id="palette", keys="ctrl+p", name="Find anything", group="Program", needs="",
            help="Type words of a title, a name or a comment, or of what a command does"),
    Command(id="open_debate", keys="o", name="Open a debate", group="Program", needs="",
            help="Switch to another debate of this database, or begin a new one"),
    Command(id="theme", keys="f9", name="Theme", group="Program", needs="",
            help="Choose the colours; the choice is kept"),
    FIRST_STEPS,
    Command(id="leave", keys="q,ctrl+q", name="Quit", group="Program", needs="", done_by="app",
            help="Leave; everything is saved already"),
)
"""What works everywhere, also before a debate is open."""

COMMON: Final = (
    Command(id="plausibility", keys="p", name="Set plausibility", group="Ranking", footer="Plausibility",
            footer_on="debate", needs="explanation", help="Type how likely you hold it to be"),
    Command(id="move_up", keys="K,shift+up", name="Move up", group="Ranking", footer="Rank", footer_on="debate",
            footer_keys="{move_up}/{move_down}", needs="explanation", help="Exchange places with the one above"),
    Command(id="move_down", keys="J,shift+down", name="Move down", group="Ranking", needs="explanation",
            help="Exchange places with the one below"),
    Command(id="adopt", keys="A", name="Adopt what the evidence says", group="Ranking", needs="explanation",
            help="Take the implied plausibility as yours"),
    Command(id="differences", keys="equals_sign", name="Compare", group="Ranking",
            help="What you say beside what the evidence says, the largest difference first"),
    Command(id="add", keys="a", name="Add an explanation", group="Ranking", footer="Explanation",
            footer_on="debate", help="Add a rival explanation"),
    Command(id="edit", keys="e", name="Edit", group="Changes", needs="something",
            help="Edit the explanation or the evidence that the cursor is on, or the name of the cluster"),
    Command(id="remove", keys="D", name="Remove", group="Changes", needs="something",
            help="The evidence that the cursor is on (or retract it), or the explanation; what goes with it is named"),
    Command(id="merge", keys="Y", name="Merge into another", group="Changes", needs="explanation",
            help="Make the explanation part of another one, or a cluster of the Matrix; what moves is told first"),
    Command(id="edit_debate", keys="O", name="Edit the debate", group="Changes",
            help="Its title, its question, and what its figures are reckoned by"),
    Command(id="edit_statement", keys="E", name="Edit in $EDITOR", group="Changes", needs="explanation",
            help="Edit the statement of the explanation in your own editor"),
    Command(id="edit_whole", keys="f4", name="Edit all in $EDITOR", group="Changes",
            help="The whole debate as YAML in your own editor; what differs is shown before it is saved"),
    Command(id="add_evidence", keys="n", name="Log evidence", group="Evidence", footer="Evidence",
            footer_on="debate", help="Log new evidence with a rating per explanation"),
    Command(id="attach_evidence", keys="t", name="Rate logged evidence", group="Evidence", needs="explanation",
            help="Rate evidence that is already logged for the explanation"),
    Command(id="view_evidence", keys="I", name="Show the evidence", group="Evidence", footer="Show",
            footer_on="matrix", needs="evidence", help="All that is known of it"),
    Command(id="weigh", keys="C", name="Weigh the evidence", group="Evidence", footer="Weigh", footer_on="matrix",
            needs="evidence", help="Type its credibility, relevance and cluster: what it then counts, and moves"),
    Command(id="comment", keys="w", name="Comment", group="People", needs="something",
            help="Read and write comments on what the cursor is on"),
    Command(id="comment_rating", keys="W", name="Comment on a rating", group="People", needs="rating",
            help="Of the evidence that the cursor is on, for the explanation"),
    Command(id="people", keys="P", name="People", group="People", help="What everybody states, together and apart"),
    Command(id="settle", keys="S", name="Settle", group="Reckoning", needs="explanation",
            help="Write down that the explanation turned out true or false"),
    Command(id="reckoning", keys="R", name="Reckoning", group="Reckoning",
            help="How good everybody was, and which evidence misled"),
    Command(id="submit_idea", keys="i", name="Submit an idea", group="Ideas",
            help="Put a reader's idea into the inbox"),
    Command(id="cruxes", keys="X", name="What would change it", group="What if",
            help="The smallest changes that would turn the conclusion round; try one without saving it"),
    Command(id="convention", keys="c", name="Switch convention", group="Numbers",
            help="Choose which readings count"),
    Command(id="undo", keys="u", name="Undo", group="Changes", footer="Undo", footer_on="debate", done_by="app",
            help="Take back your last change, also after a restart"),
    Command(id="redo", keys="U", name="Redo", group="Changes", done_by="app", help="Make the change again"),
    Command(id="export", keys="x", name="Export", group="Files", footer="Export", footer_on="debate",
            help="Write it to a file: a post, a page, tables, references, a program and more"),
    Command(id="picture", keys="f8", name="Picture", group="Files", help="Draw the screen into a file, SVG or PNG"),
    Command(id="copy", keys="y", name="Copy", group="Files",
            help="Copy what the cursor is on, in words; where that is nothing, the table of the explanations"),
)
"""What works on every whole screen, on whatever the cursor is on."""

TRYING: Final = (
    Command(id="put_back", keys="escape", name="Put it back", group="What if", done_by="app", first=True,
            help="End what is tried"),
    Command(id="keep_tried", keys="ctrl+s,f2", name="Keep it", group="What if", footer="Keep", done_by="app",
            help="Make what is tried for good"),
)
"""What works while something is tried."""

SEARCH: Final = Command(id="search", keys="slash", name="Search the evidence", group="Moving", footer="Find",
                        footer_on="debate matrix", done_by="screen", help="Show only evidence that has these words")
NEXT_VIEW: Final = Command(id="next_view", keys="right_square_bracket", name="Next view", group="Moving",
                           footer="View", footer_on="numbers timeline inbox", done_by="screen",
                           help="Of the explanation, the gap or the chart")
PREVIOUS_VIEW: Final = Command(id="previous_view", keys="left_square_bracket", name="Previous view", group="Moving",
                               done_by="screen", help="The view before")

DEBATE: Final = (NEXT_VIEW, PREVIOUS_VIEW, SEARCH)

NUMBERS: Final = (
    Command(id="add", keys="a", name="Add a quantity or a gap", group="Numbers", footer="Add", done_by="screen",
            help="A gap where the cursor is in the gaps, else a quantity"),
    Command(id="edit", keys="e", name="Change a value", group="Numbers", footer="Change", done_by="screen",
            help="Type another value, or = and a formula (or enter on a quantity); of a gap, all of it in a form"),
    Command(id="describe", keys="N", name="Name and describe", group="Numbers", done_by="screen",
            help="What the quantity or the gap is called, its unit, its role, its note"),
    Command(id="remove", keys="D", name="Remove a quantity or a gap", group="Numbers", footer="Remove",
            done_by="screen", help="What others use is named first, with what can be done"),
    Command(id="move_up", keys="K,shift+up", name="Move up", group="Numbers", done_by="screen",
            help="The quantity or the gap, past the one above"),
    Command(id="move_down", keys="J,shift+down", name="Move down", group="Numbers", done_by="screen",
            help="The quantity or the gap, past the one below"),
    Command(id="reading", keys="r", name="Choose a reading", group="Numbers", footer="Reading", done_by="screen",
            help="Which source's value of a quantity counts; add, edit or remove one"),
    Command(id="model", keys="m", name="Take a model's size", group="Numbers", footer="Model", needs="model",
            done_by="screen", help="Of a quantity counted in parameters: choose one from the table of models"),
    Command(id="tick", keys="space", name="Tick", group="Scenarios", footer="Tick", done_by="screen",
            help="Take an explanation to be true, or not"),
    NEXT_VIEW,
    PREVIOUS_VIEW,
)

TIMELINE: Final = (
    Command(id="date_before", keys="h,left", name="Date before", group="Timeline", done_by="screen",
            help="Move the cursor of the chart back"),
    Command(id="date_after", keys="l,right", name="Date after", group="Timeline", done_by="screen",
            help="Move the cursor of the chart on"),
    NEXT_VIEW,
    PREVIOUS_VIEW,
    Command(id="scale", keys="percent_sign", name="Scale", group="Timeline", footer="Scale", done_by="screen",
            help="Percentages, or log-odds in decibans"),
    Command(id="across", keys="T", name="Equal steps", group="Timeline", footer="Steps", done_by="screen",
            help="A step for each date, or true time"),
    Command(id="undo_to", keys="z", name="Undo to here", group="Changes", footer="Undo to", done_by="screen",
            help="Take back all of your changes after the entry under the cursor"),
)

INBOX: Final = (
    Command(id="add", keys="a", name="Accept", group="Deciding", footer="Accept", done_by="screen",
            help="Take the idea up: as an explanation, evidence, a reading or a comment; those ticked as what each is"),
    Command(id="merge", keys="Y", name="Merge into what is there", group="Deciding", footer="Merge", done_by="screen",
            help="Make the idea part of an explanation, of evidence or of another idea"),
    Command(id="remove", keys="D", name="Decline", group="Deciding", footer="Decline", done_by="screen",
            help="Decline the idea, or those ticked, for a reason that is offered again"),
    Command(id="mark", keys="L", name="Put off or mark", group="Deciding", footer="Later", done_by="screen",
            help="To come back to later, unclear, a duplicate, off topic, several claims; or new again"),
    Command(id="tick", keys="space", name="Tick", group="Deciding", footer="Tick", done_by="screen",
            help="Tick the idea, to decide several at once"),
    Command(id="filter", keys="f", name="Filter", group="Ideas shown", footer="Filter", done_by="screen",
            help="New ones, those put off, decided ones, or all"),
    Command(id="search", keys="slash", name="Search the ideas", group="Ideas shown", footer="Find", done_by="screen",
            help="Show only ideas that have these words: title, text, kind, sender, explanation"),
    NEXT_VIEW,
    PREVIOUS_VIEW,
)

RATING: Final = (
    Command(id="rate_for", keys="plus", name="Rate for", group="Rating", footer="Rate",
            footer_keys="{rate_for} {rate_against} {rate_neutral}", done_by="focused",
            help="Likelier if it is true: +, pressed again ++"),
    Command(id="rate_against", keys="minus", name="Rate against", group="Rating", done_by="focused",
            help="Less likely: -, pressed again --"),
    Command(id="rate_neutral", keys="0", name="Rate neutral", group="Rating", done_by="focused",
            help="As likely if it is true as if not"),
    Command(id="rate_not_applicable", keys="asterisk", name="Not applicable", group="Rating", done_by="focused",
            help="It has nothing to do with this explanation"),
    Command(id="clear_rating", keys="delete,backspace", name="Clear the rating", group="Rating", done_by="focused",
            help="Make the cell blank: no view"),
    Command(id="step_on", keys="full_stop", name="Step on", group="Rating", done_by="focused",
            help="To the next cell across or down"),
    Command(id="direction", keys="d", name="Across or down", group="Rating", footer="Across/down",
            done_by="focused", help="Where to step on after a rating"),
)
"""What works in the cells of the Matrix."""

MATRIX: Final = (
    Command(id="sort", keys="s", name="Sort", group="Rows", footer="Sort", done_by="screen",
            help="Choose the order of the rows, or sort anew"),
    Command(id="filter", keys="f", name="Filter", group="Rows", footer="Filter", done_by="screen",
            help="What needs a rating, what people differ on, or all"),
    Command(id="fold_all", keys="F", name="Fold all", group="Rows", footer="Fold all", done_by="screen",
            help="Every cluster to one row, or open all of them"),
    Command(id="fold", keys="Z", name="Fold", group="Rows", done_by="screen",
            help="The cluster that the cursor is in to one row, or open it (or enter on that row)"),
    Command(id="add_evidence", keys="n", name="Log evidence", group="Evidence", footer="Evidence", done_by="screen",
            help="Log new evidence; the cursor goes to it"),
    SEARCH,
    Command(id="side_by_side", keys="V", name="Schemes side by side", group="Rows", footer="Schemes", done_by="screen",
            help="What each scheme says of each explanation, under the columns; or one line of it"),
    Command(id="schemes", keys="M", name="Methods", group="Rows", done_by="screen",
            help="The formula of every score, and its order"),
)

# fmt: on

SCREENS: Final[Mapping[str, tuple[Command, ...]]] = {
    "debate": DEBATE,
    "matrix": (*RATING, *MATRIX),
    "numbers": NUMBERS,
    "inbox": INBOX,
    "timeline": TIMELINE,
}
"""Name of a whole screen -> its own commands."""

COMMANDS: Final[Mapping[str, Command]] = {
    one.id: one for one in (*RATING, *INBOX, *MATRIX, *NUMBERS, *TIMELINE, *DEBATE, *TRYING, *COMMON, *APP)
}
"""Every command by its id. What a screen does in its own way has the same keys there."""

MOVING: Final = (
    ("j k ↓ ↑", "Move in a list"),
    ("h l ← →", "Move across"),
    ("g G", "First, last"),
    ("ctrl+d ctrl+u", "Half a page"),
    ("enter", "Open"),
    ("esc", "Back"),
    ("tab", "To the next part"),
)
"""Keys that every list has, for the help screen."""

_given: dict[str, tuple[str, ...]] = {}
"""Command -> the keys that its user has given it, in the place of those it comes with."""


def give_keys(given: Mapping[str, tuple[str, ...]]) -> None:
    """Give commands other keys than they come with, from now on; all others have their own."""
    _given.clear()
    _given.update(given)


def commands_on(screen: str) -> tuple[Command, ...]:
    """Return what works on a whole screen: its own commands, and the common ones that it does not do in its own way."""
    own = SCREENS[screen]
    ids = {command.id for command in own}
    common = tuple(command for command in COMMON if command.id not in ids)
    return (*common, *own) if screen == "debate" else (*own, *common)
