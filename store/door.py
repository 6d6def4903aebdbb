"""What every part of the door to the store stands on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from hypotheses.debate import Debate
from store.conflicts import Expected, expecting
from store.database.translation import Ref
from store.entries import Change
from store.ledger import Ledger, Renaming


class Door:
    """Makes one entry of one change."""

    def __init__(self, ledger: Ledger, actor: str, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._clock = clock
        self.actor = actor
        """Who the changes are written down to."""

    def _change(
        self,
        slug: str,
        edit: Callable[[Debate], Debate],
        label: str,
        seen: Expected = (),
        why: str = "",
        *,
        whole: bool = False,
    ) -> Change:
        """Change a debate by a function of values, and tell it in the journal by this label, with its reason.

        One that changes the `whole` is given what everybody says.
        """
        return self._ledger.change(slug, lambda debate: (edit(debate), label), seen, whole=whole, why=why)

    def _rename(
        self,
        slug: str,
        ref: Ref,
        new: str,
        rename: Callable[[Debate, str, str], Debate],
        expected: object,
    ) -> Change:
        """Give a value of a debate another name, by a function of values."""
        table, name = map(str, ref)
        label = f"renamed the {table} {name!r} to {new!r}"
        renaming = Renaming(ref, new, lambda debate: rename(debate, name, new), label)
        return self._ledger.rename(slug, renaming, expecting(ref, expected))


def how_removed(*, along: bool, instead: str = "") -> str:
    """Say what became of what hung on something that was removed."""
    put = f", putting {instead} in its place" if instead else ""
    return f"{put}{' with what hung on it' if along else ''}"


def names_of(fields: Collection[str]) -> str:
    """Say which fields are edited, as the journal has it."""
    called = {"assumes": "assumptions", "short": "short name", "correlated": "correlation"}
    return ", ".join(called.get(name, name) for name in fields) or "nothing"
