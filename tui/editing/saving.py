"""What the saving of a form is: one call of one store method, against what was seen when the form was opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from hypotheses.belief import format_ratio
from hypotheses.debate import Assessment
from store.errors import Conflict, Refused
from tui.dialogs.form import Field, Form
from tui.session import Edit

if TYPE_CHECKING:
    from tui.app import AbduceApp

Seen = TypeVar("Seen")


def open_form(
    app: AbduceApp, title: str, rows: list[Field], save: Callable[[Mapping[str, str]], object], *, draft: str
) -> None:
    """Open a form whose unsaved text is kept under a name of this debate."""
    slug = app.trying.real.slug if app.trying.real else ""
    app.push_screen(Form(title, rows, save, draft=f"{slug}.{draft}"))


def against(seen: Seen, edit: Callable[[Mapping[str, str], Seen], Edit], app: AbduceApp) -> Callable[[Any], None]:
    """Return a saver that expects what was `seen`, and offers a conflict back: saving again is then on purpose."""
    expected = seen

    def save(texts: Mapping[str, str]) -> None:
        nonlocal expected
        try:
            app.commit(edit(texts, expected))
        except Conflict as conflict:
            expected = conflict.theirs  # type: ignore[assignment]  # of the same kind as what was seen
            theirs = "; ".join(f"{name}: {in_words(theirs_of(conflict, name))}" for name in conflict.fields)
            raise Refused(f"{conflict}. Theirs is now {theirs[:400]}. Save again to replace it.") from conflict

    return save


def theirs_of(conflict: Conflict, name: str) -> object:
    """Return what a field has become; a cell of the matrix is all there is of it."""
    return getattr(conflict.theirs, name) if hasattr(conflict.theirs, name) else conflict.theirs


def in_words(value: object) -> str:
    """Write the value of a field for a sentence."""
    if isinstance(value, Assessment):
        return f"{format_ratio(value.ratio)} {value.why}".rstrip()
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {in_words(each)}" for name, each in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "blank" if value is None or value == "" else str(value)
