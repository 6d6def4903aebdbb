"""One evaluation of a debate in normal forms.

An evaluation is never changed by an edit: `edited` returns a new one that shares all that the edit cannot touch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from typing import Final, NamedTuple

from hypotheses.arithmetic import FAULTS, reason
from hypotheses.debate import OOM, Debate, Gap
from hypotheses.estimates.algebra import Algebra
from hypotheses.estimates.compiler import compile_model
from hypotheses.estimates.graph import Graph, Unavailable
from hypotheses.estimates.inputs import changed_inputs, find_loadings, read_form, read_inputs
from hypotheses.estimates.normal_forms import Atom, NormalForm, constant, single, sound
from hypotheses.estimates.ranges import ALL, Range
from hypotheses.problems import Problem
from hypotheses.values.distributions import Point

LONG: Final = 64
"""A form of more terms than this is not kept if only one formula reads it."""


class Evaluation(Graph[NormalForm]):
    """The values of a compiled debate as forms."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self._lock = RLock()
        """Held while forms are worked out: evaluations share what edits have not touched, and figures are read late."""
        self._algebra = Algebra()
        given = read_inputs(debate)
        self._loadings, self.correlation_problems = find_loadings(debate, given)
        forms = {name: read_form(name, text, self._loadings[name]) for name, text in given.items()}
        super().__init__(compile_model(debate), forms)

    def number(self, value: float) -> NormalForm:
        """Return a number as a form."""
        return constant(value)

    def apply(self, operator: str, arguments: list[NormalForm]) -> NormalForm:
        """Apply an operator in normal form."""
        return sound(self._algebra.apply(operator, arguments))

    def apply_all(self, first: NormalForm, others: Sequence[tuple[str, NormalForm]]) -> NormalForm:
        """Apply a chain of operators in normal form: at once, where all are sums or all above zero."""
        return sound(self._algebra.chain(first, others))

    def read(self, symbol: str) -> NormalForm:
        """Return an input, as a power of ten if it is lognormal: most formulas are products."""
        form = super().read(symbol)
        atom = _atom(form)
        return form if atom is None or atom.log.line is None else single(atom.log)._replace(power=True)

    def large(self, value: NormalForm | Problem) -> bool:
        """Return whether a form is long."""
        return isinstance(value, NormalForm) and len(value.terms) > LONG

    def edited(self, debate: Debate) -> ValueEdit | None:
        """Return the evaluation of a debate that differs in values only; None if it differs in more.

        More are formulas, effects, correlations, who takes part.
        """
        changed = changed_inputs(self.debate, debate)
        if changed is None:
            return None
        forms = {name: read_form(name, given, self._loadings[name]) for name, given in changed.items()}
        return self._with_inputs(debate, forms)

    def _with_inputs(self, debate: Debate, forms: Mapping[str, NormalForm | Problem]) -> ValueEdit:
        """Return this evaluation with other inputs in the place of some."""
        touched = self.model.dependents(forms)
        new = object.__new__(type(self))
        new.debate, new.model, new._algebra = debate, self.model, self._algebra
        new._lock = self._lock
        new._loadings, new.correlation_problems = self._loadings, self.correlation_problems
        new.inputs = {**self.inputs, **forms}
        new.values = {**self.values, **{key: {} for key in touched}}
        return ValueEdit(new, touched)

    def shown(self, gap: Gap, scenario: int = 0) -> NormalForm:
        """Return a gap's form in the unit it is shown in: its log10 if that is OOM.

        Raises:
            Unavailable: the gap is broken, or is not above zero and so has no order of magnitude.
        """
        with self._lock:
            form = self.value(gap.symbol, scenario)
            return self._last_step(gap, self._algebra.logarithm, form) if gap.unit == OOM else form

    def explained(self, gap: Gap, scenario: int) -> NormalForm:
        """Return what a set of hypotheses takes away from a gap, in the unit it is shown in.

        Raises:
            Unavailable: the gap is broken, now or under this set.
        """
        with self._lock:
            return self._last_step(gap, self._algebra.subtract, self.shown(gap), self.shown(gap, scenario))

    def _last_step(self, gap: Gap, step: Callable[..., NormalForm], *forms: NormalForm) -> NormalForm:
        try:
            return sound(step(*forms))
        except FAULTS as error:
            raise Unavailable(Problem("no-result", f"gaps.{gap.symbol}.formula", reason(error))) from error

    def given(self, name: str) -> Atom | float:
        """Return an input that is sound: an atom, or the one known number it is."""
        form = super().read(name)
        return _atom(form) or form.constant

    def known(self, name: str, value: float) -> Evaluation:
        """Return an evaluation in which an input is a known number.

        Raises:
            Malformed: it is no number that can be computed with.
        """
        return self._with_inputs(self.debate, {name: constant(value)}).evaluation

    def freed(self, name: str, value: float) -> tuple[Evaluation, Atom]:
        """Return an evaluation in which a known number could be anything of its sign, and the atom that it is there."""
        anything = Range(0.0, math.inf, True) if value > 0 else ALL
        atom = Atom(name, Point(value), self._loadings[name], anything)
        return self._with_inputs(self.debate, {name: single(atom)}).evaluation, atom


def _atom(given: NormalForm | Problem) -> Atom | None:
    """Return the atom of an input; None if it is a known number, or broken."""
    variable = None if isinstance(given, Problem) else next(iter(given.terms), None)
    return variable if isinstance(variable, Atom) else None


class ValueEdit(NamedTuple):
    """What an edit of values makes of an evaluation."""

    evaluation: Evaluation
    touched: frozenset[str]
    """The symbols that can have changed."""
