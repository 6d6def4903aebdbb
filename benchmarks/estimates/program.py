"""A debate written out as a straight line of assignments, which every tool can run."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from hypotheses.debate import Debate
from hypotheses.values import parse_value
from hypotheses.values.distributions import Distribution
from hypotheses.values.mixtures import Mixture
from hypotheses.values.shapes import Beta, Uniform

NAME = re.compile(r"[A-Za-z_]\w*")
Shape = tuple[Any, ...]
"""`lognormal` or `normal`, p5 and p95; `uniform` or `loguniform` and both ends; `beta` and its two parameters;
`mixture` with a weight and a shape for each part; `known` and a number; `coin` and its chance of 1."""


@dataclass(frozen=True)
class Program:
    """What to draw and what to work out from it, in order."""

    inputs: dict[str, Shape] = field(default_factory=dict)
    """Name -> what is drawn."""
    steps: list[tuple[str, str]] = field(default_factory=list)
    """Name, formula in Python's notation."""
    outputs: dict[str, str] = field(default_factory=dict)
    """Figure (`gap now`, `gap under h`, `gap explained h`, `gap weighed`) -> name; every one is above zero."""

    def to_json(self) -> dict[str, Any]:
        """Return it for another process."""
        return asdict(self)

    def only(self, kind: str) -> Program:
        """Return the program for the figures of one kind (`now`), or for all (empty), without what they do not need."""
        outputs = {figure: name for figure, name in self.outputs.items() if kind in figure.split()[1]}
        needed = set(outputs.values())
        for name, formula in reversed(self.steps):
            if name in needed:
                needed.update(NAME.findall(formula))
        steps = [step for step in self.steps if step[0] in needed]
        return Program({name: shape for name, shape in self.inputs.items() if name in needed}, steps, outputs)


def write(debate: Debate) -> Program:
    """Write a debate out: its quantities and gaps now, under each hypothesis that touches them, and all weighed.

    Quantities and gaps have to stand after those that they name.
    """
    program = Program()
    for quantity in debate.quantities.values():
        reading = quantity.reading(debate.convention)
        if reading is not None:
            program.inputs[quantity.symbol] = _shape(parse_value(reading.value))
    for slug, hypothesis in debate.hypotheses.items():
        program.inputs[f"{_name(slug)}_holds"] = ("coin", hypothesis.plausibility)
        for name, assumed in hypothesis.assumes.items():
            program.inputs[name] = _shape(parse_value(assumed.readings[assumed.reading_name(debate.convention)].value))
    _version(program, debate, "", ())
    for slug in debate.hypotheses:
        _version(program, debate, f"under_{_name(slug)}", (slug,))
    _version(program, debate, "weighed", tuple(debate.hypotheses))
    return program.only("")


def _shape(value: Distribution) -> Shape:
    match value:
        case Uniform(low, high, log):
            return "loguniform" if log else "uniform", low, high
        case Beta(alpha, beta):
            return "beta", alpha, beta
        case Mixture():
            return "mixture", *zip(value.shares, map(_shape, value.parts), strict=True)
    low, high = value.quantile(0.05), value.quantile(0.95)
    if low == high:
        return "known", low
    return "lognormal" if value.log_normal else "normal", low, high


def _name(slug: str) -> str:
    return slug.replace("-", "_")


def _version(program: Program, debate: Debate, suffix: str, scenario: tuple[str, ...]) -> None:
    """Write out everything (no suffix), or what a scenario changes under names with a suffix."""
    names: dict[str, str] = {}
    tossed = len(scenario) > 1
    formulas = {quantity.symbol: quantity.formula for quantity in debate.quantities.values()}
    formulas |= {gap.symbol: gap.formula for gap in debate.gaps.values()}
    for symbol, formula in formulas.items():
        if formula and (not suffix or any(name in names for name in NAME.findall(formula))):
            names[symbol] = f"{symbol}__{suffix}" if suffix else symbol
            program.steps.append((names[symbol], _renamed(formula, names)))
        for slug in scenario:
            effect = debate.hypotheses[slug].effects.get(symbol)
            if effect is not None:
                before = names.get(symbol, symbol)
                names[symbol] = f"{symbol}__{suffix}_{_name(slug)}" if tossed else f"{symbol}__{suffix}"
                program.steps.append((names[symbol], _effect(effect, symbol, before, slug, tossed)))
    for symbol in debate.gaps:
        _outputs(program, symbol, names.get(symbol), suffix, scenario)


def _effect(effect: str, symbol: str, before: str, slug: str, tossed: bool) -> str:
    after = _renamed(effect, {symbol: before})
    return f"{_name(slug)}_holds * ({after}) + (1 - {_name(slug)}_holds) * {before}" if tossed else after


def _outputs(program: Program, symbol: str, name: str | None, suffix: str, scenario: tuple[str, ...]) -> None:
    if name is None:
        return
    if len(scenario) != 1:
        program.outputs[f"{symbol} {suffix or 'now'}"] = name
        return
    program.outputs[f"{symbol} under {scenario[0]}"] = name
    program.outputs[f"{symbol} explained {scenario[0]}"] = f"{name}_explained"
    program.steps.append((f"{name}_explained", f"{symbol} / {name}"))


def _renamed(formula: str, names: dict[str, str]) -> str:
    return NAME.sub(lambda found: names.get(found[0], found[0]), formula)
