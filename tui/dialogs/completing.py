"""Fields in which what is begun is completed: a list offers what fits, ↑ and ↓ choose, and tab takes the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.suggester import Suggester, SuggestionReady
from textual.widget import Widget

from tui.dialogs.form_field import FormField
from tui.dialogs.form_part import FieldLine
from tui.dialogs.offer_list import Offer, OfferList
from tui.terminal.typed import LineInput, TextInput


@dataclass(frozen=True, slots=True)
class Begun:
    """What is begun before the cursor, and what it may become."""

    word: str = ""
    offers: Sequence[Offer] = ()
    can_make: bool = False
    """Whether there may be something new of that name: the field's dialog has an action `make_named`."""


NOTHING: Final = Begun()
BeginningOf = Callable[[str], Begun]
"""Says what is begun at the end of a text, which is that of the line up to the cursor."""


CHOOSING: Final[list[BindingType]] = [
    Binding("down", "choose(1)", show=False),
    Binding("up", "choose(-1)", show=False),
]
if TYPE_CHECKING:
    _Field = Widget
else:
    _Field = object  # Textual 8.2.8 follows the first of several bases that are widgets, and loses the others' styles


class Completing(_Field):
    """Offers what may stand in the place of what is begun. A subclass is a field that says where its cursor is."""

    beginning: BeginningOf
    below: Widget | None = None
    _begun = NOTHING
    _chosen = 0

    if TYPE_CHECKING:  # Textual's fields have it

        @property
        def cursor_screen_offset(self) -> Offset: ...  # noqa: D102

    def before(self) -> str:
        """Return the text of the line up to the cursor; nothing where nothing is completed."""
        raise NotImplementedError

    def complete(self, word: str, name: str) -> None:
        """Put a name in the place of the word before the cursor."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Follow the cursor."""
        self.watch(self, "selection", self.follow, init=False)
        self.watch(self, "has_focus", self.follow, init=False)

    def follow(self) -> None:
        """Offer what fits what is typed by now."""
        if not self.is_attached:
            return
        begun = self.beginning(self.before()) if self.has_focus else NOTHING
        if begun != self._begun:
            self._begun, self._chosen = begun, 0
        OfferList.show_for(self, begun.word, begun.offers, self._chosen, can_make=begun.can_make)

    @property
    def chosen(self) -> str:
        """The name that would be taken; empty if nothing is offered, or something new is chosen."""
        self.follow()
        offers = self._begun.offers
        return offers[self._chosen].name if self._chosen < len(offers) else ""

    def take(self) -> bool:
        """Take what is chosen; False if nothing is offered."""
        name = self.chosen
        if name:
            self.complete(self._begun.word, name)
            self.follow()
        elif self._begun.offers:
            self.call_later(self.screen.run_action, "make_named")
        return bool(name or self._begun.offers)

    def take_at(self, place: int) -> None:
        """Take what is offered at a place, as the mouse does."""
        self._chosen = place
        self.take()

    def action_choose(self, step: int) -> None:
        """Choose what is offered next, if anything is."""
        self.follow()
        if self._begun.offers:
            self._chosen = (self._chosen + step) % (len(self._begun.offers) + self._begun.can_make)
            self.follow()
        else:
            self.move(step)

    def move(self, step: int) -> None:
        """Do what the key does where nothing is offered."""


class Completion(Suggester):
    """Shows in the line how the chosen one goes on."""

    def __init__(self, field: CompletingInput) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._field = field

    async def get_suggestion(self, value: str) -> str | None:
        """Return the text with what is chosen."""
        return self._field.whole or None


class CompletingInput(Completing, LineInput):
    """A line; → at its end takes what is chosen as well."""

    BINDINGS: ClassVar[list[BindingType]] = CHOOSING

    def __init__(
        self,
        text: str,
        beginning: BeginningOf,
        *,
        placeholder: str = "",
        id: str | None = None,
        select_on_focus: bool = True,
    ) -> None:
        """Offer what fits what is begun."""
        self.beginning = beginning
        super().__init__(
            text,
            placeholder=placeholder,
            suggester=Completion(self),
            id=id,
            select_on_focus=select_on_focus,
            compact=True,
        )

    def before(self) -> str:
        """Return what stands before the cursor, where nothing is selected."""
        return "" if self.selection.start != self.selection.end else self.value[: self.cursor_position]

    def complete(self, word: str, name: str) -> None:
        """Put a name in the place of the word before the cursor."""
        at = self.cursor_position
        self.replace(name, at - len(word), at)

    @property
    def whole(self) -> str:
        """The text with what is chosen at its end, where that goes on as it was begun."""
        name = self.chosen if self.cursor_at_end else ""
        return self.value + name[len(self._begun.word) :] if name.startswith(self._begun.word) else ""

    def action_choose(self, step: int) -> None:
        """Choose what is offered next, and show how that goes on."""
        super().action_choose(step)
        self.post_message(SuggestionReady(self.value, self.whole))

    def action_cursor_right(self, select: bool = False) -> None:
        """Take what is chosen, or move."""
        if select or not self.cursor_at_end or not self.take():
            super().action_cursor_right(select)


class CompletingText(Completing, TextInput):
    """Several lines."""

    BINDINGS: ClassVar[list[BindingType]] = CHOOSING

    def __init__(self, text: str, beginning: BeginningOf, *, placeholder: str = "") -> None:
        """Offer what fits what is begun."""
        self.beginning = beginning
        super().__init__(text, tab_behavior="focus", compact=True, highlight_cursor_line=False)
        self.placeholder = placeholder

    def before(self) -> str:
        """Return what stands before the cursor on its line, where nothing is selected."""
        row, column = self.cursor_location
        return "" if self.selected_text else self.document.get_line(row)[:column]

    def complete(self, word: str, name: str) -> None:
        """Put a name in the place of the word before the cursor."""
        row, column = self.cursor_location
        self.replace(name, (row, column - len(word)), (row, column), maintain_selection_offset=False)

    def move(self, step: int) -> None:
        """Go to another line."""
        if step > 0:
            self.action_cursor_down()
        else:
            self.action_cursor_up()


class CompletingLine(FieldLine):
    """The line of such a field in a form: tab takes what is chosen rather than go on."""

    def __init__(self, field: FormField, widget: Completing) -> None:
        super().__init__(field, widget)
        self._completing = widget
        widget.below = self  # also below what is wrong with it

    def step(self, step: int) -> bool:
        """Take what is chosen; False if nothing is offered."""
        return step > 0 and self._completing.take()
