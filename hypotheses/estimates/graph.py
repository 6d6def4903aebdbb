"""Values on a compiled model, worked out when asked for and kept: the same walk for forms and for plain numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from hypotheses.arithmetic import FAULTS, reason
from hypotheses.estimates.model import Effect, GraphNode, Model, assumption
from hypotheses.formulas import Expression, Name, Number
from hypotheses.problems import UNAVAILABLE, Problem

Value = TypeVar("Value")


class Unavailable(Exception):
    """A symbol has no value under a set of hypotheses; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Graph(ABC, Generic[Value]):
    """The value of every node under every set of hypotheses asked for so far.

    A value is kept under the part of the set that can change it, so all sets share what they have in common.
    """

    def __init__(self, model: Model, inputs: Mapping[str, Value | Problem]) -> None:
        self.model = model
        self.inputs = inputs
        """Symbol, or `slug.name` of an assumption -> value."""
        self.values: dict[str, dict[int, Value | Problem]] = {key: {} for key in model.nodes}

    @abstractmethod
    def number(self, value: float) -> Value:
        """Return a number of a formula as a value."""

    @abstractmethod
    def apply(self, operator: str, arguments: list[Value]) -> Value:
        """Apply an operator or function of a formula.

        Raises:
            Malformed: it cannot be applied to these.
        """

    def apply_all(self, first: Value, others: Sequence[tuple[str, Value]]) -> Value:
        """Add to and subtract from, or multiply and divide, a value by others, one after the other.

        Raises:
            Malformed: it cannot be done with these.
        """
        for operator, other in others:
            first = self.apply(operator, [first, other])
        return first

    def read(self, symbol: str) -> Value:
        """Return an input as the value of its quantity.

        Raises:
            Unavailable: it is broken.
        """
        return _sound(self.inputs[symbol])

    def value(self, symbol: str, scenario: int = 0) -> Value:
        """Return the value of a symbol under a set of hypotheses.

        Raises:
            Unavailable: it, or something it needs, is broken.
        """
        touching = self.model.touching
        waiting = [symbol] if symbol in self.values else []
        while waiting:
            last = waiting[-1]
            if scenario & touching[last] in self.values[last]:
                waiting.pop()
                continue
            node = self.model.nodes[last]
            needs = node.inputs if node.effect is None else tuple(node.needs(scenario))
            missing = [
                need for need in needs if need in self.values and scenario & touching[need] not in self.values[need]
            ]
            if missing:
                waiting += missing
            else:
                self.values[last][scenario & touching[last]] = self._compute(node, scenario)
                waiting.pop()
                self._let_go(node, needs, scenario)
        return self._known(symbol, scenario)

    def _let_go(self, node: GraphNode, needs: Iterable[str], scenario: int) -> None:
        """Forget the large values that only this node reads: a long chain of them would grow with its square."""
        for need in needs:
            kept, part = self.values.get(need, {}), scenario & self.model.touching.get(need, 0)
            if part in kept and self.large(kept[part]) and self.model.read_once(need):
                del kept[part]

    def large(self, value: Value | Problem) -> bool:
        """Return whether a value takes so much memory that it is rather worked out again."""
        return False

    def _known(self, key: str, scenario: int) -> Value:
        kept = self.values.get(key)
        if kept is None:
            raise Unavailable(Problem(UNAVAILABLE, key, "it is broken; see its own problem"))
        return _sound(kept[scenario & self.model.touching[key]])

    def _compute(self, node: GraphNode, scenario: int) -> Value | Problem:
        try:
            if node.effect is not None:
                return self._affected(node, node.effect, scenario)
            if node.expression is None:
                return self.read(node.symbol)
            return self._apply(node.expression, {need: self._known(need, scenario) for need in node.inputs})
        except Unavailable as error:
            return error.problem
        except FAULTS as error:
            return Problem("no-result", node.place, reason(error))

    def _affected(self, node: GraphNode, effect: Effect, scenario: int) -> Value:
        before = self._known(node.before, scenario)
        if not effect.bit & scenario:
            return before
        if effect.expression is None:
            raise Unavailable(Problem(UNAVAILABLE, effect.place, "it is broken; see its own problem"))
        values = {need: self._known(need, scenario) for need in effect.inputs}
        values |= {name: _sound(self.inputs[assumption(effect.hypothesis, name)]) for name in effect.assumptions}
        return self._apply(effect.expression, {node.symbol: before, **values})

    def _apply(self, expression: Expression, values: Mapping[str, Value]) -> Value:
        if isinstance(expression, Number):
            return self.number(expression.value)
        if isinstance(expression, Name):
            return values[expression.symbol]
        if expression.chain is not None:
            first, rest = expression.chain
            others = [(operator, self._apply(other, values)) for operator, other in rest]
            return self.apply_all(self._apply(first, values), others)
        return self.apply(expression.operator, [self._apply(argument, values) for argument in expression.arguments])

    def inputs_of(self, symbol: str, scenario: int) -> tuple[str, ...]:
        """Return the inputs that a symbol needs under a set of hypotheses, in the order of `read_inputs`."""
        needed, waiting, inputs = {symbol}, [symbol], set()
        while waiting:
            node = self.model.nodes[waiting.pop()]
            if node.effect is None and node.expression is None:
                inputs.add(node.symbol)
            if node.effect is not None and node.effect.bit & scenario:
                inputs.update(assumption(node.effect.hypothesis, name) for name in node.effect.assumptions)
            fresh = [need for need in node.needs(scenario) if need not in needed]
            needed.update(fresh)
            waiting += fresh
        return tuple(name for name in self.inputs if name in inputs)


def _sound(value: Value | Problem) -> Value:
    if isinstance(value, Problem):
        raise Unavailable(value)
    return value
