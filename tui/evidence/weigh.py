"""How much a piece of evidence counts: what hangs on its credibility, relevance and cluster, shown as one types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from hypotheses.belief import weights
from hypotheses.debate import Debate, Evidence
from hypotheses.fields import field_of, typed
from hypotheses.problems import Malformed
from tui.dialogs.form import ShortForm
from tui.dialogs.form_field import FormField, Texts, form_field
from tui.terminal.clean import content

if TYPE_CHECKING:
    from tui.session import StoreCall

WEIGHED: Final = ("credibility", "relevance", "cluster")


class WeightEditor:
    """Edits credibility, relevance and cluster of an item."""

    def __init__(self, debate: Debate, evidence: Evidence) -> None:
        self._debate = debate
        self.evidence = evidence
        """As it is now."""

    def fields(self) -> list[FormField]:
        """Return the fields for credibility, relevance and cluster."""
        clusters = tuple(dict.fromkeys(each.cluster for each in self._debate.evidence.values() if each.cluster))
        *weights, cluster = (form_field(Evidence, name, getattr(self.evidence, name)) for name in WEIGHED)
        return [*weights, replace(cluster, suggestions=clusters)]

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set those of the three that say something else than was seen."""
        stand = {one.name: one.value for one in self.fields()}
        before, after = weighed_as(self.evidence, seen), weighed_as(self.evidence, texts)
        was = replace(self.evidence, **{name: getattr(before, name) for name in WEIGHED if seen[name] != stand[name]})
        changed = {name: getattr(after, name) for name in WEIGHED if texts[name] != seen[name]}
        slug, key = self._debate.slug, self.evidence.key
        return lambda store, expected: store.edit_evidence(slug, key, expected=expected, **changed), was

    def moved_to(self, theirs: Evidence) -> Texts:
        """Go on with theirs."""
        self.evidence = theirs
        return {one.name: one.value for one in self.fields()}


class Weigh(ShortForm):
    """The three fields, with what the item would count."""

    DEFAULT_CSS = """
    Weigh #told { margin-top: 1; }
    """

    def __init__(self, debate: Debate, evidence: Evidence) -> None:
        """Ask for the three of this evidence."""
        editor = WeightEditor(debate, evidence)
        super().__init__("What it counts", editor, draft=f"{debate.slug}.weigh-{evidence.key}")
        self._debate = debate
        self._weighed = editor

    def body(self) -> ComposeResult:
        """The title and the fields."""
        yield Static(content(self._weighed.evidence.title, "bold"))
        yield from super().body()

    @on(Input.Changed)
    def typed(self) -> None:
        """Say what the evidence would count with what is typed."""
        try:
            self.tell(what_it_counts(self._debate, weighed_as(self._weighed.evidence, self.texts())), wrong=False)
        except Malformed as refused:
            self.tell(str(refused))


def weighed_as(evidence: Evidence, texts: Mapping[str, str]) -> Evidence:
    """Return evidence with what was typed.

    Raises:
        Malformed: it cannot be read.
    """
    weighed = {}
    for name in WEIGHED:
        try:
            weighed[name] = typed(Evidence, name, texts[name])
        except Malformed as refused:
            raise Malformed(f"{field_of(Evidence, name).label}: {refused}") from refused
    return replace(evidence, **weighed)


def what_it_counts(debate: Debate, evidence: Evidence) -> str:
    """Say how much an item counts in this debate, and how much it would alone."""
    if evidence.retracted:
        return "It is retracted and counts nothing, whatever stands here."
    alone = evidence.weight
    if not evidence.cluster:
        return f"It counts {alone:.2f}: credibility × relevance. It is in no cluster."
    fellows = {
        each.key: each
        for each in debate.evidence.values()
        if each.cluster == evidence.cluster and each.key != evidence.key and not each.retracted
    }
    now = weights(replace(debate, evidence={**fellows, evidence.key: evidence}))[evidence.key]
    many = f"{len(fellows)} other{'' if len(fellows) == 1 else 's'}"
    return f"It counts {now:.2f} beside {many} of the cluster {evidence.cluster}; alone it would count {alone:.2f}."
