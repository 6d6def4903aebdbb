"""The debates that are run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.reading import PLAIN_READING, Assumption, Reading
from hypotheses.values import parse_value
from store.bundled import bundled_debate


@dataclass(frozen=True)
class Case:
    """A debate and the two quantities that are edited in it."""

    name: str
    debate: Debate
    exact: str
    """Nothing that hangs on this quantity has to be sampled."""
    sampled: str
    """Something that hangs on this one does."""


def bundled() -> Case:
    """The bundled debate by its literature, as intervals that all three tools know: normal and lognormal.

    Left out is what only Abduce has: medians beside an interval, and rank correlations.
    """
    debate = replace(bundled_debate(), convention="literature")
    quantities = {}
    for symbol, quantity in debate.quantities.items():
        reading = quantity.reading(debate.convention)
        plain = {} if reading is None else {PLAIN_READING: Reading(_plain(reading.value))}
        quantities[symbol] = replace(quantity, readings=plain)
    hypotheses = {
        slug: replace(
            each,
            assumes={
                name: _assumption(_plain(assumed.readings[assumed.reading_name(debate.convention)].value))
                for name, assumed in each.assumes.items()
            },
        )
        for slug, each in debate.hypotheses.items()
    }
    debate = replace(debate, quantities=quantities, hypotheses=hypotheses, evidence={}, ideas={})
    return Case("the bundled debate", debate, exact="hours_awake", sampled="visual_cortex")


def _assumption(text: str) -> Assumption:
    return Assumption({PLAIN_READING: Reading(text)})


def _assumptions(texts: Mapping[str, str]) -> dict[str, Assumption]:
    return {name: _assumption(text) for name, text in texts.items()}


def _plain(text: str) -> str:
    value = parse_value(text)
    low, high = value.quantile(0.05), value.quantile(0.95)
    if low == high:
        return repr(low)
    return f"{'normal' if value.normal else 'lognormal'} {low!r} to {high!r}"


Effect = tuple[str, str, Mapping[str, str], float]
"""What a hypothesis acts on, how, what it assumes, and how plausible it is."""


def _debate(
    slug: str, title: str, values: dict[str, str], gaps: Mapping[str, str], effects: Mapping[str, Effect]
) -> Debate:
    return Debate(
        slug=slug,
        title=title,
        quantities=_quantities(values),
        gaps={symbol: Gap(symbol, formula) for symbol, formula in gaps.items()},
        hypotheses={
            name: Hypothesis(name, name, plausibility=chance, effects={symbol: effect}, assumes=_assumptions(assumes))
            for name, (symbol, effect, assumes, chance) in effects.items()
        },
    )


def twelve() -> Case:
    """Twelve quantities, six gaps, five effects; two gaps and one effect have a sum in them."""
    values = {
        "homes": "2M to 5M", "rooms": "3 to 6", "lamps": "2 to 8", "watts": "8 to 60", "hours": "1 to 5",
        "price": "0.15 to 0.45", "offices": "50k to 200k", "desks": "10 to 80", "desk_watts": "20 to 90",
        "plants": "4 to 12", "output": "200M to 900M", "losses": "1.04 to 1.15",
    }  # fmt: skip
    gaps = {
        "lamps_gap": "homes * rooms * lamps / 100e6",
        "load_gap": "homes * rooms * lamps * watts * losses / (plants * output)",
        "bill_gap": "rooms * lamps * watts * hours * 365 * price / 1000 / 50",
        "desk_gap": "offices * desks * desk_watts / (plants * output)",
        "total_gap": "(homes * rooms * lamps * watts + offices * desks * desk_watts) * losses / (plants * output)",
        "share_gap": "homes * rooms * lamps * watts / (homes * rooms * lamps * watts + offices * desks * desk_watts)",
    }
    effects = {
        "dimmer": ("watts", "watts / dimming", {"dimming": "2 to 6"}, 0.6),
        "empty-rooms": ("hours", "hours * used", {"used": "0.2 to 0.7"}, 0.4),
        "more-plants": ("plants", "plants * growth", {"growth": "1.1 to 2"}, 0.3),
        "old-desks": ("desk_watts", "desk_watts * (1 + old * more)", {"old": "0.1 to 0.5", "more": "1 to 3"}, 0.5),
        "second-homes": ("homes", "homes * 10 ** extra", {"extra": "normal 0.02 to 0.2"}, 0.2),
    }  # fmt: skip
    debate = _debate("twelve", "Twelve quantities", values, gaps, effects)
    return Case("12 quantities, 6 gaps, 5 effects", debate, exact="price", sampled="rooms")


def wide() -> Case:
    """Thirty quantities of all shapes over ten orders of magnitude, twelve gaps, eight hypotheses; all gaps sampled."""
    shapes = (
        "loguniform {0:g} to {2:g}",
        "uniform {0:g} to {1:g}",
        "beta(2, 5)",
        "{0:g} to {1:g}",
        "loguniform {0:g} to {1:g}",
        "mixture(0.7: {0:g} to {1:g}, 0.3: {1:g} to {2:g})",
        "beta(0.7, 3)",
        "mixture(0.5: uniform {0:g} to {1:g}, 0.5: {1:g} to {2:g})",
    )
    values = {}
    for number in range(30):
        low = 10.0 ** (number * 7 % 11 - 5)
        values[f"q{number}"] = shapes[number % len(shapes)].format(low, low * 10, low * 100)
    formulas = ("{} * {} / {} * {}", "({} + {}) * {} / {}", "{} * {} + {} * {}", "max({}, {}) * {} / {}")
    gaps = {}
    for number in range(12):
        symbols = [f"q{(number * 4 + step) * 7 % 30}" for step in range(4)]
        gaps[f"g{number}"] = formulas[number % len(formulas)].format(*symbols)
    formulas = ("{0} * {1}", "{0} / {1}", "{0} * (1 + {1})", "{0} * 10 ** {1}")
    assumed = (
        "loguniform 0.01 to 100",
        "uniform 1 to 50",
        "mixture(0.6: 0.1 to 1, 0.4: 10 to 100)",
        "uniform -1 to 2",
    )
    effects = {}
    for number in range(8):
        target, name, kind = f"q{number * 4 % 30}", f"k{number}", number % len(formulas)
        effects[f"h{number}"] = target, formulas[kind].format(target, name), {name: assumed[kind]}, 0.1 + 0.1 * number
    debate = _debate("wide", "Shapes over ten orders of magnitude", values, gaps, effects)
    return Case("30 quantities, 12 gaps, 8 effects, all shapes over ten orders of magnitude", debate, "q3", "q0")


def many(explanations: int) -> Case:
    """Thirty quantities and eight gaps, half of them sampled; so many explanations, which act on six quantities."""
    shapes = ("1 to 10", "20 to 50", "uniform 1 to 9", "3 (1 to 20)")
    gaps = {}
    for number in range(8):
        a, b, c, d = (f"q{number * 4 + step if step or number % 2 == 0 else 0}" for step in range(4))
        gaps[f"g{number}"] = f"({a} + {b}) * {c} / {d}" if number % 2 else f"{a} * {b} / {c}"
    hypotheses = {}
    for number in range(explanations):
        slug, target = f"h{number}", f"q{number % 6}"
        assumes = _assumptions({"k": "0.1 to 0.9"})
        chance = 0.1 + 0.8 * number / explanations
        effects = {target: f"{target} * k"}
        hypotheses[slug] = Hypothesis(
            slug, slug, plausibility=chance, effects=effects, assumes=assumes, position=number
        )
    debate = Debate(
        slug="many",
        title="Many explanations",
        quantities=_quantities({f"q{number}": shapes[number % len(shapes)] for number in range(32)}),
        gaps={symbol: Gap(symbol, formula, headline=symbol == "g1") for symbol, formula in gaps.items()},
        hypotheses=hypotheses,
    )
    return Case(f"32 quantities, 8 gaps, {explanations} effects", debate, exact="q8", sampled="q0")


def large(half: int = 1000) -> Case:
    """Two thousand quantities and two hundred gaps, 75 of them sampled; four hypotheses, one for every gap."""
    values = {f"q{number}": "1 to 10" if number % 3 else "20 to 50" for number in range(half + 1)}
    values["q0"] = "0.5 to 2"
    formulas = {}
    for number in range(1, half):
        left, right, other = f"q{number}", f"q{number * 7 % half}", f"q{number * 11 % half}"
        formulas[f"f{number}"] = f"{left} * {right} + {other}" if number % 8 == 0 else f"{left} * {right} / {other}"
    gaps = {
        f"g{number}": f"f{number * 4 + 1} * f{number * 4 + 3} / (f{number + 1} * q0)"
        if number % 4
        else f"(f{number * 4 + 1} + f{number * 4 + 2}) / (f{number + 1} * q0)"
        for number in range(200)
    }
    effects = {
        "wider": ("q5", "q5 * 10 ** extra", {"extra": "normal 0.1 to 0.5"}, 0.3),
        "smaller": ("q14", "q14 / factor", {"factor": "2 to 5"}, 0.5),
        "shared": ("q21", "q21 * (1 + part)", {"part": "0.1 to 0.9"}, 0.4),
        "faster": ("q0", "q0 * speed", {"speed": "1.1 to 3"}, 0.2),
    }
    debate = _debate("large", "Two thousand quantities", values, gaps, effects)
    summed = {symbol: Quantity(symbol, formula=text) for symbol, text in formulas.items()}
    debate = replace(debate, quantities={**debate.quantities, **summed})
    return Case(f"{2 * half:,} quantities, 200 gaps, 4 effects", debate, exact="q309", sampled="q771")


def products(size: int) -> Case:
    """A chain of products: every quantity scales the result so far. Exact at any length."""
    values = {f"q{number}": "0.8 to 1.25" for number in range(size)}
    chain = {"c0": Quantity("c0", formula="q0")}
    for number in range(1, size):
        chain[f"c{number}"] = Quantity(f"c{number}", formula=f"c{number - 1} * q{number}")
    debate = Debate("products", "", quantities=_quantities(values) | chain, gaps={"gap": Gap("gap", f"c{size - 1}")})
    return Case(f"a product of {size:,}", debate, exact="q0", sampled="q0")


def sums(size: int) -> Case:
    """A running sum of products of two: every step adds one more. Sampled."""
    values = {f"q{number}": "0.8 to 1.25" for number in range(size)}
    chain = {"c0": Quantity("c0", formula="q0 * q1")}
    for number in range(1, size // 2):
        formula = f"c{number - 1} + q{2 * number} * q{2 * number + 1}"
        chain[f"c{number}"] = Quantity(f"c{number}", formula=formula)
    gap = Gap("gap", f"c{size // 2 - 1} / {size // 2}")
    debate = Debate("sums", "", quantities=_quantities(values) | chain, gaps={"gap": gap})
    return Case(f"a sum of products of {size:,}", debate, exact="q0", sampled="q0")


def _quantities(values: dict[str, str]) -> dict[str, Quantity]:
    return {symbol: Quantity(symbol, readings={PLAIN_READING: Reading(text)}) for symbol, text in values.items()}
