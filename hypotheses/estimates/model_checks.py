"""Everything that is wrong with a debate's numbers."""

from __future__ import annotations

from hypotheses.debate import Debate
from hypotheses.estimates.claims import claim_problems
from hypotheses.estimates.evaluation import Evaluation
from hypotheses.estimates.graph import Unavailable
from hypotheses.estimates.inputs import unread_values
from hypotheses.problems import UNAVAILABLE, Problem


def check_model(debate: Debate) -> tuple[Problem, ...]:
    """Return everything that is wrong with a debate's values, formulas, effects, correlations and claims."""
    evaluation = Evaluation(debate)
    problems = [*evaluation.model.problems, *evaluation.correlation_problems, *unread_values(debate)]
    for scenario in (0, *evaluation.model.bits.values()):
        for key in evaluation.model.nodes:
            try:
                if key in debate.gaps:
                    evaluation.shown(debate.gaps[key], scenario)
                else:
                    evaluation.value(key, scenario)
            except Unavailable as error:
                problems.append(error.problem)
    problems += claim_problems(debate)
    return tuple(dict.fromkeys(problem for problem in problems if problem.code != UNAVAILABLE))
