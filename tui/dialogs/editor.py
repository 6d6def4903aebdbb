"""What a form is about: its fields, and the change that what was typed becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from store.expected import ANYTHING
from tui.dialogs.form_field import FormField, Texts

if TYPE_CHECKING:
    from hypotheses.debate import Debate
    from tui.session import StoreCall


class Editor(Protocol):
    """What a form is about, and how what was typed becomes a change."""

    @property
    def moves_figures(self) -> bool:
        """Whether a change of it can move what is stated or what the evidence says."""

    def fields(self) -> Sequence[FormField]:
        """Return the fields, filled in with what there is."""

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Return the change of the fields that say something else than was seen, and the value as it was seen.

        Raises:
            Malformed: a field cannot be read.
        """

    def would(self, debate: Debate, texts: Texts, seen: Texts) -> Debate:
        """Return a debate as it would be with the change in it.

        Raises:
            AbduceError: a field cannot be read, or the change would be refused.
        """

    def moved_to(self, theirs: Any) -> Texts:  # noqa: ANN401 -- the kind of value that is edited
        """Go on with what another person has made of the value; return what the fields say of it."""


@dataclass(frozen=True, slots=True)
class Adding:
    """An editor of something new."""

    rows: Sequence[FormField]
    make: Callable[[Texts], StoreCall]
    """Makes the addition of what was typed; raises Malformed."""
    added: Callable[[Debate, Texts], Debate] | None = None
    """Puts it into a debate, if that can move a figure; raises AbduceError."""

    @property
    def moves_figures(self) -> bool:
        """Whether it can move a figure."""
        return self.added is not None

    def fields(self) -> Sequence[FormField]:
        """Return the fields."""
        return self.rows

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Add it."""
        return self.make(texts), ANYTHING

    def would(self, debate: Debate, texts: Texts, seen: Texts) -> Debate:
        """Return the debate with it."""
        return debate if self.added is None else self.added(debate, texts)

    def moved_to(self, theirs: object) -> Texts:
        """Nobody can have changed what is not there yet."""
        return {}
