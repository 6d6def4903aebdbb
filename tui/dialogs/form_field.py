"""One thing to fill in; for a field of a value, with what the table of fields says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hypotheses.fields import field_of
from hypotheses.notations import RATIO, WEIGHT, Notation
from hypotheses.pasted import Taken, one_line
from hypotheses.ratios import NOT_APPLICABLE, RATIO_SIGNS, WEIGHT_WORDS
from tui.dialogs.taking import TAKES

OFFERED: Final[Mapping[Notation, Mapping[str, str]]] = {
    WEIGHT: {"": "not stated", **{word: word for word in WEIGHT_WORDS}},
    RATIO: {"": "·", **{sign: sign for sign in reversed(tuple(RATIO_SIGNS))}, NOT_APPLICABLE: NOT_APPLICABLE},
}
"""Notation -> the words that are offered in it, and how each is written; anything else can be typed too."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing to fill in."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    """What is expected, shown while the field is empty."""
    takes: Callable[[str], Taken] = one_line
    """Makes what goes into the field of what is pasted."""
    read: Callable[[str], object] | None = None
    """Checks the text; raises Malformed."""
    required: bool = False
    needed_by: str = ""
    """Name of a field that nothing may stand in while nothing stands here."""
    long: bool = False
    """True for several lines of text; one that does not fit on a line gets them in any case."""
    suggestions: Sequence[str] = ()
    several: bool = False
    """Whether several entries stand there, with commas between: each is completed."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What can be chosen, and how that is written."""
    closed: bool = False
    """Whether nothing else can be typed."""


def form_field(kind: type, name: str, value: object = None) -> FormField:
    """Return the form's field of one of a value's, filled in with what there is.

    Args:
        kind: The type of the value.
        name: The field's, in the value.
        value: What it is; None while there is none.
    """
    field = field_of(kind, name)
    return FormField(
        name,
        field.label,
        "" if value is None else field.notation.show(value),
        field.hint,
        takes=TAKES.get(name, one_line),
        read=lambda text: field.read(text.strip()),
        required=field.required,
        long=field.long,
        words={word: word for word in field.words} or OFFERED.get(field.notation, {}),
        closed=bool(field.words),
    )


Texts = Mapping[str, str]
"""Name of a field -> its text."""
