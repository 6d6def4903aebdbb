"""Which rows the Matrix shows and in which order: chosen when that is asked for, and not at every rating."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hypotheses.changed import changed
from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.matrix import PARTS, Figures, Order, Part, has_words, in_order, in_part
from hypotheses.summed import Cluster


class GridRow(NamedTuple):
    """A row of an item, or of a cluster, which has no key."""

    key: str
    cluster: str = ""
    """The cluster that it is the row of, or that it stands under."""
    is_open: bool = False
    """Of a cluster: whether its items stand below it."""
    shown: int = 0
    """Of a cluster: how many of its items are among those that were chosen."""


class MatrixRows:
    """The rows, how they were chosen, and which clusters are open."""

    def __init__(self) -> None:
        self.order: Order = "diagnosticity"
        self.part: Part = "all"
        self.words = ""
        self.keys: tuple[str, ...] = ()
        """Of the items that were chosen, in order."""
        self.rows: tuple[GridRow, ...] = ()
        self._open: set[str] = set()
        self._found: frozenset[str] = frozenset()
        """Clusters with items that were looked for: open, until they are folded or everything is shown again."""
        self._groups: dict[str, list[str]] = {}
        """Cluster -> keys of its chosen items."""
        self._cluster_of: dict[str, str] = {}
        self._clusters: Mapping[str, Cluster] = {}
        self._slug = ""
        """The explanation that was under the cursor then."""
        self._evidence: Mapping[str, Evidence] = {}
        """What there was when the rows were chosen, or followed last."""

    def next_part(self) -> None:
        """Go on to the next part of the rows."""
        parts = list(PARTS)
        self.part = parts[(parts.index(self.part) + 1) % len(parts)]

    def choose(self, debate: Debate, figures: Figures, slug: str) -> None:
        """Choose the rows and put them in order; `slug` is the explanation under the cursor."""
        words = self.words.casefold().split()
        standing: list[Evidence | Cluster] = []
        clusters: dict[str, list[Evidence]] = {}
        for item in debate.evidence.values():
            if not (in_part(item, self.part, debate.hypotheses, slug) and has_words(item, words)):
                continue
            cluster = figures.clusters.get(item.cluster)
            if cluster is None:
                standing.append(item)
            elif (items := clusters.get(cluster.name)) is not None:
                items.append(item)
            else:
                standing.append(cluster)
                clusters[cluster.name] = [item]
        self.keys = tuple(
            item.key
            for row in in_order(standing, figures, self.order, slug)
            for item in (
                [row] if isinstance(row, Evidence) else in_order(clusters[row.name], figures, self.order, slug)
            )
        )
        self._found = frozenset(clusters if words or self.part != "all" else ())
        self._slug = slug
        self._evidence = debate.evidence
        self._group(figures)

    def follow(self, debate: Debate, figures: Figures) -> list[str]:
        """Drop what is gone; what is new comes last, or to its cluster, and is returned."""
        there, gone = changed(self._evidence, debate.evidence)
        new = [key for key in there if key not in self._evidence]
        self._evidence = debate.evidence
        if new or gone or figures.clusters is not self._clusters:
            self.keys = tuple(key for key in (*self.keys, *new) if key in debate.evidence)
            self._group(figures)
        return new

    def begin_anew(self) -> None:
        """Fold every cluster: they are those of another debate."""
        self._open.clear()

    # Clusters

    def fold(self, cluster: str, *, to: bool | None = None) -> None:
        """Fold a cluster, or open it; `to` says which, else it is turned."""
        place = next((place for place, row in enumerate(self.rows) if row.cluster == cluster), None)
        if place is None:
            return  # another process took it away
        row, keys = self.rows[place], self._groups[cluster]
        below = place + 1 + (len(keys) if row.is_open else 0)
        is_open = not row.is_open if to is None else to
        self._found -= {cluster}
        self._open.discard(cluster)
        if is_open:
            self._open.add(cluster)
        # Of ten thousand rows only those of the cluster are made anew.
        items = [GridRow(each, cluster) for each in keys if is_open]
        self.rows = (*self.rows[:place], row._replace(is_open=is_open), *items, *self.rows[below:])

    def fold_all(self) -> None:
        """Fold every cluster; if all are folded, open them."""
        any_open = any(row.is_open for row in self.rows)
        self._found = frozenset()
        self._open = set() if any_open else set(self._groups)
        self._arrange()

    def reveal(self, key: str) -> None:
        """Open the cluster that an item is folded away in, if it is."""
        cluster = self._cluster_of.get(key)
        if cluster and cluster not in self._open and cluster not in self._found:
            self.fold(cluster, to=True)

    def _group(self, figures: Figures) -> None:
        self._clusters = figures.clusters
        cluster_of = {key: cluster.name for cluster in figures.clusters.values() for key in cluster.keys}
        self._cluster_of = {key: cluster_of[key] for key in self.keys if key in cluster_of}
        self._groups = {}
        for key, cluster in self._cluster_of.items():
            self._groups.setdefault(cluster, []).append(key)
        self._arrange()

    def _arrange(self) -> None:
        """Put the row of a cluster where its first item stands, and below it the items, if it is open."""
        rows: list[GridRow] = []
        for key in self.keys:
            cluster = self._cluster_of.get(key, "")
            if not cluster:
                rows.append(GridRow(key))
            elif (keys := self._groups[cluster])[0] == key:
                is_open = cluster in self._open or cluster in self._found
                rows.append(GridRow("", cluster, is_open, len(keys)))
                rows += [GridRow(each, cluster) for each in keys if is_open]
        self.rows = tuple(rows)

    # In words

    def told(self, columns: Sequence[Hypothesis], every: int) -> str:
        """Say how many of all items are shown, which, and in which order."""
        shown = len(self.keys)
        title = f"Evidence {every}" if every == shown else f"Evidence {shown} of {every}"
        if self._groups:
            title += f" in {len(self._groups)} cluster{'' if len(self._groups) == 1 else 's'}"
        title += f" · {PARTS[self.part]}" if self.part != "all" else ""
        title += f" · with “{self.words}”" if self.words else ""
        if self.order == "logged":
            return f"{title} · as logged"
        rank = next((str(n) for n, each in enumerate(columns, 1) if each.slug == self._slug), "")
        return f"{title} · by {self.order}{f' for {rank}' if self.order == 'rating' and rank else ''}"
