"""What the keys of the Matrix screen open and change, each by one call of one store method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from hypotheses.debate import Assessment, Evidence, Hypothesis
from hypotheses.matrix import ORDERS, Order
from tui.dialogs.message import Page
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.weigh import Weigh, weighed_as
from tui.editing.evidence import rate
from tui.editing.saving import against
from tui.widgets.matrix_text import schemes_text

if TYPE_CHECKING:
    from tui.app import AbduceApp
    from tui.session import Edit
    from tui.widgets.matrix_cells import Sheet


def reason(app: AbduceApp, evidence: Evidence, hypothesis: Hypothesis, cell: Assessment | None) -> None:
    """Edit the rating of a cell with its reason; `cell` is what stands in it."""
    cells = {slug: each for slug, each in evidence.assessments.items() if slug != hypothesis.slug}
    if cell is not None:
        cells[hypothesis.slug] = cell
    rate(app, replace(evidence, assessments=cells), hypothesis)


def weigh(app: AbduceApp, was: Evidence) -> None:
    """Set credibility, relevance and cluster of an item."""
    debate = app.trying.real
    if debate is None:
        return

    def edit(texts: Mapping[str, str], seen: Evidence) -> Edit:
        now = weighed_as(was, texts)
        names = [name for name in ("credibility", "relevance", "cluster") if getattr(now, name) != getattr(was, name)]
        changed = {name: getattr(now, name) for name in names}
        return lambda store, slug: store.edit_evidence(slug, was.key, expected=seen, **changed) if changed else None

    app.push_screen(Weigh(debate, was, against(was, edit, app)))


def retract(app: AbduceApp, evidence: Evidence) -> None:
    """Retract an item, or reinstate it."""
    app.change(lambda store, slug: store.retract_evidence(slug, evidence.key, retracted=not evidence.retracted))


def sort(app: AbduceApp, by: Order, take: Callable[[str | None], None]) -> None:
    """Choose an order of the rows; the one there is sorts them anew."""
    choices = [Choice(name, "as logged" if name == "logged" else name, about) for name, about in ORDERS.items()]
    app.push_screen(Picker("Sort by", choices, by), take)


def schemes(app: AbduceApp, sheet: Sheet) -> None:
    """Show how every score is made."""
    app.push_screen(Page("How the scores are made", schemes_text(sheet)))
