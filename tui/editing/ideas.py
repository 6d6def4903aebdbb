"""What the key opens that sends an idea in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.debate import Debate, Hypothesis
from tui.dialogs import forms
from tui.dialogs.form import Adding, Form, Texts
from tui.session import StoreCall

if TYPE_CHECKING:
    from tui.app import AbduceApp


def submit_idea(app: AbduceApp, debate: Debate, about: Hypothesis | None) -> None:
    """Fill in a form for a reader's idea, about the open explanation unless that is changed."""

    def make(texts: Texts) -> StoreCall:
        idea = forms.read_idea(texts)
        return lambda store, _: store.submit_idea(debate.slug, **idea)

    editor = Adding(forms.idea_fields(about.slug if about else ""), make)
    app.push_screen(Form("An idea", editor, draft=f"{debate.slug}.idea"))
