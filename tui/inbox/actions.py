"""What the keys open about readers' ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.debate import Debate
from tui.dialogs.editor import Adding
from tui.dialogs.form import Form
from tui.dialogs.form_field import Texts
from tui.inbox.fields import idea_fields, read_idea
from tui.inbox.page import idea_page
from tui.session import StoreCall

if TYPE_CHECKING:
    from tui.host import Host, Target


def submit_idea(app: Host, debate: Debate, target: Target) -> None:
    """Fill in a form for a reader's idea, about the open explanation unless that is changed."""

    def make(texts: Texts) -> StoreCall:
        idea = read_idea(texts)
        return lambda store, _: store.submit_idea(debate.slug, idea)

    editor = Adding(idea_fields(target.hypothesis), make)
    app.push_screen(Form("An idea", editor, draft=f"{debate.slug}.idea"))


def view_idea(app: Host, debate: Debate, target: Target) -> None:
    """Show an idea whole."""
    if target.idea in debate.ideas:
        app.push_screen(idea_page(debate.ideas[target.idea], debate))
