"""Formulas: text to a checked tree. Python's own parser reads the syntax; nothing is ever evaluated by it."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from hypotheses.problems import Malformed

ONE_ARGUMENT: Final = ("log10", "log", "exp", "expm1", "log1p", "sqrt", "abs")
"""Functions of one number; `log` is the natural logarithm, `expm1` is exp(x) - 1, `log1p` is log(1 + x)."""
MANY_ARGUMENTS: Final = ("min", "max")
"""Functions of two numbers or more."""
FUNCTIONS: Final = ONE_ARGUMENT + MANY_ARGUMENTS
CHAINED: Final = (("+", "-"), ("*", "/"))
"""The operators that are worked out one after the other."""
LONGEST: Final = 4_000
"""How many characters a formula may have."""
DEEPEST: Final = 200
"""How deeply a formula may be nested; a sum of n terms is n deep."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the formula."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A quantity, a gap or an assumption."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator (`+ - * / **`, `negative`) or a function applied to its arguments."""

    operator: str
    arguments: tuple[Expression, ...]
    chain: Chain | None = field(init=False, compare=False, repr=False)
    """If it is a sum or a product: its first part and what is done to it after; `a * b / c` is a, `* b`, `/ c`."""

    def __post_init__(self) -> None:
        alike = next((pair for pair in CHAINED if self.operator in pair), ())
        first: Expression = self
        rest = []
        while isinstance(first, Operation) and first.operator in alike:
            operator, (first, other) = first.operator, first.arguments
            rest.append((operator, other))
        object.__setattr__(self, "chain", (first, tuple(rest[::-1])) if rest else None)


Expression = Number | Name | Operation
Chain = tuple[Expression, tuple[tuple[str, Expression], ...]]

_OPERATORS: Final[Mapping[type[ast.operator], str]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}
_FOREIGN: Final[Mapping[type[ast.operator], str]] = {
    ast.BitXor: "'^' is not a power here; expected **",
    ast.FloorDiv: "'//' is not an operator here; expected /",
    ast.Mod: "'%' is not an operator here; expected a share such as 0.45",
}
_LINE_END: Final = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What `str.splitlines` parts a text at."""
_SUFFIXED: Final = re.compile(r"\b[0-9][0-9.,]*[KMBGT%](?![0-9A-Za-z_])")


@lru_cache(maxsize=20_000)
def parse_formula(text: str) -> Expression:
    """Read a formula of `+ - * / **`, parentheses, `log10 log exp expm1 log1p sqrt min max abs`, numbers and names.

    Raises:
        Malformed: it holds anything else; the sentence names the column and what was expected.
    """
    formula = text.strip()
    if not formula:
        raise Malformed("found no formula; expected one such as people * share")
    if len(formula) > LONGEST:
        raise Malformed(f"a formula of {len(formula):,} characters is too long; expected at most {LONGEST:,}")
    if "\0" in formula:
        raise Malformed(f"column {formula.index(chr(0)) + 1}: cannot read the character U+0000; expected plain text")
    joined = " ".join(formula.splitlines())
    try:
        tree = ast.parse(joined, mode="eval").body
    except SyntaxError as error:
        raise Malformed(_syntax(joined, error)) from error
    except (RecursionError, MemoryError, ValueError) as error:
        raise Malformed("the formula cannot be read; expected fewer parentheses and plain characters") from error
    return _expression(tree, DEEPEST)


def substituted(text: str, name: str, replacement: str) -> str:
    """Return a formula with another name, or a number, in the place of a name; all else stays as it was typed.

    Raises:
        Malformed: the formula cannot be read.
    """
    parse_formula(text)
    # As long as the formula, so that a place in one is a place in the other; and Python counts bytes.
    line = _LINE_END.sub(" ", text)
    lead = len(line) - len(line.lstrip())
    tree, encoded = ast.parse(line.strip(), mode="eval"), line.strip().encode()
    functions = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    places = [
        (lead + len(encoded[: node.col_offset].decode()), lead + len(encoded[: node.end_col_offset].decode()))
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == name and id(node) not in functions
    ]
    for start, end in sorted(places, reverse=True):
        text = f"{text[:start]}{replacement}{text[end:]}"
    return text


def _syntax(text: str, error: SyntaxError) -> str:
    column = min(error.offset or 1, len(text))
    if suffixed := _SUFFIXED.search(text):
        return f"a suffix as in {suffixed[0]!r} cannot stand in a formula; expected 890e6, or a quantity of its own"
    rest = text[column - 1 :].strip()[:12] or text[-12:].strip()
    return f"column {column}: cannot read {rest!r}; expected numbers, names, + - * / ** and parentheses"


def _expression(node: ast.expr, depth: int) -> Expression:
    if depth == 0:
        raise Malformed(f"column {node.col_offset + 1}: nested too deeply; expected at most {DEEPEST} levels")
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Number(_finite(value, node))
        case ast.Name(id=symbol):
            return Name(symbol)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Operation("negative", (_expression(operand, depth - 1),))
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _expression(operand, depth - 1)
        case ast.BinOp(left=left, op=operator, right=right):
            sides = (_expression(left, depth - 1), _expression(right, depth - 1))
            return Operation(_operator(operator, node), sides)
        case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]):
            _check_call(function, len(arguments), node)
            return Operation(function, tuple(_expression(argument, depth - 1) for argument in arguments))
    shown = ast.unparse(node)[:30]
    raise Malformed(f"column {node.col_offset + 1}: {shown!r} is not part of a formula; expected numbers and names")


def _finite(value: float, node: ast.expr) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if math.isinf(number):
        raise Malformed(f"column {node.col_offset + 1}: the number is too large; expected one below 1e308")
    return number


def _operator(operator: ast.operator, node: ast.expr) -> str:
    kind = type(operator)
    if kind not in _OPERATORS:
        what = _FOREIGN.get(kind, "unknown operator; expected one of + - * / **")
        raise Malformed(f"column {node.col_offset + 1}: {what}")
    return _OPERATORS[kind]


def _check_call(function: str, count: int, node: ast.expr) -> None:
    place = f"column {node.col_offset + 1}"
    if function not in FUNCTIONS:
        near = get_close_matches(function, FUNCTIONS, 1)
        expected = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(FUNCTIONS)}"
        raise Malformed(f"{place}: {function!r} is not a function; {expected}")
    wanted = "1 argument" if function in ONE_ARGUMENT else "2 arguments or more"
    if (count != 1) if function in ONE_ARGUMENT else (count < 2):
        raise Malformed(f"{place}: {function} has {count} argument{'' if count == 1 else 's'}; expected {wanted}")


def names(expression: Expression) -> tuple[str, ...]:
    """Return every name in a formula once, in the order of first mention."""
    return tuple(dict.fromkeys(_names(expression)))


def _names(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Name):
        yield expression.symbol
    elif isinstance(expression, Operation):
        for argument in expression.arguments:
            yield from _names(argument)
