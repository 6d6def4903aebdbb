"""The graph of a debate's numbers, which `compiler` makes and every evaluation reads. It knows no values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from hypotheses.debate import Debate, Hypothesis
from hypotheses.formulas import Expression
from hypotheses.problems import Problem

TAKING_PART: Final = ("open", "accepted")
"""The status of the hypotheses that can be part of a scenario."""
EVERY: Final = -1
"""The set of all hypotheses."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one hypothesis does to one quantity."""

    hypothesis: str
    bit: int
    """The hypothesis in a set of hypotheses written as an integer."""
    expression: Expression | None
    """None if it is broken: nothing can then be said of the quantity under this hypothesis."""
    inputs: tuple[str, ...]
    """The symbols it needs besides the quantity itself."""
    assumptions: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One step of the graph: an input, a formula, or what one effect makes of the step before it.

    A quantity with effects is a chain of steps, one per effect in the order of `taking_part`; the last
    has the quantity's symbol as its key, those before it `symbol@0`, `symbol@1` and so on.
    """

    symbol: str
    place: str
    expression: Expression | None = None
    """The formula; None if it is an input, with a value of its own, or an effect."""
    inputs: tuple[str, ...] = ()
    effect: Effect | None = None
    before: str = ""
    """The key of the step before an effect."""

    def needs(self, scenario: int) -> Iterator[str]:
        """Yield the keys of the nodes its value needs under a set of hypotheses."""
        if self.effect is not None:
            yield self.before
            if self.effect.bit & scenario:
                yield from self.effect.inputs
        yield from self.inputs


@dataclass(frozen=True, slots=True)
class Model:
    """A compiled debate."""

    nodes: Mapping[str, GraphNode]
    """Every step of every sound quantity and gap, each after those it needs."""
    bits: Mapping[str, int]
    """The hypotheses that take part, by slug, each with its bit."""
    touching: Mapping[str, int]
    """Key -> the hypotheses that can change it, as a set of bits."""
    rivals: tuple[int, ...]
    """Pairs of hypotheses that are never combined, each as a set of two bits."""
    problems: tuple[Problem, ...]
    users: Mapping[str, tuple[str, ...]]
    """Input or key -> the keys of the nodes that read it."""
    gaps: frozenset[str]
    """The symbols of the gaps: their values are results."""

    def dependents(self, names: Iterable[str]) -> frozenset[str]:
        """Return the nodes whose value can change with that of some inputs."""
        dependents: set[str] = set()
        waiting = list(names)
        while waiting:
            fresh = [key for key in self.users.get(waiting.pop(), ()) if key not in dependents]
            dependents.update(fresh)
            waiting += fresh
        return frozenset(dependents)

    def read_once(self, key: str) -> bool:
        """Return whether one node reads another, and nobody else does."""
        return len(self.users[key]) == 1 and key not in self.gaps

    def allowed(self, scenario: int) -> bool:
        """Return whether a set of hypotheses holds no two rivals."""
        return all(pair & scenario != pair for pair in self.rivals)


def taking_part(debate: Debate) -> list[Hypothesis]:
    """Return the hypotheses that can be part of a scenario, in the order of their slugs.

    That is the order in which their effects on one quantity are applied, one to what the other leaves: a place in the
    ranking says how plausible one is, and moves no number.
    """
    return sorted((h for h in debate.hypotheses.values() if h.status in TAKING_PART), key=lambda h: h.slug)


def assumption(hypothesis: str, name: str) -> str:
    """Return the name of an assumption among the inputs: `slug.name`, which no quantity can have."""
    return f"{hypothesis}.{name}"


def suggestion(name: str, names: Iterable[str]) -> str:
    """Say which known name an unknown one may have meant."""
    near = get_close_matches(name, list(names), 1)
    return f"did you mean {near[0]!r}?" if near else "expected the name of a quantity"
