"""A form whose saving changes numbers: what would become of the gaps is told."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from hypotheses.debate import Debate
from hypotheses.whatif import comes_to
from tui.dialogs.form import Form
from tui.dialogs.gap_moves import chance_closed, closing, figures, gap_moves, lines, value_text


class NumberForm(Form):
    """What saving it would make of the gaps is told."""

    _figures: tuple[Debate, dict[str, str], str] | None = None
    """What each gap is in the debate as it is, and how likely the headline is closed."""

    def would_move(self, debate: Debate, after: Debate) -> Sequence[Content]:
        """Write what a new quantity's formula comes to, and what would become of the gaps."""
        session = self.app.session
        if session is None:
            return [Content("")]
        if self._figures is None or self._figures[0] is not debate:
            with session.trying(debate) as estimates:
                self._figures = debate, figures(estimates), chance_closed(estimates)
        with session.trying(after) as estimates:
            moved = gap_moves(self._figures[1], after, figures(estimates))
            closes = closing(self._figures[2], chance_closed(estimates))
        new = next((each for symbol, each in after.quantities.items() if symbol not in debate.quantities), None)
        result = comes_to(after, new.symbol) if new is not None and new.formula else None
        value = value_text(result, new.unit) if new is not None and result is not None else None
        return list(lines(moved, value, closes))
