"""How much a piece of evidence counts: credibility, relevance and cluster in one line, and what hangs on them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, Final, cast

from hypotheses.belief import beside, weights
from hypotheses.debate import Debate, Evidence
from hypotheses.edits import EvidenceFields, evidence_edited
from hypotheses.fields import field_of, typed
from hypotheses.problems import Malformed
from hypotheses.ratios import format_weight
from tui.dialogs.completing import NOTHING, Begun
from tui.dialogs.offer_list import Offer
from tui.evidence.fields import WEIGHED

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.entries import Change
    from tui.session import StoreCall

NOT_SAID: Final = "?"
"""It stands for a weight that nobody has stated, and for no cluster."""
NOTATION: Final = "credibility, relevance and cluster: medium high lab, 60% 1, or ? for none"
_BETWEEN: Final = re.compile(r"(?:\s*[,;·×]\s*|\s+)")


def weight_text(evidence: Evidence) -> str:
    """Write the three as they are typed: `medium high lab`, `0.6 ? ?`."""
    stated = [NOT_SAID if one is None else format_weight(one) for one in (evidence.credibility, evidence.relevance)]
    return " ".join([*stated, evidence.cluster or NOT_SAID])


def read_weight(text: str) -> EvidenceFields:
    """Read those of the three that a text says: the first, the first two, or all.

    Raises:
        Malformed: one of them cannot be read, or there is none.
    """
    parts = [part for part in _BETWEEN.split(text.strip(), maxsplit=2) if part]
    if not parts:
        raise Malformed(f"found nothing; expected {NOTATION}")
    fields: dict[str, Any] = {}
    for name, part in zip(WEIGHED, parts):
        try:
            fields[name] = typed(Evidence, name, "" if part == NOT_SAID else part)
        except Malformed as refused:
            raise Malformed(f"{field_of(Evidence, name).label}: {refused}") from refused
    return cast("EvidenceFields", fields)


def with_weight(debate: Debate, seen: Evidence, text: str) -> Debate:
    """Return a debate in which an item, as it was seen, counts as a text says.

    Raises:
        AbduceError: it cannot be read, or not be so.
    """
    return evidence_edited(debate, seen.key, _given(read_weight(text), seen))


def _given(weight: EvidenceFields, seen: Evidence) -> EvidenceFields:
    """Return what is given another value; what was seen to be so already is left alone."""
    given = {name: value for name, value in weight.items() if value != getattr(seen, name)}
    return cast("EvidenceFields", given)


def weight_call(slug: str, key: str, weight: EvidenceFields, why: str) -> StoreCall:
    """Return the change of an item to this weight, for a reason."""

    def change(store: DebateStore, seen: Evidence) -> Change:
        return store.edit_evidence(slug, key, why, expected=seen, **_given(weight, seen))

    return change


def cluster_begun(text: str, clusters: Collection[str]) -> Begun:
    """Say which clusters the name at the end of a text may become."""
    parts = _BETWEEN.split(text.lstrip(), maxsplit=2)
    word = parts[2] if len(parts) > 2 else ""
    if not word or word in clusters:
        return NOTHING
    return Begun(word, [Offer(name) for name in clusters if name.casefold().startswith(word.casefold())])


def counted(debate: Debate, evidence: Evidence) -> float:
    """Return how much of an item counts at most, from 0 to 1: in full for what nothing of its cluster stands before."""
    return weights(beside(debate, evidence))[evidence.key]


def what_it_counts(debate: Debate, evidence: Evidence) -> Iterator[str]:
    """Say how much an item counts in this debate, and how much it would alone, ever more shortly."""
    if evidence.retracted:
        yield "retracted: it counts nothing, whatever stands here"
        yield "retracted: counts nothing"
        return
    alone = f"{evidence.weight:.2f}"
    if not evidence.cluster:
        yield f"counts {alone}, credibility × relevance, in no cluster"
        yield f"counts {alone}, in no cluster"
        return
    others = sum(not each.retracted for each in beside(debate, evidence).evidence.values()) - 1
    told = f"counts {counted(debate, evidence):.2f} beside {others} other{'' if others == 1 else 's'}"
    yield f"{told} of the cluster {evidence.cluster}, {alone} alone"
    yield f"{told}, {alone} alone"
    yield told
