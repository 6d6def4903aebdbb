"""One evaluation of a debate in normal forms.

An evaluation is never changed by an edit: `edited` returns a new one that shares all that the edit cannot touch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Self

from hypotheses.debate import OOM, Debate, Gap
from hypotheses.estimates.algebra import Algebra
from hypotheses.estimates.distributions import Point
from hypotheses.estimates.forms import Atom, Form, constant, single
from hypotheses.estimates.graph import Graph, Unavailable
from hypotheses.estimates.inputs import changed_inputs, find_loadings, read_form, read_inputs
from hypotheses.estimates.model import compile_model
from hypotheses.estimates.ranges import ALL, Range
from hypotheses.problems import Malformed, Problem

LONG: Final = 64
"""A form of more terms than this is not kept if only one formula reads it."""


class Evaluation(Graph[Form]):
    """The values of a compiled debate as forms."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self._algebra = Algebra()
        given = read_inputs(debate)
        self._loadings, self.correlation_problems = find_loadings(debate, given)
        forms = {name: read_form(name, text, self._loadings[name]) for name, text in given.items()}
        super().__init__(compile_model(debate), forms)

    def number(self, value: float) -> Form:
        """Return a number as a form."""
        return constant(value)

    def apply(self, operator: str, arguments: list[Form]) -> Form:
        """Apply an operator in normal form."""
        return self._algebra.apply(operator, arguments)

    def apply_all(self, first: Form, others: Sequence[tuple[str, Form]]) -> Form:
        """Apply a chain of operators in normal form: at once, where all are sums or all above zero."""
        return self._algebra.chain(first, others)

    def read(self, symbol: str) -> Form:
        """Return an input, as a power of ten if it is lognormal: most formulas are products."""
        form = super().read(symbol)
        variable = next(iter(form.terms), None)
        if isinstance(variable, Atom) and variable.distribution.log_normal:
            return self._algebra.logarithm(form)._replace(power=True)
        return form

    def large(self, value: Form | Problem) -> bool:
        """Return whether a form is long."""
        return isinstance(value, Form) and len(value.terms) > LONG

    def edited(self, debate: Debate) -> tuple[Self, frozenset[str]] | None:
        """Return the evaluation of a debate that differs in values only, and the symbols that can have changed.

        None if it differs in more: formulas, effects, correlations, who takes part.
        """
        changed = changed_inputs(self.debate, debate)
        if changed is None:
            return None
        forms = {name: read_form(name, given, self._loadings[name]) for name, given in changed.items()}
        return self._with_inputs(debate, forms)

    def _with_inputs(self, debate: Debate, forms: Mapping[str, Form | Problem]) -> tuple[Self, frozenset[str]]:
        """Return this evaluation with some inputs exchanged, and the symbols that can have changed."""
        touched = self.model.dependents(forms)
        new = object.__new__(type(self))
        new.debate, new.model, new._algebra = debate, self.model, self._algebra
        new._loadings, new.correlation_problems = self._loadings, self.correlation_problems
        new.inputs = {**self.inputs, **forms}
        new.values = {**self.values, **{key: {} for key in touched}}
        return new, touched

    def shown(self, gap: Gap, scenario: int = 0) -> Form:
        """Return a gap's form in the unit it is shown in: its log10 if that is OOM.

        Raises:
            Unavailable: the gap is broken, or is not above zero and so has no order of magnitude.
        """
        form = self.value(gap.symbol, scenario)
        return self._last_step(gap, self._algebra.logarithm, form) if gap.unit == OOM else form

    def explained(self, gap: Gap, scenario: int) -> Form:
        """Return what a set of hypotheses takes away from a gap, in the unit it is shown in.

        Raises:
            Unavailable: the gap is broken, now or under this set.
        """
        return self._last_step(gap, self._algebra.subtract, self.shown(gap), self.shown(gap, scenario))

    def _last_step(self, gap: Gap, step: Callable[..., Form], *forms: Form) -> Form:
        try:
            return step(*forms)
        except Malformed as error:
            raise Unavailable(Problem("no-result", f"gaps.{gap.symbol}.formula", str(error))) from error

    def given(self, name: str) -> Atom | float:
        """Return an input that is sound: an atom, or the one known number it is."""
        form = self.inputs[name]
        if isinstance(form, Problem):
            raise Unavailable(form)
        variable = next(iter(form.terms), None)
        return variable if isinstance(variable, Atom) else form.constant

    def freed(self, name: str, value: float) -> tuple[Self, Atom]:
        """Return an evaluation in which a known number could be anything of its sign, and the atom that it is there."""
        atom = Atom(name, Point(value), self._loadings[name])
        atom.support = Range(0.0, math.inf, True) if value > 0 else ALL
        return self._with_inputs(self.debate, {name: single(atom)})[0], atom
