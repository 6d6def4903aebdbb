"""One thing to fill in; for a field of a value, with what the table of fields says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hypotheses.fields import field_of


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing to fill in."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    """What is expected, shown while the field is empty."""
    read: Callable[[str], object] | None = None
    """Checks the text; raises Malformed."""
    required: bool = False
    long: bool = False
    """True for several lines of text; one that does not fit on a line gets them in any case."""
    suggestions: Sequence[str] = ()
    width: int = 0
    """Cells, or 0 for all there are."""
    roomy: bool = False
    """True for a label longer than a word or two."""
    head: str = ""
    """A line of its own above the field."""
    beside: FormField | None = None
    """A second field on the same line."""


def each_field(fields: Iterable[FormField]) -> Iterable[FormField]:
    """Go through the fields and those beside them."""
    for one in fields:
        yield one
        if one.beside is not None:
            yield one.beside


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
        read=lambda text: field.read(text.strip()),
        required=field.required,
        long=field.long,
        suggestions=field.words,
    )


Texts = Mapping[str, str]
"""Name of a field -> its text."""
