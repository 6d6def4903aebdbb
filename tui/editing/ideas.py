"""What the key opens that sends an idea in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hypotheses.debate import Hypothesis
from tui.dialogs import forms
from tui.editing.saving import open_form

if TYPE_CHECKING:
    from tui.app import AbduceApp


def submit_idea(app: AbduceApp, about: Hypothesis | None) -> None:
    """Fill in a form for a reader's idea, about the open explanation unless that is changed."""

    def save(texts: Mapping[str, str]) -> None:
        app.commit(lambda store, slug: store.submit_idea(slug, **forms.read_idea(texts)))

    open_form(app, "An idea", forms.idea_fields(about.slug if about else ""), save, draft="idea")
