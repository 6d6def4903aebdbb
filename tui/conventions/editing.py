"""What is done to conventions: one is added, renamed or removed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from hypotheses import rules
from hypotheses.debate import Debate
from hypotheses.edits import convention_removed, convention_renamed, read_of
from hypotheses.reading import Reading
from tui.dialogs.editor import Adding
from tui.dialogs.form import Form
from tui.dialogs.form_field import FormField, Texts
from tui.dialogs.named_lines import read_lines
from tui.dialogs.removing import Removing
from tui.dialogs.renaming import ask_for_name
from tui.session import StoreCall

if TYPE_CHECKING:
    from tui.host import Host

READINGS: Final = "quantity = 890M, one a line; slug.name = 1 to 2 for what an explanation assumes"


def add_convention(app: Host, debate: Debate) -> None:
    """Fill in a form for a new convention: what it is called, and what it reads."""

    def read(text: str, source: str = "", url: str = "") -> dict[str, Reading]:
        def reading(of: str, value: str) -> Reading:
            read_of(debate, of)
            return Reading(rules.value(value), source, url)

        return dict(read_lines(text, READINGS, reading))

    def make(texts: Texts) -> StoreCall:
        name, readings = texts["name"].strip(), read(texts["readings"], texts["source"].strip(), texts["url"].strip())
        return lambda store, _: store.add_convention(debate.slug, name, readings)

    fields = [
        FormField("name", "Name", "", "a word, such as literature", read=rules.name, required=True),
        FormField("readings", "Readings", "", READINGS, read=read, required=True, long=True),
        FormField("source", "Source", "", "where the values are from", read=rules.text),
        FormField("url", "Link", "", "https://…", read=rules.url),
    ]
    app.push_screen(Form("A new convention", Adding(fields, make), draft=f"{debate.slug}.convention"))


def rename_convention(app: Host, debate: Debate, name: str) -> None:
    """Type another name of a convention."""
    ask_for_name(
        app,
        "Rename the convention",
        f"{name}\nWhose readings they are: post, literature, author-2022",
        name,
        renamed=partial(convention_renamed, debate, name),
        rename=lambda new: lambda store, seen: store.rename_convention(debate.slug, name, new, expected=seen),
        seen=debate,
    )


def remove_convention(app: Host, debate: Debate, name: str) -> None:
    """Remove a convention with its readings, once it is seen what has no other."""

    def remove(along: bool) -> StoreCall:
        return lambda store, seen: store.remove_convention(debate.slug, name, expected=seen, along=along)

    try_it = partial(convention_removed, debate, name)
    app.push_screen(Removing("Remove the convention, with its readings?", name, try_it, remove, seen=debate))
