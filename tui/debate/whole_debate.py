"""The whole debate in the person's editor: what differs is shown, and saved as one change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from hypotheses.debate import Debate
from hypotheses.problems import AbduceError, Refused
from hypotheses.versions import Decision, changes_between, clash_said, part_named, told
from store.errors import Parted
from tui.command_keys import key_of
from tui.dialogs.conflict import ConflictDialog, Differing
from tui.dialogs.dialog import Dialog
from tui.terminal import external
from tui.terminal.clean import content
from tui.widgets.button_row import KeyButton
from tui.widgets.passage import Passage

if TYPE_CHECKING:
    from hypotheses.versions import Clash
    from tui.changes import Asked
    from tui.host import Host
    from tui.whole_text import WholeText

Wish = Literal["save", "edit", "drop"]


class WholeDifference(Dialog["Wish | None"]):
    """Returns what is to become of what was edited; None to leave it for later."""

    DEFAULT_CSS = """
    WholeDifference { & #box { width: 110; } & #page { height: auto; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2,y", "take('save')", "Save", show=False),
        Binding("e,f4", "take('edit')", "Edit again", show=False),
        Binding("D", "take('drop')", "Throw away", show=False),
    ]
    rolling = "#page"
    keys = "↑ ↓ scroll · saved, it is one change that {undo} takes back · esc keeps what was typed for {edit_whole}"
    buttons = (
        KeyButton("Save", "ctrl+s"),
        KeyButton("Edit again", "e"),
        KeyButton("Throw away", "D"),
        KeyButton("Not now", "escape"),
    )

    def __init__(self, lines: Sequence[str]) -> None:
        """Show what differs, a line for each part."""
        super().__init__("What you made of the debate")
        self._lines = lines

    def body(self) -> ComposeResult:
        """The lines."""
        with Passage(id="page"):
            yield Static(content("\n".join(self._lines), multiline=True))

    def on_mount(self) -> None:
        """Let the keys scroll the lines."""
        self.query_one("#page").focus()
        self.fit()

    def action_take(self, wish: Wish) -> None:
        """Leave with what is wished."""
        self.close(wish)


def edit_whole(app: Host, debate: Debate) -> None:
    """Edit the whole debate in the person's editor, or go on with what was left unsaved."""
    from tui.whole_text import WholeText  # noqa: PLC0415 - YAML takes 20 ms that no other key waits for

    session = app.session
    if session is None:
        return
    try:
        text = WholeText.take_up(session.store, app.database, debate.slug)
        if text is not None:
            app.notify("Going on with what was left unsaved.", markup=False)
        else:
            text = WholeText.begin(session.store, app.database, debate)
    except AbduceError as refused:
        app.refuse(f"{refused}")
        return
    _edit(app, text)


def _edit(app: Host, text: WholeText) -> None:
    """Have it edited until it can be read, and show what differs."""
    mine = None
    while mine is None:
        try:
            text.edit(lambda path, line: external.edit_file(app, path, line))
            mine = text.read()
        except Refused as refused:
            _leave(app, text, str(refused))
            return
    _show(app, text, mine)


def _leave(app: Host, text: WholeText, sentence: str = "") -> None:
    """Leave it unsaved; what was typed is kept."""
    told_why = f"{sentence[:1].upper()}{sentence[1:]}. " if sentence else ""
    if text.is_untouched or not text.sheet.is_there:
        text.sheet.drop()
        app.refuse(told_why.strip() or "Nothing was changed")
        return
    text.sheet.close()
    kept = f"{told_why}What was typed is kept in {text.sheet.path}; {key_of('edit_whole')} goes on with it"
    if sentence:
        app.refuse(kept)
    else:
        app.notify(kept, markup=False)


def _show(app: Host, text: WholeText, mine: Debate) -> None:
    """Show what differs and do what is wished; first offer what somebody else changed too."""
    theirs = app.real
    if theirs is None or theirs.slug != text.base.slug:
        _leave(app, text, f"{text.base.slug} is not the debate that is open any more")
        return
    try:
        both = text.joined_with(theirs, mine)
    except Refused as removed:
        _leave(app, text, str(removed))
        return
    if both.clashes:
        _offer(app, text, mine, both.clashes)
        return
    lines = told(changes_between(text.seen(theirs), both.debate))
    if not lines:
        text.sheet.drop()
        app.notify("Nothing was changed.", markup=False)
        return

    def take(wish: Wish | None) -> None:
        if wish == "save":
            _save(app, text, mine)
        elif wish == "edit":
            app.call_later(_edit, app, text)
        elif wish == "drop":
            text.sheet.drop()
        else:
            _leave(app, text)

    app.push_screen(WholeDifference(lines), take)


def _offer(app: Host, text: WholeText, mine: Debate, clashes: Sequence[Clash]) -> None:
    """Offer theirs and mine of every part that both have changed."""
    fields = [
        Differing(str(number), part_named(each.place), clash_said(each, "theirs"), clash_said(each, "mine"))
        for number, each in enumerate(clashes)
    ]

    def take(own: frozenset[str] | None) -> None:
        if own is None:
            _leave(app, text)
            return
        for number, each in enumerate(clashes):
            text.decided.append(Decision(each, "mine" if str(number) in own else "theirs"))
        app.call_later(_show, app, text, mine)

    app.push_screen(ConflictDialog("Somebody else changed the same parts while you edited.", fields), take)


def _save(app: Host, text: WholeText, mine: Debate) -> None:
    slug, base, decided = text.base.slug, text.base, tuple(text.decided)

    def refused(_asked: Asked, problem: AbduceError) -> None:
        if isinstance(problem, Parted):
            app.call_later(_show, app, text, mine)
        else:
            _leave(app, text, str(problem))

    app.changes.ask(
        lambda store, seen: store.put_debate(slug, mine, expected=seen, decided=decided),
        base,
        made=text.sheet.drop,
        refused=refused,
    )
