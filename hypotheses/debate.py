"""The debate as plain immutable values: what everything else reads, computes on and draws.

Nothing here checks input: what comes in passes the rules of `rules` and `admission` first, so a `Debate` that exists is
well formed. Values compare by content, so two debates are the same debate exactly when they are equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, Literal

from hypotheses.idea import Idea
from hypotheses.reading import OWN_READING, PLAIN_READING, Assumption, HasReadings, Reading

Mode = Literal["independent", "exclusive"]
"""Whether the hypotheses can be true together, or exactly one of them (or none) is."""
Status = Literal["open", "accepted", "rejected", "merged"]
Shelf = Literal["", "archived", "removed"]
"""Where a debate is kept out of sight; empty for one that is in use."""
Verdict = Literal["", "true", "false"]
"""How a hypothesis turned out; empty while that is not known."""
Counts = Literal["all", "after-prior"]
"""Which evidence counts for a hypothesis: all of it, or not what was known when its prior was held."""
VERDICTS: Final[Mapping[str, Verdict]] = {"true": "true", "false": "false", "open": ""}
"""What people call a verdict -> the verdict."""
OOM: Final = "OOM"
"""The unit of a gap whose formula is a ratio and which is shown as its log10."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Where one person puts a hypothesis."""

    plausibility: float
    """0..1."""
    position: int = 0
    """Breaks ties in that person's ranking; lower stands first."""
    placeholder: bool = False
    """True while the plausibility is a starting figure that nobody has set."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A rival explanation.

    Its plausibility and position are those of one person, the one who looks at the debate or whom they
    take over from; what the others say stands beside (see `hypotheses.people`).
    """

    slug: str
    title: str
    statement: str = ""
    """Markdown."""
    plausibility: float = 0.5
    """How likely its owner holds it to be, 0..1."""
    prior: float = 0.5
    """The plausibility before any evidence, 0..1."""
    prior_on: str = ""
    """The date on which the prior was held: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or empty if unknown."""
    placeholder: bool = False
    """True while the plausibility is a starting figure that nobody has set."""
    position: int = 0
    """Breaks ties in the ranking; lower stands first."""
    status: Status = "open"
    effects: Mapping[str, str] = field(default_factory=dict)
    """What it does to the numbers if true: quantity symbol -> formula. In the formula, the quantity's
    own name means its value before this effect."""
    assumes: Mapping[str, Assumption] = field(default_factory=dict)
    """The uncertain assumptions its effects use, by name."""
    rivals: tuple[str, ...] = ()
    """Slugs of hypotheses it is never combined with in a scenario."""
    source: str = ""
    """Where it was stated."""
    note: str = ""
    settled: Verdict = ""
    settled_on: str = ""
    """The date on which it turned out so, as `YYYY-MM-DD`; empty while it has not."""
    short: str = ""
    """A word or two for where space is small, such as the head of a column; `short_name` says what stands there."""
    by: str = ""
    """Whose plausibility this is; empty for the debate's owner."""
    others: Mapping[str, Stated] = field(default_factory=dict)
    """What the others state: person (empty for the owner) -> plausibility."""

    @property
    def short_name(self) -> str:
        """What it is called where space is small: the word it was given for that, else the first one of its slug."""
        return self.short or self.slug.partition("-")[0]

    @property
    def chance(self) -> float:
        """How likely it is taken to be true where explanations are weighed: its plausibility until it is settled."""
        return {"": self.plausibility, "true": 1.0, "false": 0.0}[self.settled]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One cell of the matrix, as one person sees it. A blank cell is the absence of an assessment."""

    ratio: float | None
    """Likelihood ratio P(evidence | true) / P(evidence | false), > 0; None means not applicable."""
    why: str = ""
    by: str = ""
    """Whose it is; empty for the debate's owner."""
    others: Mapping[str, Assessment] = field(default_factory=dict)
    """The same cell as the others see it: person (empty for the owner) -> assessment."""
    given: str = ""
    """The two probabilities it was rated by, as typed: `0.8 vs 0.096`, of the evidence if true and if not true."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something found out, and how it bears on each hypothesis."""

    key: str
    title: str
    authors: tuple[str, ...] = ()
    date: str = ""
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty if unknown."""
    source: str = ""
    """Where it appeared, in words."""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    finding: str = ""
    """Markdown."""
    credibility: float | None = None
    """0..1; the words low, medium, high stand for 0.5, 0.75, 1. None if nobody has stated it."""
    relevance: float | None = None
    """0..1, as `credibility`."""
    cluster: str = ""
    """Evidence with the same non-empty cluster is not independent."""
    note: str = ""
    retracted: bool = False
    """Retracted evidence counts nothing and stays visible."""
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    """Hypothesis slug -> assessment."""
    also: tuple[str, ...] = ()
    """Other sources of the same finding: each a DOI, an arXiv id, an address, or words."""

    @property
    def has_weight(self) -> bool:
        """Whether it counts at all: it is not retracted, and neither credibility nor relevance is 0."""
        return not self.retracted and self.weight > 0

    @property
    def weight(self) -> float:
        """How much it counts by itself, 0..1: credibility times relevance, of which what is not stated counts 1."""
        credibility = 1.0 if self.credibility is None else self.credibility
        return credibility if self.relevance is None else credibility * self.relevance


@dataclass(frozen=True, slots=True)
class Comment:
    """One remark in the thread of a hypothesis, an item of evidence, a cell (both are named) or an idea."""

    number: int
    """Counts from 1 within the debate."""
    text: str
    """Markdown."""
    by: str
    """Who wrote it."""
    at: str = ""
    """ISO 8601 time in UTC, e.g. `2023-04-05T10:00:00Z`."""
    hypothesis: str = ""
    """Slug, or empty."""
    evidence: str = ""
    """Key, or empty."""
    idea: int = 0
    """Number, or 0."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source states a quantity or gap to be."""

    value: str
    source: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Quantity(HasReadings):
    """A named number with a unit: readings of sources, or a formula over other quantities."""

    symbol: str
    label: str = ""
    unit: str = ""
    readings: Mapping[str, Reading] = field(default_factory=dict)
    """Reading name -> reading. A quantity entered as a plain value has one, named `value`."""
    formula: str = ""
    """Non-empty instead of readings."""
    chosen: str = ""
    """The reading that counts whatever the convention, or empty."""
    note: str = ""
    claim: Claim | None = None
    group: str = ""
    """Its role among the quantities, such as `Models`: those of one role stand together under it. Or empty."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A headline output: a formula over quantities and other gaps."""

    symbol: str
    formula: str
    """In natural units. If the unit is `OOM` this is a ratio, shown as its log10."""
    label: str = ""
    unit: str = OOM
    headline: bool = False
    """True for the one gap that is the puzzle."""
    tolerance: float | None = None
    """How near to zero it counts as closed, in its unit; None for 0.3 OOM, and in other units for no such thing."""
    claim: Claim | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SchemeTable:
    """A scoring scheme of a debate's own: the sum of points times weights, the lowest first."""

    points: Mapping[str, float]
    """Letter of an ACH matrix (CC, C, N, I, II) -> what it adds."""
    credibility: Mapping[str, float] = field(default_factory=dict)
    """Word (low, medium, high) -> what the points are multiplied by; empty if credibility does not count."""
    relevance: Mapping[str, float] = field(default_factory=dict)
    """The same of relevance."""
    source: str = ""
    """Where the scheme comes from."""


