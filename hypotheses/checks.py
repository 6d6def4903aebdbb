"""What deserves a second look in a debate, as problems: a code, a place, a sentence."""

from __future__ import annotations

from hypotheses.debate import OOM, Debate
from hypotheses.estimates import check_claims, check_model, format_amount
from hypotheses.estimates.claims import ClaimCheck
from hypotheses.problems import Problem


def check(debate: Debate) -> tuple[Problem, ...]:
    """Return what is broken in the numbers, then the claims of sources that do not follow from them."""
    claims = (_claim_problem(debate, claim) for claim in check_claims(debate) if not claim.agrees)
    return (*check_model(debate), *claims)


def _claim_problem(debate: Debate, claim: ClaimCheck) -> Problem:
    owner = "quantities" if claim.symbol in debate.quantities else "gaps"
    who = claim.claim.source or "the source"
    stated, computed = (_shown(number, claim.unit) for number in (claim.stated, claim.computed))
    quote = f' ("{claim.claim.quote}")' if claim.claim.quote else ""
    said = claim.claim.value if claim.claim.value in (stated, "") else f"{claim.claim.value}, that is {stated}"
    text = f"{who} states {said}{quote}; the numbers under {debate.convention or 'their readings'} give {computed}"
    return Problem("claim", f"{owner}.{claim.symbol}.claim", text)


def _shown(number: float, unit: str) -> str:
    return f"{number:.2f} OOM" if unit == OOM else format_amount(number)
