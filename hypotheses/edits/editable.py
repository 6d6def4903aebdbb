"""What can be edited of each value: the fields that a form, a command or a change names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from hypotheses.debate import Assessment, Claim, Counts, Mode, Status
from hypotheses.reading import Assumption, Correlation


class DebateFields(TypedDict, total=False):
    """What can be edited of a debate itself."""

    title: str
    question: str
    mode: Mode
    convention: str
    correlation: float
    counts: Counts
    author: str
    source: str
    note: str


class HypothesisFields(TypedDict, total=False):
    """What can be edited of a hypothesis."""

    title: str
    short: str
    statement: str
    plausibility: float
    prior: float
    prior_on: str
    status: Status
    effects: Mapping[str, str]
    assumes: Mapping[str, Assumption]
    rivals: tuple[str, ...]
    source: str
    note: str


class EvidenceFields(TypedDict, total=False):
    """What can be edited of evidence."""

    title: str
    authors: tuple[str, ...]
    date: str
    source: str
    doi: str
    arxiv: str
    url: str
    also: tuple[str, ...]
    finding: str
    credibility: float | None
    relevance: float | None
    cluster: str
    note: str
    assessments: Mapping[str, Assessment]


class QuantityFields(TypedDict, total=False):
    """What can be edited of a quantity, beside its readings."""

    label: str
    unit: str
    group: str
    formula: str
    note: str
    claim: Claim | None


class ReadingFields(TypedDict, total=False):
    """What can be edited of a reading."""

    value: str
    source: str
    url: str
    note: str
    correlated: Correlation | None


class GapFields(TypedDict, total=False):
    """What can be edited of a gap."""

    label: str
    unit: str
    formula: str
    tolerance: float | None
    note: str
    claim: Claim | None
