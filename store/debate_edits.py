"""The part of the door for debates as wholes: added, begun, edited, put out of sight and renamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Unpack

from hypotheses import edits
from hypotheses.debate import Debate, Shelf
from hypotheses.edits import DebateFields
from hypotheses.people import OWNER, seen_by
from hypotheses.problems import Refused
from hypotheses.versions import Decision, changes_between, joined, part_named
from store import bundled
from store.conflicts import expecting
from store.database import listing
from store.door import Door, names_of
from store.entries import Change
from store.errors import Parted
from store.expected import Anything
from store.imports.renewal import renewed
from store.ledger import Renaming

KEPT_DAYS: Final = 30
"""For so long a debate that was removed can be brought back; after that the next removal deletes it for good."""


class DebateEdits(Door):
    """Changes of debates as wholes, each one entry."""

    def add_debate(self, debate: Debate, *, replace: bool = False) -> Change:
        """Add a debate, or put it in the place of the one with its slug: one entry with what differs.

        Raises:
            Refused: there is one of that slug, and `replace` is off.
        """
        debate = seen_by(debate, OWNER)
        with self._ledger.database.reading() as connection:
            is_there = debate.slug in listing.slugs(connection)
        if not is_there:
            return self._ledger.add(debate)
        if not replace:
            raise Refused(f"there is a debate {debate.slug!r} already; `import --replace` puts a file in its place")
        return self._change(debate.slug, lambda _: debate, f"replaced the debate {debate.slug!r}", whole=True)

    def renew_debate(self, slug: str, fresh: Debate, label: str, *, expected: Debate) -> Change:
        """Bring a debate that was made of a file up to the file, by the rules of `imports.renewal`: one entry.

        Args:
            slug: The debate.
            fresh: What the file is read as now.
            label: What the journal says of it.
            expected: What the file was read as when it last came in.
        """
        return self._change(slug, lambda kept: renewed(kept, expected, fresh).debate, label, whole=True)

    def put_debate(self, slug: str, mine: Debate, *, expected: Debate, decided: Iterable[Decision] = ()) -> Change:
        """Put what a debate was made into as a whole in its place, joined with what others did meanwhile.

        Args:
            slug: The debate.
            mine: The whole debate, with what everybody says in it.
            expected: What it was when the editing began.
            decided: Whose counts, of the parts that both had changed when that was decided.

        Raises:
            Parted: both have changed a part, and it is not decided whose counts, or one of them is another by now.
            Refused: it has another slug than it had, which `rename_debate` gives; or somebody else's words are changed.
        """
        if not slug == mine.slug == expected.slug:
            raise Refused(f"found the slug {mine.slug!r}; expected {slug!r}")
        image, _ = self._ledger.current(slug)
        person = OWNER if self.actor == image.owner else self.actor

        def edit(kept: Debate) -> tuple[Debate, str]:
            # Where the file names an owner that the database only knows of, that is no change.
            base = replace(expected, owner=kept.owner)
            own = replace(mine, owner=kept.owner if mine.owner == expected.owner else mine.owner)
            both = joined(base, own, kept, decided)
            if both.clashes:
                raise Parted(both.clashes, [part_named(clash.place) for clash in both.clashes])
            edits.leave_to_others(kept, both.debate, person, self.actor)
            counts = Counter(change.kind for change in changes_between(kept, both.debate))
            told = ", ".join(f"{counts[kind]} {kind}" for kind in ("new", "changed", "removed") if counts[kind])
            return both.debate, f"edited the whole debate: {told}"

        return self._ledger.change(slug, edit, (), whole=True)

    def create_debate(self, title: str, slug: str | None = None, *, template: str = "") -> Change:
        """Add an empty debate, or one that begins with a template; without a slug, one is made of the title."""
        with self._ledger.database.reading() as connection:
            taken = listing.slugs(connection)
        title = title.strip()
        slug = slug or edits.slug_for(title, taken, "debate")
        begun = bundled.template(template) if template else Debate(slug, title)
        return self._ledger.add(replace(begun, slug=slug, title=title, note=""))

    def edit_debate(self, slug: str, *, expected: Debate | Anything, **fields: Unpack[DebateFields]) -> Change:
        """Set fields of the debate itself."""
        return self._change(
            slug,
            lambda debate: edits.debate_edited(debate, fields),
            f"edited the {names_of(fields)}",
            expecting(("debate",), expected),
        )

    def shelve_debate(self, slug: str, shelf: Shelf, *, expected: Debate | Anything) -> Change:
        """Archive or remove the debate, or bring it back, with all that is in it and its journal.

        Removing one deletes for good those that have been removed for `KEPT_DAYS`, which the entry tells.
        """
        did = {"archived": "archived", "removed": "removed", "": "brought back"}[shelf]
        with self._ledger.together():
            gone = self._ledger.forget_removed(KEPT_DAYS, slug) if shelf == "removed" else ()
            names = ", ".join(map(repr, gone))
            also = f" ({names}, removed {KEPT_DAYS} days ago or more, cannot be brought back)" if gone else ""
            return self._change(
                slug,
                lambda debate: edits.debate_shelved(debate, shelf),
                f"{did} the debate {slug!r}{also}",
                expecting(("debate",), expected),
            )

    def rename_debate(self, slug: str, new: str, *, expected: Debate | Anything) -> Change:
        """Give the debate another slug.

        Raises:
            Refused: there is one of that slug.
        """
        renaming = Renaming(
            ("debate",),
            new,
            lambda debate: edits.debate_renamed(debate, new),
            f"renamed the debate {slug!r} to {new!r}",
        )
        return self._ledger.rename(slug, renaming, expecting(("debate",), expected))
