"""Find anything: what is looked through, what stands for it, and how each is gone to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Debate
from hypotheses.finder import Findable, Finder, Kind, findables
from hypotheses.problems import AbduceError
from tui.comments.thread import Thread
from tui.conventions.actions import choose_convention
from tui.dialogs.finder_dialog import FinderDialog, key_for
from tui.dialogs.picker import Choice
from tui.program_actions import commands_now
from tui.terminal.clean import clean_text

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from tui.commands import Command
    from tui.host import Host

WHERE: Final[Mapping[Kind, str]] = {
    "explanation": "on the Debate screen",
    "evidence": "in the Matrix",
    "quantity": "on the Numbers screen",
    "gap": "on the Numbers screen",
    "convention": "among those that may count",
    "cluster": "in the Matrix",
    "idea": "in the Inbox",
    "comment": "in its thread",
    "debate": "opened",
}
"""Where each is gone to."""


def find_anything(app: Host) -> None:
    """Offer every command, and whatever has the words that are typed."""
    screen, focused, debate = app.screen, app.focused, app.real
    commands = {command.id: command for command in commands_now(app) if command.id != "palette"}
    own = debate.slug if debate else ""
    items = {
        key_for(each): each
        for each in (Findable("command", one.id, one.name, f"{one.help} {one.id}") for one in commands.values())
    }

    def line(item: Findable) -> Choice:
        items[key_for(item)] = item
        about = commands[item.name].help if item.kind == "command" else WHERE[item.kind]
        return Choice(key_for(item), item.title, about, item.kind)

    def take(chosen: str | None) -> None:
        if chosen is None:
            return
        item = items[chosen]
        if item.kind == "command":
            command = commands[item.name]
            place: DOMNode = focused if focused and command.done_by == "focused" else screen
            app.call_later(_carry_out, app, command, place)
        else:
            _go(app, item, own)

    choices = [Choice(f"command {one.id}", one.name, one.help, one.shown_key) for one in commands.values()]
    dialog = FinderDialog(choices, line)
    app.push_screen(dialog, take)
    make_ready = partial(_make_ready, app, dialog, [*items.values()], debate)
    app.run_worker(make_ready, thread=True, group="finder")


async def _carry_out(app: Host, command: Command, place: DOMNode) -> None:
    if not await app.run_action(command.action, place):
        await app.run_action(f"app.explain({command.id!r})", place)


def _make_ready(app: Host, dialog: FinderDialog, commands: list[Findable], debate: Debate | None) -> None:
    """Make ready, in a thread, what is looked through."""
    inside = findables(debate) if debate else ()
    finder = Finder([*commands, *inside, *_other_debates(app, debate)])
    app.call_from_thread(dialog.look_through, finder)


def _other_debates(app: Host, debate: Debate | None) -> Iterator[Findable]:
    try:
        there = app.session.store.debates() if app.session else ()
    except AbduceError as problem:
        app.call_from_thread(app.refuse, str(problem))
        return
    for each in there:
        if debate is None or each.slug != debate.slug:
            yield Findable("debate", each.slug, each.title, each.slug)


def _go(app: Host, item: Findable, own: str) -> None:
    """Go to what was chosen, if it is still there."""
    debate = app.real
    if item.kind == "debate":
        app.changes.open(item.name)
    elif debate is None or debate.slug != own or not _is_there(debate, item):
        app.refuse(f"The {item.kind} “{clean_text(item.title)}” is not there any more")
    else:
        GO[item.kind](app, debate, item)


def _is_there(debate: Debate, item: Findable) -> bool:
    there = {
        "explanation": debate.hypotheses,
        "evidence": debate.evidence,
        "quantity": debate.quantities,
        "gap": debate.gaps,
        "convention": debate.conventions,
        "cluster": {each.cluster for each in debate.evidence.values()},
        "idea": {str(number) for number in debate.ideas},
        "comment": {str(number) for number in debate.comments},
    }
    return item.name in there[item.kind]


def _on(screen: str) -> Callable[[Host, Debate, Findable], None]:
    return lambda app, _, item: app.go_on(screen, item.kind, item.name)


def _open_thread(app: Host, debate: Debate, item: Findable) -> None:
    comment = debate.comments[int(item.name)]
    app.push_screen(Thread(debate, (comment.hypothesis, comment.evidence, comment.idea)))


GO: Final[Mapping[Kind, Callable[[Host, Debate, Findable], None]]] = {
    "explanation": lambda app, _, item: app.go_to(item.name),
    "evidence": _on("matrix"),
    "cluster": _on("matrix"),
    "quantity": _on("numbers"),
    "gap": _on("numbers"),
    "convention": lambda app, debate, item: choose_convention(app, debate, item.name),
    "idea": _on("inbox"),
    "comment": _open_thread,
}
"""How each kind is gone to."""
