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
    from store.debate_store import DebateStore
    from store.entries import Change
    from tui.host import Host, Target


def submit_idea(app: Host, debate: Debate, target: Target) -> None:
    """Fill in a form for a reader's idea, about the open explanation unless that is changed."""

    def make(texts: Texts) -> StoreCall:
        idea = read_idea(texts)

        def submit(store: DebateStore, _: object) -> Change:
            change = store.submit_idea(debate.slug, idea)
            number = max(change.debate.ideas)
            app.notify(f"Idea {number} is in the inbox; its reference is {change.debate.ideas[number].reference}")
            return change

        return submit

    editor = Adding(idea_fields(target.hypothesis), make)
    app.push_screen(Form("An idea", editor, draft=f"{debate.slug}.idea"))


def view_idea(app: Host, debate: Debate, target: Target) -> None:
    """Show an idea whole."""
    if target.idea in debate.ideas:
        app.push_screen(idea_page(debate.ideas[target.idea], debate))
