"""The numbers of a debate as a program: what is uncertain, the model, and its gaps now, under each and all weighed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from hypotheses.debate import OOM, Debate
from hypotheses.estimates import compile_model
from hypotheses.estimates.inputs import correlations, find_loadings, read_inputs
from hypotheses.estimates.model import GraphNode, Model, assumption
from hypotheses.formulas import Expression, Name, Number, Operation
from hypotheses.reports.squiggle.squiggle_values import SCORE, from_score, number, shape
from hypotheses.reports.text import one_line
from hypotheses.values import parse_value
from hypotheses.values.distributions import Point

_WORDS: Final = frozenset(
    (
        *(
            "abs",
            "and",
            "beta",
            "cdf",
            "draw",
            "e",
            "else",
            "exp",
            "export",
            "false",
            "fn",
            "gamma",
            "if",
            "import",
            "inv",
        ),
        *("log", "log10", "lognormal", "max", "min", "mixture", "model", "normal", "not", "nothing", "now", "or", "pi"),
        *("then", "triangular", "true", "type", "under", "uniform", "weighed"),
    )
)
"""What a name of ours may not be, as the program uses it, or the language has it."""
_EACH: Final = frozenset({"min", "max", "abs"})
"""Functions of numbers: of a set of samples they are taken of each."""


def squiggle(debate: Debate) -> str:
    """Write the program. Its result is `{now, under, weighed}`: each a dictionary of gaps, as they are shown."""
    return "\n".join(_Program(debate).lines()) + "\n"


class _Program:
    """What is known while it is written."""

    def __init__(self, debate: Debate) -> None:
        self._debate = debate
        self._model: Model = compile_model(debate)
        self._inputs = read_inputs(debate)
        self._values = {name: parse_value(given.text) for name, given in self._inputs.items()}
        self._names = _names_of([*self._model.nodes, *self._inputs, *self._model.bits])

    def lines(self) -> Iterator[str]:
        """Yield the lines."""
        debate = self._debate
        yield f"// {one_line(debate.title)}"
        yield "// Written by Abduce. Every value is as its reading says; a name stands for the same draws everywhere."
        for problem in self._model.problems:
            yield f"// left out: {one_line(str(problem))}"
        yield ""
        yield from self._uncertain()
        yield ""
        yield from self._body()
        yield ""
        yield from self._cases()

    def _uncertain(self) -> Iterator[str]:
        loadings, _ = find_loadings(self._debate, self._inputs)
        partners = correlations(self._debate)
        tied = [name for name in self._inputs if any(name in (one, other) for one, (other, _) in partners.items())]
        by_number = dict(enumerate(self._inputs))
        for name in tied:
            yield f"score_{self._names[name]} = {SCORE}"
        for name, value in self._values.items():
            about = one_line(self._inputs[name].text)
            written = shape(value)
            if name in tied and not isinstance(value, Point):
                parts = [f"{number(weight)} * score_{self._names[by_number[at]]}" for at, weight in loadings[name]]
                written = from_score(value, f"({' + '.join(parts)})")
            yield f"{self._names[name]} = {written} // {about}"

    def _body(self) -> Iterator[str]:
        """Yield the model: a function of the explanations, each 1 where it holds and 0 where not."""
        yield f"model({', '.join(self._names[slug] for slug in self._model.bits) or 'nothing'}) = {{"
        done: dict[str, str] = {}
        uncertain = {name for name, value in self._values.items() if not isinstance(value, Point)}
        for key, node in self._model.nodes.items():
            line = self._step(node, uncertain, done)
            if line is not None:
                done[key] = self._names[key]
                yield f"  {self._names[key]} = {line}"
                uncertain |= {key, node.symbol}
            else:
                done[key] = done.get(node.before) or self._names[node.symbol]
        shown = [f'"{symbol}": {self._shown(symbol)}' for symbol in self._debate.gaps if symbol in done]
        yield f"  {{ {', '.join(shown)} }}"
        yield "}"

    def _shown(self, symbol: str) -> str:
        name = self._names[symbol]
        return f"log10({name})" if self._debate.gaps[symbol].unit == OOM else name

    def _step(self, node: GraphNode, uncertain: set[str], done: Mapping[str, str]) -> str | None:
        """Return what a step of the graph is; None if nothing is done in it."""
        if node.effect is not None:
            before = done[node.before]
            if node.effect.expression is None:
                return None
            own = {name: assumption(node.effect.hypothesis, name) for name in node.effect.assumptions}
            places = {**self._names, node.symbol: before}
            places |= {name: self._names[key] for name, key in own.items()}
            certain = {name for name, key in own.items() if key not in uncertain}
            after = _written(node.effect.expression, places, (uncertain | set(own)) - certain)
            holds = self._names[node.effect.hypothesis]
            return f"{holds} * ({after}) + (1 - {holds}) * {before}"
        if node.expression is None:
            return None
        return _written(node.expression, self._names, uncertain)

    def _cases(self) -> Iterator[str]:
        bits = list(self._model.bits)
        none = ["0"] * max(1, len(bits))
        yield f"now = model({', '.join(none)})"
        yield "under = {"
        for place, slug in enumerate(bits):
            yield f'  "{slug}": model({", ".join([*none[:place], "1", *none[place + 1 :]])}),'
        yield "}"
        if self._model.rivals and self._debate.mode != "exclusive":
            yield "// weighed is left out: rivals are never true together, which no draws of each by itself can say"
            yield "{ now: now, under: under }"
            return
        if self._debate.mode == "exclusive":
            yield "draw = SampleSet.fromDist(uniform(0, 1))"
        yield f"weighed = model({', '.join(self._chances(bits)) or '0'})"
        yield "{ now: now, under: under, weighed: weighed }"

    def _chances(self, bits: list[str]) -> Iterator[str]:
        chances = [self._debate.hypotheses[slug].chance for slug in bits]
        if self._debate.mode != "exclusive":
            yield from (f"bernoulli({number(p)})" if 0 < p < 1 else number(p) for p in chances)
            return
        below = 0.0
        for chance in chances:
            between = f"u >= {number(below)} && u < {number(below + chance)}"
            yield f"SampleSet.map(draw, {{|u| if {between} then 1 else 0}})"
            below += chance


def _names_of(ours: list[str]) -> dict[str, str]:
    """Return for each of ours a name of the language: small at the start, of letters, digits and `_`, no word of it."""
    names: dict[str, str] = {}
    taken = set(_WORDS)
    for key in dict.fromkeys(ours):
        plain = "".join(mark if mark.isascii() and mark.isalnum() else "_" for mark in key)
        name = free = plain if plain[0].islower() else f"x_{plain}"
        count = 1
        while free in taken:
            count += 1
            free = f"{name}_{count}"
        names[key] = free
        taken |= {free, f"score_{free}"}
    return names


def _written(expression: Expression, names: Mapping[str, str], uncertain: set[str]) -> str:
    match expression:
        case Number(value):
            return number(value)
        case Name(symbol):
            return names[symbol]
        case Operation("negative", (inner,)):
            return f"(-1 * {_written(inner, names, uncertain)})"
        case Operation(operator, arguments):
            parts = [_written(each, names, uncertain) for each in arguments]
            return _operation(operator, parts, [_is_uncertain(each, uncertain) for each in arguments])


def _operation(operator: str, parts: list[str], uncertain: list[bool]) -> str:
    match operator:
        case "+" | "-" | "*" | "/":
            return f"({parts[0]} {operator} {parts[1]})"
        case "**":
            return f"({parts[0]} ^ {parts[1]})"
        case "sqrt":
            return f"({parts[0]} ^ 0.5)"
        case "expm1":
            return f"(exp({parts[0]}) - 1)"
        case "log1p":
            return f"log(1 + {parts[0]})"
    drawn = [part for part, each in zip(parts, uncertain) if each] if operator in _EACH else []
    each = [f"v[{drawn.index(part)}]" if part in drawn else part for part in parts]
    asked = f"[{', '.join(each)}]" if operator in ("min", "max") else each[0]
    return f"SampleSet.mapN([{', '.join(drawn)}], {{|v| {operator}({asked})}})" if drawn else f"{operator}({asked})"


def _is_uncertain(expression: Expression, uncertain: set[str]) -> bool:
    match expression:
        case Name(symbol):
            return symbol in uncertain
        case Operation(_, arguments):
            return any(_is_uncertain(each, uncertain) for each in arguments)
    return False
