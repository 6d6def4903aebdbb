"""From a debate to its model: every formula read, its names resolved, the graph ordered, and who can touch what.

A part that is broken is left out, with a problem that says why; the rest still works.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from hypotheses.debate import Debate, Hypothesis
from hypotheses.estimates.model import Effect, GraphNode, Model, assumption, suggestion, taking_part
from hypotheses.estimates.units import unit_problem
from hypotheses.formulas import Expression, names, parse_formula
from hypotheses.problems import Malformed, Problem


def compile_model(debate: Debate) -> Model:
    """Compile a debate's quantities, gaps and effects; whatever is wrong with them is in `problems`."""
    return _Compiler(debate).model()


class _Compiler:
    """One compilation: what is known so far, and the problems met."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.problems: list[Problem] = []
        self.taking_part = taking_part(debate)
        self.bits = {h.slug: 1 << place for place, h in enumerate(self.taking_part)}
        self.known = {**debate.quantities, **debate.gaps}
        self.units = {symbol: quantity.unit for symbol, quantity in debate.quantities.items()}

    def model(self) -> Model:
        nodes = _without_broken(self._base())
        nodes = self._ordered(nodes)
        for hypothesis in self.taking_part:
            for symbol, formula in hypothesis.effects.items():
                self._add_effect(nodes, hypothesis, symbol, formula)
        nodes = {symbol: nodes[symbol] for symbol in _order(nodes)[0]}
        return Model(
            nodes,
            self.bits,
            _touching(nodes),
            self._rivals(),
            tuple(self.problems),
            _users(nodes),
            frozenset(self.debate.gaps),
        )

    def _problem(self, code: str, place: str, text: str) -> None:
        self.problems.append(Problem(code, place, text))

    def _base(self) -> dict[str, GraphNode | None]:
        """Return the node of every quantity and gap, None where its formula is broken."""
        debate = self.debate
        nodes: dict[str, GraphNode | None] = {}
        for symbol, quantity in debate.quantities.items():
            place = f"quantities.{symbol}"
            if quantity.formula:
                nodes[symbol] = self._node(symbol, f"{place}.formula", quantity.formula, debate.quantities)
            elif quantity.readings:
                nodes[symbol] = GraphNode(symbol, place)
            else:
                nodes[symbol] = None
                self._problem("no-value", place, "found neither a value nor a formula; expected one of them")
        for symbol, gap in debate.gaps.items():
            place = f"gaps.{symbol}"
            if symbol in debate.quantities:
                self._problem("duplicate-name", place, f"{symbol!r} also names a quantity; expected a name of its own")
                continue
            nodes[symbol] = self._node(symbol, f"{place}.formula", gap.formula, self.known)
        return nodes

    def _node(self, symbol: str, place: str, formula: str, allowed: Mapping[str, object]) -> GraphNode | None:
        expression = self._checked(formula, place, allowed)
        return None if expression is None else GraphNode(symbol, place, expression, names(expression))

    def _checked(self, formula: str, place: str, allowed: Mapping[str, object]) -> Expression | None:
        """Read a formula; report what is wrong with it and return None if it cannot be used."""
        try:
            expression = parse_formula(formula)
        except Malformed as error:
            self._problem("bad-formula", place, str(error))
            return None
        unknown = [name for name in names(expression) if name not in allowed]
        for name in unknown:
            self._problem("unknown-name", place, f"{name!r} is not known; {suggestion(name, allowed)}")
        if not unknown and (text := unit_problem(expression, self.units)):
            self._problem("unit-mismatch", place, text)
            return None
        return None if unknown else expression

    def _ordered(self, nodes: dict[str, GraphNode]) -> dict[str, GraphNode]:
        """Order the nodes, each after those it needs; report cycles and leave out what needs them."""
        order, cycles = _order(nodes)
        for cycle in cycles:
            path = " -> ".join((*cycle, cycle[0]))
            self._problem("cycle", nodes[cycle[0]].place, f"{path} needs itself; expected formulas without a circle")
        broken = {symbol for cycle in cycles for symbol in cycle}
        return _without_broken({symbol: None if symbol in broken else nodes[symbol] for symbol in order})

    def _add_effect(self, nodes: dict[str, GraphNode], hypothesis: Hypothesis, symbol: str, formula: str) -> None:
        place = f"hypotheses.{hypothesis.slug}.effects.{symbol}"
        quantities = self.debate.quantities
        if symbol not in quantities:
            self._problem("unknown-name", place, f"{symbol!r} is no quantity; {suggestion(symbol, quantities)}")
            return
        if symbol not in nodes:
            return
        expression = self._checked(formula, place, {**hypothesis.assumes, **self.known})
        mentioned = () if expression is None else names(expression)
        assumptions = tuple(name for name in mentioned if name in hypothesis.assumes)
        inputs = tuple(name for name in mentioned if name not in hypothesis.assumes and name != symbol)
        if path := _path(nodes, inputs, symbol):
            text = f"{' -> '.join((symbol, *path))} needs itself; expected an effect without a circle"
            self._problem("cycle", place, text)
            expression, inputs, assumptions = None, (), ()
        effect = Effect(hypothesis.slug, self.bits[hypothesis.slug], expression, inputs, assumptions, place)
        step = next(number for number in count() if f"{symbol}@{number}" not in nodes)
        before = f"{symbol}@{step}"
        nodes[before] = nodes[symbol]
        nodes[symbol] = GraphNode(symbol, place, effect=effect, before=before)

    def _rivals(self) -> tuple[int, ...]:
        pairs = (
            self.bits[hypothesis.slug] | self.bits[rival]
            for hypothesis in self.taking_part
            for rival in hypothesis.rivals
            if rival in self.bits and rival != hypothesis.slug
        )
        return tuple(dict.fromkeys(pairs))


def _without_broken(nodes: Mapping[str, GraphNode | None]) -> dict[str, GraphNode]:
    """Leave out the nodes that are broken or need one that is."""
    sound = {symbol: node for symbol, node in nodes.items() if node is not None}
    while hurt := [symbol for symbol, node in sound.items() if any(need not in sound for need in node.inputs)]:
        for symbol in hurt:
            del sound[symbol]
    return sound


def _order(nodes: Mapping[str, GraphNode]) -> tuple[list[str], list[Sequence[str]]]:
    """Order nodes so that each follows those it needs; also return the circles found on the way."""
    order: list[str] = []
    done: set[str] = set()
    cycles: list[Sequence[str]] = []
    for start in nodes:
        path: dict[str, Iterator[str]] = {} if start in done else {start: nodes[start].needs(-1)}
        while path:
            symbol, needs = next(reversed(path.items()))
            following = next((need for need in needs if need in nodes and need not in done), None)
            if following is None:
                path.popitem()
                done.add(symbol)
                order.append(symbol)
            elif following in path:
                steps = list(path)
                cycles.append(steps[steps.index(following) :])
            else:
                path[following] = nodes[following].needs(-1)
    return order, cycles


def _path(nodes: Mapping[str, GraphNode], starts: Iterable[str], goal: str) -> list[str]:
    """Return a way along what nodes need, from one of `starts` to `goal`, both included; empty if there is none."""
    came_from: dict[str, str] = dict.fromkeys(starts, "")
    waiting = list(came_from)
    while waiting:
        symbol = waiting.pop()
        if symbol == goal:
            way = [symbol]
            while came_from[way[-1]]:
                way.append(came_from[way[-1]])
            return way[::-1]
        for need in nodes[symbol].needs(-1) if symbol in nodes else ():
            if need not in came_from:
                came_from[need] = symbol
                waiting.append(need)
    return []


def _touching(nodes: Mapping[str, GraphNode]) -> dict[str, int]:
    """Return for each symbol which hypotheses can change it: directly, or through what it needs."""
    touching: dict[str, int] = {}
    for key, node in nodes.items():
        own = 0 if node.effect is None else node.effect.bit
        for need in node.needs(-1):
            own |= touching.get(need, 0)
        touching[key] = own
    return touching


def _users(nodes: Mapping[str, GraphNode]) -> dict[str, tuple[str, ...]]:
    """Return for each input and node which nodes read it; the first step of a quantity reads the input of its name."""
    users: dict[str, list[str]] = {}
    for key, node in nodes.items():
        read = list(node.needs(-1))
        if node.effect is not None:
            read += [assumption(node.effect.hypothesis, name) for name in node.effect.assumptions]
        elif node.expression is None:
            read.append(node.symbol)
        for name in read:
            users.setdefault(name, []).append(key)
    return {name: tuple(keys) for name, keys in users.items()}
