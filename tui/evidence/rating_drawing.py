"""How a row of ratings is drawn: rank, title, the signs in a row, the ratio, and why or what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

from textual.content import Content

from hypotheses.ratios import RATIO_SIGNS
from tui.dialogs.form_part import WRONG
from tui.evidence.fields import QUESTION, REST_OF_QUESTION
from tui.number_text import factor, mark_of
from tui.terminal.clean import content
from tui.widgets.word_choice import CHOSEN, UNDER_KEYS, Words, words_line

HINTS: Final = ("· no view   ← → or 3, 1/3", "← → or 3, 1/3")
RANK: Final = 2
"""Cells of the mark of an explanation."""
RATIO: Final = 8
"""Cells of a ratio."""
GAP: Final = 1
"""Cells between two fields."""
LEAST_WHY: Final = 14
"""Cells that are left for a reason before a title is given all that it needs."""
SHORT: Final = ("not a ratio: 3, 1/3", "not a ratio")
"""What is wrong with most ratings, where there is no room for a whole sentence."""


@dataclass(frozen=True, slots=True)
class RatingColumns:
    """Where the parts of a row stand."""

    width: int
    longest: int
    """Cells of the longest title."""
    words: Words
    """The signs that can be chosen."""

    @property
    def title(self) -> int:
        """Cells of a title."""
        room = self.width - RANK - self._signs - RATIO - 3 * GAP
        return min(self.longest, max(8, room - max(LEAST_WHY, room // 3)))

    @property
    def _signs(self) -> int:
        return words_line(self.words, "").cell_length

    @property
    def words_at(self) -> int:
        """Where the signs begin."""
        return RANK + self.title + GAP

    @property
    def ratio_at(self) -> int:
        """Where the ratio begins."""
        return self.words_at + self._signs + GAP

    @property
    def why_at(self) -> int:
        """Where the reason begins."""
        return self.ratio_at + RATIO + GAP

    @property
    def why(self) -> int:
        """Cells of a reason."""
        return max(1, self.width - self.why_at)


@dataclass(frozen=True, slots=True)
class RatingTexts:
    """What a row says."""

    rank: int
    title: str
    rating: str
    why: str
    wrong: str
    """What is wrong with it."""


def question_line(width: int) -> Content:
    """Write what the ratings answer, and how they are given, in so many cells."""
    for hint, rest in product(HINTS, REST_OF_QUESTION[:-1]):
        question = Content.assemble((QUESTION, "bold"), rest)
        room = width - question.cell_length - Content(hint).cell_length
        if room > 1:
            return Content.assemble(question, " " * room, (hint, "$label"))
    return Content.assemble((QUESTION, "bold"), REST_OF_QUESTION[-1])


def rating_line(columns: RatingColumns, row: RatingTexts, *, here: bool, choosing: bool) -> Content:
    """Draw a row: `here` if the keys go to it, `choosing` if they go to its rating."""
    title = content(row.title).truncate(columns.title, ellipsis=True, pad=True)
    signs = words_line(columns.words, row.rating, UNDER_KEYS if choosing else CHOSEN)
    ground = "on $error 22%" if row.wrong else "on $field"
    return Content.assemble(
        (f"{mark_of(row.rank):<{RANK}}", "$label"),
        title.stylize("bold") if here else title,
        " " * GAP,
        signs.stylize_before("on $field"),
        " " * GAP,
        _fitted(Content.assemble(" ", factor_text(row.rating)), RATIO, ground),
        " " * GAP,
        _beside(row, columns.why),
    )


def factor_text(rating: str) -> Content:
    """Write a sign as the factor that it stands for, anything else as it was typed."""
    ratio = RATIO_SIGNS.get(rating.strip())
    return content(rating if ratio is None else factor(ratio), "bold")


def _beside(row: RatingTexts, room: int) -> Content:
    if row.wrong:
        shorter = (row.wrong, row.wrong.partition(";")[0], row.wrong.partition(":")[0], *SHORT)
        told = next((each for each in shorter if content(each).cell_length + len(WRONG) <= room), SHORT[-1])
        return content(f"{WRONG}{told}", "$contra")
    why = content(f" {row.why}") if row.why else Content.styled(" why", "$label")
    return _fitted(why, room, "on $field")


def _fitted(text: Content, width: int, ground: str) -> Content:
    return text.truncate(width, ellipsis=True, pad=True).stylize_before(ground)
