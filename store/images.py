"""The images of the debates of a database that were asked for, brought forward to what a transaction sees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from hypotheses.problems import NotFound
from store import journal
from store.database import listing
from store.database.database import Database
from store.database.image import DebateImage
from store.database.row_reading import load_image


class Images:
    """By slug; whoever uses them holds a lock."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._by_slug: dict[str, DebateImage] = {}

    def take(self, image: DebateImage) -> None:
        """Take up an image that was made elsewhere."""
        self.keep(image.debate.slug, image)

    def keep(self, slug: str, image: DebateImage) -> None:
        """Know an image that `current` gave by the slug that it was asked for."""
        self._by_slug[slug] = image

    def rename(self, slug: str, new: str) -> None:
        """Know an image by another slug."""
        self._by_slug[new] = self._by_slug.pop(slug)

    def forget(self, *slugs: str) -> None:
        """Forget images, which may be ahead of what was committed: they are read again when needed."""
        for slug in slugs:
            self._by_slug.pop(slug, None)

    def forget_all(self) -> None:
        """Forget all of them."""
        self._by_slug.clear()

    @contextmanager
    def forgetting(self, slug: str) -> Iterator[None]:
        """Forget an image if what is done inside comes to nothing."""
        try:
            yield
        except BaseException:
            self.forget(slug)
            raise

    def current(self, connection: Connection, slug: str) -> DebateImage:
        """Return the image of a debate, brought forward to what this transaction sees and nobody else changes now.

        Raises:
            NotFound: there is no such debate.
        """
        image = self._by_slug.get(slug)
        debate_id = listing.find(connection, slug) if image is None else image.debate_id
        self._database.hold(connection, debate_id)
        latest = journal.last_entry(connection, debate_id)
        if image is None and not latest:
            raise NotFound("debate", slug)  # it was deleted in this moment
        if image is None:
            who = journal.creator(connection, debate_id)
            image = self._by_slug[slug] = load_image(connection, debate_id, latest, who)
        elif latest < image.entry:
            # It was deleted, and its slug is perhaps another one's.
            self.forget(slug)
            return self.current(connection, slug)
        elif latest != image.entry:
            image.apply(image.whole(journal.changes_since(connection, image.debate_id, image.entry)), latest)
        if image.debate.slug != slug and slug in listing.slugs(connection):
            # It was renamed, and another one has got its name since.
            self.forget(slug)
            return self.current(connection, slug)
        return image