@dataclass(frozen=True, slots=True)
class Debate:
    """One open question with everything that hangs on it."""

    slug: str
    title: str
    question: str = ""
    """Markdown."""
    mode: Mode = "independent"
    convention: str = ""
    """Which readings count."""
    correlation: float = 0.5
    """Assumed correlation of evidence within a cluster, 0..1."""
    counts: Counts = "all"
    author: str = ""
    source: str = ""
    """Where the question was asked: a title or a link."""
    note: str = ""
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    gaps: Mapping[str, Gap] = field(default_factory=dict)
    hypotheses: Mapping[str, Hypothesis] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    ideas: Mapping[int, Idea] = field(default_factory=dict)
    comments: Mapping[int, Comment] = field(default_factory=dict)
    owner: str = ""
    """Whose rankings and ratings stand without a name; empty as long as there is nobody else's."""
    schemes: Mapping[str, SchemeTable] = field(default_factory=dict)
    """Name -> a scoring scheme of its own, beside those that every debate has."""
    shelf: Shelf = ""
    """Whether it was put out of sight; everything in it stays, and it can be brought back."""

    @property
    def headline(self) -> Gap | None:
        """The gap that is the puzzle: the one marked as headline, else the first."""
        marked = (gap for gap in self.gaps.values() if gap.headline)
        return next(marked, next(iter(self.gaps.values()), None))

    @property
    def conventions(self) -> tuple[str, ...]:
        """Every name under which a quantity or an assumption keeps a sourced reading, in order of first mention."""
        assumed = (assumption for hypothesis in self.hypotheses.values() for assumption in hypothesis.assumes.values())
        names = {name: None for one in chain(self.quantities.values(), assumed) for name in one.readings}
        return tuple(name for name in names if name not in (PLAIN_READING, OWN_READING))
