"""What the script of a page works with: the debate's inputs as shapes, its formulas as trees, who can change what.

Every shape is one of a normal score: `["normal", mean, deviation]`, `["lognormal", …]` of log10, `["halves", median,
deviation below, deviation above]` and `["loghalves", …]`, or `["table", start, step, values]` and `["logtable", …]`
over scores for all others. A known number is a number, and what cannot be read or reaches beyond all floats is null.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import replace
from typing import Any, Final

from hypotheses.arithmetic import FAULTS
from hypotheses.debate import Debate, Hypothesis, Quantity
from hypotheses.estimates import Estimates, tolerance_of
from hypotheses.estimates.evaluation import Evaluation
from hypotheses.estimates.inputs import find_loadings, read_inputs
from hypotheses.estimates.model import EVERY, assumption
from hypotheses.estimates.sobol_sequence import DIMENSIONS, direction_numbers
from hypotheses.formulas import Expression, Name, Number
from hypotheses.ranking import none_of_these
from hypotheses.reading import HasReadings
from hypotheses.values.distributions import Distribution, Point, TwoPiece
from hypotheses.values.typed_values import cached_value

Tree = float | str | list["Tree"]
"""A formula: a number, a name, or an operator before what it is applied to."""
Shape = float | list[Any] | None

_START, _STEP, _COUNT = -4.5, 0.05, 181
_BITS: Final = 14
"""The script draws 2 ** 14 points."""


def page_model(debate: Debate, estimates: Estimates) -> dict[str, Any]:
    """Return what the script works with; with no gaps in it if none is known.

    Args:
        debate: The debate.
        estimates: Its gaps as they are.
    """
    model = estimates.evaluation.model
    gaps = sorted((debate.gaps[symbol] for symbol in estimates.gaps), key=lambda gap: gap != debate.headline)
    names = list(read_inputs(debate))
    places = {name: place for place, name in enumerate(names)}
    needed = {name for gap in gaps for name in estimates.evaluation.inputs_of(gap.symbol, EVERY)}
    inputs = [_input(debate, name) if name in needed else None for name in names]
    conventions = dict.fromkeys((debate.convention, *debate.conventions))
    return {
        "mode": debate.mode,
        "explanations": [_explanation(debate.hypotheses[slug]) for slug in model.bits],
        "rivals": [[place for place in range(len(model.bits)) if pair >> place & 1] for pair in model.rivals],
        "hypotheses": len(debate.hypotheses),
        "noneOfTheRest": _none_of_the_rest(debate, model.bits),
        "anyTrue": any(h.settled == "true" for h in debate.hypotheses.values()),
        "gaps": [
            {
                "symbol": gap.symbol,
                "label": gap.label or gap.symbol,
                "unit": gap.unit,
                "tolerance": tolerance_of(gap),
                "headline": gap == debate.headline,
            }
            for gap in gaps
        ],
        "inputs": inputs,
        "conventions": [_convention(debate, name, needed, places) for name in conventions],
        "steps": {key: _step(key, estimates.evaluation, places) for key in model.nodes},
        "directions": _directions(len(names)),
    }


def _none_of_the_rest(debate: Debate, taking_part: Collection[str]) -> float:
    """Return how much "none of these" has of what an exclusive debate leaves for others than those that take part.

    That share stays as it is whichever plausibility is moved.
    """
    elsewhere = [h.plausibility for slug, h in debate.hypotheses.items() if slug not in taking_part]
    none = none_of_these(debate)
    rest = none + math.fsum(elsewhere)
    return none / rest if rest > 0 else 1 / (1 + len(elsewhere))


def _explanation(h: Hypothesis) -> dict[str, Any]:
    return {"slug": h.slug, "title": h.title, "plausibility": h.plausibility, "settled": h.settled}


def read_of(debate: Debate, name: str) -> HasReadings:
    """Return what an input of the model is a reading of: a quantity, or by `slug.name` an assumption."""
    slug, _, assumed = name.rpartition(".")
    return debate.hypotheses[slug].assumes[assumed] if slug else debate.quantities[assumed]


def _input(debate: Debate, name: str) -> dict[str, Any]:
    read = read_of(debate, name)
    readings = [[reading, one.value, shape_of(one.value)] for reading, one in read.readings.items()]
    return {"name": name, "alone": isinstance(read, Quantity) and _alone(read), "readings": readings}


def _alone(quantity: Quantity) -> bool:
    """Say whether a typed value takes the place of the only reading, which then keeps what it goes along with."""
    return len(quantity.readings) == 1 and not next(iter(quantity.readings.values())).source


def _convention(debate: Debate, name: str, needed: Set[str], places: Mapping[str, int]) -> dict[str, Any]:
    """Return which reading of each input counts under a convention, and what goes along with what."""
    changed = replace(debate, convention=name)
    loadings, _ = find_loadings(changed, read_inputs(changed))
    counts = {}
    for each in needed:
        read = read_of(debate, each)
        counts[places[each]] = [*read.readings].index(read.reading_name(name))
    along = {
        place: [list(one) for one in loadings[each]]
        for each, place in places.items()
        if each in needed and loadings[each] != ((place, 1.0),)
    }
    return {"name": name, "counts": dict(sorted(counts.items())), "loadings": along}


def _step(key: str, evaluation: Evaluation, places: Mapping[str, int]) -> dict[str, Any]:
    model = evaluation.model
    node, bits = model.nodes[key], model.touching[key]
    step: dict[str, Any] = {
        "touching": [place for place in range(len(model.bits)) if bits >> place & 1],
        "inputs": [places[name] for name in evaluation.inputs_of(key, EVERY)],
    }
    if node.effect is not None:
        effect = node.effect
        step |= {
            "symbol": node.symbol,
            "before": node.before,
            "explanation": effect.bit.bit_length() - 1,
            "formula": None if effect.expression is None else _tree(effect.expression),
            "assumes": {name: places[assumption(effect.hypothesis, name)] for name in effect.assumptions},
        }
    elif node.expression is not None:
        step["formula"] = _tree(node.expression)
    else:
        step["input"] = places[node.symbol]
    return step


def _tree(expression: Expression) -> Tree:
    if isinstance(expression, Number):
        return expression.value
    if isinstance(expression, Name):
        return expression.symbol
    return [expression.operator, *map(_tree, expression.arguments)]


def _directions(count: int) -> list[list[int]]:
    """Return the direction numbers of the dimension of each input, as far as there are."""
    return [list(direction_numbers(dimension)[:_BITS]) for dimension in range(min(count, DIMENSIONS))]


def shape_of(text: str) -> Shape:
    """Return a value as the script takes it; None if it cannot be read, or reaches beyond what a float can hold."""
    try:
        shape = _shape(cached_value(text))
    except FAULTS:
        return None
    return shape if all(map(math.isfinite, _numbers(shape))) else None


def _numbers(shape: Shape) -> Iterator[float]:
    """Yield every number of a shape."""
    for part in shape if isinstance(shape, list) else [shape]:
        if isinstance(part, list):
            yield from part
        elif part is not None and not isinstance(part, str):
            yield part


def _shape(value: Distribution) -> Shape:
    if isinstance(value, Point):
        return value.value
    if value.normal:
        return ["normal", *value.normal]
    if value.log_normal:
        return ["lognormal", *value.log_normal]
    if isinstance(value, TwoPiece):
        middle = math.log10(value.mid) if value.log else value.mid
        return ["loghalves" if value.log else "halves", middle, *value.deviations]
    numbers = [value.score(_START + _STEP * place) for place in range(_COUNT)]
    if value.positive and min(numbers) > 0:
        return ["logtable", _START, _STEP, [float(f"{math.log10(number):.9g}") for number in numbers]]
    return ["table", _START, _STEP, [float(f"{number:.9g}") for number in numbers]]
