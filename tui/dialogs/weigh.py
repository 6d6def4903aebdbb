"""How much a piece of evidence counts: what hangs on its credibility, relevance and cluster, shown as one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from hypotheses.belief import format_weight, parse_weight, weights
from hypotheses.debate import Debate, Evidence
from hypotheses.problems import Malformed
from tui.dialogs.base import Dialog
from tui.dialogs.forms import WEIGHT
from tui.plain import content
from tui.widgets.typed import Line

LABELS: Final = {"credibility": "Credibility", "relevance": "Relevance", "cluster": "Cluster"}


class Weigh(Dialog[bool]):
    """Returns True when `save` took the three fields."""

    DEFAULT_CSS = """
    Weigh {
        & Horizontal { height: 1; }
        & .label { width: 14; color: $text-muted; }
        & Input { width: 1fr; background: $boost; }
        & #told { margin-top: 1; }
    }
    """
    keys = "tab next · enter saves · esc back"

    def __init__(self, debate: Debate, evidence: Evidence, save: Callable[[Mapping[str, str]], object]) -> None:
        """Ask for the three of this evidence; `save` stores the texts by field, in a thread."""
        super().__init__("What it counts")
        self._debate = debate
        self._evidence = evidence
        self._save = save

    def body(self) -> ComposeResult:
        """The title and three fields."""
        was = self._evidence
        clusters = dict.fromkeys(each.cluster for each in self._debate.evidence.values() if each.cluster)
        values = {
            "credibility": format_weight(was.credibility),
            "relevance": format_weight(was.relevance),
            "cluster": was.cluster,
        }
        yield Static(content(was.title, "bold"))
        for name, value in values.items():
            hint = "a name shared with evidence it is not independent of" if name == "cluster" else WEIGHT
            suggester = SuggestFromList(clusters, case_sensitive=False) if name == "cluster" else None
            with Horizontal():
                yield Static(LABELS[name], classes="label")
                yield Line(value, placeholder=hint, id=name, compact=True, suggester=suggester)

    def _texts(self) -> dict[str, str]:
        return {name: self.query_one(f"#{name}", Input).value for name in LABELS}

    @on(Input.Changed)
    def typed(self) -> None:
        """Say what it would count."""
        try:
            self.tell(what_it_counts(self._debate, weighed_as(self._evidence, self._texts())), wrong=False)
        except Malformed as refused:
            self.tell(str(refused))

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Save, if all can be read."""
        texts = self._texts()
        try:
            weighed_as(self._evidence, texts)
        except Malformed as refused:
            self.tell(str(refused))
        else:
            self.save_by(lambda: self._save(texts))

    def saved(self) -> None:
        """Leave; it is done."""
        self.close(True)


def weighed_as(evidence: Evidence, texts: Mapping[str, str]) -> Evidence:
    """Return evidence with what was typed.

    Raises:
        Malformed: it cannot be read.
    """
    read: list[float] = []
    for name in ("credibility", "relevance"):
        try:
            read.append(parse_weight(texts[name]))
        except Malformed as refused:
            raise Malformed(f"{LABELS[name]}: {refused}") from refused
    return replace(evidence, cluster=texts["cluster"].strip(), credibility=read[0], relevance=read[1])


def what_it_counts(debate: Debate, evidence: Evidence) -> str:
    """Say how much an item counts in this debate, and how much it would alone."""
    if evidence.retracted:
        return "It is retracted and counts nothing, whatever stands here."
    alone = evidence.credibility * evidence.relevance
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
