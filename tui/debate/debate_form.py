"""The form of the debate itself: its question, and what its figures are reckoned by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from hypotheses.admission import admit
from hypotheses.debate import Debate
from hypotheses.edits import DebateFields, debate_edited
from hypotheses.fields import typed
from tui.dialogs.form import Form
from tui.dialogs.form_field import FormField, Texts, form_field
from tui.session import StoreCall

if TYPE_CHECKING:
    from tui.host import Host

EDITED: Final = ("title", "question", "mode", "correlation", "counts", "author", "source", "note")
"""What the form asks for, in this order; which readings count is chosen where each shows what it gives."""


class DebateEditor:
    """Edits a debate itself in a form."""

    moves_figures = True

    def __init__(self, debate: Debate) -> None:
        self._now = debate

    def fields(self) -> list[FormField]:
        """Return what is asked, and by what it is reckoned."""
        return [form_field(Debate, name, getattr(self._now, name)) for name in EDITED]

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set what says something else than was seen; what is not touched keeps its exact value."""
        stand = {one.name: one.value for one in self.fields()}
        was = replace(self._now, **_read(seen, (name for name in EDITED if seen[name] != stand[name])))
        changed = _changed(texts, seen)
        slug = self._now.slug
        return lambda store, expected: store.edit_debate(slug, expected=expected, **changed), was

    def would(self, debate: Debate, texts: Texts, seen: Texts) -> Debate:
        """Return a debate with the change in it."""
        after = debate_edited(debate, _changed(texts, seen))
        admit(debate, after)
        return after

    def moved_to(self, theirs: Debate) -> Texts:
        """Go on with theirs."""
        self._now = theirs
        return {one.name: one.value for one in self.fields()}


def _changed(texts: Texts, seen: Texts) -> DebateFields:
    return _read(texts, (name for name in EDITED if texts[name] != seen[name]))


def _read(texts: Texts, names: Iterable[str]) -> DebateFields:
    return cast("DebateFields", {name: typed(Debate, name, texts[name]) for name in names})


def edit_debate(app: Host, debate: Debate) -> None:
    """Edit the debate itself in a form."""
    app.push_screen(Form("The debate", DebateEditor(debate), draft=f"{debate.slug}.debate"))
